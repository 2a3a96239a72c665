//! Text → untyped tree → checked and normalised → `openapiv3`.
//!
//! The tree stays untyped until it is known to be sound: `openapiv3` names only the top-level section of what it
//! refuses, and takes exponential time to refuse it.

mod check;
pub(crate) mod extensions;
pub(crate) mod grammar;
mod json;
mod path;
pub(crate) mod source;
pub(crate) mod source_map;
pub(crate) mod tree;
mod typed;
mod yaml;

use std::path::Path;

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::overlay::Overlay;
use source::Source;
pub use source_map::SourceMap;

/// An OpenAPI document that was read, and not checked yet.
#[derive(Debug, Clone)]
pub struct Document {
    tree: Value,
    sources: SourceMap,
    /// Words of overlays for which there is no place.
    warnings: Diagnostics,
}

/// A document that is sound.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The document, without examples, callbacks and links.
    pub openapi: OpenAPI,
    /// Gives the place of every node.
    pub sources: SourceMap,
    /// What was mended or passed over on the way.
    pub warnings: Diagnostics,
}

impl Document {
    /// Reads a YAML or JSON file; the content decides which it is.
    ///
    /// # Errors
    ///
    /// Diagnostics with places, if the file cannot be read or is not well-formed.
    pub fn read(path: &Path) -> Result<Self, Diagnostics> {
        Self::from_source(Source::read(path)?)
    }

    /// The same from a text; `name` stands in the diagnostics.
    ///
    /// # Errors
    ///
    /// Diagnostics with places, if the text is not well-formed.
    pub fn parse(name: &str, text: String) -> Result<Self, Diagnostics> {
        Self::from_source(Source::new(name, text))
    }

    fn from_source(source: Source) -> Result<Self, Diagnostics> {
        let tree = source.parse()?;
        Ok(Self { tree, sources: SourceMap::new(source), warnings: Diagnostics::new() })
    }

    /// The untyped tree, overlays included.
    pub fn tree(&self) -> &Value {
        &self.tree
    }

    /// Applies overlays in the order given.
    ///
    /// # Errors
    ///
    /// One diagnostic for each action that matches or changes nothing, or that does not fit what it meets. Words for a place
    /// that is not there are a warning of the document.
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

    /// Checks and normalises the tree and gives it its types.
    ///
    /// # Errors
    ///
    /// Everything that departs from OpenAPI 3.0, all at once, warnings among it.
    pub fn into_typed(self) -> Result<Typed, Diagnostics> {
        let Self { mut tree, sources, mut warnings } = self;
        let mut found = check::check(&mut tree);
        sources.locate(&mut found);
        warnings.extend(found);
        if warnings.has_errors() {
            return Err(warnings);
        }
        let openapi = typed::openapi(tree).map_err(|error| {
            Diagnostic::error("", format!("openapiv3 does not take the document: {error}"))
                .help("this is a fault of the check that comes before, not of the document")
                .at(sources.location(""))
        })?;
        Ok(Typed { openapi, sources, warnings })
    }
}
