//! Values for an example: the least that each type takes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::{Api, BodyKind, Field, Model, Parameter, Place, Shape, Type, TypeId, Union, Variant};
use crate::emit::model::ModelOf;
use crate::emit::types::{self, ident, rust_type};
use crate::emit::union;
use crate::names::CATCH_ALL;
use crate::usage::Usage;

/// How many optional fields a value shows that would be empty without.
const SHOWN_FIELDS: usize = 2;

/// Makes values, and knows which types it is inside of.
pub(super) struct Values<'a> {
    api: &'a Api,
    usage: &'a Usage,
    open: Vec<TypeId>,
}

impl<'a> Values<'a> {
    pub(super) fn new(api: &'a Api, usage: &'a Usage) -> Self {
        Self { api, usage, open: Vec::new() }
    }

    /// What a method takes for a parameter.
    pub(super) fn parameter(&mut self, parameter: &Parameter) -> Option<TokenStream> {
        match parameter.place {
            Place::FilePart => Some(quote!(Part::bytes("…").file_name("file.txt"))),
            // What goes into a path is whatever prints.
            Place::Path => match self.api.resolve(&parameter.ty) {
                Type::Integer => Some(quote!(1)),
                _ => Some(text(&parameter.name)),
            },
            _ => self.argument(&parameter.ty, &parameter.name),
        }
    }

    /// What a method takes for a body; nothing for a multipart body.
    pub(super) fn body(&mut self, kind: &BodyKind) -> Option<TokenStream> {
        match kind {
            BodyKind::Json(ty, _) | BodyKind::Form(ty) => self.argument(ty, "value"),
            BodyKind::Text(_) => Some(text("text")),
            BodyKind::Bytes(_) => Some(quote!("…")),
            BodyKind::Multipart => None,
        }
    }

