//! Models: a plain struct, the table of its wire names, and for what a call sends a constructor and setters.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::{code, doc, said, with_values};
use super::types::{From, argument, ident, rust_type};
use crate::api::{Api, Field, Model, Type, TypeDef, TypeId};
use crate::files::{Chunk, Table};
use crate::names::EXTRA;
use crate::usage::Usage;

pub(super) fn chunks(api: &Api, usage: &Usage, id: TypeId, type_doc: TokenStream, model: &Model) -> Vec<Chunk> {
    let of = ModelOf::new(api, usage, id, model);
    let mut chunks = vec![Chunk::Items(of.item(&type_doc)), Chunk::Table(of.table())];
    if usage.is_sent(id) {
        chunks.push(Chunk::Items(of.functions()));
    }
    chunks
}

/// How a field holds its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// Always there.
    Required,
    /// There or not.
    Optional,
    /// There, null or not there, which a request must tell apart.
    Nullable,
}

impl Presence {
    /// That of a field of `owner`.
    pub(super) fn of(usage: &Usage, owner: TypeId, field: &Field) -> Self {
        if field.required {
            Self::Required
        } else if field.nullable && usage.is_sent(owner) {
            Self::Nullable
        } else {
            Self::Optional
        }
    }
}

/// A model and what must be known to write it.
pub(super) struct ModelOf<'a> {
    api: &'a Api,
    usage: &'a Usage,
    id: TypeId,
    definition: &'a TypeDef,
    model: &'a Model,
}

/// A function that makes a model.
pub(super) struct Constructor<'a> {
    pub(super) name: &'a str,
    /// Indices into the fields, in the order of the arguments.
    pub(super) given: &'a [usize],
}

impl<'a> ModelOf<'a> {
    pub(super) fn new(api: &'a Api, usage: &'a Usage, id: TypeId, model: &'a Model) -> Self {
        Self { api, usage, id, definition: api.type_def(id), model }
    }

    /// Whether a field is always there and may be null. Any JSON holds null itself.
    pub(super) fn is_option(&self, field: &Field) -> bool {
        field.required && field.nullable && *self.api.resolve(&field.ty) != Type::Json
    }

    fn presence(&self, field: &Field) -> Presence {
        Presence::of(self.usage, self.id, field)
    }

