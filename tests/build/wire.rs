//! Describes the expected request of each call and the response to it, by the rules of OpenAPI 3.0 and without the
//! generator.

use serde_json::{Map, Value, json};

use super::sample::{Mode, Sampler};
use super::tree::{Operation, list, object, resolve, text};

/// The maximum number of alternatives that are tried for one operation.
const MOST: usize = 16;

/// Returns every expected call of one operation.
pub(crate) fn expectation(tree: &Value, operation: &Operation<'_>) -> Value {
    let mut cases: Vec<Value> = Vec::new();
    let mut add = |name: String, mode| -> usize {
        let sampler = Sampler::new(tree, mode);
        for (status, response) in successes(tree, operation) {
            let call = Case { tree, operation, sampler: &sampler, mode };
            let mut case = call.request();
            case["response"] = call.response(status, response);
            if cases
                .iter()
                .all(|other| other["arguments"] != case["arguments"] || other["response"] != case["response"])
            {
                case["name"] = json!(format!("{name}, {status}"));
                cases.push(case);
            }
        }
        sampler.alternatives()
    };
    let mut alternatives = 1;
    let mut index = 0;
    while index < alternatives.min(MOST) {
        alternatives = alternatives.max(add(format!("full {index}"), Mode::Full(index)));
        index += 1;
    }
    add("null".to_owned(), Mode::Nulls);
    add("least".to_owned(), Mode::Least);
    json!({ "key": operation.key(), "cases": cases })
}

/// Returns the documented successes; a redirect is a success if there is no other.
fn successes<'d>(tree: &'d Value, operation: &Operation<'d>) -> Vec<(u16, &'d Value)> {
    let of = |digit| {
        let all = object(operation.node, "responses").filter(move |(status, _)| status.starts_with(digit));
        all.map(|(status, response)| (status.parse().expect("a status"), resolve(tree, response))).collect::<Vec<_>>()
    };
    let found = if of('2').is_empty() { of('3') } else { of('2') };
    assert!(!found.is_empty(), "{} has no success", operation.key());
    found
}

/// A call of an operation.
struct Case<'a, 'd> {
    tree: &'d Value,
    operation: &'a Operation<'d>,
    sampler: &'a Sampler<'d>,
    mode: Mode,
}

/// Returns the first media type of a content map, with its media type object.
fn content(node: &Value) -> Option<(&str, &Value)> {
    object(node, "content").next().map(|(media_type, content)| (media_type.as_str(), content))
}

