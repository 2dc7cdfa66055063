//! Signing in and out, set-up, and a forgotten password.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply, SessionChange};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::Chrome;
use super::parked;
use crate::actions::accounts::{self, Limits, NewPerson};
use crate::actions::{ActionError, By};
use crate::domain::account::{check_password, parse_email};
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::fault::Faults;
use crate::domain::ids::AccountId;
use crate::i18n::Loader;
use crate::secrets;
use crate::store;
use crate::store::tokens::Purpose;

/// Wrong passwords in a quarter of an hour.
const SIGN_IN: Limits = Limits { account: 10, network: 30 };
/// Requests for mail in that time: nobody is flooded with it.
const RESET: Limits = Limits { account: 3, network: 30 };

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    errors: FieldErrors,
    email: String,
    next: String,
    came_from: bool,
    parked: Option<Parked>,
}

/// A form that came while nobody was signed in: where from, and its fields.
pub struct Parked {
    pub at: String,
    pub form: String,
}

/// Where to go after signing in: a path of ours, nothing else.
fn local_path(next: &str) -> Option<&str> {
    let fine = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\n', '\r', '\t'])
        && next.len() <= 2_000;
    fine.then_some(next)
}

pub fn show_sign_in(cx: &Cx) -> Answer {
    let next = cx.query().take("next");
    if cx.actor.is_some() {
        return Ok(Reply::see_other(local_path(&next).unwrap_or("/desk")));
    }
    let page = sign_in_page(cx, FieldErrors::default(), String::new(), next, None)?;
    Reply::page(&page)
}

/// The same page in answer to a form that nobody signed in has sent.
///
/// # Errors
/// When the page cannot be made.
pub fn show_parked(cx: &Cx, parked: Parked) -> Answer {
    let next = String::new();
    let none = FieldErrors::default();
    Reply::refused(&sign_in_page(cx, none, String::new(), next, Some(parked))?)
}

fn sign_in_page(
    cx: &Cx,
    errors: FieldErrors,
    email: String,
    next: String,
    parked: Option<Parked>,
) -> Result<SignInPage<'_>, WebError> {
    let l = cx.l();
    let chrome = cx.read(|conn| cx.chrome(conn, &fl!(l, "sign-in-title")))?;
    let came_from = local_path(&next).is_some_and(|path| path != "/desk");
    Ok(SignInPage { l, chrome, errors, email, next, came_from, parked })
}

/// Counts first, hashes after: a flood costs a query, not Argon2, and of many
/// attempts at once no more are tried than one after the other.
pub fn sign_in(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let email = form.take("email");
    let password = form.take("password");
    let next = form.take("next");
    let at = form.take("parked_at");
    let parked = form.take_optional("parked").filter(|form| !form.is_empty());
    let parked = parked.map(|form| Parked { at, form });
    form.finish()?;
    let known = parse_email(&email).unwrap_or_else(|| email.trim().to_lowercase());
    let key = secrets::sha256_hex(known.as_bytes());
    take_attempt(cx, &key, &cx.network, SIGN_IN)?;
    let found = cx.read(|conn| store::accounts::find_credentials(conn, &known))?;
    let usable = found.filter(|account| account.disabled_at.is_none());
    let stored = usable.as_ref().map(|account| account.password_hash.as_str());
    let fits = cx.app.passwords.verify(&password, stored);
    let Some(account) = usable.filter(|_| fits) else {
        let errors = cx.errors(&Faults::one("email", "fault-sign-in"));
        return Reply::refused(&sign_in_page(cx, errors, email, next, parked)?);
    };
    let shown_at = cx.write(|conn| {
        accounts::forget_attempts(conn, &key)?;
        record_session(conn, account.id, AuditVerb::SignedIn, cx)?;
        parked.map_or(Ok(None), |own| parked::keep(cx, conn, account.id, &own))
    })?;
    let to = shown_at.unwrap_or_else(|| local_path(&next).unwrap_or("/desk").to_owned());
    Ok(Reply::see_other(to).with_session(SessionChange::SignIn(account.id)))
}

fn record_session(
    conn: &mut store::DbConn,
    account: AccountId,
    verb: AuditVerb,
    cx: &Cx,
) -> store::Result<()> {
    accounts::record_session(conn, By::account(account), verb, AuditObject::Session, cx.now)
}

