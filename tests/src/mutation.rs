//! Makes unlikely documents from real ones. The same seed makes the same document again.

use serde_json::{Map, Value, json};

/// A small generator of pseudo-random numbers.
#[derive(Debug, Clone)]
pub struct Numbers(u64);

impl Numbers {
    /// Creates a generator; each seed gives other numbers.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut numbers = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d | 1);
        // The first numbers of neighbouring seeds are alike, so they are skipped.
        (0..8).for_each(|_| _ = numbers.below(2));
        numbers
    }

    /// Returns a number from 0 up to, but not including, `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % limit.max(1) as u64) as usize
    }

    fn one<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        of.get(self.below(of.len()))
    }
}

/// Returns the JSON pointers of all nodes of `value`, parents before children; the root is the first.
#[must_use]
pub fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(value, String::new(), &mut found);
    found
}

fn collect(value: &Value, at: String, found: &mut Vec<String>) {
    let below = |key: &str| format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(object) => object.iter().map(|(key, value)| (below(key), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (below(&at.to_string()), value)).collect(),
        _ => Vec::new(),
    };
    found.push(at);
    inner.into_iter().for_each(|(at, value)| collect(value, at, found));
}

/// Names and texts with a meaning in Rust, file systems, terminals, Markdown or the generator.
const WORDS: &[&str] = &[
    "",
    " ",
    "_",
    "self",
    "type",
    "crate",
    "con",
    "aux",
    "lpt1",
    "nul",
    "..",
    "../../x",
    "/etc/passwd",
    "a/b\\c",
    "new",
    "set_x",
    "body",
    "extra",
    "default",
    "Option",
    "String",
    "Client",
    "Id",
    "id",
    "ID",
    "i-d",
    "sort[]",
    "x<",
    "é",
    "e\u{301}",
    "天气",
    "\u{202e}x",
    "\u{200d}",
    "\u{0}",
    "\u{1b}[31m",
    "\n",
    "\u{2028}",
    "\u{1F600}",
    "ﬁ",
    "0",
    "-1",
    "2fa",
    "r#type",
    "\"#",
    "*/",
    "`",
    "```\nfn main() {}\n```",
    "    indented()",
    "<script>alert(1)</script>",
    "[x](javascript:y)",
    "{id}",
    "{",
    "object",
    "array",
    "string",
    "date-time",
    "binary",
    "application/json",
    "multipart/form-data",
    "text/plain",
    "200",
    "2XX",
    "get",
    "query",
    "path",
    "#/components/schemas/nowhere",
    "#/paths",
    "https://é.example/{x}",
];

/// Keys with a meaning in OpenAPI or for the generator.
const KEYS: &[&str] = &[
    "$ref",
    "type",
    "items",
    "properties",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "enum",
    "const",
    "default",
    "required",
    "nullable",
    "format",
    "discriminator",
    "readOnly",
    "writeOnly",
    "schema",
    "content",
    "parameters",
    "requestBody",
    "responses",
    "headers",
    "servers",
    "security",
    "x-rust-name",
    "x-rust-type",
    "x-pagination",
    "x-client-parameter",
];

fn word(numbers: &mut Numbers) -> String {
    match numbers.below(12) {
        // Most of these are longer than a file name may be.
        0 => numbers.one(&["long", "é", "天"]).map(|word| word.repeat(90 + numbers.below(30))).unwrap_or_default(),
        1 => numbers.one(KEYS).map(|key| (*key).to_owned()).unwrap_or_default(),
        _ => numbers.one(WORDS).map(|word| (*word).to_owned()).unwrap_or_default(),
    }
}

/// Returns a value that rarely fits its place.
fn intruder(numbers: &mut Numbers) -> Value {
    match numbers.below(12) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(1e300),
        4 => json!(u64::MAX),
        5 => json!([]),
        6 => json!({}),
        7 => json!([word(numbers), word(numbers)]),
        8 => json!({ "type": "object", "allOf": [{ "oneOf": [{ "type": "array" }, {}] }], "required": ["x"] }),
        9 => (0..60).fold(json!("end"), |inner, _| json!([inner])),
        10 => json!({ word(numbers): { "type": "string" } }),
        _ => json!(word(numbers)),
    }
}

