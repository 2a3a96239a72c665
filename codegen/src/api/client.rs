//! The parts of an API that belong to the client as a whole: servers, security schemes, headers.

use super::Type;

/// A server of the document or of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The name of the variant in the generated `Server`.
    pub name: String,
    /// The URL without a slash at the end, with its variables in braces.
    pub url: String,
    /// The variables in the URL, sorted by name.
    pub variables: Vec<ServerVariable>,
    /// `description`.
    pub doc: Option<String>,
}

/// A variable in the URL of a server.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    /// The name in the URL.
    pub wire: String,
    /// The name of its setter.
    pub name: String,
    /// `default`; empty if the document does not declare the variable.
    pub default: String,
    /// `enum`.
    pub values: Vec<String>,
    /// `description`.
    pub doc: Option<String>,
}

impl Server {
    /// Returns whether the URL is absolute. A relative URL depends on where the document was found.
    pub fn is_absolute(&self) -> bool {
        self.url.contains("://")
    }

    /// Returns the URL with the defaults of its variables filled in.
    pub fn filled(&self) -> String {
        let fill =
            |url: String, variable: &ServerVariable| url.replace(&format!("{{{}}}", variable.wire), &variable.default);
        self.variables.iter().fold(self.url.clone(), fill)
    }
}

/// A security requirement: the names of the schemes whose credentials a call carries together.
pub type Requirement = Vec<String>;

/// A security scheme that is supported and that the document or an operation requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityScheme {
    /// The name in the document.
    pub wire: String,
    /// The name of its setter.
    pub name: String,
    /// The form in which a call carries its credential.
    pub credential: Credential,
    /// `description`.
    pub doc: Option<String>,
}

/// The form in which a call carries a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// The header `Authorization: Bearer …`.
    Bearer,
    /// The header `Authorization` with another scheme.
    Authorization(String),
    /// The header `Authorization: Basic …`.
    Basic,
    /// The header of this name.
    Header(String),
    /// The query parameter of this name.
    Query(String),
    /// The cookie of this name.
    Cookie(String),
}

/// A header that the client sends with every call.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientHeader {
    /// The header's name.
    pub wire: String,
    /// The name of its setter.
    pub name: String,
    /// The JSON pointer of the header parameter.
    pub pointer: String,
    /// The type of its value.
    pub ty: Type,
    /// The value to send where the caller sets none.
    pub default: Option<String>,
    /// The parameter's description.
    pub doc: Option<String>,
}
