//! The parts of the document that belong to the client and not to one operation: its servers and its headers.

use document::pointer;
use document::{extensions, template};
use openapiv3::OpenAPI;

use super::context::Context;
use super::{security, tell_apart};
use crate::api::{Api, Server, ServerVariable};
use crate::names;

/// Returns the API without its operations and types.
pub(super) fn lower<'d>(context: &mut Context<'d>, schemes: &security::Schemes<'d>, document: &'d OpenAPI) -> Api {
    let given = |key: &str| extensions::text(&document.info.extensions, key).map(str::to_owned);
    let variable = |role: &str| format!("{}_{role}", names::value_name(&document.info.title).to_uppercase());
    let mut servers = context.servers(&document.servers, "");
    tell_apart::servers(&mut servers, &mut context.diagnostics);
    if servers.iter().any(Server::is_absolute) && servers.iter().any(|server| !server.is_absolute()) {
        context.warn("/servers", "a relative server stands beside one with an address: it is passed over");
    }
    Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        doc: document.info.description.clone(),
        crate_name: given(extensions::CRATE_NAME).map_or_else(
            || names::crate_name(&format!("{} client", document.info.title)),
            |name| names::crate_name(&name),
        ),
        servers,
        schemes: schemes.lowered(),
        security: schemes.default.clone(),
        token_variable: given(extensions::TOKEN_VARIABLE).unwrap_or_else(|| variable("TOKEN")),
        base_url_variable: given(extensions::BASE_URL_VARIABLE).unwrap_or_else(|| variable("BASE_URL")),
        client_headers: std::mem::take(&mut context.client_headers).into_values().collect(),
        incomplete_responses: extensions::flag(&document.info.extensions, extensions::INCOMPLETE_RESPONSES)
            .unwrap_or_default(),
        ..Api::default()
    }
}

impl<'d> Context<'d> {
    /// Returns the servers in the list of the object at the JSON pointer `owner`.
    pub(super) fn servers(&mut self, servers: &'d [openapiv3::Server], owner: &str) -> Vec<Server> {
        let server =
            |(index, server)| self.server(server, &pointer::below(owner, &["servers", &usize::to_string(&index)]));
        servers.iter().enumerate().map(server).collect()
    }

    fn server(&mut self, server: &'d openapiv3::Server, at: &str) -> Server {
        let declared = server.variables.iter().flatten();
        let mut variables: Vec<ServerVariable> = declared
            .filter(|(wire, _)| server.url.contains(&format!("{{{wire}}}")))
            .map(|(wire, variable)| ServerVariable {
                wire: wire.clone(),
                name: names::server_variable_name(wire),
                default: variable.default.clone(),
                values: variable.enumeration.clone(),
                doc: variable.description.clone(),
            })
            .collect();
        for wire in template::placeholders(&server.url) {
            if !variables.iter().any(|variable| variable.wire == wire) {
                self.warn(
                    at,
                    format!("`{{{wire}}}` of the URL is not among the variables of the server: a client has to set it"),
                );
                let (wire, name) = (wire.to_owned(), names::server_variable_name(wire));
                variables.push(ServerVariable { wire, name, default: String::new(), values: Vec::new(), doc: None });
            }
        }
        variables.sort_by(|a, b| a.wire.cmp(&b.wire));
        let mut lowered = Server {
            name: String::new(),
            url: server.url.trim_end_matches('/').to_owned(),
            variables,
            doc: server.description.clone(),
        };
        let given = extensions::text(&server.extensions, extensions::NAME);
        lowered.name = given.map_or_else(|| names::server_name(&lowered.filled()), names::variant_name);
        lowered
    }
}
