//! Objects that notifications alone have: two that were put together or taken apart.

use serde_json::Value;

use crate::models::{Company, Contact, SubscriptionTypeList, Tag, Ticket};
use crate::runtime::{Extra, Timestamp, model};

macro_rules! item {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Default)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_doc])* pub $field: Option<$type>,)+
            /// Other fields, and values of another type.
            pub extra: Extra,
        }
    };
}

item! {
    /// A company, and a contact that was attached to it or detached from it.
    CompanyAndContact {
        /// The company.
        company: Company,
        /// The contact.
        contact: Contact,
    }
}

model! { CompanyAndContact { optional { company: "company", contact: "contact" } } }

item! {
    /// A conversation, and a contact that was attached to it or detached from it.
    ConversationAndContact {
        /// The conversation as Intercom keeps it itself: it is not the model of the API, and holds the id in `model`.
        conversation: Value,
        /// The contact.
        contact: Contact,
    }
}

model! { ConversationAndContact { optional { conversation: "conversation", contact: "contact" } } }

item! {
    /// A ticket, and a contact that was attached to it or detached from it.
    TicketAndContact {
        /// The ticket, with fewer fields than that of the API has; those it has otherwise are in its `extra`.
        ticket: Ticket,
        /// The contact.
        contact: Contact,
    }
}

model! { TicketAndContact { optional { ticket: "ticket", contact: "contact" } } }

item! {
    /// A contact, and a tag that was put on it or taken off it.
    ContactTag {
        /// The contact.
        contact: Contact,
        /// When that was.
        created_at: Timestamp,
        /// The tag.
        tag: Tag,
    }
}

model! { ContactTag { optional { contact: "contact", created_at: "created_at", tag: "tag" } } }

item! {
    /// A contact, and what it began or ceased to get.
    ContactSubscription {
        /// The contact.
        contact: Contact,
        /// When that was.
        created_at: Timestamp,
        /// The types of messages.
        subscription_types: SubscriptionTypeList,
    }
}

model! {
    ContactSubscription {
        optional { contact: "contact", created_at: "created_at", subscription_types: "subscription_types" }
    }
}
