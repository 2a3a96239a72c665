//! The topics of notifications, and the events with their items.

use serde_json::Value;

use super::items::{CompanyAndContact, ContactSubscription, ContactTag, ConversationAndContact, TicketAndContact};
use crate::models::{
    ActivityLog, Admin, Article, Audience, Call, Company, Contact, ContentImportSource, ContentSnippet, Conversation,
    DataEvent, Jobs, Ticket, Visitor,
};
use crate::runtime::{DecodeError, decode_value, string_enum};

/// Declares both enums from one table, so that each topic stands in one place with its name and the type of its item.
/// An item whose type Intercom's documentation does not tell is JSON.
macro_rules! topics {
    ($($variant:ident: $topic:literal $($item:ident)?,)+) => {
        /// The topic of a notification.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Topic {
            $(
                #[doc = concat!("`", $topic, "`.")]
                $variant,
            )+
            /// A topic that is not named here.
            Unknown(String),
        }

        string_enum! {
            Topic {
                $($variant: $topic,)+
            }
        }

        /// An event, by topic, with its item: the object of the event. A deleted object often has only an id.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            $(
                #[doc = concat!("`", $topic, "`.")]
                $variant(topics!(@type $($item)?)),
            )+
            /// A topic that is not named here, and its item.
            Unknown(String, Value),
        }

        impl Event {
            /// Returns the topic.
            #[must_use]
            pub fn topic(&self) -> Topic {
                match self {
                    $(Self::$variant(_) => Topic::$variant,)+
                    Self::Unknown(topic, _) => Topic::Unknown(topic.clone()),
                }
            }

            #[inline]
            pub(super) fn read(topic: &Topic, item: &Value) -> Result<Self, DecodeError> {
                Ok(match topic {
                    $(Topic::$variant => Self::$variant(topics!(@read item $($item)?)),)+
                    Topic::Unknown(topic) => Self::Unknown(topic.clone(), item.clone()),
                })
            }
        }
    };
    (@type) => { Value };
    (@type $item:ident) => { Box<$item> };
    (@read $value:ident) => { $value.clone() };
    (@read $value:ident $item:ident) => { Box::new(decode_value::<$item>($value)?.value) };
}

