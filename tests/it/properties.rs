//! What must be so of every text: merges, amendments carried over, ids, anchors, rendering.
//!
//! Each property takes the engine as an argument, and each is shown to find a planted fault.
//! `PRIMUM_PROPERTY_CASES=100000` looks longer.

mod fuzz;
pub mod held;
mod hunt;
mod texts;

use std::collections::{HashMap, HashSet};

use arbitrary::{Result, Unstructured};
use primum::markdown::anchor::{self, Fate, Quote, Spot, Standing};
use primum::markdown::blocks::{BlockKind, blocks};
use primum::markdown::compare::{self, SpanKind};
use primum::markdown::ids::{self, Keyed};
use primum::markdown::merge::{self, Merge, Part};
use primum::markdown::{self, normalise, sections};

use hunt::{assert_none, cases, find};
use texts::{Text, marked, soup};

const CASES: usize = 1200;

type Merges = fn(&str, &str, &str) -> Merge;

fn shown(texts: [&str; 3], merged: &str) -> String {
    let [base, ours, theirs] = texts;
    format!("\n--- base\n{base}\n--- ours\n{ours}\n--- theirs\n{theirs}\n--- merged\n{merged}")
}

/// Which block each marked word stands in; a paragraph in a list item may be either.
fn kinds(text: &str) -> HashMap<String, BlockKind> {
    let blocks = blocks(text);
    let words = |block: &markdown::blocks::Block| -> Vec<(String, BlockKind)> {
        let kind = match block.kind {
            BlockKind::ListItem => BlockKind::Paragraph,
            kind => kind,
        };
        marked(&block.text).into_iter().map(|word| (word.to_owned(), kind)).collect()
    };
    blocks.iter().flat_map(words).collect()
}

/// A merge without conflicts has exactly the words that it must have, each once and in a block
/// of its kind; at a conflict whoever takes a side has all of its words.
fn holds(merge: Merges, base: &str, ours: &str, theirs: &str) -> Vec<String> {
    let texts = [base, ours, theirs];
    let merged = merge(base, ours, theirs);
    let [was, mine, other] = texts.map(|text| marked(text).into_iter().collect::<HashSet<_>>());
    let mut faults = Vec::new();
    let Some(text) = merged.text() else {
        for (which, side, added) in [(1, "ours", &mine - &was), (2, "theirs", &other - &was)] {
            let choices = merged.parts.iter().filter_map(|part| match part {
                Part::Conflict { ours, theirs, .. } => {
                    Some(if which == 1 { ours.clone() } else { theirs.clone() })
                }
                Part::Settled { .. } => None,
            });
            let resolved = merged.resolve(&choices.collect::<Vec<_>>());
            let found: HashSet<&str> = marked(&resolved).into_iter().collect();
            let lost: Vec<_> = added.difference(&found).collect();
            if !lost.is_empty() {
                faults.push(format!("{lost:?} of {side} lost{}", shown(texts, &resolved)));
            }
        }
        return faults;
    };
    let wanted: HashSet<&str> = &(&(&mine & &other) | &(&mine - &was)) | &(&other - &was);
    let found = marked(&text);
    let set: HashSet<&str> = found.iter().copied().collect();
    // A block that one side took away and the other moved and rewrote, or moved into another
    // block, is a new block.
    let anew = |word: &&str| {
        let of = |text: &str| -> HashSet<String> {
            let block = blocks(text).into_iter().find(|block| marked(&block.text).contains(word));
            let block = block.map(|block| block.text).unwrap_or_default();
            marked(&block).into_iter().map(str::to_owned).collect()
        };
        let (own, other) = if mine.contains(word) { (ours, &other) } else { (theirs, &mine) };
        let (old, new) = (of(base), of(own));
        let kept = old.intersection(&new).count();
        let alike = kept > 2 && kept * 10 >= (old.len() + new.len()) * 3;
        let joined = new.iter().any(|word| was.contains(word.as_str()) && !old.contains(word));
        (!alike || joined) && !old.iter().any(|word| other.contains(word.as_str()))
    };
    let tell = |what: String| format!("{what}{}", shown(texts, &text));
    let mut extra = &set - &wanted;
    extra.retain(|word| !anew(word));
    let lost = &wanted - &set;
    if !lost.is_empty() || !extra.is_empty() {
        faults.push(tell(format!("lost {lost:?}, too many {extra:?}")));
    }
    if found.len() != set.len() {
        faults.push(tell("a word stands twice".to_owned()));
    }
    let [ours, theirs, merged] = [ours, theirs, &text].map(kinds);
    for (word, kind) in &merged {
        let sides = [ours.get(word), theirs.get(word)];
        if sides.iter().any(Option::is_some) && !sides.contains(&Some(kind)) {
            faults.push(tell(format!("{word} stands in {kind:?}, not in {sides:?}")));
        }
    }
    faults
}

