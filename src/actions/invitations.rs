//! Invitations: made, sent again, revoked, accepted.

use chrono::TimeDelta;

use super::accounts::{NewPerson, secretariat_only};
use super::{ActionError, By, Result, record};
use crate::domain::Instant;
use crate::domain::account::parse_email;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, InvitationId, OrganisationId, TrackId};
use crate::domain::language::Language;
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::programme::Programme;
use crate::domain::role::Role;
use crate::store::accounts::NewAccount;
use crate::store::invitations::Invitation;
use crate::store::tokens::Purpose;
use crate::store::{self, DbConn, ids};

/// How long an invitation can be accepted.
pub const TERM: TimeDelta = TimeDelta::days(14);

/// The word that stands for the secretariat where a role is chosen.
pub const SECRETARIAT: &str = "secretariat";

/// What a person is invited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    Secretariat,
    Track(TrackId, Role),
}

/// One invitation as a form or the command line gives it, checked.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    pub email: String,
    pub organisation: OrganisationId,
    pub seat: Seat,
    pub language: Language,
}

impl NewInvitation {
    /// # Errors
    /// The faults of `email`, `organisation`, `track`, `role`.
    pub fn parse(
        programme: &Programme,
        email: &str,
        organisation: Option<OrganisationId>,
        track: &str,
        role: &str,
        language: Language,
    ) -> std::result::Result<Self, Faults> {
        let mut faults = Faults::default();
        let email = parse_email(email).unwrap_or_else(|| {
            faults.add("email", "fault-email");
            String::new()
        });
        if organisation.is_none() {
            faults.add("organisation", "fault-choose");
        }
        let seat = if role == SECRETARIAT {
            Some(Seat::Secretariat)
        } else {
            let track = programme.track(track);
            if track.is_none() {
                faults.add("track", "fault-choose");
            }
            let role = Role::from_text(role);
            if role.is_none() {
                faults.add("role", "fault-choose");
            }
            track.zip(role).map(|(track, role)| Seat::Track(track.id, role))
        };
        let organisation = organisation.unwrap_or(OrganisationId(0));
        let seat = seat.unwrap_or(Seat::Secretariat);
        faults.into_result(Self { email, organisation, seat, language })
    }
}

/// Invites, and puts the mail in the outbox.
///
/// # Errors
/// `NotFound` for anybody but the secretariat or the command line.
pub fn invite(
    conn: &mut DbConn,
    actor: Option<&Actor>,
    new: &NewInvitation,
    now: Instant,
) -> Result<InvitationId> {
    if let Some(actor) = actor {
        secretariat_only(actor)?;
    }
    store::organisations::find(conn, new.organisation)?
        .ok_or_else(|| ActionError::Faults(Faults::one("organisation", "fault-choose")))?;
    let (track, role) = match new.seat {
        Seat::Secretariat => (None, SECRETARIAT.to_owned()),
        Seat::Track(track, role) => (Some(track), role.as_str().to_owned()),
    };
    let id = InvitationId(ids::fresh(now));
    let invitation = Invitation {
        id,
        email: new.email.clone(),
        organisation: new.organisation,
        organisation_name: String::new(),
        track,
        role,
        language: new.language,
        invited_by: actor.map(|actor| actor.account),
        created_at: now,
        expires_at: now + TERM,
        accepted_at: None,
        revoked_at: None,
    };
    store::invitations::insert(conn, &invitation)?;
    let notice = Notice { kind: NoticeKind::Invitation, account: None, subject: id.0 };
    store::outbox::insert(conn, &notice, now)?;
    let by = actor.map_or(By::COMMAND_LINE, |actor| By::account(actor.account));
    record(conn, by, AuditVerb::Invited, (AuditObject::Invitation, id.0), track, now)?;
    Ok(id)
}

