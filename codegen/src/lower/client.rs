//! What the client as a whole takes from the document: servers, credential, headers of its own.

use openapiv3::{APIKeyLocation, OpenAPI, ReferenceOr, SecurityScheme};

use super::context::Context;
use super::source::Source;
use super::tell_apart;
use crate::api::{Api, Credential, Server};
use crate::document::extensions;
use crate::names;
use crate::pointer;

/// The API, but for its operations and types.
pub(super) fn lower<'d>(context: &mut Context<'d>, sources: &[Source<'d>], document: &'d OpenAPI) -> Api {
    let given = |key: &str| extensions::text(&document.info.extensions, key).map(str::to_owned);
    let variable = |role: &str| format!("{}_{role}", names::value_name(&document.info.title).to_uppercase());
    let mut servers = document.servers.iter().map(server).collect();
    tell_apart::servers(&mut servers, &mut context.diagnostics);
    Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        doc: document.info.description.clone(),
        crate_name: given(extensions::CRATE_NAME).map_or_else(
            || names::crate_name(&format!("{} client", document.info.title)),
            |name| names::crate_name(&name),
        ),
        servers,
        credential: credential(context, sources, document),
        token_variable: given(extensions::TOKEN_VARIABLE).unwrap_or_else(|| variable("TOKEN")),
        base_url_variable: given(extensions::BASE_URL_VARIABLE).unwrap_or_else(|| variable("BASE_URL")),
        client_headers: std::mem::take(&mut context.client_headers).into_values().collect(),
        incomplete_answers: extensions::flag(&document.info.extensions, extensions::INCOMPLETE_ANSWERS)
            .unwrap_or_default(),
        ..Api::default()
    }
}

fn server(server: &openapiv3::Server) -> Server {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    let given = extensions::text(&server.extensions, extensions::NAME);
    Server {
        name: given.map_or_else(|| names::server_name(&url), names::variant_name),
        url: url.trim_end_matches('/').to_owned(),
        doc: server.description.clone(),
    }
}

/// The first scheme that the document asks for, or else the first that any operation does.
fn credential(context: &mut Context<'_>, sources: &[Source<'_>], document: &OpenAPI) -> Credential {
    let everywhere = document.security.iter().flatten();
    let somewhere = sources.iter().flat_map(|source| source.operation.security.iter().flatten());
    let names = everywhere.chain(somewhere).flat_map(|requirement| requirement.keys());
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
