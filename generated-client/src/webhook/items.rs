//! Items that occur only in notifications: two objects that were attached to each other or detached from each other.

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
            /// Fields that this type does not have, and values that do not match the type of their field.
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
        /// The conversation in Intercom's internal form: it is not the model of the API, and its id is in `model`.
        conversation: Value,
        /// The contact.
        contact: Contact,
    }
}

model! { ConversationAndContact { optional { conversation: "conversation", contact: "contact" } } }

item! {
    /// A ticket, and a contact that was attached to it or detached from it.
    TicketAndContact {
        /// The ticket, with fewer fields than in the API. Values that have another type than in the API are in its
        /// `extra`.
        ticket: Ticket,
        /// The contact.
        contact: Contact,
    }
}

model! { TicketAndContact { optional { ticket: "ticket", contact: "contact" } } }

item! {
    /// A contact, and a tag that was added to it or removed from it.
    ContactTag {
        /// The contact.
        contact: Contact,
        /// The time of the change.
        created_at: Timestamp,
        /// The tag.
        tag: Tag,
    }
}

model! { ContactTag { optional { contact: "contact", created_at: "created_at", tag: "tag" } } }

item! {
    /// A contact, and the subscription types that it subscribed to or unsubscribed from.
    ContactSubscription {
        /// The contact.
        contact: Contact,
        /// The time of the change.
        created_at: Timestamp,
        /// The subscription types.
        subscription_types: SubscriptionTypeList,
    }
}

model! {
    ContactSubscription {
        optional { contact: "contact", created_at: "created_at", subscription_types: "subscription_types" }
    }
}
