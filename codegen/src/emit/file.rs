//! The file that is being written. It records each type and each name of the runtime that is written, and so knows what
//! to import.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::tokens::ident;
use crate::api::{Api, TypeId};
use crate::rust::{Crate, Import, Type};

/// A file, and the names from other files that it uses.
pub(super) struct File<'c> {
    of: &'c Crate<'c>,
    /// The path in front of the name of a type of the API.
    path: &'static str,
    types: RefCell<BTreeSet<TypeId>>,
    runtime: RefCell<BTreeSet<&'static str>>,
    displays: RefCell<bool>,
}

impl<'c> File<'c> {
    /// Returns a file of models: it refers to types of the API by their bare name.
    pub(super) fn of_models(of: &'c Crate<'c>) -> Self {
        Self::new(of, "")
    }

    /// Returns any other file: it refers to types of the API as `models::Name`.
    pub(super) fn outside_models(of: &'c Crate<'c>) -> Self {
        Self::new(of, "models::")
    }

    fn new(of: &'c Crate<'c>, path: &'static str) -> Self {
        Self { of, path, types: RefCell::default(), runtime: RefCell::default(), displays: RefCell::default() }
    }

    pub(super) fn api(&self) -> &'c Api {
        self.of.api
    }

    /// Returns a type as tokens, and records its imports.
    pub(super) fn ty(&self, ty: &Type<'_>) -> TokenStream {
        self.import(ty);
        ty.tokens(self.path)
    }

    /// Returns a type as text, and records its imports.
    pub(super) fn ty_text(&self, ty: &Type<'_>) -> String {
        self.import(ty);
        ty.text(self.path)
    }

    fn import(&self, ty: &Type<'_>) {
        ty.imports(&mut |import| match import {
            Import::Runtime(name) => _ = self.runtime.borrow_mut().insert(name),
            Import::Display => *self.displays.borrow_mut() = true,
            Import::Api(id) => _ = self.types.borrow_mut().insert(id),
        });
    }

    /// Returns a name of the runtime, and records its import.
    pub(super) fn runtime(&self, name: &'static str) -> Ident {
        self.runtime.borrow_mut().insert(name);
        ident(name)
    }

    /// Returns the imports of a file of models that defines `own`.
    pub(super) fn imports_beside(&self, own: &[TypeId]) -> TokenStream {
        let types = self.types.borrow();
        let others: BTreeSet<&str> =
            types.iter().filter(|id| !own.contains(id)).map(|id| self.of.item(*id).of.name.as_str()).collect();
        let others = some(others).map(|names| quote!(use super::{#(#names),*};));
        let runtime = self.runtime_imports();
        quote!(#others #runtime)
    }

    pub(super) fn imports_with_all_of_the_runtime(&self) -> TokenStream {
        let displays = self.displays.borrow().then(|| {
            quote!(
                use std::fmt::Display;
            )
        });
        let models = self.names_models().then(|| {
            quote!(
                use crate::generated::models;
            )
        });
        quote!(#displays #models use crate::runtime::*;)
    }

    pub(super) fn runtime_imports(&self) -> Option<TokenStream> {
        some(self.runtime.borrow().iter().copied()).map(|names| quote!(use crate::runtime::{#(#names),*};))
    }

    /// Returns whether the file refers to a type of the API.
    pub(super) fn names_models(&self) -> bool {
        !self.types.borrow().is_empty()
    }

    /// Returns the names in the root of the crate that the file uses, sorted.
    pub(super) fn root_names(&self) -> Vec<&'static str> {
        let models = self.names_models().then_some("models");
        self.runtime.borrow().iter().copied().chain(models).collect()
    }
}

fn some<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<Vec<Ident>> {
    let names: Vec<Ident> = names.into_iter().map(ident).collect();
    (!names.is_empty()).then_some(names)
}
