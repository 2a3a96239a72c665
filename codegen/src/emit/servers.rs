//! Servers: the enum of the document's servers, and the setters of the variables in their URLs.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::doc;
use super::file::File;
use super::prose::{code, said, said_in_line};
use super::tokens::ident;
use crate::api::{Server, ServerVariable};
use crate::rust::Client;

/// Returns a server as an expression for the runtime; `info` is the name of its type.
pub(super) fn server_info(info: &Ident, server: &Server) -> TokenStream {
    let url = &server.url;
    if server.variables.is_empty() {
        return quote!(#info::new(#url));
    }
    let variables = server.variables.iter().map(|ServerVariable { wire, default, .. }| quote!((#wire, #default)));
    quote!(#info { url: #url, variables: &[#(#variables),*] })
}

pub(super) fn servers(file: &File<'_>, client: &Client<'_>) -> Option<TokenStream> {
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
        let (name, url) = (ident(&server.name), server.filled());
        quote!(Self::#name => #url,)
    });
    let has_variables = servers.iter().any(|server| !server.variables.is_empty());
    let (info, set) = if has_variables {
        let info = file.runtime("ServerInfo");
        let infos = servers.iter().map(|server| {
            let (name, info) = (ident(&server.name), server_info(&info, server));
            quote!(Self::#name => #info,)
        });
        let function = quote! {
            const fn info(self) -> #info {
                match self { #(#infos)* }
            }
        };
        (Some(function), quote!(self.documented_server(server.info())))
    } else {
        (None, quote!(self.base_url(server.url())))
    };
    let address = if has_variables {
        "Returns the URL of the server, with the defaults of its variables."
    } else {
        "Returns the URL of the server."
    };
    let address = doc(address);
    Some(quote! {
        /// A server of the document.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Server {
            #(#variants)*
        }

        impl Server {
            #address
            pub const fn url(self) -> &'static str {
                match self { #(#urls)* }
            }

            #info
        }

        impl #builder {
            /// Sends requests to this server.
            pub fn server(self, server: Server) -> Self {
                #set
            }
        }
    })
}

pub(super) fn variable_setter(variable: &ServerVariable) -> TokenStream {
    let (wire, name) = (&variable.wire, ident(&variable.name));
    let mut text = format!("Sets {} in the URL of the server", code(&format!("{{{wire}}}")));
    text.push_str(&match variable.default.as_str() {
        "" => ".".to_owned(),
        default => format!("; {} by default.", code(default)),
    });
    if !variable.values.is_empty() {
        let values: Vec<String> = variable.values.iter().map(|value| code(value)).collect();
        text.push_str(&format!(" One of {}.", values.join(", ")));
    }
    if let Some(said) = said(variable.doc.as_deref()) {
        text = format!("{text}\n\n{said}");
    }
    let doc = doc(&text);
    quote! {
        #doc
        pub fn #name(self, value: impl Into<String>) -> Self {
            self.server_variable(#wire, value)
        }
    }
}
