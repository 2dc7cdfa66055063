//! A working copy: what somebody is writing and has not saved as a revision.

use chrono::TimeDelta;

use super::Instant;
use super::recommendation::LONGEST_TEXT;

/// How long a working copy is kept after it was last written to.
pub const KEPT_FOR: TimeDelta = TimeDelta::days(30);
/// The longest one over all its fields, in bytes: a text that could be saved,
/// with its title and summary.
pub const LONGEST: usize = LONGEST_TEXT + 16 * 1024;
/// The most of them an account has; the oldest make room.
pub const MOST: i64 = 100;
/// The place of a recommendation that has no reference yet.
pub const NEW: &str = "new";

/// One of them, as it was last kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingCopy {
    /// The revision it was started from; 0 for a text that has none.
    pub base: i32,
    /// The form's fields, encoded as a form.
    pub form: String,
    pub saved_at: Instant,
}

/// What the place of an earlier copy ends with.
pub const ASIDE: &str = "~earlier";

/// Where an earlier copy is put aside when another text comes to its place.
#[must_use]
pub fn aside(place: &str) -> String {
    format!("{place}{ASIDE}")
}

/// The place of the editor that a form of this address belongs to.
#[must_use]
pub fn editor_of(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/drafts/")?;
    let place = rest.strip_suffix("/edit").or((rest == NEW).then_some(NEW))?;
    (!place.contains('/')).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_has_a_place() {
        assert_eq!(editor_of("/drafts/RES-03/edit"), Some("RES-03"));
        assert_eq!(editor_of("/drafts/new"), Some(NEW));
        for other in ["/drafts/RES-03", "/drafts/a/b/edit", "/drafts/RES-03/comments", "/desk"] {
            assert_eq!(editor_of(other), None, "{other}");
        }
    }
}
