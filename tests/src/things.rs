//! A small invented API for tests of the runtime, with the helpers that such tests share.

use std::error::Error as _;

use intercom_client::runtime::{
    Client, ClientBuilder, Download, Error, Extra, Json, Location, Operation, Piece, Request, Retry, Untyped, model,
};

use crate::server::{Reply, Server};

/// The token of every client in these tests.
pub const TOKEN: &str = "sesame-open";

/// The security requirements of every operation here, which are those of [`Client::request`].
pub const SECURITY: &[&[&str]] = Untyped::INFO.security;

/// The response model of the operations.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// The id.
    pub id: String,
    /// The size.
    pub size: Option<i64>,
    /// The fields without a name in the model.
    pub extra: Extra,
}

model! { Thing { required { id: "id" } optional { size: "size" } } }

/// Defines the type of an operation: name, method, response, media type, and its properties.
#[macro_export]
macro_rules! operation {
    ($visibility:vis $name:ident, $method:literal, $response:ty, $accept:literal) => {
        $crate::operation!($visibility $name, $method, $response, $accept,
            idempotent: matches!($method.as_bytes(), b"GET" | b"PUT" | b"DELETE"), concurrency_limited: false);
    };
    ($visibility:vis $name:ident, $method:literal, $response:ty, $accept:literal, idempotent: $idempotent:expr, concurrency_limited: $one:literal) => {
        #[doc = concat!("`", $method, " /things/{id}`")]
        #[derive(Debug)]
        $visibility enum $name {}
        impl ::intercom_client::runtime::Operation for $name {
            type Response = $response;
            const INFO: ::intercom_client::runtime::OperationInfo = ::intercom_client::runtime::OperationInfo {
                id: stringify!($name),
                tag: "Things",
                method: $method,
                path: "/things/{id}",
                security: $crate::things::SECURITY,
                accept: $accept,
                idempotent: $idempotent,
                concurrency_limited: $one,
                server: None,
            };
        }
    };
}

operation!(pub ShowThing, "GET", Json<Thing>, "application/json");
operation!(pub CreateThing, "POST", Json<Thing>, "application/json");
operation!(pub SearchThing, "POST", Json<Thing>, "application/json", idempotent: true, concurrency_limited: false);
operation!(pub ExportThing, "POST", Json<Thing>, "application/json", idempotent: false, concurrency_limited: true);
operation!(pub UpdateThing, "PUT", Json<Thing>, "application/json");
operation!(pub ChangeThing, "PATCH", Json<Thing>, "application/json");
operation!(pub DeleteThing, "DELETE", (), "");
operation!(pub ThingText, "GET", String, "text/plain");
operation!(pub ThingFile, "GET", Download, "application/octet-stream");
operation!(pub ThingPlace, "GET", Location, "");

/// Creates a request for the thing with the id 7.
pub fn request<Op: Operation>(client: &Client) -> Request<Op> {
    Request::new(client, &[Piece::Text("/things/"), Piece::Value("id", &7)])
}

/// Returns a response with the thing with the id 7.
#[must_use]
pub fn thing() -> Reply {
    Reply::json(r#"{"id": "7"}"#)
}

/// Returns a builder of a client for this server, with every default.
pub fn builder(server: &Server) -> ClientBuilder {
    Client::builder(TOKEN).base_url(server.url())
}

/// Starts a server and builds a client for it that sends each request once.
pub async fn start(replies: Vec<Reply>) -> (Server, Client) {
    let server = Server::start(replies).await.expect("a free port");
    let client = builder(&server).retry(Retry::none()).build().expect("a client");
    (server, client)
}

/// Starts a server and builds a client for it with every default.
pub async fn start_retrying(replies: Vec<Reply>) -> (Server, Client) {
    let server = Server::start(replies).await.expect("a free port");
    let client = builder(&server).build().expect("a client");
    (server, client)
}

/// Panics if an error or one of its causes shows the token or more than one line.
pub fn assert_no_token(error: &Error) {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!("{cause} {cause:?}"));
        source = cause.source();
    }
    assert!(!text.contains(TOKEN), "{text}");
    assert!(!error.to_string().contains('\n'));
}
