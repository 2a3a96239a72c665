//! Makes invented contacts with every documented property set.

use serde_json::{Value, json};

/// The contents of a list that go beyond documented fields with documented values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Oddities {
    /// The number of undocumented fields of each contact.
    pub(crate) unnamed_fields: usize,
    /// The interval of contacts with a value that does not match its type: one in so many.
    pub(crate) mismatch_every: Option<usize>,
}

/// Returns the text of a list of contacts.
pub(crate) fn list(contacts: usize, oddities: Oddities) -> Vec<u8> {
    let data: Vec<Value> = (0..contacts)
        .map(|index| {
            let mut contact = contact(index);
            for field in 0..oddities.unnamed_fields {
                contact[format!("beta_field_{field}")] = json!(format!("value {index}"));
            }
            if oddities.mismatch_every.is_some_and(|every| index % every == 0) {
                contact["owner_id"] = json!({"id": index, "type": "admin"});
            }
            contact
        })
        .collect();
    let pages = json!({
        "type": "pages",
        "page": 1,
        "per_page": contacts,
        "total_pages": 3,
        "next": {"per_page": contacts, "starting_after": "after-the-last-of-these"},
    });
    json!({"type": "list", "data": data, "pages": pages, "total_count": contacts}).to_string().into_bytes()
}

fn contact(index: usize) -> Value {
    let mut contact = person(index);
    let parts = [activity(index), devices(index), attached(index)];
    if let Some(fields) = contact.as_object_mut() {
        fields.extend(parts.into_iter().filter_map(|part| part.as_object().cloned()).flatten());
    }
    contact
}

fn person(index: usize) -> Value {
    let company = ["northwind", "bluefin", "larkspur", "oakmont"][index % 4];
    json!({
        "type": "contact",
        "id": format!("{:024x}", 0x6f_00c0_ffee_u64 + index as u64 * 7919),
        "external_id": format!("customer-{index}"),
        "workspace_id": "ws7q2k9x",
        "role": if index.is_multiple_of(3) { "lead" } else { "user" },
        "name": format!("Robin \"{index}\" Müller-Okafor"),
        "email": format!("robin.{index}@{company}.example"),
        "email_domain": format!("{company}.example"),
        "phone": format!("+3531555{index:05}"),
        "formatted_phone": format!("+353 1 555 {index:05}"),
        "owner_id": format!("{}", 40_000 + index % 12),
        "avatar": {"type": "avatar", "image_url": format!("https://img.{company}.example/people/{index}/square.png")},
        "location": {"type": "location", "city": "Galway", "country": "Ireland", "region": "Connacht"},
        "language_override": "en",
        "custom_attributes": {"plan": "team", "seats": index % 40, "trial": index.is_multiple_of(2), "discount": 0.15, "manager": null},
    })
}

fn activity(index: usize) -> Value {
    let at = |days: usize| 1_760_000_000 - days * 86_400 + index * 61;
    json!({
        "created_at": at(400),
        "updated_at": at(2),
        "signed_up_at": at(399),
        "last_seen_at": at(1),
        "last_replied_at": at(9),
        "last_contacted_at": at(8),
        "last_email_opened_at": at(20),
        "last_email_clicked_at": at(21),
        "has_hard_bounced": false,
        "marked_email_as_spam": index.is_multiple_of(50),
        "unsubscribed_from_emails": index.is_multiple_of(5),
    })
}

fn devices(index: usize) -> Value {
    let at = 1_759_000_000 + index * 37;
    json!({
        "browser": "firefox",
        "browser_version": "143.0.1",
        "browser_language": "en-IE",
        "os": "Ubuntu 24.04",
        "android_app_name": "Tidepool",
        "android_app_version": "8.2.0",
        "android_device": "Fairphone 5",
        "android_os_version": "15",
        "android_sdk_version": "17.1.2",
        "android_last_seen_at": at,
        "ios_app_name": "Tidepool",
        "ios_app_version": "8.2.1",
        "ios_device": "iPhone15,4",
        "ios_os_version": "18.6",
        "ios_sdk_version": "19.0.0",
        "ios_last_seen_at": at + 11,
    })
}

fn attached(index: usize) -> Value {
    let url = |what: &str| format!("/contacts/{index}/{what}");
    json!({
        "companies": {
            "url": url("companies"), "has_more": false, "total_count": 1,
            "data": [{"type": "company", "id": format!("c{index}"), "url": format!("/companies/c{index}")}],
        },
        "notes": {
            "url": url("notes"), "has_more": false, "total_count": 1,
            "data": [{"type": "note", "id": format!("n{index}"), "url": format!("/notes/n{index}")}],
        },
        "tags": {
            "url": url("tags"), "has_more": true, "total_count": 12,
            "data": [
                {"type": "tag", "id": "t1", "url": "/tags/t1"},
                {"type": "tag", "id": format!("t{index}"), "url": format!("/tags/t{index}")},
            ],
        },
        "social_profiles": {"data": [
            {"type": "social_profile", "name": "Mastodon", "url": format!("https://social.example/@robin{index}")},
        ]},
        "merge_history": [{
            "type": "merge_history_item", "source_contact_id": format!("lead-{index}"), "source_contact_role": "lead",
            "merged_at": 1_755_000_000 + index,
        }],
    })
}
