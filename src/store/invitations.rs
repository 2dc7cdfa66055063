//! Invitations: bound to an address, an organisation, and a track with a role
//! (or the secretariat).

use diesel::prelude::*;

use super::schema::{invitations, organisations};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::ids::{AccountId, InvitationId, OrganisationId, TrackId};
use crate::domain::language::Language;

#[derive(Debug, Clone, Queryable)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    /// `None`: to the secretariat.
    pub track: Option<TrackId>,
    /// A role's word, or `secretariat`.
    pub role: String,
    pub language: Language,
    pub invited_by: Option<AccountId>,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub accepted_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
}

impl Invitation {
    /// Whether it can still be accepted.
    #[must_use]
    pub fn is_waiting(&self, now: Instant) -> bool {
        self.accepted_at.is_none() && self.revoked_at.is_none() && self.expires_at > now
    }
}

pub fn insert(conn: &mut DbConn, invitation: &Invitation) -> Result<()> {
    diesel::insert_into(invitations::table)
        .values((
            invitations::id.eq(invitation.id.0),
            invitations::email.eq(&invitation.email),
            invitations::organisation_id.eq(invitation.organisation.0),
            invitations::track_id.eq(invitation.track.map(|id| id.0)),
            invitations::role.eq(&invitation.role),
            invitations::language.eq(invitation.language.as_str()),
            invitations::invited_by.eq(invitation.invited_by.map(|id| id.0)),
            invitations::created_at.eq(invitation.created_at),
            invitations::expires_at.eq(invitation.expires_at),
        ))
        .execute(conn)?;
    Ok(())
}

#[diesel::dsl::auto_type]
fn whole() -> _ {
    invitations::table.inner_join(organisations::table).select((
        invitations::id,
        invitations::email,
        invitations::organisation_id,
        organisations::name,
        invitations::track_id,
        invitations::role,
        invitations::language,
        invitations::invited_by,
        invitations::created_at,
        invitations::expires_at,
        invitations::accepted_at,
        invitations::revoked_at,
    ))
}

pub fn find(conn: &mut DbConn, id: InvitationId) -> Result<Option<Invitation>> {
    Ok(whole().filter(invitations::id.eq(id.0)).first(conn).optional()?)
}

/// One page of invitations, newest first.
pub fn list(conn: &mut DbConn, offset: i64, limit: i64) -> Result<Vec<Invitation>> {
    Ok(whole().order(invitations::created_at.desc()).limit(limit).offset(offset).load(conn)?)
}

pub fn count(conn: &mut DbConn) -> Result<i64> {
    Ok(invitations::table.count().get_result(conn)?)
}

/// How many can still be accepted.
pub fn count_waiting(conn: &mut DbConn, now: Instant) -> Result<i64> {
    Ok(invitations::table
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .filter(invitations::expires_at.gt(now))
        .count()
        .get_result(conn)?)
}

/// How many nobody answered in time.
pub fn count_expired(conn: &mut DbConn, now: Instant) -> Result<i64> {
    Ok(invitations::table
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .filter(invitations::expires_at.le(now))
        .count()
        .get_result(conn)?)
}

/// Those to any of these addresses that can still be accepted.
pub fn list_waiting_for(
    conn: &mut DbConn,
    emails: &[String],
    now: Instant,
) -> Result<Vec<Invitation>> {
    Ok(whole()
        .filter(invitations::email.eq_any(emails.to_vec()))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .filter(invitations::expires_at.gt(now))
        .limit(5000)
        .load(conn)?)
}

/// The addresses of some invitations, for a log.
pub fn emails_of(conn: &mut DbConn, of: &[InvitationId]) -> Result<Vec<(InvitationId, String)>> {
    let wanted: Vec<i64> = of.iter().map(|id| id.0).collect();
    Ok(invitations::table
        .filter(invitations::id.eq_any(wanted))
        .select((invitations::id, invitations::email))
        .load(conn)?)
}

/// Marks it accepted; false when somebody was quicker or it was revoked.
pub fn accept(
    conn: &mut DbConn,
    id: InvitationId,
    account: AccountId,
    now: Instant,
) -> Result<bool> {
    let changed = diesel::update(
        invitations::table
            .filter(invitations::id.eq(id.0))
            .filter(invitations::accepted_at.is_null())
            .filter(invitations::revoked_at.is_null()),
    )
    .set((invitations::accepted_at.eq(now), invitations::accepted_by.eq(account.0)))
    .execute(conn)?;
    Ok(changed == 1)
}

pub fn revoke(conn: &mut DbConn, id: InvitationId, now: Instant) -> Result<bool> {
    let changed = diesel::update(
        invitations::table
            .filter(invitations::id.eq(id.0))
            .filter(invitations::accepted_at.is_null())
            .filter(invitations::revoked_at.is_null()),
    )
    .set(invitations::revoked_at.eq(now))
    .execute(conn)?;
    Ok(changed == 1)
}

/// Gives it a new term, when it is sent again.
pub fn extend(conn: &mut DbConn, id: InvitationId, until: Instant) -> Result<()> {
    diesel::update(invitations::table.filter(invitations::id.eq(id.0)))
        .set(invitations::expires_at.eq(until))
        .execute(conn)?;
    Ok(())
}
