//! The searchable fields, with their types. Two names that the document misspells are left out, because the names that
//! the server uses are not known.

macro_rules! fields {
    ($(#[$doc:meta])* $module:ident $($kind:ident $field:ident $name:literal,)+) => {
        $(#[$doc])*
        pub mod $module {
            use crate::search::*;

            $(
                #[doc = concat!("`", $name, "`.")]
                pub const $field: $kind = $kind::new($name);
            )+
        }
    };
}

fields! {
    /// The fields that companies can be searched by.
    companies
    Text COMPANY_ID "company_id",
    Text NAME "name",
    Time CREATED_AT "created_at",
    Time UPDATED_AT "updated_at",
    Time REMOTE_CREATED_AT "remote_created_at",
    Time LAST_REQUEST_AT "last_request_at",
    Number MONTHLY_SPEND "monthly_spend",
    Number SESSION_COUNT "session_count",
    Number USER_COUNT "user_count",
    Id TAG_ID "tag_id",
}

fields! {
    /// The fields that contacts can be searched by.
    contacts
    Text ID "id",
    Text ROLE "role",
    Text NAME "name",
    Text AVATAR "avatar",
    Teammate OWNER_ID "owner_id",
    Text EMAIL "email",
    Text EMAIL_DOMAIN "email_domain",
    Text PHONE "phone",
    Text FORMATTED_PHONE "formatted_phone",
    Text EXTERNAL_ID "external_id",
    Time CREATED_AT "created_at",
    Time SIGNED_UP_AT "signed_up_at",
    Time UPDATED_AT "updated_at",
    Time LAST_SEEN_AT "last_seen_at",
    Time LAST_CONTACTED_AT "last_contacted_at",
    Time LAST_REPLIED_AT "last_replied_at",
    Time LAST_EMAIL_OPENED_AT "last_email_opened_at",
    Time LAST_EMAIL_CLICKED_AT "last_email_clicked_at",
    Text LANGUAGE_OVERRIDE "language_override",
    Text BROWSER "browser",
    Text BROWSER_LANGUAGE "browser_language",
    Text OS "os",
    Text LOCATION_COUNTRY "location.country",
    Text LOCATION_REGION "location.region",
    Text LOCATION_CITY "location.city",
    Flag UNSUBSCRIBED_FROM_EMAILS "unsubscribed_from_emails",
    Flag MARKED_EMAIL_AS_SPAM "marked_email_as_spam",
    Flag HAS_HARD_BOUNCED "has_hard_bounced",
    Time IOS_LAST_SEEN_AT "ios_last_seen_at",
    Text IOS_APP_VERSION "ios_app_version",
    Text IOS_DEVICE "ios_device",
    Text IOS_APP_DEVICE "ios_app_device",
    Text IOS_OS_VERSION "ios_os_version",
    Text IOS_APP_NAME "ios_app_name",
    Text IOS_SDK_VERSION "ios_sdk_version",
    Time ANDROID_LAST_SEEN_AT "android_last_seen_at",
    Text ANDROID_APP_VERSION "android_app_version",
    Text ANDROID_DEVICE "android_device",
    Text ANDROID_APP_NAME "android_app_name",
    Text SEGMENT_ID "segment_id",
    Id TAG_ID "tag_id",
}

fields! {
    /// The fields that conversations can be searched by.
    conversations
    Text ID "id",
    Time CREATED_AT "created_at",
    Time UPDATED_AT "updated_at",
    Text SOURCE_TYPE "source.type",
    Text SOURCE_ID "source.id",
    Text SOURCE_DELIVERED_AS "source.delivered_as",
    Text SOURCE_SUBJECT "source.subject",
    Text SOURCE_BODY "source.body",
    Text SOURCE_AUTHOR_ID "source.author.id",
    Text SOURCE_AUTHOR_TYPE "source.author.type",
    Text SOURCE_AUTHOR_NAME "source.author.name",
    Text SOURCE_AUTHOR_EMAIL "source.author.email",
    Text SOURCE_URL "source.url",
    Text CONTACT_IDS "contact_ids",
    Text TEAMMATE_IDS "teammate_ids",
    Number ADMIN_ASSIGNEE_ID "admin_assignee_id",
    Number TEAM_ASSIGNEE_ID "team_assignee_id",
    Text CHANNEL_INITIATED "channel_initiated",
    Flag OPEN "open",
    Flag READ "read",
    Text STATE "state",
    Time WAITING_SINCE "waiting_since",
    Time SNOOZED_UNTIL "snoozed_until",
    Text TAG_IDS "tag_ids",
    Text PRIORITY "priority",
    Number STATISTICS_TIME_TO_ASSIGNMENT "statistics.time_to_assignment",
    Number STATISTICS_TIME_TO_ADMIN_REPLY "statistics.time_to_admin_reply",
    Number STATISTICS_TIME_TO_FIRST_CLOSE "statistics.time_to_first_close",
    Number STATISTICS_TIME_TO_LAST_CLOSE "statistics.time_to_last_close",
    Number STATISTICS_MEDIAN_TIME_TO_REPLY "statistics.median_time_to_reply",
    Time STATISTICS_FIRST_CONTACT_REPLY_AT "statistics.first_contact_reply_at",
    Time STATISTICS_FIRST_ASSIGNMENT_AT "statistics.first_assignment_at",
    Time STATISTICS_FIRST_ADMIN_REPLY_AT "statistics.first_admin_reply_at",
    Time STATISTICS_FIRST_CLOSE_AT "statistics.first_close_at",
    Time STATISTICS_LAST_ASSIGNMENT_AT "statistics.last_assignment_at",
    Time STATISTICS_LAST_ASSIGNMENT_ADMIN_REPLY_AT "statistics.last_assignment_admin_reply_at",
    Time STATISTICS_LAST_CONTACT_REPLY_AT "statistics.last_contact_reply_at",
    Time STATISTICS_LAST_ADMIN_REPLY_AT "statistics.last_admin_reply_at",
    Time STATISTICS_LAST_CLOSE_AT "statistics.last_close_at",
    Text STATISTICS_LAST_CLOSED_BY_ID "statistics.last_closed_by_id",
    Number STATISTICS_COUNT_REOPENS "statistics.count_reopens",
    Number STATISTICS_COUNT_ASSIGNMENTS "statistics.count_assignments",
    Number STATISTICS_COUNT_CONVERSATION_PARTS "statistics.count_conversation_parts",
    Time CONVERSATION_RATING_REQUESTED_AT "conversation_rating.requested_at",
    Time CONVERSATION_RATING_REPLIED_AT "conversation_rating.replied_at",
    Number CONVERSATION_RATING_SCORE "conversation_rating.score",
    Text CONVERSATION_RATING_REMARK "conversation_rating.remark",
    Text CONVERSATION_RATING_CONTACT_ID "conversation_rating.contact_id",
    Flag AI_AGENT_PARTICIPATED "ai_agent_participated",
    Text AI_AGENT_RESOLUTION_STATE "ai_agent.resolution_state",
    Text AI_AGENT_LAST_ANSWER_TYPE "ai_agent.last_answer_type",
    Number AI_AGENT_RATING "ai_agent.rating",
    Text AI_AGENT_RATING_REMARK "ai_agent.rating_remark",
    Text AI_AGENT_SOURCE_TYPE "ai_agent.source_type",
    Text AI_AGENT_SOURCE_TITLE "ai_agent.source_title",
}

fields! {
    /// The fields that tickets can be searched by.
    tickets
    Text ID "id",
    Time CREATED_AT "created_at",
    Time UPDATED_AT "updated_at",
    Text TITLE "title",
    Text DESCRIPTION "description",
    Text CATEGORY "category",
    Text TICKET_TYPE_ID "ticket_type_id",
    Text CONTACT_IDS "contact_ids",
    Text TEAMMATE_IDS "teammate_ids",
    Number ADMIN_ASSIGNEE_ID "admin_assignee_id",
    Number TEAM_ASSIGNEE_ID "team_assignee_id",
    Flag OPEN "open",
    Text STATE "state",
    Time SNOOZED_UNTIL "snoozed_until",
}
