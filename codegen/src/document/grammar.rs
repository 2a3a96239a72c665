//! OpenAPI 3.0's grammar as tables: which keys an object has, and what each holds.
//!
//! Both the check and the import walk by these tables, so that a property that is called `description` or `enum` is
//! never taken for the keyword.

/// What a place in a document holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// Text for people. A number or truth value in its place is taken as text.
    Prose,
    /// Text that means something to a program.
    Text,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// `true` or `false`.
    Bool,
    /// Any number.
    Number,
    /// A whole number from 0.
    Count,
    /// Any JSON.
    Any,
    /// An object that cannot be a reference.
    Object(Kind),
    /// An object, or a `$ref` to one.
    Ref(Kind),
    /// `true`, `false` or a schema.
    BoolOrSchema,
    /// A list of these.
    List(&'static Shape),
    /// An object with names of the author's choice as keys.
    Map(&'static Shape),
}

/// What a key is to the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Structure.
    Fact,
    /// Words; an import leaves them out.
    Prose,
    /// Sample payloads; nobody needs them.
    Example,
    /// Structure that a client has no use for: checked, then dropped.
    Unused,
}

/// One key of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) shape: Shape,
    pub(crate) role: Role,
    pub(crate) required: bool,
}

/// The kinds of object that OpenAPI 3.0 defines, under its own names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocumentation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
}

use Kind::*;
use Shape::{Any, Bool, BoolOrSchema, Count, List, Map, Number, Object, Prose, Ref, Text, Word};

