//! Tests an operation that redirects: the location, and the content there, fetched without the token.

use intercom_client::Client;
use tests::server::{Received, Reply};

use super::{TOKEN, start};

fn found(location: &str) -> Reply {
    Reply::new("302 Found", &[("location", location)], "")
}

#[tokio::test]
async fn what_a_redirect_points_to_is_fetched_without_the_token() {
    let audio = Reply::new("200 OK", &[("content-type", "audio/mpeg")], "sound");
    let (elsewhere, _) = start(vec![found("/moved"), audio]).await;
    let place = format!("{}/recordings/17?signature=s-17", elsewhere.url());
    let (server, _) = start(vec![found(&place)]).await;
    let builder = Client::builder(TOKEN).base_url(server.url()).header("x-secret", "s").header("user-agent", "me/1");
    let client = builder.build().expect("a client");

    let location = client.calls().show_call_recording("call-17").await.expect("a place");
    assert_eq!((location.as_str(), location.url().path()), (place.as_str(), "/recordings/17"));
    assert!(elsewhere.requests().is_empty(), "nothing is fetched unasked");

    let mut download = location.download(&client).header("range", "bytes=0-").await.expect("follows");
    assert_eq!(download.content_type(), Some("audio/mpeg"));
    assert_eq!(download.chunk().await.expect("a chunk").as_deref(), Some(b"sound".as_slice()));
    let [first, second] = &elsewhere.requests()[..] else { panic!("two requests") };
    assert_eq!((first.target.as_str(), second.target.as_str()), ("/recordings/17?signature=s-17", "/moved"));
    for received in [first, second] {
        assert!(!said(received).contains(TOKEN), "{received:?}");
        let mut names: Vec<_> = received.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "accept-encoding", "host", "range", "user-agent"]);
        assert_eq!((received.header("user-agent"), received.header("accept")), (Some("me/1"), Some("*/*")));
    }
    assert!(server.requests().iter().all(|received| said(received).contains(TOKEN)));
}

fn said(received: &Received) -> String {
    format!("{received:?}")
}

#[tokio::test]
async fn a_place_that_responds_with_an_error_is_an_error() {
    let (elsewhere, _) = start(vec![Reply::new("403 Forbidden", &[], "<Error>expired</Error>")]).await;
    let (_server, client) = start(vec![found(&format!("{}/17?signature=s-17", elsewhere.url()))]).await;
    let location = client.calls().show_call_recording("call-17").await.expect("a place");
    let error = location.download(&client).await.expect_err("forbidden");
    assert!(error.is_forbidden() && error.text().contains("expired"));
    assert!(!format!("{error} {error:?}").contains("s-17"), "the signature is a secret: {error:?}");
}

#[tokio::test]
async fn a_place_in_the_clear_is_refused() {
    for place in ["http://files.example/17", "ftp://files.example/17"] {
        let (_server, client) = start(vec![found(place)]).await;
        let location = client.calls().show_call_recording("call-17").await.expect("a place");
        let request = location.download(&client);
        assert!(request.url().is_err());
        let error = request.await.expect_err("refused");
        assert!(error.is_invalid() && error.to_string().contains("files.example is refused"), "{error}");
    }
    let (server, _) = start(vec![found("http://files.example/17")]).await;
    let client = Client::builder(TOKEN).base_url(server.url()).allow_plain_http().build().expect("a client");
    let location = client.calls().show_call_recording("call-17").await.expect("a place");
    assert_eq!(location.download(&client).url().expect("asked for").as_str(), "http://files.example/17");
}