impl<'d> Case<'_, 'd> {
    /// Returns the arguments, and the request that must arrive for them.
    fn request(&self) -> Value {
        let mut arguments = Map::new();
        let mut path = self.operation.path.to_owned();
        let mut query: Vec<String> = Vec::new();
        let mut headers = self.headers();
        for parameter in &self.operation.parameters {
            let (name, place) = (text(parameter, "name").expect("a name"), text(parameter, "in").expect("a place"));
            let required = parameter["required"] == json!(true);
            if name == "Intercom-Version" || (self.mode == Mode::Least && !required) {
                continue;
            }
            let value = self.sampler.value(&parameter["schema"], name);
            match place {
                "path" => path = path.replace(&format!("{{{name}}}"), &encoded(&plain(&value))),
                "query" => query.extend(pairs(parameter, name, &value)),
                "header" => drop(headers.insert(name.to_lowercase(), json!(plain(&value)))),
                other => panic!("{}: a parameter in {other}", self.operation.key()),
            }
            arguments.insert(format!("{place}:{name}"), value);
        }
        let body = self.body(&mut arguments, &mut headers);
        query.sort();
        json!({
            "arguments": arguments,
            "request": {
                "method": self.operation.method, "path": path, "query": query, "headers": headers, "body": body,
            },
        })
    }

    /// Returns the headers that are not parameters.
    fn headers(&self) -> Map<String, Value> {
        let mut headers = Map::new();
        let security = self.operation.node.get("security").unwrap_or(&self.tree["security"]);
        if security.as_array().is_some_and(|schemes| !schemes.is_empty()) {
            headers.insert("authorization".to_owned(), json!("Bearer sesame"));
        }
        headers.insert("intercom-version".to_owned(), json!("Preview"));
        let contents = successes(self.tree, self.operation).into_iter().filter_map(|(_, response)| content(response));
        if let Some((media_type, _)) = contents.into_iter().next() {
            headers.insert("accept".to_owned(), json!(media_type));
        }
        headers
    }

    /// Returns the body that must arrive.
    fn body(&self, arguments: &mut Map<String, Value>, headers: &mut Map<String, Value>) -> Value {
        let Some(body) = self.operation.node.get("requestBody").map(|body| resolve(self.tree, body)) else {
            return json!({});
        };
        let (media_type, content) = content(body).expect("a body has content");
        headers.insert("content-type".to_owned(), json!(media_type));
        let schema = &content["schema"];
        if media_type == "multipart/form-data" {
            return json!({ "parts": self.parts(schema, arguments) });
        }
        assert_eq!(media_type, "application/json", "{}", self.operation.key());
        if self.mode == Mode::Least && body["required"] != json!(true) {
            headers.remove("content-type");
            return json!({});
        }
        let value = self.sampler.value(schema, "body");
        arguments.insert("body".to_owned(), value.clone());
        json!({ "json": value })
    }

    /// Returns the parts of a multipart body: a scalar as its text, a file as its bytes.
    fn parts(&self, schema: &'d Value, arguments: &mut Map<String, Value>) -> Vec<Value> {
        let schema = resolve(self.tree, schema);
        let required: Vec<&Value> = list(schema, "required").collect();
        let mut parts = Vec::new();
        for (name, property) in object(schema, "properties") {
            if self.mode == Mode::Least && !required.contains(&&json!(name)) {
                continue;
            }
            let value = self.sampler.value(property, name);
            let file = text(resolve(self.tree, property), "format") == Some("binary");
            parts.push(json!({ "name": name, "text": plain(&value), "file": file }));
            arguments.insert(format!("part:{name}"), value);
        }
        parts
    }

    /// Returns the response of the server.
    fn response(&self, status: u16, response: &'d Value) -> Value {
        let Some((media_type, content)) = content(response) else {
            let location = "http://127.0.0.1:9/elsewhere?signature=a%2Fb";
            return if status < 300 {
                json!({ "status": status })
            } else {
                json!({ "status": status, "location": location })
            };
        };
        let schema = resolve(self.tree, &content["schema"]);
        match media_type {
            "application/json" => {
                let value = self.sampler.value_or_null(&content["schema"], "response");
                json!({ "status": status, "type": media_type, "json": value })
            }
            "text/plain" => json!({ "status": status, "type": media_type, "text": "two\nlines, é" }),
            _ if text(schema, "format") == Some("binary") => {
                json!({ "status": status, "type": media_type, "bytes": [0, 255, 13, 10, 31, 139] })
            }
            other => panic!("{}: a response of {other}", self.operation.key()),
        }
    }
}

/// Returns the encoded pairs of a query parameter.
fn pairs(parameter: &Value, name: &str, value: &Value) -> Vec<String> {
    let style = text(parameter, "style").unwrap_or("form");
    assert_eq!(style, "form", "{name} has a style that is not known here");
    let explode = parameter.get("explode") != Some(&json!(false));
    let pair = |name: &str, value: &Value| format!("{}={}", encoded(name), encoded(&plain(value)));
    match value {
        Value::Array(items) if explode => items.iter().map(|item| pair(name, item)).collect(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| encoded(&plain(item))).collect();
            vec![format!("{}={}", encoded(name), items.join(","))]
        }
        Value::Object(members) if explode => members.iter().map(|(name, value)| pair(name, value)).collect(),
        Value::Object(_) => panic!("{name} is an object that is not exploded"),
        value => vec![pair(name, value)],
    }
}

/// Returns a scalar as text.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        other => panic!("{other} is no scalar"),
    }
}

/// Percent-encodes all but the unreserved characters of RFC 3986, as RFC 6570 demands.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}
