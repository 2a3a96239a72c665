//! Tests a proxy from the environment of a program: the requests that bypass it, and what it sees of the others.

use std::process::{Command, Output};

use tests::server::{Reply, Server, refusing};
use tests::things::TOKEN;

const VARIABLES: [&str; 6] = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// Makes one call in a separate program whose environment names this proxy in every variable.
async fn call(url: &str, proxy: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_one_call"));
    command.arg(url).env_remove("NO_PROXY").env_remove("no_proxy").envs(VARIABLES.map(|name| (name, proxy)));
    tokio::task::spawn_blocking(move || command.output()).await.expect("no panic").expect("it starts")
}

async fn start(reply: Reply) -> Server {
    Server::start(vec![reply]).await.expect("a free port")
}

#[tokio::test]
async fn nothing_in_the_clear_goes_to_it() {
    let proxy = start(Reply::json("{}")).await;
    // The client does not know the last host as this machine; the program allows plain HTTP.
    for host in ["127.0.0.1", "localhost", "0.0.0.0"] {
        let server = start(Reply::json("{}")).await;
        let called = call(&server.url().replace("127.0.0.1", host), &proxy.url()).await;
        assert!(called.status.success(), "{host}: {}", String::from_utf8_lossy(&called.stderr));
        let [asked] = &server.requests()[..] else { panic!("one request") };
        assert_eq!((asked.target.as_str(), asked.header("authorization")), ("/me", Some("Bearer sesame-open")));
    }
    let (_taken, refusing) = refusing().expect("a free port");
    assert!(!call(&refusing.replace("http://", "https://"), &proxy.url()).await.status.success());
    assert_eq!(proxy.opened(), 0);
}

#[tokio::test]
async fn it_is_asked_to_connect_and_sees_no_token() {
    let proxy = start(Reply::new("502 Bad Gateway", &[], "")).await;
    assert!(!call("https://api.example.invalid", &proxy.url()).await.status.success());
    let [asked] = &proxy.requests()[..] else { panic!("one request") };
    assert_eq!((asked.method.as_str(), asked.target.as_str()), ("CONNECT", "api.example.invalid:443"));
    assert!(!format!("{asked:?}").contains(TOKEN));
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_and_not_shown() {
    let called = call("https://api.example.invalid", "http://ann:pass-17@").await;
    let said = String::from_utf8_lossy(&called.stderr);
    assert!(!called.status.success() && said.contains("HTTPS_PROXY") && !said.contains("pass-17"), "{said}");
}
