//! Text → untyped tree → in the words of OpenAPI 3.0 → checked and normalised → `openapiv3`.
//!
//! The tree stays untyped until it is known to be sound: `openapiv3` names only the top-level section of what it
//! refuses, and takes exponential time to refuse it.

mod check;
mod downgrade;
pub(crate) mod extensions;
pub mod fields;
pub(crate) mod grammar;
mod json;
mod path;
mod position;
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
use check::Version;
use source::Source;
pub use source_map::SourceMap;
pub(crate) use source_map::Traced;

/// An OpenAPI document that was read, and not checked yet.
#[derive(Debug, Clone)]
pub struct Document {
    tree: Value,
    sources: SourceMap,
    /// What was odd about the text, and words of overlays for which there is no place.
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
    pub(crate) found: Traced,
}

impl Typed {
    /// What was mended or passed over on the way, with places.
    pub fn warnings(&self) -> Diagnostics {
        self.sources.place(&self.found)
    }
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
        let (tree, warnings) = source.parse()?;
        Ok(Self { tree, sources: SourceMap::new(source), warnings })
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
    /// What has no meaning that one could guess, warnings among it. Whatever else departs from OpenAPI is a fault among the
    /// warnings of the result.
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
