//! Lists across their pages: the five forms of pagination, and every odd way in which a server may tell of the next page.

#[path = "pages/body_cursor.rs"]
mod body_cursor;
#[path = "pages/body_page_number.rs"]
mod body_page_number;
#[path = "pages/by_hand.rs"]
mod by_hand;
#[path = "pages/cursor.rs"]
mod cursor;
#[path = "pages/no_end.rs"]
mod no_end;
#[path = "pages/no_list.rs"]
mod no_list;
#[path = "pages/page_number.rs"]
mod page_number;
#[path = "pages/scroll.rs"]
mod scroll;
#[path = "pages/streams.rs"]
mod streams;
#[path = "pages/walk.rs"]
mod walk;
