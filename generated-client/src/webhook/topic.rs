//! The topics of notifications.

use crate::runtime::string_enum;

/// Declares the enum with its words, so that each topic stands in one place.
macro_rules! topics {
    ($($variant:ident: $topic:literal,)+) => {
        /// What a notification is about.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Topic {
            $(
                #[doc = concat!("`", $topic, "`.")]
                $variant,
            )+
            /// A topic that is not named here.
            Undocumented(String),
        }

        string_enum! {
            Topic {
                $($variant: $topic,)+
            }
        }
    };
}

topics! {
    AdminActivityLogEventCreated: "admin.activity_log_event.created",
    AdminAddedToWorkspace: "admin.added_to_workspace",
    AdminAwayModeUpdated: "admin.away_mode_updated",
    AdminLoggedIn: "admin.logged_in",
    AdminLoggedOut: "admin.logged_out",
    AdminRemovedFromWorkspace: "admin.removed_from_workspace",
    ApiRequestCompleted: "api.request.completed",
    ArticleCreated: "article.created",
    ArticleDeleted: "article.deleted",
    ArticlePublished: "article.published",
    ArticleUnpublished: "article.unpublished",
    ArticleUpdated: "article.updated",
    AudienceCreated: "audience.created",
    AudienceDeleted: "audience.deleted",
    AudienceMemberAdded: "audience.member_added",
    AudienceMemberRemoved: "audience.member_removed",
    AudienceUpdated: "audience.updated",
    CallEnded: "call.ended",
    CallRecordingAvailable: "call.recording_available",
    CallStarted: "call.started",
    CallTranscriptionAvailable: "call.transcription_available",
    CompanyContactAttached: "company.contact.attached",
    CompanyContactDetached: "company.contact.detached",
    CompanyCreated: "company.created",
    CompanyDeleted: "company.deleted",
    CompanyUpdated: "company.updated",
    ContactArchived: "contact.archived",
    ContactDeleted: "contact.deleted",
    ContactEmailUpdated: "contact.email.updated",
    ContactLeadAddedEmail: "contact.lead.added_email",
    ContactLeadCreated: "contact.lead.created",
    ContactLeadSignedUp: "contact.lead.signed_up",
    ContactLeadTagCreated: "contact.lead.tag.created",
    ContactLeadTagDeleted: "contact.lead.tag.deleted",
    ContactLeadUpdated: "contact.lead.updated",
    ContactMerged: "contact.merged",
    ContactSubscribed: "contact.subscribed",
    ContactUnarchive: "contact.unarchive",
    ContactUnsubscribed: "contact.unsubscribed",
    ContactUserCreated: "contact.user.created",
    ContactUserTagCreated: "contact.user.tag.created",
    ContactUserTagDeleted: "contact.user.tag.deleted",
    ContactUserUpdated: "contact.user.updated",
    ContentImportSourceCreated: "content_import_source.created",
    ContentImportSourceDeleted: "content_import_source.deleted",
    ContentImportSourceUpdated: "content_import_source.updated",
    ContentSnippetCreated: "content_snippet.created",
    ContentSnippetDeleted: "content_snippet.deleted",
    ContentSnippetUpdated: "content_snippet.updated",
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
    ConversationAdminAssigned: "conversation.admin.assigned",
    ConversationAdminClosed: "conversation.admin.closed",
    ConversationAdminNoted: "conversation.admin.noted",
    ConversationAdminOpenAssigned: "conversation.admin.open.assigned",
    ConversationAdminOpened: "conversation.admin.opened",
    ConversationAdminReplied: "conversation.admin.replied",
    ConversationAdminRepliedTranslated: "conversation.admin.replied.translated",
    ConversationAdminSingleCreated: "conversation.admin.single.created",
    ConversationAdminSnoozed: "conversation.admin.snoozed",
    ConversationAdminUnsnoozed: "conversation.admin.unsnoozed",
    ConversationCompanyUpdated: "conversation.company.updated",
    ConversationContactAttached: "conversation.contact.attached",
    ConversationContactDetached: "conversation.contact.detached",
    ConversationDeleted: "conversation.deleted",
    ConversationOperatorReplied: "conversation.operator.replied",
    ConversationPriorityUpdated: "conversation.priority.updated",
    ConversationRatingAdded: "conversation.rating.added",
    ConversationRead: "conversation.read",
    ConversationUserCreated: "conversation.user.created",
    ConversationUserReplied: "conversation.user.replied",
    ConversationPartRedacted: "conversation_part.redacted",
    ConversationPartTagCreated: "conversation_part.tag.created",
    EventCreated: "event.created",
    GranularSubscribe: "granular.subscribe",
    GranularUnsubscribe: "granular.unsubscribe",
    JobCompleted: "job.completed",
    Ping: "ping",
    TicketAdminAssigned: "ticket.admin.assigned",
    TicketAdminReplied: "ticket.admin.replied",
    TicketAdminRepliedTranslated: "ticket.admin.replied.translated",
    TicketAttributeUpdated: "ticket.attribute.updated",
    TicketClosed: "ticket.closed",
    TicketContactAttached: "ticket.contact.attached",
    TicketContactDetached: "ticket.contact.detached",
    TicketContactReplied: "ticket.contact.replied",
    TicketCreated: "ticket.created",
    TicketNoteCreated: "ticket.note.created",
    TicketRatingProvided: "ticket.rating.provided",
    TicketResolved: "ticket.resolved",
    TicketStateUpdated: "ticket.state.updated",
    TicketTeamAssigned: "ticket.team.assigned",
    VisitorSignedUp: "visitor.signed_up",
}
