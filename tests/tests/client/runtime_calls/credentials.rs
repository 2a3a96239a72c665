//! Tests where the token comes from, where it is sent, and where it must never go.

use intercom_client::runtime::{
    Client, ClientBuilder, Credential, Location, Operation, OperationInfo, Retry, SecurityScheme, ServerInfo, Settings,
};
use tests::server::{Received, Reply, Server};

use super::{SECURITY, ShowThing, Style, TOKEN, ThingPlace, assert_no_token, request};

/// An operation without security requirements.
#[derive(Debug)]
enum Open {}

impl Operation for Open {
    type Response = Location;
    const INFO: OperationInfo =
        OperationInfo { id: "Open", tag: "Things", method: "GET", path: "/things/{id}", ..OperationInfo::UNSAID };
}

/// The name of the security scheme that the operations require.
const SCHEME: &str = SECURITY[0][0];

const fn settings(schemes: &'static [SecurityScheme]) -> Settings {
    Settings {
        server: ServerInfo::new(""),
        schemes,
        security: &[],
        headers: &[("X-Version", "1")],
        token_variable: "THE_TOKEN",
        base_url_variable: "THE_URL",
        user_agent: "other/1",
    }
}

static BASIC: Settings = settings(&[SecurityScheme { name: SCHEME, credential: Credential::Basic }]);
static HEADER: Settings = settings(&[SecurityScheme { name: SCHEME, credential: Credential::Header("X-Api-Key") }]);
static QUERY: Settings = settings(&[SecurityScheme { name: SCHEME, credential: Credential::Query("api key") }]);
static COOKIE: Settings = settings(&[SecurityScheme { name: SCHEME, credential: Credential::Cookie("sid") }]);
static OWN: Settings = settings(&[SecurityScheme { name: SCHEME, credential: Credential::Authorization("Token") }]);

/// The settings that send the token; the first encodes it.
const ALL: [&Settings; 5] = [&BASIC, &HEADER, &QUERY, &COOKIE, &OWN];

/// The text `ann:sesame-open`, encoded for Basic authentication.
const BASIC_TOKEN: &str = "YW5uOnNlc2FtZS1vcGVu";

fn is_basic(settings: &Settings) -> bool {
    settings.schemes[0].credential == Credential::Basic
}

fn token(settings: &Settings) -> String {
    if is_basic(settings) { format!("ann:{TOKEN}") } else { TOKEN.to_owned() }
}

fn client(settings: &'static Settings, server: &Server) -> Client {
    ClientBuilder::with_settings(settings, token(settings))
        .base_url(server.url())
        .retry(Retry::none())
        .build()
        .expect("a client")
}

/// Returns the places where the token arrived.
fn carried(request: &Received) -> Vec<String> {
    let holds = |text: &str| text.contains(TOKEN) || text.contains(BASIC_TOKEN);
    let headers = request.headers.iter().filter(|(_, value)| holds(value));
    let mut places: Vec<_> = headers.map(|(name, value)| format!("{name}: {value}")).collect();
    places.extend(Some(request.target.clone()).filter(|target| holds(target)));
    places
}

