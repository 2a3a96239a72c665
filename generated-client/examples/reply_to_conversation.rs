//! Responses what a customer wrote last in a conversation, and closes it.
//!
//! ```text
//! INTERCOM_API_KEY=… cargo run -p intercom-client --example reply_to_conversation -- 17 'The kettle is mended.'
//! ```
//!
//! It looks before it writes, so that it may be run again whenever it is not clear how far it came: a reply that is there is
//! not sent again. Where the customer writes once more in the meantime, the conversation stays open.
//!
//! With `INTERCOM_BASE_URL` in the environment it talks to another server, such as `http://127.0.0.1:8080`.

use std::error::Error;

use intercom_client::Client;
use intercom_client::models::{
    AdminReplyConversationRequest, AdminReplyConversationRequestMessageType, CloseConversationRequest, Conversation,
    ConversationState,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let id = arguments.next().ok_or("which conversation? Give its id, and the reply")?;
    let text = arguments.next().ok_or("what is the reply? Give it after the id, in quotes")?;
    let client = Client::from_env()?;
    run(&client, &id, text.trim()).await
}

async fn run(client: &Client, id: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let admin = client.admins().identify_admin().await?.id.ok_or("the token belongs to no admin")?;
    let conversation = match client.conversations().retrieve_conversation(id).display_as("plaintext").await {
        Err(error) if error.is_not_found() => {
            return Err(format!("there is no conversation {id}: take the id from the end of its address").into());
        }
        conversation => conversation?,
    };

    let course = messages(&conversation);
    let question = course.iter().rfind(|message| message.is_by_customer()).ok_or("no customer wrote anything")?;
    println!("{} wrote: {}", question.name, question.text);

    let mut responses = course.iter().rev().take_while(|message| !message.is_by_customer());
    if responses.any(|message| message.author == "admin" && message.text == text) {
        println!("the reply is there already");
        if conversation.state == Some(ConversationState::Closed) {
            return Ok(());
        }
    } else {
        let comment = AdminReplyConversationRequestMessageType::Comment;
        let reply = AdminReplyConversationRequest::new(comment, &admin).body(text);
        let replied = client.conversations().reply_conversation(id, reply).await.map_err(|error| {
            // The client does not repeat it on its own, since it may have arrived.
            let advice = if error.is_retryable() { "; run this again, it looks whether the reply arrived" } else { "" };
            format!("{error}{advice}")
        })?;
        println!("sent the reply");
        let latest = messages(&replied).into_iter().rfind(Message::is_by_customer);
        if latest.is_some_and(|latest| latest.id != question.id) {
            println!("{} wrote again in the meantime, so it stays open", question.name);
            return Ok(());
        }
    }

    client.conversations().manage_conversation(id, CloseConversationRequest::new(admin)).await?;
    println!("closed it");
    Ok(())
}

/// What somebody wrote.
struct Message<'a> {
    id: &'a str,
    /// `admin`, `bot`, or the role of a contact.
    author: &'a str,
    name: &'a str,
    text: &'a str,
}

impl Message<'_> {
    fn is_by_customer(&self) -> bool {
        matches!(self.author, "user" | "lead" | "contact")
    }
}

/// All messages from the first, which is not among the parts, to the last.
fn messages(conversation: &Conversation) -> Vec<Message<'_>> {
    let first = conversation.source.as_ref().and_then(|source| {
        let author = source.author.as_ref()?;
        Some((&source.id, &author.r#type, &author.name, &source.body))
    });
    let parts = conversation.conversation_parts.as_ref().and_then(|parts| parts.conversation_parts.as_ref());
    let parts = parts.into_iter().flatten().filter_map(|part| {
        // A note is for teammates alone.
        let author = part.author.as_ref().filter(|_| part.part_type.as_deref() != Some("note"))?;
        Some((&part.id, &author.r#type, &author.name, &part.body))
    });
    // What has no text is an event, such as an assignment.
    let written = first.into_iter().chain(parts).filter_map(|(id, author, name, body)| {
        let (author, text) = (author.as_deref()?, body.as_deref()?.trim());
        let name = name.as_deref().unwrap_or("the customer");
        Some(Message { id: id.as_deref().unwrap_or_default(), author, name, text })
    });
    written.collect()
}
