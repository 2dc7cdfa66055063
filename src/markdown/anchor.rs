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
use super::normalise;
use super::words::{self, Names};

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
    let source = normalise(text);
    let laid = blocks::laid(&source);
    let mut plain = vec![String::new(); laid.len()];
    for (at, text) in blocks::shown(&source, &laid) {
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
    let bare = quote.prefix.trim().is_empty() && quote.suffix.trim().is_empty();
    let words = if bare { 0 } else { 4 };
    find_among(plain, quote, words)
}

/// The same; so many words are known without anything round them.
fn find_among(plain: &str, quote: &Quote, telling: usize) -> Option<Range<usize>> {
    let exact = collapse(&quote.exact);
    let exact = exact.trim();
    if exact.is_empty() {
        return None;
    }
    let (prefix, suffix) = (collapse(&quote.prefix), collapse(&quote.suffix));
    // The quote's own outer spaces belong to its context.
    let prefix = if quote.exact.starts_with(char::is_whitespace) { prefix + " " } else { prefix };
    let suffix =
        if quote.exact.ends_with(char::is_whitespace) { format!(" {suffix}") } else { suffix };
    let mut best: Option<(usize, usize)> = None;
    let mut tied = false;
    let mut from = 0;
    while let Some(found) = plain.get(from..).and_then(|rest| rest.find(exact)) {
        let at = from + found;
        let score = agreement(&plain[..at], &prefix, true)
            + agreement(&plain[at + exact.len()..], &suffix, false);
        match best {
            Some((top, _)) if score == top => tied = true,
            Some((top, _)) if score < top => {}
            _ => {
                best = Some((score, at));
                tied = false;
            }
        }
        from = at + exact.chars().next().map_or(1, char::len_utf8);
    }
    let (score, at) = best.filter(|_| !tied)?;
    if score < ENOUGH && words::count(&words::split(exact)) < telling {
        return None;
    }
    let start = plain[..at].chars().count();
    Some(start..start + exact.chars().count())
}

/// Characters of agreeing context that tell one place of few words from another.
const ENOUGH: usize = 4;

/// How many characters agree, read from the quote outwards.
fn agreement(text: &str, context: &str, backwards: bool) -> usize {
    if backwards {
        text.chars().rev().zip(context.chars().rev()).take_while(|(a, b)| a == b).count()
    } else {
        text.chars().zip(context.chars()).take_while(|(a, b)| a == b).count()
    }
}

/// Runs of whitespace as one space, the outer ones kept.
fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for here in text.chars() {
        let white = here.is_whitespace();
        if !white {
            out.push(here);
        } else if !blank {
            out.push(' ');
        }
        blank = white;
    }
    out
}

/// Where a spot set on `old` stands in `new`.
#[must_use]
pub fn standing(old: &[Keyed<'_>], new: &[Keyed<'_>], spot: &Spot<'_>) -> Standing {
    standings(old, new, std::slice::from_ref(spot)).remove(0)
}

/// The same for many spots of one text, which is taken apart only once.
#[must_use]
pub fn standings(old: &[Keyed<'_>], new: &[Keyed<'_>], spots: &[Spot<'_>]) -> Vec<Standing> {
    let (old, new) = (Side::new(old), Side::new(new));
    let moved = moved(&old, &new);
    spots.iter().map(|spot| stand(&old, &new, &moved, spot)).collect()
}

/// A revision taken apart.
struct Side<'a> {
    blocks: Vec<Place<'a>>,
    by_id: HashMap<i32, usize>,
}

struct Place<'a> {
    section: &'a str,
    at: usize,
    id: Option<i32>,
    plain: String,
}

