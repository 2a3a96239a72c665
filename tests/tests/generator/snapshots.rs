//! Reviews every operation and every file of models as a snapshot under `tests/snapshots/`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use codegen::Generated;
use codegen::api::Api;
use codegen::disk::{self, Changes};
use codegen::outline;
use codegen::rust::Crate;
use document::Document;
use insta::Settings;
use serde_json::{Value, json};
use tests::{files, spec};

fn outlines(api: &Api) -> BTreeMap<String, String> {
    outline::all(&Crate::of(api))
}

/// This is a single test so that one run reports all failures: `glob!` continues after each, for the one document that
/// it finds.
#[test]
fn operations_and_models_look_as_reviewed() {
    let outlines = outlines(&spec::current());
    insta::glob!("../../../spec", "intercom-unstable.yaml", |_| {
        for (place, text) in &outlines {
            let (folder, name) = place.rsplit_once('/').expect("a name in a folder");
            let mut settings = Settings::clone_current();
            settings.set_snapshot_path(Path::new("../../snapshots").join(folder));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.remove_snapshot_suffix();
            settings.remove_input_file();
            settings.bind(|| insta::assert_snapshot!(name, text));
        }
    });
}

#[test]
fn no_snapshot_is_left_over() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let wanted: BTreeSet<PathBuf> =
        outlines(&spec::current()).into_keys().map(|place| root.join(format!("{place}.snap"))).collect();
    let stale: Vec<String> = files::below(&root)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "snap") && !wanted.contains(path))
        .map(|path| format!("git rm tests/snapshots/{}", path.strip_prefix(&root).expect("below").display()))
        .collect();
    assert!(stale.is_empty(), "these operations or models are gone; run:\n{}", stale.join("\n"));
}

/// Returns the files of the crate and the snapshots that an edit of the document changes.
fn changed_by(before: &Generated, edit: impl FnOnce(&mut Value)) -> (Vec<String>, Vec<String>) {
    let mut tree = spec::document().tree().clone();
    edit(&mut tree);
    let after = generate(Document::parse("edited", tree.to_string()).unwrap_or_else(|errors| panic!("{errors}")));

    // The files are written to a folder, as `regenerate` does.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("edited");
    disk::write(&folder, &before.files, &[""]).expect("the files can be written");
    let Changes { changed, missing, stale } = disk::write(&folder, &after.files, &[""]).expect("they can be written");
    let mut files: Vec<String> = changed.into_iter().map(|(path, ..)| path).chain(missing).chain(stale).collect();
    files.sort();

    let (before, after) = (outlines(&before.api), outlines(&after.api));
    let places: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let moved = places.into_iter().filter(|place| before.get(*place) != after.get(*place));
    (files, moved.cloned().collect())
}

fn generate(document: Document) -> Generated {
    codegen::generate(document, &spec::overlays()).unwrap_or_else(|errors| panic!("{errors}"))
}

fn at<'t>(tree: &'t mut Value, pointer: &str) -> &'t mut Value {
    tree.pointer_mut(pointer).unwrap_or_else(|| panic!("the document has no {pointer}"))
}

#[test]
fn a_small_edit_moves_one_file_and_one_snapshot() {
    let before = generate(spec::document());
    let field = changed_by(&before, |tree| {
        at(tree, "/components/schemas/brand/properties")["colour"] = json!({ "type": "string" });
    });
    assert_eq!(field, (vec!["models/brand.rs".to_owned()], vec!["models/brand".to_owned()]));

    let value = changed_by(&before, |tree| {
        let values = at(tree, "/components/schemas/segment/properties/person_type/enum");
        values.as_array_mut().expect("a list").push(json!("lead"));
    });
    assert_eq!(value, (vec!["models/segment.rs".to_owned()], vec!["models/segment".to_owned()]));

    let (files, snapshots) = changed_by(&before, |tree| {
        let parameters = at(tree, "/paths/~1segments/get/parameters").as_array_mut().expect("a list");
        parameters.retain(|parameter| parameter["name"] != "include_count");
    });
    // The table of all operations lists the parameters in the path and the query.
    assert_eq!(files, ["registry.rs", "resources/segments.rs"]);
    assert_eq!(snapshots, ["operations/segments/list_segments"]);

    let (files, snapshots) = changed_by(&before, |tree| {
        at(tree, "/paths")["/brands/{id}/colour"] = json!({ "get": {
            "operationId": "showBrandColour",
            "tags": ["Brands"],
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
            "responses": { "200": { "description": "OK", "content": { "text/plain": { "schema": { "type": "string" } } } } },
        } });
    });
    // The table of all operations has a row for the new one.
    assert_eq!(files, ["registry.rs", "resources/brands.rs"]);
    assert_eq!(snapshots, ["operations/brands/show_brand_colour"]);
}
