//! Writes the types of an API with serde's derive, as generators usually write them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use codegen::api::{
    Api, BodyKind, Constant, Field, Shape, Success, Type, TypeDef, TypeId, Union, UnionVariant, Variant,
};
use codegen::files::Files;
use codegen::names::{self, identifier};
use codegen::rust::{self, Crate, Holder};

const MANIFEST: &str = r#"[package]
name = "derived-client"
version = "0.1.0"
edition = "2024"
publish = false

[workspace]

[features]
registry = []

[dependencies]
serde = { version = "1", features = ["derive"] }
serde_json = "1"
"#;

const OPTIONAL: &str = "default, skip_serializing_if = \"Option::is_none\"";

/// Returns a crate with a file for each module of the API.
pub(crate) fn files(api: &Api) -> Files {
    let of = Crate::of(api);
    let mut files = Files::default();
    files.insert("Cargo.toml".to_owned(), MANIFEST.to_owned());
    let root = "//! Types.\n\npub mod models;\n#[cfg(feature = \"registry\")]\npub mod registry;\n";
    files.insert("src/lib.rs".to_owned(), root.to_owned());
    files.insert("src/registry.rs".to_owned(), registry(api));
    let mut all = String::new();
    for (module, ids) in of.modules() {
        let names: Vec<&str> = ids.iter().map(|id| api.types.def(*id).name.as_str()).collect();
        all += &format!("mod {module};\npub use {module}::{{{}}};\n", names.join(", "));
        let mut text = "use serde::{Deserialize, Serialize};\n".to_owned();
        for id in ids {
            text += &definition(&of, id);
        }
        files.insert(format!("src/models/{module}.rs"), text);
    }
    files.insert("src/models/mod.rs".to_owned(), all);
    files
}

/// Returns code that decodes and encodes each body, as a function for each call would.
fn registry(api: &Api) -> String {
    let mut bodies = BTreeSet::new();
    for operation in api.operations() {
        if let Some(BodyKind::Json(ty, _)) = operation.body.as_ref().map(|body| &body.kind) {
            bodies.insert(rust_type(api, ty, "crate::models"));
        }
        match &operation.success {
            Success::Json(ty) => {
                bodies.insert(rust_type(api, ty, "crate::models"));
            }
            Success::Several { responses, .. } => {
                let types = responses.iter().filter_map(|response| response.ty.as_ref());
                bodies.extend(types.map(|ty| rust_type(api, ty, "crate::models")));
            }
            Success::Bytes(_) | Success::Text(_) | Success::Empty | Success::Redirect => {}
        }
        let errors = operation.errors.iter().filter_map(|error| error.ty.as_ref());
        bodies.extend(errors.map(|ty| rust_type(api, ty, "crate::models")));
    }
    let rows: String = bodies.iter().map(|ty| format!("    round_trip::<{ty}>,\n")).collect();
    format!(
        "pub type RoundTrip = fn(&[u8]) -> Result<Vec<u8>, serde_json::Error>;\n\n\
         pub static BODIES: &[RoundTrip] = &[\n{rows}];\n\n\
         fn round_trip<T: serde::de::DeserializeOwned + serde::Serialize>(\n    \
             text: &[u8],\n\
         ) -> Result<Vec<u8>, serde_json::Error> {{\n    \
             serde_json::to_vec(&serde_json::from_slice::<T>(text)?)\n\
         }}\n"
    )
}

fn definition(of: &Crate<'_>, id: TypeId) -> String {
    let (api, item) = (of.api, of.item(id));
    let definition = item.of;
    let body = match &item.shape {
        rust::Shape::Struct(of) => self::model(api, of),
        rust::Shape::StringEnum(variants) => string_enum(variants),
        rust::Shape::IntegerEnum(_) => " struct NAME(pub i64);\n".to_owned(),
        rust::Shape::Union(union) => self::union(api, union),
        rust::Shape::Alias(_) => {
            let TypeDef { name, shape, .. } = definition;
            let ty = shape.parts().first().map(|ty| rust_type(api, ty, "super")).unwrap_or_default();
            return format!("\n/// The type {name}.\npub type {name} = {ty};\n");
        }
    };
    let attribute = match &definition.shape {
        Shape::Union(Union { tag: Some(tag), .. }) => format!("#[serde(tag = {tag:?})]\n"),
        Shape::Union(_) => "#[serde(untagged)]\n".to_owned(),
        Shape::IntegerEnum(_) => "#[serde(transparent)]\n".to_owned(),
        _ => String::new(),
    };
    let name = &definition.name;
    let body = body.replacen("NAME", name, 1);
    format!("\n/// The type {name}.\n#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]\n{attribute}pub{body}")
}