fn two_edits(merge: Merges) -> impl Fn(&mut Unstructured) -> Result<Vec<String>> {
    move |u| {
        let text = Text::invent(u)?;
        let (ours, theirs) = (text.edit(u, 'o')?, text.edit(u, 't')?);
        Ok(holds(merge, &text.markdown(), &ours.markdown(), &theirs.markdown()))
    }
}

#[test]
fn a_merge_holds_both_sides_or_says_where_not() {
    assert_none(cases(CASES), two_edits(merge::merge));
}

fn settled(text: String) -> Merge {
    let from = merge::From::Both;
    Merge { parts: vec![Part::Settled { text, from, base: String::new() }] }
}

#[test]
fn a_planted_fault_in_a_merge_is_found() {
    let broken: [(&str, Merges); 5] = [
        ("ours wins", |_, ours, _| settled(ours.to_owned())),
        ("both, one after the other", |_, ours, theirs| settled(format!("{ours}\n{theirs}"))),
        ("no conflict is said", |base, ours, theirs| {
            let merged = merge::merge(base, ours, theirs);
            settled(merged.resolve(&[]))
        }),
        ("the last block is cut off", |base, ours, theirs| {
            let mut merged = merge::merge(base, ours, theirs);
            merged.parts.pop();
            merged
        }),
        ("blocks run together", |base, ours, theirs| {
            let merged = merge::merge(base, ours, theirs);
            merged.text().map_or(merged, |text| settled(text.replace("\n\n", "\n")))
        }),
    ];
    for (name, merge) in broken {
        assert!(find(CASES, two_edits(merge)).is_some(), "{name}");
    }
}

fn one_side(merge: Merges) -> impl Fn(&mut Unstructured) -> Result<Vec<String>> {
    move |u| {
        let [base, other] = if u.ratio(1, 2)? {
            [soup(u)?, soup(u)?]
        } else {
            let text = Text::invent(u)?;
            [text.markdown(), text.edit(u, 'o')?.markdown()]
        };
        let wanted = Some(normalise(&other));
        let mut faults = Vec::new();
        for (ours, theirs) in [(&base, &other), (&other, &base), (&other, &other)] {
            if merge(&base, ours, theirs).text() != wanted {
                faults.push(shown([&base, ours, theirs], "not the side that changed"));
            }
        }
        Ok(faults)
    }
}

#[test]
fn nothing_merged_with_a_change_is_the_change() {
    assert_none(cases(CASES), one_side(merge::merge));
    let trims: Merges = |base, ours, theirs| {
        settled(merge::merge(base, ours, theirs).resolve(&[]).trim_start().to_owned())
    };
    assert!(find(CASES, one_side(trims)).is_some());
}

