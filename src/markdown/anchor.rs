//! Where words that someone spoke of stand, in their revision and in later ones.
//!
//! Anchors follow the W3C Web Annotation model: a block's id and a text quote, exact words with
//! what stands before and behind them. Places are counted in characters of a block's plain
//! text. Words are never taken for other words: what cannot be told apart is not found.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::blocks;
use super::ids::Keyed;
use super::pairing::heaviest;

mod finding;
mod places;
mod trace;

use finding::find_among;
use places::{Finds, Wanted};
use trace::{Trace, Window};

/// Words within a block, a W3C TextQuoteSelector on its plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub exact: String,
    pub prefix: String,
    pub suffix: String,
}

/// What became of the words a comment was set on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// What was commented on: a whole block, or a quote in it, or in the whole text if no block.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    pub block: Option<i32>,
    pub quote: Option<&'a Quote>,
}

/// Where a spot stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub fate: Fate,
    pub section: Option<String>,
    /// Block index in the section.
    pub at: Option<usize>,
    /// Characters of the block's plain text; `None` for a whole block.
    pub range: Option<Range<usize>>,
}

/// How many characters of context a quote keeps on each side.
const CONTEXT: usize = 32;

/// The plain text of every block, by index; empty for what is shown nowhere.
#[must_use]
pub fn plain_blocks(text: &str) -> Vec<String> {
    let (count, shown) = blocks::shown(text);
    let mut plain = vec![String::new(); count];
    for (at, text) in shown {
        // A footnote defined within a list item or a quote is shown apart from it.
        if let Some(own) = plain.get_mut(at) {
            if !own.is_empty() && !text.is_empty() {
                own.push(' ');
            }
            own.push_str(&text);
        }
    }
    plain
}

/// The quote of the characters from `start` to `end`; `None` if there are no words there.
#[must_use]
pub fn quote(plain: &str, start: usize, end: usize) -> Option<Quote> {
    let chars: Vec<char> = plain.chars().collect();
    let exact: String = chars.get(start..end)?.iter().collect();
    if exact.trim().is_empty() {
        return None;
    }
    Some(Quote {
        exact,
        prefix: chars[start.saturating_sub(CONTEXT)..start].iter().collect(),
        suffix: chars[end..chars.len().min(end + CONTEXT)].iter().collect(),
    })
}

/// Where a quote stands in a block's plain text, in characters. Of several places the one whose
/// context agrees best; `None` if two agree alike, or if a lone place is of few words and
/// nothing round it agrees.
#[must_use]
pub fn find(plain: &str, quote: &Quote) -> Option<Range<usize>> {
    find_among(plain, quote, telling(quote))
}

/// So many words are known with nothing round them that agrees.
fn telling(quote: &Quote) -> usize {
    let bare = quote.prefix.trim().is_empty() && quote.suffix.trim().is_empty();
    if bare { 0 } else { 4 }
}

/// Where a spot set on `old` stands in `new`.
#[must_use]
pub fn standing(old: &[Keyed<'_>], new: &[Keyed<'_>], spot: &Spot<'_>) -> Standing {
    standings(old, new, std::slice::from_ref(spot)).remove(0)
}

/// The same for many spots of one text, which is taken apart only once.
#[must_use]
pub fn standings(old: &[Keyed<'_>], new: &[Keyed<'_>], spots: &[Spot<'_>]) -> Vec<Standing> {
    let wanted = Wanted::new(spots.iter().filter_map(|spot| spot.quote));
    let (old, new) = (Side::new(old, &wanted), Side::new(new, &wanted));
    let moved = moved(&old, &new);
    let mut change =
        Change { old: &old, new: &new, moved, windows: HashMap::new(), left: MOST_BESIDE };
    spots.iter().map(|spot| change.stand(spot)).collect()
}

/// A revision taken apart.
struct Side<'a> {
    blocks: Vec<Place<'a>>,
    by_id: HashMap<i32, usize>,
    finds: Finds<'a>,
}

struct Place<'a> {
    section: &'a str,
    at: usize,
    id: Option<i32>,
    plain: String,
}

