//! Structs: the fields, the table of their names on the wire, and constructors and setters for types that calls send.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::arguments::{inline, only_value, parameter, value};
use super::docs::{doc, with_values};
use super::file::File;
use super::prose::{code, said};
use super::tokens::{ident, literal};
use crate::files::{Chunk, Table};
use crate::names::{EXTRA, identifier};
use crate::rust::{Constructor, Field, Presence, Struct};

pub(super) fn chunks(file: &File<'_>, name: &str, type_doc: &TokenStream, of: &Struct<'_>) -> Vec<Chunk> {
    let mut chunks = vec![Chunk::Items(item(file, name, type_doc, of)), Chunk::Table(table(file, name, of))];
    if !of.constructors.is_empty() {
        chunks.push(Chunk::Items(functions(file, name, of)));
    }
    chunks
}

fn item(file: &File<'_>, name: &str, type_doc: &TokenStream, of: &Struct<'_>) -> TokenStream {
    let name = ident(name);
    let fields = of.fields.iter().map(|field| {
        let (doc, name, ty) = (field_doc(field), ident(&field.of.name), file.ty(&field.ty));
        quote!(#doc pub #name: #ty,)
    });
    let additional = of.additional.iter().map(|additional| {
        let (name, value) = (ident(additional.name), file.ty(&additional.value));
        quote! {
            /// The properties that the document does not name.
            pub #name: std::collections::BTreeMap<String, #value>,
        }
    });
    let (extra, extra_type) = (ident(EXTRA), file.runtime("Extra"));
    let extra_doc = doc(if of.is_received {
        "Fields that this model does not have, and values that do not match the type of their field."
    } else {
        "Fields that this model does not have, and values that replace those of its fields."
    });
    let default = of.is_default.then(|| quote!(, Default));
    // A caller may write a struct that it sends as a literal; one that it only receives may gain fields.
    let open = (!of.is_sent).then(|| quote!(#[non_exhaustive]));
    quote! {
        #type_doc
        #[derive(Debug, Clone, PartialEq #default)]
        #open
        pub struct #name {
            #(#fields)*
            #(#additional)*
            #extra_doc
            pub #extra: #extra_type,
        }
    }
}

fn table(file: &File<'_>, name: &str, of: &Struct<'_>) -> Table {
    let rows = |presence: Presence| {
        let fields = of.fields.iter().filter(move |field| field.presence == presence);
        // A field whose identifier is its name on the wire is named once.
        fields.map(|field| match identifier(&field.of.name) {
            name if name == field.of.wire => format!("{name},"),
            name => row(&name, &field.of.wire.as_str().into()),
        })
    };
    let mut table = Table::default();
    table.open(&format!("{}!", file.runtime("model")));
    table.open(name);
    table.block("required", rows(Presence::Required));
    table.block("expected", rows(Presence::Expected));
    table.block("optional", rows(Presence::Optional));
    table.block("nullable", rows(Presence::Nullable));
    let constants = of.constants.iter();
    table.block("constant", constants.map(|of| row(&literal(&of.field.wire.as_str().into()), &of.value)));
    if let Some(additional) = &of.additional {
        table.line(&format!("additional: {},", identifier(additional.name)));
    }
    table.close();
    table.close();
    table
}

fn row(name: &str, value: &Value) -> String {
    format!("{name}: {},", literal(value))
}

fn functions(file: &File<'_>, name: &str, of: &Struct<'_>) -> TokenStream {
    let name = ident(name);
    let constructors = of.constructors.iter().map(|one| constructor(file, of, one));
    let setters = of.fields.iter().map(setters(file));
    let extra = ident(EXTRA);
    quote! {
        impl #name {
            #(#constructors)*
            #(#setters)*

            /// Adds a field that this model does not have, or replaces the value of a field.
            pub fn #extra(mut self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
                self.#extra.insert(name, value);
                self
            }
        }
    }
}

