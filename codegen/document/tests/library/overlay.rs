//! Overlays: what they change, and what a reader of an outdated one sees.

use document::Document;
use document::overlay::Overlay;
use serde_json::{Value, json};

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
tags: [{name: a}, {name: b}, {name: c}]
x-list: [1, [2]]
";

fn overlay(actions: &str) -> Result<Overlay, String> {
    let text = format!("overlay: 1.0.0\ninfo: {{title: o, version: 1.0.0}}\nactions:\n{actions}");
    Overlay::parse("o.yaml", text).map_err(|found| crate::flat(&found.to_string()))
}

fn applied(actions: &str) -> Result<Document, String> {
    let mut document =
        Document::parse("api.yaml", DOCUMENT.to_owned()).map_err(|found| crate::flat(&found.to_string()))?;
    document.apply(&[overlay(actions)?]).map_err(|found| crate::flat(&found.to_string()))?;
    Ok(document)
}

#[track_caller]
fn tree(actions: &str, pointer: &str) -> Value {
    applied(actions).unwrap_or_else(|report| panic!("{report}")).tree().pointer(pointer).cloned().unwrap_or_default()
}

#[track_caller]
fn assert_warned(actions: &str, expected: &str) {
    let document = applied(actions).unwrap_or_else(|report| panic!("{report}"));
    let warnings =
        crate::flat(&document.into_typed().unwrap_or_else(|report| panic!("{report}")).warnings().to_string());
    assert!(warnings.contains(expected), "no {expected:?} in\n{warnings}");
}

#[test]
fn words_for_what_is_gone_are_told_and_left_out() {
    let gone = "- {target: $.paths.nowhere, update: {description: Lost}}\n";
    assert_warned(gone, "matches nothing: it has expired\n  --> o.yaml:4:12");
    let misspelt = "- {target: $.info, update: {contcat: {description: Whom to ask}, description: New}}\n";
    assert_warned(misspelt, "describes \"/info/contcat\", which is not there\n  --> o.yaml:4");
    assert_eq!(tree(misspelt, "/info/contcat"), Value::Null);
    assert_eq!(tree(misspelt, "/info/description"), "New");
    // What is more than words stays an error.
    assert_refused("- {target: $.paths.nowhere, update: {description: Lost, nullable: true}}\n", &["matches nothing"]);
}

#[track_caller]
fn assert_refused(actions: &str, expected: &[&str]) {
    let report = applied(actions).err().unwrap_or_else(|| panic!("accepted:\n{actions}"));
    for line in expected {
        assert!(report.contains(line), "no {line:?} in\n{report}");
    }
}

#[test]
fn an_update_merges_objects_joins_lists_and_replaces_plain_values() {
    let actions = "- {target: $, update: {info: {title: Cats, x-a: {b: 1}}, tags: [{name: d}]}}\n";
    assert_eq!(tree(actions, "/info"), json!({"title": "Cats", "version": "1", "x-a": {"b": 1}}));
    assert_eq!(tree(actions, "/tags/3"), json!({"name": "d"}));
}

#[test]
fn an_update_of_a_list_appends_one_entry() {
    assert_eq!(tree("- {target: \"$['x-list']\", update: [3]}\n", "/x-list"), json!([1, [2], [3]]));
    assert_eq!(tree("- {target: \"$['x-list']\", update: 3}\n", "/x-list/2"), json!(3));
}

#[test]
fn a_removal_takes_every_match() {
    assert_eq!(tree("- {target: \"$.tags[?@.name != 'b']\", remove: true}\n", "/tags"), json!([{"name": "b"}]));
    assert_eq!(tree("- {target: $.info, remove: true}\n", "/info"), Value::Null);
}

#[test]
fn actions_see_what_those_before_them_did() {
    let actions = "- {target: $.paths, update: {/a: {get: {x-a: 1}}}}\n- {target: $.paths.*.get, update: {x-b: 2}}\n";
    assert_eq!(tree(actions, "/paths/~1a/get"), json!({"x-a": 1, "x-b": 2}));
}

