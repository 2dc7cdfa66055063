//! The pen of a recommendation: one person writes, the others comment or amend.

use chrono::TimeDelta;

use super::ids::AccountId;
use super::{Instant, text_enum};

/// How long the pen stays with somebody who does nothing; saves, autosaves and
/// the open editor renew it.
pub const LEASE: TimeDelta = TimeDelta::minutes(30);
/// How long somebody counts as reading after their page was last heard of.
pub const READING: TimeDelta = TimeDelta::seconds(45);

text_enum!(
    /// How the pen came from hand to hand.
    PenMove {
        /// It was free.
        Taken = "taken",
        /// Its holder, or a chair, gave it.
        Handed = "handed",
        /// Somebody took it from its holder, and said why.
        Seized = "seized",
        /// Its holder put it down.
        Released = "released",
    }
);

/// Who holds it, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pen {
    pub account: AccountId,
    pub name: String,
    pub organisation: String,
    pub taken_at: Instant,
    pub expires_at: Instant,
}

impl Pen {
    /// A pen whose lease ran out lies free again.
    #[must_use]
    pub fn is_held(&self, now: Instant) -> bool {
        self.expires_at > now
    }

    #[must_use]
    pub fn is_held_by(&self, account: AccountId, now: Instant) -> bool {
        self.account == account && self.is_held(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_that_ran_out_holds_nothing() {
        let at = Instant::default();
        let (account, name) = (AccountId(1), String::new());
        let pen =
            Pen { account, organisation: name.clone(), name, taken_at: at, expires_at: at + LEASE };
        assert!(pen.is_held(at) && pen.is_held_by(AccountId(1), at));
        assert!(!pen.is_held_by(AccountId(2), at));
        assert!(!pen.is_held(at + LEASE) && !pen.is_held_by(AccountId(1), at + LEASE));
    }
}
