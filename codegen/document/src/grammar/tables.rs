//! Holds a table for each kind of object, with the most frequent keys first.

use super::Kind::*;
use super::Shape::{self, Any, Bool, BoolOrSchema, Count, List, Map, Number, Object, Prose, Ref, Text, Word};
use super::{Effect, Field, Role};

pub(super) const fn fact(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, role: Role::Fact, required: false, effect: Effect::Done }
}

const fn must(key: &'static str, shape: Shape) -> Field {
    Field { required: true, ..fact(key, shape) }
}

const fn words(key: &'static str) -> Field {
    Field { role: Role::Prose, ..fact(key, Prose) }
}

const fn docs() -> Field {
    Field { role: Role::Prose, ..fact("externalDocs", Object(ExternalDocumentation)) }
}

const fn sample(key: &'static str, shape: Shape) -> Field {
    Field { role: Role::Example, ..fact(key, shape) }.idle("a sample of a value")
}

const fn unused(key: &'static str, shape: Shape, reason: &'static str) -> Field {
    Field { role: Role::Unused, ..fact(key, shape) }.idle(reason)
}

/// Returns a field that only later versions have, and that is left out.
const fn later(key: &'static str) -> Field {
    fact(key, Any)
}

impl Field {
    /// Returns whether the field is prose or a sample, which constrains no value.
    pub(crate) fn is_annotation(&self) -> bool {
        matches!(self.role, Role::Prose | Role::Example)
    }

    /// Returns the field with the effect that a warning reports it.
    const fn told(self, reason: &'static str) -> Self {
        Self { effect: Effect::Told(reason), ..self }
    }

    /// Returns the field with the effect that it does not matter to a client.
    const fn idle(self, reason: &'static str) -> Self {
        Self { effect: Effect::None(reason), ..self }
    }
}

const PAGE: &str = "a page for people";
const PEOPLE: &str = "who stands behind the API, for people";
const SERVER_CALLS: &str = "a call that the server makes";
const BY_NAME: &str = "headers of a response are read by their names";
const TOKEN: &str = "how a token is come by is no call of this API";
const FORM: &str = "XML is handed over as text or bytes";
const UNCHECKED: &str = "a condition that no type can hold: it is not checked";

const SERVERS: Field = fact("servers", List(&Object(Server)));
const SECURITY: Field = fact("security", List(&Map(&List(&Text))));
const PARAMETERS: Field = fact("parameters", List(&Ref(Parameter)));
const CONTENT: Shape = Map(&Object(MediaType));
const SCHEMAS: Shape = List(&Ref(Schema));
const EXAMPLES: Field = sample("examples", Map(&Ref(Example)));

/// The words that `type` of a schema may be.
const TYPES: &[&str] = &["string", "number", "integer", "boolean", "object", "array"];

pub(super) const OPENAPI: &[Field] = &[
    must("openapi", Text),
    must("info", Object(Info)),
    SERVERS,
    must("paths", Object(Paths)),
    fact("components", Object(Components)),
    SECURITY,
    fact("tags", List(&Object(Tag))),
    docs().idle(PAGE),
];

pub(super) const INFO: &[Field] = &[
    must("title", Prose),
    must("version", Prose),
    words("description"),
    words("termsOfService").idle(PEOPLE),
    Field { role: Role::Prose, ..fact("contact", Object(Contact)) }.idle(PEOPLE),
    fact("license", Object(License)).idle(PEOPLE),
];

pub(super) const CONTACT: &[Field] =
    &[words("name").idle(PEOPLE), words("url").idle(PEOPLE), words("email").idle(PEOPLE)];
pub(super) const LICENSE: &[Field] = &[must("name", Prose).idle(PEOPLE), fact("url", Prose).idle(PEOPLE)];
pub(super) const SERVER: &[Field] =
    &[must("url", Text), words("description"), fact("variables", Map(&Object(ServerVariable)))];
pub(super) const SERVER_VARIABLE: &[Field] =
    &[fact("enum", List(&Prose)), must("default", Prose), words("description")];

pub(super) const COMPONENTS: &[Field] = &[
    fact("schemas", Map(&Ref(Schema))),
    fact("responses", Map(&Ref(Response))),
    fact("parameters", Map(&Ref(Parameter))),
    EXAMPLES,
    fact("requestBodies", Map(&Ref(RequestBody))),
    fact("headers", Map(&Ref(Header))),
    fact("securitySchemes", Map(&Ref(SecurityScheme))),
    unused("links", Map(&Ref(Link)), "which call may follow, for people"),
    unused("callbacks", Map(&Ref(Callback)), SERVER_CALLS),
];

pub(super) const PATH_ITEM: &[Field] = &[
    fact("get", Object(Operation)),
    fact("put", Object(Operation)),
    fact("post", Object(Operation)),
    fact("delete", Object(Operation)),
    fact("options", Object(Operation)),
    fact("head", Object(Operation)),
    fact("patch", Object(Operation)),
    fact("trace", Object(Operation)),
    SERVERS,
    PARAMETERS,
    words("summary"),
    words("description"),
];

