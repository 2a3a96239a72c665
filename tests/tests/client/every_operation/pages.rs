//! Walks every paged list: two pages of each, from a server that announces the second in the list's own form. Checks
//! that no paged list is missed: a response that announces pages is paged, or an overlay gives the reason against it.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;

use intercom_client::registry::{OPERATIONS, OperationEntry};
use intercom_client::{Client, PageForm, PageParameter, Paged, Pagination, Request, Value};
use serde_json::{Map, json};
use tests::server::{Received, Reply, Server};
use tests::spec;

use super::arguments::Arguments;
use super::{calls, expectations, text_of};

pub(super) type Walking = Pin<Box<dyn Future<Output = Result<Walked, String>>>>;
pub(super) type Walk = fn(&Client, &Arguments) -> Result<Walking, String>;

/// The size of a walk.
#[derive(Debug, PartialEq)]
pub(super) struct Walked {
    pages: usize,
    items: usize,
}

/// Takes all pages, then all items.
pub(super) async fn walk<Op: Paged>(request: Request<Op>) -> Result<Walked, String> {
    let mut walked = Walked { pages: 0, items: 0 };
    let mut pages = request.clone().pages();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| format!("a page: {error}"))?;
        walked.pages += 1;
        walked.items += Op::items(page.into_inner()).len();
    }
    let items = request.items().collect_up_to(usize::MAX).await.map_err(|error| format!("the items: {error}"))?;
    if items.len() == walked.items { Ok(walked) } else { Err(format!("{} items, {walked:?}", items.len())) }
}

#[test]
fn every_list_is_walked() {
    let paged: BTreeMap<String, Pagination> =
        OPERATIONS.iter().filter_map(|entry| Some((key(entry), entry.pagination?))).collect();
    let walks: BTreeMap<&str, Walk> = calls::WALKS.iter().copied().collect();
    assert!(paged.keys().map(String::as_str).eq(walks.keys().copied()), "the registry and the calls differ");

    let mut forms = BTreeSet::new();
    let mut differences = Vec::new();
    for operation in expectations().iter().filter(|operation| paged.contains_key(text_of(&operation["key"]))) {
        let name = text_of(&operation["key"]);
        let pagination = &paged[name];
        let is_in_body = matches!(pagination.selector, PageParameter::Body(_));
        forms.insert(format!("{:?}, in the body: {is_in_body}", pagination.form));
        // The first case has all arguments and a full response.
        let found = perform(walks[name], pagination, &operation["cases"][0]);
        differences.extend(found.err().map(|difference| format!("{name}: {difference}")));
    }
    println!("{} lists", walks.len());
    assert_eq!(forms.len(), 5, "{forms:?}");
    assert!(differences.is_empty(), "{} lists differ:\n{}", differences.len(), differences.join("\n"));
}

/// Walks one list twice; the error is the first difference.
fn perform(walk: Walk, pagination: &Pagination, case: &Value) -> Result<(), String> {
    let mut arguments = case["arguments"].clone();
    forget(&mut arguments, pagination);
    let pages = pages(&case["response"]["json"], pagination);
    let expected = Walked { pages: pages.len(), items: pages.iter().map(|page| items(page, pagination)).sum() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let twice = pages.iter().chain(&pages).map(|page| Reply::json(&page.to_string())).collect();
        let server = Server::start(twice).await.expect("a free port");
        let client = Client::builder("sesame").base_url(server.url()).build().expect("a client");
        let walked = walk(&client, &Arguments::new(&arguments))?.await?;
        if walked != expected || expected.items < 2 {
            return Err(format!("{walked:?}, not {expected:?}"));
        }
        let requests = server.requests();
        let [first, second, ..] = &requests[..] else { return Err("no second request".to_owned()) };
        same_but_for_the_page(first, second, pagination)
    })
}

/// Removes the argument that says where to start.
fn forget(arguments: &mut Value, pagination: &Pagination) {
    match pagination.selector {
        PageParameter::Body(path) => {
            let (last, outer) = path.split_last().expect("a path");
            let body = outer.iter().try_fold(&mut arguments["body"], |value, step| value.get_mut(*step));
            body.and_then(Value::as_object_mut).map(|object| object.remove(*last));
        }
        PageParameter::Query(name) => {
            arguments.as_object_mut().expect("arguments").remove(&format!("query:{name}"));
        }
    }
}