#[tokio::test]
async fn the_token_goes_where_the_document_says() {
    let expected = [
        Some(format!("authorization: Basic {BASIC_TOKEN}")),
        Some(format!("x-api-key: {TOKEN}")),
        Some(format!("/things/7?a=1&api+key={TOKEN}")),
        Some(format!("cookie: own=2; sid={TOKEN}")),
        Some(format!("authorization: Token {TOKEN}")),
    ];
    for (settings, expected) in ALL.into_iter().zip(expected) {
        let server = Server::start(vec![Reply::json(r#"{"id": "7"}"#)]).await.expect("a free port");
        let client = client(settings, &server);
        request::<ShowThing>(&client)
            .query_pair("a", "1")
            .cookie("own", Style::Form { explode: true }, &2)
            .await
            .expect("a thing");
        request::<Open>(&client).await.expect_err("no redirect");
        let [first, open] = &server.requests()[..] else { panic!("two requests") };
        assert_eq!(carried(first), Vec::from_iter(expected));
        assert_eq!(carried(open), [""; 0]);
        assert_eq!((first.header("x-version"), first.header("user-agent")), (Some("1"), Some("other/1")));
        assert_eq!(first.headers.iter().filter(|(name, _)| name == "cookie").count(), 1);
    }
}

#[tokio::test]
async fn the_token_shows_nowhere_whatever_its_place() {
    for settings in ALL {
        let failing = vec![Reply::new("404 Not Found", &[], "{}"), Reply::json("{}"), Reply::Raw(Vec::new())];
        let server = Server::start(failing).await.expect("a free port");
        let builder =
            ClientBuilder::with_settings(settings, token(settings)).base_url(server.url()).retry(Retry::none());
        let mut shown = format!("{builder:?} {builder:#?}");
        let client = builder.build().expect("a client");
        let call = request::<ShowThing>(&client);
        shown += &format!("{client:?} {call:?} {call} {:?} {:?}", call.url(), call.headers().expect("valid"));
        for call in [call.clone(), call.clone(), call] {
            let error = call.await.expect_err("not found, no thing, no response");
            assert_no_token(&error);
            shown += &format!("{error} {error:?} {:?}", error.headers());
        }
        assert_eq!(server.requests().len(), 3);
        let nobody = ClientBuilder::with_settings(settings, token(settings))
            .base_url("http://127.0.0.1:1")
            .retry(Retry::none())
            .build();
        let error = request::<ShowThing>(&nobody.expect("a client")).await.expect_err("nobody listens");
        assert_no_token(&error);
        shown += &format!("{error} {error:?}");
        assert!(!shown.contains(TOKEN) && !shown.contains(BASIC_TOKEN), "{shown}");
    }
}

#[tokio::test]
async fn another_host_never_gets_the_token() {
    for settings in ALL {
        let far = Server::start(vec![Reply::json(r#"{"id": "far"}"#)]).await.expect("a free port");
        let away = format!("{}/far", far.url());
        for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
            let replies = vec![
                Reply::new("307 Temporary Redirect", &[("location", "/near")], ""),
                Reply::new(status, &[("location", &away)], ""),
            ];
            let near = Server::start(replies).await.expect("a free port");
            let call = request::<ShowThing>(&client(settings, &near))
                .cookie("own", Style::Form { explode: true }, &2)
                .header("x-own", "o");
            assert_eq!(call.await.expect("follows").id, "far");
            assert!(near.requests().iter().all(|request| carried(request).len() == 1), "{:?}", near.requests());
        }
        assert_eq!(far.requests().len(), 5);
        for request in far.requests() {
            assert_eq!(carried(&request), [""; 0]);
            assert_eq!(request.target, "/far");
            assert!(request.headers.iter().all(|(name, _)| !["cookie", "x-own", "x-version"].contains(&name.as_str())));
        }
    }
}

#[tokio::test]
async fn a_place_that_is_relative_to_the_request_holds_no_token() {
    for location in ["", "#part", "?b=2"] {
        let server =
            Server::start(vec![Reply::new("302 Found", &[("location", location)], "")]).await.expect("a free port");
        let place = request::<ThingPlace>(&client(&QUERY, &server)).query_pair("a", "1").await.expect("a place");
        assert!(place.as_str().starts_with(&server.url()) && !place.as_str().contains(TOKEN), "{place}");
        assert!(server.requests().iter().all(|request| request.target.contains(TOKEN)));
    }
}

#[test]
fn a_token_must_fit_its_place() {
    let build = |settings: &'static Settings, token: &str| {
        ClientBuilder::with_settings(settings, token).base_url("http://localhost").build()
    };
    for settings in [&HEADER, &COOKIE] {
        assert_no_token(&build(settings, &format!("{TOKEN}\n")).expect_err("no header"));
    }
    for settings in [&BASIC, &QUERY] {
        assert!(build(settings, "übel:\n").is_ok());
    }
    let error = ClientBuilder::with_settings(&BASIC, TOKEN).build().expect_err("no server");
    assert!(error.is_invalid() && error.to_string().contains("base URL"));
}
