//! Lets an app into the workspaces of others: sends a browser to Intercom, takes it back, and gets the token of its workspace.
//!
//! ```text
//! INTERCOM_CLIENT_ID=… INTERCOM_CLIENT_SECRET=… cargo run -p intercom-client --example connect_workspace -- 127.0.0.1:8080
//! ```
//!
//! Both are on the page of the app in the Developer Hub, whose redirect URL is to end in `/back`. Somebody who wants to let the app in
//! opens `/`. A real app keeps the token in a database.
//!
//! With `INTERCOM_BASE_URL` in the environment it asks another server for tokens, such as `http://127.0.0.1:8080`.

use std::error::Error;
use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use intercom_client::oauth::{self, App, OAuthError};
use tokio::net::TcpListener;

/// For a page that is open for minutes, and for the redirect back alone.
const COOKIE_SETTINGS: &str = "Max-Age=600; Path=/back; HttpOnly; Secure; SameSite=Lax";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).ok_or("where to listen? Give an address, such as 127.0.0.1:8080")?;
    let variable = |name: &str| std::env::var(name).map_err(|_| format!("{name} is not set"));
    let app = App::new(variable("INTERCOM_CLIENT_ID")?, variable("INTERCOM_CLIENT_SECRET")?);
    let app = match std::env::var("INTERCOM_BASE_URL") {
        Ok(url) => app.base_url(url),
        Err(_) => app,
    };
    let listener = TcpListener::bind(&address).await.map_err(|error| format!("{address}: {error}"))?;
    println!("listening on http://{}/", listener.local_addr()?);
    let router = Router::new().route("/", get(leave)).route("/back", get(back)).with_state(Arc::new(app));
    Ok(axum::serve(listener, router).await?)
}

/// Sends the browser to Intercom, with a state that it alone knows.
async fn leave(State(app): State<Arc<App>>) -> Result<(StatusCode, [(&'static str, String); 2]), StatusCode> {
    let state = oauth::new_state().map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let page = app.authorize_url(&state).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let cookie = format!("state={state}; {COOKIE_SETTINGS}");
    Ok((StatusCode::FOUND, [(LOCATION.as_str(), page.into()), (SET_COOKIE.as_str(), cookie)]))
}

/// Takes the browser back, and says what became of it.
async fn back(State(app): State<Arc<App>>, RawQuery(query): RawQuery, headers: HeaderMap) -> (StatusCode, String) {
    let cookies = headers.get(COOKIE).and_then(|cookies| cookies.to_str().ok()).unwrap_or_default();
    let state = cookies.split("; ").find_map(|cookie| cookie.strip_prefix("state=")).unwrap_or_default();
    match connect(&app, state, &query.unwrap_or_default()).await {
        Ok(workspace) => {
            println!("connected {workspace}");
            (StatusCode::OK, format!("{workspace} is connected"))
        }
        Err(error) => {
            eprintln!("refused: {error}");
            // Whoever sent the browser here with a code of their own learns nothing.
            let status =
                if matches!(error, OAuthError::Call(_)) { StatusCode::BAD_GATEWAY } else { StatusCode::BAD_REQUEST };
            (status, "this did not work: begin once more".to_owned())
        }
    }
}

/// Gets the token, and the name of the workspace that it is for.
async fn connect(app: &App, state: &str, query: &str) -> Result<String, OAuthError> {
    let code = oauth::code(state, query)?;
    let client = app.token(code).await?.client_builder().build()?;
    let workspace = client.admins().identify_admin().await?.app;
    Ok(workspace.and_then(|workspace| workspace.name).unwrap_or_default())
}
