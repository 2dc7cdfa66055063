//! One's own account: name, language, password, sessions.

use askama::Template;
use i18n_embed_fl::fl;

use super::accounts::{hash_password, is_own_password};
use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::{Chrome, When};
use crate::actions::{ActionError, accounts};
use crate::domain::account::check_password;
use crate::domain::fault::Faults;
use crate::domain::ids::SessionId;
use crate::domain::language::Language;
use crate::i18n::{self, Loader};
use crate::store;

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct AccountPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    errors: FieldErrors,
    name: String,
    email: String,
    organisation: String,
    language: String,
    languages: Vec<(String, String)>,
    roles: Vec<RoleRow>,
    sessions: Vec<SessionRow>,
    token: String,
}

struct RoleRow {
    track: String,
    role: String,
}

struct SessionRow {
    id: SessionId,
    browser: String,
    since: When,
    seen: When,
    own: bool,
}

pub fn show(cx: &Cx) -> Answer {
    Reply::page(&page(cx, FieldErrors::default(), None)?)
}

fn page(
    cx: &Cx,
    errors: FieldErrors,
    typed: Option<(String, String)>,
) -> Result<AccountPage<'_>, WebError> {
    let l = cx.l();
    let actor = cx.actor()?;
    cx.read(|conn| {
        let chrome = cx.chrome(conn, &fl!(l, "account-title"))?;
        let programme = cx.programme(conn)?;
        let held = store::sessions::list_of(conn, actor.account, cx.now)?;
        let roles = actor.memberships.iter().filter_map(|(track, role)| {
            let track = programme.track_by_id(*track)?;
            Some(RoleRow {
                track: track.name(cx.language).text.to_owned(),
                role: i18n::message(l, &format!("role-{role}")),
            })
        });
        let convening = actor.secretariat.then(|| RoleRow {
            track: fl!(l, "account-everywhere"),
            role: i18n::message(l, "role-secretariat"),
        });
        let session = |row: store::sessions::Session| SessionRow {
            id: row.id,
            browser: browser_name(&row.browser),
            since: When::time(cx.language, row.created_at),
            seen: When::time(cx.language, row.seen_at),
            own: Some(row.id) == cx.session,
        };
        let (name, language) =
            typed.unwrap_or_else(|| (actor.name.clone(), actor.language.to_string()));
        let own_names =
            Language::ALL.iter().map(|own| (own.to_string(), own.own_name().to_owned()));
        Ok(AccountPage {
            l,
            chrome,
            errors,
            name,
            email: actor.email.clone(),
            organisation: actor.organisation_name.clone(),
            language,
            languages: own_names.collect(),
            roles: convening.into_iter().chain(roles).collect(),
            sessions: held.into_iter().map(session).collect(),
            token: cx.form_token(),
        })
    })
}

/// Enough of a `User-Agent` to know one's own browsers apart.
fn browser_name(agent: &str) -> String {
    let browser = ["Edg/", "OPR/", "Firefox/", "Chrome/", "Safari/"]
        .into_iter()
        .find(|mark| agent.contains(mark))
        .map_or("", |mark| match mark {
            "Edg/" => "Edge",
            "OPR/" => "Opera",
            other => other.trim_end_matches('/'),
        });
    let system = ["Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"]
        .into_iter()
        .find(|mark| agent.contains(mark))
        .unwrap_or("");
    match (browser, system) {
        ("", "") => agent.chars().take(40).collect(),
        (browser, system) => format!("{browser} {system}").trim().to_owned(),
    }
}

pub fn change_profile(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let once = form.take("once");
    let (name, language) = (form.take("name"), form.take("language"));
    form.finish()?;
    let actor = cx.actor()?;
    let done = cx.once(&once, |conn| {
        accounts::change_profile(conn, actor, &name, &language, cx.now)?;
        Ok("/account?done=profile".to_owned())
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            Reply::refused(&page(cx, cx.errors(&faults), Some((name, language)))?)
        }
        other => Ok(other?),
    }
}

pub fn change_password(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let once = form.take("once");
    let (current, new) = (form.take("current-password"), form.take("new-password"));
    form.finish()?;
    let actor = cx.actor()?;
    let mut faults = Faults::default();
    if !is_own_password(cx, &current)? {
        faults.add("current-password", "fault-password-wrong");
    }
    check_password(&mut faults, "new-password", &new, &[&actor.name, &actor.email]);
    if !faults.is_empty() {
        return Reply::refused(&page(cx, cx.errors(&faults), None)?);
    }
    let hash = hash_password(cx, &new)?;
    Ok(cx.once(&once, |conn| {
        accounts::change_password(conn, actor, &hash, cx.session, cx.now)?;
        Ok("/account?done=password".to_owned())
    })?)
}

pub fn end_session(cx: &Cx) -> Answer {
    cx.form().finish()?;
    let actor = cx.actor()?;
    let id: SessionId = cx.param_as("session")?;
    let ended = cx.write(|conn| accounts::end_session(conn, actor, id, cx.now))?;
    if ended { Ok(Reply::see_other("/account?done=session")) } else { Err(WebError::NotFound) }
}
