//! Front matter, merged key by key.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{From, Part, inner, units};
use crate::markdown::front_matter;

/// Takes the front matter off three texts and merges it; answers what is left of each.
pub fn merge<'a>(
    base: &'a str,
    ours: &'a str,
    theirs: &'a str,
) -> (Vec<Part>, &'a str, &'a str, &'a str) {
    let [base, ours, theirs] = [base, ours, theirs].map(divide);
    let mut parts = Vec::new();
    if [base, ours, theirs].iter().any(|(front, _)| !front.is_empty()) {
        parts.push(whole(base.0, ours.0, theirs.0));
    }
    (parts, base.1, ours.1, theirs.1)
}

/// The front matter with its lines of `---`, and what follows.
fn divide(text: &str) -> (&str, &str) {
    let end = front_matter::divide(text).map_or(0, |(_, end)| end);
    text.split_at(end)
}

fn whole(base: &str, ours: &str, theirs: &str) -> Part {
    let settled = |text: String, from| Part::Settled { text, from, base: base.to_owned() };
    if ours == theirs {
        return settled(ours.to_owned(), if ours == base { From::Same } else { From::Both });
    }
    if theirs == base {
        return settled(ours.to_owned(), From::Ours);
    }
    if ours == base {
        return settled(theirs.to_owned(), From::Theirs);
    }
    match by_key(base, ours, theirs).filter(|text| reads(text)) {
        Some(text) => settled(text, From::Both),
        None => Part::Conflict {
            base: base.to_owned(),
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
        },
    }
}

fn reads(text: &str) -> bool {
    let mut faults = Vec::new();
    if let Some((yaml, end)) = front_matter::divide(text) {
        front_matter::read(yaml, &mut faults);
        return faults.is_empty() && end == text.len();
    }
    false
}

/// A key with all its lines.
type Entry<'a> = (&'a str, Cow<'a, str>);

/// The keys with their lines; `None` when something stands before the first key.
fn entries(text: &str) -> Option<Vec<Entry<'_>>> {
    let (yaml, _) = front_matter::divide(text)?;
    let mut entries: Vec<Entry> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        let inside = line.starts_with([' ', '\t', '-', '#']) || line.trim().is_empty();
        if inside {
            entries.last_mut()?.1.to_mut().push_str(line);
        } else {
            entries.push((line.split(':').next()?, Cow::Borrowed(line)));
        }
    }
    Some(entries)
}

fn by_key(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let [base, ours, theirs] = [entries(base)?, entries(ours)?, entries(theirs)?];
    let found = [&base, &ours, &theirs].map(|entries| {
        // Of a key that is there twice the first one counts.
        let entries = entries.iter().rev();
        entries.map(|entry| (entry.0, entry.1.as_ref())).collect::<HashMap<_, _>>()
    });
    let mut out = String::from("---\n");
    let fresh = theirs.iter().filter(|entry| !found[1].contains_key(entry.0));
    let keys = ours.iter().chain(fresh).map(|entry| entry.0);
    for key in keys {
        out.push_str(&value([0, 1, 2].map(|which| found[which].get(key).copied()))?);
    }
    out.push_str("---\n");
    Some(out)
}

/// The merged lines of a key, empty when it is gone; `None` where they collide.
fn value([base, ours, theirs]: [Option<&str>; 3]) -> Option<String> {
    if theirs == base || ours == theirs {
        return Some(ours.unwrap_or_default().to_owned());
    }
    if ours == base {
        return Some(theirs.unwrap_or_default().to_owned());
    }
    let (base, ours, theirs) = (base?, ours?, theirs?);
    if [base, ours, theirs].iter().all(|text| text.matches("\n  - ").count() > 0) {
        return Some(list(base, ours, theirs));
    }
    // Words of a title are merged; half of one date and half of another is neither.
    let prose = [base, ours, theirs].iter().all(|text| units::split(text).len() > 4);
    let single = [base, ours, theirs].iter().all(|text| text.matches('\n').count() == 1);
    if !(prose && single) {
        return None;
    }
    inner::prose(base, ours, theirs).map(|line| line + "\n")
}

/// A list is a set: what either side added or took away.
fn list(base: &str, ours: &str, theirs: &str) -> String {
    let [base_items, our_items, their_items] =
        [base, ours, theirs].map(|text| text.lines().skip(1).collect::<HashSet<_>>());
    let mut out = ours.lines().next().unwrap_or_default().to_owned() + "\n";
    let kept = ours.lines().skip(1);
    let kept = kept.filter(|it| their_items.contains(it) || !base_items.contains(it));
    let fresh = theirs.lines().skip(1);
    let fresh = fresh.filter(|it| !our_items.contains(it) && !base_items.contains(it));
    for item in kept.chain(fresh) {
        out.push_str(item);
        out.push('\n');
    }
    out
}
