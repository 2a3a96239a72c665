//! Finds what another document of the same API has, and this one lacks or has in another form.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use document::METHODS;
use document::template::without_names;
use serde_json::Value;

use super::view::{View, component, resolved, view};
use super::{Finding, Kind};

/// The maximum depth of a property within the component or the body that it is reported for.
const DEPTH: usize = 12;

#[derive(Clone, Copy)]
pub(super) struct Operation<'d> {
    pub(super) path: &'d str,
    item: &'d Value,
    pub(super) operation: &'d Value,
}

/// Returns the findings about `ours` for which `theirs` is the evidence, sorted, each once.
pub fn against(ours: &Value, theirs: &Value) -> Vec<Finding> {
    let mut comparison = Comparison { ours, theirs, seen: HashSet::new(), found: BTreeSet::new() };
    comparison.components();
    let mine = operations(ours);
    for (name, their) in operations(theirs) {
        match mine.get(&name) {
            Some(my) => comparison.operation(&name, *my, their),
            None => comparison.tell(Kind::Operation, name, String::new()),
        }
    }
    comparison.found.into_iter().collect()
}

/// Returns all operations by method and path, regardless of the names of path parameters.
pub(super) fn operations(tree: &Value) -> BTreeMap<String, Operation<'_>> {
    let paths = tree.get("paths").and_then(Value::as_object).into_iter().flatten();
    let all = paths.flat_map(|(path, item)| {
        let of = move |method: &&'static str| Some((*method, path.as_str(), item, item.get(*method)?));
        METHODS.iter().filter_map(of)
    });
    all.filter(|(.., operation)| operation.is_object())
        .map(|(method, path, item, operation)| {
            (format!("{} {}", method.to_uppercase(), without_names(path)), Operation { path, item, operation })
        })
        .collect()
}

impl<'d> Operation<'d> {
    /// Returns the schema of the request body, if there is one.
    pub(super) fn body(&self, tree: &'d Value) -> Option<&'d Value> {
        schema(resolved(tree, self.operation.get("requestBody")?))
    }

    /// Returns the schemas of the successful responses by status.
    pub(super) fn responses(&self, tree: &'d Value) -> BTreeMap<&'d str, &'d Value> {
        let responses = self.operation.get("responses").and_then(Value::as_object).into_iter().flatten();
        let successful = responses.filter(|(status, _)| status.starts_with('2'));
        successful.filter_map(|(status, response)| Some((status.as_str(), schema(resolved(tree, response))?))).collect()
    }

    /// Returns the parameters outside the path, by name.
    fn parameters(&self, tree: &'d Value) -> BTreeMap<&'d str, &'d Value> {
        let lists = [self.item, self.operation].map(|holder| holder.get("parameters").and_then(Value::as_array));
        let all = lists.into_iter().flatten().flatten().map(|parameter| resolved(tree, parameter));
        let outside = all.filter(|parameter| parameter.get("in").and_then(Value::as_str) != Some("path"));
        outside.filter_map(|parameter| Some((parameter.get("name")?.as_str()?, parameter))).collect()
    }
}

/// Returns the schema of a body: that of JSON, or else that of the first media type.
fn schema(body: &Value) -> Option<&Value> {
    let content = body.get("content")?.as_object()?;
    content.get("application/json").or_else(|| content.values().next())?.get("schema")
}

struct Comparison<'d> {
    ours: &'d Value,
    theirs: &'d Value,
    /// The pairs of schemas that were compared, by their addresses.
    seen: HashSet<(Vec<usize>, Vec<usize>)>,
    found: BTreeSet<Finding>,
}

impl<'d> Comparison<'d> {
    fn tell(&mut self, kind: Kind, place: String, detail: String) {
        self.found.insert(Finding { kind, place, detail });
    }

    /// Compares the components first, so that a finding in a component is reported once, under its name.
    fn components(&mut self) {
        let components = |tree: &'d Value| tree.pointer("/components/schemas").and_then(Value::as_object);
        let (Some(ours), Some(theirs)) = (components(self.ours), components(self.theirs)) else { return };
        for (name, schema) in ours {
            if let Some(their) = theirs.get(name) {
                self.schemas(&[schema], &[their], name, 0);
            }
        }
    }