const fn fact(key: &'static str, shape: Shape) -> Field {
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
pub(crate) const TYPES: &[&str] = &["string", "number", "integer", "boolean", "object", "array"];

const OPENAPI: &[Field] = &[
    must("openapi", Text),
    must("info", Object(Info)),
    SERVERS,
    must("paths", Object(Paths)),
    fact("components", Object(Components)),
    SECURITY,
    fact("tags", List(&Object(Tag))),
    docs(),
];

const INFO: &[Field] = &[
    must("title", Prose),
    must("version", Prose),
    words("description"),
    words("termsOfService"),
    Field { key: "contact", shape: Object(Contact), role: Role::Prose, required: false },
    fact("license", Object(License)),
];

const CONTACT: &[Field] = &[words("name"), words("url"), words("email")];
const LICENSE: &[Field] = &[must("name", Prose), fact("url", Prose)];
const SERVER: &[Field] = &[must("url", Text), words("description"), fact("variables", Map(&Object(ServerVariable)))];
const SERVER_VARIABLE: &[Field] = &[fact("enum", List(&Prose)), must("default", Prose), words("description")];

const COMPONENTS: &[Field] = &[
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

const PATH_ITEM: &[Field] = &[
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

const OPERATION: &[Field] = &[
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

const EXTERNAL_DOCUMENTATION: &[Field] = &[words("description"), must("url", Prose)];

const PARAMETER: &[Field] = &[
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

const HEADER: &[Field] = &[
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

const REQUEST_BODY: &[Field] = &[words("description"), must("content", CONTENT), fact("required", Bool)];

const MEDIA_TYPE: &[Field] = &[
    fact("schema", Ref(Schema)),
    sample("example", Any),
    EXAMPLES,
    fact("encoding", Map(&Object(Encoding))),
];

const ENCODING: &[Field] = &[
    fact("contentType", Text),
    fact("headers", Map(&Ref(Header))),
    fact("style", Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
    fact("explode", Bool),
    fact("allowReserved", Bool),
];

const RESPONSE: &[Field] = &[
    fact("description", Prose),
    fact("headers", Map(&Ref(Header))),
    fact("content", CONTENT),
    unused("links", Map(&Ref(Link))),
];

const EXAMPLE: &[Field] =
    &[words("summary"), words("description"), sample("value", Any), sample("externalValue", Prose)];

const LINK: &[Field] = &[
    fact("operationRef", Text),
    fact("operationId", Text),
    fact("parameters", Map(&Any)),
    fact("requestBody", Any),
    words("description"),
    fact("server", Object(Server)),
];

const TAG: &[Field] = &[must("name", Text), words("description"), docs()];

const SCHEMA: &[Field] = &[
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

const DISCRIMINATOR: &[Field] = &[must("propertyName", Text), fact("mapping", Map(&Text))];

const XML: &[Field] = &[
    fact("name", Text),
    fact("namespace", Text),
    fact("prefix", Text),
    fact("attribute", Bool),
    fact("wrapped", Bool),
];

const SECURITY_SCHEME: &[Field] = &[
    must("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
    words("description"),
    fact("name", Text),
    fact("in", Word(&["query", "header", "cookie"])),
    fact("scheme", Text),
    fact("bearerFormat", Prose),
    fact("flows", Object(OAuthFlows)),
    fact("openIdConnectUrl", Text),
];

const OAUTH_FLOWS: &[Field] = &[
    fact("implicit", Object(OAuthFlow)),
    fact("password", Object(OAuthFlow)),
    fact("clientCredentials", Object(OAuthFlow)),
    fact("authorizationCode", Object(OAuthFlow)),
];

const OAUTH_FLOW: &[Field] = &[
    fact("authorizationUrl", Text),
    fact("tokenUrl", Text),
    fact("refreshUrl", Text),
    fact("scopes", Map(&Prose)),
];

impl Kind {
    /// The keys of this kind of object.
    pub(crate) fn fields(self) -> &'static [Field] {
        match self {
            OpenApi => OPENAPI,
            Info => INFO,
            Contact => CONTACT,
            License => LICENSE,
            Server => SERVER,
            ServerVariable => SERVER_VARIABLE,
            Components => COMPONENTS,
            PathItem => PATH_ITEM,
            Operation => OPERATION,
            ExternalDocumentation => EXTERNAL_DOCUMENTATION,
            Parameter => PARAMETER,
            RequestBody => REQUEST_BODY,
            MediaType => MEDIA_TYPE,
            Encoding => ENCODING,
            Response => RESPONSE,
            Example => EXAMPLE,
            Link => LINK,
            Header => HEADER,
            Tag => TAG,
            Schema => SCHEMA,
            Discriminator => DISCRIMINATOR,
            Xml => XML,
            SecurityScheme => SECURITY_SCHEME,
            OAuthFlows => OAUTH_FLOWS,
            OAuthFlow => OAUTH_FLOW,
            Paths | Responses | Callback => &[],
        }
    }

    /// What `key` holds, from the table or by its pattern.
    pub(crate) fn field(self, key: &str) -> Option<Field> {
        match self {
            Paths if key.starts_with('/') => Some(fact("path", Object(PathItem))),
            Responses if is_status(key) => Some(fact("response", Ref(Response))),
            Callback => Some(fact("expression", Object(PathItem))),
            _ => self.fields().iter().find(|field| field.key == key).copied(),
        }
    }

    /// The section of `components` that holds these.
    pub(crate) fn section(self) -> Option<&'static str> {
        Some(match self {
            Schema => "schemas",
            Response => "responses",
            Parameter => "parameters",
            Example => "examples",
            RequestBody => "requestBodies",
            Header => "headers",
            SecurityScheme => "securitySchemes",
            Link => "links",
            Callback => "callbacks",
            _ => return None,
        })
    }

    /// The kind in a sentence.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            OpenApi => "an OpenAPI object",
            Info => "an info object",
            Contact => "a contact object",
            License => "a license object",
            Server => "a server object",
            ServerVariable => "a server variable object",
            Components => "a components object",
            Paths => "an object of paths",
            PathItem => "a path item object",
            Operation => "an operation object",
            ExternalDocumentation => "an external documentation object",
            Parameter => "a parameter object",
            RequestBody => "a request body object",
            MediaType => "a media type object",
            Encoding => "an encoding object",
            Responses => "an object of responses by status",
            Response => "a response object",
            Callback => "a callback object",
            Example => "an example object",
            Link => "a link object",
            Header => "a header object",
            Tag => "a tag object",
            Schema => "a schema object",
            Discriminator => "a discriminator object",
            Xml => "an XML object",
            SecurityScheme => "a security scheme object",
            OAuthFlows => "an object of OAuth flows",
            OAuthFlow => "an OAuth flow object",
        }
    }
}

/// `200`, `2XX` or `default`.
fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        b"default" => true,
        [b'1'..=b'5', rest @ ..] => {
            matches!(rest, [b'0'..=b'9', b'0'..=b'9'] | [b'X', b'X'] | [b'x', b'x'])
        }
        _ => false,
    }
}
