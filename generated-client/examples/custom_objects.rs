//! Keeps an order as a custom object: writes it, reads it back, ties it to a contact, and deletes it.
//!
//! ```text
//! INTERCOM_API_KEY=… cargo run -p intercom-client --example custom_objects -- put o-17 c-17 state=shipped parcels=2
//! INTERCOM_API_KEY=… cargo run -p intercom-client --example custom_objects -- delete o-17
//! ```
//!
//! `o-17` is the order's own number, `c-17` the id that Intercom gave the contact. Each of the two may be run any number of
//! times. The workspace must have the custom object type `Order` with these attributes, and contacts a reference to many of
//! them called `order`.
//!
//! With `INTERCOM_BASE_URL` in the environment it talks to another server, such as `http://127.0.0.1:8080`.

use std::error::Error as StdError;

use intercom_client::models::{CustomObjectInstance, CustomObjectInstanceRequest, UpdateContactRequest};
use intercom_client::{Client, Error};

/// The type of the custom object.
const TYPE: &str = "Order";

/// The attribute of contacts that refers to their orders.
const REFERENCE: &str = "order";

const USAGE: &str = "say `put ORDER CONTACT NAME=VALUE…` or `delete ORDER`";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn StdError>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let client = Client::from_env()?;
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["put", order, contact, attributes @ ..] => {
            let attributes: Option<Vec<_>> = attributes.iter().map(|attribute| attribute.split_once('=')).collect();
            let order = write(&client, order, attributes.ok_or(USAGE)?).await?;
            tie(&client, contact, order.id.ok_or("the server gave the order no id")?).await
        }
        ["delete", order] => delete(&client, order).await,
        _ => Err(USAGE.into()),
    }
}

/// Makes the order, or changes it where there is one, and reads it back.
async fn write(
    client: &Client,
    order: &str,
    attributes: Vec<(&str, &str)>,
) -> Result<CustomObjectInstance, Box<dyn StdError>> {
    let orders = client.custom_object_instances();
    let body = CustomObjectInstanceRequest::new().external_id(order).custom_attributes(attributes);
    // The order's own number decides which it is, so that writing it twice is writing it once.
    orders.create_custom_object_instances(TYPE, body).idempotent(true).await.map_err(advise)?;
    let written = orders.get_custom_object_instances_by_id(TYPE, order).await?;
    println!("{order} is {}", written.id.as_deref().unwrap_or("without an id"));
    for (name, value) in written.custom_attributes.iter().flatten() {
        println!("  {name}: {value}");
    }
    Ok(written)
}

/// Adds the order to those of a contact.
async fn tie(client: &Client, contact: &str, order: String) -> Result<(), Box<dyn StdError>> {
    let orders = client.custom_object_instances().list_custom_object_instances(TYPE).references_contact_id(contact);
    let mut orders = orders.page_size(150).items();
    let mut ids = Vec::new();
    while let Some(known) = orders.try_next().await? {
        ids.extend(known.id);
    }
    if ids.contains(&order) {
        println!("orders of {contact}: {}, as before", ids.len());
        return Ok(());
    }
    // What is sent takes the place of all that the contact had.
    ids.push(order);
    let count = ids.len();
    let update = UpdateContactRequest::new().custom_attributes([(REFERENCE, ids)]);
    match client.contacts().update_contact(contact, update).await {
        Err(error) if error.is_not_found() => Err(format!("there is no contact {contact}").into()),
        updated => {
            updated?;
            println!("orders of {contact}: {count}");
            Ok(())
        }
    }
}

/// Deletes the order by its own number.
async fn delete(client: &Client, order: &str) -> Result<(), Box<dyn StdError>> {
    match client.custom_object_instances().delete_custom_object_instances_by_id(TYPE, order).await {
        Err(error) if error.is_not_found() => println!("there is no {order}"),
        deleted => {
            deleted.map_err(advise)?;
            println!("deleted {order}");
        }
    }
    Ok(())
}

/// What to do about an error that only setting things up can mend.
fn advise(error: Error) -> String {
    if error.is_not_found() {
        format!("{error}; set up the custom object type {TYPE} first, in the settings of the workspace")
    } else if error.is_unauthorized() || error.is_forbidden() {
        format!("{error}; let the token read and write custom objects, in the Developer Hub")
    } else {
        error.to_string()
    }
}
