//! Keeps a file of all contacts, one JSON object a line. The first run fetches them all, a later one what has changed since.
//!
//! ```text
//! INTERCOM_API_KEY=… cargo run -p intercom-client --example sync_contacts -- contacts.jsonl
//! ```
//!
//! The file is replaced when the new one is whole, so that a run which breaks off leaves it as it was and the next one begins
//! at the same place. What the server sends beyond the document is in it too. A contact that was deleted stays: no search
//! finds those, so take the file away now and then.
//!
//! With `INTERCOM_BASE_URL` in the environment it talks to another server, such as `http://127.0.0.1:8080`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use intercom_client::models::Contact;
use intercom_client::search::{self, Order, contacts};
use intercom_client::{Client, Timestamp, decode};

/// How far a run goes back behind the newest contact of the file: what changed minutes ago may be missing in a search. A
/// contact that comes twice is in the file once.
const OVERLAP: Duration = Duration::from_secs(15 * 60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = PathBuf::from(std::env::args_os().nth(1).ok_or("which file? Name one, such as contacts.jsonl")?);
    let client = Client::from_env()?;
    let mut all = read(&path)?;
    let came = fetch(&client, &mut all).await?;
    write(&path, &all).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{came} came, {} are in {}", all.len(), path.display());
    Ok(())
}

/// Fetches what has changed, and tells how many contacts that were.
async fn fetch(client: &Client, all: &mut BTreeMap<String, Contact>) -> Result<usize, Box<dyn Error>> {
    let newest = all.values().filter_map(|contact| contact.updated_at).max();
    let since = newest.and_then(|newest| newest.checked_sub(OVERLAP)).unwrap_or(Timestamp::UNIX_EPOCH);
    // In this order a contact that changes in the meantime comes once more at the end, so that nothing is missed that is older
    // than the newest contact of the file.
    let changed = search::search(contacts::UPDATED_AT.after(since)).sort(&contacts::UPDATED_AT, Order::Ascending);
    let mut changed = client.contacts().search_contacts(changed).page_size(150).items();
    let mut came = 0;
    while let Some(contact) = changed.try_next().await? {
        let (id, contact) = by_id(contact)?;
        all.insert(id, contact);
        came += 1;
    }
    Ok(came)
}

/// The contacts of a file; none where there is no file yet.
fn read(path: &Path) -> Result<BTreeMap<String, Contact>, Box<dyn Error>> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        text => text.map_err(|error| format!("{}: {error}", path.display()))?,
    };
    let contacts = text.lines().zip(1..).map(|(line, number)| {
        // As forgiving as the client was when the line came.
        let contact = decode(line.as_bytes()).map_err(Into::into).and_then(|decoded| by_id(decoded.value));
        contact
            .map_err(|error| format!("{}:{number}: {error}; take the file away to begin anew", path.display()).into())
    });
    contacts.collect()
}

fn by_id(contact: Contact) -> Result<(String, Contact), Box<dyn Error>> {
    let id = contact.id.clone().ok_or("a contact without an id")?;
    Ok((id, contact))
}

/// Writes beside the file, and puts that in its place when it is on the disk.
fn write(path: &Path, contacts: &BTreeMap<String, Contact>) -> io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let mut file = BufWriter::new(File::create(&part)?);
    for contact in contacts.values() {
        serde_json::to_writer(&mut file, contact)?;
        file.write_all(b"\n")?;
    }
    file.into_inner()?.sync_all()?;
    fs::rename(part, path)
}
