//! Tests `diff` on the document of this repository with known edits, and the command.

mod command;
mod items;
mod limits;

use std::collections::BTreeSet;

use codegen::diff;
use document::Document;
use serde_json::{Value, json};
use tests::spec;

/// An edit of the document, and the single change that it causes.
type Edit = (&'static str, fn(&mut Value));

fn at<'t>(tree: &'t mut Value, pointer: &str) -> &'t mut Value {
    tree.pointer_mut(pointer).unwrap_or_else(|| panic!("the document has no {pointer}"))
}

fn schema<'t>(tree: &'t mut Value, name: &str) -> &'t mut Value {
    at(tree, &format!("/components/schemas/{name}"))
}

fn remove(tree: &mut Value, pointer: &str, key: &str) -> Value {
    let removed = at(tree, pointer).as_object_mut().expect("an object").remove(key);
    removed.unwrap_or_else(|| panic!("{pointer} has no {key}"))
}

fn list<'t>(tree: &'t mut Value, pointer: &str) -> &'t mut Vec<Value> {
    at(tree, pointer).as_array_mut().expect("a list")
}

fn parameter<'t>(tree: &'t mut Value, pointer: &str, name: &str) -> &'t mut Value {
    let parameters = list(tree, &format!("{pointer}/parameters"));
    parameters.iter_mut().find(|parameter| parameter["name"] == name).expect("the parameter is there")
}

const EDITS: &[Edit] = &[
    ("fine added field Brand.colour", |tree| {
        schema(tree, "brand")["properties"]["colour"] = json!({ "type": "string" });
    }),
    ("breaking removed field Brand.help_center_id", |tree| {
        remove(tree, "/components/schemas/brand/properties", "help_center_id");
    }),
    ("breaking renamed field Team.distribution_method_name", |tree| {
        let field = remove(tree, "/components/schemas/team/properties", "distribution_method");
        schema(tree, "team")["properties"]["distribution_method_name"] = field;
    }),
    ("breaking changed field Segment.count", |tree| {
        schema(tree, "segment")["properties"]["count"]["type"] = json!("number");
    }),
    ("fine added value SegmentPersonType::Lead", |tree| {
        list(tree, "/components/schemas/segment/properties/person_type/enum").push(json!("lead"));
    }),
    ("breaking removed value DataExportStatus::Canceled", |tree| {
        list(tree, "/components/schemas/data_export/properties/status/enum").retain(|value| value != "canceled");
    }),
    ("breaking changed field MergeContactsRequest.skip_duplicate_validation", |tree| {
        let schema = schema(tree, "merge_contacts_request").as_object_mut().expect("an object");
        let required = schema.entry("required").or_insert_with(|| json!([]));
        required.as_array_mut().expect("a list").push(json!("skip_duplicate_validation"));
    }),
    ("fine added field TagCompanyRequest.note", |tree| {
        schema(tree, "tag_company_request")["properties"]["note"] = json!({ "type": "string" });
    }),
    ("fine added operation brands().show_brand_colour", |tree| {
        at(tree, "/paths")["/brands/{id}/colour"] = json!({ "get": {
            "operationId": "showBrandColour",
            "tags": ["Brands"],
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
            "responses": { "204": { "description": "No Content" } },
        } });
    }),
    ("breaking removed operation tags().delete_tag", |tree| _ = remove(tree, "/paths/~1tags~1{id}", "delete")),
    ("breaking renamed operation teams().list_all_teams", |tree| {
        at(tree, "/paths/~1teams/get")["operationId"] = json!("listAllTeams");
    }),
    ("breaking renamed operation brands().retrieve_segment", |tree| {
        at(tree, "/paths/~1segments~1{id}/get")["tags"] = json!(["Brands"]);
    }),
    ("fine changed operation tags().list_tags", |tree| at(tree, "/paths/~1tags/get")["deprecated"] = json!(true)),
    ("fine added parameter teams().retrieve_team(detailed)", |tree| {
        let new = json!({ "name": "detailed", "in": "query", "schema": { "type": "boolean" } });
        list(tree, "/paths/~1teams~1{id}/get/parameters").push(new);
    }),
    ("breaking removed parameter segments().list_segments(include_count)", |tree| {
        list(tree, "/paths/~1segments/get/parameters").retain(|parameter| parameter["name"] != "include_count");
    }),
    ("breaking changed parameter teams().get_team_metrics(idle_threshold)", |tree| {
        parameter(tree, "/paths/~1teams~1{team_id}~1metrics/get", "idle_threshold")["required"] = json!(true);
    }),
    ("fine changed parameter brands().retrieve_brand(id)", |tree| {
        parameter(tree, "/paths/~1brands~1{id}/get", "id")["schema"] = json!({ "type": "integer" });
    }),
    ("fine added error brands().list_brands -> 503", |tree| {
        at(tree, "/paths/~1brands/get/responses")["503"] = json!({ "description": "Unavailable" });
    }),
    ("breaking changed response tags().find_tag -> _", |tree| {
        let content = at(tree, "/paths/~1tags~1{id}/get/responses/200/content/application~1json");
        content["schema"] = json!({ "$ref": "#/components/schemas/brand" });
    }),
    ("breaking renamed model MetricOfTeam", |tree| {
        let text =
            tree.to_string().replace("#/components/schemas/team_metric\"", "#/components/schemas/metric_of_team\"");
        *tree = serde_json::from_str(&text).expect("JSON");
        let model = remove(tree, "/components/schemas", "team_metric");
        at(tree, "/components/schemas")["metric_of_team"] = model;
    }),
];

#[test]
fn twenty_known_edits_are_told_and_nothing_else() {
    let mut tree = spec::document().tree().clone();
    EDITS.iter().for_each(|(_, edit)| edit(&mut tree));
    let edited = Document::parse("edited", tree.to_string()).unwrap_or_else(|errors| panic!("{errors}"));
    let edited = codegen::read(edited, &spec::overlays()).unwrap_or_else(|errors| panic!("{errors}"));
    let difference = diff::compare(&spec::current(), &edited);

    let mark = |breaking| if breaking { "breaking" } else { "fine" };
    let told = |change: &diff::Change| {
        format!("{} {} {} {}", mark(change.breaking), change.kind, change.subject, change.place)
    };
    let found: BTreeSet<String> = difference.changes.iter().map(told).collect();
    let wanted: BTreeSet<String> = EDITS.iter().map(|(change, _)| (*change).to_owned()).collect();
    assert_eq!(found, wanted);
    assert_eq!(difference.changes.len(), 20);
    assert!(difference.summary().starts_with("20 changes, 12 breaking: added 1 operation"), "{}", difference.summary());
}

#[test]
fn nothing_changed_between_a_document_and_itself() {
    let difference = diff::compare(&spec::current(), &spec::current());
    assert_eq!(difference.changes, []);
    assert_eq!(difference.summary(), "nothing changed for a caller");
}
