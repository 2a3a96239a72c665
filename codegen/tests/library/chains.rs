//! Chains of types that hold one another, which no compiler follows without an end.

use document::Document;

#[test]
fn a_long_chain_of_models_has_a_box_now_and_then() {
    let models: Vec<String> = (0..400)
        .map(|index| {
            let next = format!("{{$ref: '#/components/schemas/m{}'}}", index + 1);
            format!("    m{index}: {{type: object, required: [next], properties: {{next: {next}}}}}\n")
        })
        .collect();
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{}    m400: {{type: object, \
         properties: {{x: {{type: string}}}}}}\n",
        models.concat()
    );
    let document = Document::parse("chain.yaml", text).unwrap();
    let generated = codegen::generate(document, &[]).unwrap_or_else(|errors| panic!("{errors}"));
    let is_boxed = |index: usize| {
        let path = format!("models/m{index}.rs");
        generated.files.get(&path).unwrap().contains("pub next: Box<")
    };
    let mut unboxed = 0;
    for index in 0..400 {
        unboxed = if is_boxed(index) { 0 } else { unboxed + 1 };
        assert!(unboxed < 17, "more than 16 models hold one another at m{index}");
    }
    assert!((0..400).filter(|index| is_boxed(*index)).count() < 40, "most need no box");
}
