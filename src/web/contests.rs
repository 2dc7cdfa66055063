//! Contesting an answer, and answering the contest on the record.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::FieldErrors;
use super::notes::ContestView;
use super::page::{Chrome, When};
use super::queue::{self, Step};
use super::recommendations::{Head, find};
use crate::actions::comments::find_top_level;
use crate::actions::{ActionError, contests};
use crate::domain::Instant;
use crate::domain::comment::{Disposition, contestable_until};
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, CommentId, ContestId};
use crate::domain::permission::{Verb, allows, may};
use crate::domain::recommendation::Recommendation;
use crate::i18n::{self, Loader};
use crate::store::amendments::Amendment;
use crate::store::contests::Contested;
use crate::store::{self, DbConn};

#[derive(Template)]
#[template(path = "comments/contest.html")]
struct ContestPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    heading: String,
    hint: String,
    label: String,
    button: String,
    action: String,
    back: String,
    /// What was said, and how it was answered.
    html: String,
    disposition: String,
    reason: String,
    /// The contest, when it is being answered.
    contest: Option<(String, When, String)>,
    /// Where it stands in the chair's queue.
    step: Option<Step>,
    body: String,
    token: String,
}

/// A comment or an amendment with the answer that was given to it.
struct Answered {
    html: String,
    disposition: String,
    reason: String,
    author: AccountId,
    at: Option<Instant>,
    /// The address of the contest, and what to go back to.
    action: String,
    back: String,
}

fn named(l: &Loader, disposition: Option<Disposition>) -> String {
    let word = disposition.map(|word| i18n::message(l, &format!("disposition-{word}")));
    word.unwrap_or_default()
}

fn of_comment(
    cx: &Cx,
    conn: &mut DbConn,
    own: &Recommendation,
    id: CommentId,
) -> Result<Answered, WebError> {
    let found = find_top_level(conn, own, id)?;
    Ok(Answered {
        html: found.html,
        disposition: named(cx.l(), found.disposition),
        reason: found.reason.unwrap_or_default(),
        author: found.author,
        at: found.disposed_at,
        action: format!("/drafts/{}/comments/{id}/contest", own.reference),
        back: format!("/drafts/{}#c{id}", own.reference),
    })
}

fn of_amendment(cx: &Cx, own: &Recommendation, found: Amendment) -> Answered {
    let page = format!("/drafts/{}/amendments/{}", own.reference, found.number);
    Answered {
        html: found.reason_html,
        disposition: named(cx.l(), found.disposition),
        reason: found.disposition_reason.unwrap_or_default(),
        author: found.author,
        at: found.disposed_at,
        action: format!("{page}/contest"),
        back: page,
    }
}

/// What the page of an amendment shows of a contest: the contest, and where the
/// reader may begin one.
///
/// # Errors
/// When the database cannot be read.
pub fn of_answer(
    cx: &Cx,
    conn: &mut DbConn,
    own: &Recommendation,
    amendment: &Amendment,
) -> Result<(Option<ContestView>, String), WebError> {
    let Some(disposed_at) = amendment.disposed_at else { return Ok((None, String::new())) };
    let actor = cx.actor()?;
    let found = store::contests::find_of(conn, Contested::Amendment(amendment.id))?;
    let Some(found) = found else {
        let may = amendment.author == actor.account
            && allows(actor, Verb::Contest, &own.object())
            && cx.now <= contestable_until(disposed_at, own.contest_days);
        let page = format!("/drafts/{}/amendments/{}", own.reference, amendment.number);
        return Ok((None, if may { format!("{page}/contest") } else { String::new() }));
    };
    let by: Vec<AccountId> = found.answered_by.into_iter().collect();
    let names = store::comments::names_of(conn, &by)?;
    let name = names.into_iter().next().map(|(_, name)| name).unwrap_or_default();
    let may_answer = allows(actor, Verb::Dispose, &own.object());
    let view = ContestView::new(cx, &own.reference, found, name, may_answer);
    Ok((Some(view), String::new()))
}

/// What the address contests.
fn find_answered(cx: &Cx, conn: &mut DbConn, own: &Recommendation) -> Result<Answered, WebError> {
    if cx.param("comment").is_empty() {
        let found = store::amendments::find(conn, own.id, cx.param_as("number")?)?;
        return Ok(of_amendment(cx, own, found.ok_or(WebError::NotFound)?));
    }
    of_comment(cx, conn, own, cx.param_as("comment")?)
}

