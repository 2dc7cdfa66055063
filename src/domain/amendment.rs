//! Amendments: a change of one block that somebody proposes.

use std::collections::HashMap;

use super::comment::Disposition;
use super::fault::Faults;
use super::role::Capacity;
use super::text_enum;

/// Longest wording, in characters.
pub const LONGEST_WORDING: usize = 20_000;
/// Longest reason of an amendment, in characters.
pub const LONGEST_REASON: usize = 4_000;
/// Two amendments whose changes share this much say much the same.
const ALIKE: f64 = 0.6;

text_enum!(
    /// What an amendment does to its block.
    AmendmentVerb {
        Replace = "replace",
        /// Puts new text after the block.
        Insert = "insert",
        Delete = "delete",
    }
);

text_enum!(
    /// What became of an amendment, for lists and filters.
    AmendmentState {
        /// It fits the present text and waits for an answer.
        Waiting = "waiting",
        /// It no longer fits and waits for its proposer.
        Stale = "stale",
        Answered = "answered",
        /// By its author, which counts as answered.
        Withdrawn = "withdrawn",
    }
);

text_enum!(
    /// A step of an amendment along the revisions of its text.
    RebaseKind {
        Proposed = "proposed",
        /// The words around it changed; it was carried over.
        Rebased = "rebased",
        /// It no longer fitted.
        Stale = "stale",
        /// Its proposer wrote it anew on the present text.
        Adapted = "adapted",
        /// Its proposer gave it another wording while it still fitted.
        Reworded = "reworded",
        /// Its proposer gave it another reason and left its wording.
        Reasoned = "reasoned",
        /// An answer was undone.
        Restored = "restored",
    }
);

text_enum!(
    /// What two amendments of one block mean for each other.
    Clash {
        /// Both can be accepted.
        Compatible = "compatible",
        /// They say the same.
        Same = "same",
        /// They change the same words: accepting one makes the other stale.
        Collides = "collides",
    }
);

/// An amendment that a form carries, parsed; the texts are already normalised.
#[derive(Debug, Clone)]
pub struct NewAmendment {
    pub verb: AmendmentVerb,
    /// Empty for a deletion.
    pub wording: String,
    pub reason: String,
    pub capacity: Capacity,
}

impl NewAmendment {
    /// `original` is the source of the block as the form showed it.
    ///
    /// # Errors
    /// The faults of `wording`, `reason` and `capacity`.
    pub fn parse(
        verb: AmendmentVerb,
        original: &str,
        wording: &str,
        reason: &str,
        capacity: &str,
    ) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let wording = check_wording(&mut faults, "wording", verb, original, wording);
        let reason = check_reason(&mut faults, "reason", reason);
        let capacity = Capacity::from_text(capacity);
        if capacity.is_none() {
            faults.add("capacity", "fault-choose");
        }
        let capacity = capacity.unwrap_or(Capacity::Personal);
        faults.into_result(Self { verb, wording, reason, capacity })
    }
}

/// A wording as it is stored, without blank lines round it; what is wrong with
/// it becomes a fault of `field`.
pub fn check_wording(
    faults: &mut Faults,
    field: &str,
    verb: AmendmentVerb,
    original: &str,
    wording: &str,
) -> String {
    if verb == AmendmentVerb::Delete {
        return String::new();
    }
    let wording = wording.trim_start_matches('\n').trim_end();
    if wording.trim().is_empty() {
        let replaces = verb == AmendmentVerb::Replace;
        let key = if replaces { "fault-amendment-empty" } else { "fault-required" };
        faults.add(field, key);
    } else if wording.chars().count() > LONGEST_WORDING {
        faults.add_n(field, "fault-too-long", LONGEST_WORDING);
    } else if verb == AmendmentVerb::Replace && wording == original.trim_end() {
        faults.add(field, "fault-amendment-same");
    }
    wording.to_owned()
}

/// A reason as it is stored; what is wrong with it becomes a fault of `field`.
pub fn check_reason(faults: &mut Faults, field: &str, reason: &str) -> String {
    let reason = reason.trim();
    if reason.is_empty() {
        faults.add(field, "fault-required");
    } else if reason.chars().count() > LONGEST_REASON {
        faults.add_n(field, "fault-too-long", LONGEST_REASON);
    }
    reason.to_owned()
}

/// Whether an answer puts words into the text.
#[must_use]
pub const fn changes_text(disposition: Disposition) -> bool {
    matches!(disposition, Disposition::Accepted | Disposition::AcceptedInPart)
}

/// Whether two wordings of one base make much the same change: then the second
/// proposer is asked to co-sponsor instead.
#[must_use]
pub fn is_alike(base: &str, one: &str, other: &str) -> bool {
    let words = |text: &str| {
        let mut bag: HashMap<String, i32> = HashMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *bag.entry(word.to_lowercase()).or_default() += 1;
        }
        bag
    };
    let base = words(base);
    let change = |text: &str| {
        let mut change = words(text);
        for (word, n) in &base {
            *change.entry(word.clone()).or_default() -= n;
        }
        change.retain(|_, n| *n != 0);
        change
    };
    let (one, other) = (change(one), change(other));
    let size = |bag: &HashMap<String, i32>| bag.values().map(|n| n.abs()).sum::<i32>();
    let total = size(&one) + size(&other);
    if total == 0 {
        return true;
    }
    let shared: i32 = one
        .iter()
        .filter_map(|(word, n)| {
            let theirs = *other.get(word)?;
            (theirs.signum() == n.signum()).then(|| n.abs().min(theirs.abs()))
        })
        .sum();
    2.0 * f64::from(shared) / f64::from(total) >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(verb: AmendmentVerb, wording: &str) -> Vec<(String, &'static str)> {
        let parsed = NewAmendment::parse(verb, "Old words.\n", wording, "Why", "personal");
        let faults = parsed.err().unwrap_or_default();
        faults.0.into_iter().map(|fault| (fault.field, fault.key)).collect()
    }

    #[test]
    fn an_amendment_changes_something_and_says_why() {
        use AmendmentVerb::{Delete, Insert, Replace};
        let of = |key| vec![("wording".to_owned(), key)];
        assert_eq!(fields(Replace, " \n"), of("fault-amendment-empty"));
        assert_eq!(fields(Replace, "Old words.\n"), of("fault-amendment-same"));
        assert_eq!(fields(Insert, ""), of("fault-required"));
        assert_eq!(fields(Replace, &"x".repeat(LONGEST_WORDING + 1)), of("fault-too-long"));
        assert_eq!(fields(Insert, "Old words."), []);
        assert_eq!(fields(Delete, "ignored"), []);
        let bad = NewAmendment::parse(Delete, "x", "", " ", "anybody").unwrap_err();
        let named: Vec<_> = bad.0.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(named, ["reason", "capacity"]);
    }

    #[test]
    fn alike_are_those_that_change_the_same_words() {
        let base = "Hospitals should keep paper forms for three days of care.";
        let one = "Hospitals should keep paper forms for seven days of care.";
        assert!(is_alike(base, one, "Hospitals should keep paper forms, for seven days of care."));
        assert!(is_alike(base, one, one));
        let other = "Hospitals must keep tested paper forms for three days of care.";
        assert!(!is_alike(base, one, other));
        assert!(!is_alike("", "A new sentence on drills.", "Another about the cost of fuel."));
    }
}