/// What became of one address of many.
pub type Invited = (String, std::result::Result<InvitationId, &'static str>);

/// Invites everybody on a list to the same seat. An address that cannot be
/// invited does not stop the others: it comes back with the key of the reason.
///
/// # Errors
/// Those of [`invite`] which are not an address's own.
pub fn invite_many(
    conn: &mut DbConn,
    actor: &Actor,
    addresses: &[String],
    place: (OrganisationId, Seat, Language),
    now: Instant,
) -> Result<Vec<Invited>> {
    secretariat_only(actor)?;
    let (organisation, seat, language) = place;
    let emails: Vec<String> = addresses.iter().filter_map(|raw| parse_email(raw)).collect();
    let mut waiting = list_waiting_seats(conn, &emails, now)?;
    let held = list_held_seats(conn, &emails)?;
    let mut outcomes: Vec<Invited> = Vec::new();
    for raw in addresses {
        let Some(email) = parse_email(raw) else {
            outcomes.push((raw.clone(), Err("fault-email")));
            continue;
        };
        let same = |(own, other): &(String, Seat)| *own == email && *other == seat;
        let outcome = if held.iter().any(|(own, other)| *own == email && includes(*other, seat)) {
            Err("fault-role-held")
        } else if waiting.iter().any(same) {
            Err("fault-invited-already")
        } else {
            waiting.push((email.clone(), seat));
            let new = NewInvitation { email, organisation, seat, language };
            Ok(invite(conn, Some(actor), &new, now)?)
        };
        outcomes.push((raw.clone(), outcome));
    }
    Ok(outcomes)
}

/// Whether somebody who holds one seat gains nothing by the other.
fn includes(held: Seat, offered: Seat) -> bool {
    match (held, offered) {
        (Seat::Track(own, role), Seat::Track(track, lesser)) => own == track && role >= lesser,
        (held, offered) => held == offered,
    }
}

fn list_waiting_seats(
    conn: &mut DbConn,
    emails: &[String],
    now: Instant,
) -> Result<Vec<(String, Seat)>> {
    let waiting = store::invitations::list_waiting_for(conn, emails, now)?;
    let seat = |invitation: Invitation| {
        let seat = match (invitation.track, Role::from_text(&invitation.role)) {
            (Some(track), Some(role)) => Seat::Track(track, role),
            _ => Seat::Secretariat,
        };
        (invitation.email, seat)
    };
    Ok(waiting.into_iter().map(seat).collect())
}

fn list_held_seats(conn: &mut DbConn, emails: &[String]) -> Result<Vec<(String, Seat)>> {
    let accounts = store::accounts::list_by_emails(conn, emails)?;
    let known: Vec<AccountId> = accounts.iter().map(|(id, ..)| *id).collect();
    let mut seats = Vec::new();
    for (account, track, role) in store::accounts::memberships_of_many(conn, &known)? {
        let email = accounts.iter().find(|(id, ..)| *id == account).map(|(_, email, _)| email);
        seats.extend(email.map(|email| (email.clone(), Seat::Track(track, role))));
    }
    let conveners = accounts.into_iter().filter(|(.., secretariat)| *secretariat);
    seats.extend(conveners.map(|(_, email, _)| (email, Seat::Secretariat)));
    Ok(seats)
}

/// Sends an invitation again, with a new address and a new term; addresses
/// sent before stay good until one of them is used.
///
/// # Errors
/// `Conflict` when it was accepted or revoked.
pub fn resend(conn: &mut DbConn, actor: &Actor, id: InvitationId, now: Instant) -> Result<()> {
    secretariat_only(actor)?;
    let invitation = store::invitations::find(conn, id)?.ok_or(ActionError::NotFound)?;
    if invitation.accepted_at.is_some() || invitation.revoked_at.is_some() {
        return Err(ActionError::Conflict("conflict-invitation-over"));
    }
    store::invitations::extend(conn, id, now + TERM)?;
    let notice = Notice { kind: NoticeKind::Invitation, account: None, subject: id.0 };
    store::outbox::insert(conn, &notice, now)?;
    let object = (AuditObject::Invitation, id.0);
    record(conn, By::account(actor.account), AuditVerb::Resent, object, invitation.track, now)?;
    Ok(())
}

/// Revokes an invitation: its addresses are dead at once.
///
/// # Errors
/// `Conflict` when it was accepted or revoked before.
pub fn revoke(conn: &mut DbConn, actor: &Actor, id: InvitationId, now: Instant) -> Result<()> {
    secretariat_only(actor)?;
    let invitation = store::invitations::find(conn, id)?.ok_or(ActionError::NotFound)?;
    if !store::invitations::revoke(conn, id, now)? {
        return Err(ActionError::Conflict("conflict-invitation-over"));
    }
    store::tokens::void(conn, Purpose::Invitation, id.0)?;
    let object = (AuditObject::Invitation, id.0);
    record(conn, By::account(actor.account), AuditVerb::Revoked, object, invitation.track, now)?;
    Ok(())
}

/// Stores the hash of a fresh address of an invitation.
///
/// # Errors
/// When the database refuses.
pub fn mint(conn: &mut DbConn, id: InvitationId, token_hash: &str, now: Instant) -> Result<()> {
    store::tokens::insert(conn, Purpose::Invitation, id.0, token_hash, now, now + TERM)?;
    Ok(())
}

/// The invitation behind an address, if it can still be accepted. Looking
/// changes nothing.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut DbConn, token_hash: &str, now: Instant) -> Result<Option<Invitation>> {
    let subject = store::tokens::find_subject(conn, Purpose::Invitation, token_hash, now)?;
    let Some(subject) = subject else { return Ok(None) };
    let invitation = store::invitations::find(conn, InvitationId(subject))?;
    Ok(invitation.filter(|invitation| invitation.is_waiting(now)))
}

