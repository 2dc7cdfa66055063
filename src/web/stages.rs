//! The chair's page: open, close, agree, reopen, withdraw.

use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::Chrome;
use super::recommendations::{Head, find};
use crate::actions::{ActionError, contests, recommendations};
use crate::domain::Instant;
use crate::domain::fault::Faults;
use crate::domain::permission::{Verb, allows};
use crate::i18n::Loader;
use crate::store::{self, DbConn};

/// What a browser's field for day and time sends.
const DATE_TIME: &str = "%Y-%m-%dT%H:%M";

#[derive(Template)]
#[template(path = "drafts/stage.html")]
struct StagePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    may_open: bool,
    may_close: bool,
    may_agree: bool,
    may_reopen: bool,
    may_withdraw: bool,
    acting: bool,
    unanswered: i64,
    /// Contests that the chair has not answered.
    contested: i64,
    may_set_days: bool,
    days: String,
    until: String,
    reason: String,
    /// The form whose reason is being asked again.
    reason_of: &'static str,
    newer: Option<i32>,
    token: String,
}

#[derive(Default)]
struct Typed {
    until: Option<String>,
    days: Option<String>,
    reason: String,
    reason_of: &'static str,
    newer: Option<i32>,
}

fn page<'a>(cx: &'a Cx, faults: &Faults, typed: Typed) -> Result<StagePage<'a>, WebError> {
    let l = cx.l();
    let actor = cx.actor()?;
    cx.read(|conn| {
        let own = find(cx, conn)?;
        let object = own.object();
        let may = |verb| allows(actor, verb, &object);
        let programme = cx.programme(conn)?;
        let title = format!("{}: {}", fl!(l, "draft-tab-stage"), own.reference);
        let head = Head::new(cx, conn, &programme, &own, "stage")?;
        if !head.may_chair {
            return Err(WebError::NotFound);
        }
        let week = cx.now + chrono::TimeDelta::days(21);
        let until = typed.until.unwrap_or_else(|| {
            let shown = own.comments_until.filter(|until| *until > cx.now).unwrap_or(week);
            shown.format(DATE_TIME).to_string()
        });
        Ok(StagePage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head,
            errors: cx.errors(faults),
            may_open: may(Verb::Open),
            may_close: may(Verb::Close),
            may_agree: may(Verb::Agree),
            may_reopen: may(Verb::Reopen),
            may_withdraw: may(Verb::Withdraw),
            acting: !own.has_chair,
            unanswered: store::comments::count_unanswered(conn, own.id)?
                + store::amendments::count_unanswered(conn, own.id)?,
            contested: store::contests::count_unanswered(conn, own.id)?,
            may_set_days: may(Verb::Dispose),
            days: typed.days.unwrap_or_else(|| own.contest_days.to_string()),
            until,
            reason: typed.reason,
            reason_of: typed.reason_of,
            newer: typed.newer,
            token: cx.form_token(),
        })
    })
}

pub fn show_stage(cx: &Cx) -> Answer {
    Reply::page(&page(cx, &Faults::default(), Typed::default())?)
}

/// Carries out `verb` once; a refused form is the page again.
fn change(
    cx: &Cx,
    once: &str,
    done: &str,
    typed: Typed,
    verb: impl FnOnce(&mut DbConn, &str) -> Result<(), ActionError>,
) -> Answer {
    let reference = cx.param("reference");
    let outcome = cx.once(once, |conn| {
        verb(conn, reference)?;
        Ok(format!("/drafts/{reference}?done={done}"))
    });
    match outcome {
        Err(ActionError::Faults(faults)) => Reply::refused(&page(cx, &faults, typed)?),
        // A newer revision exists: both are named, nothing is agreed.
        Err(ActionError::Stale(newer)) => {
            let typed = Typed { newer: Some(newer), ..typed };
            Reply::refused(&page(cx, &Faults::default(), typed)?)
        }
        other => Ok(other?),
    }
}

fn parse_until(raw: &str) -> Option<Instant> {
    let raw = raw.trim();
    NaiveDateTime::parse_from_str(raw, DATE_TIME)
        .or_else(|_| NaiveDateTime::parse_from_str(raw, "%Y-%m-%d %H:%M"))
        .ok()
}

pub fn open(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut form = cx.form();
    let (once, raw) = (form.take("once"), form.take("until"));
    form.finish()?;
    let typed = Typed { until: Some(raw.clone()), ..Typed::default() };
    let until = parse_until(&raw);
    change(cx, &once, "opened", typed, |conn, reference| {
        let until = until.ok_or_else(|| Faults::one("until", "fault-date-time"))?;
        recommendations::open(conn, actor, reference, until, cx.now)
    })
}

pub fn set_contest_days(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut form = cx.form();
    let (once, raw) = (form.take("once"), form.take("days"));
    form.finish()?;
    let typed = Typed { days: Some(raw.clone()), ..Typed::default() };
    let reference = cx.param("reference");
    let outcome = cx.once(&once, |conn| {
        contests::set_days(conn, actor, reference, raw.trim().parse().ok(), cx.now)?;
        Ok(format!("/drafts/{reference}/stage?done=contest-days"))
    });
    match outcome {
        Err(ActionError::Faults(faults)) => Reply::refused(&page(cx, &faults, typed)?),
        other => Ok(other?),
    }
}

pub fn close(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut form = cx.form();
    let once = form.take("once");
    form.finish()?;
    change(cx, &once, "closed", Typed::default(), |conn, reference| {
        recommendations::close(conn, actor, reference, cx.now)
    })
}

pub fn agree(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut form = cx.form();
    let once = form.take("once");
    let revision: i32 = form.take_parsed("revision").ok_or(WebError::NotFound)?;
    form.finish()?;
    change(cx, &once, "agreed", Typed::default(), |conn, reference| {
        recommendations::agree(conn, actor, reference, revision, cx.now)
    })
}

pub fn reopen(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut form = cx.form();
    let (once, reason) = (form.take("once"), form.take("reason"));
    form.finish()?;
    let typed = Typed { reason: reason.clone(), reason_of: "reopen", ..Typed::default() };
    change(cx, &once, "reopened", typed, |conn, reference| {
        recommendations::reopen(conn, actor, reference, &reason, cx.now)
    })
}

pub fn withdraw(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut form = cx.form();
    let (once, reason) = (form.take("once"), form.take("reason"));
    form.finish()?;
    let typed = Typed { reason: reason.clone(), reason_of: "withdraw", ..Typed::default() };
    change(cx, &once, "withdrawn", typed, |conn, reference| {
        recommendations::withdraw(conn, actor, reference, &reason, cx.now)
    })
}