/// Returns the fields that a constructor takes and those that it writes itself, in words.
fn created(of: &Struct<'_>, constructor: &Constructor<'_>) -> String {
    let listed = |words: Vec<String>| match &words[..] {
        [] => None,
        [only] => Some(only.clone()),
        [others @ .., last] => Some(format!("{} and {last}", others.join(", "))),
    };
    let given = listed(of.given(constructor).map(|field| code(&field.of.wire)).collect());
    let written = of.written(constructor);
    let written =
        listed(written.map(|(field, only)| format!("{} {}", code(&field.of.wire), code(&only.to_string()))).collect());
    match (given, written) {
        (None, None) => "Creates an empty value: every field is optional.".to_owned(),
        (Some(given), None) => format!("Creates a value from {given}."),
        (None, Some(written)) => format!("Creates a value with {written}."),
        (Some(given), Some(written)) => format!("Creates a value from {given}, with {written}."),
    }
}

fn constructor(file: &File<'_>, of: &Struct<'_>, constructor: &Constructor<'_>) -> TokenStream {
    let (doc, name) = (doc(&created(of, constructor)), ident(constructor.name));
    let arguments = of.given(constructor).map(|field| parameter(file, &field.argument));
    let given = of.given(constructor).map(|field| (field, value(&field.argument)));
    let written = of.written(constructor).map(|(field, only)| (field, only_value(&field.argument, only)));
    let values: Vec<TokenStream> = given
        .chain(written)
        .map(|(field, value)| {
            let name = ident(&field.of.name);
            if name == value.to_string() { value } else { quote!(#name: #value) }
        })
        .collect();
    let empty = file.runtime("empty");
    let made = if values.is_empty() { quote!(#empty()) } else { quote!(Self { #(#values,)* ..#empty() }) };
    let inline = inline(of.given(constructor).map(|field| &field.argument));
    quote! {
        #doc
        #inline
        pub fn #name(#(#arguments),*) -> Self {
            #made
        }
    }
}

fn setters(file: &File<'_>) -> impl Fn(&Field<'_>) -> Option<TokenStream> {
    |field| {
        let wire = code(&field.of.wire);
        let sets = match field.only {
            Some(only) => format!("Sets {wire} to {}, its only value.", code(&only.to_string())),
            None => format!("Sets {wire}."),
        };
        // An editor shows the doc comment of the setter beside its name, but not that of the field.
        let text = match said(field.of.doc.as_deref()) {
            Some(said) => format!("{sets}\n\n{said}"),
            None => sets,
        };
        let doc = doc(&with_values(&text, &field.of.limits, field.of.default.as_ref()));
        let deprecated = field.of.deprecated.then(|| quote!(#[deprecated]));
        let (name, setter) = (ident(&field.of.name), ident(field.setter.as_ref()?));
        let (argument, value) = match field.only {
            Some(only) => (None, only_value(&field.argument, only)),
            None => (Some(parameter(file, &field.argument)), value(&field.argument)),
        };
        let inline = inline(field.only.is_none().then_some(&field.argument));
        let clear = clear(field);
        Some(quote! {
            #doc
            #deprecated
            #inline
            pub fn #setter(mut self, #argument) -> Self {
                self.#name = #value;
                self
            }
            #clear
        })
    }
}

fn clear(field: &Field<'_>) -> Option<TokenStream> {
    let doc = doc(&format!("Sets {} to null.", code(&field.of.wire)));
    let (clear, name) = (ident(field.clear.as_ref()?), ident(&field.of.name));
    Some(quote! {
        #doc
        #[inline]
        pub fn #clear(mut self) -> Self {
            self.#name = Patch::Null;
            self
        }
    })
}

fn field_doc(field: &Field<'_>) -> TokenStream {
    let field = field.of;
    let wire = code(&field.wire);
    // A field without a description gets no text of its own: its name suffices.
    let said = said(field.doc.as_deref()).unwrap_or_default();
    let named = (field.name != field.wire).then(|| format!("On the wire: {wire}."));
    let text = [Some(said), named].into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    let mut text = with_values(&text, &field.limits, field.default.as_ref());
    if field.deprecated {
        text.push_str("\n\nDeprecated.");
    }
    if text.trim().is_empty() { TokenStream::new() } else { doc(&text) }
}