    fn operation(&mut self, name: &str, my: Operation<'d>, their: Operation<'d>) {
        let (mine, theirs) = (my.parameters(self.ours), their.parameters(self.theirs));
        for (parameter, their) in theirs {
            let place = format!("{name} ?{parameter}");
            let Some(my) = mine.get(parameter) else {
                self.tell(Kind::Parameter, place, String::new());
                continue;
            };
            let demands = |parameter: &Value| parameter.get("required").and_then(Value::as_bool) == Some(true);
            if demands(my) && !demands(their) {
                self.tell(Kind::Required, place.clone(), String::new());
            }
            if let (Some(my), Some(their)) = (my.get("schema"), their.get("schema")) {
                self.schemas(&[my], &[their], &place, 0);
            }
        }
        match (my.body(self.ours), their.body(self.theirs)) {
            (Some(my), Some(their)) => self.schemas(&[my], &[their], &format!("{name} body"), 0),
            (None, Some(_)) => self.tell(Kind::Body, name.to_owned(), String::new()),
            _ => {}
        }
        let mine = my.responses(self.ours);
        for (status, their) in their.responses(self.theirs) {
            match mine.get(status) {
                Some(my) => self.schemas(&[my], &[their], &format!("{name} {status}"), 0),
                None => self.tell(Kind::Response, format!("{name} {status}"), String::new()),
            }
        }
    }

    fn schemas(&mut self, ours: &[&'d Value], theirs: &[&'d Value], place: &str, depth: usize) {
        let addresses = |tree, schemas: &[&Value]| -> Vec<usize> {
            schemas.iter().map(|schema| std::ptr::from_ref(resolved(tree, schema)).addr()).collect()
        };
        let pair = (addresses(self.ours, ours), addresses(self.theirs, theirs));
        if depth > DEPTH || !self.seen.insert(pair) {
            return;
        }
        let component = common_component(ours, theirs);
        let place = component.as_deref().unwrap_or(place);
        let (my, their) = (view(self.ours, ours), view(self.theirs, theirs));
        self.values(&my, &their, place);
        self.fields(&my, &their, place, depth);
        if !my.items.is_empty() && !their.items.is_empty() {
            self.schemas(&my.items, &their.items, &format!("{place}[]"), depth + 1);
        }
        if !my.entries.is_empty() && !their.entries.is_empty() {
            self.schemas(&my.entries, &their.entries, &format!("{place}{{}}"), depth + 1);
        }
    }

    fn values(&mut self, my: &View<'d>, their: &View<'d>, place: &str) {
        if !reads(&my.kinds, &their.kinds) {
            let said = |kinds: &BTreeSet<&str>| kinds.iter().copied().collect::<Vec<_>>().join(" or ");
            self.tell(Kind::Type, place.to_owned(), format!("{} here, {} there", said(&my.kinds), said(&their.kinds)));
        }
        let (Some(mine), Some(theirs)) = (&my.values, &their.values) else { return };
        for value in theirs.difference(mine) {
            self.tell(Kind::Value, format!("{place} = {value}"), String::new());
        }
    }

    fn fields(&mut self, my: &View<'d>, their: &View<'d>, place: &str, depth: usize) {
        // An object without properties accepts any.
        if my.properties.is_empty() {
            return;
        }
        let names = their.properties.keys().chain(&their.required).copied().collect::<BTreeSet<_>>();
        for name in names {
            let at = format!("{place}.{name}");
            let Some(ours) = my.properties.get(name) else {
                self.tell(Kind::Field, at, String::new());
                continue;
            };
            if my.required.contains(name) && !their.required.contains(name) {
                self.tell(Kind::Required, at.clone(), String::new());
            }
            if let Some(theirs) = their.properties.get(name) {
                self.schemas(ours, theirs, &at, depth + 1);
            }
        }
    }
}

/// Returns the name of the component that both refer to.
fn common_component(ours: &[&Value], theirs: &[&Value]) -> Option<String> {
    let only = |schemas: &[&Value]| match schemas {
        [schema] => component(schema),
        _ => None,
    };
    only(ours).filter(|name| only(theirs).as_ref() == Some(name))
}

/// Returns whether a reader of `ours` accepts `theirs`: an integer may be a number or a time, and a text may be a time.
fn reads(ours: &BTreeSet<&str>, theirs: &BTreeSet<&str>) -> bool {
    let takes = |kind: &str| {
        ours.contains(kind)
            || match kind {
                "integer" => ours.contains("time") || ours.contains("number"),
                "text" => ours.contains("time as text"),
                _ => false,
            }
    };
    ours.is_empty() || theirs.iter().copied().all(takes)
}