/// An amendment made of an older text, accepted when the text has gone on.
fn amended(merge: Merges) -> impl Fn(&mut Unstructured) -> Result<Vec<String>> {
    move |u| {
        let text = Text::invent(u)?;
        let (base, current) = (text.markdown(), text.edit(u, 'o')?.markdown());
        let count = blocks(&base).len();
        if count == 0 {
            return Ok(vec![]);
        }
        let at = u.choose_index(count)?;
        let amended = match u.int_in_range(0..=3)? {
            0 => markdown::replace(&base, at, None),
            1 => markdown::insert_after(&base, Some(at), "The t1 words t2 come.\n"),
            _ => {
                let source = markdown::source_of(&base, at).unwrap_or_default();
                // With another word a link's definition is a paragraph.
                if source.starts_with('[') || source.is_empty() {
                    return Ok(vec![]);
                }
                let mut words: Vec<&str> = source.split(' ').collect();
                words.insert(u.int_in_range(1..=words.len())?, "t1");
                markdown::replace(&base, at, Some(&words.join(" ")))
            }
        };
        let mut faults = holds(merge, &base, &current, &amended);
        // The other way round it is the same work.
        faults.extend(holds(merge, &base, &amended, &current));
        Ok(faults)
    }
}

#[test]
fn an_amendment_is_carried_to_a_later_text_or_collides() {
    assert_none(cases(CASES), amended(merge::merge));
    assert!(find(CASES, amended(|_, ours, _| settled(ours.to_owned()))).is_some());
}

type Replaces = fn(&str, usize, Option<&str>) -> String;

/// What an amender is shown of a block, sent back as it was.
fn unamended(replace: Replaces) -> impl Fn(&mut Unstructured) -> Result<Vec<String>> {
    move |u| {
        let text = Text::invent(u)?.markdown();
        let changed = |at: usize| {
            let source = markdown::source_of(&text, at)?;
            let same = replace(&text, at, Some(&source));
            (same != text).then(|| format!("block {at}:\n{text:?}\n{source:?}\n{same:?}"))
        };
        Ok((0..blocks(&text).len()).filter_map(changed).collect())
    }
}

#[test]
fn an_amendment_that_changes_nothing_changes_nothing() {
    assert_none(cases(CASES), unamended(markdown::replace));
    let shifts: Replaces = |text, at, with| markdown::replace(text, at + 1, with);
    assert!(find(CASES, unamended(shifts)).is_some());
}

#[test]
fn most_edits_of_two_people_do_not_collide() {
    let (clean, all) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    assert_none(400, |u| {
        let text = Text::invent(u)?;
        let (ours, theirs) = (text.edit(u, 'o')?, text.edit(u, 't')?);
        let merged = merge::merge(&text.markdown(), &ours.markdown(), &theirs.markdown());
        clean.set(clean.get() + usize::from(merged.conflicts() == 0));
        all.set(all.get() + 1);
        Ok(vec![])
    });
    assert!(clean.get() * 100 > all.get() * 60, "{} of {}", clean.get(), all.get());
}

// ---- ids

