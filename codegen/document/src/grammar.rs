//! Defines the grammar of OpenAPI as tables: the keys of each object and the values that they hold, for 3.0 and for
//! later versions.
//!
//! The check and the import both follow these tables, so that a property named `description` or `enum` is never taken
//! for the keyword.

mod tables;

use Kind::*;
use Shape::{Object, Ref};
use tables::*;

/// The kind of value that a place in a document holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// Text for people.
    Prose,
    /// Text that a program interprets.
    Text,
    /// One of a fixed set of words.
    Word(&'static [&'static str]),
    Bool,
    Number,
    /// A whole number that is not negative.
    Count,
    Any,
    /// An object that cannot be a reference.
    Object(Kind),
    /// An object, or a `$ref` to one.
    Ref(Kind),
    /// `true`, `false` or a schema.
    BoolOrSchema,
    /// A list of items of this shape.
    List(&'static Shape),
    /// An object whose keys are chosen by the author, with values of this shape.
    Map(&'static Shape),
}

/// The significance of a key to the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Structure, which an import keeps.
    Fact,
    /// Text for people, which an import leaves out.
    Prose,
    /// Sample payloads, which no stage needs.
    Example,
    /// Structure that a client does not need, which the check drops unread.
    Unused,
}

/// One key of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) shape: Shape,
    pub(crate) role: Role,
    pub(crate) required: bool,
    pub(crate) effect: Effect,
}

/// The effect of a field on a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The field changes the generated code.
    Done,
    /// The field would change requests or responses but has no effect; a warning gives this reason.
    Told(&'static str),
    /// The field does not matter to a client, for this reason.
    None(&'static str),
}

/// Defines the kinds of object, each with the name that the specification gives it.
macro_rules! kinds {
    ($($kind:ident $name:literal,)*) => {
        /// The kinds of object that OpenAPI defines, under its own names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Kind {
            $($kind,)*
        }

        impl Kind {
            /// Every kind.
            pub(crate) const ALL: &[Self] = &[$($kind),*];

            /// Returns the name that the specification gives the kind, without the word "object".
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $($kind => $name,)*
                }
            }
        }
    };
}

kinds! {
    OpenApi "OpenAPI",
    Info "Info",
    Contact "Contact",
    License "License",
    Server "Server",
    ServerVariable "Server Variable",
    Components "Components",
    Paths "Paths",
    PathItem "Path Item",
    Operation "Operation",
    ExternalDocumentation "External Documentation",
    Parameter "Parameter",
    RequestBody "Request Body",
    MediaType "Media Type",
    Encoding "Encoding",
    Responses "Responses",
    Response "Response",
    Callback "Callback",
    Example "Example",
    Link "Link",
    Header "Header",
    Tag "Tag",
    Schema "Schema",
    Discriminator "Discriminator",
    Xml "XML",
    SecurityScheme "Security Scheme",
    OAuthFlows "OAuth Flows",
    OAuthFlow "OAuth Flow",
}

impl Kind {
    /// Returns the fields of this kind of object in OpenAPI 3.0, except those by pattern, such as statuses.
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

    /// Returns the field for `key`, from the table or by the pattern of the key.
    pub(crate) fn field(self, key: &str) -> Option<Field> {
        match self {
            Paths if key.starts_with('/') => Some(fact("path", Object(PathItem))),
            Responses if is_status(key) => Some(fact("response", Ref(Response))),
            Callback => Some(fact("expression", Object(PathItem))),
            _ => self.fields().iter().find(|field| field.key == key).copied(),
        }
    }

    /// Returns the fields that only OpenAPI 3.1 and 3.2 know.
    pub(crate) fn newer_fields(self) -> &'static [Field] {
        match self {
            OpenApi => NEWER_OPENAPI,
            Info => NEWER_INFO,
            License => NEWER_LICENSE,
            Server => NEWER_SERVER,
            Components => NEWER_COMPONENTS,
            PathItem => NEWER_PATH_ITEM,
            MediaType => NEWER_MEDIA_TYPE,
            Response => NEWER_RESPONSE,
            Tag => NEWER_TAG,
            Schema => NEWER_SCHEMA,
            Discriminator => NEWER_DISCRIMINATOR,
            SecurityScheme => NEWER_SECURITY_SCHEME,
            OAuthFlows => NEWER_OAUTH_FLOWS,
            _ => &[],
        }
    }

    /// Returns the field for `key`, if only OpenAPI 3.1 and 3.2 know it.
    pub(crate) fn newer_field(self, key: &str) -> Option<Field> {
        self.newer_fields().iter().find(|field| field.key == key).copied()
    }

    /// Returns the field for `key`, whichever version knows it.
    pub(crate) fn any_field(self, key: &str) -> Option<Field> {
        self.field(key).or_else(|| self.newer_field(key))
    }

    /// Returns the section of `components` that holds objects of this kind.
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

    /// Returns the name of the kind with its article, for a sentence.
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

/// Keywords, each with the types that it applies to. JSON Schema ignores a keyword for every other type, but
/// `openapiv3` would read a schema with such a pair as one without a type.
pub(crate) const KEYWORDS: &[(&str, &[&str])] = &[
    ("pattern", &["string"]),
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("format", &["string", "number", "integer"]),
    ("multipleOf", &["number", "integer"]),
    ("minimum", &["number", "integer"]),
    ("maximum", &["number", "integer"]),
    ("exclusiveMinimum", &["number", "integer"]),
    ("exclusiveMaximum", &["number", "integer"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("additionalProperties", &["object"]),
    ("minProperties", &["object"]),
    ("maxProperties", &["object"]),
    ("items", &["array"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("uniqueItems", &["array"]),
];

/// The keys that keep their meaning beside a reference to a schema.
pub(crate) const SIBLINGS: &[&str] =
    &["nullable", "description", "title", "default", "deprecated", "readOnly", "writeOnly", "externalDocs"];

/// Returns whether a key is a status: `200`, `2XX` or `default`.
fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        b"default" => true,
        [b'1'..=b'5', rest @ ..] => {
            matches!(rest, [b'0'..=b'9', b'0'..=b'9'] | [b'X', b'X'] | [b'x', b'x'])
        }
        _ => false,
    }
}
