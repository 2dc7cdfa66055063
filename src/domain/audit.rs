//! The audit log's words: who did what to which object, by id only.

use super::text_enum;

text_enum!(
    /// What an audit row says was done.
    AuditVerb {
        SetUp = "set-up", SignedIn = "signed-in", SignedOut = "signed-out",
        Invited = "invited", Resent = "resent", Revoked = "revoked", Accepted = "accepted",
        ResetAsked = "reset-asked", PasswordChanged = "password-changed",
        Changed = "changed", Created = "created", RoleGiven = "role-given", RoleTaken = "role-taken",
        Disabled = "disabled", Enabled = "enabled", Revised = "revised", Opened = "opened",
        Closed = "closed", Commented = "commented", Replied = "replied", Disposed = "disposed",
        Agreed = "agreed", Reopened = "reopened", Withdrew = "withdrew", Published = "published",
        Imported = "imported",
    }
);

text_enum!(
    /// What an audit row is about.
    AuditObject {
        Account = "account", Organisation = "organisation", Invitation = "invitation",
        Track = "track", Programme = "programme", Audience = "audience",
        Recommendation = "recommendation", Comment = "comment", Workshop = "workshop",
        Edition = "edition", Session = "session",
    }
);
