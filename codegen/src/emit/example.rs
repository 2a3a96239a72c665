//! An example of each call, as a code block that compiles: what must be given is given, and something is done with the answer.

mod values;

use proc_macro2::TokenStream;
use quote::quote;

use super::types::ident;
use crate::api::{Api, Operation, Resource, Success, Type};
use crate::names;
use crate::usage::Usage;
use values::Values;

/// What a value is called that has no better name.
const ANSWER: &str = "answer";

/// The code block of an operation; nothing where a value that it needs cannot be made.
pub(super) fn block(api: &Api, usage: &Usage, resource: &Resource, operation: &Operation) -> Option<String> {
    let request = request(api, usage, resource, operation)?;
    let steps = steps(api, operation, &request);
    let text = prettyplease::unparse(&syn::parse2(quote!(fn steps() { #steps })).ok()?);
    let lines: Vec<&str> = text.lines().collect();
    let [_, steps @ .., _] = &lines[..] else { return None };
    let root = api.crate_name.replace('-', "_");
    let mut block = imports(&root, &text);
    // The function around the steps is there for the compiler alone.
    block.push(format!("# async fn example(client: {root}::Client) -> Result<(), Box<dyn std::error::Error>> {{"));
    block.extend(steps.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
    block.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    Some(format!("```no_run\n{}\n```", block.join("\n")))
}

/// The line that brings what `text` names into scope, and a blank one.
fn imports(root: &str, text: &str) -> Vec<String> {
    let used: Vec<&str> = ["Base64", "Date", "Part", "Timestamp", "models"]
        .into_iter()
        .filter(|name| text.contains(&format!("{name}::")))
        .collect();
    match &used[..] {
        [] => Vec::new(),
        [only] => vec![format!("use {root}::{only};"), String::new()],
        several => vec![format!("use {root}::{{{}}};", several.join(", ")), String::new()],
    }
}

/// The request: the method with its arguments, and the optional body.
fn request(api: &Api, usage: &Usage, resource: &Resource, operation: &Operation) -> Option<TokenStream> {
    let mut values = Values::new(api, usage);
    let (accessor, name) = (ident(&names::accessor_name(&resource.module)), ident(&operation.name));
    let mut arguments = Vec::new();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
        arguments.push(values.parameter(parameter)?);
    }
    let body = operation.body.as_ref().and_then(|body| Some((body.required, values.body(&body.kind)?)));
    let setter = match body {
        Some((true, body)) => {
            arguments.push(body);
            None
        }
        Some((false, body)) => Some(quote!(.with_body(#body))),
        None => None,
    };
    Some(quote!(client.#accessor().#name(#(#arguments),*) #setter))
}

/// What is done with the request.
fn steps(api: &Api, operation: &Operation, request: &TokenStream) -> TokenStream {
    if let (Some(pagination), Success::Json(answer)) = (&operation.pagination, &operation.success)
        && let Some(Type::List(item)) = api.type_at(answer, &pagination.items)
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
    match &operation.success {
        Success::Json(ty) => shown(&variable(api, ty), request),
        Success::Text(_) | Success::Several { .. } => shown(ANSWER, request),
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

/// What a person would call a value of this type.
fn variable(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Named(id) => {
            let definition = api.type_def(*id);
            let name = names::value_name(&definition.name);
            let taken = names::is_keyword(&name) || matches!(name.as_str(), "client" | "items");
            if taken || definition.component.is_none() { ANSWER.to_owned() } else { name }
        }
        _ => ANSWER.to_owned(),
    }
}