fn model(api: &Api, of: &rust::Struct<'_>) -> String {
    let model = of.of;
    let mut text = " struct NAME {\n".to_owned();
    for rust::Field { of: field, value, .. } in &of.fields {
        let ty = boxed(rust_type(api, &field.ty, "super"), value);
        let (presence, ty) = match field {
            Field { required: true, nullable: false, .. } => ("", ty),
            Field { required: true, .. } => ("", format!("Option<{ty}>")),
            _ => (OPTIONAL, format!("Option<{ty}>")),
        };
        text += &self::field(&field.name, &field.wire, presence, &ty);
    }
    // Optional constants are among the fields already.
    for Constant { field: Field { wire, .. }, value } in of.constants.iter().copied() {
        let mut name = names::field_name(wire);
        while model.fields.iter().any(|field| field.name == name) {
            name.push('_');
        }
        let ty = match value {
            serde_json::Value::Bool(_) => "Option<bool>",
            serde_json::Value::Number(_) => "Option<i64>",
            _ => "Option<String>",
        };
        text += &self::field(&name, wire, OPTIONAL, ty);
    }
    if let Some(additional) = &model.additional {
        let ty = rust_type(api, &additional.ty, "super");
        let ty = format!("std::collections::BTreeMap<String, {ty}>");
        text += &self::field(&additional.name, &additional.name, "flatten", &ty);
    }
    text + "}\n"
}

fn field(name: &str, wire: &str, attributes: &str, ty: &str) -> String {
    let mut text = format!("    /// The property {wire:?}.\n");
    let rename = (name != wire).then(|| format!("rename = {wire:?}"));
    let attributes: Vec<&str> =
        rename.as_deref().into_iter().chain(Some(attributes).filter(|text| !text.is_empty())).collect();
    if !attributes.is_empty() {
        text += &format!("    #[serde({})]\n", attributes.join(", "));
    }
    text + &format!("    pub {}: {ty},\n", identifier(name))
}

fn string_enum(variants: &[Variant<String>]) -> String {
    let mut text = " enum NAME {\n".to_owned();
    for Variant { name, wire } in variants {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "    /// The value {wire:?}.\n    #[serde(rename = {wire:?})]\n    {name},");
    }
    text + "    /// Any other value.\n    #[serde(untagged)]\n    Unknown(String),\n}\n"
}

fn union(api: &Api, of: &rust::Union<'_>) -> String {
    let mut text = " enum NAME {\n".to_owned();
    for variant in &of.variants {
        let UnionVariant { name, ty, tags, .. } = variant.of;
        let ty = boxed(rust_type(api, ty, "super"), &variant.ty);
        let attribute = match (&of.of.tag, &tags[..]) {
            (None, _) => String::new(),
            (Some(_), []) => "    #[serde(skip_deserializing)]\n".to_owned(),
            (Some(_), [first, others @ ..]) => {
                let others: String = others.iter().map(|tag| format!(", alias = {tag:?}")).collect();
                format!("    #[serde(rename = {first:?}{others})]\n")
            }
        };
        text += &format!("    /// One of the types.\n{attribute}    {name}({ty}),\n");
    }
    let untagged = if of.of.tag.is_some() { "    #[serde(untagged)]\n" } else { "" };
    text + &format!("    /// Anything else.\n{untagged}    Unknown(serde_json::Value),\n}}\n")
}

fn rust_type(api: &Api, ty: &Type, models: &str) -> String {
    let inner = |ty: &Type| rust_type(api, ty, models);
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Integer | Type::Timestamp => "i64".to_owned(),
        Type::Unsigned => "u64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::String | Type::Secret | Type::DateTime | Type::Bytes | Type::Date | Type::Base64 => "String".to_owned(),
        Type::Json => "serde_json::Value".to_owned(),
        Type::Object => "serde_json::Map<String, serde_json::Value>".to_owned(),
        Type::Named(id) => format!("{models}::{}", api.types.def(*id).name),
        Type::List(item) => format!("Vec<{}>", inner(item)),
        Type::Map(value) => format!("std::collections::BTreeMap<String, {}>", inner(value)),
        Type::Nullable(value) => format!("Option<{}>", inner(value)),
    }
}

fn boxed(ty: String, ours: &rust::Type<'_>) -> String {
    if matches!(ours, rust::Type::Of(Holder::Box, _)) { format!("Box<{ty}>") } else { ty }
}
