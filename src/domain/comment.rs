//! Comments: where they are put, how they are answered, where they still stand.

use chrono::TimeDelta;

use super::fault::Faults;
use super::ids::AccountId;
use super::role::Capacity;
use super::{Instant, text_enum};

/// Longest comment, in characters.
pub const LONGEST_COMMENT: usize = 20_000;
/// Longest reason of a disposition, longest contest and its answer, in characters.
pub const LONGEST_REASON: usize = 4_000;
/// Longest selection of words, in characters.
pub const LONGEST_WORDS: usize = 1_000;
/// The most people one comment names.
pub const MOST_MENTIONS: usize = 20;
/// The longest time an author may be given to contest, in days.
pub const MOST_CONTEST_DAYS: i32 = 60;

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

impl CommentKind {
    /// The two letters of the ISO/IEC template.
    #[must_use]
    pub const fn letters(self) -> &'static str {
        match self {
            Self::General => "ge",
            Self::Substantive => "te",
            Self::Editorial => "ed",
        }
    }
}

/// Until when an answer given at `disposed_at` may be contested.
#[must_use]
pub fn contestable_until(disposed_at: Instant, days: i32) -> Instant {
    disposed_at + TimeDelta::days(days.into())
}

/// The paragraph a comment was written on: section, position in it (1 is the
/// first block), and the block's exact text on that revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    pub section: String,
    pub position: i32,
    pub quote: String,
}

/// The words of a block that somebody means: what they selected, and what
/// stands before and after, to tell two places with the same words apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub exact: String,
    pub before: String,
    pub after: String,
}

/// A comment or reply that a form carries, parsed.
#[derive(Debug, Clone)]
pub struct NewComment {
    pub body: String,
    pub capacity: Capacity,
    pub kind: Option<CommentKind>,
    /// The wording that is proposed instead.
    pub proposed: Option<String>,
    /// Who is named in it, and so told.
    pub mentions: Vec<AccountId>,
}

impl NewComment {
    /// A reply, or a comment of which nothing more is said.
    ///
    /// # Errors
    /// The faults of the fields `body` and `capacity`.
    pub fn parse(body: &str, capacity: &str) -> Result<Self, Faults> {
        Self::parse_whole(body, capacity, "", "")
    }

    /// # Errors
    /// The faults of the fields `body`, `capacity`, `kind` and `proposed`.
    pub fn parse_whole(
        body: &str,
        capacity: &str,
        kind: &str,
        proposed: &str,
    ) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let kind = match kind {
            "" => None,
            word => {
                let kind = CommentKind::from_text(word);
                if kind.is_none() {
                    faults.add("kind", "fault-choose");
                }
                kind
            }
        };
        if body.trim().is_empty() {
            faults.add("body", "fault-comment-empty");
        } else if body.chars().count() > LONGEST_COMMENT {
            faults.add_n("body", "fault-too-long", LONGEST_COMMENT);
        }
        if proposed.chars().count() > LONGEST_COMMENT {
            faults.add_n("proposed", "fault-too-long", LONGEST_COMMENT);
        }
        let capacity = Capacity::from_text(capacity);
        if capacity.is_none() {
            faults.add("capacity", "fault-choose");
        }
        let capacity = capacity.unwrap_or(Capacity::Personal);
        let proposed = Some(proposed.trim().to_owned()).filter(|words| !words.is_empty());
        let body = body.to_owned();
        faults.into_result(Self { body, capacity, kind, proposed, mentions: Vec::new() })
    }
}

/// A chair's answer to one or several comments, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    pub disposition: Disposition,
    pub reason: String,
    /// The revision whose change carries it out.
    pub changed_in: Option<i32>,
}

impl NewAnswer {
    /// `changed_in` is empty or the number of a revision.
    ///
    /// # Errors
    /// The faults of `disposition`, `reason` and `changed`.
    pub fn parse(disposition: &str, reason: &str, changed_in: &str) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let disposition = Disposition::from_text(disposition);
        if disposition.is_none() {
            faults.add("disposition", "fault-choose");
        }
        let reason = check_words(&mut faults, "reason", reason);
        let changed_in = match changed_in.trim() {
            "" => None,
            text => {
                let number = text.parse().ok();
                if number.is_none() {
                    faults.add("changed", "fault-choose");
                }
                number
            }
        };
        let disposition = disposition.unwrap_or(Disposition::Noted);
        faults.into_result(Self { disposition, reason, changed_in })
    }
}

/// A text of some lines that must be there: a reason, a contest, its answer.
pub fn check_words(faults: &mut Faults, field: &str, raw: &str) -> String {
    let words = raw.replace("\r\n", "\n").replace(['\r', '\0'], "\n");
    let words = words.trim();
    if words.is_empty() {
        faults.add(field, "fault-required");
    } else if words.chars().count() > LONGEST_REASON {
        faults.add_n(field, "fault-too-long", LONGEST_REASON);
    }
    words.to_owned()
}

/// What became of the words a comment is on, in a later revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Unchanged,
    /// The same words in another place.
    Moved,
    /// Other words stand in their place.
    Changed {
        old: String,
        new: String,
    },
    Gone,
}

impl Fate {
    /// The word for it in forms, files and catalogues.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Moved => "moved",
            Self::Changed { .. } => "changed",
            Self::Gone => "gone",
        }
    }
}

/// Where a comment stands in the present text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub fate: Fate,
    /// `None` when its words are gone.
    pub section: Option<String>,
    /// The position of its block in the section, from 1.
    pub position: Option<usize>,
    /// Its ¶ number; headings and footnotes have none.
    pub number: Option<usize>,
    /// Characters of the block's text; `None` for the whole block.
    pub range: Option<std::ops::Range<usize>>,
}

/// Where a paragraph comment without a block id stands on a later revision.
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
        assert!(NewComment::parse_whole("x", "organisation", "editorial", "y").is_ok());
        assert!(NewComment::parse_whole("x", "organisation", "ed", "y").is_err());
    }

    #[test]
    fn an_answer_has_a_word_and_a_reason() {
        let faults = NewAnswer::parse("perhaps", " \r\n", "x").unwrap_err();
        let fields: Vec<_> = faults.0.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["disposition", "reason", "changed"]);
        let answer = NewAnswer::parse("noted", " a\r\nb ", " 3 ").unwrap();
        assert_eq!((answer.reason.as_str(), answer.changed_in), ("a\nb", Some(3)));
    }
}
