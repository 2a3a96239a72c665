//! `settings.rs`: what the runtime must know of the document, and the client's own methods.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{code, doc, file_doc, first_sentence, said};
use super::types::{self, ident, rust_type};
use crate::api::{Api, ClientHeader, Credential, Server, Shape, Type};
use crate::files::Chunk;
use crate::names;

pub(super) fn file(api: &Api) -> Vec<Chunk> {
    let file_doc = file_doc("The servers, the credential and the headers of the client.");
    let imports = imports(api);
    let settings = settings(api);
    let servers = servers(api);
    let headers = api.client_headers.iter().map(|header| client_header(api, header));
    let resources = api.resources.iter().map(|resource| {
        let (module, name) = (ident(&resource.module), ident(&resource.name));
        let accessor = ident(&names::accessor_name(&resource.module));
        let doc = doc(&match said(resource.doc.as_deref()) {
            Some(said) => first_sentence(&said).to_owned(),
            None => format!("The operations tagged {}.", code(&resource.tag)),
        });
        quote! {
            #doc
            pub fn #accessor(&self) -> resources::#module::#name<'_> {
                resources::#module::#name { client: self }
            }
        }
    });
    vec![Chunk::Items(quote! {
        #file_doc
        #imports
        #settings
        #servers
        #(#headers)*
        impl Client {
            #(#resources)*
        }
    })]
}

fn imports(api: &Api) -> TokenStream {
    let models = api.client_headers.iter().any(|header| matches!(header.ty, Type::Named(_)));
    let models = models.then(|| {
        quote!(
            use super::models;
        )
    });
    let resources = (!api.resources.is_empty()).then(|| {
        quote!(
            use super::resources;
        )
    });
    let builder = has_servers(api) || !api.client_headers.is_empty();
    let builder = builder.then(|| quote!(ClientBuilder,));
    let request = (!api.client_headers.is_empty()).then(|| quote!(Operation, Request,));
    quote! {
        #models
        #resources
        use crate::runtime::{Client, #builder Credential, #request Settings};
    }
}

/// Whether the document names a server that a client can reach: a relative address says only where the document was found.
pub(super) fn has_servers(api: &Api) -> bool {
    api.servers.iter().any(is_listed)
}

/// Whether a server has a variant: one that is only a path has no address.
pub(super) fn is_listed(server: &Server) -> bool {
    server.url.contains("://")
}

fn settings(api: &Api) -> TokenStream {
    let server =
        api.servers.first().map(|server| server.url.as_str()).filter(|url| url.contains("://")).unwrap_or_default();
    let credential = match &api.credential {
        Credential::Bearer => quote!(Credential::Bearer),
        Credential::Basic => quote!(Credential::Basic),
        Credential::Header(name) => quote!(Credential::Header(#name)),
        Credential::Query(name) => quote!(Credential::Query(#name)),
        Credential::Cookie(name) => quote!(Credential::Cookie(#name)),
        Credential::None => quote!(Credential::None),
    };
    let headers = api.client_headers.iter().map(|header| {
        let (name, default) = (&header.wire, header.default.as_deref().unwrap_or_default());
        quote!((#name, #default))
    });
    let (token, base_url) = (&api.token_variable, &api.base_url_variable);
    quote! {
        /// What the document says of the client as a whole.
        pub(crate) const SETTINGS: Settings = Settings {
            server: #server,
            credential: #credential,
            headers: &[#(#headers),*],
            token_variable: #token,
            base_url_variable: #base_url,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        };
    }
}

fn servers(api: &Api) -> Option<TokenStream> {
    let servers: Vec<_> = api.servers.iter().filter(|server| is_listed(server)).collect();
    if !has_servers(api) {
        return None;
    }
    let variants = servers.iter().enumerate().map(|(index, server)| {
        let doc = doc(&match said(server.doc.as_deref()) {
            Some(said) => format!("{} ({})", said.trim(), code(&server.url)),
            None => format!("{}.", code(&server.url)),
        });
        let default = (index == 0).then(|| quote!(#[default]));
        let name = ident(&server.name);
        quote!(#doc #default #name,)
    });
    let urls = servers.iter().map(|server| {
        let (name, url) = (ident(&server.name), &server.url);
        quote!(Self::#name => #url,)
    });
    Some(quote! {
        /// A server of the document.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Server {
            #(#variants)*
        }

        impl Server {
            /// The address that every path is appended to.
            pub const fn url(self) -> &'static str {
                match self { #(#urls)* }
            }
        }

        impl ClientBuilder {
            /// Sends every call to this server.
            pub fn server(self, server: Server) -> Self {
                self.base_url(server.url())
            }
        }
    })
}

/// The setters of a header that belongs to the client: for all calls, and for one.
fn client_header(api: &Api, header: &ClientHeader) -> TokenStream {
    let (wire, name) = (&header.wire, ident(&header.name));
    let ty = rust_type(api, &header.ty, types::From::Elsewhere);
    let text = match api.resolve(&header.ty) {
        Type::String => quote!(#name.into().as_str()),
        Type::Named(id) if matches!(api.type_def(*id).shape, Shape::StringEnum(_)) => quote!(#name.into().as_str()),
        _ => quote!(&#name.into().to_string()),
    };
    let said = said(header.doc.as_deref()).unwrap_or_else(|| format!("Sets the header {}", code(wire)));
    let (every, one) = (doc(&format!("{said} of every call.")), doc(&format!("{said} of this call.")));
    quote! {
        impl ClientBuilder {
            #every
            pub fn #name(self, #name: impl Into<#ty>) -> Self {
                self.client_header(#wire, #text)
            }
        }

        impl<Op: Operation> Request<Op> {
            #one
            pub fn #name(self, #name: impl Into<#ty>) -> Self {
                self.header(#wire, #text)
            }
        }
    }
}
