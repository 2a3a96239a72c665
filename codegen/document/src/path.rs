//! Tracks the current node of a walk, and builds its JSON pointer only when one is needed.

use crate::pointer;

/// The path to a node: a step from its parent. It lives on the stack of the walk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    step: Step<'p>,
    /// The number of objects and lists around the node.
    pub(crate) depth: usize,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Key(&'p str),
    Item(usize),
}

impl<'p> Path<'p> {
    pub(crate) const ROOT: Path<'static> = Path { parent: None, step: Step::Key(""), depth: 0 };

    pub(crate) fn key(&'p self, key: &'p str) -> Path<'p> {
        Path { parent: Some(self), step: Step::Key(key), depth: self.depth + 1 }
    }

    pub(crate) fn item(&'p self, index: usize) -> Path<'p> {
        Path { parent: Some(self), step: Step::Item(index), depth: self.depth + 1 }
    }

    pub(crate) fn pointer(&self) -> String {
        let Some(parent) = self.parent else { return String::new() };
        let mut pointer = parent.pointer();
        match self.step {
            Step::Key(key) => pointer::push(&mut pointer, key),
            Step::Item(index) => pointer::push(&mut pointer, &index.to_string()),
        }
        pointer
    }

    /// Returns the key of the node; `None` for an item of a list and for the root.
    pub(crate) fn last_key(&self) -> Option<&'p str> {
        match (self.parent, self.step) {
            (Some(_), Step::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// Returns the key of the parent; `None` as for [`Self::last_key`].
    pub(crate) fn holder_key(&self) -> Option<&'p str> {
        self.parent.and_then(Path::last_key)
    }

    /// Returns the node as the subject of a sentence.
    pub(crate) fn subject(&self) -> String {
        match (self.parent, self.step) {
            (None, _) => "the document".to_owned(),
            (_, Step::Key(key)) => format!("`{key}`"),
            (Some(parent), Step::Item(index)) => format!("item {index} of {}", parent.subject()),
        }
    }
}