topics! {
    AdminActivityLogEventCreated: "admin.activity_log_event.created" ActivityLog,
    AdminAddedToWorkspace: "admin.added_to_workspace" Admin,
    AdminAwayModeUpdated: "admin.away_mode_updated" Admin,
    AdminLoggedIn: "admin.logged_in" Admin,
    AdminLoggedOut: "admin.logged_out" Admin,
    AdminRemovedFromWorkspace: "admin.removed_from_workspace" Admin,
    ApiRequestCompleted: "api.request.completed",
    ArticleCreated: "article.created" Article,
    ArticleDeleted: "article.deleted" Article,
    ArticlePublished: "article.published" Article,
    ArticleUnpublished: "article.unpublished" Article,
    ArticleUpdated: "article.updated" Article,
    AudienceCreated: "audience.created" Audience,
    AudienceDeleted: "audience.deleted" Audience,
    AudienceMemberAdded: "audience.member_added",
    AudienceMemberRemoved: "audience.member_removed",
    AudienceUpdated: "audience.updated" Audience,
    CallEnded: "call.ended" Call,
    CallRecordingAvailable: "call.recording_available" Call,
    CallStarted: "call.started" Call,
    CallTranscriptionAvailable: "call.transcription_available" Call,
    CompanyContactAttached: "company.contact.attached" CompanyAndContact,
    CompanyContactDetached: "company.contact.detached" CompanyAndContact,
    CompanyCreated: "company.created" Company,
    CompanyDeleted: "company.deleted" Company,
    CompanyUpdated: "company.updated" Company,
    ContactArchived: "contact.archived" Contact,
    ContactDeleted: "contact.deleted" Contact,
    ContactEmailUpdated: "contact.email.updated" Contact,
    ContactLeadAddedEmail: "contact.lead.added_email" Contact,
    ContactLeadCreated: "contact.lead.created" Contact,
    ContactLeadSignedUp: "contact.lead.signed_up" Contact,
    ContactLeadTagCreated: "contact.lead.tag.created" ContactTag,
    ContactLeadTagDeleted: "contact.lead.tag.deleted" ContactTag,
    ContactLeadUpdated: "contact.lead.updated" Contact,
    ContactMerged: "contact.merged" Contact,
    ContactSubscribed: "contact.subscribed" ContactSubscription,
    ContactUnarchive: "contact.unarchive" Contact,
    ContactUnsubscribed: "contact.unsubscribed" ContactSubscription,
    ContactUnsubscribedFromSms: "contact.unsubscribed_from_sms",
    ContactUserCreated: "contact.user.created" Contact,
    ContactUserTagCreated: "contact.user.tag.created" ContactTag,
    ContactUserTagDeleted: "contact.user.tag.deleted" ContactTag,
    ContactUserUpdated: "contact.user.updated" Contact,
    ContentImportSourceCreated: "content_import_source.created" ContentImportSource,
    ContentImportSourceDeleted: "content_import_source.deleted",
    ContentImportSourceUpdated: "content_import_source.updated" ContentImportSource,
    ContentSnippetCreated: "content_snippet.created" ContentSnippet,
    ContentSnippetDeleted: "content_snippet.deleted" ContentSnippet,
    ContentSnippetUpdated: "content_snippet.updated" ContentSnippet,
    ContentStatBanner: "content_stat.banner",
    ContentStatCarousel: "content_stat.carousel",
    ContentStatChat: "content_stat.chat",
    ContentStatChecklist: "content_stat.checklist",
    ContentStatCustomBot: "content_stat.custom_bot",
    ContentStatEmail: "content_stat.email",
    ContentStatNewsItem: "content_stat.news_item",
    ContentStatPost: "content_stat.post",
    ContentStatPush: "content_stat.push",
    ContentStatSeries: "content_stat.series",
    ContentStatSeriesWebhook: "content_stat.series.webhook",
    ContentStatSms: "content_stat.sms",
    ContentStatSurvey: "content_stat.survey",
    ContentStatTooltipGroup: "content_stat.tooltip_group",
    ContentStatTour: "content_stat.tour",
    ConversationAdminAssigned: "conversation.admin.assigned" Conversation,
    ConversationAdminClosed: "conversation.admin.closed" Conversation,
    ConversationAdminNoted: "conversation.admin.noted" Conversation,
    ConversationAdminOpenAssigned: "conversation.admin.open.assigned" Conversation,
    ConversationAdminOpened: "conversation.admin.opened" Conversation,
    ConversationAdminReplied: "conversation.admin.replied" Conversation,
    ConversationAdminRepliedTranslated: "conversation.admin.replied.translated" Conversation,
    ConversationAdminSingleCreated: "conversation.admin.single.created" Conversation,
    ConversationAdminSnoozed: "conversation.admin.snoozed" Conversation,
    ConversationAdminUnsnoozed: "conversation.admin.unsnoozed" Conversation,
    ConversationCompanyUpdated: "conversation.company.updated" Conversation,
    ConversationContactAttached: "conversation.contact.attached" ConversationAndContact,
    ConversationContactDetached: "conversation.contact.detached" ConversationAndContact,
    ConversationDeleted: "conversation.deleted",
    ConversationOperatorReplied: "conversation.operator.replied" Conversation,
    ConversationPriorityUpdated: "conversation.priority.updated" Conversation,
    ConversationRatingAdded: "conversation.rating.added" Conversation,
    ConversationRead: "conversation.read" Conversation,
    ConversationUserCreated: "conversation.user.created" Conversation,
    ConversationUserReplied: "conversation.user.replied" Conversation,
    ConversationPartRedacted: "conversation_part.redacted" Conversation,
    ConversationPartTagCreated: "conversation_part.tag.created" Conversation,
    DataConnectorExecutionCompleted: "data_connector.execution.completed",
    EventCreated: "event.created" DataEvent,
    GranularSubscribe: "granular.subscribe" ContactSubscription,
    GranularUnsubscribe: "granular.unsubscribe" ContactSubscription,
    JobCompleted: "job.completed" Jobs,
    Ping: "ping",
    TicketAdminAssigned: "ticket.admin.assigned" Ticket,
    TicketAdminReplied: "ticket.admin.replied" Ticket,
    TicketAdminRepliedTranslated: "ticket.admin.replied.translated" Ticket,
    TicketAttributeUpdated: "ticket.attribute.updated" Ticket,
    TicketClosed: "ticket.closed" Ticket,
    TicketContactAttached: "ticket.contact.attached" TicketAndContact,
    TicketContactDetached: "ticket.contact.detached" TicketAndContact,
    TicketContactReplied: "ticket.contact.replied" Ticket,
    TicketCreated: "ticket.created" Ticket,
    TicketNoteCreated: "ticket.note.created" Ticket,
    TicketRatingProvided: "ticket.rating.provided" Ticket,
    TicketResolved: "ticket.resolved" Ticket,
    TicketStateUpdated: "ticket.state.updated" Ticket,
    TicketTeamAssigned: "ticket.team.assigned" Ticket,
    VisitorSignedUp: "visitor.signed_up" Visitor,
}