/// Accepts: makes the account (with `person` and its password), or adds the
/// role to the account that is there. Exactly one acceptance succeeds.
///
/// # Errors
/// `NotFound` when somebody was quicker, or it was revoked meanwhile.
pub fn accept(
    conn: &mut DbConn,
    token_hash: &str,
    person: Option<(&NewPerson, String)>,
    now: Instant,
) -> Result<AccountId> {
    let invitation = find(conn, token_hash, now)?.ok_or(ActionError::NotFound)?;
    let id = invitation.id;
    if !store::tokens::redeem(conn, Purpose::Invitation, id.0, token_hash, now)? {
        return Err(ActionError::NotFound);
    }
    let existing = store::accounts::find_credentials(conn, &invitation.email)?;
    let account = match (existing, person) {
        (Some(existing), _) => existing.id,
        (None, Some((person, password_hash))) => {
            let account = AccountId(ids::fresh(now));
            store::accounts::insert(
                conn,
                &NewAccount {
                    id: account,
                    // Bound to the address it was sent to, whatever a form says.
                    email: invitation.email.clone(),
                    name: person.name.clone(),
                    organisation: invitation.organisation,
                    language: person.language,
                    password_hash,
                    secretariat: false,
                    created_at: now,
                },
            )?;
            account
        }
        (None, None) => return Err(ActionError::NotFound),
    };
    if !store::invitations::accept(conn, id, account, now)? {
        return Err(ActionError::NotFound);
    }
    match (invitation.track, Role::from_text(&invitation.role)) {
        (Some(track), Some(role)) => {
            let held = store::accounts::memberships_of(conn, account)?;
            let held = held.into_iter().find(|(own, _)| *own == track).map(|(_, role)| role);
            // An invitation never takes a greater role away.
            if held.is_none_or(|held| held < role) {
                store::accounts::set_role(conn, account, track, Some(role), now)?;
            }
        }
        _ => store::accounts::set_secretariat(conn, account, true)?,
    }
    let object = (AuditObject::Invitation, id.0);
    record(conn, By::account(account), AuditVerb::Accepted, object, invitation.track, now)?;
    Ok(account)
}
