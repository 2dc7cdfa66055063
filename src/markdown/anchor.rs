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
    for at in places(plain, exact) {
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

/// Words that stand in one block more often than this are not told apart.
const MOST_PLACES: usize = 4096;

/// Where `exact` stands in a text, in bytes, also within itself. One walk, whatever they hold.
fn places(plain: &str, exact: &str) -> Vec<usize> {
    let (text, word) = (plain.as_bytes(), exact.as_bytes());
    // After how many bytes of the word to go on when its next one fails.
    let mut back = vec![0; word.len()];
    let mut held = 0;
    for at in 1..word.len() {
        while held > 0 && word[at] != word[held] {
            held = back[held - 1];
        }
        held += usize::from(word[at] == word[held]);
        back[at] = held;
    }
    let mut found = Vec::new();
    held = 0;
    for (at, byte) in text.iter().enumerate() {
        while held > 0 && *byte != word[held] {
            held = back[held - 1];
        }
        held += usize::from(*byte == word[held]);
        if held == word.len() {
            if found.len() == MOST_PLACES {
                return Vec::new();
            }
            found.push(at + 1 - held);
            held = back[held - 1];
        }
    }
    found
}

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
    let mut change = Change { old: &old, new: &new, moved, windows: HashMap::new() };
    spots.iter().map(|spot| change.stand(spot)).collect()
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
}

