//! Values for an example: the simplest value of each type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::{TypeId, Variant};
use crate::emit::arguments::within;
use crate::emit::file::File;
use crate::emit::tokens::ident;
use crate::names::CATCH_ALL;
use crate::rust::{Crate, Field, Holder, Input, Plain, Shape, Struct, Target, Type, Union};

/// The maximum number of optional fields in a value that would be empty without them.
const SHOWN_FIELDS: usize = 2;

/// The maximum number of values of named types in an example, and the maximum depth of one in another. Nobody reads
/// more, and types that demand several others would never end.
const LARGEST: (usize, usize) = (100, 12);

pub(super) struct Values<'a> {
    file: &'a File<'a>,
    of: &'a Crate<'a>,
    /// The types whose values are being made, from the outside in.
    open: Vec<TypeId>,
    /// The number of values of named types that may still be made.
    left: usize,
}

impl<'a> Values<'a> {
    pub(super) fn new(file: &'a File<'a>, of: &'a Crate<'a>) -> Self {
        Self { file, of, open: Vec::new(), left: LARGEST.0 }
    }

    /// Returns a value for an argument of a method or a setter.
    pub(super) fn input(&mut self, input: &Input<'_>) -> Option<TokenStream> {
        match input.target {
            // A parameter of the path takes any value that implements `Display`.
            Target::Parameter(parameter) if input.argument.ty == Type::Plain(Plain::Display) => {
                let is_number = matches!(self.of.followed(&input.argument.into), Type::Plain(Plain::I64 | Plain::U64));
                Some(if is_number { quote!(1) } else { text(&parameter.name) })
            }
            Target::Parameter(parameter) => self.given(&input.argument.ty, &parameter.name),
            Target::Body(_) => self.given(&input.argument.ty, "value"),
        }
    }

