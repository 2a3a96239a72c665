//! Walks a list to its end against a server with prepared pages.

use intercom_client::{Client, Error, Items, Paged, Url, Value};
use serde_json::json;
use tests::server::{Received, Reply, Server};

/// Starts a server that sends these responses in turn, and a client for it.
pub(super) async fn start(responses: &[Value]) -> (Server, Client) {
    serve(responses.iter().map(|response| Reply::json(&response.to_string())).collect()).await
}

pub(super) async fn serve(replies: Vec<Reply>) -> (Server, Client) {
    let server = Server::start(replies).await.expect("a free port");
    let client = Client::builder("sesame").base_url(server.url()).build().expect("a client");
    (server, client)
}

/// Returns records with these ids.
pub(super) fn records(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({ "id": id })).collect()
}

/// The result of a walk to the end of a list.
pub(super) struct Walk {
    /// The ids of all items, joined by spaces.
    pub(super) ids: String,
    /// The error that ended it.
    pub(super) error: Option<Error>,
    pub(super) requests: Vec<Received>,
}

impl Walk {
    /// Returns the value of a query parameter in each request after the first, joined by spaces; `-` if it is absent.
    pub(super) fn asked(&self, name: &str) -> String {
        let values = self.requests.iter().skip(1).map(|request| query(request, name).unwrap_or_else(|| "-".to_owned()));
        values.collect::<Vec<_>>().join(" ")
    }
}

/// Returns the value of a query parameter, which must not occur twice.
pub(super) fn query(request: &Received, name: &str) -> Option<String> {
    let url = Url::parse(&format!("http://127.0.0.1{}", request.target)).expect("a URL arrived");
    let mut values = url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let value = values.next();
    assert_eq!(values.next(), None, "{name} came twice: {}", request.target);
    value
}

/// Takes all items to the end of the list. Continues after an error, and panics at a second one.
pub(super) async fn walk<Op: Paged>(
    server: &Server,
    mut items: Items<Op>,
    id: impl Fn(&Op::Item) -> Option<String>,
) -> Walk {
    let (mut ids, mut error) = (Vec::new(), None);
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => ids.push(id(&item).unwrap_or_default()),
            Err(found) => {
                assert!(error.is_none(), "two errors: {error:?} and {found:?}");
                error = Some(found);
            }
        }
        assert!(ids.len() < 100, "no end: {ids:?}");
    }
    assert!(items.next().await.is_none(), "an ended list goes on");
    Walk { ids: ids.join(" "), error, requests: server.requests() }
}
