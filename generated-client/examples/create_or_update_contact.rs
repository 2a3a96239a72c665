//! Keeps the contact of one of your users: creates it, or updates the one that is there.
//!
//! ```text
//! INTERCOM_API_KEY=… cargo run -p intercom-client --example create_or_update_contact -- u-17 ann@example.com Ann
//! ```
//!
//! A search beforehand would not do: it knows a new contact only after minutes, and another program may be faster. Creating says
//! which contact is in the way, also where that is archived.
//!
//! With `INTERCOM_BASE_URL` in the environment it talks to another server, such as `http://127.0.0.1:8080`.

use intercom_client::models::{Contact, CreateContactRequest, UpdateContactRequest};
use intercom_client::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [user, email, name] = &arguments[..] else {
        return Err("which user? Give the id that you have for them, the email address and the name".into());
    };
    let client = Client::from_env()?;
    let contact = create_or_update(&client, user, email, name).await?;
    println!("{} is {}", contact.id.unwrap_or_default(), contact.name.unwrap_or_default());
    Ok(())
}

async fn create_or_update(client: &Client, user: &str, email: &str, name: &str) -> Result<Contact, Error> {
    let contact = CreateContactRequest::with_external_id(user).email(email).name(name);
    let conflict = match client.contacts().create_contact(contact).await {
        Err(error) if error.conflicting_id().is_some() => error,
        created => return created,
    };
    let id = conflict.conflicting_id().unwrap_or_default();
    if conflict.is_conflict_with_archived() {
        client.contacts().unarchive_contact(id).await?;
    }
    let changed = || UpdateContactRequest::new().external_id(user).email(email).name(name);
    match client.contacts().update_contact(id, changed()).await {
        // It was merged into another in the meantime.
        Err(error) => match error.merged_into() {
            Some(survivor) => client.contacts().update_contact(survivor, changed()).await,
            None => Err(error),
        },
        updated => updated,
    }
}
