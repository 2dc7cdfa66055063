//! A recommendation: its sections, and what a save must satisfy.

use super::Instant;
use super::fault::Faults;
use super::ids::{RecommendationId, TrackId, WorkshopId};
use super::permission::Object;
use super::stage::Stage;

/// Longest recommendation over all its sections, in bytes.
pub const LONGEST_TEXT: usize = 512 * 1024;
/// Longest title and longest summary of a revision, in characters.
pub const LONGEST_TITLE: usize = 200;

/// The kind of a section as stored: `statement`, `rationale`, `for:slug`.
pub const STATEMENT: &str = "statement";
pub const RATIONALE: &str = "rationale";
const FOR: &str = "for:";

/// The stored kind of the action section for an audience.
#[must_use]
pub fn action_kind(audience: &str) -> String {
    format!("{FOR}{audience}")
}

/// The audience an action section speaks to.
#[must_use]
pub fn audience_of(kind: &str) -> Option<&str> {
    kind.strip_prefix(FOR)
}

/// What a section's blocks are called in addresses: `statement-3`.
#[must_use]
pub fn anchor_prefix(kind: &str) -> String {
    kind.replace(':', "-")
}

/// A recommendation as it stands, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    pub id: RecommendationId,
    pub track: TrackId,
    pub reference: String,
    pub stage: Stage,
    pub title: String,
    /// The number of the newest revision.
    pub revision: i32,
    /// Pairs of brackets in the newest revision.
    pub brackets: i32,
    pub workshop: Option<WorkshopId>,
    pub comments_until: Option<Instant>,
    pub agreed_revision: Option<i32>,
    pub agreed_at: Option<Instant>,
    pub withdrawn_at: Option<Instant>,
    pub withdrawn_reason: Option<String>,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// The id that the next new block takes.
    pub next_block: i32,
    /// The number that the next amendment takes.
    pub next_amendment: i32,
    /// How many days an author may contest an answer.
    pub contest_days: i32,
    /// Rises whenever what is said of it changes, but for new comments.
    pub changes: i64,
    /// Whether its track has a chair.
    pub has_chair: bool,
}

impl Recommendation {
    /// What the decision point needs to know of it.
    #[must_use]
    pub const fn object(&self) -> Object {
        Object { track: self.track, has_chair: self.has_chair, stage: Some(self.stage) }
    }

    /// Whether the deadline for comments has passed.
    #[must_use]
    pub fn is_overdue(&self, now: Instant) -> bool {
        self.stage == Stage::Open && self.comments_until.is_some_and(|until| until <= now)
    }
}

/// The permanent ids of a section's blocks, in order: what comments,
/// amendments and links to a paragraph hang on, whatever its words become.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlockIds(pub Vec<i32>);

impl BlockIds {
    /// The id of the block at this position (1 is the first).
    #[must_use]
    pub fn at(&self, position: usize) -> Option<i32> {
        self.0.get(position.checked_sub(1)?).copied()
    }

    /// The position (1 is the first) of a block.
    #[must_use]
    pub fn position_of(&self, block: i32) -> Option<usize> {
        self.0.iter().position(|own| *own == block).map(|index| index + 1)
    }

    /// Reads what [`std::fmt::Display`] writes.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        text.split_whitespace().map(|id| id.parse().ok()).collect::<Option<_>>().map(Self)
    }
}

impl std::fmt::Display for BlockIds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, id) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            id.fmt(f)?;
        }
        Ok(())
    }
}

/// The text of one revision as a form or a file carries it, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub title: String,
    pub summary: String,
    pub statement: String,
    pub rationale: String,
    /// Audience slug and text, in the programme's order; no empty ones.
    pub actions: Vec<(String, String)>,
}

impl Draft {
    /// Checks what can be known without a renderer; the texts are already
    /// normalised.
    ///
    /// # Errors
    /// The faults of `title`, `summary`, `statement` and of the whole.
    pub fn parse(
        title: &str,
        summary: &str,
        statement: String,
        rationale: String,
        actions: Vec<(String, String)>,
    ) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let title = faults.line("title", title, LONGEST_TITLE);
        let summary = faults.line("summary", summary, LONGEST_TITLE);
        if statement.trim().is_empty() {
            faults.add("statement", "fault-statement-empty");
        }
        let actions: Vec<_> =
            actions.into_iter().filter(|(_, body)| !body.trim().is_empty()).collect();
        let length = statement.len()
            + rationale.len()
            + actions.iter().map(|(_, body)| body.len()).sum::<usize>();
        if length > LONGEST_TEXT {
            faults.add_n("statement", "fault-text-long", LONGEST_TEXT / 1024);
        }
        faults.into_result(Self { title, summary, statement, rationale, actions })
    }

    /// Kind and body of every section, in order.
    #[must_use]
    pub fn sections(&self) -> Vec<(String, &str)> {
        let mut sections = vec![(STATEMENT.to_owned(), self.statement.as_str())];
        if !self.rationale.trim().is_empty() {
            sections.push((RATIONALE.to_owned(), &self.rationale));
        }
        sections.extend(self.actions.iter().map(|(slug, body)| (action_kind(slug), body.as_str())));
        sections
    }
}

/// A deadline must lie ahead, and not so far that it is a slip of the pen.
#[must_use]
pub fn deadline_is_sensible(until: Instant, now: Instant) -> bool {
    until > now && until < now + chrono::TimeDelta::days(366)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_needs_a_title_a_summary_and_a_statement() {
        let faults = Draft::parse(" ", "", String::new(), String::new(), vec![]).unwrap_err();
        let fields: Vec<_> = faults.0.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["title", "summary", "statement"]);
    }

    #[test]
    fn a_text_over_the_bound_is_refused() {
        let long = "x".repeat(LONGEST_TEXT + 1);
        assert!(Draft::parse("T", "S", long, String::new(), vec![]).is_err());
    }

    #[test]
    fn block_ids_are_read_as_they_are_written() {
        let ids = BlockIds(vec![3, 1, 12]);
        assert_eq!(BlockIds::from_text(&ids.to_string()), Some(ids.clone()));
        assert_eq!(BlockIds::from_text(""), Some(BlockIds::default()));
        assert_eq!(BlockIds::from_text("3 x"), None);
        assert_eq!((ids.at(0), ids.at(2), ids.at(4)), (None, Some(1), None));
        assert_eq!((ids.position_of(12), ids.position_of(2)), (Some(3), None));
    }

    #[test]
    fn empty_action_sections_are_no_sections() {
        let actions =
            vec![("diplomats".to_owned(), " \n".to_owned()), ("x".to_owned(), "y".to_owned())];
        let draft = Draft::parse("T", "S", "a\n".into(), String::new(), actions).unwrap();
        let kinds: Vec<_> = draft.sections().into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["statement", "for:x"]);
    }
}
