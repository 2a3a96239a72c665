//! Tests OAuth: the URL for the browser, the parameters that it brings back, and the token for them.

use intercom_client::oauth::{App, OAuthError, code};
use intercom_client::{Server as Region, Value};
use serde_json::json;
use tests::server::{Reply, Server};

const SECRET: &str = "tea-kettle-17";
const TOKEN: &str = "dG9rOm9wZW4tc2VzYW1l";

fn app(server: &Server) -> App {
    App::new("app-1", SECRET).base_url(server.url())
}

async fn start(replies: Vec<Reply>) -> Server {
    Server::start(replies).await.expect("a free port")
}

#[test]
fn a_browser_is_sent_to_the_page_of_its_region_with_the_state() {
    let address = |app: App| app.authorize_url("s&t=1 é").expect("valid").to_string();
    let query = "client_id=app-1&state=s%26t%3D1+%C3%A9";
    assert_eq!(address(App::new("app-1", SECRET)), format!("https://app.intercom.com/oauth?{query}"));
    let european = App::new("app-1", SECRET).server(Region::Eu).redirect_uri("https://shop.example/back?x=1");
    let redirect = "redirect_uri=https%3A%2F%2Fshop.example%2Fback%3Fx%3D1";
    assert_eq!(address(european), format!("https://app.eu.intercom.com/oauth?{query}&{redirect}"));
    assert!(address(App::new("app-1", SECRET).server(Region::Au)).starts_with("https://app.au.intercom.com/oauth?"));
    assert!(App::new("app-1", SECRET).authorize_url("").is_err() && App::new("", SECRET).authorize_url("s").is_err());
}

#[test]
fn a_code_counts_only_with_the_state_of_its_browser() {
    assert_eq!(code("s 1", "?code=c%2B1&state=s+1").expect("a code"), "c+1");
    assert_eq!(code("s1", "state=s1&code=c-1").expect("a code"), "c-1");
    for query in ["", "?code=c-1", "?code=c-1&state=", "?code=c-1&state=s2", "?code=c-1&state=s", "?code=c-1&state=s11"]
    {
        assert!(matches!(code("s1", query), Err(OAuthError::WrongState)), "{query}");
    }
    assert!(matches!(code("", "?code=c-1&state="), Err(OAuthError::WrongState)), "everybody could know it");
    assert!(matches!(code("s1", "?state=s1"), Err(OAuthError::NoCode)));
    assert!(matches!(code("s1", "?state=s1&code="), Err(OAuthError::NoCode)));
    let denied = code("s1", "?state=s1&error=access_denied").expect_err("denied");
    assert!(matches!(&denied, OAuthError::Denied(reason) if reason == "access_denied"), "{denied}");
}

#[tokio::test]
async fn a_code_becomes_a_token_and_a_client_of_that_workspace() {
    for name in ["access_token", "token"] {
        let response = json!({ "token_type": "Bearer", name: TOKEN }).to_string();
        let server = start(vec![Reply::json(&response), Reply::json(r#"{"type": "admin", "id": "a-1"}"#)]).await;
        let token = app(&server).token("c-1").await.expect("a token");
        assert_eq!(token.secret(), TOKEN);
        let client = token.client_builder().build().expect("a client");
        client.admins().identify_admin().await.expect("an admin");
        let [exchange, me] = &server.requests()[..] else { panic!("two requests") };
        assert_eq!((exchange.method.as_str(), exchange.target.as_str()), ("POST", "/auth/eagle/token"));
        assert_eq!(exchange.header("authorization"), None);
        let body: Value = serde_json::from_slice(&exchange.body).expect("JSON");
        assert_eq!(body, json!({ "code": "c-1", "client_id": "app-1", "client_secret": SECRET }));
        assert_eq!(me.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
        for shown in [format!("{token:?}"), format!("{:?}", app(&server)), format!("{client:?}")] {
            assert!(!shown.contains(TOKEN) && !shown.contains(SECRET), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_code_that_is_not_good_is_an_error_and_is_sent_once() {
    let refusal =
        Reply::new("401 Unauthorized", &[], r#"{"type": "error.list", "errors": [{"code": "unauthorized"}]}"#);
    for (reply, called) in [
        (refusal, true),
        (Reply::new("503 Busy", &[], ""), true),
        (Reply::json("{}"), false),
        (Reply::json(r#"{"access_token": ""}"#), false),
        (Reply::json(&format!("access_token={TOKEN}")), false),
    ] {
        let server = start(vec![reply]).await;
        let error = app(&server).token("c-1").await.expect_err("no token");
        assert_eq!(matches!(error, OAuthError::Call(_)), called, "{error}");
        assert_eq!(server.requests().len(), 1);
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(SECRET) && !shown.contains(TOKEN), "{shown}");
    }
    let server = start(vec![Reply::json("{}")]).await;
    let error = App::new("app-1", "").base_url(server.url()).token("c-1").await.expect_err("no secret");
    assert!(matches!(error, OAuthError::Invalid(_)) && server.requests().is_empty());
}