pub(super) const OPERATION: &[Field] = &[
    fact("tags", List(&Text)),
    words("summary"),
    words("description"),
    docs(),
    fact("operationId", Text),
    PARAMETERS,
    fact("requestBody", Ref(RequestBody)),
    must("responses", Object(Responses)),
    unused("callbacks", Map(&Ref(Callback)), SERVER_CALLS),
    fact("deprecated", Bool),
    SECURITY,
    SERVERS,
];

pub(super) const EXTERNAL_DOCUMENTATION: &[Field] = &[words("description").idle(PAGE), must("url", Prose)];

pub(super) const PARAMETER: &[Field] = &[
    must("name", Text),
    must("in", Word(&["path", "query", "header", "cookie"])),
    words("description"),
    fact("required", Bool),
    fact("deprecated", Bool),
    fact("allowEmptyValue", Bool).idle("an empty text is sent as it is"),
    fact("style", Text),
    fact("explode", Bool),
    fact("allowReserved", Bool),
    fact("schema", Ref(Schema)),
    fact("content", CONTENT),
    sample("example", Any),
    EXAMPLES,
];

pub(super) const HEADER: &[Field] = &[
    words("description").idle(BY_NAME),
    fact("required", Bool).idle(BY_NAME),
    fact("deprecated", Bool).idle(BY_NAME),
    fact("allowEmptyValue", Bool).idle(BY_NAME),
    fact("style", Word(&["simple"])).idle(BY_NAME),
    fact("explode", Bool).idle(BY_NAME),
    fact("allowReserved", Bool).idle(BY_NAME),
    fact("schema", Ref(Schema)),
    fact("content", CONTENT).idle(BY_NAME),
    sample("example", Any),
    EXAMPLES,
];

pub(super) const REQUEST_BODY: &[Field] = &[words("description"), must("content", CONTENT), fact("required", Bool)];

pub(super) const MEDIA_TYPE: &[Field] =
    &[fact("schema", Ref(Schema)), sample("example", Any), EXAMPLES, fact("encoding", Map(&Object(Encoding)))];

