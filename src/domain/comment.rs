//! Comments: where they are put, how they are answered, where they still stand.

use super::fault::Faults;
use super::role::Capacity;
use super::text_enum;

/// Longest comment, in characters.
pub const LONGEST_COMMENT: usize = 20_000;
/// Longest reason of a disposition, in characters.
pub const LONGEST_REASON: usize = 4_000;

text_enum!(
    /// How a comment was answered.
    Disposition {
        Accepted = "accepted", AcceptedInPart = "accepted-in-part",
        AcceptedInPrinciple = "accepted-in-principle", Noted = "noted", NotAccepted = "not-accepted",
    }
);

text_enum!(
    /// What a comment is about, as the ISO/IEC template has it (ge, te, ed).
    CommentKind { General = "general", Substantive = "substantive", Editorial = "editorial" }
);

/// The paragraph a comment was written on: section, position in it (1 is the
/// first block), and the block's exact text on that revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    pub section: String,
    pub position: i32,
    pub quote: String,
}

/// A comment or reply that a form carries, parsed.
#[derive(Debug, Clone)]
pub struct NewComment {
    pub body: String,
    pub capacity: Capacity,
}

impl NewComment {
    /// # Errors
    /// The faults of the fields `body` and `capacity`.
    pub fn parse(body: &str, capacity: &str) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        if body.trim().is_empty() {
            faults.add("body", "fault-comment-empty");
        } else if body.chars().count() > LONGEST_COMMENT {
            faults.add_n("body", "fault-too-long", LONGEST_COMMENT);
        }
        let capacity = Capacity::from_text(capacity);
        if capacity.is_none() {
            faults.add("capacity", "fault-choose");
        }
        let capacity = capacity.unwrap_or(Capacity::Personal);
        faults.into_result(Self { body: body.to_owned(), capacity })
    }
}

/// Where a paragraph comment stands on a later revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Beside the block at this position (1-based): the only one with the text.
    Beside(usize),
    /// Under its section: no block, or more than one, has the text.
    Changed,
}

/// Finds the block a quotation belongs to now: never beside other words.
///
/// On the revision it was written on (`same_revision`) the stored position
/// decides; later only a text that occurs exactly once does.
#[must_use]
pub fn place(anchor: &Anchor, same_revision: bool, blocks: &[&str]) -> Place {
    if same_revision {
        let at = usize::try_from(anchor.position).unwrap_or(0);
        if at >= 1 && blocks.get(at - 1).is_some_and(|text| *text == anchor.quote) {
            return Place::Beside(at);
        }
    }
    let mut found = blocks.iter().enumerate().filter(|(_, text)| **text == anchor.quote);
    match (found.next(), found.next()) {
        (Some((index, _)), None) => Place::Beside(index + 1),
        _ => Place::Changed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(position: i32, quote: &str) -> Anchor {
        Anchor { section: "statement".into(), position, quote: quote.into() }
    }

    #[test]
    fn a_comment_follows_its_words_and_never_stands_beside_others() {
        let blocks = ["one", "two", "two", "three"];
        assert_eq!(place(&anchor(1, "one"), false, &blocks), Place::Beside(1));
        assert_eq!(place(&anchor(1, "three"), false, &blocks), Place::Beside(4));
        assert_eq!(place(&anchor(2, "two"), false, &blocks), Place::Changed);
        assert_eq!(place(&anchor(3, "two"), true, &blocks), Place::Beside(3));
        assert_eq!(place(&anchor(1, "gone"), false, &blocks), Place::Changed);
        assert_eq!(place(&anchor(0, "gone"), true, &blocks), Place::Changed);
    }

    #[test]
    fn an_empty_or_endless_comment_is_refused() {
        assert!(NewComment::parse(" \n", "personal").is_err());
        assert!(NewComment::parse("x", "anybody").is_err());
        assert!(NewComment::parse(&"x".repeat(LONGEST_COMMENT + 1), "personal").is_err());
        assert!(NewComment::parse("x", "organisation").is_ok());
    }
}
