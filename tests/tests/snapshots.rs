//! What every operation and every file of models looks like, reviewed: one snapshot each, under `tests/snapshots/`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use codegen::api::Api;
use codegen::outline;
use codegen::usage::Usage;
use insta::Settings;
use tests::{files, spec};

/// Below `tests/snapshots`: a folder, and a name in it.
type Place = (String, String);

fn outlines(api: &Api) -> BTreeMap<Place, String> {
    let usage = Usage::of(api);
    let mut outlines = BTreeMap::new();
    for resource in &api.resources {
        for operation in &resource.operations {
            let place = (format!("operations/{}", resource.module), operation.name.clone());
            outlines.insert(place, outline::operation(api, resource, operation));
        }
    }
    for (module, ids) in codegen::emit::modules(api) {
        outlines.insert(("models".to_owned(), module.to_owned()), outline::models(api, &usage, &ids));
    }
    outlines
}

/// One test, so that all failures of a run are told: `glob!` goes on after each, for the one document that it finds.
#[test]
fn operations_and_models_look_as_reviewed() {
    let outlines = outlines(&spec::current());
    insta::glob!("../..", "spec/intercom-unstable.yaml", |_| {
        for ((folder, name), text) in &outlines {
            let mut settings = Settings::clone_current();
            settings.set_snapshot_path(Path::new("../snapshots").join(folder));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.remove_snapshot_suffix();
            settings.remove_input_file();
            settings.bind(|| insta::assert_snapshot!(name.as_str(), text));
        }
    });
}

#[test]
fn no_snapshot_is_left_over() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let wanted: BTreeSet<PathBuf> = outlines(&spec::current())
        .into_keys()
        .map(|(folder, name)| root.join(folder).join(format!("{name}.snap")))
        .collect();
    let stale: Vec<String> = files::below(&root)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "snap") && !wanted.contains(path))
        .map(|path| format!("git rm tests/snapshots/{}", path.strip_prefix(&root).expect("below").display()))
        .collect();
    assert!(stale.is_empty(), "these operations or models are gone; run:\n{}", stale.join("\n"));
}
