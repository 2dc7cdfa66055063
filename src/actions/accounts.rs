//! Accounts: set-up, passwords, profiles, roles.

use chrono::TimeDelta;

use super::{ActionError, By, Result, record};
use crate::domain::Instant;
use crate::domain::account::{check_password, parse_email};
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, GroupId, OrganisationId, SessionId, TrackId};
use crate::domain::language::Language;
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::role::Role;
use crate::store::accounts::NewAccount;
use crate::store::organisations::Organisation;
use crate::store::tokens::Purpose;
use crate::store::{self, DbConn, ids};

/// Longest name of a person or an organisation, in characters.
pub const LONGEST_NAME: usize = 120;

/// Who is about to get an account, checked; the password is hashed apart,
/// outside the transaction.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub name: String,
    pub email: String,
    pub language: Language,
}

impl NewPerson {
    /// # Errors
    /// The faults of `name`, `email` and `password`.
    pub fn parse(
        name: &str,
        email: &str,
        password: &str,
        language: Language,
    ) -> std::result::Result<Self, Faults> {
        let mut faults = Faults::default();
        let name = faults.line("name", name, LONGEST_NAME);
        let parsed = parse_email(email);
        if parsed.is_none() {
            faults.add("email", "fault-email");
        }
        let email = parsed.unwrap_or_default();
        check_password(&mut faults, "password", password, &[&name, &email]);
        faults.into_result(Self { name, email, language })
    }
}

/// The first account: the secretariat and its organisation. The token is
/// used up; somebody else's faster set-up makes it a missing page.
///
/// # Errors
/// `NotFound` when the token is no longer good.
pub fn set_up(
    conn: &mut DbConn,
    token_hash: &str,
    person: &NewPerson,
    organisation: &str,
    password_hash: String,
    now: Instant,
) -> Result<AccountId> {
    let used = store::tokens::redeem(conn, Purpose::SetUp, 0, token_hash, now)?;
    if !used || store::accounts::has_secretariat(conn)? {
        return Err(ActionError::NotFound);
    }
    let group = default_group(conn)?;
    let organisation = find_or_create_organisation(conn, organisation, group, now)?;
    let account = AccountId(ids::fresh(now));
    store::accounts::insert(
        conn,
        &NewAccount {
            id: account,
            email: person.email.clone(),
            name: person.name.clone(),
            organisation,
            language: person.language,
            password_hash,
            secretariat: true,
            created_at: now,
        },
    )?;
    record(
        conn,
        By::account(account),
        AuditVerb::SetUp,
        (AuditObject::Account, account.0),
        None,
        now,
    )?;
    Ok(account)
}

/// The group a convening organisation falls in until the secretariat says
/// otherwise.
///
/// # Errors
/// When the database refuses.
pub fn default_group(conn: &mut DbConn) -> Result<GroupId> {
    let programme = store::programme::load(conn)?;
    let wanted = |slug: &str| programme.groups.iter().find(|group| group.slug == slug);
    wanted("international-organisation")
        .or_else(|| programme.groups.first())
        .map(|group| group.id)
        .ok_or(ActionError::NotFound)
}

/// The organisation of this name, made in `group` when there is none.
///
/// # Errors
/// When the database refuses.
pub fn find_or_create_organisation(
    conn: &mut DbConn,
    name: &str,
    group: GroupId,
    now: Instant,
) -> Result<OrganisationId> {
    if let Some(found) = store::organisations::find_by_name(conn, name)? {
        return Ok(found.id);
    }
    let id = OrganisationId(ids::fresh(now));
    let row = Organisation { id, name: name.to_owned(), group, state: None, created_at: now };
    store::organisations::insert(conn, &row)?;
    Ok(id)
}

/// Asks for a password reset. Known or not, disabled or not: the same number
/// of writes, so that the answer says nothing.
///
/// # Errors
/// When the database refuses.
pub fn ask_reset(conn: &mut DbConn, email: &str, now: Instant) -> Result<()> {
    let found = store::accounts::find_credentials(conn, email)?;
    let account = found.filter(|found| found.disabled_at.is_none()).map(|found| found.id);
    let notice = Notice { kind: NoticeKind::Reset, account, subject: account.map_or(0, |id| id.0) };
    store::outbox::insert(conn, &notice, now)?;
    let by = By { account, acting: false };
    record(
        conn,
        by,
        AuditVerb::ResetAsked,
        (AuditObject::Account, account.map_or(0, |id| id.0)),
        None,
        now,
    )?;
    Ok(())
}

