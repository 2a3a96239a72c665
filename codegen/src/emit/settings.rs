//! `settings.rs`: what the runtime must know of the document, and the client's own methods.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{doc, file_doc};
use super::file::File;
use super::prose::{code, first_sentence, said, said_in_line};
use super::tokens::ident;
use crate::api::Credential;
use crate::files::Chunk;
use crate::rust::{Client, Crate, Header, Resource};

pub(super) fn file(of: &Crate<'_>) -> Vec<Chunk> {
    let file = File::outside_models(of);
    let file_doc = file_doc("The servers, the credential and the headers of the client.");
    let client = file.runtime("Client");
    let settings = settings(&file, of);
    let servers = servers(&file, &of.client);
    let headers: Vec<TokenStream> = of.client.headers.iter().map(|it| header(&file, it)).collect();
    let resources = of.resources.iter().map(accessor);
    let models = file.names_models().then(|| {
        quote!(
            use super::models;
        )
    });
    let all_resources = (!of.resources.is_empty()).then(|| {
        quote!(
            use super::resources;
        )
    });
    let runtime = file.runtime_imports();
    vec![Chunk::Items(quote! {
        #file_doc
        #models
        #all_resources
        #runtime
        #settings
        #servers
        #(#headers)*
        impl #client {
            #(#resources)*
        }
    })]
}

/// The method that leads to the operations of a tag.
fn accessor(resource: &Resource<'_>) -> TokenStream {
    let (module, name) = (ident(&resource.of.module), ident(&resource.of.name));
    let accessor = ident(&resource.accessor);
    let doc = doc(&match said(resource.of.doc.as_deref()) {
        Some(said) => first_sentence(&said),
        None => format!("The operations tagged {}.", code(&resource.of.tag)),
    });
    quote! {
        #doc
        pub fn #accessor(&self) -> resources::#module::#name<'_> {
            resources::#module::#name { client: self }
        }
    }
}

fn settings(file: &File<'_>, of: &Crate<'_>) -> TokenStream {
    let (api, server) = (of.api, of.client.default_server);
    let (settings, scheme) = (file.runtime("Settings"), file.runtime("Credential"));
    let credential = match &api.credential {
        Credential::Bearer => quote!(#scheme::Bearer),
        Credential::Basic => quote!(#scheme::Basic),
        Credential::Header(name) => quote!(#scheme::Header(#name)),
        Credential::Query(name) => quote!(#scheme::Query(#name)),
        Credential::Cookie(name) => quote!(#scheme::Cookie(#name)),
        Credential::None => quote!(#scheme::None),
    };
    let headers = api.client_headers.iter().map(|header| {
        let (name, default) = (&header.wire, header.default.as_deref().unwrap_or_default());
        quote!((#name, #default))
    });
    let (token, base_url) = (&api.token_variable, &api.base_url_variable);
    quote! {
        /// What the document says of the client as a whole.
        pub(crate) const SETTINGS: #settings = #settings {
            server: #server,
            credential: #credential,
            headers: &[#(#headers),*],
            token_variable: #token,
            base_url_variable: #base_url,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        };
    }
}

fn servers(file: &File<'_>, client: &Client<'_>) -> Option<TokenStream> {
    let servers = &client.servers;
    if servers.is_empty() {
        return None;
    }
    let builder = file.runtime("ClientBuilder");
    let variants = servers.iter().enumerate().map(|(index, server)| {
        let doc = doc(&match said_in_line(server.doc.as_deref()) {
            Some(said) => format!("{said} ({})", code(&server.url)),
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

        impl #builder {
            /// Sends every call to this server.
            pub fn server(self, server: Server) -> Self {
                self.base_url(server.url())
            }
        }
    })
}

/// The setters of a header that belongs to the client: for all calls, and for one.
fn header(file: &File<'_>, header: &Header<'_>) -> TokenStream {
    let of = header.of;
    let (wire, name) = (&of.wire, ident(&of.name));
    let argument = file.ty(&header.argument);
    let (builder, operation, request) =
        (file.runtime("ClientBuilder"), file.runtime("Operation"), file.runtime("Request"));
    let text = if header.is_text { quote!(as_str()) } else { quote!(to_string()) };
    let said = said_in_line(of.doc.as_deref()).unwrap_or_else(|| format!("Sets the header {}", code(wire)));
    let (every, one) = (doc(&format!("{said} of every call.")), doc(&format!("{said} of this call.")));
    quote! {
        impl #builder {
            #every
            pub fn #name(self, #name: #argument) -> Self {
                self.header(#wire, #name.into().#text)
            }
        }

        impl<Op: #operation> #request<Op> {
            #one
            pub fn #name(self, #name: #argument) -> Self {
                self.header(#wire, #name.into().#text)
            }
        }
    }
}