#[test]
fn an_expired_action_is_named() {
    let actions = "- {target: $.info, update: {title: Pets}}\n- target: $.gone\n  remove: true\n";
    let report = applied(actions).unwrap_err();
    assert_eq!(
        report,
        "error: action 0 (\"$.info\") changes nothing: it has expired\n  --> o.yaml:4:12\n   = at /actions/0/target\n   \
         = help: the document has moved on: remove the action, or mend its target\n\n\
         error: action 1 (\"$.gone\") matches nothing: it has expired\n  --> o.yaml:5:11\n   = at /actions/1/target\n   \
         = help: the document has moved on: remove the action, or mend its target\n\n\
         2 errors, 0 warnings"
    );
}

#[test]
fn an_action_that_does_not_fit_what_it_meets_is_refused() {
    assert_refused("- {target: $.info.title, update: {a: 1}}\n", &["selects the text \"Pets\"", "o.yaml:4:12"]);
    assert_refused("- {target: $.info, update: [1]}\n", &["selects an object, and `update` is a list", "o.yaml:4:28"]);
    assert_refused(
        "- {target: $, update: {info: 5}}\n",
        &["cannot merge the number 5 into \"/info\"", "o.yaml:4:30", "= at /actions/0/update/info"],
    );
    assert_refused("- {target: $, remove: true}\n", &["removes the whole document"]);
    let deep = format!("- {{target: $.info, update: {{a: {}{}}}}}\n", "[".repeat(95), "]".repeat(95));
    assert!(applied(&deep).is_ok());
    let deep = format!("{deep}- {{target: '$..a', update: {}{}}}\n", "[".repeat(95), "]".repeat(95));
    assert!(applied(&deep).is_ok());
    let deep = deep.replace("'$..a'", "'$.info.a[0][0][0][0][0][0]'");
    assert_refused(&deep, &["nests the document too deep"]);
}

#[test]
fn what_is_no_overlay_is_refused_with_places() {
    let report = Overlay::parse("o.yaml", "overlay: 2.0.0\ninfo: {title: 1}\nactions:\n- 5\nextra: 1\n".into())
        .unwrap_err()
        .to_string();
    let report = crate::flat(&report);
    for line in [
        "`overlay` is the text \"2.0.0\"\n  --> o.yaml:1:10",
        "`title` is the number 1\n  --> o.yaml:2:15",
        "`version` is missing\n  --> o.yaml:2:7",
        "an action is the number 5\n  --> o.yaml:4:3",
        "unknown key \"extra\"\n  --> o.yaml:5:8",
        "5 errors",
    ] {
        assert!(report.contains(line), "no {line:?} in\n{report}");
    }
    assert_refused("- {target: \"$.tags[?\", remove: true}\n", &["is not a JSONPath", "o.yaml:4:12"]);
    assert_refused("- {target: $.a, remove: true, update: {}}\n", &["both `update` and `remove`", "o.yaml:4:3"]);
    assert_refused("- {target: $.a, remove: false}\n", &["neither `update` nor `remove"]);
    assert_refused("- {update: {}}\n", &["`target` is missing"]);
    assert_refused(
        "- {target: $.a, remove: yes please, moved: 1}\n",
        &["`remove` is the text", "unknown key \"moved\""],
    );
    assert_refused(
        &format!("- {{target: \"$[?{}\", remove: true}}\n", "(".repeat(10_000)),
        &["too long or too nested"],
    );
}

#[test]
fn a_fault_is_placed_in_the_file_that_wrote_it() {
    let actions = "- {target: '$.tags[0]', remove: true}\n- target: $.paths\n  update:\n    /a:\n      get: {responses: {200: {description: 5, content: 7}}}\n- {target: '$.tags[1]', update: {description: [1]}}\n";
    let report = crate::flat(&applied(actions).unwrap().into_typed().unwrap().warnings().to_string());
    for line in [
        "`content` is the number 7\n  --> o.yaml:8:56\n   = at /paths/~1a/get/responses/200/content",
        "`description` is a list\n  --> o.yaml:9:47\n   = at /tags/1/description",
    ] {
        assert!(report.contains(line), "no {line:?} in\n{report}");
    }
    let bad = DOCUMENT.replace("name: c", "name: 5");
    let mut document = Document::parse("api.yaml", bad).unwrap();
    document.apply(&[overlay("- {target: '$.tags[0]', remove: true}\n").unwrap()]).unwrap();
    let report = crate::flat(&document.into_typed().unwrap().warnings().to_string());
    assert!(report.contains("`name` is the number 5\n  --> api.yaml:4:37\n   = at /tags/1/name"), "{report}");
}
