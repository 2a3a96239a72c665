//! A JSON text with a position in it. Its methods read the tokens, and check them as they go.

use std::borrow::Cow;

use serde_json::{Number, Value};

/// The maximum depth of nested lists and objects, as in `serde_json`.
const DEPTH: u32 = 127;

/// The error for a text that is not JSON, or nests too deeply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken;

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Text<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
    /// True before the first part of a list or an object.
    first: bool,
}

impl<'t> Text<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0, first: false }
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Goes to a position of the same depth: one that [`at`](Self::at) returned.
    pub(super) const fn go_to(&mut self, at: usize) {
        self.at = at;
        self.first = false;
    }

    /// Returns the text from a position to the current one.
    pub(super) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Skips white space and returns the next byte, or 0 at the end.
    #[inline]
    pub(super) fn peek(&mut self) -> u8 {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(byte) => return *byte,
                None => return 0,
            }
        }
    }

    /// Returns whether only white space is left.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.peek() == 0 && self.at == self.text.len()
    }

    /// Steps into the list or the object that begins here.
    #[inline]
    pub(super) fn open(&mut self) -> Result<(), Broken> {
        if self.depth >= DEPTH {
            return Err(Broken);
        }
        self.depth += 1;
        self.at += 1;
        self.first = true;
        Ok(())
    }

    /// Steps to the next part and returns true, or steps out of the list or object at its end and returns false.
    #[inline]
    fn step(&mut self, close: u8) -> Result<bool, Broken> {
        let first = std::mem::replace(&mut self.first, false);
        match self.peek() {
            byte if byte == close => {
                self.at += 1;
                self.depth -= 1;
                return Ok(false);
            }
            b',' if !first => self.at += 1,
            _ if !first => return Err(Broken),
            _ => {}
        }
        Ok(true)
    }

    /// Steps to the next element of a list, and returns whether there is one.
    #[inline]
    pub(super) fn element(&mut self) -> Result<bool, Broken> {
        self.step(b']')
    }

    /// Steps to the next entry of an object, and returns whether there is one.
    #[inline]
    pub(super) fn entry(&mut self) -> Result<bool, Broken> {
        let more = self.step(b'}')?;
        if more && self.peek() != b'"' { Err(Broken) } else { Ok(more) }
    }

    /// Reads the name of an entry, if it is written as exactly `name`, which must not need an escape.
    #[inline]
    pub(super) fn named(&mut self, name: &str) -> Result<bool, Broken> {
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        if !rest.starts_with(name.as_bytes()) || rest.get(name.len()) != Some(&b'"') {
            return Ok(false);
        }
        self.at += name.len() + 2;
        self.colon().map(|()| true)
    }

    /// Reads the name of an entry and the colon after it.
    #[inline]
    pub(super) fn name(&mut self) -> Result<Cow<'t, str>, Broken> {
        let name = self.string()?;
        self.colon().map(|()| name)
    }

    #[inline]
    fn colon(&mut self) -> Result<(), Broken> {
        if self.peek() != b':' {
            return Err(Broken);
        }
        self.at += 1;
        Ok(())
    }

    /// Reads the name of the next entry of an object, or returns `None` at its end.
    pub(super) fn key(&mut self) -> Result<Option<Cow<'t, str>>, Broken> {
        if self.entry()? { self.name().map(Some) } else { Ok(None) }
    }

    /// Reads a string, which is borrowed if it holds no escape.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Cow<'t, str>, Broken> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut end = start;
        let mut escaped = false;
        loop {
            end += plain(bytes.get(end..).ok_or(Broken)?);
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    end += 2;
                }
                _ => return Err(Broken),
            }
        }
        self.at = end + 1;
        let inside = self.text.get(start..end).ok_or(Broken)?;
        if escaped { unescaped(inside).map(Cow::Owned) } else { Ok(Cow::Borrowed(inside)) }
    }

    /// Reads `true`, `false` or `null`.
    pub(super) fn word(&mut self, word: &str) -> Result<(), Broken> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(Broken);
        }
        self.at += word.len();
        Ok(())
    }

    /// Reads a number, and returns it with its text. An integer beyond 64 bits is a float, as in `serde_json`.
    pub(super) fn number(&mut self) -> Result<(Number, &'t str), Broken> {
        let start = self.at;
        let mut worth = 0_u64;
        while let digit @ b'0'..=b'9' = self.byte() {
            worth = worth.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        let digits = self.at - start;
        let is_rest = |byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        if is_rest(self.byte()) || !(1..20).contains(&digits) || (digits > 1 && self.byte_at(start) == b'0') {
            while is_rest(self.byte()) {
                self.at += 1;
            }
            let text = self.since(start);
            // A number that is too large is an error.
            return Ok((text.parse().map_err(|_| Broken)?, text));
        }
        Ok((worth.into(), self.since(start)))
    }

    #[inline]
    fn byte(&self) -> u8 {
        self.byte_at(self.at)
    }

    /// Returns the byte at a position that [`at`](Self::at) returned, or 0 at the end.
    #[inline]
    pub(super) fn byte_at(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// Skips a value of any kind. Returns the number of its parts, which is 0 unless it is a list or an object.
    pub(super) fn skip(&mut self) -> Result<usize, Broken> {
        let mut parts = 0;
        match self.peek() {
            b'"' => drop(self.string()?),
            b'{' => {
                self.open()?;
                while self.key()?.is_some() {
                    self.skip()?;
                    parts += 1;
                }
            }
            b'[' => {
                self.open()?;
                while self.element()? {
                    self.skip()?;
                    parts += 1;
                }
            }
            b't' => self.word("true")?,
            b'f' => self.word("false")?,
            b'n' => self.word("null")?,
            _ => self.number().map(|_| ())?,
        }
        Ok(parts)
    }

    /// Goes to the value at `path` inside the next object, and returns whether there is one.
    pub(super) fn seek(&mut self, path: &[&str]) -> Result<bool, Broken> {
        for name in path {
            let mut found = None;
            if self.peek() != b'{' {
                return Ok(false);
            }
            self.open()?;
            while let Some(key) = self.key()? {
                // The last of several entries with the same name counts.
                found = if key == *name { Some(*self) } else { found };
                self.skip()?;
            }
            match found {
                Some(place) => *self = place,
                None => return Ok(false),
            }
        }
        Ok(true)
    }
}

/// Returns the text of the value at `path` inside a JSON object, or `None` if the text is not JSON or has no such
/// value.
pub(super) fn raw_at<'b>(text: &'b [u8], path: &[&str]) -> Option<&'b str> {
    let mut text = Text::new(std::str::from_utf8(text).ok()?);
    let mut whole = text;
    whole.skip().ok()?;
    if !whole.is_at_end() || !text.seek(path).ok()? {
        return None;
    }
    text.peek();
    let start = text.at();
    text.skip().ok()?;
    Some(text.since(start))
}

/// Returns the number of bytes before the first quote, backslash or control character.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut passed = 0;
    // Eight bytes at a time: the lowest bit that is set in `found` belongs to the first of these characters.
    while let Some(eight) = bytes.get(passed..).and_then(<[u8]>::first_chunk) {
        let eight = u64::from_le_bytes(*eight);
        let (quote, backslash) = (eight ^ (ONES * b'"' as u64), eight ^ (ONES * b'\\' as u64));
        let control = eight.wrapping_sub(ONES * 0x20) & !eight;
        let found = (quote.wrapping_sub(ONES) & !quote | backslash.wrapping_sub(ONES) & !backslash | control) & HIGH;
        if found != 0 {
            return passed + (found.trailing_zeros() / 8) as usize;
        }
        passed += 8;
    }
    let rest = bytes.get(passed..).unwrap_or_default();
    passed + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)).count()
}

/// Replaces the escapes. The string is parsed as a [`Value`], because that code of `serde_json` is compiled anyway.
#[cold]
fn unescaped(inside: &str) -> Result<String, Broken> {
    match format!("\"{inside}\"").parse() {
        Ok(Value::String(text)) => Ok(text),
        _ => Err(Broken),
    }
}
