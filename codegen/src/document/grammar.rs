//! OpenAPI's grammar as tables, that of 3.0 and what later versions add to it: which keys an object has, and what each holds.
//!
//! Both the check and the import walk by these tables, so that a property that is called `description` or `enum` is
//! never taken for the keyword.

mod tables;

use Kind::*;
use Shape::{Object, Ref};
use tables::*;

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

/// The kinds of object that OpenAPI defines, under its own names.
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

    /// What a key holds that only OpenAPI 3.1 and 3.2 know.
    pub(crate) fn newer_field(self, key: &str) -> Option<Field> {
        let fields: &[Field] = match self {
            Schema => NEWER_SCHEMA,
            Components => NEWER_COMPONENTS,
            _ => return None,
        };
        fields.iter().find(|field| field.key == key).copied()
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