impl<'a> Side<'a> {
    fn new(sections: &[Keyed<'a>]) -> Self {
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
        Self { blocks, by_id }
    }
}

fn stand(old: &Side<'_>, new: &Side<'_>, moved: &HashSet<i32>, spot: &Spot<'_>) -> Standing {
    let gone = Standing { fate: Fate::Gone, section: None, at: None, range: None };
    let Some(id) = spot.block else {
        let Some(quote) = spot.quote else {
            return Standing { fate: Fate::Unchanged, ..gone };
        };
        let was = only(old, quote);
        return match (was, only(new, quote)) {
            (was, Some((to, range))) => {
                let same = was.is_none_or(|(from, _)| {
                    old.blocks[from].section == new.blocks[to].section
                        && old.blocks[from].plain == new.blocks[to].plain
                });
                at(new, to, Some(range), if same { Fate::Unchanged } else { Fate::Moved })
            }
            (Some((from, _)), None) => match old.blocks[from].id {
                Some(id) => stand(old, new, moved, &Spot { block: Some(id), quote: Some(quote) }),
                None => gone,
            },
            (None, None) => gone,
        };
    };
    let Some(from) = old.by_id.get(&id).copied() else { return gone };
    let before = &old.blocks[from];
    let Some(quote) = spot.quote else {
        let Some(to) = new.by_id.get(&id).copied() else { return gone };
        let after = &new.blocks[to];
        let fate = if before.plain != after.plain {
            Fate::Changed { old: before.plain.clone(), new: after.plain.clone() }
        } else if moved.contains(&id) {
            Fate::Moved
        } else {
            Fate::Unchanged
        };
        return at(new, to, None, fate);
    };
    let range = find(&before.plain, quote);
    if let Some(to) = new.by_id.get(&id).copied() {
        let after = &new.blocks[to];
        let stays = if moved.contains(&id) { Fate::Moved } else { Fate::Unchanged };
        if before.plain == after.plain {
            return at(new, to, range, stays);
        }
        if let Some(range) = &range {
            match follow(&before.plain, &after.plain, range) {
                Followed::Same(range) => return at(new, to, Some(range), stays),
                Followed::Changed(range, words) => {
                    if let Some((elsewhere, range)) = come(old, new, quote, to) {
                        return at(new, elsewhere, Some(range), Fate::Moved);
                    }
                    let fate = Fate::Changed { old: quote.exact.clone(), new: words };
                    return at(new, to, Some(range), fate);
                }
                Followed::Gone => {}
            }
        }
    }
    match come(old, new, quote, usize::MAX) {
        Some((to, range)) => at(new, to, Some(range), Fate::Moved),
        None => gone,
    }
}

fn at(new: &Side<'_>, to: usize, range: Option<Range<usize>>, fate: Fate) -> Standing {
    let place = &new.blocks[to];
    Standing { fate, section: Some(place.section.to_owned()), at: Some(place.at), range }
}

/// Ids of blocks that stand in another section or in another order: all but the longest run of
/// blocks whose order both texts share.
fn moved(old: &Side<'_>, new: &Side<'_>) -> HashSet<i32> {
    // For each length of a run in order, the lowest last place it can have.
    let mut ends: Vec<usize> = Vec::new();
    let mut shared: Vec<usize> = Vec::new();
    let mut moved = HashSet::new();
    for place in &new.blocks {
        let Some(from) = place.id.and_then(|id| old.by_id.get(&id)).copied() else { continue };
        if old.blocks[from].section == place.section {
            shared.push(from);
        }
        moved.extend(place.id);
    }
    let lengths: Vec<usize> = shared
        .iter()
        .map(|from| {
            let length = ends.partition_point(|end| end < from);
            if length == ends.len() {
                ends.push(*from);
            } else {
                ends[length] = *from;
            }
            length + 1
        })
        .collect();
    let mut wanted = ends.len();
    for (from, length) in shared.into_iter().zip(lengths).rev() {
        if length == wanted {
            wanted -= 1;
            if let Some(id) = old.blocks[from].id {
                moved.remove(&id);
            }
        }
    }
    moved
}

/// The only place in a text where a quote stands.
fn only(side: &Side<'_>, quote: &Quote) -> Option<(usize, Range<usize>)> {
    let mut found = side
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(at, place)| Some((at, find(&place.plain, quote)?)));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The only block that has the quoted words now and had them not before.
fn come(
    old: &Side<'_>,
    new: &Side<'_>,
    quote: &Quote,
    except: usize,
) -> Option<(usize, Range<usize>)> {
    let mut found = new.blocks.iter().enumerate().filter_map(|(to, place)| {
        let had = place
            .id
            .and_then(|id| old.by_id.get(&id))
            .is_some_and(|from| old.blocks[*from].plain.contains(quote.exact.trim()));
        if to == except || had { None } else { Some((to, find_among(&place.plain, quote, 2)?)) }
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

enum Followed {
    Same(Range<usize>),
    Changed(Range<usize>, String),
    Gone,
}

/// Where the characters of `range` went when `old` became `new`.
fn follow(old: &str, new: &str, range: &Range<usize>) -> Followed {
    let (old_words, new_words) = (words::split(old), words::split(new));
    let mut names = Names::default();
    let old_names: Vec<u32> = old_words.iter().map(|word| names.of(word)).collect();
    let new_names: Vec<u32> = new_words.iter().map(|word| names.of(word)).collect();
    let ends = |words: &[&str]| {
        let mut at = 0;
        let mut ends = vec![0];
        ends.extend(words.iter().map(|word| {
            at += word.chars().count();
            at
        }));
        ends
    };
    let (old_at, new_at) = (ends(&old_words), ends(&new_words));
    let (mut start, mut end) = (None, None);
    let mut same = true;
    for stretch in words::align(&old_names, &new_names) {
        let from = old_at[stretch.old.start]..old_at[stretch.old.end];
        let to = new_at[stretch.new.start]..new_at[stretch.new.end];
        if from.is_empty() {
            same &= !(range.start < from.start && from.start < range.end);
            continue;
        }
        if from.end <= range.start || range.end <= from.start {
            continue;
        }
        same &= stretch.same;
        let inside = |at: usize| (to.start + at.saturating_sub(from.start)).min(to.end);
        if start.is_none() {
            start = Some(if stretch.same { inside(range.start) } else { to.start });
        }
        end = Some(if stretch.same { inside(range.end) } else { to.end });
    }
    let (Some(start), Some(end)) = (start, end) else { return Followed::Gone };
    if same {
        return Followed::Same(start..end);
    }
    let words: String = new.chars().skip(start).take(end.saturating_sub(start)).collect();
    if words.trim().is_empty() {
        return Followed::Gone;
    }
    let lead = words.chars().take_while(|here| here.is_whitespace()).count();
    let trail = words.chars().rev().take_while(|here| here.is_whitespace()).count();
    Followed::Changed(start + lead..end - trail, words.trim().to_owned())
}

#[cfg(test)]
#[path = "anchor_tests.rs"]
mod tests;
