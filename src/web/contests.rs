//! Contesting an answer, and answering the contest on the record.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::{Chrome, When};
use super::recommendations::{Head, find};
use crate::actions::comments::find_top_level;
use crate::actions::{ActionError, contests};
use crate::domain::comment::contestable_until;
use crate::domain::fault::Faults;
use crate::domain::ids::{CommentId, ContestId};
use crate::domain::permission::{Verb, may};
use crate::i18n::{self, Loader};
use crate::store::comments::Comment;

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
    body: String,
    token: String,
}

/// The answer in words, and its reason.
fn answered(l: &Loader, comment: &Comment) -> (String, String) {
    let named = |word| i18n::message(l, &format!("disposition-{word}"));
    let disposition = comment.disposition.map(named).unwrap_or_default();
    (disposition, comment.reason.clone().unwrap_or_default())
}

fn contest_page(cx: &Cx, body: String, faults: &Faults) -> Answer {
    let l = cx.l();
    let id: CommentId = cx.param_as("comment")?;
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        let actor = cx.actor()?;
        may(actor, Verb::Contest, &own.object())?;
        let comment = find_top_level(conn, &own, id)?;
        let disposed = comment.disposed_at.filter(|_| comment.author == actor.account);
        let until = contestable_until(disposed.ok_or(WebError::NotFound)?, own.contest_days);
        let programme = cx.programme(conn)?;
        let heading = fl!(l, "contest-title");
        let when = When::time(cx.language, until).human;
        let (disposition, reason) = answered(l, &comment);
        Ok::<_, WebError>(ContestPage {
            l,
            chrome: cx
                .chrome(conn, &format!("{heading} – {}", own.reference))?
                .in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "ledger")?,
            errors: cx.errors(faults),
            heading,
            hint: fl!(l, "contest-hint", until = when),
            label: fl!(l, "contest-body"),
            button: fl!(l, "contest-button"),
            action: format!("/drafts/{}/comments/{id}/contest", own.reference),
            back: format!("/drafts/{}#c{id}", own.reference),
            html: comment.html,
            disposition,
            reason,
            contest: None,
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
    let id: CommentId = cx.param_as("comment")?;
    let mut fields = cx.form();
    let (once, body) = (fields.take("once"), fields.take("body"));
    fields.finish()?;
    let reference = cx.param("reference");
    let done = cx.once(&once, |conn| {
        contests::contest_comment(conn, actor, reference, id, &body, cx.now)?;
        Ok(format!("/drafts/{reference}?done=contested#c{id}"))
    });
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
        let (html, (disposition, reason)) = match contest.comment {
            Some(comment) => {
                let comment = find_top_level(conn, &own, comment)?;
                let words = answered(l, &comment);
                (comment.html, words)
            }
            None => (String::new(), (String::new(), String::new())),
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
            html,
            disposition,
            reason,
            contest: Some((contest.author_name, when, contest.body)),
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