/// Returns two pages, and for a scroll the empty page that ends it.
fn pages(response: &Value, pagination: &Pagination) -> Vec<Value> {
    let page = |changes: &[(&[&str], Value)]| {
        let mut page = response.clone();
        changes
            .iter()
            .filter(|(path, _)| !path.is_empty())
            .for_each(|(path, value)| put(&mut page, path, value.clone()));
        page
    };
    let Pagination { next, page: own, total_pages, more, items, .. } = *pagination;
    match pagination.form {
        PageForm::Scroll => {
            let told = || (next, json!("two"));
            vec![page(&[told()]), page(&[told()]), page(&[told(), (items, json!([]))])]
        }
        PageForm::Number => {
            let number = |number: u8| page(&[(next, Value::Null), (own, json!(number)), (total_pages, json!(2))]);
            vec![number(1), number(2)]
        }
        PageForm::Cursor => {
            vec![page(&[(next, json!("two")), (more, json!(true))]), page(&[(next, Value::Null), (more, json!(false))])]
        }
    }
}

fn put(value: &mut Value, path: &[&str], new: Value) {
    let place = path.iter().fold(value, |value, step| {
        if !value.is_object() {
            *value = Map::new().into();
        }
        &mut value[*step]
    });
    *place = new;
}

fn items(page: &Value, pagination: &Pagination) -> usize {
    let list = pagination.items.iter().fold(page, |value, step| &value[*step]);
    list.as_array().map_or(0, Vec::len)
}

fn same_but_for_the_page(first: &Received, second: &Received, pagination: &Pagination) -> Result<(), String> {
    let (mut expected, got) = (parsed(first), parsed(second));
    let is_number = pagination.form == PageForm::Number;
    match pagination.selector {
        PageParameter::Body(path) => put(&mut expected["body"], path, if is_number { json!(2) } else { json!("two") }),
        PageParameter::Query(name) => {
            put(&mut expected["query"], &[name], json!([if is_number { "2" } else { "two" }]));
        }
    }
    if expected == got { Ok(()) } else { Err(format!("the second request is {got}, not {expected}")) }
}

/// Returns the parts of a request that may differ between pages.
fn parsed(request: &Received) -> Value {
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let mut pairs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        pairs.entry(name).or_default().push(value);
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let headers: BTreeMap<_, _> =
        request.headers.iter().filter(|(name, _)| name != "content-length").cloned().collect();
    json!({ "method": request.method, "path": path, "query": pairs, "body": body, "headers": headers })
}

fn key(entry: &OperationEntry) -> String {
    format!("{} {}", entry.method, entry.path)
}

/// Checks the responses of the document itself, without the generator.
#[test]
fn every_response_that_tells_of_pages_is_paged_or_denied_with_a_reason() {
    let tells = |response: &Value| {
        let is_page = |name: &str| matches!(name, "pages" | "total_pages" | "next_cursor" | "scroll_param");
        response.as_object().is_some_and(|response| response.keys().any(|name| is_page(name)))
    };
    let (mut paged, mut denied) = (BTreeSet::new(), BTreeSet::new());
    let tree = document();
    for operation in expectations() {
        let name = text_of(&operation["key"]).to_owned();
        let cases = operation["cases"].as_array().expect("cases");
        if !cases.iter().any(|case| tells(&case["response"]["json"])) {
            continue;
        }
        let (method, path) = name.split_once(' ').expect("a method and a path");
        let reason = tree["paths"][path][method.to_lowercase()]["x-pagination"]["none"].as_str();
        if reason.is_some_and(|reason| !reason.is_empty()) {
            denied.insert(name)
        } else {
            paged.insert(name)
        };
    }
    let walked: BTreeSet<String> = calls::WALKS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(paged, walked);
    assert_eq!(denied, BTreeSet::from(["GET /segments".to_owned()]));
}

/// Returns the document with its overlays.
fn document() -> Value {
    let mut document = spec::document();
    document.apply(&spec::overlays()).expect("applies");
    document.tree().clone()
}
