//! What the generated code tells the runtime about an API and its operations.

/// The facts of a document that concern the client as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The first server with an address of its own, else the first one; its URL is empty where the document gives none.
    pub server: ServerInfo,
    /// How a request proves who sends it: the security schemes that operations ask for. The token is for the first.
    pub schemes: &'static [SecurityScheme],
    /// The security requirements of a call that the document does not have.
    pub security: &'static [&'static [&'static str]],
    /// Headers of every request, with the default value; an empty one is sent only when set.
    pub headers: &'static [(&'static str, &'static str)],
    /// The environment variable that holds the token.
    pub token_variable: &'static str,
    /// The environment variable that holds the URL of another server.
    pub base_url_variable: &'static str,
    /// What the client calls itself.
    pub user_agent: &'static str,
}

/// A server of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerInfo {
    /// The URL, with its variables in braces; a relative one is relative to that of the client.
    pub url: &'static str,
    /// The variables with their defaults.
    pub variables: &'static [(&'static str, &'static str)],
}

impl ServerInfo {
    /// A server without variables.
    #[must_use]
    pub const fn new(url: &'static str) -> Self {
        Self { url, variables: &[] }
    }

    /// The URL with the values of its variables, which a caller may have set.
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
    /// Its name in the document.
    pub name: &'static str,
    /// Where a request carries its credential.
    pub credential: Credential,
}

/// Where a request carries a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// `Authorization: Bearer` and the token.
    Bearer,
    /// `Authorization` with this scheme and the token.
    Authorization(&'static str),
    /// `Authorization: Basic`; the token is `user:password`.
    Basic,
    /// The header of this name.
    Header(&'static str),
    /// The query parameter of this name.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
}

/// The facts of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationInfo {
    /// The operationId of the document.
    pub id: &'static str,
    /// The tag of the document.
    pub tag: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// The security requirements of the document, of which one must hold: each names the schemes whose credentials are sent
    /// together. Empty where a call proves nothing.
    pub security: &'static [&'static [&'static str]],
    /// The media types of the answer; empty where there is none.
    pub accept: &'static str,
    /// Whether a repeated call does no more than one.
    pub safe: bool,
    /// Whether status 429 may mean that an earlier call is still at work, which no waiting ends.
    pub one_at_a_time: bool,
    /// The server of the operation, where the document gives it another than that of the client.
    pub server: Option<ServerInfo>,
}

impl OperationInfo {
    /// An operation of which nothing is said.
    pub const UNSAID: Self = Self {
        id: "",
        tag: "",
        method: "",
        path: "",
        security: &[],
        accept: "",
        safe: false,
        one_at_a_time: false,
        server: None,
    };
}

/// An operation of the document, as a type.
pub trait Operation: 'static {
    /// What a success answers with.
    type Answer: super::answer::Answer;
    /// Its facts.
    const INFO: OperationInfo;
}
