//! An example of each call, as a code block that compiles: it passes all required values, and uses the response.

mod values;

use proc_macro2::TokenStream;
use quote::quote;

use super::file::File;
use super::tokens::ident;
use crate::api::{Api, Success, Type};
use crate::names;
use crate::rust::{Crate, Operation, Resource, Target};
use values::Values;

/// The variable for a response whose type suggests no name.
const RESPONSE: &str = "response";

/// Returns the code block of an operation; none if a value that it needs cannot be made.
pub(super) fn block(of: &Crate<'_>, resource: &Resource<'_>, operation: &Operation<'_>) -> Option<String> {
    let file = File::outside_models(of);
    let request = request(&file, of, resource, operation)?;
    let steps = steps(of.api, operation, &request);
    let text = prettyplease::unparse(&syn::parse2(quote!(fn steps() { #steps })).ok()?);
    let lines: Vec<&str> = text.lines().collect();
    let [_, steps @ .., _] = &lines[..] else { return None };
    let root = of.api.crate_name.replace('-', "_");
    let mut block = imports(&root, &file.root_names());
    // The function around the steps exists only for the compiler.
    block.push(format!("# async fn example(client: {root}::Client) -> Result<(), Box<dyn std::error::Error>> {{"));
    block.extend(steps.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
    block.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    Some(format!("```no_run\n{}\n```", block.join("\n")))
}

/// Returns the line that imports names, and a blank line.
fn imports(root: &str, names: &[&str]) -> Vec<String> {
    match names {
        [] => Vec::new(),
        [only] => vec![format!("use {root}::{only};"), String::new()],
        several => vec![format!("use {root}::{{{}}};", several.join(", ")), String::new()],
    }
}

/// Returns the request: the method with its arguments, and the setter of an optional body.
fn request(file: &File<'_>, of: &Crate<'_>, resource: &Resource<'_>, operation: &Operation<'_>) -> Option<TokenStream> {
    let mut values = Values::new(file, of);
    let (accessor, name) = (ident(&resource.accessor), ident(&operation.of.name));
    let arguments: Option<Vec<TokenStream>> = operation.arguments.iter().map(|input| values.input(input)).collect();
    let arguments = arguments?;
    let mut bodies = operation.setters.iter().filter(|setter| matches!(setter.input.target, Target::Body(_)));
    let setter = bodies.find_map(|setter| {
        let (name, body) = (ident(&setter.name), values.input(&setter.input)?);
        Some(quote!(.#name(#body)))
    });
    Some(quote!(client.#accessor().#name(#(#arguments),*) #setter))
}

/// Returns the statements that send the request and use its response.
fn steps(api: &Api, operation: &Operation<'_>, request: &TokenStream) -> TokenStream {
    if let (Some(pagination), Success::Json(response)) = (&operation.of.pagination, &operation.of.success)
        && let Some(Type::List(item)) = api.types.at(response, &pagination.items)
    {
        let name = variable(api, item);
        let (item, printed) = (ident(&name), format!("{{{name}:?}}"));
        return quote! {
            let mut items = #request.items();
            while let Some(#item) = items.try_next().await? {
                println!(#printed);
            }
        };
    }
    match &operation.of.success {
        Success::Json(ty) => shown(&variable(api, ty), request),
        Success::Text(_) | Success::Several { .. } => shown(RESPONSE, request),
        Success::Redirect => quote! {
            let location = #request.await?;
            println!("{location}");
        },
        Success::Bytes(_) => quote! {
            let bytes = #request.await?.bytes().await?;
            println!("{} bytes", bytes.len());
        },
        Success::Empty => quote!(#request.await?;),
    }
}

fn shown(name: &str, request: &TokenStream) -> TokenStream {
    let (printed, name) = (format!("{{{name}:?}}"), ident(name));
    quote! {
        let #name = #request.await?;
        println!(#printed);
    }
}

/// Returns the name that a person would choose for a value of this type.
fn variable(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Named(id) => {
            let definition = api.types.def(*id);
            let name = names::value_name(&definition.name);
            let taken = names::is_keyword(&name) || matches!(name.as_str(), "client" | "items");
            if taken || definition.component.is_none() { RESPONSE.to_owned() } else { name }
        }
        _ => RESPONSE.to_owned(),
    }
}
