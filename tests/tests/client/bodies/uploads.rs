//! Tests parts of a form from files and streams.

use std::pin::Pin;
use std::task::{Context, Poll};

use intercom_client::resources::ecommerce_connectors::UploadEcommerceCatalog;
use intercom_client::{Bytes, Client, Part, Request};
use tests::server::Reply;

use super::{chain, empty_folder, start};

/// A stream of items that are available at once.
struct Items(std::vec::IntoIter<Result<Bytes, &'static str>>);

impl futures_core::Stream for Items {
    type Item = Result<Bytes, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

fn items(items: &[Result<&'static str, &'static str>]) -> Items {
    let items: Vec<_> = items.iter().map(|item| item.map(|text| Bytes::from_static(text.as_bytes()))).collect();
    Items(items.into_iter())
}

fn upload(client: &Client, part: Part) -> Request<UploadEcommerceCatalog> {
    client.ecommerce_connectors().upload_ecommerce_catalog("connector-17").catalog(part)
}

fn accepted() -> Vec<Reply> {
    vec![Reply::json(r#"{"id": "job-17"}"#)]
}

#[tokio::test]
async fn a_file_is_sent_as_it_is_and_as_often_as_needed() {
    let file = empty_folder("file").join("Katalog é.csv");
    // The content is longer than one read, and no two parts of it are alike.
    let content: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    std::fs::write(&file, &content).expect("a file");
    let (server, client) = start(accepted()).await;
    let request = upload(&client, Part::file(&file).await.expect("there is one"));
    assert!(request.body().is_repeatable());
    request.clone().await.expect("accepted");
    request.await.expect("accepted again");
    for received in server.requests() {
        let head = received.body.windows(4).position(|window| window == b"\r\n\r\n").expect("a head of the part") + 4;
        assert_eq!(received.body.get(head..head + content.len()), Some(content.as_slice()));
        let head = String::from_utf8_lossy(received.body.get(..head).expect("within")).into_owned();
        assert!(head.contains("name=\"catalog\"; filename=\"Katalog é.csv\"") || head.contains("filename*"), "{head}");
        assert!(head.contains("application/octet-stream"), "{head}");
        let told: usize = received.header("content-length").expect("known").parse().expect("a number");
        assert_eq!(told, received.body.len());
    }
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_file_that_is_not_there_is_told_before_and_after() {
    let folder = empty_folder("missing");
    assert_eq!(Part::file(folder.join("none")).await.expect_err("none").kind(), std::io::ErrorKind::NotFound);
    assert!(Part::file(&folder).await.expect_err("a folder").to_string().contains("is not a file"));
    let (server, client) = start(accepted()).await;
    for (name, change, cause) in [("gone", None, ""), ("shorter", Some("a"), "the file is shorter than was told")] {
        let file = folder.join(name);
        std::fs::write(&file, "a,b,c").expect("a file");
        let request = upload(&client, Part::file(&file).await.expect("there is one"));
        match change {
            None => std::fs::remove_file(&file).expect("it is there"),
            Some(text) => std::fs::write(&file, text).expect("it is there"),
        }
        let error = request.await.expect_err("cannot be sent");
        assert!(!error.is_invalid() && !error.is_timeout(), "{}", chain(&error));
        assert!(chain(&error).contains(cause), "{}", chain(&error));
    }
    assert!(server.requests().is_empty(), "no request came whole");
}

#[tokio::test]
async fn a_stream_of_known_length_is_sent_with_it() {
    let (server, client) = start(accepted()).await;
    let part =
        Part::stream_with_length(items(&[Ok("name,"), Ok("price\n")]), 11).file_name("c.csv").content_type("text/csv");
    assert!(!part.is_repeatable() && part.as_bytes().is_none());
    upload(&client, part).await.expect("accepted");
    let [received] = &server.requests()[..] else { panic!("one request") };
    assert_eq!(received.header("transfer-encoding"), None);
    let text = received.text();
    assert!(text.contains("filename=\"c.csv\"\r\nContent-Type: text/csv\r\n\r\nname,price\n\r\n--"), "{text}");
}

#[tokio::test]
async fn a_stream_of_unknown_length_is_sent_in_chunks() {
    let (server, client) = start(accepted()).await;
    upload(&client, Part::stream(items(&[Ok("name,"), Ok("price\n")]))).part_number(3).await.expect("accepted");
    let [received] = &server.requests()[..] else { panic!("one request") };
    assert_eq!((received.header("transfer-encoding"), received.header("content-length")), (Some("chunked"), None));
    let text = received.text();
    assert!(text.contains("name=\"catalog\"\r\n\r\nname,price\n\r\n--"), "{text}");
    assert!(text.contains("name=\"part_number\"\r\n\r\n3\r\n--"), "{text}");
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let (server, client) = start(accepted()).await;
    let request = upload(&client, Part::stream(items(&[Ok("a")])));
    assert!(!request.body().is_repeatable());
    request.clone().await.expect("accepted");
    let error = request.await.expect_err("sent before");
    assert!(
        error.is_invalid() && error.to_string().contains("`catalog`: it is a stream, and was sent before"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_stream_that_fails_fails_the_call_with_its_error() {
    let (server, client) = start(accepted()).await;
    let error = upload(&client, Part::stream(items(&[Ok("a"), Err("the disk is on fire")]))).await.expect_err("fails");
    assert!(chain(&error).contains("the disk is on fire"), "{}", chain(&error));
    for (text, length) in [("too short", 10), ("too long", 7)] {
        let part = Part::stream_with_length(items(&[Ok(text)]), length);
        let error = upload(&client, part).await.expect_err("cannot be sent");
        let told = text.replace("too ", "the stream is ") + "er than was told";
        assert!(chain(&error).contains(&told), "{}", chain(&error));
    }
    assert!(server.requests().is_empty(), "no request came whole");
}

#[tokio::test]
async fn a_download_goes_straight_into_an_upload() {
    let (_source, from) =
        start(vec![Reply::new("200 OK", &[("content-type", "text/csv")], "name,price\nGauge,12\n")]).await;
    let (server, to) = start(accepted()).await;
    let download = from.data_export().download_data_export("job-17").await.expect("a download");
    upload(&to, Part::stream(download)).await.expect("accepted");
    assert!(server.requests().iter().all(|received| received.text().contains("name,price\nGauge,12\n")));
    assert_eq!(server.requests().len(), 1);
}