/// So many neighbours are looked at for the parts of a block.
const MOST_PARTS: usize = 12;

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
        let range = find_among(&was.plain, quote, 0);
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
            && trace.whole
            && trace.words == exact
        {
            return self.at(trace.to, Some(trace.range.clone()), self.stays(from, trace.to));
        }
        // Of the same words twice side by side the others may be the ones that are left.
        if let Some(trace) = &trace
            && let Some(found) = find(&self.new.blocks[trace.to].plain, quote)
            && found.start < trace.range.end
            && trace.range.start < found.end
        {
            return self.at(trace.to, Some(found), self.stays(from, trace.to));
        }
        // The very words, come up in another place, are the ones that were meant.
        if trace.as_ref().is_none_or(|trace| 2 * trace.kept < range.len())
            && let Some((to, range)) = self.come(quote)
        {
            return self.at(to, Some(range), Fate::Moved);
        }
        match trace {
            Some(Trace { to, range, words, .. }) if words == exact => {
                self.at(to, Some(range), self.stays(from, to))
            }
            Some(Trace { to, range, words, .. }) => {
                self.at(to, Some(range), Fate::Changed { old: exact, new: words })
            }
            None => GONE,
        }
    }

    /// The only place that has the quoted words now in a block that had them not.
    fn come(&self, quote: &Quote) -> Option<(usize, Range<usize>)> {
        let exact = collapse(&quote.exact);
        let mut found = self.new.blocks.iter().enumerate().filter_map(|(to, is)| {
            let range = find_among(&is.plain, quote, 2)?;
            let was = self.old.twin(is).map(|from| &self.old.blocks[from]);
            let had = was.is_some_and(|was| was.plain.contains(exact.trim()));
            (!had).then_some((to, range))
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    fn window(&mut self, from: usize) -> &Window {
        let (old, new) = (self.old, self.new);
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

/// Where the words of a block went: into its next form and the neighbours of that.
struct Window {
    /// Where the block starts among the old characters.
    start: usize,
    stretches: Vec<Aligned>,
    chars: Vec<char>,
    /// The new blocks and their characters.
    parts: Vec<(usize, Range<usize>)>,
}

/// A stretch of characters: the same on both sides, or gone here and come there.
struct Aligned {
    same: bool,
    old: Range<usize>,
    new: Range<usize>,
}

/// Where a range of characters went.
struct Trace {
    to: usize,
    range: Range<usize>,
    words: String,
    /// How many of the characters are still there.
    kept: usize,
    /// All of them, side by side, in one block.
    whole: bool,
}

impl Window {
    fn new(
        old: &Side<'_>,
        sources: &[usize],
        from: usize,
        new: &Side<'_>,
        places: &[usize],
    ) -> Self {
        let mut start = 0;
        let mut before = String::new();
        for at in sources {
            if *at == from {
                start = before.chars().count();
            }
            before.push_str(&old.blocks[*at].plain);
            before.push('\n');
        }
        let mut after = String::new();
        let mut parts = Vec::with_capacity(places.len());
        let mut end = 0;
        for to in places {
            let plain = &new.blocks[*to].plain;
            let own = end..end + plain.chars().count();
            end = own.end + 1;
            parts.push((*to, own));
            after.push_str(plain);
            after.push('\n');
        }
        let (old_words, new_words) = (words::split(&before), words::split(&after));
        let mut names = Names::default();
        let old_names: Vec<u32> = old_words.iter().map(|word| names.of(word)).collect();
        let new_names: Vec<u32> = new_words.iter().map(|word| names.of(word)).collect();
        let (old_at, new_at) = (char_ends(&old_words), char_ends(&new_words));
        let aligned = words::align(&old_names, &new_names).into_iter().map(|stretch| Aligned {
            same: stretch.same,
            old: old_at[stretch.old.start]..old_at[stretch.old.end],
            new: new_at[stretch.new.start]..new_at[stretch.new.end],
        });
        Self { start, stretches: aligned.collect(), chars: after.chars().collect(), parts }
    }

    /// Follows characters of the block; `None` if nothing stands in their place.
    fn trace(&self, range: &Range<usize>) -> Option<Trace> {
        let range = self.start + range.start..self.start + range.end;
        let first = self.stretches.partition_point(|own| own.old.end <= range.start);
        let mut kept: Vec<Range<usize>> = Vec::new();
        let (mut start, mut end) = (None, None);
        let mut whole = true;
        for own in &self.stretches[first..] {
            if own.old.start >= range.end {
                break;
            }
            if own.old.is_empty() {
                whole &= own.old.start <= range.start;
                continue;
            }
            let from = range.start.max(own.old.start) - own.old.start;
            let to = range.end.min(own.old.end) - own.old.start;
            let new =
                if own.same { own.new.start + from..own.new.start + to } else { own.new.clone() };
            whole &= own.same;
            if own.same {
                kept.push(new.clone());
            }
            start = start.or(Some(new.start));
            end = Some(new.end);
        }
        let all = start?..end?;
        // The one block that has most of it.
        let within = |part: &Range<usize>, of: &Range<usize>| {
            of.end.min(part.end).saturating_sub(of.start.max(part.start))
        };
        let (to, part) = self.parts.iter().max_by_key(|(_, part)| {
            let same: usize = kept.iter().map(|own| within(part, own)).sum();
            (same, within(part, &all))
        })?;
        let kept = kept.iter().map(|own| within(part, own)).sum();
        let clip = all.start.clamp(part.start, part.end)..all.end.clamp(part.start, part.end);
        whole &= clip == all;
        let words = &self.chars[clip.clone()];
        let blank = |sign: &&char| sign.is_whitespace();
        let lead = words.iter().take_while(blank).count();
        if lead == words.len() {
            return None;
        }
        let trail = words.iter().rev().take_while(blank).count();
        // Blanks at the ends are the quote's own only if it is all there.
        let clip = if whole { clip } else { clip.start + lead..clip.end - trail };
        Some(Trace {
            to: *to,
            range: clip.start - part.start..clip.end - part.start,
            words: self.chars[clip].iter().collect(),
            kept,
            whole,
        })
    }
}

fn char_ends(words: &[&str]) -> Vec<usize> {
    let mut at = 0;
    let ends = words.iter().map(|word| {
        at += word.chars().count();
        at
    });
    std::iter::once(0).chain(ends).collect()
}

/// Ids of blocks that stand in another section or in another order: all but the longest run of
/// blocks whose order both texts share.
fn moved(old: &Side<'_>, new: &Side<'_>) -> HashSet<i32> {
    let mut moved = HashSet::new();
    for blocks in new.blocks.chunk_by(|left, right| left.section == right.section) {
        let mut shared: Vec<usize> = Vec::new();
        for place in blocks {
            let Some(from) = old.twin(place) else { continue };
            moved.extend(place.id);
            if old.blocks[from].section == place.section {
                shared.push(from);
            }
        }
        for from in longest(&shared) {
            if let Some(id) = old.blocks[from].id {
                moved.remove(&id);
            }
        }
    }
    moved
}

/// The longest ascending run within these numbers, from its end.
fn longest(numbers: &[usize]) -> Vec<usize> {
    // For each length of a run, the lowest number it can end with.
    let mut ends: Vec<usize> = Vec::new();
    let length = |number: &usize| {
        let length = ends.partition_point(|end| end < number);
        if length == ends.len() {
            ends.push(*number);
        } else {
            ends[length] = *number;
        }
        length + 1
    };
    let lengths: Vec<usize> = numbers.iter().map(length).collect();
    let mut wanted = ends.len();
    let mut run = Vec::with_capacity(wanted);
    for (number, length) in numbers.iter().zip(lengths).rev() {
        if length == wanted {
            wanted -= 1;
            run.push(*number);
        }
    }
    run
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

#[cfg(test)]
#[path = "anchor_tests.rs"]
mod tests;
