//! What the generated code tells the runtime about an API and its operations.

/// The facts of a document that concern the client as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The URL of the first server; empty where the document gives no absolute one.
    pub server: &'static str,
    /// How a request proves who sends it.
    pub credential: Credential,
    /// Headers of every request, with the default value; an empty one is sent only when set.
    pub headers: &'static [(&'static str, &'static str)],
    /// The environment variable that holds the token.
    pub token_variable: &'static str,
    /// The environment variable that holds the URL of another server.
    pub base_url_variable: &'static str,
    /// What the client calls itself.
    pub user_agent: &'static str,
}

/// Where a request carries the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// `Authorization: Bearer` and the token.
    Bearer,
    /// `Authorization: Basic`; the token is `user:password`.
    Basic,
    /// The header of this name.
    Header(&'static str),
    /// The query parameter of this name.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
    /// Nowhere.
    None,
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
    /// Whether the token is sent.
    pub authenticated: bool,
    /// The media type of the answer; empty where there is none.
    pub accept: &'static str,
    /// Whether a repeated call does no more than one.
    pub safe: bool,
    /// Whether status 429 may mean that an earlier call is still at work, which no waiting ends.
    pub one_at_a_time: bool,
}

/// An operation of the document, as a type.
pub trait Operation: 'static {
    /// What a success answers with.
    type Answer: super::answer::Answer;
    /// Its facts.
    const INFO: OperationInfo;
}