/// Changes `tree` at one random place; parts of `pool` may be inserted.
pub fn mutate(tree: &mut Value, pool: &[Value], numbers: &mut Numbers) {
    let places = pointers(tree);
    let Some(place) = numbers.one(&places).cloned() else { return };
    let other = other(tree, &places, pool, &place, numbers);
    let key = word(numbers);
    match numbers.below(10) {
        0 => _ = tree.pointer_mut(&place).map(|node| *node = intruder(numbers)),
        1 => _ = take(tree, &place),
        // The node moves to another name, or stands under both.
        kind @ (2 | 3) => {
            let node = if kind == 2 { take(tree, &place) } else { tree.pointer(&place).cloned() };
            let holder = place.rsplit_once('/').and_then(|(holder, _)| tree.pointer_mut(holder));
            match (holder, node) {
                (Some(Value::Object(object)), Some(node)) => _ = object.insert(key, node),
                (Some(Value::Array(items)), Some(node)) => items.push(node),
                _ => {}
            }
        }
        4 => {
            let target = numbers.one(&places).cloned().unwrap_or_default();
            _ = tree.pointer_mut(&place).map(|node| *node = json!({ "$ref": format!("#{target}") }));
        }
        5 => _ = tree.pointer_mut(&place).map(|node| *node = wrapped(node.take(), &key, numbers)),
        6 | 7 => _ = tree.pointer_mut(&place).zip(other).map(|(node, other)| *node = other),
        _ => match tree.pointer_mut(&place) {
            Some(Value::Object(object)) => {
                let key = numbers.one(KEYS).map_or(key, |key| (*key).to_owned());
                _ = object.insert(key, other.unwrap_or_else(|| intruder(numbers)));
            }
            Some(node) => *node = json!(key),
            None => {}
        },
    }
}

/// Returns a node of this document or of another one, under the same key if there is one.
fn other(tree: &Value, places: &[String], pool: &[Value], place: &str, numbers: &mut Numbers) -> Option<Value> {
    let from = numbers.one(pool).filter(|_| numbers.clone().below(2) == 0);
    let (from, places) = from.map_or_else(|| (tree, places.to_vec()), |from| (from, pointers(from)));
    let key = place.rsplit('/').next().unwrap_or_default();
    let alike: Vec<&String> = places.iter().filter(|other| other.rsplit('/').next() == Some(key)).collect();
    let chosen = numbers.one(&alike).map_or_else(|| numbers.one(&places).cloned(), |chosen| Some((*chosen).clone()));
    from.pointer(&chosen?).cloned()
}

fn take(tree: &mut Value, place: &str) -> Option<Value> {
    let (holder, key) = place.rsplit_once('/')?;
    match tree.pointer_mut(holder)? {
        Value::Object(object) => object.remove(&key.replace("~1", "/").replace("~0", "~")),
        Value::Array(items) => key.parse().ok().filter(|at| *at < items.len()).map(|at: usize| items.remove(at)),
        _ => None,
    }
}

fn wrapped(node: Value, key: &str, numbers: &mut Numbers) -> Value {
    match numbers.below(6) {
        0 => json!({ "allOf": [node] }),
        1 => json!({ "oneOf": [node, { "type": "string" }] }),
        2 => json!({ "anyOf": [{ "required": [key] }, node] }),
        3 => json!({ "type": "array", "items": node }),
        4 => json!({ "type": "object", "required": [key], "properties": { key: node } }),
        _ => Value::Object(Map::from_iter([(key.to_owned(), node)])),
    }
}

/// Returns `text` with some characters replaced, or without its end.
#[must_use]
pub fn garbled(text: &str, numbers: &mut Numbers) -> String {
    let odd = [':', '-', '\t', '"', '\'', '{', '}', '[', '&', '*', '#', '|', '!', '\u{0}', '\n', 'é', ' ', '<'];
    let mut characters: Vec<char> = text.chars().collect();
    if numbers.below(4) == 0 {
        characters.truncate(1 + numbers.below(characters.len()));
    }
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(characters.len());
        if let (Some(place), Some(odd)) = (characters.get_mut(at), numbers.one(&odd)) {
            *place = *odd;
        }
    }
    characters.into_iter().collect()
}
