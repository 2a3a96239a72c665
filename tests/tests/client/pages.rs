//! Tests paged lists: the five forms of pagination, and every unusual way in which a server may announce the next page.

mod body_cursor;
mod body_page_number;
mod by_hand;
mod cursor;
mod no_end;
mod no_list;
mod odd_shapes;
mod page_number;
mod scroll;
mod streams;
mod walk;
