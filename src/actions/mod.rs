//! Verbs: one function is one write transaction's worth of change, with its
//! audit row and its notices. They run inside `App::write`.

pub mod accounts;
pub mod amendments;
pub mod audit;
pub mod brackets;
pub mod co_sponsors;
pub mod comments;
pub mod compromises;
pub mod contests;
pub mod decisions;
pub mod dispositions;
pub mod editions;
pub mod invitations;
pub mod ledger;
pub mod organisations;
pub mod pens;
pub mod programme;
pub mod rebases;
pub mod recommendations;
pub mod transfer;
pub mod working_copies;
pub mod workshops;

use crate::domain::Instant;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, TrackId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::permission::{Refusal, Standing};
use crate::store::{self, DbConn};

/// Why a verb was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The form's own faults: shown at their fields, with the typing kept.
    #[error("the form has faults")]
    Faults(Faults),
    /// Not there, or not theirs: a missing page either way.
    #[error("not found")]
    NotFound,
    /// Theirs, but not now; the key of the sentence that says why.
    #[error("{0}")]
    Conflict(&'static str),
    /// Somebody else saved first; the number of their revision.
    #[error("revision {0} is newer")]
    Stale(i32),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<Faults> for ActionError {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}

impl From<Refusal> for ActionError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotYours => Self::NotFound,
            Refusal::WrongStage => Self::Conflict("conflict-stage"),
        }
    }
}

pub type Result<T> = std::result::Result<T, ActionError>;

/// Who acts, as the audit log records it.
#[derive(Debug, Clone, Copy)]
pub struct By {
    /// `None`: the command line.
    pub account: Option<AccountId>,
    pub acting: bool,
}

impl By {
    #[must_use]
    pub const fn account(account: AccountId) -> Self {
        Self { account: Some(account), acting: false }
    }

    #[must_use]
    pub fn standing(account: AccountId, standing: Standing) -> Self {
        Self { account: Some(account), acting: standing == Standing::ActingChair }
    }

    pub const COMMAND_LINE: Self = Self { account: None, acting: false };
}

/// Writes the audit row of a change, in its transaction.
pub(crate) fn record(
    conn: &mut DbConn,
    by: By,
    verb: AuditVerb,
    object: (AuditObject, i64),
    track: Option<TrackId>,
    now: Instant,
) -> store::Result<()> {
    let row = store::audit::NewRow {
        account: by.account,
        acting: by.acting,
        verb,
        object: object.0,
        object_id: object.1,
        track,
    };
    store::audit::insert(conn, &row, now)
}

/// Puts one notice an account into the outbox; the actor is not told of their
/// own doing.
pub(crate) fn notify(
    conn: &mut DbConn,
    kind: NoticeKind,
    subject: i64,
    accounts: &[AccountId],
    by: By,
    now: Instant,
) -> store::Result<()> {
    for account in accounts {
        if Some(*account) != by.account {
            let notice = Notice { kind, account: Some(*account), subject };
            store::outbox::insert(conn, &notice, now)?;
        }
    }
    Ok(())
}

/// Remembers where a form led, in the transaction of what it did, so that the
/// same form sent again leads there too.
///
/// # Errors
/// A taken key when it was sent before: everything is rolled back.
pub fn remember(
    conn: &mut DbConn,
    token: &str,
    account: AccountId,
    location: &str,
    now: Instant,
) -> store::Result<()> {
    store::form_tokens::insert(conn, token, account, location, now)
}
