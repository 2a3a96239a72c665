//! Streams over lists: page by page, and item by item.

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::{Stream, StreamExt};

use super::error::Kind;
use super::next_page::{self, Listing, PageToken};
use super::parts::Parts;
use super::response::Received;
use super::room::outline;
use super::text::raw_at;
use super::{DecodeError, Error, Operation, PageForm, Paged, Pagination, Request, Response, ResponseKind, decode};

/// The default maximum number of empty pages in a row.
const EMPTY_PAGES: u32 = 100;

type Page<Op> = Response<<<Op as Operation>::Response as ResponseKind>::Output>;
type Waiting<Op> = Pin<Box<dyn Future<Output = Result<Page<Op>, Error>> + Send>>;

/// The methods of a request whose response is one page of a list.
impl<Op: Paged> Request<Op> {
    /// Returns the pages of the list as a stream, from the requested page to the last. All settings of the request
    /// apply to each page.
    pub fn pages(mut self) -> Pages<Op> {
        let walk = Walk::new(&Op::PAGINATION, &mut self.parts);
        Pages { request: self, walk, call: None, follows: Ok(true) }
    }

    /// Returns the items of all [`pages`](Self::pages) as a stream:
    ///
    /// ```text
    /// let mut items = request.items();
    /// while let Some(item) = items.next().await {
    ///     let item = item?;
    /// }
    /// ```
    ///
    /// With the feature `blocking`, `for item in request.items()` does the same without async.
    pub fn items(self) -> Items<Op> {
        Items { pages: self.pages(), page: Vec::new().into_iter() }
    }

    /// Sets the number of items of a page. The server may return fewer. The call fails if the list has no such setting.
    pub fn page_size(mut self, items: u32) -> Self {
        self.parts.set_page_size(&Op::PAGINATION, items);
        self
    }
}

/// A stream over the pages of a list, with one call for each page. It requests a page when it is polled, never ahead.
///
/// The stream returns `None` after the last page. After an error the next poll requests the same page again. The stream
/// ends with the error if that is impossible: the response names an earlier page or one that cannot be requested, the
/// response holds no list ([`Error::is_no_list`]), too many pages in a row were [empty](Self::empty_pages), or a page
/// of a scroll was lost, which the server does not send twice.
///
/// Dropping the future of [`next`](Self::next) loses nothing: the next call waits for the page that is already
/// requested.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<Op: Paged> {
    /// The request for the next page.
    request: Request<Op>,
    walk: Walk,
    /// The call that is in progress.
    call: Option<Waiting<Op>>,
    /// Whether another page follows, or the error in its place.
    follows: Result<bool, Error>,
}

impl<Op: Paged> Pages<Op> {
    /// Sets how many pages in a row may be empty although each announces another one; 100 by default. One more ends the
    /// stream with an error ([`Error::is_empty_pages`]). Such pages come from a filter with few matches, and from a
    /// server whose list never ends.
    pub fn empty_pages(mut self, most: u32) -> Self {
        self.walk.most_empty = most;
        self
    }

    /// Returns the next page, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Page<Op>, Error>> {
        StreamExt::next(self).await
    }

    /// Returns the next page as [`next`](Self::next) does, with the error outside:
    /// `while let Some(page) = pages.try_next().await? { … }`.
    ///
    /// # Errors
    /// Fails if the page cannot be received or decoded. The next call requests it again, if that is possible.
    pub async fn try_next(&mut self) -> Result<Option<Page<Op>>, Error> {
        self.next().await.transpose()
    }
}

/// The position in a list, independent of the operation's type.
struct Walk {
    pagination: &'static Pagination,
    /// The token of the page to request or just requested; `None` if the server chooses the page.
    asked: Option<PageToken>,
    /// An earlier token and the number of steps, for Brent's cycle detection: the token is replaced whenever the number
    /// is a power of two, so that a cycle of any length returns to it.
    mark: Option<PageToken>,
    steps: u64,
    /// The number of pages in a row that are empty and not the last, and the maximum that is accepted.
    empty: u32,
    most_empty: u32,
}

impl Walk {
    fn new(pagination: &'static Pagination, parts: &mut Parts) -> Self {
        let asked = parts.asked(pagination);
        let walk = Self { pagination, asked, mark: None, steps: 0, empty: 0, most_empty: EMPTY_PAGES };
        if walk.scrolls() {
            // Each call advances the scroll on the server.
            parts.idempotent.get_or_insert(false);
        }
        walk
    }

    fn scrolls(&self) -> bool {
        self.pagination.form == PageForm::Scroll
    }

    /// Selects the page after this one in the request, and returns whether there is one.
    ///
    /// # Errors
    /// Fails if the response holds no list, or names no page that can be requested.
    fn step(&mut self, page: &Received, parts: &mut Parts) -> Result<bool, Error> {
        let operation = parts.operation.id;
        let undecodable = |problem: String| Error::decode(operation, page.clone(), DecodeError::new(problem));
        let failure = |kind, problem: String| Error::new(kind, operation, problem).received(page.clone());

        let response =
            outline(&page.body).ok_or_else(|| undecodable("it holds more names than any page".to_owned()))?;
        let listing = next_page::listing(self.pagination, &response);
        let listing = listing.ok_or_else(|| failure(Kind::NoList, "the response holds no list".to_owned()))?;
        let empty = matches!(listing, Listing::List { empty: true, .. });
        let next = next_page::next(self.pagination, &response, self.asked.as_ref(), empty).map_err(undecodable)?;
        let Some(token) = next else { return Ok(false) };
        if !self.scrolls() {
            if [&self.asked, &self.mark].into_iter().flatten().any(|earlier| *earlier == token) {
                let (name, value) = (token.parameter.name(), token.value);
                return Err(undecodable(format!("the list goes round in circles: `{name}` was {value} before")));
            }
            self.steps = self.steps.saturating_add(1);
            if self.steps.is_power_of_two() {
                self.mark = Some(token.clone());
            }
        }
        self.empty = if empty { self.empty.saturating_add(1) } else { 0 };
        if self.empty > self.most_empty {
            let many = format!("{} pages in a row were empty, and none said that it was the last", self.empty);
            return Err(failure(Kind::EmptyPages, many));
        }
        parts.turn(self.pagination, &token);
        self.asked = Some(token);
        Ok(true)
    }