    /// What converts into a value of type `ty`: see [`types::argument`].
    fn argument(&mut self, ty: &Type, name: &str) -> Option<TokenStream> {
        match self.api.resolve(ty) {
            Type::String | Type::Bytes | Type::Json => Some(text(name)),
            Type::Base64 => Some(quote!(b"bytes".to_vec())),
            Type::Object => Some(quote!([("name", "value")])),
            Type::Map(value) => {
                let value = if is_held(self.api, value) { self.exact(value, name) } else { self.argument(value, name) };
                let value = value?;
                Some(quote!([("name", #value)]))
            }
            Type::List(item) => {
                let value =
                    if types::converts(self.api, item) { self.argument(item, name) } else { self.exact(item, name) };
                let item = rust_type(self.api, item, types::From::Elsewhere);
                Some(value.map_or_else(|| quote!(Vec::<#item>::new()), |value| quote!([#value])))
            }
            Type::Named(id) => self.named(*id, Convert::Yes),
            _ => self.exact(ty, name),
        }
    }

    /// A value of type `ty`, which says itself what it is: nothing around it may.
    fn exact(&mut self, ty: &Type, name: &str) -> Option<TokenStream> {
        let rust = |ty: &Type| rust_type(self.api, ty, types::From::Elsewhere);
        Some(match self.api.resolve(ty) {
            Type::Bool => quote!(true),
            Type::Integer => quote!(1),
            Type::Number => quote!(1.0),
            Type::String | Type::Bytes => {
                let text = text(name);
                quote!(#text.to_owned())
            }
            Type::Json => {
                let text = text(name);
                quote!(serde_json::Value::from(#text))
            }
            Type::Timestamp => quote!(Timestamp::now()),
            Type::Date => quote!(Date::new(2026, 1, 31)?),
            Type::Base64 => quote!(Base64::from(b"bytes".to_vec())),
            Type::Object => quote!(serde_json::Map::new()),
            Type::Map(value) => {
                let value = self.exact(value, name)?;
                quote!(std::collections::BTreeMap::from([("name".to_owned(), #value)]))
            }
            Type::List(item) => {
                let ty = rust(item);
                self.exact(item, name).map_or_else(|| quote!(Vec::<#ty>::new()), |item| quote!(vec![#item]))
            }
            Type::Nullable(inner) => {
                let ty = rust(inner);
                self.exact(inner, name).map_or_else(|| quote!(None::<#ty>), |value| quote!(Some(#value)))
            }
            Type::Named(id) => return self.named(*id, Convert::No),
        })
    }

    fn named(&mut self, id: TypeId, convert: Convert) -> Option<TokenStream> {
        if self.open.contains(&id) {
            return None;
        }
        self.open.push(id);
        let definition = self.api.type_def(id);
        let name = ident(&definition.name);
        let of = |value: TokenStream| quote!(models::#name::#value);
        let value = match &definition.shape {
            Shape::Model(model) => self.model(id, model).map(of),
            Shape::StringEnum(variants) => Some(of(first(variants, &quote!("…".to_owned())))),
            Shape::IntegerEnum(variants) => Some(of(first(variants, &quote!(1)))),
            Shape::Union(union) => self.union(id, union, convert),
            // `resolve` has followed it already.
            Shape::Alias(_) => None,
        };
        self.open.pop();
        value
    }

    /// A constructor whose arguments can be made, and setters where it takes none.
    fn model(&mut self, id: TypeId, model: &Model) -> Option<TokenStream> {
        let of = ModelOf::new(self.api, self.usage, id, model);
        for constructor in of.constructors() {
            let given: Option<Vec<TokenStream>> =
                constructor.given.iter().map(|index| self.field(id, &of, *index, model.fields.get(*index)?)).collect();
            let Some(given) = given else { continue };
            let name = ident(constructor.name);
            let setters = if given.is_empty() { self.setters(id, &of, model) } else { Vec::new() };
            return Some(quote!(#name(#(#given),*) #(#setters)*));
        }
        None
    }

    /// What a constructor or a setter takes for a field.
    fn field(&mut self, id: TypeId, of: &ModelOf<'_>, index: usize, field: &Field) -> Option<TokenStream> {
        if !of.is_option(field) {
            return self.argument(&field.ty, &field.name);
        }
        let value = self.exact(&field.ty, &field.name)?;
        Some(if self.usage.is_boxed(id, index) { quote!(Box::new(#value)) } else { value })
    }

    /// The setters of some of the plain fields.
    fn setters(&mut self, id: TypeId, of: &ModelOf<'_>, model: &Model) -> Vec<TokenStream> {
        let plain = model.fields.iter().enumerate().filter(|(_, field)| !field.deprecated && self.is_plain(&field.ty));
        let plain: Vec<(usize, &Field)> = plain.take(SHOWN_FIELDS).collect();
        let setter = |(index, field): (usize, &Field)| {
            let setter = ident(of.setters(field).first()?);
            let value = self.field(id, of, index, field)?;
            Some(quote!(.#setter(#value)))
        };
        plain.into_iter().filter_map(setter).collect()
    }

    /// Whether a value of this type is one word.
    fn is_plain(&self, ty: &Type) -> bool {
        match self.api.resolve(ty) {
            Type::Bool | Type::Integer | Type::Number | Type::String | Type::Timestamp | Type::Date => true,
            Type::Named(id) => matches!(self.api.type_def(*id).shape, Shape::StringEnum(_) | Shape::IntegerEnum(_)),
            _ => false,
        }
    }

    /// The first variant whose value can be made.
    fn union(&mut self, id: TypeId, of: &Union, convert: Convert) -> Option<TokenStream> {
        let owner = ident(&self.api.type_def(id).name);
        let shortcuts = union::shortcut_fields(self.api, self.usage, id, of);
        of.variants.iter().enumerate().find_map(|(index, variant)| {
            if let Some((_, field)) = shortcuts.iter().find(|(other, _)| other.name == variant.name) {
                let (name, value) = (ident(&field.name), self.argument(&field.ty, &field.name)?);
                return Some(quote!(models::#owner::#name(#value)));
            }
            let (name, value) = (ident(&variant.name), self.exact(&variant.ty, "text")?);
            Some(match (self.usage.is_boxed(id, index), convert) {
                (true, _) => quote!(models::#owner::#name(Box::new(#value))),
                (false, Convert::Yes) if self.is_named(&variant.ty) && union::converts(self.api, of, index) => value,
                (false, _) => quote!(models::#owner::#name(#value)),
            })
        })
    }

    fn is_named(&self, ty: &Type) -> bool {
        matches!(self.api.resolve(ty), Type::Named(_))
    }
}

/// Whether a value may be one that only converts into the type that is asked for.
#[derive(Clone, Copy)]
enum Convert {
    Yes,
    No,
}

/// The first value of an enum; one that the document does not name where it names none.
fn first<T>(variants: &[Variant<T>], other: &TokenStream) -> TokenStream {
    let catch_all = ident(CATCH_ALL);
    variants.first().map_or_else(
        || quote!(#catch_all(#other)),
        |variant| {
            let name = ident(&variant.name);
            quote!(#name)
        },
    )
}

/// Whether what converts into this type is a value of it alone.
fn is_held(api: &Api, ty: &Type) -> bool {
    matches!(api.resolve(ty), Type::List(_) | Type::Map(_) | Type::Object | Type::Nullable(_))
}

/// Text as a person would give it for something of this name.
fn text(name: &str) -> TokenStream {
    let text = match name.rsplit('_').next() {
        Some("email") => "ann@example.com",
        Some("url" | "uri" | "href" | "link") => "https://example.com/",
        _ => name,
    };
    let literal = Literal::string(text);
    quote!(#literal)
}
