//! What a merge must hold, told without the engine that is under test.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// How often a side put a word in and took it away.
type Counts = BTreeMap<String, (usize, usize)>;

/// The words of a text, without signs and numbers: a list may be numbered anew.
pub fn words(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().any(char::is_alphabetic)).collect()
}

fn changes(base: &[&str], side: &[&str]) -> Counts {
    let mut counts = Counts::new();
    for op in capture_diff_slices(Algorithm::Patience, base, side) {
        if !matches!(op, DiffOp::Equal { .. }) {
            for word in &side[op.new_range()] {
                counts.entry((*word).to_owned()).or_default().0 += 1;
            }
            for word in &base[op.old_range()] {
                counts.entry((*word).to_owned()).or_default().1 += 1;
            }
        }
    }
    counts
}

/// Words of which a merged text has too few: less than the base had, without those that either
/// side took away, and with those that the side with more of them put in.
pub fn dropped(base: &str, ours: &str, theirs: &str, merged: &str) -> Vec<String> {
    let [base, ours, theirs, merged] = [base, ours, theirs, merged].map(words);
    let (ours, theirs) = (changes(&base, &ours), changes(&base, &theirs));
    let count = |words: &[&str], word: &str| words.iter().filter(|it| **it == word).count();
    let of = |counts: &Counts, word: &str| counts.get(word).copied().unwrap_or_default();
    let mut lost: Vec<String> = ours.keys().chain(theirs.keys()).cloned().collect();
    lost.sort();
    lost.dedup();
    lost.retain(|word| {
        let (o, t) = (of(&ours, word), of(&theirs, word));
        let wanted = (count(&base, word) + o.0.max(t.0)).saturating_sub(o.1 + t.1);
        count(&merged, word) < wanted.max(usize::from(o.0 > o.1 + t.1 || t.0 > o.1 + t.1))
    });
    lost
}
