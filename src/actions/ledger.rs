//! The ledger comes back, filled in offline: each row is looked at first, and
//! the good ones are carried out together.

use std::collections::HashMap;

use super::comments::{self, Target, spot_in};
use super::recommendations::keyed;
use super::{ActionError, Result, dispositions};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::comment::{CommentKind, Disposition, NewAnswer, NewComment, Words};
use crate::domain::fault::Faults;
use crate::domain::ids::CommentId;
use crate::domain::permission::{Verb, allows};
use crate::domain::programme::Programme;
use crate::domain::recommendation::Recommendation;
use crate::export::matrix::{Row, disposition_word};
use crate::export::sheet::Numbered;
use crate::markdown::anchor::{self, Fate, Quote, Standing};
use crate::markdown::{Piece, paragraphs};
use crate::store::comments::Comment;
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

/// The most comments of a text that a new row is compared with.
const MOST_COMPARED: i64 = 5_000;

/// What a row asks for, once it was looked at.
#[derive(Debug, Clone)]
pub enum Plan {
    /// An answer to a comment, in place of the one given at an instant.
    Answer {
        comment: CommentId,
        answer: NewAnswer,
        before: Option<Disposition>,
        seen: Option<Instant>,
    },
    /// A new comment of the importer's organisation.
    Comment {
        new: Box<NewComment>,
        revision: i32,
        target: Target,
        /// Where its words stand now, for a row on an older revision.
        standing: Option<Standing>,
    },
    /// Nothing that is not there already.
    Same,
    /// Not carried out; the key of the sentence that says why.
    Refused(&'static str),
}

/// A row with its plan.
#[derive(Debug, Clone)]
pub struct Planned {
    pub number: usize,
    pub row: Row,
    pub plan: Plan,
}

/// How many rows were carried out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    pub answers: usize,
    pub comments: usize,
    pub left: usize,
}

/// Looks at every row: as many queries for one as for a thousand.
///
/// # Errors
/// When the database cannot be read.
pub fn plan(
    conn: &mut DbConn,
    actor: &Actor,
    own: &Recommendation,
    rows: &[Numbered],
    now: Instant,
) -> Result<Vec<Planned>> {
    let ids: Vec<CommentId> =
        rows.iter().filter_map(|own| own.row.id.trim().parse().ok()).collect();
    let known: HashMap<CommentId, Comment> = store::comments::list_by_ids(conn, &ids)?
        .into_iter()
        .filter(|comment| comment.recommendation == own.id && comment.parent.is_none())
        .map(|comment| (comment.id, comment))
        .collect();
    let mut numbers: Vec<i32> = rows.iter().filter_map(|row| revision_of(&row.row, own)).collect();
    numbers.push(own.revision);
    numbers.sort_unstable();
    numbers.dedup();
    let mut texts: HashMap<i32, Vec<Section>> = HashMap::new();
    for (number, section) in store::sections::list_of(conn, own.id, &numbers)? {
        texts.entry(number).or_default().push(section);
    }
    let said = store::comments::list_of(conn, own.id, MOST_COMPARED)?;
    let planner = Planner {
        own,
        known,
        texts,
        said,
        may_answer: allows(actor, Verb::Dispose, &own.object()),
        may_comment: comments::may_comment(actor, own, now).is_ok(),
        actor,
    };
    let mut planned: Vec<Planned> = Vec::new();
    for Numbered { number, row } in rows {
        let mut plan = planner.plan(row);
        // The same comment answered by two rows, or the same words twice.
        let twice = planned.iter().any(|earlier| match (&earlier.plan, &plan) {
            (Plan::Answer { comment, .. }, Plan::Answer { comment: other, .. }) => comment == other,
            (Plan::Comment { .. }, Plan::Comment { .. }) => {
                earlier.row.comment == row.comment
                    && earlier.row.section == row.section
                    && earlier.row.paragraph == row.paragraph
                    && earlier.row.words == row.words
            }
            _ => false,
        });
        if twice {
            plan = Plan::Refused("fault-import-twice");
        }
        planned.push(Planned { number: *number, row: row.clone(), plan });
    }
    Ok(planned)
}

