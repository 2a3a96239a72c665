//! The enum for the responses of an operation with more than one kind of success.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::doc;
use super::file::File;
use super::prose::code;
use super::tokens::ident;
use crate::api::Type;
use crate::rust::{self, Operation, Response};

/// Returns the enum and its decoding; none for an operation with one kind of success.
pub(super) fn responses(file: &File<'_>, operation: &Operation<'_>) -> Option<TokenStream> {
    let rust::Type::Responses(name) = operation.output else { return None };
    let doc_text = doc(&format!("The responses of {}, by status.", code(&operation.of.name)));
    let name = ident(name);
    let variants = operation.responses.iter().map(|response| {
        let doc = doc(&format!("Status {}.", response.of.status));
        let variant = ident(&response.of.name);
        let payload = response.ty.as_ref().map(|ty| {
            let ty = file.ty(ty);
            quote!((#ty))
        });
        quote!(#doc #variant #payload,)
    });
    let arms = operation.responses.iter().map(arm);
    Some(quote! {
        #doc_text
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }

        impl ResponseKind for #name {
            type Output = Self;

            #[inline]
            fn read(reply: &mut Reply) -> Result<Decoded<Self>, DecodeError> {
                match reply.status() {
                    #(#arms)*
                    status => Err(DecodeError::undocumented_status(status)),
                }
            }
        }
    })
}

fn arm(response: &Response<'_>) -> TokenStream {
    let variant = ident(&response.of.name);
    let (first, last) = response.of.status.range();
    let (from, to) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
    let pattern = if first == last { quote!(#from) } else { quote!(#from..=#to) };
    let decoded = match (&response.of.ty, response.of.text) {
        (None, _) => quote!(Ok(Decoded::new(Self::#variant))),
        (Some(Type::Bytes), _) => quote!(Ok(Decoded::new(Self::#variant(reply.body().clone())))),
        (Some(_), true) => quote!(Ok(Decoded::new(Self::#variant(reply.text())))),
        (Some(_), false) => quote!(decode(reply.body()).map(|decoded| decoded.map(Self::#variant))),
    };
    quote!(#pattern => #decoded,)
}
