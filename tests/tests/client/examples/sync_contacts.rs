//! Tests the example that keeps a file of contacts up to date.

use std::fs;

use serde_json::{Value, json};
use tests::server::Reply;

use super::{Ran, asked, command, empty_folder, run, sent, start};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sync_contacts");

/// Returns a page with the cursor of the next one.
fn page(contacts: &[Value], next: Option<&str>) -> Reply {
    let next = next.map(|cursor| json!({"starting_after": cursor}));
    Reply::json(&json!({"type": "list", "data": contacts, "pages": {"type": "pages", "next": next}}).to_string())
}

fn contact(id: &str, name: &str, updated_at: i64) -> Value {
    json!({"type": "contact", "id": id, "name": name, "updated_at": updated_at})
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[tokio::test]
async fn all_contacts_come_first_and_then_what_has_changed() {
    let file = empty_folder("sync").join("contacts.jsonl");
    let name = file.to_str().expect("UTF-8");
    // An undocumented field and a text in place of an object are both kept as received.
    let ann = json!({"type": "contact", "id": "c-1", "location": "Ireland", "updated_at": 1_700_000_000, "favourite_tea": "Assam"});
    let bob = contact("c-2", "Bob", 1_700_000_900);

    let server =
        start(vec![page(std::slice::from_ref(&ann), Some("cursor-2")), page(std::slice::from_ref(&bob), None)]).await;
    let ran = run(command(PROGRAM, &server, &[name])).await;
    assert!(ran.succeeded, "{}", ran.err);
    assert_eq!(ran.out, [format!("2 came, 2 are in {name}")]);
    assert_eq!(asked(&server), ["POST /contacts/search"; 2]);
    let search = json!({
        "query": {"field": "updated_at", "operator": ">", "value": 0},
        "sort": {"field": "updated_at", "order": "ascending"},
        "pagination": {"per_page": 150},
    });
    assert_eq!(sent(&server, 0), search);
    assert_eq!(sent(&server, 1)["pagination"], json!({"per_page": 150, "starting_after": "cursor-2"}));
    assert_eq!(lines(&fs::read_to_string(&file).expect("a file")), [ann.clone(), bob]);

    let robert = contact("c-2", "Robert", 1_700_002_000);
    let cleo = contact("c-3", "Cleo", 1_700_003_000);
    let server = start(vec![page(&[robert.clone(), cleo.clone()], None)]).await;
    let ran = run(command(PROGRAM, &server, &[name])).await;
    assert_eq!(ran.out, [format!("2 came, 3 are in {name}")]);
    assert_eq!(sent(&server, 0)["query"]["value"], 1_700_000_900 - 900, "a quarter of an hour before the newest");
    assert_eq!(lines(&fs::read_to_string(&file).expect("a file")), [ann, robert, cleo]);
    let beside = fs::read_dir(file.parent().expect("a folder")).expect("a folder").count();
    assert_eq!(beside, 1, "nothing is left beside it");
}

#[tokio::test]
async fn a_run_that_breaks_off_leaves_the_file_as_it_was() {
    let file = empty_folder("sync-broken").join("contacts.jsonl");
    let before = format!("{}\n", contact("c-1", "Ann", 1_700_000_000));
    fs::write(&file, &before).expect("written");
    let first = page(&[contact("c-1", "Anna", 1_700_000_100)], Some("cursor-2"));
    let server = start(vec![first, Reply::new("500 Internal Server Error", &[], "")]).await;
    let Ran { succeeded, err, .. } = run(command(PROGRAM, &server, &[file.to_str().expect("UTF-8")])).await;
    assert!(!succeeded && err.contains("500"), "{err}");
    assert_eq!(asked(&server).len(), 2);
    assert_eq!(fs::read_to_string(&file).expect("a file"), before);
}

#[tokio::test]
async fn a_file_that_cannot_be_written_whole_leaves_the_one_before() {
    let folder = empty_folder("sync-unwritten");
    let file = folder.join("contacts.jsonl");
    fs::write(&file, "").expect("written");
    // A folder in the place of the new file makes the write fail.
    fs::create_dir(folder.join("contacts.jsonl.part")).expect("a folder");
    let server = start(vec![page(&[contact("c-1", "Ann", 1_700_000_000)], None)]).await;
    let ran = run(command(PROGRAM, &server, &[file.to_str().expect("UTF-8")])).await;
    assert!(!ran.succeeded && ran.out.is_empty() && ran.err.contains("contacts.jsonl: "), "{}", ran.err);
    assert_eq!(fs::read_to_string(&file).expect("a file"), "");
}

#[tokio::test]
async fn a_file_of_something_else_is_not_overwritten() {
    let file = empty_folder("sync-other").join("contacts.jsonl");
    let name = file.to_str().expect("UTF-8");
    for (other, place) in
        [("dear diary\n", ":1: "), ("{\"id\":\"c-1\"}\n{\"name\":\"Ann\"}\n", ":2: a contact without an id")]
    {
        fs::write(&file, other).expect("written");
        let server = start(vec![page(&[], None)]).await;
        let ran = run(command(PROGRAM, &server, &[name])).await;
        assert!(!ran.succeeded && ran.err.contains(&format!("{name}{place}")), "{}", ran.err);
        assert!(server.requests().is_empty());
        assert_eq!(fs::read_to_string(&file).expect("a file"), other);
    }
}