    /// The type of the value in a field, in its box where it needs one.
    pub(super) fn value_type(&self, index: usize, field: &Field) -> TokenStream {
        let ty = rust_type(self.api, &field.ty, From::Models);
        if self.usage.is_boxed(self.id, index) { quote!(Box<#ty>) } else { ty }
    }

    pub(super) fn field_type(&self, index: usize, field: &Field) -> TokenStream {
        let ty = self.value_type(index, field);
        match self.presence(field) {
            Presence::Required if self.is_option(field) => quote!(Option<#ty>),
            Presence::Required => ty,
            Presence::Optional => quote!(Option<#ty>),
            Presence::Nullable => quote!(Patch<#ty>),
        }
    }

    fn item(&self, type_doc: &TokenStream) -> TokenStream {
        let name = ident(&self.definition.name);
        let fields = self.model.fields.iter().enumerate().map(|(index, field)| {
            let doc = field_doc(field);
            let name = ident(&field.name);
            let ty = self.field_type(index, field);
            quote!(#doc pub #name: #ty,)
        });
        let additional = self.model.additional.iter().map(|additional| {
            let name = ident(&additional.name);
            let ty = rust_type(self.api, &additional.ty, From::Models);
            quote! {
                /// The properties that the document gives no name.
                pub #name: std::collections::BTreeMap<String, #ty>,
            }
        });
        let extra = ident(EXTRA);
        let extra_doc = doc(if self.usage.is_received(self.id) {
            "What came that the document does not describe: other fields, and values of another type."
        } else {
            "Other fields to send, which the document does not name."
        });
        let default = self.is_default().then(|| quote!(, Default));
        // A caller makes what it sends, as a struct literal too; what it receives may get more fields.
        let open = (!self.usage.is_sent(self.id)).then(|| quote!(#[non_exhaustive]));
        quote! {
            #type_doc
            #[derive(Debug, Clone, PartialEq #default)]
            #open
            pub struct #name {
                #(#fields)*
                #(#additional)*
                #extra_doc
                pub #extra: Extra,
            }
        }
    }

    fn table(&self) -> Table {
        let rows = |presence: Presence| {
            let fields = self.model.fields.iter().filter(move |field| self.presence(field) == presence);
            fields.map(|field| format!("{}: {},", ident(&field.name), Literal::string(&field.wire)))
        };
        let mut table = Table::default();
        table.open("model!");
        table.open(&self.definition.name);
        table.block("required", rows(Presence::Required));
        table.block("optional", rows(Presence::Optional));
        table.block("nullable", rows(Presence::Nullable));
        let constants = self.model.constants.iter();
        table.block(
            "constant",
            constants.map(|constant| format!("{}: {},", Literal::string(&constant.wire), literal(&constant.value))),
        );
        if let Some(additional) = &self.model.additional {
            table.line(&format!("additional: {},", ident(&additional.name)));
        }
        table.close();
        table.close();
        table
    }

    fn functions(&self) -> TokenStream {
        let name = ident(&self.definition.name);
        let constructors = self.constructors();
        let text = match &constructors[..] {
            [only] if only.given.is_empty() => "With nothing set.",
            [_] => "With what must be there.",
            _ => "With what must be there; the other constructors are the other ways to say it.",
        };
        let constructors = constructors.iter().map(|constructor| self.constructor(constructor, text));
        let setters =
            self.model.fields.iter().enumerate().filter(|(_, field)| self.presence(field) != Presence::Required);
        let setters = setters.map(|(index, field)| self.setter(index, field));
        quote! {
            impl #name {
                #(#constructors)*
                #(#setters)*
            }
        }
    }

    /// Whether it can be made of nothing.
    pub(super) fn is_default(&self) -> bool {
        !self.model.fields.iter().any(|field| field.required)
    }

    /// The functions that make it; none where no call sends it.
    pub(super) fn constructors(&self) -> Vec<Constructor<'_>> {
        if !self.usage.is_sent(self.id) {
            return Vec::new();
        }
        if self.model.alternatives.is_empty() {
            return vec![Constructor { name: "new", given: &self.model.required }];
        }
        let alternatives = self.model.alternatives.iter();
        alternatives.map(|alternative| Constructor { name: &alternative.name, given: &alternative.fields }).collect()
    }

    fn constructor(&self, constructor: &Constructor<'_>, text: &str) -> TokenStream {
        let doc = doc(text);
        let given = constructor.given;
        let name = ident(constructor.name);
        let arguments = self.arguments(given).into_iter().map(|(name, argument)| quote!(#name: #argument));
        let mut values = Vec::new();
        for (index, field) in self.model.fields.iter().enumerate() {
            let field_name = ident(&field.name);
            if given.contains(&index) {
                let (_, value) = self.given(index, field, &field_name);
                let as_given = field_name == value.to_string();
                values.push(if as_given { value } else { quote!(#field_name: #value) });
            } else {
                let absent = match self.presence(field) {
                    Presence::Nullable => quote!(Patch::Absent),
                    Presence::Required | Presence::Optional => quote!(None),
                };
                values.push(quote!(#field_name: #absent));
            }
        }
        if let Some(additional) = &self.model.additional {
            let name = ident(&additional.name);
            values.push(quote!(#name: std::collections::BTreeMap::new()));
        }
        let extra = ident(EXTRA);
        quote! {
            #doc
            pub fn #name(#(#arguments),*) -> Self {
                Self { #(#values,)* #extra: Extra::default() }
            }
        }
    }

    /// The name and the type of each argument of a constructor that is given these fields.
    pub(super) fn arguments(&self, given: &[usize]) -> Vec<(Ident, TokenStream)> {
        let fields = given.iter().filter_map(|index| Some((*index, self.model.fields.get(*index)?)));
        let argument = |(index, field): (usize, &Field)| {
            let name = ident(&field.name);
            let (argument, _) = self.given(index, field, &name);
            (name, argument)
        };
        fields.map(argument).collect()
    }

    /// The argument for a field that a constructor is given, and the field's value made of it.
    fn given(&self, index: usize, field: &Field, name: &Ident) -> (TokenStream, TokenStream) {
        let ty = self.value_type(index, field);
        match self.presence(field) {
            Presence::Required if self.is_option(field) => (quote!(impl Into<Option<#ty>>), quote!(#name.into())),
            Presence::Required => self.plain(index, field, name),
            Presence::Optional => {
                let (argument, value) = self.plain(index, field, name);
                (argument, quote!(Some(#value)))
            }
            Presence::Nullable => {
                let (argument, value) = self.plain(index, field, name);
                (argument, quote!(Patch::Value(#value)))
            }
        }
    }

    fn plain(&self, index: usize, field: &Field, name: &Ident) -> (TokenStream, TokenStream) {
        let argument = argument(self.api, &field.ty, name, From::Models);
        let value = argument.value;
        let value = if self.usage.is_boxed(self.id, index) { quote!(Box::new(#value)) } else { value };
        (argument.ty, value)
    }

    /// The setter of a field; one that a constructor is called says `set_`.
    fn setter_name(&self, field: &str) -> String {
        let constructs = field == "new" || self.model.alternatives.iter().any(|alternative| alternative.name == field);
        if constructs { format!("set_{field}") } else { field.to_owned() }
    }

    /// The names of the functions that set a field.
    pub(super) fn setters(&self, field: &Field) -> Vec<String> {
        if !self.usage.is_sent(self.id) || self.presence(field) == Presence::Required {
            return Vec::new();
        }
        [Some(self.setter_name(&field.name)), self.clear_name(field)].into_iter().flatten().collect()
    }

    fn setter(&self, index: usize, field: &Field) -> TokenStream {
        let sets = format!("Sets {}.", code(&field.wire));
        // An editor shows this beside the name, and not what the field says.
        let text = match said(field.doc.as_deref()) {
            Some(said) => format!("{sets}\n\n{said}"),
            None => sets,
        };
        let doc = doc(&with_values(&text, &field.limits, None));
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        let (name, setter) = (ident(&field.name), ident(&self.setter_name(&field.name)));
        let (argument, value) = self.given(index, field, &name);
        let clear = self.clear_name(field).map(|clear| self.clear(field, &clear));
        quote! {
            #doc
            #deprecated
            pub fn #setter(mut self, #name: #argument) -> Self {
                self.#name = #value;
                self
            }
            #clear
        }
    }

    /// The name of the setter of null, where there is one.
    fn clear_name(&self, field: &Field) -> Option<String> {
        let clear = format!("clear_{}", field.name);
        let taken = self.model.fields.iter().any(|other| other.name == clear);
        (self.presence(field) == Presence::Nullable && !taken).then_some(clear)
    }

    fn clear(&self, field: &Field, clear: &str) -> TokenStream {
        let doc = doc(&format!("Sets {} to null.", code(&field.wire)));
        let (clear, name) = (ident(clear), ident(&field.name));
        quote! {
            #doc
            pub fn #clear(mut self) -> Self {
                self.#name = Patch::Null;
                self
            }
        }
    }
}

fn field_doc(field: &Field) -> TokenStream {
    let wire = code(&field.wire);
    let text = match said(field.doc.as_deref()) {
        Some(said) if field.name != field.wire => format!("{said}\n\nOn the wire: {wire}."),
        Some(said) => said,
        None => format!("The property {wire}."),
    };
    let mut text = with_values(&text, &field.limits, field.default.as_ref());
    if field.deprecated {
        text.push_str("\n\nDeprecated.");
    }
    doc(&text)
}

fn literal(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => Literal::string(text).to_string(),
        other => other.to_string(),
    }
}
