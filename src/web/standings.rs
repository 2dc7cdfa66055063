//! Where comments stand in the present text: found once a revision, and kept.

use std::sync::Arc;

use super::cx::Cx;
use super::discussion::{number_at, pieces};
use super::error::WebError;
use crate::app::Standings;
use crate::domain::comment::{Fate, Place, Standing, place};
use crate::domain::recommendation::Recommendation;
use crate::markdown::anchor::{self, Quote, Spot};
use crate::markdown::ids::Keyed;
use crate::markdown::{self};
use crate::store::comments::Comment;
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

/// The standing of every comment that is on words: a lookup for those that
/// were asked for before, else one query for all their revisions together.
///
/// # Errors
/// When the database cannot be read.
pub fn load(
    cx: &Cx,
    conn: &mut DbConn,
    own: &Recommendation,
    comments: &[Comment],
) -> Result<Standings, WebError> {
    let mut known = cx.app.standings.get(own.id, own.revision);
    let wanted = |comment: &&Comment| comment.parent.is_none() && comment.section.is_some();
    let missing: Vec<&Comment> =
        comments.iter().filter(wanted).filter(|own| !known.contains_key(&own.id)).collect();
    if missing.is_empty() {
        return Ok(known);
    }
    let mut numbers: Vec<i32> = missing.iter().map(|comment| comment.revision).collect();
    numbers.push(own.revision);
    numbers.sort_unstable();
    numbers.dedup();
    let all = store::sections::list_of(conn, own.id, &numbers)?;
    let of = |number: i32| -> Vec<&Section> {
        all.iter().filter(|(own, _)| *own == number).map(|(_, section)| section).collect()
    };
    let present = Present::new(of(own.revision))?;
    for number in &numbers {
        let (keyed, loose): (Vec<&Comment>, Vec<&Comment>) = missing
            .iter()
            .copied()
            .filter(|comment| comment.revision == *number)
            .partition(|comment| comment.block.is_some());
        for comment in loose {
            known.insert(comment.id, Arc::new(present.find_loose(comment, own.revision)));
        }
        if keyed.is_empty() {
            continue;
        }
        let old = of(*number);
        let quotes: Vec<Option<Quote>> = keyed.iter().map(|comment| quote(comment)).collect();
        let spots: Vec<Spot<'_>> = keyed
            .iter()
            .zip(&quotes)
            .map(|(comment, quote)| Spot { block: comment.block, quote: quote.as_ref() })
            .collect();
        let found = anchor::standings(&keys(&old), &keys(&present.sections), &spots);
        for (comment, found) in keyed.into_iter().zip(found) {
            known.insert(comment.id, Arc::new(present.place(found)));
        }
    }
    cx.app.standings.put(own.id, own.revision, known.clone());
    Ok(known)
}

fn quote(comment: &Comment) -> Option<Quote> {
    let words = comment.words()?;
    Some(Quote { exact: words.exact, prefix: words.before, suffix: words.after })
}

fn keys<'a>(sections: &[&'a Section]) -> Vec<Keyed<'a>> {
    let key = |own: &&'a Section| Keyed {
        section: own.kind.as_str(),
        body: own.body.as_str(),
        ids: own.blocks.0.as_slice(),
    };
    sections.iter().map(key).collect()
}

/// The present text, and how its blocks are numbered on the page.
struct Present<'a> {
    sections: Vec<&'a Section>,
    /// A section's kind, and for each of its numbered pieces the block.
    numbers: Vec<(&'a str, Vec<usize>)>,
    texts: Vec<(&'a str, Vec<String>)>,
}

impl<'a> Present<'a> {
    fn new(sections: Vec<&'a Section>) -> Result<Self, WebError> {
        let numbers = sections
            .iter()
            .map(|own| (own.kind.as_str(), markdown::block_of_piece(&own.body)))
            .collect();
        let mut texts = Vec::new();
        for own in &sections {
            let text = pieces(own)?.into_iter().filter_map(|piece| piece.text).collect();
            texts.push((own.kind.as_str(), text));
        }
        Ok(Self { sections, numbers, texts })
    }

    fn place(&self, found: anchor::Standing) -> Standing {
        let numbers = |section: &str| self.numbers.iter().find(|(kind, _)| *kind == section);
        let position = found.section.as_deref().zip(found.at).and_then(|(section, at)| {
            let (_, blocks) = numbers(section)?;
            blocks.iter().position(|own| *own == at).map(|index| index + 1)
        });
        let fate = match found.fate {
            anchor::Fate::Unchanged => Fate::Unchanged,
            anchor::Fate::Moved => Fate::Moved,
            anchor::Fate::Changed { old, new } => Fate::Changed { old, new },
            anchor::Fate::Gone => Fate::Gone,
        };
        let number = position.zip(found.section.as_deref()).and_then(|(at, section)| {
            let own = self.sections.iter().find(|own| own.kind == section)?;
            number_at(own, at)
        });
        Standing { fate, section: found.section, position, number, range: found.range }
    }

    /// A comment from before blocks had ids: beside the one block with its
    /// words, or nowhere.
    fn find_loose(&self, comment: &Comment, current: i32) -> Standing {
        let gone =
            Standing { fate: Fate::Gone, section: None, position: None, number: None, range: None };
        let Some(anchor) = comment.anchor() else { return gone };
        let Some((_, texts)) = self.texts.iter().find(|(kind, _)| *kind == anchor.section) else {
            return gone;
        };
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        match place(&anchor, comment.revision == current, &texts) {
            Place::Beside(at) => {
                let range = quote(comment)
                    .and_then(|quote| anchor::find(texts.get(at - 1).copied()?, &quote));
                let same = usize::try_from(anchor.position).is_ok_and(|own| own == at);
                let fate = if same { Fate::Unchanged } else { Fate::Moved };
                let own = self.sections.iter().find(|own| own.kind == anchor.section);
                let number = own.and_then(|own| number_at(own, at));
                Standing { fate, section: Some(anchor.section), position: Some(at), number, range }
            }
            Place::Changed => gone,
        }
    }
}
