//! The demonstration: sign in as anybody of the cast, read the mail.
//!
//! These addresses exist only in `primum demo`; the handlers ask again.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply, SessionChange};
use super::error::WebError;
use super::page::{Chrome, When};
use super::track_label::TrackLabel;
use crate::actions::{By, accounts};
use crate::app::Demo;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::ids::AccountId;
use crate::domain::programme::Programme;
use crate::domain::role::Role;
use crate::i18n::{self, Loader};
use crate::store::{self, DbConn};

/// Roles in the order of the page, and how many people of each are shown
/// before the rest is folded away.
const ROLES: [&str; 5] = ["secretariat", "chair", "drafter", "participant", "observer"];
const SHOWN: usize = 2;
/// The cast is small; accounts made while it runs are not of it.
const MOST_PEOPLE: i64 = 500;

#[derive(Template)]
#[template(path = "demo/show.html")]
struct DemoPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    password: &'static str,
    groups: Vec<Group>,
}

/// The people whose highest role is the same.
struct Group {
    role: &'static str,
    name: String,
    /// What one can do in that role.
    note: String,
    shown: Vec<PersonRow>,
    folded: Vec<PersonRow>,
}

struct PersonRow {
    email: String,
    name: String,
    organisation: String,
    roles: Vec<(TrackLabel, String)>,
}

fn demo(cx: &Cx) -> Result<&Demo, WebError> {
    cx.app.demo.as_ref().ok_or(WebError::NotFound)
}

pub fn show(cx: &Cx) -> Answer {
    let demo = demo(cx)?;
    let l = cx.l();
    let page = cx.read(|conn| {
        let chrome = cx.chrome(conn, &fl!(l, "demo-title"))?;
        let programme = cx.programme(conn)?;
        let mut rows = people(conn, cx, demo, &programme)?;
        let group = |role: &'static str| {
            let (own, rest) =
                std::mem::take(&mut rows).into_iter().partition(|(own, _)| own == role);
            rows = rest;
            let own: Vec<(String, PersonRow)> = own;
            let mut shown: Vec<PersonRow> = own.into_iter().map(|(_, row)| row).collect();
            // One person is not worth a fold.
            let keep = if shown.len() == SHOWN + 1 { shown.len() } else { SHOWN };
            let folded = shown.split_off(shown.len().min(keep));
            Group {
                role,
                name: i18n::message(l, &format!("demo-{role}")),
                note: i18n::message(l, &format!("demo-{role}-note")),
                shown,
                folded,
            }
        };
        let groups = ROLES.into_iter().map(group).filter(|own| !own.shown.is_empty()).collect();
        Ok::<_, WebError>(DemoPage { l, chrome, password: demo.password, groups })
    })?;
    Reply::page(&page)
}

/// The cast in its own order, each with their highest role.
fn people(
    conn: &mut DbConn,
    cx: &Cx,
    demo: &Demo,
    programme: &Programme,
) -> store::Result<Vec<(String, PersonRow)>> {
    let everybody = store::accounts::list_people(conn, 0, MOST_PEOPLE)?;
    let ids: Vec<AccountId> = everybody.iter().map(|person| person.id).collect();
    let memberships = store::accounts::memberships_of_many(conn, &ids)?;
    let mut rows = Vec::new();
    for (email, highest) in &demo.accounts {
        let person = everybody.iter().find(|person| person.email == *email);
        let Some(person) = person.filter(|person| person.disabled_at.is_none()) else { continue };
        let mut held: Vec<(usize, TrackLabel, Role)> = Vec::new();
        for (account, track, role) in &memberships {
            let place = programme.tracks.iter().position(|own| own.id == *track);
            if let Some(place) = place.filter(|_| *account == person.id) {
                let label = TrackLabel::new(&programme.tracks[place], cx.language);
                held.push((place, label, *role));
            }
        }
        held.sort_by_key(|(place, _, role)| (std::cmp::Reverse(*role), *place));
        let name = |role: Role| i18n::message(cx.l(), &format!("role-{role}"));
        let row = PersonRow {
            email: email.clone(),
            name: person.name.clone(),
            organisation: person.organisation_name.clone(),
            roles: held.into_iter().map(|(_, label, role)| (label, name(role))).collect(),
        };
        rows.push((highest.clone(), row));
    }
    Ok(rows)
}

pub fn sign_in(cx: &Cx) -> Answer {
    let demo = demo(cx)?;
    let mut form = cx.form();
    let email = form.take("account");
    form.finish()?;
    // Of the cast, and nobody who was invited since: they have a password.
    if !demo.accounts.iter().any(|(own, _)| *own == email) {
        return Err(WebError::NotFound);
    }
    let account = cx
        .read(|conn| store::accounts::find_credentials(conn, &email))?
        .filter(|account| account.disabled_at.is_none())
        .ok_or(WebError::NotFound)?;
    let by = By::account(account.id);
    cx.write(|conn| {
        let object = AuditObject::Session;
        accounts::record_session(conn, by, AuditVerb::SignedIn, object, cx.now)
    })?;
    Ok(Reply::see_other("/desk").with_session(SessionChange::SignIn(account.id)))
}

#[derive(Template)]
#[template(path = "demo/mail.html")]
struct MailPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    letters: Vec<Letter>,
}

struct Letter {
    to: String,
    subject: String,
    when: When,
    paragraphs: Vec<Vec<Line>>,
}

struct Line {
    text: String,
    /// A path of ours, when the line is an address of this platform.
    href: Option<String>,
}

pub fn show_mail(cx: &Cx) -> Answer {
    demo(cx)?;
    let l = cx.l();
    let chrome = cx.read(|conn| cx.chrome(conn, &fl!(l, "demo-mail-title")))?;
    let origin = &cx.app.origin.address;
    let line = |text: &str| Line {
        text: text.to_owned(),
        href: text.trim().strip_prefix(origin).filter(|path| path.starts_with('/')).map(Into::into),
    };
    let letters = cx.app.mail.kept().into_iter().map(|mail| Letter {
        when: When::time(cx.language, mail.at),
        paragraphs: mail
            .body
            .replace("\r\n", "\n")
            .split("\n\n")
            .map(|part| part.lines().filter(|text| !text.is_empty()).map(line).collect())
            .filter(|lines: &Vec<Line>| !lines.is_empty())
            .collect(),
        to: mail.to,
        subject: mail.subject,
    });
    Reply::page(&MailPage { l, chrome, letters: letters.collect() })
}
