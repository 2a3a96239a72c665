//! What the client as a whole takes from the document: servers, credential, headers of its own.

use std::collections::BTreeMap;

use openapiv3::{APIKeyLocation, OpenAPI, ReferenceOr, SecurityRequirement, SecurityScheme};
use serde_json::Value;

use super::parameter::client_parameters;
use super::resource::sources;
use super::view::{Node, View};
use super::{Context, Spot};
use crate::api::{Api, ClientHeader, Credential, Resource, Server};
use crate::names;
use crate::pointer;

/// The API, but for its types.
pub(super) fn lower<'d>(context: &mut Context<'d>, document: &'d OpenAPI, resources: Vec<Resource>) -> Api {
    let given = |key: &str| document.info.extensions.get(key).and_then(Value::as_str).map(str::to_owned);
    let variable = |role: &str| format!("{}_{role}", names::value_name(&document.info.title).to_uppercase());
    Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        doc: document.info.description.clone(),
        crate_name: given("x-crate-name").map_or_else(
            || names::crate_name(&format!("{} client", document.info.title)),
            |name| names::crate_name(&name),
        ),
        servers: document.servers.iter().map(server).collect(),
        credential: credential(context, document),
        token_variable: given("x-token-variable").unwrap_or_else(|| variable("TOKEN")),
        base_url_variable: given("x-base-url-variable").unwrap_or_else(|| variable("BASE_URL")),
        client_headers: client_headers(context, document),
        resources,
        types: Vec::new(),
    }
}

fn server(server: &openapiv3::Server) -> Server {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    let given = server.extensions.get("x-rust-name").and_then(Value::as_str);
    Server {
        name: given.map_or_else(|| names::server_name(&url), names::variant_name),
        url: url.trim_end_matches('/').to_owned(),
        doc: server.description.clone(),
    }
}

/// The first scheme that the document asks for, or else the first that any operation does.
fn credential(context: &mut Context<'_>, document: &OpenAPI) -> Credential {
    let everywhere = document.security.iter().flatten();
    let somewhere = document.paths.iter().filter_map(|(_, item)| item.as_item()).flat_map(|item| {
        item.iter()
            .flat_map(|(_, operation)| operation.security.iter().flatten())
            .collect::<Vec<&SecurityRequirement>>()
    });
    let names: Vec<&String> = everywhere.chain(somewhere).flat_map(|requirement| requirement.keys()).collect();
    let mut unsupported = None;
    for name in names {
        let Some(ReferenceOr::Item(scheme)) = context.components.security_schemes.get(name) else { continue };
        match supported(scheme) {
            Some(credential) => return credential,
            None => unsupported = Some(name),
        }
    }
    if let Some(name) = unsupported {
        let at = pointer::below("/components/securitySchemes", &[name]);
        context.warn(&at, "this scheme is not supported: set its header on the client");
    }
    Credential::None
}

fn supported(scheme: &SecurityScheme) -> Option<Credential> {
    match scheme {
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => Some(Credential::Bearer),
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => Some(Credential::Basic),
        SecurityScheme::HTTP { .. } => None,
        SecurityScheme::APIKey { location, name, .. } => Some(match location {
            APIKeyLocation::Header => Credential::Header(name.clone()),
            APIKeyLocation::Query => Credential::Query(name.clone()),
            APIKeyLocation::Cookie => Credential::Cookie(name.clone()),
        }),
        // Both end in a bearer token, however the user came by it.
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => Some(Credential::Bearer),
    }
}

fn client_headers<'d>(context: &mut Context<'d>, document: &'d OpenAPI) -> Vec<ClientHeader> {
    let mut headers: BTreeMap<&'d str, ClientHeader> = BTreeMap::new();
    for source in sources(context, document) {
        for (data, at) in client_parameters(context, &source) {
            if headers.contains_key(data.name.as_str()) {
                continue;
            }
            let openapiv3::ParameterSchemaOrContent::Schema(schema) = &data.format else { continue };
            let node = Node::from(schema);
            let spot = Spot::inline(names::type_name(&data.name), pointer::below(&at, &["schema"]));
            let ty = context.schema(node, &spot).ty;
            let header = ClientHeader {
                wire: data.name.clone(),
                name: names::client_header_name(&data.name),
                ty,
                default: default_text(context, node, &spot.pointer),
                doc: data.description.clone(),
            };
            headers.insert(&data.name, header);
        }
    }
    headers.into_values().collect()
}

fn default_text(context: &mut Context<'_>, node: Node<'_>, at: &str) -> Option<String> {
    let schema = match node {
        Node::Schema(schema) => schema,
        Node::Reference(reference) => context.resolve(reference, at)?.1,
    };
    match View::of(schema).data.default.as_ref()? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
