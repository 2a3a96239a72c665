const search = document.getElementById("search");
const boxes = { breaking: document.getElementById("breaking"), other: document.getElementById("other") };
const rows = [...document.querySelectorAll("li")].map((row) => {
  const section = row.closest("section").querySelector("h2").textContent;
  return { row, text: `${section} ${row.textContent}`.toLowerCase() };
});
function show() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { row, text } of rows) {
    const wanted = boxes[row.classList.contains("breaking") ? "breaking" : "other"].checked;
    row.hidden = !(wanted && words.every((word) => text.includes(word)));
    shown += !row.hidden;
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector("li:not([hidden])");
  }
  document.getElementById("shown").textContent = `${shown} of ${rows.length}`;
  document.getElementById("none").hidden = shown > 0 || rows.length === 0;
}
document.querySelector("form").addEventListener("input", show);
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
show();
