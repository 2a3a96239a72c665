//! Converts the checked tree to the types of `openapiv3`.
//!
//! `openapiv3` copies each subtree once for every level above it when it reads a whole document, and uses up to 50 KiB
//! of stack for each level. It therefore gets one object at a time, without the nested objects: these are taken out,
//! converted first, and put back.

use openapiv3::{
    AdditionalProperties, Components, Encoding, Header, MediaType, ObjectType, OpenAPI, Operation, Parameter,
    ParameterSchemaOrContent, PathItem, Paths, ReferenceOr, RequestBody, Response, Responses, Schema, SchemaKind,
    StatusCode, Type,
};
use serde::de::{DeserializeOwned, Error as _};
use serde_json::{Error, Map, Value, from_value};

type Object = Map<String, Value>;
type Outcome<T> = Result<T, Error>;

pub(super) fn openapi(tree: Value) -> Outcome<OpenAPI> {
    let mut root = object(tree)?;
    let paths = hollow(&mut root, "paths");
    let components = root.remove("components").map(object).transpose()?;
    let mut openapi: OpenAPI = shallow(root)?;
    openapi.paths = paths.map(self::paths).transpose()?.unwrap_or_default();
    openapi.components = components.map(self::components).transpose()?;
    Ok(openapi)
}

fn components(mut components: Object) -> Outcome<Components> {
    let schemas = members(components.remove("schemas"), self::schema)?;
    let responses = members(components.remove("responses"), |value| reference_or(value, response))?;
    let parameters = members(components.remove("parameters"), |value| reference_or(value, parameter))?;
    let request_bodies = members(components.remove("requestBodies"), |value| reference_or(value, request_body))?;
    let headers = members(components.remove("headers"), |value| reference_or(value, header))?;
    Ok(Components { schemas, responses, parameters, request_bodies, headers, ..shallow(components)? })
}

fn paths(paths: Value) -> Outcome<Paths> {
    let (paths, extensions) = object(paths)?.into_iter().partition::<Object, _>(|(path, _)| path.starts_with('/'));
    let item = |value| Ok(ReferenceOr::Item(path_item(object(value)?)?));
    Ok(Paths { paths: members(Some(paths.into()), item)?, extensions: extensions.into_iter().collect() })
}

fn path_item(mut item: Object) -> Outcome<PathItem> {
    let mut method = |name| item.remove(name).map(|value| operation(object(value)?)).transpose();
    let (get, put, post, delete) = (method("get")?, method("put")?, method("post")?, method("delete")?);
    let (options, head, patch, trace) = (method("options")?, method("head")?, method("patch")?, method("trace")?);
    let parameters = items(item.remove("parameters"), |value| reference_or(value, parameter))?;
    Ok(PathItem { get, put, post, delete, options, head, patch, trace, parameters, ..shallow(item)? })
}

fn operation(mut operation: Object) -> Outcome<Operation> {
    let parameters = items(operation.remove("parameters"), |value| reference_or(value, parameter))?;
    let request_body = operation.remove("requestBody").map(|value| reference_or(value, request_body)).transpose()?;
    let responses = hollow(&mut operation, "responses").map(responses).transpose()?.unwrap_or_default();
    Ok(Operation { parameters, request_body, responses, ..shallow(operation)? })
}

fn responses(responses: Value) -> Outcome<Responses> {
    let mut typed = Responses::default();
    for (status, value) in object(responses)? {
        if status.starts_with("x-") {
            typed.extensions.insert(status, value);
        } else if status == "default" {
            typed.default = Some(reference_or(value, response)?);
        } else {
            let status: StatusCode = from_value(status.into())?;
            typed.responses.insert(status, reference_or(value, response)?);
        }
    }
    Ok(typed)
}

fn response(mut response: Object) -> Outcome<Response> {
    let headers = members(response.remove("headers"), |value| reference_or(value, header))?;
    let content = members(response.remove("content"), media_type)?;
    Ok(Response { headers, content, ..shallow(response)? })
}

fn request_body(mut body: Object) -> Outcome<RequestBody> {
    let content = members(body.remove("content"), media_type)?;
    Ok(RequestBody { content, ..shallow(body)? })
}

fn media_type(media_type: Value) -> Outcome<MediaType> {
    let mut media_type = object(media_type)?;
    let schema = media_type.remove("schema").map(schema).transpose()?;
    let encoding = members(media_type.remove("encoding"), encoding)?;
    Ok(MediaType { schema, encoding, ..shallow(media_type)? })
}

fn encoding(encoding: Value) -> Outcome<Encoding> {
    let mut encoding = object(encoding)?;
    let headers = members(encoding.remove("headers"), |value| reference_or(value, header))?;
    Ok(Encoding { headers, ..shallow(encoding)? })
}

fn parameter(mut parameter: Object) -> Outcome<Parameter> {
    let format = schema_or_content(&mut parameter)?;
    let mut typed: Parameter = shallow(parameter)?;
    let (Parameter::Query { parameter_data, .. }
    | Parameter::Header { parameter_data, .. }
    | Parameter::Path { parameter_data, .. }
    | Parameter::Cookie { parameter_data, .. }) = &mut typed;
    parameter_data.format = format;
    Ok(typed)
}