    /// Returns whether the page can be requested again: not if this call may have advanced a scroll.
    fn may_repeat(&self, error: &Error) -> bool {
        let unseen = error.is_rate_limited() || error.is_connect() || error.is_invalid();
        unseen || !self.scrolls() || self.asked.is_none()
    }
}

impl<Op: Paged> Stream for Pages<Op> {
    type Item = Result<Page<Op>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let call = match &mut this.call {
            Some(call) => call,
            None if std::mem::replace(&mut this.follows, Ok(false))? => {
                this.call.insert(Box::pin(this.request.clone().send()))
            }
            None => return Poll::Ready(None),
        };
        let page = ready!(call.as_mut().poll(context));
        this.call = None;
        this.follows = match &page {
            Ok(page) => this.walk.step(&page.received, &mut this.request.parts),
            Err(error) => Ok(this.walk.may_repeat(error)),
        };
        Poll::Ready(Some(page))
    }
}

/// A stream over the items of a list, across its pages. It requests a page when the page before is used up.
///
/// Errors and dropped futures behave as described at [`Pages`]. A list under another name than documented, or without
/// an object around it, is accepted if it is the only candidate. A response without any list is an error, not the end.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<Op: Paged> {
    pages: Pages<Op>,
    page: std::vec::IntoIter<Op::Item>,
}

impl<Op: Paged> Items<Op> {
    /// Sets how many pages in a row may be empty, as [`Pages::empty_pages`] does.
    pub fn empty_pages(self, most: u32) -> Self {
        Self { pages: self.pages.empty_pages(most), ..self }
    }

    /// Returns the next item, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Op::Item, Error>> {
        StreamExt::next(self).await
    }

    /// Returns the next item as [`next`](Self::next) does, with the error outside:
    /// `while let Some(item) = items.try_next().await? { … }`.
    ///
    /// # Errors
    /// Fails if a page cannot be received or decoded. The next call requests it again, if that is possible.
    pub async fn try_next(&mut self) -> Result<Option<Op::Item>, Error> {
        self.next().await.transpose()
    }

    /// Collects the remaining items, at most `limit`. Once there are that many, no further page is requested.
    ///
    /// # Errors
    /// Fails if a page cannot be received or decoded. The items before it are dropped.
    pub async fn collect_up_to(mut self, limit: usize) -> Result<Vec<Op::Item>, Error> {
        let mut items = Vec::new();
        while items.len() < limit
            && let Some(item) = self.try_next().await?
        {
            items.push(item);
        }
        Ok(items)
    }
}

impl<Op: Paged> Stream for Items<Op> {
    type Item = Result<Op::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let Some(page) = ready!(Pin::new(&mut this.pages).poll_next(context)?) else { return Poll::Ready(None) };
            // If the items of a page are lost, the stream ends, because continuing would hide that.
            let items = items_of::<Op>(page).inspect_err(|_| this.pages.follows = Ok(false))?;
            this.page = items.into_iter();
        }
    }
}

/// No item is ever pinned.
impl<Op: Paged> Unpin for Items<Op> {}

fn items_of<Op: Paged>(page: Page<Op>) -> Result<Vec<Op::Item>, Error> {
    let Response { received, value, .. } = page;
    let items = Op::items(value);
    let Some(list) = items.is_empty().then(|| elsewhere(&Op::PAGINATION, &received.body)).flatten() else {
        return Ok(items);
    };
    tracing::warn!(operation = Op::INFO.id, "the list came under another name than the document gives it");
    let decoded = decode(list.as_bytes());
    decoded.map(|decoded| decoded.value).map_err(|error| Error::decode(Op::INFO.id, received, error))
}

/// Returns the list as JSON, if the response has it elsewhere than documented, or is one item instead of a page.
fn elsewhere<'b>(pagination: &Pagination, body: &'b [u8]) -> Option<Cow<'b, str>> {
    match next_page::listing(pagination, &outline(body)?)? {
        Listing::List { path, .. } if path == pagination.items => None,
        Listing::List { path, .. } => raw_at(body, &path).map(Cow::Borrowed),
        Listing::One => Some(format!("[{}]", std::str::from_utf8(body).ok()?).into()),
    }
}

/// Shows no items.
impl<Op: Paged> fmt::Debug for Pages<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ended = self.call.is_none() && matches!(self.follows, Ok(false));
        f.debug_struct("Pages").field("request", &self.request).field("ended", &ended).finish_non_exhaustive()
    }
}

/// Shows no items.
impl<Op: Paged> fmt::Debug for Items<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).field("left", &self.page.len()).finish_non_exhaustive()
    }
}