/// Whether this is the password of whoever is signed in. Wrong ones count as
/// they do at sign-in: a session left open is not a place to guess at.
///
/// # Errors
/// `TooMany` after too many wrong ones.
pub fn is_own_password(cx: &Cx, password: &str) -> Result<bool, WebError> {
    let actor = cx.actor()?;
    let key = secrets::sha256_hex(actor.email.as_bytes());
    take_attempt(cx, &key, &cx.network, SIGN_IN)?;
    let stored = cx.read(|conn| store::accounts::find_credentials_by_id(conn, actor.account))?;
    let stored = stored.map(|found| found.password_hash);
    let fits = cx.app.passwords.verify(password, stored.as_deref());
    if fits {
        cx.write(|conn| accounts::forget_attempts(conn, &key))?;
    }
    Ok(fits)
}

/// One of the attempts there are, or the answer that there is none; looks
/// first, so that whoever has none left takes no write lock.
fn take_attempt(cx: &Cx, key: &str, network: &str, limits: Limits) -> Result<(), WebError> {
    let wait = cx.read(|conn| accounts::seconds_to_wait(conn, key, network, limits, cx.now))?;
    let wait = match wait {
        None => cx.write(|conn| accounts::take_attempt(conn, key, network, limits, cx.now))?,
        some => some,
    };
    wait.map_or(Ok(()), |seconds| Err(WebError::TooMany(seconds)))
}

pub fn sign_out(cx: &Cx) -> Answer {
    let account = cx.actor()?.account;
    cx.form().finish()?;
    cx.write(|conn| record_session(conn, account, AuditVerb::SignedOut, cx))?;
    let home = format!("/{}/", cx.language);
    Ok(Reply::see_other(home).with_session(SessionChange::SignOut))
}

// ---------------------------------------------------------------- set-up

#[derive(Template)]
#[template(path = "accounts/set_up.html")]
struct SetUpPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    errors: FieldErrors,
    name: String,
    email: String,
    organisation: String,
    token: String,
}

/// The set-up address is good while its token is, and until somebody used it.
fn check_set_up(cx: &Cx) -> Result<String, WebError> {
    let hash = secrets::token_hash(cx.param("token"));
    let open = cx.read(|conn| {
        let subject = store::tokens::find_subject(conn, Purpose::SetUp, &hash, cx.now)?;
        Ok::<_, WebError>(subject.is_some() && !store::accounts::has_secretariat(conn)?)
    })?;
    if open { Ok(hash) } else { Err(WebError::NotFound) }
}

fn set_up_page(
    cx: &Cx,
    errors: FieldErrors,
    fields: [String; 3],
) -> Result<SetUpPage<'_>, WebError> {
    let l = cx.l();
    let chrome = cx.read(|conn| cx.chrome(conn, &fl!(l, "set-up-title")))?;
    let [name, email, organisation] = fields;
    let token = cx.form_token();
    Ok(SetUpPage { l, chrome, errors, name, email, organisation, token })
}

pub fn show_set_up(cx: &Cx) -> Answer {
    check_set_up(cx)?;
    let empty = [String::new(), String::new(), String::new()];
    Reply::page(&set_up_page(cx, FieldErrors::default(), empty)?)
}

pub fn set_up(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let once = form.take("once");
    let (name, email) = (form.take("name"), form.take("email"));
    let (organisation, password) = (form.take("organisation"), form.take("password"));
    form.finish()?;
    let hash = check_set_up(cx)?;
    let mut faults = Faults::default();
    let checked = NewPerson::parse(&name, &email, &password, cx.language);
    if let Err(found) = &checked {
        faults = found.clone();
    }
    let named = faults.line("organisation", &organisation, accounts::LONGEST_NAME);
    let person = match checked {
        Ok(person) if faults.is_empty() => person,
        _ => {
            let fields = [name, email, organisation];
            return Reply::refused(&set_up_page(cx, cx.errors(&faults), fields)?);
        }
    };
    let password_hash = hash_password(cx, &password)?;
    let mut made = None;
    let reply = cx.once(&once, |conn| {
        made = Some(accounts::set_up(conn, &hash, &person, &named, password_hash, cx.now)?);
        Ok("/desk".to_owned())
    })?;
    Ok(match made {
        Some(account) => reply.with_session(SessionChange::SignIn(account)),
        None => reply,
    })
}

