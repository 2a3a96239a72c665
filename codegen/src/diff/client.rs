//! What all calls share: servers, credential, headers.

use super::pairs::{Pair, Pairs};
use super::side::Side;
use super::words::{Differences, code};
use super::{Change, Kind, Section, Subject, breaking, change, fine};
use crate::api::{Api, ClientHeader, Credential, Server};
use crate::emit;
use crate::emit::surface;

pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let mut changes = servers(pair.old.api, pair.new.api);
    changes.extend(credential(pair.old.api, pair.new.api));
    changes.extend(headers(pair));
    changes
}

/// The servers that have a variant.
fn listed(api: &Api) -> Vec<&Server> {
    api.servers.iter().filter(|server| emit::is_listed(server)).collect()
}

fn servers(old: &Api, new: &Api) -> Vec<Change> {
    let (a, b) = (listed(old), listed(new));
    let pairs = Pairs::of(a.len(), b.len())
        .by(|index| a.get(index).map(|server| &server.name), |index| b.get(index).map(|server| &server.name))
        .by(|index| a.get(index).map(|server| &server.url), |index| b.get(index).map(|server| &server.url));
    let place = |server: &Server| format!("Server::{}", surface::name_text(&server.name));
    let told = |kind| (Subject::Server, kind);
    let at = &Section::Client;
    let mut changes = Vec::new();
    for server in pairs.removed.iter().filter_map(|index| a.get(*index)) {
        let verdict = breaking("the variant is gone");
        changes.push(change(at, place(server), told(Kind::Removed), code(&server.url), verdict));
    }
    for server in pairs.added.iter().filter_map(|index| b.get(*index)) {
        let verdict = fine("the enum is open: every `match` has an arm for what is new");
        changes.push(change(at, place(server), told(Kind::Added), code(&server.url), verdict));
    }
    for (old_index, new_index) in pairs.both {
        let (Some(a), Some(b)) = (a.get(old_index), b.get(new_index)) else { continue };
        if a.name != b.name {
            let detail = format!("was {}", code(&place(a)));
            changes.push(change(at, place(b), told(Kind::Renamed), detail, breaking("the variant has another name")));
        }
        let mut differences = Differences::default();
        differences.value("", &a.url, &b.url);
        if old_index != 0 && new_index == 0 {
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
    let shown = |credential: &Credential| match credential {
        Credential::Bearer => "Authorization: Bearer".to_owned(),
        Credential::Basic => "Authorization: Basic".to_owned(),
        Credential::Header(name) => format!("header {name}"),
        Credential::Query(name) => format!("query {name}"),
        Credential::Cookie(name) => format!("cookie {name}"),
        Credential::None => "none".to_owned(),
    };
    let mut differences = Differences::default();
    differences.value("", &shown(&old.credential), &shown(&new.credential));
    differences.value("read from", &old.token_variable, &new.token_variable);
    differences.value("its server from", &old.base_url_variable, &new.base_url_variable);
    let told = (Subject::Credential, Kind::Changed);
    let verdict = fine("a client is built as before; whether the server takes the credential is another matter");
    (!differences.is_empty()).then(|| change(&Section::Client, "Client", told, differences.text(), verdict))
}

fn headers(pair: &Pair<'_>) -> Vec<Change> {
    let (a, b) = (&pair.old.api.client_headers, &pair.new.api.client_headers);
    let wire =
        |headers: &[ClientHeader], index: usize| headers.get(index).map(|header| header.wire.to_ascii_lowercase());
    let pairs = Pairs::of(a.len(), b.len()).by(|index| wire(a, index), |index| wire(b, index));
    let place = |name: &str| format!("ClientBuilder::{}", surface::name_text(name));
    let told = |kind| (Subject::Header, kind);
    let at = &Section::Client;
    let mut changes = Vec::new();
    for header in pairs.removed.iter().filter_map(|index| a.get(*index)) {
        let verdict = breaking("its setters on the client and on each call are gone");
        changes.push(change(at, place(&header.name), told(Kind::Removed), code(&header.wire), verdict));
    }
    for header in pairs.added.iter().filter_map(|index| b.get(*index)) {
        let verdict = fine("a client may leave it as it is");
        changes.push(change(at, place(&header.name), told(Kind::Added), code(&header.wire), verdict));
    }
    for (old_index, new_index) in pairs.both {
        let (Some(a), Some(b)) = (a.get(old_index), b.get(new_index)) else { continue };
        let ty = |side: &Side<'_>, index: usize| {
            side.words.client_headers.get(index).map(|header| surface::type_text(&side.words, &header.ty))
        };
        let is_other = ty(&pair.old, old_index) != ty(&pair.new, new_index);
        let mut differences = Differences::default();
        differences.value("in Rust", &a.name, &b.name);
        if is_other {
            let shown = (surface::type_text(pair.old.api, &a.ty), surface::type_text(pair.new.api, &b.ty));
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