type Carries = fn(&[Keyed<'_>], &[(&str, &str)], i32) -> (Vec<Vec<i32>>, i32);

fn ids_of(carry: Carries) -> impl Fn(&mut Unstructured) -> Result<Vec<String>> {
    move |u| {
        let text = Text::invent(u)?;
        let later = text.edit(u, 'o')?;
        let (old, new) = (text.markdown(), later.markdown());
        let (first, next) = carry(&[], &[("s", &old)], 1);
        let before = [Keyed { section: "s", body: &old, ids: &first[0] }];
        let (same, _) = carry(&before, &[("s", &old)], next);
        let (second, free) = carry(&before, &[("s", &new)], next);
        let mut faults = Vec::new();
        let mut tell = |what: &str| {
            faults.push(format!("{what}: {first:?} {second:?}\n{old}\n---\n{new}"));
        };
        if same != first {
            tell("an unchanged text got other ids");
        }
        let (was, now) = (blocks(&old), blocks(&new));
        let ids = &second[0];
        if ids.len() != now.len() || first[0].len() != was.len() {
            tell("not one id for each block");
        }
        if ids.iter().collect::<HashSet<_>>().len() != ids.len() {
            tell("two blocks have one id");
        }
        if ids.iter().any(|id| !first[0].contains(id) && (*id < next || *id >= free)) {
            tell("an id that was never given out");
        }
        // A block that stands word for word in both texts, and once in each, keeps its id.
        let only = |blocks: &[markdown::blocks::Block], text: &str| {
            let mut found = blocks.iter().enumerate().filter(|(_, block)| block.text == text);
            found.next().map(|(at, _)| at).filter(|_| found.next().is_none())
        };
        for (at, block) in was.iter().enumerate().filter(|(_, it)| !marked(&it.text).is_empty()) {
            if let (Some(_), Some(to)) = (only(&was, &block.text), only(&now, &block.text))
                && first[0].get(at) != ids.get(to)
            {
                tell("an unchanged block got another id");
            }
        }
        Ok(faults)
    }
}

#[test]
fn ids_are_unique_and_stable() {
    assert_none(cases(CASES), ids_of(ids::carry));
    let broken: [(&str, Carries); 3] = [
        ("numbered anew", |_, new, next| ids::carry(&[], new, next)),
        ("numbered from one", |_, new, _| ids::carry(&[], new, 1)),
        ("the first twice", |old, new, next| {
            let (mut ids, next) = ids::carry(old, new, next);
            let first = ids[0].first().copied().unwrap_or(1);
            ids[0].iter_mut().skip(1).for_each(|id| *id = first);
            (ids, next)
        }),
    ];
    for (name, carry) in broken {
        assert!(find(CASES, ids_of(carry)).is_some(), "{name}");
    }
}

// ---- anchors

type Stands = fn(&[Keyed<'_>], &[Keyed<'_>], &Spot<'_>) -> Standing;

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn anchors(standing: Stands) -> impl Fn(&mut Unstructured) -> Result<Vec<String>> {
    move |u| {
        let text = Text::invent(u)?;
        let (old, new) = (text.markdown(), text.edit(u, 'o')?.markdown());
        let (first, next) = ids::carry(&[], &[("s", &old)], 1);
        let before = [Keyed { section: "s", body: &old, ids: &first[0] }];
        let (second, _) = ids::carry(&before, &[("s", &new)], next);
        let after = [Keyed { section: "s", body: &new, ids: &second[0] }];
        let (was, now) = (anchor::plain_blocks(&old), anchor::plain_blocks(&new));
        let mut faults = Vec::new();
        for _ in 0..4 {
            let at = u.choose_index(was.len().max(1))?;
            let Some(block) = was.get(at) else { continue };
            let length = block.chars().count();
            let start = u.int_in_range(0..=length)?;
            let end = u.int_in_range(start..=length)?;
            let Some(quote) = anchor::quote(block, start, end) else { continue };
            let spot = Spot { block: Some(first[0][at]), quote: Some(&quote) };
            let stands = standing(&before, &after, &spot);
            if let Some(fault) = untrue(&quote, &stands, &was, &now) {
                faults.push(format!("{fault}: {quote:?} {stands:?}\n{old}\n---\n{new}"));
            }
        }
        Ok(faults)
    }
}

/// What is not so of what is said of a quote.
fn untrue(
    quote: &Quote,
    stands: &Standing,
    was: &[String],
    now: &[String],
) -> Option<&'static str> {
    let exact = squeeze(&quote.exact);
    let block = stands.at.and_then(|at| now.get(at));
    let words = block.zip(stands.range.clone()).map(|(block, range)| {
        squeeze(&block.chars().skip(range.start).take(range.len()).collect::<String>())
    });
    // A quote may start or end within a word; what goes on there is another word.
    let whole = |text: &str, at: usize| {
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (before, after) = (&text[..at], &text[at + exact.len()..]);
        let starts = inside(before.chars().next_back()) && inside(exact.chars().next());
        let ends = inside(after.chars().next()) && inside(exact.chars().next_back());
        !starts && !ends
    };
    let count = |texts: &[String]| -> usize {
        let places = |text: &String| {
            let text = squeeze(text);
            text.match_indices(&exact).filter(|(at, _)| whole(&text, *at)).count()
        };
        texts.iter().map(places).sum()
    };
    // Words that stand once in both texts cannot be taken for others.
    let telling = marked(&exact).iter().any(|word| exact.len() > word.len() + 3);
    let unique = telling && count(was) == 1 && count(now) == 1;
    match &stands.fate {
        Fate::Unchanged | Fate::Moved => {
            let there = words.map_or_else(
                || block.is_some_and(|block| squeeze(block).contains(&exact)),
                |words| words == exact,
            );
            (!there).then_some("the words are not where they are said to be")
        }
        Fate::Changed { old, new } => {
            if squeeze(old) != exact || words.is_some_and(|words| words != squeeze(new)) {
                Some("not the words that changed")
            } else if squeeze(new) == exact {
                Some("changed into itself")
            } else {
                unique.then_some("the words still stand")
            }
        }
        Fate::Gone => unique.then_some("the words are not gone"),
    }
}

#[test]
fn every_fate_of_an_anchor_is_true() {
    assert_none(cases(CASES), anchors(anchor::standing));
    let broken: [(&str, Stands); 3] = [
        ("always gone", |_, _, _| Standing {
            fate: Fate::Gone,
            section: None,
            at: None,
            range: None,
        }),
        ("always where it was", |old, _, spot| anchor::standing(old, old, spot)),
        ("a letter further on", |old, new, spot| {
            let mut stands = anchor::standing(old, new, spot);
            stands.range = stands.range.map(|range| range.start + 1..range.end + 1);
            stands
        }),
    ];
    for (name, standing) in broken {
        assert!(find(CASES, anchors(standing)).is_some(), "{name}");
    }
}

// ---- anything at all

/// Whatever two people typed: nothing panics, the comparison shows all of the new text.
fn anything(u: &mut Unstructured) -> Result<Vec<String>> {
    let (base, ours, theirs) = (soup(u)?, soup(u)?, soup(u)?);
    Ok(survives(&base, &ours, &theirs))
}

fn survives(base: &str, ours: &str, theirs: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    for text in [base, ours] {
        let html = markdown::render(text, "s").map(|pieces| markdown::html(&pieces));
        if html.is_ok_and(|html| html.contains("<script") || html.contains("<img")) {
            faults.push(format!("markup came through: {text:?}"));
        }
        let _ = markdown::render_note(text, "n");
        let _ = (markdown::block_of_piece(text), markdown::plain(text), anchor::plain_blocks(text));
        let _ = (markdown::paste::from_html(text), markdown::brackets::alternatives(text));
        let _ = (sections::parse(text, &[]), sections::splits_at(text, &[]));
        for pair in markdown::brackets::pairs(text).iter().take(3) {
            if markdown::brackets::unwrap(text, pair.start, true).is_none() {
                faults.push(format!("a bracket that cannot be taken away: {pair:?} {text:?}"));
            }
        }
    }
    let comparison = compare::compare(base, ours);
    let rows = comparison.rows.iter().flat_map(|row| &row.new);
    let new: String = rows.map(|span| span.text.as_str()).collect();
    if dense(&new) != dense(&markdown::controls::visible(&normalise(ours))) {
        faults.push(format!("not the new text: {base:?} {ours:?} {new:?}"));
    }
    let gone = comparison.rows.iter().flat_map(|row| &row.inline);
    if gone.clone().any(|span| span.text.is_empty() && span.kind != SpanKind::Same) {
        faults.push(format!("an empty change: {base:?} {ours:?}"));
    }
    let merged = merge::merge(base, ours, theirs);
    if let Some(text) = merged.text() {
        for word in held::dropped(&normalise(base), &normalise(ours), &normalise(theirs), &text) {
            faults.push(format!("{word} lost{}", shown([base, ours, theirs], &text)));
        }
    }
    let (first, next) = ids::carry(&[], &[("s", base)], 1);
    let before = [Keyed { section: "s", body: base, ids: &first[0] }];
    let (second, _) = ids::carry(&before, &[("s", ours)], next);
    let after = [Keyed { section: "s", body: ours, ids: &second[0] }];
    for id in first[0].iter().take(4) {
        let _ = anchor::standing(&before, &after, &Spot { block: Some(*id), quote: None });
    }
    faults
}

#[test]
fn no_text_whatever_breaks_anything() {
    assert_none(cases(CASES), anything);
}
