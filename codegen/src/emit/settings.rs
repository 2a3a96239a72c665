//! `settings.rs`: the settings of the client that the document defines, and the client's methods that return resources.

use proc_macro2::TokenStream;
use quote::quote;

use super::credentials::{credential_setter, scheme_info, security};
use super::docs::{doc, file_doc};
use super::file::File;
use super::prose::{code, first_sentence, said};
use super::servers::{server_info, servers, variable_setter};
use super::tokens::ident;
use crate::files::Chunk;
use crate::rust::{Client, Crate, Header, Resource};

pub(super) fn file(of: &Crate<'_>) -> Vec<Chunk> {
    let file = File::outside_models(of);
    let file_doc =
        file_doc("The settings of the client that the document defines, and the methods that return its operations.");
    let client = file.runtime("Client");
    let settings = settings(&file, of);
    let servers = servers(&file, &of.client);
    let credentials = builder_setters(&file, &of.client);
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
        #credentials
        #(#headers)*
        impl #client {
            #(#resources)*
        }
    })]
}

/// Returns the method that returns the operations of a tag.
fn accessor(resource: &Resource<'_>) -> TokenStream {
    let (module, name) = (ident(&resource.of.module), ident(&resource.of.name));
    let accessor = ident(&resource.accessor);
    let returns = format!("Returns the operations of the tag {}.", code(&resource.of.tag));
    let doc = doc(&match said(resource.of.doc.as_deref()) {
        Some(said) => format!("{returns}\n\n{}", first_sentence(&said)),
        None => returns,
    });
    quote! {
        #doc
        pub fn #accessor(&self) -> resources::#module::#name<'_> {
            resources::#module::#name { client: self }
        }
    }
}

fn settings(file: &File<'_>, of: &Crate<'_>) -> TokenStream {
    let api = of.api;
    let (settings, info) = (file.runtime("Settings"), file.runtime("ServerInfo"));
    let server = of.client.default_server.map_or_else(|| quote!(#info::new("")), |server| server_info(&info, server));
    let schemes = api.schemes.iter().map(|scheme| scheme_info(file, scheme));
    let security = security(&api.security);
    let headers = api.client_headers.iter().map(|header| {
        let (name, default) = (&header.wire, header.default.as_deref().unwrap_or_default());
        quote!((#name, #default))
    });
    let (token, base_url) = (&api.token_variable, &api.base_url_variable);
    quote! {
        /// The document's default server, security schemes and headers.
        pub(crate) const SETTINGS: #settings = #settings {
            server: #server,
            schemes: &[#(#schemes),*],
            security: #security,
            headers: &[#(#headers),*],
            token_variable: #token,
            base_url_variable: #base_url,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        };
    }
}

/// Returns the setters of credentials, and of variables in the URLs of servers.
fn builder_setters(file: &File<'_>, client: &Client<'_>) -> Option<TokenStream> {
    if client.credentials.is_empty() && client.variables.is_empty() {
        return None;
    }
    let builder = file.runtime("ClientBuilder");
    let credentials = client.credentials.iter().map(credential_setter);
    let variables = client.variables.iter().map(|variable| variable_setter(variable));
    Some(quote! {
        impl #builder {
            #(#credentials)*
            #(#variables)*
        }
    })
}

/// Returns the setters of a header that belongs to the client: one for all calls, and one for a single call.
fn header(file: &File<'_>, header: &Header<'_>) -> TokenStream {
    let of = header.of;
    let (wire, name) = (&of.wire, ident(&of.name));
    let argument = file.ty(&header.argument);
    let (builder, operation, request) =
        (file.runtime("ClientBuilder"), file.runtime("Operation"), file.runtime("Request"));
    let text = if header.is_text { quote!(as_str()) } else { quote!(to_string()) };
    let sets = |of: &str| format!("Sets the header {} of {of}.", code(wire));
    let said = said(of.doc.as_deref()).map(|said| format!("\n\n{said}")).unwrap_or_default();
    let (every, one) = (doc(&(sets("every request") + &said)), doc(&(sets("this request") + &said)));
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