/// Sets a new password by a reset token; every session ends.
///
/// # Errors
/// `NotFound` when the token is no longer good.
pub fn reset_password(
    conn: &mut DbConn,
    token_hash: &str,
    password_hash: &str,
    now: Instant,
) -> Result<AccountId> {
    let subject = store::tokens::find_subject(conn, Purpose::Reset, token_hash, now)?
        .ok_or(ActionError::NotFound)?;
    if !store::tokens::redeem(conn, Purpose::Reset, subject, token_hash, now)? {
        return Err(ActionError::NotFound);
    }
    let account = AccountId(subject);
    store::accounts::set_password(conn, account, password_hash)?;
    store::sessions::delete_all(conn, account, None)?;
    record(
        conn,
        By::account(account),
        AuditVerb::PasswordChanged,
        (AuditObject::Account, account.0),
        None,
        now,
    )?;
    Ok(account)
}

/// Changes one's own password; every other session ends.
///
/// # Errors
/// When the database refuses.
pub fn change_password(
    conn: &mut DbConn,
    actor: &Actor,
    password_hash: &str,
    session: Option<SessionId>,
    now: Instant,
) -> Result<()> {
    store::accounts::set_password(conn, actor.account, password_hash)?;
    store::sessions::delete_all(conn, actor.account, session)?;
    store::tokens::void(conn, Purpose::Reset, actor.account.0)?;
    record(
        conn,
        By::account(actor.account),
        AuditVerb::PasswordChanged,
        (AuditObject::Account, actor.account.0),
        None,
        now,
    )?;
    Ok(())
}

/// Changes one's own name and language.
///
/// # Errors
/// The faults of `name` and `language`.
pub fn change_profile(
    conn: &mut DbConn,
    actor: &Actor,
    name: &str,
    language: &str,
    now: Instant,
) -> Result<()> {
    let mut faults = Faults::default();
    let name = faults.line("name", name, LONGEST_NAME);
    let language = Language::from_text(language);
    if language.is_none() {
        faults.add("language", "fault-choose");
    }
    let (name, language) = faults.into_result((name, language.unwrap_or(Language::En)))?;
    store::accounts::set_profile(conn, actor.account, &name, language)?;
    // The name stands on pages that are kept.
    store::programme::bump_public_version(conn)?;
    let object = (AuditObject::Account, actor.account.0);
    record(conn, By::account(actor.account), AuditVerb::Changed, object, None, now)?;
    Ok(())
}

/// Gives, changes or takes a role in a track; takes effect on the person's
/// next request.
///
/// # Errors
/// `NotFound` for anybody but the secretariat.
pub fn set_role(
    conn: &mut DbConn,
    actor: &Actor,
    account: AccountId,
    track: TrackId,
    role: Option<Role>,
    now: Instant,
) -> Result<()> {
    secretariat_only(actor)?;
    store::accounts::find_person(conn, account)?.ok_or(ActionError::NotFound)?;
    store::accounts::set_role(conn, account, track, role, now)?;
    let verb = if role.is_some() { AuditVerb::RoleGiven } else { AuditVerb::RoleTaken };
    let object = (AuditObject::Account, account.0);
    record(conn, By::account(actor.account), verb, object, Some(track), now)?;
    Ok(())
}

/// Adds to or takes from the secretariat. The last one stays.
///
/// # Errors
/// `Conflict` for the last of the secretariat.
pub fn set_secretariat(
    conn: &mut DbConn,
    actor: &Actor,
    account: AccountId,
    secretariat: bool,
    now: Instant,
) -> Result<()> {
    secretariat_only(actor)?;
    let person = store::accounts::find_person(conn, account)?.ok_or(ActionError::NotFound)?;
    if person.secretariat == secretariat {
        return Ok(());
    }
    if !secretariat && store::accounts::count_secretariat(conn)? <= 1 {
        return Err(ActionError::Conflict("conflict-last-secretariat"));
    }
    store::accounts::set_secretariat(conn, account, secretariat)?;
    let verb = if secretariat { AuditVerb::RoleGiven } else { AuditVerb::RoleTaken };
    record(conn, By::account(actor.account), verb, (AuditObject::Account, account.0), None, now)?;
    Ok(())
}