impl<'a> Side<'a> {
    fn new(sections: &[Keyed<'a>], wanted: &'a Wanted) -> Self {
        let mut blocks = Vec::new();
        let mut by_id = HashMap::new();
        for own in sections {
            let plain = plain_blocks(own.body);
            let keyed = plain.len() == own.ids.len();
            for (at, plain) in plain.into_iter().enumerate() {
                let id = keyed.then(|| own.ids[at]);
                by_id.extend(id.map(|id| (id, blocks.len())));
                blocks.push(Place { section: own.section, at, id, plain });
            }
        }
        Self { blocks, by_id, finds: Finds::new(wanted) }
    }

    fn plain(&self, at: usize) -> &str {
        &self.blocks[at].plain
    }

    /// Where a quote stands in a block; so many words are known without anything round them.
    fn find(&self, at: usize, quote: &Quote, telling: usize) -> Option<Range<usize>> {
        let exact = finding::exact(quote);
        let places = self.finds.places(at, self.plain(at), &exact);
        finding::choose(self.plain(at), quote, &exact, &places.at, telling)
    }

    /// Whether a block has these words.
    fn has(&self, at: usize, exact: &str) -> bool {
        self.finds.places(at, self.plain(at), exact).any()
    }

    /// The blocks that hold these words; none if too many do to tell them apart.
    fn having(&self, exact: &str) -> Vec<usize> {
        let plain = self.blocks.iter().map(|own| own.plain.as_str());
        self.finds.blocks(plain, exact)
    }

    /// The block of the other side that has this one's id.
    fn twin(&self, of: &Place<'_>) -> Option<usize> {
        self.by_id.get(&of.id?).copied()
    }
}

/// What one revision made of another.
struct Change<'a> {
    old: &'a Side<'a>,
    new: &'a Side<'a>,
    moved: HashSet<i32>,
    /// For an old block: where its words went.
    windows: HashMap<usize, Window>,
    /// How many bytes of neighbours may still be compared.
    left: usize,
}

/// So many neighbours are looked at for the parts of a block.
const MOST_PARTS: usize = 12;
/// Neighbours of so many bytes in all; after that a block is only compared with its next form.
const MOST_BESIDE: usize = 1 << 20;

const GONE: Standing = Standing { fate: Fate::Gone, section: None, at: None, range: None };

