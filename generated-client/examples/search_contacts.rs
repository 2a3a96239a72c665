//! Lists the contacts of some countries who were there, or wrote, since a day: those seen last come first.
//!
//! ```text
//! INTERCOM_API_KEY=… cargo run -p intercom-client --example search_contacts -- 2026-01-31 Ireland Portugal
//! ```
//!
//! With `INTERCOM_BASE_URL` in the environment it talks to another server, such as `http://127.0.0.1:8080`.

use std::error::Error;

use intercom_client::search::{NestedGroup, Order, all, any, contacts, search, try_any};
use intercom_client::{Client, Date, Timestamp};

/// How many contacts are shown at most.
const MOST: usize = 500;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let day: Date = arguments.next().ok_or("since which day? Give one, such as 2026-01-31, and countries")?.parse()?;
    let countries: Vec<String> = arguments.collect();
    let client = Client::from_env()?;
    show(&client, query(day.midnight_utc(), &countries)?).await
}

/// From any of the countries, AND (seen since then OR has written since then), AND (a user OR a lead with an address).
fn query(since: Timestamp, countries: &[String]) -> Result<NestedGroup, Box<dyn Error>> {
    let near = try_any(countries.iter().map(|country| contacts::LOCATION_COUNTRY.equals(country)))
        .map_err(|error| format!("the countries do not fit: {error}"))?;
    let active = any([contacts::LAST_SEEN_AT.after(since), contacts::LAST_REPLIED_AT.after(since)]);
    let known = any([contacts::ROLE.equals("user"), contacts::EMAIL.is_not_null()]);
    Ok(all([near, active, known]))
}

async fn show(client: &Client, query: NestedGroup) -> Result<(), Box<dyn Error>> {
    let latest_first = search(query).sort(&contacts::LAST_SEEN_AT, Order::Descending);
    let found = client.contacts().search_contacts(latest_first).page_size(50).items().collect_up_to(MOST).await;
    let found = found.map_err(|error| {
        let advice = if error.is_unauthorized() { "; make a new token in the Developer Hub" } else { "" };
        format!("{error}{advice}")
    })?;
    for contact in &found {
        let country = contact.location.as_ref().and_then(|location| location.country.as_deref());
        let seen = contact.last_seen_at.map(|seen| seen.to_string());
        let columns = [contact.id.as_deref(), contact.email.as_deref(), country, seen.as_deref()];
        println!("{}", columns.map(|column| column.unwrap_or("-")).join("\t"));
    }
    println!("{} contacts", found.len());
    Ok(())
}
