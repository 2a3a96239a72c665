//! An endpoint for webhooks: it checks who sent a notification, responds at once, and deals with it afterwards.
//!
//! ```text
//! INTERCOM_CLIENT_SECRET=… cargo run -p intercom-client --example receive_webhook -- 127.0.0.1:8080
//! ```
//!
//! The secret is the client secret of the app, from the Developer Hub. Ctrl-C ends it once it has dealt with everything that
//! it has taken. A real endpoint keeps what it took, and what it has seen, in a database.

use std::collections::{HashSet, VecDeque};
use std::error::Error;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::routing::post;
use intercom_client::DecodeError;
use intercom_client::webhook::{self, BODY_SIGNATURE_HEADER, Event, Notification, SIGNATURE_HEADER, WebhookError};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// How many notifications may wait, and how many ids are remembered.
const MOST: usize = 10_000;

struct Endpoint {
    secret: String,
    queue: mpsc::Sender<Notification>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let secret = std::env::var("INTERCOM_CLIENT_SECRET").ok().filter(|secret| !secret.is_empty());
    let secret = secret.ok_or("INTERCOM_CLIENT_SECRET is not set")?;
    let address = std::env::args().nth(1).ok_or("where to listen? Give an address, such as 127.0.0.1:8080")?;
    let listener = TcpListener::bind(&address).await.map_err(|error| format!("{address}: {error}"))?;
    println!("listening on http://{}/", listener.local_addr()?);

    let (queue, notifications) = mpsc::channel(MOST);
    let worker = tokio::spawn(work(notifications));
    let router = Router::new().route("/", post(receive)).with_state(Arc::new(Endpoint { secret, queue }));
    let stop = async {
        // Where no signal can be had, it runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    };
    axum::serve(listener, router).with_graceful_shutdown(stop).await?;
    // The queue has ended with the router.
    Ok(worker.await?)
}

/// The signature is that of the bytes as they came: a body that is parsed first is another. Calls that tell of no event bring it
/// in a header of their own.
async fn receive(State(endpoint): State<Arc<Endpoint>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get(SIGNATURE_HEADER).or_else(|| headers.get(BODY_SIGNATURE_HEADER));
    let signature = signature.map(HeaderValue::as_bytes).unwrap_or_default();
    match webhook::verify(&endpoint.secret, signature, &body) {
        Ok(notification) => match endpoint.queue.try_send(notification) {
            Ok(()) => StatusCode::OK,
            // It is sent again later.
            Err(_) => StatusCode::SERVICE_UNAVAILABLE,
        },
        Err(error) => {
            eprintln!("refused: {error}");
            if matches!(error, WebhookError::Decode(_)) { StatusCode::BAD_REQUEST } else { StatusCode::UNAUTHORIZED }
        }
    }
}

async fn work(mut notifications: mpsc::Receiver<Notification>) {
    let mut seen = Seen::default();
    while let Some(notification) = notifications.recv().await {
        let id = notification.id.as_deref().unwrap_or("without id");
        if notification.id.as_ref().is_some_and(|id| !seen.is_new(id)) {
            println!("{id}: seen before");
            continue;
        }
        match handle(&notification) {
            Ok(done) => println!("{id}: {done}"),
            Err(error) => {
                let topic = notification.topic.as_ref().map_or("no topic", |topic| topic.as_str());
                eprintln!("{id}: {topic}: {error}");
            }
        }
    }
}

/// Says what is to be done; here a program does it.
fn handle(notification: &Notification) -> Result<String, DecodeError> {
    if notification.topic.is_none() {
        // The app was uninstalled, somebody looks whether it is well, or Canvas Kit asks for a card.
        let workspace = notification.workspace_id.as_ref().or(notification.app_id.as_ref());
        return Ok(format!("workspace {} asks", workspace.map_or("of no name", String::as_str)));
    }
    Ok(match notification.event()? {
        Event::ContactUserCreated(contact) | Event::ContactLeadCreated(contact) => {
            format!("welcome {}", contact.name.or(contact.email).unwrap_or_default())
        }
        Event::ConversationUserCreated(conversation) | Event::ConversationUserReplied(conversation) => {
            format!("conversation {} waits for a response", conversation.id.unwrap_or_default())
        }
        Event::Ping(_) => "the connection works".to_owned(),
        other => format!("nothing to do for {}", other.topic()),
    })
}

/// The latest ids. A notification whose response got lost comes again with the same id.
#[derive(Default)]
struct Seen {
    ids: HashSet<String>,
    order: VecDeque<String>,
}

impl Seen {
    fn is_new(&mut self, id: &str) -> bool {
        if !self.ids.insert(id.to_owned()) {
            return false;
        }
        self.order.push_back(id.to_owned());
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        true
    }
}
