//! Parameters: where a value goes, and how it is written there.

use serde_json::Value;

use super::{Limits, Type};

/// A value that a call takes outside its body, or a field of a multipart body.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The name on the wire.
    pub wire: String,
    /// The name of the argument or the setter.
    pub name: String,
    /// Where it stands in the document.
    pub pointer: String,
    /// Where the value goes.
    pub place: Place,
    /// Its type.
    pub ty: Type,
    /// Whether a call must have it.
    pub required: bool,
    /// `description`.
    pub doc: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// What the server takes where it is absent.
    pub default: Option<Value>,
    /// What a value has to keep to beyond the type.
    pub limits: Limits,
    /// `allowReserved`: whether reserved characters of its value stay as they are.
    pub keeps_reserved: bool,
    /// The media type of the part that it is; none where the document says none, or several.
    pub media_type: Option<String>,
    /// The headers of the part that it is, where the document says their values.
    pub headers: Vec<(String, String)>,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Into the path, in this style.
    Path(Style),
    /// Into the query, in this style.
    Query(Style),
    /// Into a header, in this style.
    Header(Style),
    /// Into the `Cookie` header, in this style.
    Cookie(Style),
    /// Into a part of a multipart body, as text.
    TextPart,
    /// Into a part of a multipart body, as a file.
    FilePart,
}

impl Place {
    /// Whether it is the path.
    pub fn is_path(self) -> bool {
        matches!(self, Self::Path(_))
    }
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// `a=1&a=2` where exploded, else `a=1,2`.
    Form {
        /// One pair for each element.
        explode: bool,
    },
    /// `a=1%202`.
    SpaceDelimited,
    /// `a=1|2`.
    PipeDelimited,
    /// `a[b]=1`.
    DeepObject,
    /// `1,2`.
    Simple {
        /// `key=value` for a property.
        explode: bool,
    },
    /// `.1.2` where exploded, else `.1,2`.
    Label {
        /// A period for each element.
        explode: bool,
    },
    /// `;a=1;a=2` where exploded, else `;a=1,2`.
    Matrix {
        /// A semicolon for each element.
        explode: bool,
    },
    /// As JSON text, which `content` says.
    Json,
}

/// How a field of a form is written, where that is not the usual way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    /// Its name on the wire.
    pub wire: String,
    /// Its style.
    pub style: Style,
    /// Whether reserved characters of its value stay as they are.
    pub keeps_reserved: bool,
}