/// The revision a row is on: the present one if it says nothing.
fn revision_of(row: &Row, own: &Recommendation) -> Option<i32> {
    match row.revision.trim() {
        "" => Some(own.revision),
        text => text.parse().ok().filter(|number| (1..=own.revision).contains(number)),
    }
}

struct Planner<'a> {
    own: &'a Recommendation,
    known: HashMap<CommentId, Comment>,
    texts: HashMap<i32, Vec<Section>>,
    said: Vec<Comment>,
    may_answer: bool,
    may_comment: bool,
    actor: &'a Actor,
}

impl Planner<'_> {
    fn plan(&self, row: &Row) -> Plan {
        let reference = row.reference.trim();
        if !reference.is_empty() && reference != self.own.reference {
            return Plan::Refused("fault-import-other-text");
        }
        let outcome = if row.id.trim().is_empty() { self.comment(row) } else { self.answer(row) };
        outcome.unwrap_or_else(Plan::Refused)
    }

    fn answer(&self, row: &Row) -> std::result::Result<Plan, &'static str> {
        let id = row.id.trim();
        if id.strip_prefix('A').is_some_and(|rest| rest.parse::<i32>().is_ok()) {
            // Amendments are answered where their text can be looked at.
            return Ok(Plan::Same);
        }
        let id: CommentId = id.parse().map_err(|_| "fault-import-unknown")?;
        let comment = self.known.get(&id).ok_or("fault-import-unknown")?;
        let (word, reason) = (row.disposition.trim(), lines(&row.observations));
        let stands = comment.disposition.map(disposition_word).unwrap_or_default();
        let same = word.eq_ignore_ascii_case(&stands)
            && reason == lines(comment.reason.as_deref().unwrap_or_default());
        if same || (word.is_empty() && reason.is_empty()) {
            return Ok(Plan::Same);
        }
        if comment.withdrawn_at.is_some() {
            return if word == "withdrawn" {
                Ok(Plan::Same)
            } else {
                Err("fault-import-withdrawn")
            };
        }
        if !self.may_answer {
            return Err("fault-import-not-chair");
        }
        let word = word.to_lowercase().replace([' ', '_'], "-");
        let disposition = Disposition::from_text(&word).ok_or("fault-import-disposition")?;
        let answer = NewAnswer::parse(disposition.as_str(), &reason, "")
            .map_err(|_| "fault-import-observations")?;
        // What it changed in the text is not in the sheet, and stays.
        let answer = NewAnswer { changed_in: comment.changed_in, ..answer };
        let (before, seen) = (comment.disposition, comment.disposed_at);
        Ok(Plan::Answer { comment: id, answer, before, seen })
    }

    fn comment(&self, row: &Row) -> std::result::Result<Plan, &'static str> {
        if row.comment.trim().is_empty() {
            return Err("fault-import-empty");
        }
        let revision = revision_of(row, self.own).ok_or("fault-import-revision")?;
        let kind = match row.kind.trim().to_lowercase().as_str() {
            "" => None,
            word => {
                let found = CommentKind::ALL
                    .iter()
                    .find(|kind| kind.letters() == word || kind.as_str() == word);
                Some(*found.ok_or("fault-import-kind")?)
            }
        };
        let kind = kind.map_or("", CommentKind::as_str);
        let mut new = NewComment::parse_whole(&row.comment, "organisation", kind, &row.proposed)
            .map_err(|_| "fault-import-long")?;
        new.mentions = Vec::new();
        let sections = self.texts.get(&revision).map(Vec::as_slice).unwrap_or_default();
        let target = target_of(row, sections)?;
        let spot = spot_in(sections, &target).map_err(|fault| match fault {
            ActionError::Faults(_) => "fault-import-words",
            _ => "fault-import-place",
        })?;
        let anchor = spot.as_ref().map(|spot| &spot.anchor);
        let is_said = self.said.iter().any(|said| {
            said.organisation == self.actor.organisation
                && said.body.trim() == row.comment.trim()
                && said.section.as_deref() == anchor.map(|anchor| anchor.section.as_str())
                && said.withdrawn_at.is_none()
        });
        if is_said {
            return Ok(Plan::Same);
        }
        if !self.may_comment {
            return Err("fault-import-closed");
        }
        let standing = spot.filter(|_| revision < self.own.revision).and_then(|spot| {
            let block = Some(spot.block?);
            let quote = spot.words.map(|words| Quote {
                exact: words.exact,
                prefix: words.before,
                suffix: words.after,
            });
            let present = self.texts.get(&self.own.revision)?;
            let spot = anchor::Spot { block, quote: quote.as_ref() };
            let old: Vec<_> = sections.iter().map(keyed).collect();
            let new: Vec<_> = present.iter().map(keyed).collect();
            Some(anchor::standing(&old, &new, &spot))
        });
        if standing.as_ref().is_some_and(|own| own.fate == Fate::Gone) {
            return Err("fault-import-gone");
        }
        Ok(Plan::Comment { new: Box::new(new), revision, target, standing })
    }
}