fn contest_page(cx: &Cx, body: String, faults: &Faults) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        let actor = cx.actor()?;
        may(actor, Verb::Contest, &own.object())?;
        let answered = find_answered(cx, conn, &own)?;
        let disposed = answered.at.filter(|_| answered.author == actor.account);
        let until = contestable_until(disposed.ok_or(WebError::NotFound)?, own.contest_days);
        let programme = cx.programme(conn)?;
        let heading = fl!(l, "contest-title");
        let title = format!("{heading} – {}", own.reference);
        let when = When::time(cx.language, until).human;
        Ok::<_, WebError>(ContestPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "ledger")?,
            errors: cx.errors(faults),
            heading,
            hint: fl!(l, "contest-hint", until = when),
            label: fl!(l, "contest-body"),
            button: fl!(l, "contest-button"),
            action: answered.action,
            back: answered.back,
            html: answered.html,
            disposition: answered.disposition,
            reason: answered.reason,
            contest: None,
            step: None,
            body,
            token: cx.form_token(),
        })
    })?;
    if faults.is_empty() { Reply::page(&page) } else { Reply::refused(&page) }
}

pub fn show_new(cx: &Cx) -> Answer {
    contest_page(cx, String::new(), &Faults::default())
}

pub fn create(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut fields = cx.form();
    let (once, body) = (fields.take("once"), fields.take("body"));
    fields.finish()?;
    let reference = cx.param("reference");
    let done = if cx.param("comment").is_empty() {
        let number: i32 = cx.param_as("number")?;
        cx.once(&once, |conn| {
            contests::contest_amendment(conn, actor, reference, number, &body, cx.now)?;
            Ok(format!("/drafts/{reference}/amendments/{number}?done=contested"))
        })
    } else {
        let id: CommentId = cx.param_as("comment")?;
        cx.once(&once, |conn| {
            contests::contest_comment(conn, actor, reference, id, &body, cx.now)?;
            Ok(format!("/drafts/{reference}?done=contested#c{id}"))
        })
    };
    match done {
        Err(ActionError::Faults(faults)) => contest_page(cx, body, &faults),
        other => Ok(other?),
    }
}

fn answer_page(cx: &Cx, body: String, faults: &Faults) -> Answer {
    let l = cx.l();
    let id: ContestId = cx.param_as("contest")?;
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        may(cx.actor()?, Verb::Dispose, &own.object())?;
        let contest = contests::find(conn, &own, id)?;
        let answered = match (contest.comment, contest.amendment) {
            (Some(comment), _) => of_comment(cx, conn, &own, comment)?,
            (None, Some(amendment)) => {
                let found = store::amendments::list_by_ids(conn, &[amendment])?.into_iter().next();
                of_amendment(cx, &own, found.ok_or(WebError::NotFound)?)
            }
            (None, None) => return Err(WebError::NotFound),
        };
        let programme = cx.programme(conn)?;
        let heading = fl!(l, "contest-answer-title");
        let when = When::time(cx.language, contest.created_at);
        Ok::<_, WebError>(ContestPage {
            l,
            chrome: cx
                .chrome(conn, &format!("{heading} – {}", own.reference))?
                .in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "ledger")?,
            errors: cx.errors(faults),
            heading,
            hint: fl!(l, "contest-answer-hint"),
            label: fl!(l, "contest-answer-body"),
            button: fl!(l, "contest-answer-button"),
            action: format!("/drafts/{}/contests/{id}", own.reference),
            back: format!("/drafts/{}/ledger#k{id}", own.reference),
            html: answered.html,
            disposition: answered.disposition,
            reason: answered.reason,
            contest: Some((contest.author_name, when, contest.body)),
            step: queue::step(cx, conn, &cx.path)?,
            body,
            token: cx.form_token(),
        })
    })?;
    if faults.is_empty() { Reply::page(&page) } else { Reply::refused(&page) }
}

pub fn show_answer(cx: &Cx) -> Answer {
    answer_page(cx, String::new(), &Faults::default())
}

pub fn answer(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let id: ContestId = cx.param_as("contest")?;
    let mut fields = cx.form();
    let (once, body) = (fields.take("once"), fields.take("body"));
    fields.finish()?;
    let reference = cx.param("reference");
    let done = cx.once(&once, |conn| {
        contests::answer(conn, actor, reference, id, &body, cx.now)?;
        Ok(format!("/drafts/{reference}/ledger?done=contest-answered#k{id}"))
    });
    match done {
        Err(ActionError::Faults(faults)) => answer_page(cx, body, &faults),
        other => Ok(other?),
    }
}
