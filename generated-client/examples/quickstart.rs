//! Says whose token it is, looks for a contact and records an event of theirs.
//!
//! ```text
//! INTERCOM_API_KEY=… cargo run -p intercom-client --example quickstart -- ada@example.com
//! ```
//!
//! With `INTERCOM_BASE_URL` in the environment it talks to another server, such as `http://127.0.0.1:8080`.

use std::error::Error;

use intercom_client::models::{ContactSearchRequest, CreateDataEventRequest, SingleFilterSearchRequest};
use intercom_client::{Client, Timestamp};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let email = std::env::args().nth(1).ok_or("which contact? Give an email address")?;
    let client = Client::from_env()?;
    run(&client, &email).await
}

async fn run(client: &Client, email: &str) -> Result<(), Box<dyn Error>> {
    let admin = client.admins().identify_admin().await?;
    let workspace = admin.app.and_then(|app| app.name).unwrap_or_default();
    println!("{} of {workspace}", admin.name.unwrap_or_default());

    let filter = SingleFilterSearchRequest::new().field("email").operator("=").value(email);
    let found = client.contacts().search_contacts(ContactSearchRequest::new(filter)).await?;
    for contact in found.data.unwrap_or_default() {
        println!("{} {}", contact.id.unwrap_or_default(), contact.name.unwrap_or_default());
    }

    let event = CreateDataEventRequest::with_email(email, "quickstart-finished", Timestamp::now());
    client.data_events().create_data_event(event).await?;
    println!("sent quickstart-finished");
    Ok(())
}
