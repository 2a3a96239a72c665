//! The types of the contacts as a person would write them with serde's derive.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Defines structs whose fields are all optional.
macro_rules! structs {
    ($($name:ident { $($field:ident: $ty:ty,)* })*) => {$(
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub(crate) struct $name {
            $(
                #[serde(default, skip_serializing_if = "Option::is_none")]
                $field: Option<$ty>,
            )*
        }
    )*};
}

structs! {
    ContactList {
        data: Vec<Contact>,
        pages: CursorPages,
        total_count: i64,
        r#type: String,
    }

    Contact {
        android_app_name: String,
        android_app_version: String,
        android_device: String,
        android_last_seen_at: i64,
        android_os_version: String,
        android_sdk_version: String,
        avatar: ContactAvatar,
        browser: String,
        browser_language: String,
        browser_version: String,
        companies: ContactCompanies,
        created_at: i64,
        custom_attributes: Map<String, Value>,
        email: String,
        email_domain: String,
        external_id: String,
        formatted_phone: String,
        has_hard_bounced: bool,
        id: String,
        ios_app_name: String,
        ios_app_version: String,
        ios_device: String,
        ios_last_seen_at: i64,
        ios_os_version: String,
        ios_sdk_version: String,
        language_override: String,
        last_contacted_at: i64,
        last_email_clicked_at: i64,
        last_email_opened_at: i64,
        last_replied_at: i64,
        last_seen_at: i64,
        location: ContactLocation,
        marked_email_as_spam: bool,
        merge_history: Vec<MergeHistoryItem>,
        name: String,
        notes: ContactNotes,
        os: String,
        owner_id: String,
        phone: String,
        role: String,
        signed_up_at: i64,
        social_profiles: ContactSocialProfiles,
        tags: ContactTags,
        r#type: String,
        unsubscribed_from_emails: bool,
        updated_at: i64,
        workspace_id: String,
    }

    ContactAvatar {
        image_url: String,
        r#type: String,
    }

    CursorPages {
        next: StartingAfterPaging,
        page: i64,
        per_page: i64,
        total_pages: i64,
        r#type: String,
    }

    StartingAfterPaging {
        per_page: i64,
        starting_after: String,
    }

    ContactCompanies {
        data: Vec<CompanyData>,
        has_more: bool,
        total_count: i64,
        url: String,
    }

    CompanyData {
        id: String,
        url: String,
        r#type: String,
    }

    ContactNotes {
        data: Vec<AddressableList>,
        has_more: bool,
        total_count: i64,
        url: String,
    }

    ContactTags {
        data: Vec<AddressableList>,
        has_more: bool,
        total_count: i64,
        url: String,
    }

    AddressableList {
        id: String,
        r#type: String,
        url: String,
    }

    ContactSocialProfiles {
        data: Vec<SocialProfile>,
    }

    SocialProfile {
        name: String,
        r#type: String,
        url: String,
    }

    ContactLocation {
        city: String,
        country: String,
        region: String,
        r#type: String,
    }

    MergeHistoryItem {
        merged_at: i64,
        source_contact_id: String,
        source_contact_role: MergeHistoryItemSourceContactRole,
        r#type: String,
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MergeHistoryItemSourceContactRole {
    Lead,
    User,
}