/// Disables an account, which ends its sessions at once, or enables it.
///
/// # Errors
/// `Conflict` for the last of the secretariat.
pub fn set_disabled(
    conn: &mut DbConn,
    actor: &Actor,
    account: AccountId,
    disabled: bool,
    now: Instant,
) -> Result<()> {
    secretariat_only(actor)?;
    let person = store::accounts::find_person(conn, account)?.ok_or(ActionError::NotFound)?;
    if person.disabled_at.is_some() == disabled {
        return Ok(());
    }
    if disabled && person.secretariat && store::accounts::count_secretariat(conn)? <= 1 {
        return Err(ActionError::Conflict("conflict-last-secretariat"));
    }
    store::accounts::set_disabled(conn, account, disabled.then_some(now))?;
    store::sessions::delete_all(conn, account, None)?;
    let verb = if disabled { AuditVerb::Disabled } else { AuditVerb::Enabled };
    record(conn, By::account(actor.account), verb, (AuditObject::Account, account.0), None, now)?;
    Ok(())
}

/// What only the secretariat may do.
///
/// # Errors
/// `NotFound` for anybody else.
pub fn secretariat_only(actor: &Actor) -> Result<()> {
    if actor.secretariat { Ok(()) } else { Err(ActionError::NotFound) }
}

/// Notes that somebody signed in or out.
///
/// # Errors
/// When the database refuses.
pub fn record_session(
    conn: &mut DbConn,
    by: By,
    verb: AuditVerb,
    object: AuditObject,
    now: Instant,
) -> store::Result<()> {
    record(conn, by, verb, (object, by.account.map_or(0, |id| id.0)), None, now)
}

/// Ends one of one's own sessions; false when it is none.
///
/// # Errors
/// When the database refuses.
pub fn end_session(
    conn: &mut DbConn,
    actor: &Actor,
    session: SessionId,
    now: Instant,
) -> Result<bool> {
    let ended = store::sessions::delete_own(conn, actor.account, session)?;
    if ended {
        let object = (AuditObject::Session, session.0);
        record(conn, By::account(actor.account), AuditVerb::SignedOut, object, None, now)?;
    }
    Ok(ended)
}

/// How long an attempt counts.
pub const ATTEMPTS_WITHIN: TimeDelta = TimeDelta::minutes(15);

/// How many attempts an account and a network have in that time.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub account: usize,
    pub network: usize,
}

/// Seconds until there is an attempt left; `None` while there is one.
///
/// # Errors
/// When the database refuses.
pub fn seconds_to_wait(
    conn: &mut DbConn,
    account_key: &str,
    network: &str,
    limits: Limits,
    now: Instant,
) -> store::Result<Option<i64>> {
    let since = now - ATTEMPTS_WITHIN;
    let most = limits.account.max(limits.network);
    let counted = store::attempts::count(conn, account_key, network, since, most)?;
    let wait = |times: &[Instant], most: usize| {
        let oldest = times.get(most - 1)?;
        Some(((*oldest + ATTEMPTS_WITHIN) - now).num_seconds().max(1))
    };
    Ok(wait(&counted.account, limits.account).max(wait(&counted.network, limits.network)))
}

/// Takes an attempt before anything is tried, so that of many at once no more
/// get through than one after the other; answers as [`seconds_to_wait`].
///
/// # Errors
/// When the database refuses.
pub fn take_attempt(
    conn: &mut DbConn,
    account_key: &str,
    network: &str,
    limits: Limits,
    now: Instant,
) -> store::Result<Option<i64>> {
    store::attempts::lock(conn)?;
    let wait = seconds_to_wait(conn, account_key, network, limits, now)?;
    if wait.is_none() {
        store::attempts::insert(conn, account_key, network, now)?;
    }
    Ok(wait)
}

/// Forgets the wrong passwords of somebody who signed in.
///
/// # Errors
/// When the database refuses.
pub fn forget_attempts(conn: &mut DbConn, account_key: &str) -> store::Result<()> {
    store::attempts::clear(conn, account_key)
}
