//! The other contact that an error of Intercom refers to: one that exists already, or one that a contact was merged
//! into.

use crate::Error;
use crate::runtime::ErrorDetail;

/// Methods for the errors of calls about contacts.
impl Error {
    /// Returns the id of the existing contact, if that is why a contact could not be created or changed: a status 409
    /// with `id=` in its message. The contact may be [archived](Self::is_conflict_with_archived).
    #[must_use]
    pub fn conflicting_id(&self) -> Option<&str> {
        self.conflict().and_then(|message| id_behind(message, "id="))
    }

    /// Returns whether the existing contact is archived. It must be unarchived before it can be changed.
    #[must_use]
    pub fn is_conflict_with_archived(&self) -> bool {
        self.conflicting_id().is_some() && self.conflict().is_some_and(|message| says(message, "archived"))
    }

    /// Returns the id of the contact that the requested one was merged into, from the header `Link` of a status 410.
    #[must_use]
    pub fn merged_into(&self) -> Option<&str> {
        let headers = self.headers().filter(|_| self.is_gone())?;
        let links = headers.get_all("link").iter().filter_map(|link| link.to_str().ok());
        links.flat_map(|links| links.split(',')).find_map(canonical)
    }

    fn conflict(&self) -> Option<&str> {
        let details = if self.is_conflict() { self.details() } else { &[] };
        details.iter().filter_map(ErrorDetail::message).find(|message| id_behind(message, "id=").is_some())
    }
}

/// Returns the id in a link such as `</contacts/c-17>; rel="canonical"`.
fn canonical(link: &str) -> Option<&str> {
    let (target, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
    let is_canonical = |parameter: &str| {
        let (name, value) = parameter.split_once('=').unwrap_or_default();
        name.trim().eq_ignore_ascii_case("rel") && value.trim().trim_matches('"').eq_ignore_ascii_case("canonical")
    };
    parameters.split(';').any(is_canonical).then(|| id_behind(target, "/contacts/"))?
}

/// Returns the id that follows the last occurrence of `words`.
fn id_behind<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let (_, rest) = text.rsplit_once(words)?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
    rest.get(..end).filter(|id| !id.is_empty())
}

/// Returns whether a text contains a word, in upper or lower case.
fn says(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphabetic()).any(|other| other.eq_ignore_ascii_case(word))
}