    /// Returns a value for an argument of type `ty`, which may begin with `impl`.
    fn given(&mut self, ty: &Type<'_>, name: &str) -> Option<TokenStream> {
        match ty {
            Type::Of(Holder::Into, of) => self.convertible(of, name),
            Type::Of(Holder::Pairs, of) => {
                let value = self.convertible(of, name)?;
                Some(quote!([("name", #value)]))
            }
            Type::Of(Holder::Each, item) => {
                let value = self.given(item, name);
                let of = match &**item {
                    Type::Of(Holder::Into, of) => of,
                    _ => item,
                };
                Some(value.map_or_else(|| self.empty(of), |value| quote!([#value])))
            }
            _ => self.exact(ty, name),
        }
    }

    /// Returns a value that converts into `ty`.
    fn convertible(&mut self, ty: &Type<'_>, name: &str) -> Option<TokenStream> {
        match self.of.followed(ty) {
            Type::Plain(Plain::String | Plain::Json) => Some(text(name)),
            Type::Plain(Plain::Base64) => Some(quote!(b"bytes".to_vec())),
            Type::Plain(Plain::Bytes) => Some(quote!("…")),
            Type::Plain(Plain::DateTime) => self.plain(Plain::Timestamp, name),
            Type::Of(Holder::Option, of) => self.exact(of, name),
            Type::Api(id, _) => self.named(*id, Convert::Yes),
            ty => self.exact(ty, name),
        }
    }

    /// Returns a value of exactly the type `ty`, with an explicit type: Rust may not infer it from the code around.
    fn exact(&mut self, ty: &Type<'_>, name: &str) -> Option<TokenStream> {
        Some(match self.of.followed(ty) {
            Type::Plain(plain) => return self.plain(*plain, name),
            Type::Api(id, _) => return self.named(*id, Convert::No),
            Type::Of(Holder::Map, of) => {
                let value = self.exact(of, name)?;
                quote!(std::collections::BTreeMap::from([("name".to_owned(), #value)]))
            }
            Type::Of(Holder::Vec, of) => {
                self.exact(of, name).map_or_else(|| self.empty(of), |item| quote!(vec![#item]))
            }
            Type::Of(Holder::Option, of) => match self.exact(of, name) {
                Some(value) => quote!(Some(#value)),
                None => {
                    let of = self.file.ty(of);
                    quote!(None::<#of>)
                }
            },
            Type::Of(holder, of) => within(*holder, &self.exact(of, name)?),
            Type::Responses(_) => return None,
        })
    }

    fn plain(&self, plain: Plain, name: &str) -> Option<TokenStream> {
        let text = text(name);
        Some(match plain {
            Plain::Bool => quote!(true),
            Plain::I64 | Plain::U64 => quote!(1),
            Plain::F64 => quote!(1.0),
            Plain::String => quote!(#text.to_owned()),
            Plain::Json => quote!(serde_json::Value::from(#text)),
            Plain::Object => quote!(serde_json::Map::new()),
            Plain::Secret => {
                let secret = self.file.runtime("Secret");
                quote!(#secret::from(#text))
            }
            Plain::Timestamp => {
                let timestamp = self.file.runtime("Timestamp");
                quote!(#timestamp::now())
            }
            Plain::DateTime => {
                let (date_time, now) = (self.file.runtime("DateTime"), self.file.runtime("Timestamp"));
                quote!(#date_time::from(#now::now()))
            }
            Plain::Date => {
                let date = self.file.runtime("Date");
                quote!(#date::new(2026, 1, 31)?)
            }
            Plain::Base64 => {
                let base64 = self.file.runtime("Base64");
                quote!(#base64::from(b"bytes".to_vec()))
            }
            Plain::Part => {
                let part = self.file.runtime("Part");
                quote!(#part::bytes("…").file_name("file.txt"))
            }
            Plain::Unit | Plain::Bytes | Plain::Display | Plain::Download | Plain::Location => return None,
        })
    }

    /// Returns an empty list with items of this type.
    fn empty(&self, item: &Type<'_>) -> TokenStream {
        let item = self.file.ty(item);
        quote!(Vec::<#item>::new())
    }

    fn named(&mut self, id: TypeId, convert: Convert) -> Option<TokenStream> {
        if self.open.contains(&id) || self.open.len() >= LARGEST.1 {
            return None;
        }
        self.left = self.left.checked_sub(1)?;
        self.open.push(id);
        let item = self.of.item(id);
        let owner = self.file.ty(&Type::Api(id, &item.of.name));
        let value = match &item.shape {
            Shape::Struct(of) => self.structure(&owner, of),
            Shape::StringEnum(variants) => Some(first(&owner, variants, &quote!("…".to_owned()))),
            Shape::IntegerEnum(variants) => Some(first(&owner, variants, &quote!(1))),
            Shape::Union(union) => self.union(&owner, union, convert),
            // `followed` resolves aliases before this function is called.
            Shape::Alias(_) => None,
        };
        self.open.pop();
        value
    }

    /// Returns a call of the first constructor whose arguments can be made, with setters if it takes none.
    fn structure(&mut self, owner: &TokenStream, of: &Struct<'_>) -> Option<TokenStream> {
        for constructor in &of.constructors {
            let given: Option<Vec<TokenStream>> = of.given(constructor).map(|field| self.field(field)).collect();
            let Some(given) = given else { continue };
            let name = ident(constructor.name);
            let setters = if given.is_empty() { self.setters(of) } else { Vec::new() };
            return Some(quote!(#owner::#name(#(#given),*) #(#setters)*));
        }
        None
    }

    fn field(&mut self, field: &Field<'_>) -> Option<TokenStream> {
        self.given(&field.argument.ty, &field.of.name)
    }

    /// Returns the setters of the first fields whose value is a single word.
    fn setters(&mut self, of: &Struct<'_>) -> Vec<TokenStream> {
        let plain = of.fields.iter().filter(|field| !field.of.deprecated && self.is_plain(&field.argument.into));
        let plain: Vec<&Field<'_>> = plain.take(SHOWN_FIELDS).collect();
        let setter = |field: &Field<'_>| {
            let setter = ident(field.setter.as_ref()?);
            let value = match field.only {
                Some(_) => None,
                None => Some(self.field(field)?),
            };
            Some(quote!(.#setter(#value)))
        };
        plain.into_iter().filter_map(setter).collect()
    }

    /// Returns whether a value of this type is a single word.
    fn is_plain(&self, ty: &Type<'_>) -> bool {
        match self.of.followed(ty) {
            Type::Plain(plain) => !matches!(plain, Plain::Json | Plain::Object | Plain::Base64),
            Type::Api(id, _) => matches!(self.of.item(*id).shape, Shape::StringEnum(_) | Shape::IntegerEnum(_)),
            Type::Of(..) | Type::Responses(_) => false,
        }
    }

    /// Returns the first variant whose value can be made.
    fn union(&mut self, owner: &TokenStream, of: &Union<'_>, convert: Convert) -> Option<TokenStream> {
        of.variants.iter().find_map(|variant| {
            if let Some(shortcut) = &variant.shortcut {
                let value = self.given(&shortcut.argument.ty, &shortcut.field.name)?;
                let name = ident(&shortcut.name);
                return Some(quote!(#owner::#name(#value)));
            }
            if let (Convert::Yes, true, Type::Api(id, _)) =
                (convert, variant.converts(), self.of.followed(&variant.own))
            {
                return self.named(*id, Convert::No);
            }
            let (name, value) = (ident(&variant.of.name), self.exact(&variant.ty, "text")?);
            Some(quote!(#owner::#name(#value)))
        })
    }
}

/// `Yes` if a value of another type that converts will do, and `No` if the value must be of the type itself.
#[derive(Clone, Copy)]
enum Convert {
    Yes,
    No,
}

/// Returns the first value of an enum; if the document names none, returns an undocumented one.
fn first<T>(owner: &TokenStream, variants: &[Variant<T>], other: &TokenStream) -> TokenStream {
    let catch_all = ident(CATCH_ALL);
    variants.first().map_or_else(
        || quote!(#owner::#catch_all(#other)),
        |variant| {
            let name = ident(&variant.name);
            quote!(#owner::#name)
        },
    )
}

/// Returns a text that a person would write for a value of this name.
fn text(name: &str) -> TokenStream {
    let text = match name.rsplit('_').next() {
        Some("email") => "ann@example.com",
        Some("url" | "uri" | "href" | "link") => "https://example.com/",
        _ => name,
    };
    let literal = Literal::string(text);
    quote!(#literal)
}
