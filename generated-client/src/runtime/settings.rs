//! The description of an API and its operations, which the generated code provides.

/// The properties of the document that concern the client and not one operation.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The first server with an absolute URL, else the first one. Its URL is empty if the document names no server.
    pub server: ServerInfo,
    /// The security schemes that operations require. The client's token belongs to the first one.
    pub schemes: &'static [SecurityScheme],
    /// The security requirements of calls that the document does not have.
    pub security: &'static [&'static [&'static str]],
    /// The headers of every request, with their defaults. A header with an empty default is sent only if it is set.
    pub headers: &'static [(&'static str, &'static str)],
    /// The environment variable that holds the token.
    pub token_variable: &'static str,
    /// The environment variable that holds the URL of another server.
    pub base_url_variable: &'static str,
    /// The default value of the header `User-Agent`.
    pub user_agent: &'static str,
}

/// A server of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerInfo {
    /// The URL, with its variables in braces. A relative URL is resolved against the base URL of the client.
    pub url: &'static str,
    /// The variables with their defaults.
    pub variables: &'static [(&'static str, &'static str)],
}

impl ServerInfo {
    /// Creates a server without variables.
    #[must_use]
    pub const fn new(url: &'static str) -> Self {
        Self { url, variables: &[] }
    }

    /// Returns the URL with its variables replaced by the caller's values, else by their defaults.
    pub(super) fn filled(&self, set: &[(&'static str, String)]) -> String {
        self.variables.iter().fold(self.url.to_owned(), |url, (name, default)| {
            let given = set.iter().find(|(other, _)| other == name);
            url.replace(&format!("{{{name}}}"), given.map_or(default, |(_, value)| value.as_str()))
        })
    }
}

/// A security scheme of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecurityScheme {
    /// The name in the document.
    pub name: &'static str,
    /// The place of its credential in a request.
    pub credential: Credential,
}

/// The place of a credential in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// The header `Authorization: Bearer` with the token.
    Bearer,
    /// The header `Authorization` with this scheme and the token.
    Authorization(&'static str),
    /// The header `Authorization: Basic`; the token is `user:password`.
    Basic,
    /// The header of this name.
    Header(&'static str),
    /// The query parameter of this name.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
}

/// The properties of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationInfo {
    /// The operationId, or its replacement if the document gives none.
    pub id: &'static str,
    /// The tag of the operation.
    pub tag: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// The security requirements, of which one must be met: each names the schemes whose credentials are sent together.
    /// Empty if the call needs no credential.
    pub security: &'static [&'static [&'static str]],
    /// The value of the header `Accept`; empty if the response has no content.
    pub accept: &'static str,
    /// True if the operation is idempotent: a repeated call has no further effect.
    pub idempotent: bool,
    /// True if status 429 may mean that the server still processes an earlier call, whatever the rate limit.
    pub concurrency_limited: bool,
    /// The server of the operation, if the document gives it one of its own.
    pub server: Option<ServerInfo>,
}

impl OperationInfo {
    /// The properties of an operation about which the document says nothing.
    pub const UNSAID: Self = Self {
        id: "",
        tag: "",
        method: "",
        path: "",
        security: &[],
        accept: "",
        idempotent: false,
        concurrency_limited: false,
        server: None,
    };
}

/// A marker: an operation as a type.
pub trait Operation: 'static {
    /// The kind of successful response.
    type Response: super::response::ResponseKind;
    /// The properties of the operation.
    const INFO: OperationInfo;
}
