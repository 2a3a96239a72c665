//! What belongs to the client as a whole: servers, security schemes, headers.

use super::Type;

/// A server of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The variant's name.
    pub name: String,
    /// The URL, with its variables in braces.
    pub url: String,
    /// The variables in the URL, by name.
    pub variables: Vec<ServerVariable>,
    /// `description`.
    pub doc: Option<String>,
}

/// A variable in the URL of a server.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub wire: String,
    /// The setter's name.
    pub name: String,
    /// What it is where nothing is set.
    pub default: String,
    /// `enum`.
    pub values: Vec<String>,
    /// `description`.
    pub doc: Option<String>,
}

impl Server {
    /// Whether it has an address of its own: a relative one says only where the document was found.
    pub fn is_absolute(&self) -> bool {
        self.url.contains("://")
    }

    /// The URL with the defaults of its variables.
    pub fn filled(&self) -> String {
        let fill =
            |url: String, variable: &ServerVariable| url.replace(&format!("{{{}}}", variable.wire), &variable.default);
        self.variables.iter().fold(self.url.clone(), fill)
    }
}

/// A security requirement: the names of the schemes whose credentials a call carries together.
pub type Requirement = Vec<String>;

/// A security scheme that is supported, and that an operation asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub wire: String,
    /// The setter's name.
    pub name: String,
    /// How a call carries its credential.
    pub credential: Credential,
    /// `description`.
    pub doc: Option<String>,
}

/// How a call proves who makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization` with another scheme.
    Authorization(String),
    /// `Authorization: Basic …`.
    Basic,
    /// A header of this name.
    Header(String),
    /// A query pair of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
}

/// A header that the client sends with every call.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientHeader {
    /// The header's name.
    pub wire: String,
    /// The setter's name.
    pub name: String,
    /// Where it stands in the document.
    pub pointer: String,
    /// The type of its value.
    pub ty: Type,
    /// What is sent where nothing is set.
    pub default: Option<String>,
    /// The parameter's description.
    pub doc: Option<String>,
}
