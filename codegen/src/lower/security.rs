//! Security: the schemes that operations require, and the credentials that a call carries.

use document::diagnostic::Diagnostic;
use openapiv3::{APIKeyLocation, OpenAPI, ReferenceOr, SecurityRequirement};

use super::context::Context;
use super::source::Source;
use crate::api::{self, Credential, Requirement};
use crate::names;

/// The HTTP schemes in which the server sends a challenge, so that a token alone is no credential.
const CHALLENGES: &[&str] = &["digest", "hoba", "mutual", "negotiate", "ntlm", "scram-sha-1", "scram-sha-256", "dpop"];

/// The supported schemes that the document or an operation requires, those of the document first. The token of the
/// client belongs to the first.
pub(super) struct Schemes<'d> {
    supported: Vec<(&'d str, Credential, Option<&'d str>)>,
    /// The requirements of a call to an operation that is not in the document.
    pub(super) default: Vec<Requirement>,
}

impl<'d> Schemes<'d> {
    pub(super) fn of(context: &Context<'d>, sources: &[Source<'d>], document: &'d OpenAPI) -> Self {
        let everywhere = document.security.iter().flatten();
        let somewhere = sources.iter().flat_map(|source| source.operation.security.iter().flatten());
        let mut supported: Vec<(&str, Credential, Option<&str>)> = Vec::new();
        for name in everywhere.chain(somewhere).flat_map(|requirement| requirement.keys()) {
            if supported.iter().any(|(known, ..)| known == name) {
                continue;
            }
            // `document` has put the scheme in place of a reference.
            let Some(ReferenceOr::Item(scheme)) = context.components.security_schemes.get(name) else { continue };
            if let Some((credential, doc)) = credential(scheme) {
                supported.push((name, credential, doc));
            }
        }
        let mut schemes = Self { supported, default: Vec::new() };
        schemes.default = match document.security.as_deref().unwrap_or_default() {
            [] => schemes.supported.iter().take(1).map(|(name, ..)| vec![(*name).to_owned()]).collect(),
            requirements => schemes.requirements(requirements).0,
        };
        schemes
    }

    pub(super) fn lowered(&self) -> Vec<api::SecurityScheme> {
        let scheme = |(wire, credential, doc): &(&str, Credential, Option<&str>)| api::SecurityScheme {
            wire: (*wire).to_owned(),
            name: names::credential_name(wire),
            credential: credential.clone(),
            doc: doc.map(str::to_owned),
        };
        self.supported.iter().map(scheme).collect()
    }

    /// Returns the requirements of an operation, and warns of a scheme that is not supported.
    pub(super) fn of_operation(
        &self,
        source: &Source<'d>,
        document: &'d OpenAPI,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Requirement> {
        let requirements = source.operation.security.as_ref().or(document.security.as_ref());
        let (met, unsupported) = self.requirements(requirements.map_or(&[], Vec::as_slice));
        if let Some(name) = unsupported {
            let message = format!("the security scheme `{name}` is not supported: no credential is sent for it");
            let help = "set its header on the call, or give the client an HTTP client that proves itself";
            diagnostics.push(Diagnostic::warning(source.at(&["security"]), message).help(help));
        }
        met
    }

    /// Returns the requirements that can be met. If there are none, returns the supported schemes of each requirement,
    /// and a scheme that is not supported.
    fn requirements(&self, all: &'d [SecurityRequirement]) -> (Vec<Requirement>, Option<&'d str>) {
        let is_supported = |name: &&String| self.supported.iter().any(|(known, ..)| known == *name);
        let whole = all.iter().filter(|requirement| requirement.keys().all(|name| is_supported(&name)));
        let whole: Vec<Requirement> = whole.map(|requirement| requirement.keys().cloned().collect()).collect();
        if !whole.is_empty() || all.is_empty() {
            return (whole, None);
        }
        let partly = all.iter().map(|requirement| requirement.keys().filter(is_supported).cloned().collect());
        let unsupported = all.iter().flat_map(|requirement| requirement.keys()).find(|name| !is_supported(name));
        (partly.collect(), unsupported.map(String::as_str))
    }
}

/// Returns the credential for a scheme, and the scheme's description; none if the scheme is not supported.
fn credential(scheme: &openapiv3::SecurityScheme) -> Option<(Credential, Option<&str>)> {
    use openapiv3::SecurityScheme::{APIKey, HTTP, OAuth2, OpenIDConnect};
    let (credential, description) = match scheme {
        HTTP { scheme, description, .. } => {
            let credential = match scheme.to_ascii_lowercase().as_str() {
                "bearer" => Credential::Bearer,
                "basic" => Credential::Basic,
                other if CHALLENGES.contains(&other) => return None,
                _ => Credential::Authorization(scheme.clone()),
            };
            (credential, description)
        }
        APIKey { location, name, description, .. } => {
            let credential = match location {
                APIKeyLocation::Header => Credential::Header(name.clone()),
                APIKeyLocation::Query => Credential::Query(name.clone()),
                APIKeyLocation::Cookie => Credential::Cookie(name.clone()),
            };
            (credential, description)
        }
        // Both end in a bearer token, whichever way the user obtains it.
        OAuth2 { description, .. } | OpenIDConnect { description, .. } => (Credential::Bearer, description),
    };
    Some((credential, description.as_deref()))
}
