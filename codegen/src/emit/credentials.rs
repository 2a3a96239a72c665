//! Credentials: the security schemes, the security requirements of operations, and the setters of credentials.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::doc;
use super::file::File;
use super::prose::{code, said};
use super::tokens::ident;
use crate::api::{Credential, Requirement, SecurityScheme};

/// Returns a security scheme as an expression for the runtime.
pub(super) fn scheme_info(file: &File<'_>, scheme: &SecurityScheme) -> TokenStream {
    let (info, credential) = (file.runtime("SecurityScheme"), file.runtime("Credential"));
    let name = &scheme.wire;
    let credential = match &scheme.credential {
        Credential::Bearer => quote!(#credential::Bearer),
        Credential::Authorization(scheme) => quote!(#credential::Authorization(#scheme)),
        Credential::Basic => quote!(#credential::Basic),
        Credential::Header(name) => quote!(#credential::Header(#name)),
        Credential::Query(name) => quote!(#credential::Query(#name)),
        Credential::Cookie(name) => quote!(#credential::Cookie(#name)),
    };
    quote!(#info { name: #name, credential: #credential })
}

pub(super) fn security(requirements: &[Requirement]) -> TokenStream {
    let requirements = requirements.iter().map(|names| quote!(&[#(#names),*]));
    quote!(&[#(#requirements),*])
}

pub(super) fn credential_setter(scheme: &SecurityScheme) -> TokenStream {
    let (wire, name) = (&scheme.wire, ident(&scheme.name));
    let carried = match &scheme.credential {
        Credential::Bearer => "`Authorization: Bearer`".to_owned(),
        Credential::Basic => "`Authorization: Basic`".to_owned(),
        Credential::Authorization(scheme) => code(&format!("Authorization: {scheme}")),
        Credential::Header(name) => format!("the header {}", code(name)),
        Credential::Query(name) => format!("the query parameter {}", code(name)),
        Credential::Cookie(name) => format!("the cookie {}", code(name)),
    };
    let mut text = format!("Sets the credential of the security scheme {}, which {carried} carries.", code(wire));
    if let Some(said) = said(scheme.doc.as_deref()) {
        text = format!("{text}\n\n{said}");
    }
    let doc = doc(&text);
    match scheme.credential {
        Credential::Basic => quote! {
            #doc
            pub fn #name(self, user: impl Into<String>, password: impl Into<String>) -> Self {
                self.credential(#wire, format!("{}:{}", user.into(), password.into()))
            }
        },
        _ => quote! {
            #doc
            pub fn #name(self, credential: impl Into<String>) -> Self {
                self.credential(#wire, credential)
            }
        },
    }
}