fn header(mut header: Object) -> Outcome<Header> {
    let format = schema_or_content(&mut header)?;
    Ok(Header { format, ..shallow(header)? })
}

fn schema_or_content(object: &mut Object) -> Outcome<ParameterSchemaOrContent> {
    match hollow(object, "schema") {
        Some(value) => Ok(ParameterSchemaOrContent::Schema(schema(value)?)),
        None => Ok(ParameterSchemaOrContent::Content(members(hollow(object, "content"), media_type)?)),
    }
}

fn schema(value: Value) -> Outcome<ReferenceOr<Schema>> {
    reference_or(value, inline_schema)
}

fn boxed_schema(value: Value) -> Outcome<ReferenceOr<Box<Schema>>> {
    reference_or(value, |object| inline_schema(object).map(Box::new))
}

#[derive(Default)]
struct Nested {
    inline: ObjectType,
    items: Option<ReferenceOr<Box<Schema>>>,
    not: Option<Box<ReferenceOr<Schema>>>,
    all_of: Vec<ReferenceOr<Schema>>,
    one_of: Vec<ReferenceOr<Schema>>,
    any_of: Vec<ReferenceOr<Schema>>,
}

/// Converts a schema. `openapiv3` chooses the kind by the keywords that are present, so each keyword stays, with an
/// empty value.
fn inline_schema(mut object: Object) -> Outcome<Schema> {
    let nested = nested(&mut object)?;
    fill(shallow(object)?, *nested)
}

/// Takes the nested schemas out and converts them. `openapiv3` reads the schema around them only afterwards, so its
/// large stack frames are never nested.
fn nested(object: &mut Object) -> Outcome<Box<Nested>> {
    let mut nested = Box::<Nested>::default();
    nested.inline.properties = members(hollow(object, "properties"), boxed_schema)?;
    if let Some(value) = hollow(object, "items") {
        nested.items = Some(boxed_schema(value)?);
    }
    if let Some(value) = hollow(object, "not") {
        nested.not = Some(Box::new(schema(value)?));
    }
    nested.all_of = items(hollow(object, "allOf"), schema)?;
    nested.one_of = items(hollow(object, "oneOf"), schema)?;
    nested.any_of = items(hollow(object, "anyOf"), schema)?;
    if object.get("additionalProperties").is_some_and(Value::is_object)
        && let Some(value) = hollow(object, "additionalProperties")
    {
        nested.inline.additional_properties = Some(AdditionalProperties::Schema(Box::new(schema(value)?)));
    }
    Ok(nested)
}

fn fill(mut schema: Schema, nested: Nested) -> Outcome<Schema> {
    let ObjectType { properties, additional_properties: additional, .. } = nested.inline;
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            object.properties = properties;
            object.additional_properties = additional.or(object.additional_properties.take());
        }
        SchemaKind::Type(Type::Array(array)) => array.items = nested.items,
        SchemaKind::Type(_) => {}
        SchemaKind::OneOf { one_of } => *one_of = nested.one_of,
        SchemaKind::AllOf { all_of } => *all_of = nested.all_of,
        SchemaKind::AnyOf { any_of } => *any_of = nested.any_of,
        SchemaKind::Not { not } => {
            *not = nested.not.ok_or_else(|| Error::custom("no schema where the check found one"))?;
        }
        SchemaKind::Any(any) => {
            any.properties = properties;
            any.additional_properties = additional.or(any.additional_properties.take());
            any.items = nested.items;
            any.not = nested.not;
            any.all_of = nested.all_of;
            any.one_of = nested.one_of;
            any.any_of = nested.any_of;
        }
    }
    Ok(schema)
}

/// Takes the value of a key and leaves an empty object or list in its place.
fn hollow(object: &mut Object, key: &str) -> Option<Value> {
    let value = object.get_mut(key)?;
    let empty = if value.is_array() { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
    Some(std::mem::replace(value, empty))
}

fn reference_or<T>(value: Value, inline: impl Fn(Object) -> Outcome<T>) -> Outcome<ReferenceOr<T>> {
    let mut object = object(value)?;
    match object.remove("$ref") {
        Some(Value::String(reference)) => Ok(ReferenceOr::Reference { reference }),
        _ => Ok(ReferenceOr::Item(inline(object)?)),
    }
}

fn members<T, C>(value: Option<Value>, typed: impl Fn(Value) -> Outcome<T>) -> Outcome<C>
where
    C: Default + Extend<(String, T)>,
{
    let mut members = C::default();
    if let Some(value) = value {
        for (name, value) in object(value)? {
            members.extend([(name, typed(value)?)]);
        }
    }
    Ok(members)
}

fn items<T>(value: Option<Value>, typed: impl Fn(Value) -> Outcome<T>) -> Outcome<Vec<T>> {
    let mut items = Vec::new();
    match value {
        Some(Value::Array(list)) => {
            for value in list {
                items.push(typed(value)?);
            }
        }
        Some(_) => return Err(Error::custom("no list where the check found one")),
        None => {}
    }
    Ok(items)
}

fn object(value: Value) -> Outcome<Object> {
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(Error::custom("no object where the check found one")),
    }
}

fn shallow<T: DeserializeOwned>(object: Object) -> Outcome<T> {
    from_value(Value::Object(object))
}
