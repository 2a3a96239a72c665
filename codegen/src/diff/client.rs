//! Changes of the parts that all calls share: servers, credential, headers.

use super::differences::{Differences, code};
use super::pair::Pair;
use super::pairs::Pairs;
use super::{Change, Kind, Section, Subject, breaking, change, fine};
use crate::api::{Api, Credential, SecurityScheme, Server};
use crate::names::identifier;
use crate::rust::Client;

pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let mut changes = servers(&pair.old.client, &pair.new.client);
    changes.extend(credential(pair.old.api, pair.new.api));
    let (old, new) = (&pair.old.client, &pair.new.client);
    changes.extend(setters(Subject::Credential, credentials(old), credentials(new)));
    changes.extend(setters(Subject::Server, variables(old), variables(new)));
    changes.extend(headers(pair));
    changes
}

fn servers(old: &Client<'_>, new: &Client<'_>) -> Vec<Change> {
    let default = |client: &Client<'_>, server: &Server| client.servers.first().is_some_and(|first| *first == server);
    let pairs = Pairs::of(old.servers.iter().copied(), new.servers.iter().copied())
        .by(|server| Some(&server.name))
        .by(|server| Some(&server.url));
    let place = |server: &Server| format!("Server::{}", identifier(&server.name));
    let told = |kind| (Subject::Server, kind);
    let at = &Section::Client;
    let mut changes = Vec::new();
    for server in pairs.removed {
        let verdict = breaking("the variant is gone");
        changes.push(change(at, place(server), told(Kind::Removed), code(&server.url), verdict));
    }
    for server in pairs.added {
        let verdict = fine("the enum is open: every `match` has an arm for what is new");
        changes.push(change(at, place(server), told(Kind::Added), code(&server.url), verdict));
    }
    for (a, b) in pairs.both {
        if a.name != b.name {
            let detail = format!("was {}", code(&place(a)));
            changes.push(change(at, place(b), told(Kind::Renamed), detail, breaking("the variant has another name")));
        }
        let mut differences = Differences::default();
        differences.value("", &a.url, &b.url);
        if !default(old, a) && default(new, b) {
            differences.flag((false, true), "the default now", "");
        }
        if !differences.is_empty() {
            let verdict = fine("the variant is there as before");
            changes.push(change(at, place(b), told(Kind::Changed), differences.text(), verdict));
        }
    }
    changes
}

fn credential(old: &Api, new: &Api) -> Option<Change> {
    let carried = |scheme: &SecurityScheme| match &scheme.credential {
        Credential::Bearer => "Authorization: Bearer".to_owned(),
        Credential::Basic => "Authorization: Basic".to_owned(),
        Credential::Authorization(scheme) => format!("Authorization: {scheme}"),
        Credential::Header(name) => format!("header {name}"),
        Credential::Query(name) => format!("query {name}"),
        Credential::Cookie(name) => format!("cookie {name}"),
    };
    let shown = |api: &Api| match &api.schemes[..] {
        [] => "none".to_owned(),
        schemes => schemes.iter().map(carried).collect::<Vec<_>>().join(", "),
    };
    let mut differences = Differences::default();
    differences.value("", &shown(old), &shown(new));
    differences.value("read from", &old.token_variable, &new.token_variable);
    differences.value("its server from", &old.base_url_variable, &new.base_url_variable);
    let told = (Subject::Credential, Kind::Changed);
    let verdict = fine("a client is built as before; whether the server takes the credential is another matter");
    (!differences.is_empty()).then(|| change(&Section::Client, "Client", told, differences.text(), verdict))
}

/// A setter of the builder: its name on the wire, its name in Rust, and the number of texts it takes.
type Setter<'a> = (&'a str, &'a str, usize);

fn credentials<'a>(client: &'a Client<'_>) -> impl Iterator<Item = Setter<'a>> {
    let texts = |credential: &Credential| if *credential == Credential::Basic { 2 } else { 1 };
    client.credentials.iter().map(move |scheme| (&*scheme.wire, &*scheme.name, texts(&scheme.credential)))
}

fn variables<'a>(client: &'a Client<'_>) -> impl Iterator<Item = Setter<'a>> {
    client.variables.iter().map(|variable| (&*variable.wire, &*variable.name, 1))
}

fn setters<'a>(
    subject: Subject,
    old: impl Iterator<Item = Setter<'a>>,
    new: impl Iterator<Item = Setter<'a>>,
) -> Vec<Change> {
    let pairs = Pairs::of(old, new).by(|(wire, ..)| Some(wire));
    let place = |name: &str| format!("ClientBuilder::{}", identifier(name));
    let told =
        |name: &str, kind, detail, verdict| change(&Section::Client, place(name), (subject, kind), detail, verdict);
    let removed = pairs.removed.into_iter();
    let removed = removed.map(|(wire, name, _)| told(name, Kind::Removed, code(wire), breaking("the setter is gone")));
    let added = pairs.added.into_iter();
    let added = added.map(|(wire, name, _)| told(name, Kind::Added, code(wire), fine("a client may leave it out")));
    let both = pairs.both.into_iter().filter_map(|((_, was, took), (_, is, takes))| {
        if was != is {
            let detail = format!("was {}", code(&place(was)));
            Some(told(is, Kind::Renamed, detail, breaking("the setter has another name")))
        } else if took != takes {
            let detail = format!("it takes {takes} texts, was {took}");
            Some(told(is, Kind::Changed, detail, breaking("the setter takes other arguments")))
        } else {
            None
        }
    });
    removed.chain(added).chain(both).collect()
}

fn headers(pair: &Pair<'_>) -> Vec<Change> {
    let pairs = Pairs::of(&pair.old.client.headers, &pair.new.client.headers)
        .by(|header| Some(header.of.wire.to_ascii_lowercase()));
    let place = |name: &str| format!("ClientBuilder::{}", identifier(name));
    let told = |kind| (Subject::Header, kind);
    let at = &Section::Client;
    let mut changes = Vec::new();
    for header in pairs.removed {
        let verdict = breaking("its setters on the client and on each call are gone");
        changes.push(change(at, place(&header.of.name), told(Kind::Removed), code(&header.of.wire), verdict));
    }
    for header in pairs.added {
        let verdict = fine("a client may leave it as it is");
        changes.push(change(at, place(&header.of.name), told(Kind::Added), code(&header.of.wire), verdict));
    }
    for (a, b) in pairs.both {
        let is_other = !pair.is_same(&a.ty, &b.ty);
        let shown = (a.ty.text(""), b.ty.text(""));
        let (a, b) = (a.of, b.of);
        let mut differences = Differences::default();
        differences.value("in Rust", &a.name, &b.name);
        if is_other {
            differences.value("", &shown.0, &shown.1);
        }
        let default = |default: &Option<String>| default.clone().unwrap_or_else(|| "none".to_owned());
        differences.value("default", &default(&a.default), &default(&b.default));
        let verdict = if is_other || a.name != b.name {
            breaking("its setters have another name or take another type")
        } else {
            fine("its setters are as before")
        };
        if !differences.is_empty() {
            changes.push(change(at, place(&b.name), told(Kind::Changed), differences.text(), verdict));
        }
    }
    changes
}
