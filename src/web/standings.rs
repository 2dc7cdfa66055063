//! Where comments stand in the present text: found once a revision, and kept.

use std::sync::Arc;

use super::cx::Cx;
use super::discussion::pieces;
use super::error::WebError;
use crate::actions::recommendations::keyed;
use crate::app::Standings;
use crate::domain::comment::{Fate, Place, Standing, place};
use crate::domain::ids::{CommentId, RecommendationId};
use crate::domain::recommendation::Recommendation;
use crate::markdown::anchor::{self, Quote, Spot};
use crate::markdown::ids::Keyed;
use crate::markdown::{self};
use crate::store::comments::Comment;
use crate::store::recommendations::Section;
use crate::store::sections::Dated;
use crate::store::{self, DbConn};

/// The standing of every comment that is on words: a lookup for those that
/// were asked for before, else two queries for all their revisions together.
///
/// # Errors
/// When the database cannot be read.
pub fn load(
    cx: &Cx,
    conn: &mut DbConn,
    own: &Recommendation,
    comments: &[Comment],
) -> Result<Standings, WebError> {
    load_many(cx, conn, &[(own.id, own.revision)], comments)
}

/// The same for comments on several texts, each at the revision given: two
/// queries, however many there are.
///
/// # Errors
/// When the database cannot be read.
pub fn load_many(
    cx: &Cx,
    conn: &mut DbConn,
    texts: &[(RecommendationId, i32)],
    comments: &[Comment],
) -> Result<Standings, WebError> {
    let mut all = Standings::new();
    let mut wanting: Vec<(RecommendationId, i32, Vec<&Comment>)> = Vec::new();
    let mut at: Vec<(RecommendationId, i32)> = Vec::new();
    for (id, revision) in texts {
        let known = cx.app.standings.get(*id, *revision);
        let is_missing = |comment: &&Comment| {
            comment.recommendation == *id
                && comment.parent.is_none()
                && comment.section.is_some()
                && !known.contains_key(&comment.id)
        };
        let missing: Vec<&Comment> = comments.iter().filter(is_missing).collect();
        all.extend(known);
        if !missing.is_empty() {
            at.push((*id, *revision));
            at.extend(missing.iter().map(|comment| (*id, comment.revision)));
            wanting.push((*id, *revision, missing));
        }
    }
    at.sort_unstable();
    at.dedup();
    let sections = store::sections::list_at(conn, &at)?;
    for (id, revision, missing) in wanting {
        let own: Vec<&Dated> = sections.iter().filter(|(own, ..)| *own == id).collect();
        let found = find(&own, revision, &missing)?;
        let mut known = cx.app.standings.get(id, revision);
        known.extend(found.iter().map(|(id, standing)| (*id, Arc::clone(standing))));
        cx.app.standings.put(id, revision, known);
        all.extend(found);
    }
    Ok(all)
}

/// Where comments on one text stand at a revision, given its sections then and
/// when they were written.
fn find(
    sections: &[&Dated],
    revision: i32,
    comments: &[&Comment],
) -> Result<Vec<(CommentId, Arc<Standing>)>, WebError> {
    let of = |number: i32| -> Vec<&Section> {
        sections.iter().filter(|own| own.1 == number).map(|own| &own.2).collect()
    };
    let present = Present::new(of(revision))?;
    let now: Vec<Keyed<'_>> = present.sections.iter().copied().map(keyed).collect();
    let mut found = Vec::new();
    let mut numbers: Vec<i32> = comments.iter().map(|comment| comment.revision).collect();
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers {
        let (kept, loose): (Vec<&Comment>, Vec<&Comment>) = comments
            .iter()
            .copied()
            .filter(|comment| comment.revision == number)
            .partition(|comment| comment.block.is_some());
        for comment in loose {
            found.push((comment.id, Arc::new(present.find_loose(comment, revision))));
        }
        if kept.is_empty() {
            continue;
        }
        let then: Vec<Keyed<'_>> = of(number).into_iter().map(keyed).collect();
        let quotes: Vec<Option<Quote>> = kept.iter().map(|comment| quote(comment)).collect();
        let spots: Vec<Spot<'_>> = kept
            .iter()
            .zip(&quotes)
            .map(|(comment, quote)| Spot { block: comment.block, quote: quote.as_ref() })
            .collect();
        let stand = anchor::standings(&then, &now, &spots);
        for (comment, standing) in kept.into_iter().zip(stand) {
            found.push((comment.id, Arc::new(present.place(standing))));
        }
    }
    Ok(found)
}

fn quote(comment: &Comment) -> Option<Quote> {
    let words = comment.words()?;
    Some(Quote { exact: words.exact, prefix: words.before, suffix: words.after })
}

/// The present text, and how its blocks are numbered on the page.
struct Present<'a> {
    sections: Vec<&'a Section>,
    pieces: Vec<Pieces<'a>>,
}

/// What can be commented on in one section, in order.
struct Pieces<'a> {
    kind: &'a str,
    /// The block of each.
    blocks: Vec<usize>,
    texts: Vec<String>,
    /// Its ¶ number.
    numbers: Vec<Option<usize>>,
}

impl<'a> Present<'a> {
    fn new(sections: Vec<&'a Section>) -> Result<Self, WebError> {
        let mut all = Vec::new();
        for own in &sections {
            let shown = pieces(own)?.into_iter().filter_map(|own| Some((own.text?, own.number)));
            let (texts, numbers) = shown.unzip();
            let blocks = markdown::block_of_piece(&own.body);
            all.push(Pieces { kind: own.kind.as_str(), blocks, texts, numbers });
        }
        Ok(Self { sections, pieces: all })
    }

    fn pieces(&self, section: &str) -> Option<&Pieces<'a>> {
        self.pieces.iter().find(|own| own.kind == section)
    }

    fn place(&self, found: anchor::Standing) -> Standing {
        let own = found.section.as_deref().and_then(|section| self.pieces(section));
        let index = own
            .zip(found.at)
            .and_then(|(own, at)| own.blocks.iter().position(|block| *block == at));
        let fate = match found.fate {
            anchor::Fate::Unchanged => Fate::Unchanged,
            anchor::Fate::Moved => Fate::Moved,
            anchor::Fate::Changed { old, new } => Fate::Changed { old, new },
            anchor::Fate::Gone => Fate::Gone,
        };
        let number = own.zip(index).and_then(|(own, index)| *own.numbers.get(index)?);
        let position = index.map(|index| index + 1);
        Standing { fate, section: found.section, position, number, range: found.range }
    }

    /// A comment from before blocks had ids: beside the one block with its
    /// words, or nowhere.
    fn find_loose(&self, comment: &Comment, current: i32) -> Standing {
        let gone =
            Standing { fate: Fate::Gone, section: None, position: None, number: None, range: None };
        let Some(anchor) = comment.anchor() else { return gone };
        let Some(own) = self.pieces(&anchor.section) else { return gone };
        let texts: Vec<&str> = own.texts.iter().map(String::as_str).collect();
        match place(&anchor, comment.revision == current, &texts) {
            Place::Beside(at) => {
                let range = quote(comment)
                    .and_then(|quote| anchor::find(texts.get(at - 1).copied()?, &quote));
                let same = usize::try_from(anchor.position).is_ok_and(|own| own == at);
                let fate = if same { Fate::Unchanged } else { Fate::Moved };
                let number = own.numbers.get(at - 1).copied().flatten();
                Standing { fate, section: Some(anchor.section), position: Some(at), number, range }
            }
            Place::Changed => gone,
        }
    }
}
