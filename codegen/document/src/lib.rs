//! Reads a text as an OpenAPI document, and finds where it is wrong: text → untyped tree → tree with
//! [overlays](overlay) → OpenAPI 3.0 → checked and normalised tree → types of `openapiv3`.
//!
//! All mistakes are reported together as [`Diagnostics`], each with its location. [`import`] stands apart: it takes the
//! structure of a published document and leaves its prose out.
//!
//! The tree stays untyped until it is known to be valid: `openapiv3` takes exponential time to refuse a document, and
//! names only the top-level section of the mistake.
//!
//! A fault is a departure from OpenAPI that the generator corrects. It is reported as a warning.

mod check;
pub mod diagnostic;
mod downgrade;
pub mod extensions;
pub mod fields;
mod grammar;
pub mod import;
mod json;
pub mod overlay;
mod path;
pub mod pointer;
mod position;
mod source;
mod source_map;
pub mod template;
mod tree;
mod typed;
mod yaml;

use std::path::Path;

use openapiv3::OpenAPI;
use serde_json::Value;

use check::Version;
use diagnostic::{Diagnostic, Diagnostics};
use overlay::Overlay;
pub use source::Source;
pub use source_map::{SourceMap, Traced};

/// The keys of a path item that hold an operation, in OpenAPI 3.0: the HTTP methods in lower case.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An OpenAPI document that has been read but not checked.
#[derive(Debug, Clone)]
pub struct Document {
    tree: Value,
    sources: SourceMap,
    /// The faults of the text, and the descriptions in overlays that have no place in the document.
    warnings: Diagnostics,
}

/// A valid document with the types of `openapiv3`.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The document, without examples, callbacks and links.
    pub openapi: OpenAPI,
    /// The source location of every node.
    pub sources: SourceMap,
    /// Diagnostics about the parts that were corrected or ignored.
    pub found: Traced,
}

impl Typed {
    /// Returns the diagnostics of `found` with locations.
    pub fn warnings(&self) -> Diagnostics {
        self.sources.place(&self.found)
    }
}

impl Document {
    /// Reads a YAML or JSON file. The content decides which of the two it is.
    ///
    /// # Errors
    ///
    /// Returns diagnostics with locations if the file cannot be read or is not well-formed.
    pub fn read(path: &Path) -> Result<Self, Diagnostics> {
        Self::from_source(Source::read(path)?)
    }

    /// Parses a YAML or JSON text. Diagnostics call it `name`.
    ///
    /// # Errors
    ///
    /// Returns diagnostics with locations if the text is not well-formed.
    pub fn parse(name: &str, text: String) -> Result<Self, Diagnostics> {
        Self::from_source(Source::new(name, text))
    }

    fn from_source(source: Source) -> Result<Self, Diagnostics> {
        let (tree, warnings) = source.parse()?;
        Ok(Self { tree, sources: SourceMap::new(source), warnings })
    }

    /// Returns the untyped tree, overlays included.
    pub fn tree(&self) -> &Value {
        &self.tree
    }

    /// Applies overlays in the order given. If it fails, the document is partly changed.
    ///
    /// # Errors
    ///
    /// Returns one diagnostic for each action that matches nothing, changes nothing, or does not fit the node that it
    /// matches. A description for a place that does not exist only adds a warning to the document.
    pub fn apply(&mut self, overlays: &[Overlay]) -> Result<(), Diagnostics> {
        let mut found = Diagnostics::new();
        for overlay in overlays {
            found.extend(overlay.apply(&mut self.tree, &mut self.sources));
        }
        if found.has_errors() {
            return Err(found);
        }
        self.warnings.extend(found);
        Ok(())
    }

    /// Checks and normalises the tree, and converts it to the types of `openapiv3`.
    ///
    /// # Errors
    ///
    /// Returns diagnostics with locations if the OpenAPI version is not supported, or if a part of the document cannot
    /// be interpreted. The errors of the check come with all warnings. Faults are among the warnings of the result.
    pub fn into_typed(self) -> Result<Typed, Diagnostics> {
        let Self { mut tree, mut sources, mut warnings } = self;
        let (version, fault) = check::version(&tree).map_err(|refused| placed(refused, &sources))?;
        warnings.extend(fault);
        if version == Version::Newer {
            warnings.extend(downgrade::downgrade(&mut tree));
        }
        let checked = check::check(&mut tree);
        warnings.extend(checked.found);
        let found = sources.trace(warnings);
        sources.record_all(checked.changes);
        if found.has_errors() {
            return Err(sources.place(&found));
        }
        let openapi = typed::openapi(tree).map_err(|error| {
            let error = Diagnostic::error("", format!("openapiv3 does not take the document: {error}"));
            placed(error.help("this is a fault of the check that comes before, not of the document").into(), &sources)
        })?;
        Ok(Typed { openapi, sources, found })
    }
}

fn placed(mut refused: Diagnostics, sources: &SourceMap) -> Diagnostics {
    sources.locate(&mut refused);
    refused
}
