//! Accounts and their memberships.

use diesel::prelude::*;

use super::schema::{accounts, memberships, organisations};
use super::{DbConn, Result, ids};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::ids::{AccountId, OrganisationId, TrackId};
use crate::domain::language::Language;
use crate::domain::role::Role;

/// A new account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub organisation: OrganisationId,
    pub language: Language,
    pub password_hash: String,
    pub secretariat: bool,
    pub created_at: Instant,
}

/// What signing in needs.
#[derive(Debug, Clone, Queryable)]
pub struct Credentials {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub password_hash: String,
    pub disabled_at: Option<Instant>,
}

/// One row of the list of people.
#[derive(Debug, Clone, Queryable)]
pub struct Person {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub secretariat: bool,
    pub created_at: Instant,
    pub disabled_at: Option<Instant>,
}

pub fn insert(conn: &mut DbConn, account: &NewAccount) -> Result<()> {
    diesel::insert_into(accounts::table)
        .values((
            accounts::id.eq(account.id.0),
            accounts::email.eq(&account.email),
            accounts::name.eq(&account.name),
            accounts::organisation_id.eq(account.organisation.0),
            accounts::language.eq(account.language.as_str()),
            accounts::password_hash.eq(&account.password_hash),
            accounts::is_secretariat.eq(account.secretariat),
            accounts::created_at.eq(account.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// The person behind an account, with every right; `None` when disabled.
pub fn find_actor(conn: &mut DbConn, id: AccountId) -> Result<Option<Actor>> {
    type Row = (AccountId, String, String, OrganisationId, String, Language, bool);
    let row: Option<Row> = accounts::table
        .inner_join(organisations::table)
        .filter(accounts::id.eq(id.0))
        .filter(accounts::disabled_at.is_null())
        .select((
            accounts::id,
            accounts::name,
            accounts::email,
            organisations::id,
            organisations::name,
            accounts::language,
            accounts::is_secretariat,
        ))
        .first(conn)
        .optional()?;
    let Some((account, name, email, organisation, organisation_name, language, secretariat)) = row
    else {
        return Ok(None);
    };
    Ok(Some(Actor {
        account,
        name,
        email,
        organisation,
        organisation_name,
        language,
        secretariat,
        memberships: memberships_of(conn, id)?,
    }))
}

pub fn memberships_of(conn: &mut DbConn, id: AccountId) -> Result<Vec<(TrackId, Role)>> {
    Ok(memberships::table
        .filter(memberships::account_id.eq(id.0))
        .select((memberships::track_id, memberships::role))
        .order(memberships::id)
        .load(conn)?)
}

pub fn find_credentials(conn: &mut DbConn, email: &str) -> Result<Option<Credentials>> {
    Ok(credentials().filter(accounts::email.eq(email)).first(conn).optional()?)
}

pub fn find_credentials_by_id(conn: &mut DbConn, id: AccountId) -> Result<Option<Credentials>> {
    Ok(credentials().filter(accounts::id.eq(id.0)).first(conn).optional()?)
}

#[diesel::dsl::auto_type]
fn credentials() -> _ {
    accounts::table.select((
        accounts::id,
        accounts::email,
        accounts::name,
        accounts::password_hash,
        accounts::disabled_at,
    ))
}

#[diesel::dsl::auto_type]
fn people() -> _ {
    accounts::table.inner_join(organisations::table).select((
        accounts::id,
        accounts::email,
        accounts::name,
        accounts::organisation_id,
        organisations::name,
        accounts::is_secretariat,
        accounts::created_at,
        accounts::disabled_at,
    ))
}

/// One page of people, by name.
pub fn list_people(conn: &mut DbConn, offset: i64, limit: i64) -> Result<Vec<Person>> {
    Ok(people().order((accounts::name, accounts::id)).limit(limit).offset(offset).load(conn)?)
}

pub fn find_person(conn: &mut DbConn, id: AccountId) -> Result<Option<Person>> {
    Ok(people().filter(accounts::id.eq(id.0)).first(conn).optional()?)
}

pub fn count(conn: &mut DbConn) -> Result<i64> {
    Ok(accounts::table.count().get_result(conn)?)
}

/// Memberships of many accounts at once, for a list.
pub fn memberships_of_many(
    conn: &mut DbConn,
    ids: &[AccountId],
) -> Result<Vec<(AccountId, TrackId, Role)>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    Ok(memberships::table
        .filter(memberships::account_id.eq_any(ids))
        .select((memberships::account_id, memberships::track_id, memberships::role))
        .load(conn)?)
}

/// The people of a track with at least this role, who are to be told of it.
pub fn list_members(conn: &mut DbConn, track: TrackId, least: Role) -> Result<Vec<AccountId>> {
    let roles: Vec<&str> =
        Role::ALL.iter().filter(|role| **role >= least).map(|role| role.as_str()).collect();
    Ok(memberships::table
        .inner_join(accounts::table)
        .filter(memberships::track_id.eq(track.0))
        .filter(memberships::role.eq_any(roles))
        .filter(accounts::disabled_at.is_null())
        .select(accounts::id)
        .order(accounts::id)
        .load(conn)?)
}

/// The secretariat, as far as it can sign in.
pub fn list_secretariat(conn: &mut DbConn) -> Result<Vec<AccountId>> {
    Ok(accounts::table
        .filter(accounts::is_secretariat.eq(true))
        .filter(accounts::disabled_at.is_null())
        .select(accounts::id)
        .order(accounts::id)
        .load(conn)?)
}

/// Everybody who can sign in, for a notice to all.
pub fn list_active(conn: &mut DbConn, limit: i64) -> Result<Vec<AccountId>> {
    Ok(accounts::table
        .filter(accounts::disabled_at.is_null())
        .select(accounts::id)
        .order(accounts::id)
        .limit(limit)
        .load(conn)?)
}

/// The tracks that have a chair.
pub fn chaired_tracks(conn: &mut DbConn) -> Result<Vec<TrackId>> {
    Ok(memberships::table
        .inner_join(accounts::table)
        .filter(memberships::role.eq(Role::Chair.as_str()))
        .filter(accounts::disabled_at.is_null())
        .select(memberships::track_id)
        .distinct()
        .load(conn)?)
}

/// Who chairs which track, by name.
pub fn list_chairs(conn: &mut DbConn) -> Result<Vec<(TrackId, AccountId, String)>> {
    Ok(memberships::table
        .inner_join(accounts::table)
        .filter(memberships::role.eq(Role::Chair.as_str()))
        .filter(accounts::disabled_at.is_null())
        .order((accounts::name, accounts::id))
        .limit(500)
        .select((memberships::track_id, accounts::id, accounts::name))
        .load(conn)?)
}

/// The accounts at these addresses, and whether each is of the secretariat.
pub fn list_by_emails(
    conn: &mut DbConn,
    emails: &[String],
) -> Result<Vec<(AccountId, String, bool)>> {
    Ok(accounts::table
        .filter(accounts::email.eq_any(emails.to_vec()))
        .select((accounts::id, accounts::email, accounts::is_secretariat))
        .load(conn)?)
}

pub fn has_chair(conn: &mut DbConn, track: TrackId) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(
        memberships::table
            .inner_join(accounts::table)
            .filter(memberships::track_id.eq(track.0))
            .filter(memberships::role.eq(Role::Chair.as_str()))
            .filter(accounts::disabled_at.is_null()),
    ))
    .get_result(conn)?)
}