/// The place a row names: its ¶ number is the one that people see, through all
/// sections of its revision.
fn target_of(row: &Row, sections: &[Section]) -> std::result::Result<Target, &'static str> {
    let section = row.section.trim();
    let paragraph = row.paragraph.trim().trim_start_matches('¶').trim();
    if section.is_empty() && paragraph.is_empty() {
        return Ok(Target::Whole);
    }
    let number: usize = paragraph.parse().map_err(|_| "fault-import-place")?;
    let found = sections.iter().find_map(|own| {
        let pieces: Vec<Piece> = serde_json::from_str(&own.rendered).ok()?;
        let position = i32::try_from(paragraphs::position(&pieces, number)?).ok()?;
        Some((own.kind.clone(), position))
    });
    // A section that does not have that paragraph is a slip somebody should see.
    let found = found.filter(|(kind, _)| section.is_empty() || section == kind);
    let (section, position) = found.ok_or("fault-import-place")?;
    let words = row.words.trim();
    if words.is_empty() {
        return Ok(Target::Block { section, position });
    }
    let words = Words { exact: words.to_owned(), ..Words::default() };
    Ok(Target::Words { section, position, words })
}

/// As a reason is stored.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// Carries out what the rows ask for: a row that cannot be any more is left,
/// the others proceed.
///
/// # Errors
/// When the database refuses, or nothing can be carried out.
pub fn import(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    reference: &str,
    planned: &[Planned],
    now: Instant,
) -> Result<Imported> {
    let mut done = Imported::default();
    for row in planned {
        let outcome = match &row.plan {
            Plan::Answer { comment, answer, seen, .. } => {
                dispositions::dispose(conn, actor, reference, *comment, answer, *seen, now)
                    .map(|()| done.answers += 1)
            }
            Plan::Comment { new, revision, target, .. } => {
                comments::create(conn, actor, programme, reference, *revision, target, new, now)
                    .map(|_| done.comments += 1)
            }
            Plan::Same => Ok(()),
            Plan::Refused(_) => {
                done.left += 1;
                Ok(())
            }
        };
        match outcome {
            Ok(()) => {}
            // These are told before anything of the row is written.
            Err(ActionError::Faults(_) | ActionError::Conflict(_) | ActionError::NotFound) => {
                done.left += 1;
            }
            Err(other) => return Err(other),
        }
    }
    if done.answers + done.comments == 0 {
        return Err(Faults::one("sheet", "fault-import-nothing").into());
    }
    Ok(done)
}
