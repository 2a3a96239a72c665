//! Parameters: the part of a request that a value goes into, and its format there.

use serde_json::Value;

use super::{Limits, Type};

/// A value that a call takes outside its body, or a field of a multipart body.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The name on the wire.
    pub wire: String,
    /// The name of the argument, from which the name of a setter is made.
    pub name: String,
    /// The JSON pointer of the parameter.
    pub pointer: String,
    /// The part of a request that the value goes into.
    pub place: ParameterLocation,
    /// The type of the value, which is never null.
    pub ty: Type,
    /// True if a call must have the parameter.
    pub required: bool,
    /// `description`.
    pub doc: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The value that the server assumes if the parameter is absent.
    pub default: Option<Value>,
    /// The limits of a value beyond its type.
    pub limits: Limits,
    /// `allowReserved`: true if reserved characters of its value are not escaped.
    pub keeps_reserved: bool,
    /// The media type of a part; none if the document names none or leaves a choice.
    pub media_type: Option<String>,
    /// The headers that the document gives to a file part, with their values.
    pub headers: Vec<(String, String)>,
}

impl Parameter {
    /// Returns an optional parameter without a description, a default, limits or any other detail.
    pub fn new(wire: String, name: String, pointer: String, place: ParameterLocation, ty: Type) -> Self {
        Self {
            wire,
            name,
            pointer,
            place,
            ty,
            required: false,
            doc: None,
            deprecated: false,
            default: None,
            limits: Limits::default(),
            keeps_reserved: false,
            media_type: None,
            headers: Vec::new(),
        }
    }
}

/// The part of a request that a parameter goes into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterLocation {
    /// The path, in this style.
    Path(Style),
    /// The query, in this style.
    Query(Style),
    /// A header, in this style.
    Header(Style),
    /// The `Cookie` header, in this style.
    Cookie(Style),
    /// A part of a multipart body, as text.
    TextPart,
    /// A part of a multipart body, as a file.
    FilePart,
}

impl ParameterLocation {
    /// Returns the name of the location: `path`, `query`, `header`, `cookie` or `part`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path(_) => "path",
            Self::Query(_) => "query",
            Self::Header(_) => "header",
            Self::Cookie(_) => "cookie",
            Self::TextPart | Self::FilePart => "part",
        }
    }

    /// Returns whether the location is the path.
    pub fn is_path(self) -> bool {
        matches!(self, Self::Path(_))
    }
}

/// The serialization of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// `a=1&a=2` if exploded, else `a=1,2`.
    Form {
        /// True if each element has a pair of its own.
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
        /// True if a property is written as `key=value`.
        explode: bool,
    },
    /// `.1.2` if exploded, else `.1,2`.
    Label {
        /// True if each element follows a period.
        explode: bool,
    },
    /// `;a=1;a=2` if exploded, else `;a=1,2`.
    Matrix {
        /// True if each element follows a semicolon.
        explode: bool,
    },
    /// JSON text, for a parameter with `content` or a form field of a JSON media type.
    Json,
}

/// A field of a form that has an encoding object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    /// The name on the wire.
    pub wire: String,
    /// The style; [`Style::Json`] for JSON content without a `style`.
    pub style: Style,
    /// True if reserved characters of its value are not escaped.
    pub keeps_reserved: bool,
}
