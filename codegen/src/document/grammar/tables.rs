//! The tables, one for each kind of object, with the keys in the order of how often they are met.

use super::Kind::*;
use super::Shape::{self, Any, Bool, BoolOrSchema, Count, List, Map, Number, Object, Prose, Ref, Text, Word};
use super::{Field, Role};

pub(super) const fn fact(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, role: Role::Fact, required: false }
}

const fn must(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, role: Role::Fact, required: true }
}

const fn words(key: &'static str) -> Field {
    Field { key, shape: Prose, role: Role::Prose, required: false }
}

const fn docs() -> Field {
    Field { key: "externalDocs", shape: Object(ExternalDocumentation), role: Role::Prose, required: false }
}

const fn sample(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, role: Role::Example, required: false }
}

const fn unused(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, role: Role::Unused, required: false }
}

const SERVERS: Field = fact("servers", List(&Object(Server)));
const SECURITY: Field = fact("security", List(&Map(&List(&Text))));
const PARAMETERS: Field = fact("parameters", List(&Ref(Parameter)));
const CONTENT: Shape = Map(&Object(MediaType));
const SCHEMAS: Shape = List(&Ref(Schema));
const EXAMPLES: Field = sample("examples", Map(&Ref(Example)));

/// The words `type` of a schema may be.
const TYPES: &[&str] = &["string", "number", "integer", "boolean", "object", "array"];

pub(super) const OPENAPI: &[Field] = &[
    must("openapi", Text),
    must("info", Object(Info)),
    SERVERS,
    must("paths", Object(Paths)),
    fact("components", Object(Components)),
    SECURITY,
    fact("tags", List(&Object(Tag))),
    docs(),
];

pub(super) const INFO: &[Field] = &[
    must("title", Prose),
    must("version", Prose),
    words("description"),
    words("termsOfService"),
    Field { key: "contact", shape: Object(Contact), role: Role::Prose, required: false },
    fact("license", Object(License)),
];

pub(super) const CONTACT: &[Field] = &[words("name"), words("url"), words("email")];
pub(super) const LICENSE: &[Field] = &[must("name", Prose), fact("url", Prose)];
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
    unused("links", Map(&Ref(Link))),
    unused("callbacks", Map(&Ref(Callback))),
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
    unused("callbacks", Map(&Ref(Callback))),
    fact("deprecated", Bool),
    SECURITY,
    SERVERS,
];

pub(super) const EXTERNAL_DOCUMENTATION: &[Field] = &[words("description"), must("url", Prose)];

pub(super) const PARAMETER: &[Field] = &[
    must("name", Text),
    must("in", Word(&["path", "query", "header", "cookie"])),
    words("description"),
    fact("required", Bool),
    fact("deprecated", Bool),
    fact("allowEmptyValue", Bool),
    fact("style", Text),
    fact("explode", Bool),
    fact("allowReserved", Bool),
    fact("schema", Ref(Schema)),
    fact("content", CONTENT),
    sample("example", Any),
    EXAMPLES,
];

pub(super) const HEADER: &[Field] = &[
    words("description"),
    fact("required", Bool),
    fact("deprecated", Bool),
    fact("allowEmptyValue", Bool),
    fact("style", Word(&["simple"])),
    fact("explode", Bool),
    fact("allowReserved", Bool),
    fact("schema", Ref(Schema)),
    fact("content", CONTENT),
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
    fact("headers", Map(&Ref(Header))),
    fact("content", CONTENT),
    unused("links", Map(&Ref(Link))),
];

pub(super) const EXAMPLE: &[Field] =
    &[words("summary"), words("description"), sample("value", Any), sample("externalValue", Prose)];

pub(super) const LINK: &[Field] = &[
    fact("operationRef", Text),
    fact("operationId", Text),
    fact("parameters", Map(&Any)),
    fact("requestBody", Any),
    words("description"),
    fact("server", Object(Server)),
];

pub(super) const TAG: &[Field] = &[must("name", Text), words("description"), docs()];

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
    fact("not", Ref(Schema)),
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
    unused("xml", Object(Xml)),
    docs(),
    sample("examples", Any),
];

/// What a schema may hold since OpenAPI 3.1. Of a key that means something else in 3.0 too, the shape there goes first.
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
];

pub(super) const NEWER_COMPONENTS: &[Field] = &[fact("pathItems", Map(&Object(PathItem)))];

pub(super) const DISCRIMINATOR: &[Field] = &[must("propertyName", Text), fact("mapping", Map(&Text))];

pub(super) const XML: &[Field] = &[
    fact("name", Text),
    fact("namespace", Text),
    fact("prefix", Text),
    fact("attribute", Bool),
    fact("wrapped", Bool),
];

pub(super) const SECURITY_SCHEME: &[Field] = &[
    must("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
    words("description"),
    fact("name", Text),
    fact("in", Word(&["query", "header", "cookie"])),
    fact("scheme", Text),
    fact("bearerFormat", Prose),
    fact("flows", Object(OAuthFlows)),
    fact("openIdConnectUrl", Text),
];

pub(super) const OAUTH_FLOWS: &[Field] = &[
    fact("implicit", Object(OAuthFlow)),
    fact("password", Object(OAuthFlow)),
    fact("clientCredentials", Object(OAuthFlow)),
    fact("authorizationCode", Object(OAuthFlow)),
];

pub(super) const OAUTH_FLOW: &[Field] =
    &[fact("authorizationUrl", Text), fact("tokenUrl", Text), fact("refreshUrl", Text), fact("scopes", Map(&Prose))];