/// Whether anybody can convene: until then set-up is open.
pub fn has_secretariat(conn: &mut DbConn) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(
        accounts::table
            .filter(accounts::is_secretariat.eq(true))
            .filter(accounts::disabled_at.is_null()),
    ))
    .get_result(conn)?)
}

/// The first of the secretariat who could still sign in, and their organisation.
pub fn find_first_secretariat(conn: &mut DbConn) -> Result<Option<(AccountId, OrganisationId)>> {
    Ok(accounts::table
        .filter(accounts::is_secretariat.eq(true))
        .filter(accounts::disabled_at.is_null())
        .order((accounts::created_at, accounts::id))
        .select((accounts::id, accounts::organisation_id))
        .first(conn)
        .optional()?)
}

/// How many of the secretariat could still sign in.
pub fn count_secretariat(conn: &mut DbConn) -> Result<i64> {
    Ok(accounts::table
        .filter(accounts::is_secretariat.eq(true))
        .filter(accounts::disabled_at.is_null())
        .count()
        .get_result(conn)?)
}

/// Gives, changes or (with `None`) takes the role in a track.
pub fn set_role(
    conn: &mut DbConn,
    account: AccountId,
    track: TrackId,
    role: Option<Role>,
    now: Instant,
) -> Result<()> {
    diesel::delete(
        memberships::table
            .filter(memberships::account_id.eq(account.0))
            .filter(memberships::track_id.eq(track.0)),
    )
    .execute(conn)?;
    if let Some(role) = role {
        diesel::insert_into(memberships::table)
            .values((
                memberships::id.eq(ids::fresh(now)),
                memberships::account_id.eq(account.0),
                memberships::track_id.eq(track.0),
                memberships::role.eq(role.as_str()),
                memberships::created_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub fn set_secretariat(conn: &mut DbConn, id: AccountId, secretariat: bool) -> Result<()> {
    diesel::update(accounts::table.filter(accounts::id.eq(id.0)))
        .set(accounts::is_secretariat.eq(secretariat))
        .execute(conn)?;
    Ok(())
}

pub fn set_disabled(conn: &mut DbConn, id: AccountId, at: Option<Instant>) -> Result<()> {
    diesel::update(accounts::table.filter(accounts::id.eq(id.0)))
        .set(accounts::disabled_at.eq(at))
        .execute(conn)?;
    Ok(())
}

pub fn set_password(conn: &mut DbConn, id: AccountId, hash: &str) -> Result<()> {
    diesel::update(accounts::table.filter(accounts::id.eq(id.0)))
        .set(accounts::password_hash.eq(hash))
        .execute(conn)?;
    Ok(())
}

pub fn set_profile(conn: &mut DbConn, id: AccountId, name: &str, language: Language) -> Result<()> {
    diesel::update(accounts::table.filter(accounts::id.eq(id.0)))
        .set((accounts::name.eq(name), accounts::language.eq(language.as_str())))
        .execute(conn)?;
    Ok(())
}