impl Change<'_> {
    fn stand(&mut self, spot: &Spot<'_>) -> Standing {
        match (spot.block, spot.quote) {
            (None, None) => Standing { fate: Fate::Unchanged, ..GONE },
            (Some(id), quote) => match (self.old.by_id.get(&id).copied(), quote) {
                (Some(from), Some(quote)) => self.words(from, quote),
                (Some(from), None) => self.block(from),
                (None, _) => GONE,
            },
            (None, Some(quote)) => match (only(self.old, quote), only(self.new, quote)) {
                (Some((from, _)), _) if self.old.blocks[from].id.is_some() => {
                    self.words(from, quote)
                }
                (Some((from, _)), Some((to, range))) => {
                    let (was, is) = (&self.old.blocks[from], &self.new.blocks[to]);
                    let stays = was.section == is.section && was.plain == is.plain;
                    self.at(to, Some(range), if stays { Fate::Unchanged } else { Fate::Moved })
                }
                _ => GONE,
            },
        }
    }

    fn at(&self, to: usize, range: Option<Range<usize>>, fate: Fate) -> Standing {
        let place = &self.new.blocks[to];
        Standing { fate, section: Some(place.section.to_owned()), at: Some(place.at), range }
    }

    /// The fate of words that are the same, in the block at `to`.
    fn stays(&self, from: usize, to: usize) -> Fate {
        let id = self.old.blocks[from].id;
        let moved = id != self.new.blocks[to].id || id.is_none_or(|id| self.moved.contains(&id));
        if moved { Fate::Moved } else { Fate::Unchanged }
    }

    fn block(&mut self, from: usize) -> Standing {
        let was = &self.old.blocks[from];
        if let Some(to) = self.new.twin(was) {
            let is = &self.new.blocks[to];
            if was.plain == is.plain {
                return self.at(to, None, self.stays(from, to));
            }
            let fate = Fate::Changed { old: was.plain.clone(), new: is.plain.clone() };
            return self.at(to, None, fate);
        }
        // Without its id it was joined to another, or stands anew elsewhere.
        let whole = 0..was.plain.chars().count();
        let trace = self.window(from).trace(&whole);
        let traced = trace.filter(|trace| 2 * trace.kept >= whole.len() && !whole.is_empty());
        if let Some(Trace { to, range, words, .. }) = traced {
            let was = &self.old.blocks[from];
            let fate = if words == was.plain {
                Fate::Moved
            } else {
                Fate::Changed { old: was.plain.clone(), new: words }
            };
            return self.at(to, Some(range), fate);
        }
        let was = &self.old.blocks[from];
        let mut anew = self.new.blocks.iter().enumerate().filter(|(_, is)| {
            !was.plain.is_empty() && is.plain == was.plain && self.old.twin(is).is_none()
        });
        match (anew.next(), anew.next()) {
            (Some((to, _)), None) => self.at(to, None, Fate::Moved),
            _ => GONE,
        }
    }

    fn words(&mut self, from: usize, quote: &Quote) -> Standing {
        let was = &self.old.blocks[from];
        let twin = self.new.twin(was);
        let range = self.old.find(from, quote, 0);
        if let Some(to) = twin
            && was.plain == self.new.blocks[to].plain
        {
            return self.at(to, range, self.stays(from, to));
        }
        let Some(range) = range else {
            // Which of its words are meant cannot be told, only that the block is another.
            return match twin {
                Some(to) => {
                    let new = self.new.blocks[to].plain.clone();
                    self.at(to, None, Fate::Changed { old: quote.exact.clone(), new })
                }
                None => GONE,
            };
        };
        let exact: String = was.plain.chars().skip(range.start).take(range.len()).collect();
        let trace = self.window(from).trace(&range);
        if let Some(trace) = &trace
            && trace.words.trim() == exact.trim()
        {
            return self.at(trace.to, Some(trace.range.clone()), self.stays(from, trace.to));
        }
        // Of the same words twice side by side the others may be the ones that are left.
        if let Some(trace) = &trace
            && let Some(found) = self.new.find(trace.to, quote, telling(quote))
            && found.start < trace.range.end
            && trace.range.start < found.end
        {
            return self.at(trace.to, Some(found), self.stays(from, trace.to));
        }
        // Words that both texts have once are those, however the rest was taken apart.
        if once(self.old, quote).is_some()
            && let Some((to, range)) = once(self.new, quote)
        {
            return self.at(to, Some(range), self.stays(from, to));
        }
        // The very words, come up in another place, are the ones that were meant.
        if trace.as_ref().is_none_or(|trace| 2 * trace.kept < range.len())
            && let Some((to, range)) = self.come(quote)
        {
            return self.at(to, Some(range), Fate::Moved);
        }
        match trace {
            Some(Trace { to, range, words, .. }) => {
                self.at(to, Some(range), Fate::Changed { old: exact, new: words })
            }
            None => GONE,
        }
    }

    /// The only place that has the quoted words now in a block that had them not.
    fn come(&self, quote: &Quote) -> Option<(usize, Range<usize>)> {
        let exact = finding::exact(quote);
        let mut found = self.new.having(&exact).into_iter().filter_map(|to| {
            let was = self.old.twin(&self.new.blocks[to]);
            let had = was.is_some_and(|from| self.old.has(from, &exact));
            if had { None } else { Some((to, self.new.find(to, quote, 2)?)) }
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    fn window(&mut self, from: usize) -> &Window {
        let (old, new) = (self.old, self.new);
        let left = &mut self.left;
        self.windows.entry(from).or_insert_with(|| {
            let gone = |at: &usize| new.twin(&old.blocks[*at]).is_none();
            let come = |to: &usize| old.twin(&new.blocks[*to]).is_none();
            // Neighbours that are in one revision only may be parts of the block.
            let mut before = run(&old.blocks, from, false, &gone);
            let mut after = run(&old.blocks, from, true, &gone);
            let mut places = Vec::new();
            if let Some(to) = new.twin(&old.blocks[from]) {
                places.extend(run(&new.blocks, to, false, &come).into_iter().rev());
                places.push(to);
                places.extend(run(&new.blocks, to, true, &come));
            } else {
                // It was taken up by a neighbour that is left, or by what is new beside that.
                for (run_of, ahead) in [(&mut before, false), (&mut after, true)] {
                    let last = run_of.last().copied().unwrap_or(from);
                    let next = if ahead { last + 1 } else { last.wrapping_sub(1) };
                    let near = old.blocks.get(next);
                    let near = near.filter(|near| near.section == old.blocks[from].section);
                    let Some(to) = near.and_then(|near| new.twin(near)) else { continue };
                    run_of.push(next);
                    let mut own = vec![to];
                    own.extend(run(&new.blocks, to, !ahead, &come));
                    if ahead {
                        own.reverse();
                    }
                    places.extend(own);
                }
                let mut seen = HashSet::new();
                places.retain(|to| seen.insert(*to));
            }
            before.reverse();
            let twin = new.twin(&old.blocks[from]);
            let size = |blocks: &[Place<'_>], own: &[usize]| -> usize {
                own.iter().map(|at| blocks[*at].plain.len()).sum()
            };
            let beside =
                size(&old.blocks, &before) + size(&old.blocks, &after) + size(&new.blocks, &places)
                    - twin.map_or(0, |to| new.blocks[to].plain.len());
            if let Some(less) = left.checked_sub(beside) {
                *left = less;
            } else {
                before.clear();
                after.clear();
                places.retain(|to| Some(*to) == twin);
            }
            let sources: Vec<usize> = before.into_iter().chain([from]).chain(after).collect();
            Window::new(old, &sources, from, new, &places)
        })
    }
}

/// The neighbours of a block in its section on one side, outwards, as long as they are `odd`.
fn run(blocks: &[Place<'_>], at: usize, ahead: bool, odd: &impl Fn(&usize) -> bool) -> Vec<usize> {
    let near = |own: &usize| blocks[*own].section == blocks[at].section && odd(own);
    if ahead {
        (at + 1..blocks.len()).take(MOST_PARTS).take_while(near).collect()
    } else {
        (0..at).rev().take(MOST_PARTS).take_while(near).collect()
    }
}

/// Ids of blocks that stand in another section or in another order: all but the longest run of
/// blocks whose order both texts share.
fn moved(old: &Side<'_>, new: &Side<'_>) -> HashSet<i32> {
    let mut moved = HashSet::new();
    for blocks in new.blocks.chunk_by(|left, right| left.section == right.section) {
        let mut shared: Vec<(usize, usize)> = Vec::new();
        for (to, place) in blocks.iter().enumerate() {
            let Some(from) = old.twin(place) else { continue };
            moved.extend(place.id);
            if old.blocks[from].section == place.section {
                shared.push((from, to));
            }
        }
        for (from, _) in heaviest(&shared, |_| 0) {
            if let Some(id) = old.blocks[from].id {
                moved.remove(&id);
            }
        }
    }
    moved
}

/// The only place in a text where a quote stands.
fn only(side: &Side<'_>, quote: &Quote) -> Option<(usize, Range<usize>)> {
    lone(side, quote, |at| side.find(at, quote, telling(quote)))
}

/// The same, of two words or more, whatever stands round them: they stand nowhere else.
fn once(side: &Side<'_>, quote: &Quote) -> Option<(usize, Range<usize>)> {
    let exact = finding::exact(quote);
    lone(side, quote, |at| {
        let lone = side.finds.places(at, side.plain(at), &exact).at.len() == 1;
        if lone { side.find(at, quote, 2) } else { None }
    })
}

fn lone(
    side: &Side<'_>,
    quote: &Quote,
    find: impl Fn(usize) -> Option<Range<usize>>,
) -> Option<(usize, Range<usize>)> {
    let having = side.having(&finding::exact(quote)).into_iter();
    let mut found = having.filter_map(|at| Some((at, find(at)?)));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
#[path = "anchor_tests.rs"]
mod tests;
