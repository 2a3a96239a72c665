//! Tests the blocking calls over a real socket.

use std::future::IntoFuture;
use std::io::Read;
use std::sync::mpsc;
use std::thread;

use intercom_client::blocking::block_on;
use intercom_client::{Client, Error};
use serde_json::json;
use tests::folder;
use tests::server::{Reply, Server};

/// Starts a server on its own thread, which runs until the test program ends.
fn start(replies: Vec<Reply>) -> (Server, Client) {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            sender.send(Server::start(replies).await.expect("a free port")).expect("the test waits");
            std::future::pending::<()>().await;
        });
    });
    let server = receiver.recv().expect("a server");
    let client = Client::builder("sesame-open").base_url(server.url()).build().expect("a client");
    (server, client)
}

fn ann() -> Vec<Reply> {
    let headers = [("content-type", "application/json"), ("x-request-id", "r-17")];
    vec![Reply::new("200 OK", &headers, r#"{"type": "contact", "id": "c-17", "name": "Ann"}"#)]
}

#[test]
fn a_call_blocks_until_its_value_is_there() {
    let (server, client) = start(ann());
    let contact = client.contacts().show_contact("c-17").call().expect("a contact");
    assert_eq!(contact.name.as_deref(), Some("Ann"));
    let response = client.contacts().show_contact("c-17").call_response().expect("a contact");
    assert_eq!((response.status_code().as_u16(), response.request_id()), (200, Some("r-17")));
    assert_eq!(response.into_inner().id.as_deref(), Some("c-17"));
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn errors_are_those_of_async_calls() {
    let body = r#"{"type": "error.list", "errors": [{"code": "not_found", "message": "no such contact"}]}"#;
    let (_server, client) = start(vec![Reply::new("404 Not Found", &[], body)]);
    let error = client.contacts().show_contact("c-17").call().expect_err("none");
    assert!(error.is_not_found() && error.code() == Some("not_found"), "{error}");
    let error = client.contacts().show_contact("..").call().expect_err("not valid");
    assert!(error.is_invalid() && error.operation() == "ShowContact", "{error}");
}

fn contacts(ids: &[&str], cursor: Option<&str>) -> Reply {
    let contacts: Vec<_> = ids.iter().map(|id| json!({ "type": "contact", "id": id })).collect();
    let next = cursor.map(|cursor| json!({ "starting_after": cursor }));
    Reply::json(&json!({ "type": "list", "data": contacts, "pages": { "next": next } }).to_string())
}

#[test]
fn items_of_all_pages_go_into_a_loop() {
    let (server, client) = start(vec![contacts(&["c-1", "c-2"], Some("x1")), contacts(&["c-3"], None)]);
    let mut seen = Vec::new();
    for contact in client.contacts().list_contacts().items() {
        seen.push((contact.expect("a contact").id.expect("an id"), server.requests().len()));
    }
    // The second page is requested when the first is used up.
    assert_eq!(seen, [("c-1".to_owned(), 1), ("c-2".to_owned(), 1), ("c-3".to_owned(), 2)]);
    assert_eq!(server.requests().len(), 2);
    assert!(server.requests()[1].target.contains("starting_after=x1"));
}

#[test]
fn pages_go_into_a_loop() {
    let (_server, client) = start(vec![contacts(&["c-1", "c-2"], Some("x1")), contacts(&["c-3"], None)]);
    let mut lengths = Vec::new();
    for page in client.contacts().list_contacts().pages() {
        let page = page.expect("a page");
        assert_eq!(page.status_code().as_u16(), 200);
        lengths.push(page.into_inner().data.expect("a list").len());
    }
    assert_eq!(lengths, [2, 1]);
}

#[test]
fn an_error_on_a_later_page_comes_after_the_items_before() {
    let gone = Reply::new("404 Not Found", &[], "");
    let (server, client) = start(vec![contacts(&["c-1"], Some("x1")), gone, contacts(&["c-2"], None)]);
    let mut items = client.contacts().list_contacts().items().into_iter();
    assert_eq!(items.next().expect("an item").expect("a contact").id.as_deref(), Some("c-1"));
    assert!(items.next().expect("an item").expect_err("the second page fails").is_not_found());
    // The same page is requested again, as in a stream.
    assert_eq!(items.next().expect("an item").expect("a contact").id.as_deref(), Some("c-2"));
    assert!(items.next().is_none() && items.next().is_none());
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn within_a_runtime_a_list_is_one_refusal() {
    let (server, client) = start(vec![contacts(&["c-1", "c-2"], Some("x1"))]);
    let list = || client.contacts().list_contacts();
    let mut begun = list().items().into_iter();
    begun.next().expect("an item").expect("a contact");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let items = list().items().into_iter().map(|item| item.map(drop));
        let pages = list().pages().into_iter().map(|page| page.map(drop));
        for outcomes in
            [items.collect::<Vec<_>>(), pages.collect(), begun.by_ref().map(|item| item.map(drop)).collect()]
        {
            let [Err(error)] = &outcomes[..] else { panic!("one refusal: {outcomes:?}") };
            assert!(error.is_invalid() && error.operation() == "ListContacts", "{error}");
            assert!(error.to_string().contains("await the request"), "{error}");
        }
    });
    assert!(begun.next().is_none(), "a refused loop goes on");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_download_is_a_reader() {
    let (_server, client) = start(vec![Reply::new("200 OK", &[], "name,opened\n")]);
    let download = || client.data_export().download_data_export("job-17").call().expect("a download");

    let mut reader = download();
    let mut start = [0; 5];
    reader.read_exact(&mut start).expect("five bytes");
    assert_eq!((&start, reader.received()), (b"name,", 5));
    assert_eq!(reader.read(&mut []).expect("nothing is asked for"), 0);
    let rest = block_on(reader.bytes()).expect("a plain thread").expect("the rest");
    assert_eq!(rest, "opened\n");

    let folder = folder::empty(env!("CARGO_TARGET_TMPDIR"), "blocking").expect("a folder");
    let path = folder.join("export.csv");
    let mut file = std::fs::File::create(&path).expect("a file");
    assert_eq!(std::io::copy(&mut download(), &mut file).expect("all"), 12);
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), "name,opened\n");
}

#[test]
fn a_reader_fails_with_the_error_of_the_transfer() {
    let broken = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nname".to_vec();
    let (_server, client) = start(vec![Reply::Raw(broken)]);
    let mut download = client.data_export().download_data_export("job-17").call().expect("a download");
    let mut text = String::new();
    let error = download.read_to_string(&mut text).expect_err("broken off");
    assert_eq!(text, "name");
    let error = error.get_ref().and_then(|error| error.downcast_ref::<Error>()).expect("an error of the client");
    assert_eq!(error.operation(), "downloadDataExport");
}

#[test]
fn an_async_runtime_is_not_blocked_but_told() {
    let (server, client) = start(ann());
    let told = |error: Error| assert!(error.is_invalid() && error.to_string().contains("await the request"), "{error}");
    let mut download = client.data_export().download_data_export("job-17").call().expect("a download");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        told(client.contacts().show_contact("c-17").call().expect_err("within a runtime"));
        told(client.contacts().show_contact("c-17").call_response().expect_err("within a runtime"));
        told(block_on(async { 1 }).expect_err("within a runtime"));
        let error = download.read(&mut [0; 8]).expect_err("within a runtime");
        told(error.downcast().expect("an error of the client"));
        // The error advises to await, also on a thread for blocking work.
        let contact = client.contacts().show_contact("c-17").await.expect("a contact");
        let again = client.contacts().show_contact("c-17");
        let blocking = tokio::task::spawn_blocking(|| tokio::runtime::Handle::current().block_on(again.into_future()));
        assert_eq!(blocking.await.expect("no panic").expect("a contact"), contact);
    });
    assert_eq!(server.requests().len(), 3);
    assert!(block_on(async { 1 }).is_ok_and(|one| one == 1), "outside all is as before");
}

#[test]
fn threads_share_a_client() {
    let (server, client) = start(ann());
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..5 {
                    client.contacts().show_contact("c-17").call().expect("a contact");
                }
            });
        }
    });
    assert_eq!(server.requests().len(), 40);
}