/// Hashes off the transaction, a few at a time.
///
/// # Errors
/// `Internal` when Argon2 fails.
pub fn hash_password(cx: &Cx, password: &str) -> Result<String, WebError> {
    cx.app.passwords.hash(password).map_err(|fault| WebError::Internal(fault.to_string()))
}

// ------------------------------------------------------------- forgotten

#[derive(Template)]
#[template(path = "accounts/ask_reset.html")]
struct AskResetPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    errors: FieldErrors,
    email: String,
    sent: bool,
}

#[derive(Template)]
#[template(path = "accounts/reset.html")]
struct ResetPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    errors: FieldErrors,
}

fn ask_reset_page(
    cx: &Cx,
    errors: FieldErrors,
    email: String,
    sent: bool,
) -> Result<AskResetPage<'_>, WebError> {
    let l = cx.l();
    let chrome = cx.read(|conn| cx.chrome(conn, &fl!(l, "reset-title")))?;
    Ok(AskResetPage { l, chrome, errors, email, sent })
}

pub fn show_ask_reset(cx: &Cx) -> Answer {
    let sent = cx.query().take("sent") == "1";
    Reply::page(&ask_reset_page(cx, FieldErrors::default(), String::new(), sent)?)
}

/// The same answer, the same writes, whether the address is known or not.
pub fn ask_reset(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let typed = form.take("email");
    form.finish()?;
    let Some(email) = parse_email(&typed) else {
        let errors = cx.errors(&Faults::one("email", "fault-email"));
        return Reply::refused(&ask_reset_page(cx, errors, typed, false)?);
    };
    let key = secrets::sha256_hex(format!("reset:{email}").as_bytes());
    let network = format!("reset:{}", cx.network);
    take_attempt(cx, &key, &network, RESET)?;
    cx.write(|conn| accounts::ask_reset(conn, &email, cx.now))?;
    Ok(Reply::see_other("/reset?sent=1"))
}

fn reset_page(cx: &Cx, errors: FieldErrors) -> Result<ResetPage<'_>, WebError> {
    let l = cx.l();
    let chrome = cx.read(|conn| cx.chrome(conn, &fl!(l, "reset-title")))?;
    Ok(ResetPage { l, chrome, errors })
}

fn reset_account(cx: &Cx) -> Result<(String, store::accounts::Credentials), WebError> {
    let hash = secrets::token_hash(cx.param("token"));
    let found = cx.read(|conn| {
        let subject = store::tokens::find_subject(conn, Purpose::Reset, &hash, cx.now)?;
        let Some(subject) = subject else { return Ok::<_, WebError>(None) };
        Ok(store::accounts::find_credentials_by_id(conn, AccountId(subject))?)
    })?;
    let account = found.filter(|account| account.disabled_at.is_none());
    account.map(|account| (hash, account)).ok_or(WebError::NotFound)
}

pub fn show_reset(cx: &Cx) -> Answer {
    reset_account(cx)?;
    Reply::page(&reset_page(cx, FieldErrors::default())?)
}

pub fn reset(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let password = form.take("password");
    form.finish()?;
    let (hash, account) = reset_account(cx)?;
    let mut faults = Faults::default();
    check_password(&mut faults, "password", &password, &[&account.name, &account.email]);
    if !faults.is_empty() {
        return Reply::refused(&reset_page(cx, cx.errors(&faults))?);
    }
    let password_hash = hash_password(cx, &password)?;
    let account = cx.write(|conn| {
        accounts::reset_password(conn, &hash, &password_hash, cx.now)
            .map_err(|fault: ActionError| fault)
    })?;
    Ok(Reply::see_other("/desk?done=password").with_session(SessionChange::SignIn(account)))
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn next_leads_nowhere_else() {
        assert_eq!(local_path("/drafts/RES-01?a=b"), Some("/drafts/RES-01?a=b"));
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "", "desk"] {
            assert_eq!(local_path(bad), None, "{bad}");
        }
    }
}
