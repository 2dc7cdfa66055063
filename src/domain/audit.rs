//! The audit log's words: who did what to which object, by id only.

use super::ids::{AccountId, TrackId};
use super::{Instant, text_enum};

text_enum!(
    /// What an audit row says was done.
    AuditVerb {
        SetUp = "set-up", SignedIn = "signed-in", SignedOut = "signed-out",
        Invited = "invited", Resent = "resent", Revoked = "revoked", Accepted = "accepted",
        ResetAsked = "reset-asked", PasswordChanged = "password-changed",
        Changed = "changed", Created = "created",
        RoleGiven = "role-given", RoleTaken = "role-taken",
        Disabled = "disabled", Enabled = "enabled", Revised = "revised", Opened = "opened",
        Closed = "closed", Commented = "commented", Replied = "replied", Disposed = "disposed",
        Agreed = "agreed", Reopened = "reopened", Withdrew = "withdrew", Published = "published",
        Imported = "imported",
        Edited = "edited", Amended = "amended", CoSponsored = "co-sponsored",
        CoSponsorLeft = "co-sponsor-left", Rebased = "rebased", Undone = "undone",
        Contested = "contested", ContestAnswered = "contest-answered",
        PenTaken = "pen-taken", PenHanded = "pen-handed", PenSeized = "pen-seized",
        PenReleased = "pen-released", PenAsked = "pen-asked",
        BracketWithdrawn = "bracket-withdrawn",
    }
);

text_enum!(
    /// What an audit row is about.
    AuditObject {
        Account = "account", Organisation = "organisation", Invitation = "invitation",
        Track = "track", Programme = "programme", Audience = "audience",
        Recommendation = "recommendation", Comment = "comment", Workshop = "workshop",
        Edition = "edition", Session = "session", Amendment = "amendment", Contest = "contest",
    }
);

/// One link of the chain, as it is hashed.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// 1 for the first.
    pub sequence: i64,
    pub id: i64,
    pub at: Instant,
    pub account: Option<AccountId>,
    pub acting: bool,
    pub verb: &'a str,
    pub object: &'a str,
    pub object_id: i64,
    pub track: Option<TrackId>,
}

impl Link<'_> {
    /// What is hashed: the hash before it (nothing for the first), then every
    /// field of the row. The number of fields is fixed and none holds a tab,
    /// so that no two rows read the same.
    #[must_use]
    pub fn text(&self, previous: &str) -> String {
        let id = |id: Option<i64>| id.map_or_else(|| "-".to_owned(), |id| id.to_string());
        format!(
            "{previous}\n{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            self.sequence,
            self.id,
            self.at.format("%Y-%m-%dT%H:%M:%S%.6fZ"),
            id(self.account.map(|account| account.0)),
            self.acting,
            self.verb,
            self.object,
            self.object_id,
            id(self.track.map(|track| track.0)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_part_of_the_text() {
        let at = Instant::default();
        let link = Link {
            sequence: 7,
            id: 70,
            at,
            account: Some(AccountId(3)),
            acting: false,
            verb: "agreed",
            object: "recommendation",
            object_id: 9,
            track: None,
        };
        let text = link.text("ab");
        assert_eq!(
            text,
            "ab\n7\t70\t1970-01-01T00:00:00.000000Z\t3\tfalse\tagreed\trecommendation\t9\t-"
        );
        let micro = at + chrono::TimeDelta::microseconds(1);
        for other in [
            Link { sequence: 8, ..link },
            Link { id: 71, ..link },
            Link { at: micro, ..link },
            Link { account: None, ..link },
            Link { acting: true, ..link },
            Link { verb: "opened", ..link },
            Link { object: "comment", ..link },
            Link { object_id: 8, ..link },
            Link { track: Some(TrackId(1)), ..link },
        ] {
            assert_ne!(other.text("ab"), text, "{other:?}");
        }
        assert_ne!(link.text("ac"), text);
    }
}
