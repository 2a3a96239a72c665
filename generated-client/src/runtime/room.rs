//! The limit of the memory that a text may take once it is read, so that no long response takes many times its size;
//! and the trees of untyped values, which are built within that limit.

use serde_json::{Map, Value};

use super::reader::Failure;
use super::text::Text;

/// The least limit, in bytes. The models of a short text may take many times its length.
const LEAST: usize = 1 << 20;
/// The limit for values, in lengths of the text. Strings and raw values come on top: they are no longer than the text.
const TIMES: usize = 5;

/// The memory that is left, in bytes.
#[derive(Debug, Default)]
pub(super) struct Room(usize);

impl Room {
    /// Creates the limit for the values of a text of this length.
    pub(super) fn of(length: usize) -> Self {
        Self(length.saturating_mul(TIMES).max(LEAST))
    }

    /// Creates the limit for the list of mismatches.
    pub(super) fn to_tell(length: usize) -> Self {
        Self(length.max(LEAST / 4))
    }

    /// Takes a number of bytes if as many are left, and returns whether they were.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        let left = self.0.checked_sub(bytes);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }

    /// Takes bytes that are in use already, even if fewer are left.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.0 = self.0.saturating_sub(bytes);
    }

    pub(super) fn give_back(&mut self, bytes: usize) {
        self.0 = self.0.saturating_add(bytes);
    }

    /// Makes room in a list for one more element, and returns whether there was enough memory.
    #[inline]
    pub(super) fn grow<T>(&mut self, list: &mut Vec<T>) -> bool {
        list.len() < list.capacity() || self.grow_full(list)
    }

    fn grow_full<T>(&mut self, list: &mut Vec<T>) -> bool {
        let (size, held) = (size_of::<T>(), list.capacity());
        let more = (held / 2).max(if size < 256 { 4 } else { 1 });
        // While the list grows, its old and its new memory exist at once.
        if !self.take(held.saturating_add(more).saturating_mul(size)) {
            return false;
        }
        self.give_back(held.saturating_mul(size));
        list.reserve_exact(more);
        true
    }

    /// Takes the memory for one more entry of a map with this many entries, and returns whether there was enough.
    pub(super) fn entry<T>(&mut self, entries: usize) -> bool {
        // The first entry allocates a whole tree node; later ones share nodes that are at least half full.
        let places = if entries == 0 { 12 } else { 3 };
        self.take(size_of::<(String, T)>().saturating_mul(places))
    }
}

/// Reads the next value as a tree. If `outlined`, lists are read without their elements: a list is empty, or holds one
/// null. The value does not match if there is not enough memory.
pub(super) fn tree(text: &mut Text<'_>, room: &mut Room, outlined: bool) -> Result<Value, Failure> {
    Ok(match text.peek() {
        b'"' => Value::String(text.string()?.into_owned()),
        b't' => text.word("true").map(|()| true.into())?,
        b'f' => text.word("false").map(|()| false.into())?,
        b'n' => text.word("null").map(|()| Value::Null)?,
        b'[' if outlined => {
            let some = text.skip()? > 0;
            Value::Array(some.then_some(Value::Null).into_iter().collect())
        }
        b'[' => {
            let mut list = Vec::new();
            text.open()?;
            while text.element()? {
                if !room.grow(&mut list) {
                    return Err(Failure::Mismatched);
                }
                list.push(tree(text, room, outlined)?);
            }
            Value::Array(list)
        }
        b'{' => {
            let mut object = Map::new();
            text.open()?;
            while let Some(name) = text.key()? {
                if !room.entry::<Value>(object.len()) {
                    return Err(Failure::Mismatched);
                }
                let value = tree(text, room, outlined)?;
                object.insert(name.into_owned(), value);
            }
            Value::Object(object)
        }
        _ => Value::Number(text.number()?.0),
    })
}

/// Returns a response without the elements of its lists, or `None` if it is not JSON or still takes too much memory.
pub(super) fn outline(text: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(text).ok()?;
    tree(&mut Text::new(text), &mut Room::of(text.len()), true).ok()
}