pub(super) const ENCODING: &[Field] = &[
    fact("contentType", Text),
    fact("headers", Map(&Ref(Header))),
    fact("style", Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
    fact("explode", Bool),
    fact("allowReserved", Bool),
];

pub(super) const RESPONSE: &[Field] = &[
    fact("description", Prose),
    fact("headers", Map(&Ref(Header))).idle(BY_NAME),
    fact("content", CONTENT),
    unused("links", Map(&Ref(Link)), "which call may follow, for people"),
];

pub(super) const EXAMPLE: &[Field] =
    &[sample("summary", Prose), sample("description", Prose), sample("value", Any), sample("externalValue", Prose)];

pub(super) const LINK: &[Field] = &[
    fact("operationRef", Text).idle("which call may follow, for people"),
    fact("operationId", Text).idle("which call may follow, for people"),
    fact("parameters", Map(&Any)).idle("which call may follow, for people"),
    fact("requestBody", Any).idle("which call may follow, for people"),
    words("description").idle("which call may follow, for people"),
    fact("server", Object(Server)).idle("which call may follow, for people"),
];

pub(super) const TAG: &[Field] = &[must("name", Text), words("description"), docs().idle(PAGE)];

pub(super) const SCHEMA: &[Field] = &[
    fact("type", Word(TYPES)),
    words("description"),
    fact("properties", Map(&Ref(Schema))),
    sample("example", Any),
    fact("nullable", Bool),
    fact("format", Text),
    fact("items", Ref(Schema)),
    fact("enum", List(&Any)),
    fact("required", List(&Text)),
    words("title"),
    fact("default", Any),
    fact("allOf", SCHEMAS),
    fact("oneOf", SCHEMAS),
    fact("anyOf", SCHEMAS),
    fact("not", Ref(Schema)).told(UNCHECKED),
    fact("additionalProperties", BoolOrSchema),
    fact("discriminator", Object(Discriminator)),
    fact("deprecated", Bool),
    fact("readOnly", Bool),
    fact("writeOnly", Bool),
    fact("multipleOf", Number),
    fact("maximum", Number),
    fact("minimum", Number),
    fact("exclusiveMaximum", Bool),
    fact("exclusiveMinimum", Bool),
    fact("maxLength", Count),
    fact("minLength", Count),
    fact("pattern", Text),
    fact("maxItems", Count),
    fact("minItems", Count),
    fact("uniqueItems", Bool),
    fact("maxProperties", Count),
    fact("minProperties", Count),
    unused("xml", Object(Xml), FORM),
    docs().idle(PAGE),
    sample("examples", Any),
];

/// The keywords of a schema since OpenAPI 3.1. If a key has another meaning in 3.0, its shape in 3.0 takes precedence.
pub(super) const NEWER_SCHEMA: &[Field] = &[
    fact("$anchor", Text),
    fact("$defs", Map(&Ref(Schema))),
    fact("$dynamicAnchor", Text),
    fact("$dynamicRef", Text),
    fact("$id", Text),
    fact("const", Any),
    fact("contentEncoding", Text),
    fact("contentMediaType", Text),
    fact("definitions", Map(&Ref(Schema))),
    fact("patternProperties", Map(&Ref(Schema))),
    fact("prefixItems", SCHEMAS),
    fact("unevaluatedProperties", BoolOrSchema),
    later("$schema").idle("the dialect is that of the document"),
    later("$comment").idle("a note to the author"),
    later("$vocabulary").idle("the dialect is that of the document"),
    later("contentSchema").idle("what a text holds is handed over as text"),
    later("if").told(UNCHECKED),
    later("then").told(UNCHECKED),
    later("else").told(UNCHECKED),
    later("dependentRequired").told(UNCHECKED),
    later("dependentSchemas").told(UNCHECKED),
    later("propertyNames").told(UNCHECKED),
    later("contains").told(UNCHECKED),
    later("minContains").told(UNCHECKED),
    later("maxContains").told(UNCHECKED),
    later("unevaluatedItems").told(UNCHECKED),
];

pub(super) const NEWER_COMPONENTS: &[Field] = &[fact("pathItems", Map(&Object(PathItem)))];

pub(super) const NEWER_OPENAPI: &[Field] = &[
    later("jsonSchemaDialect").idle("the keywords that are read are the same"),
    later("$self").idle("references within the document are read"),
    later("webhooks").told("calls that the server makes: their types are made where a component is used elsewhere too"),
];
pub(super) const NEWER_INFO: &[Field] = &[later("summary").idle(PEOPLE)];
pub(super) const NEWER_LICENSE: &[Field] = &[later("identifier").idle(PEOPLE)];
pub(super) const NEWER_SERVER: &[Field] = &[later("name").idle("the variant is named after the address")];
pub(super) const NEWER_TAG: &[Field] = &[
    later("summary").idle("the tag's name is used"),
    later("parent").idle("each tag is a method of the client"),
    later("kind").idle("each tag is a method of the client"),
];
pub(super) const NEWER_RESPONSE: &[Field] = &[later("summary").idle("the description is used")];
pub(super) const NEWER_SECURITY_SCHEME: &[Field] =
    &[later("deprecated").idle(TOKEN), later("oauth2MetadataUrl").idle(TOKEN)];
pub(super) const NEWER_PATH_ITEM: &[Field] = &[
    later("query").told("a method that is not registered: `Client::request` sends it"),
    later("additionalOperations").told("methods that are not registered: `Client::request` sends them"),
];
pub(super) const NEWER_MEDIA_TYPE: &[Field] = &[
    later("itemSchema").told("items that come one by one are handed over as bytes"),
    later("prefixEncoding").told("parts by position are not sent: only those with names"),
    later("itemEncoding").told("parts by position are not sent: only those with names"),
];
pub(super) const NEWER_DISCRIMINATOR: &[Field] =
    &[later("defaultMapping").told("an unknown value is kept as it is, and not read as this type")];
pub(super) const NEWER_OAUTH_FLOWS: &[Field] = &[later("deviceAuthorization").idle(TOKEN)];

pub(super) const DISCRIMINATOR: &[Field] = &[must("propertyName", Text), fact("mapping", Map(&Text))];

pub(super) const XML: &[Field] = &[
    fact("name", Text).idle(FORM),
    fact("namespace", Text).idle(FORM),
    fact("prefix", Text).idle(FORM),
    fact("attribute", Bool).idle(FORM),
    fact("wrapped", Bool).idle(FORM),
];

pub(super) const SECURITY_SCHEME: &[Field] = &[
    must("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
    words("description"),
    fact("name", Text),
    fact("in", Word(&["query", "header", "cookie"])),
    fact("scheme", Text),
    fact("bearerFormat", Prose).idle("a token is sent as it is"),
    fact("flows", Object(OAuthFlows)).idle(TOKEN),
    fact("openIdConnectUrl", Text).idle(TOKEN),
];

pub(super) const OAUTH_FLOWS: &[Field] = &[
    fact("implicit", Object(OAuthFlow)).idle(TOKEN),
    fact("password", Object(OAuthFlow)).idle(TOKEN),
    fact("clientCredentials", Object(OAuthFlow)).idle(TOKEN),
    fact("authorizationCode", Object(OAuthFlow)).idle(TOKEN),
];

pub(super) const OAUTH_FLOW: &[Field] = &[
    fact("authorizationUrl", Text).idle(TOKEN),
    fact("tokenUrl", Text).idle(TOKEN),
    fact("refreshUrl", Text).idle(TOKEN),
    fact("scopes", Map(&Prose)).idle(TOKEN),
];
