//! An invitation as the person invited sees it: looked at as often as mail
//! scanners please, accepted once.

use askama::Template;
use i18n_embed_fl::fl;

use super::accounts::hash_password;
use super::cx::{Answer, Cx, Reply, SessionChange};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::{Chrome, When};
use super::track_label::TrackLabel;
use crate::actions::accounts::NewPerson;
use crate::actions::{ActionError, invitations};
use crate::domain::ids::AccountId;
use crate::domain::language::Language;
use crate::i18n::{self, Loader};
use crate::secrets;
use crate::store;
use crate::store::invitations::Invitation;

/// Why an account was not made; the page, loaded again, says what to do.
const ACCOUNT_EXISTS: &str = "conflict-account-exists";

#[derive(Template)]
#[template(path = "invitations/invitation.html")]
struct InvitationPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    errors: FieldErrors,
    asker: Asker,
    email: String,
    organisation: String,
    track: Option<TrackLabel>,
    role: String,
    until: When,
    name: String,
    language: String,
    languages: Vec<(String, String)>,
    /// Where to come back to after signing in.
    next: String,
    token: String,
}

#[derive(Template)]
#[template(path = "invitations/over.html")]
struct OverPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    signed_in: bool,
}

/// Who has opened the address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asker {
    /// Nobody has an account at the invitation's e-mail address yet.
    New,
    /// The account it is for.
    Invited,
    /// Nobody, but there is an account to sign in with.
    SignedOut,
    /// Another account.
    Other,
}

/// An invitation that can be accepted, and who asks.
struct Opened {
    hash: String,
    invitation: Invitation,
    asker: Asker,
}

/// `None` when it was used, revoked or has expired; which of them, or whether
/// there ever was one, is not said.
fn open(cx: &Cx) -> Result<Option<Opened>, WebError> {
    let hash = secrets::token_hash(cx.param("token"));
    cx.read(|conn| {
        let found = invitations::find(conn, &hash, cx.now)?;
        let Some(invitation) = found else { return Ok(None) };
        let account = store::accounts::find_credentials(conn, &invitation.email)?;
        if account.as_ref().is_some_and(|account| account.disabled_at.is_some()) {
            return Ok(None);
        }
        let asker = match (&cx.actor, account) {
            (Some(actor), _) if actor.email == invitation.email => Asker::Invited,
            (Some(_), _) => Asker::Other,
            (None, Some(_)) => Asker::SignedOut,
            (None, None) => Asker::New,
        };
        Ok(Some(Opened { hash, invitation, asker }))
    })
}

fn page<'a>(
    cx: &'a Cx,
    errors: FieldErrors,
    opened: &Opened,
    name: String,
    language: &str,
) -> Result<InvitationPage<'a>, WebError> {
    let l = cx.l();
    let invitation = &opened.invitation;
    cx.read(|conn| {
        let chrome = cx.chrome(conn, &fl!(l, "invitation-title"))?;
        let programme = cx.programme(conn)?;
        let own_names =
            Language::ALL.iter().map(|own| (own.to_string(), own.own_name().to_owned()));
        Ok(InvitationPage {
            l,
            chrome,
            errors,
            asker: opened.asker,
            email: invitation.email.clone(),
            organisation: invitation.organisation_name.clone(),
            track: TrackLabel::find(&programme, invitation.track, cx.language),
            role: i18n::message(l, &format!("role-{}", invitation.role)),
            until: When::date(cx.language, invitation.expires_at),
            name,
            language: language.to_owned(),
            languages: own_names.collect(),
            next: form_urlencoded::byte_serialize(cx.path.as_bytes()).collect(),
            token: cx.form_token(),
        })
    })
}

/// The page of an address that is no longer, or never was, an invitation.
fn over(cx: &Cx) -> Answer {
    let l = cx.l();
    let chrome = cx.read(|conn| cx.chrome(conn, &fl!(l, "invitation-over")))?;
    let page = OverPage { l, chrome, signed_in: cx.actor.is_some() };
    Ok(Reply::html(404, page.render()?))
}

pub fn show(cx: &Cx) -> Answer {
    let Some(opened) = open(cx)? else { return over(cx) };
    let language = opened.invitation.language.as_str();
    Reply::page(&page(cx, FieldErrors::default(), &opened, String::new(), language)?)
}

pub fn accept(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let once = form.take("once");
    let typed = [form.take("name"), form.take("password"), form.take("language")];
    form.finish()?;
    let Some(opened) = open(cx)? else {
        // The same form sent twice finds its own invitation used: that is done.
        let done = cx.once(&once, |_| Err(ActionError::NotFound));
        return done.or_else(|fault| match fault {
            ActionError::NotFound | ActionError::Conflict(_) => over(cx),
            other => Err(other.into()),
        });
    };
    match opened.asker {
        Asker::New => accept_new(cx, &once, &opened, typed),
        Asker::Invited => accept_as_member(cx, &once, &opened),
        // Somebody signed out or changed accounts since the page was loaded:
        // it says what to do now.
        Asker::SignedOut | Asker::Other => Ok(Reply::see_other(cx.path.clone())),
    }
}

/// Adds the role to the account that is signed in.
fn accept_as_member(cx: &Cx, once: &str, opened: &Opened) -> Answer {
    let done = cx.once(once, |conn| {
        invitations::accept(conn, &opened.hash, None, cx.now)?;
        Ok("/desk?done=invitation-accepted".to_owned())
    });
    done.or_else(|fault| match fault {
        ActionError::NotFound => over(cx),
        other => Err(other.into()),
    })
}

/// Makes the account and signs it in.
fn accept_new(
    cx: &Cx,
    once: &str,
    opened: &Opened,
    [name, password, language]: [String; 3],
) -> Answer {
    let email = &opened.invitation.email;
    let spoken = Language::from_text(&language);
    let checked = NewPerson::parse(&name, email, &password, spoken.unwrap_or(Language::En));
    let mut faults = checked.as_ref().err().cloned().unwrap_or_default();
    if spoken.is_none() {
        faults.add("language", "fault-choose");
    }
    let person = match checked {
        Ok(person) if faults.is_empty() => person,
        _ => return Reply::refused(&page(cx, cx.errors(&faults), opened, name, &language)?),
    };
    // Outside the transaction: hashing takes long, writers wait for each other.
    let password_hash = hash_password(cx, &password)?;
    let mut made: Option<AccountId> = None;
    let done = cx.once(once, |conn| {
        // Another invitation to the same address may have made the account
        // meanwhile; this form's password is not that account's.
        if store::accounts::find_credentials(conn, email)?.is_some() {
            return Err(ActionError::Conflict(ACCOUNT_EXISTS));
        }
        let person = Some((&person, password_hash));
        made = Some(invitations::accept(conn, &opened.hash, person, cx.now)?);
        Ok("/desk?done=welcome".to_owned())
    });
    match done {
        Ok(reply) => Ok(match made {
            Some(account) => reply.with_session(SessionChange::SignIn(account)),
            None => reply,
        }),
        Err(ActionError::Conflict(ACCOUNT_EXISTS)) => Ok(Reply::see_other(cx.path.clone())),
        Err(ActionError::NotFound) => over(cx),
        // Two accounts for one address at once: the other one was first.
        Err(ActionError::Store(fault)) if fault.is_taken() => Ok(Reply::see_other(cx.path.clone())),
        Err(fault) => Err(fault.into()),
    }
}
