//! Finds quoted words in a block's plain text.

use std::ops::Range;

use memchr::memmem::Finder;

use super::Quote;
use super::places::Places;
use crate::markdown::words;

/// The words of a quote as plain text has them.
pub fn exact(quote: &Quote) -> String {
    let words = collapse(&quote.exact);
    match words.trim() {
        own if own.len() == words.len() => words,
        own => own.to_owned(),
    }
}

/// Where a quote stands; so many words are known without anything round them.
pub fn find_among(plain: &str, quote: &Quote, telling: usize) -> Option<Range<usize>> {
    let exact = exact(quote);
    choose(plain, quote, &exact, &places(plain, &exact).at, telling)
}

/// The same, of the places in bytes where its words stand.
pub fn choose(
    plain: &str,
    quote: &Quote,
    exact: &str,
    places: &[usize],
    telling: usize,
) -> Option<Range<usize>> {
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
    let cuts = (
        joins(prefix.chars().next_back(), exact.chars().next()),
        joins(exact.chars().next_back(), suffix.chars().next()),
    );
    for at in places.iter().copied() {
        // "aid" is not the aid in "paid", unless a part of a word was quoted.
        let (before, after) = (&plain[..at], &plain[at + exact.len()..]);
        if !cuts.0 && joins(before.chars().next_back(), exact.chars().next())
            || !cuts.1 && joins(exact.chars().next_back(), after.chars().next())
        {
            continue;
        }
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

/// Whether two characters beside each other are of one word.
fn joins(left: Option<char>, right: Option<char>) -> bool {
    let letter = |sign: char| sign.is_alphanumeric() && !words::ideographic(sign);
    left.zip(right).is_some_and(|(left, right)| letter(left) && letter(right))
}

/// Where `exact` stands in a text, in bytes, also within itself.
pub fn places(plain: &str, exact: &str) -> Places {
    let mut found = Places::default();
    let Some(first) = exact.chars().next() else { return found };
    let mut from = 0;
    let finder = Finder::new(exact);
    while let Some(at) = plain.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
        if !found.push(from + at) {
            break;
        }
        from += at + first.len_utf8();
        // Words that stand everywhere are found in one walk.
        if found.at.len() * exact.len() > plain.len() {
            return places_in_one_walk(plain, exact);
        }
    }
    found
}

/// The same in time that grows with the text alone.
fn places_in_one_walk(plain: &str, exact: &str) -> Places {
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
    let mut found = Places::default();
    held = 0;
    for (at, byte) in text.iter().enumerate() {
        while held > 0 && *byte != word[held] {
            held = back[held - 1];
        }
        held += usize::from(*byte == word[held]);
        if held == word.len() {
            if !found.push(at + 1 - held) {
                break;
            }
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
pub fn collapse(text: &str) -> String {
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
