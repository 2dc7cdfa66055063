//! Brackets: carried from revision to revision with whoever put them there,
//! and withdrawn by their holders.

use super::recommendations::{Author, Cause, append, load, render};
use super::{ActionError, By, Result, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::ids::{BracketId, RecommendationId};
use crate::domain::permission::{Verb, may};
use crate::domain::programme::Programme;
use crate::domain::recommendation::{Draft, RATIONALE, STATEMENT, audience_of};
use crate::markdown::blocks::blocks;
use crate::markdown::brackets::{Pair, pairs, unwrap};
use crate::store::brackets::{self, Bracket, NewBracket};
use crate::store::recommendations::Section;
use crate::store::{self, DbConn, ids};

/// Pairs of a text whose holders are known; all count, however many.
const MOST_FOLLOWED: usize = 1_000;

/// The most pairs of a text that are followed: what has more is not settled
/// bracket by bracket. The count on its pages is of all of them.
pub const MOST: usize = 500;

/// A pair as it stands in a revision.
struct Standing<'a> {
    section: &'a str,
    block: i32,
    pair: Pair,
}

/// The first pairs of a text, each with the block it opens in.
fn standing(sections: &[Section]) -> Vec<Standing<'_>> {
    let mut found = Vec::new();
    for section in sections {
        let blocks = blocks(&section.body);
        for pair in pairs(&section.body).into_iter().take(MOST_FOLLOWED - found.len()) {
            let at = blocks.iter().rposition(|block| block.range.start <= pair.start);
            let block = at.and_then(|at| section.blocks.at(at + 1)).unwrap_or(0);
            found.push(Standing { section: &section.kind, block, pair });
        }
    }
    found.truncate(MOST);
    found
}

/// How surely a pair of the new text is one of the old: the same words in the
/// same block, the same words elsewhere, other words in the same block.
const LIKENESS: [fn(&Bracket, &Standing<'_>) -> bool; 4] = [
    |old, new| old.block == new.block && old.text == new.pair.text,
    |old, new| old.section == new.section && old.text == new.pair.text,
    |old, new| old.text == new.pair.text,
    |old, new| old.block == new.block && alike(&old.text, &new.pair.text),
];

/// Whether half the words of the longer one stand in the other.
fn alike(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let (one, mut other) = (words(one), words(other));
    let most = one.len().max(other.len());
    let shared = one.iter().filter(|word| {
        let at = other.iter().position(|own| own == *word);
        at.map(|at| other.swap_remove(at)).is_some()
    });
    2 * shared.count() >= most
}

/// Follows the brackets into a revision: what is still there keeps who put it
/// there, what is new is its author's, what is gone ends with it.
///
/// # Errors
/// When the database refuses.
pub(super) fn follow(
    conn: &mut DbConn,
    id: RecommendationId,
    number: i32,
    sections: &[Section],
    author: Author,
    now: Instant,
) -> store::Result<()> {
    let mut old: Vec<Option<Bracket>> =
        brackets::list_open(conn, id)?.into_iter().map(Some).collect();
    let mut new: Vec<Option<Standing<'_>>> = standing(sections).into_iter().map(Some).collect();
    for alike in LIKENESS {
        for slot in &mut new {
            let Some(own) = slot else { continue };
            let fits = |before: &Option<Bracket>| before.as_ref().is_some_and(|it| alike(it, own));
            let Some(before) = old.iter_mut().find(|it| fits(it)).and_then(Option::take) else {
                continue;
            };
            let same = before.section == own.section && before.block == own.block;
            if !same || before.text != own.pair.text {
                brackets::set_place(conn, before.id, own.section, own.block, &own.pair.text)?;
            }
            *slot = None;
        }
    }
    for gone in old.into_iter().flatten() {
        brackets::set_closed(conn, gone.id, number)?;
    }
    for own in new.into_iter().flatten() {
        let row = NewBracket {
            id: BracketId(ids::fresh(now)),
            recommendation: id,
            section: own.section,
            block: own.block,
            text: &own.pair.text,
            revision: number,
            account: author.account,
            organisation: author.organisation,
            rule: author.rule,
        };
        brackets::insert(conn, &row, now)?;
    }
    Ok(())
}

/// Takes a pair of brackets away and keeps its words: a revision of its own,
/// by the people of the organisation that put it there.
///
/// # Errors
/// `NotFound` for a bracket that is not theirs, `Stale` when the text moved on.
pub fn withdraw(
    conn: &mut DbConn,
    actor: &Actor,
    programme: &Programme,
    reference: &str,
    id: BracketId,
    base: i32,
    now: Instant,
) -> Result<i32> {
    let own = load(conn, actor, reference)?;
    let standing_as = may(actor, Verb::WithdrawBracket, &own.object())?;
    let open = brackets::list_open(conn, own.id)?;
    let bracket = open.into_iter().find(|bracket| bracket.id == id);
    let bracket = bracket.filter(|bracket| bracket.organisation == actor.organisation);
    let bracket = bracket.ok_or(ActionError::NotFound)?;
    if own.revision != base {
        return Err(ActionError::Stale(own.revision));
    }
    let mut sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
    let start = standing(&sections).into_iter().find_map(|found| {
        let same = found.section == bracket.section && found.block == bracket.block;
        (same && found.pair.text == bracket.text).then_some(found.pair.start)
    });
    let section = sections.iter_mut().find(|section| section.kind == bracket.section);
    let (Some(start), Some(section)) = (start, section) else {
        return Err(ActionError::Conflict("conflict-bracket-gone"));
    };
    section.body = unwrap(&section.body, start, true).ok_or(ActionError::NotFound)?;
    let draft = draft_of(&own.title, &bracket.text, &sections)?;
    let rendered = render(&draft, programme)?;
    let author = Author::new(actor, programme, &own);
    append(conn, own.id, base + 1, author, Cause::default(), &draft, &rendered, now)?;
    brackets::set_withdrawn(conn, id, actor.account)?;
    let by = By::standing(actor.account, standing_as);
    let object = (AuditObject::Recommendation, own.id.0);
    record(conn, by, AuditVerb::BracketWithdrawn, object, Some(own.track), now)?;
    Ok(base + 1)
}

/// The text with its summary, in the language that texts are written in.
fn draft_of(title: &str, words: &str, sections: &[Section]) -> Result<Draft> {
    let body = |kind: &str| {
        let found = sections.iter().find(|section| section.kind == kind);
        found.map(|section| section.body.clone()).unwrap_or_default()
    };
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(80).collect();
    let dots = if short == words { "" } else { "…" };
    let actions = sections.iter().filter_map(|section| {
        let slug = audience_of(&section.kind)?;
        Some((slug.to_owned(), section.body.clone()))
    });
    let summary = format!("Brackets withdrawn round “{short}{dots}”");
    Ok(Draft::parse(title, &summary, body(STATEMENT), body(RATIONALE), actions.collect())?)
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn words_in_brackets_may_change_and_stay_the_same_brackets() {
        assert!(alike("within 24 hours", "within 48 hours"));
        assert!(!alike("shall", "should"));
        assert!(!alike("a b c d", "a x y z"));
    }
}
