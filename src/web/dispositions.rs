//! The chair's answer to a comment, or one answer to several.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::{FieldErrors, Fields};
use super::notes::on_behalf;
use super::page::{Chrome, When};
use super::queue::{self, Step};
use super::recommendations::{Head, find};
use crate::actions::ActionError;
use crate::actions::comments::find_top_level;
use crate::actions::dispositions;
use crate::domain::Instant;
use crate::domain::comment::{Disposition, NewAnswer};
use crate::domain::fault::Faults;
use crate::domain::ids::CommentId;
use crate::domain::permission::{Verb, may};
use crate::domain::recommendation::Recommendation;
use crate::i18n::{self, Loader};
use crate::store::comments::Comment;
use crate::store::{self, DbConn};

/// Revisions that the form offers as those that carried the answer out.
const MOST_REVISIONS: i64 = 50;

/// A comment that is about to be answered.
pub struct Asked {
    pub id: CommentId,
    pub who: String,
    pub on_behalf: String,
    pub when: When,
    pub kind: Option<String>,
    pub quote: Option<String>,
    pub html: String,
    pub proposed: Option<String>,
}

impl Asked {
    fn new(cx: &Cx, comment: &Comment) -> Self {
        let l = cx.l();
        let kind = |kind| i18n::message(l, &format!("comment-kind-{kind}"));
        Self {
            id: comment.id,
            who: comment.author_name.clone(),
            on_behalf: on_behalf(l, comment),
            when: When::time(cx.language, comment.created_at),
            kind: comment.kind.map(kind),
            quote: comment.exact.clone().or_else(|| comment.quote.clone()),
            html: comment.html.clone(),
            proposed: comment.proposed.clone(),
        }
    }
}

/// What the chair typed, kept as it is.
#[derive(Debug, Clone, Default)]
struct Typed {
    disposition: String,
    reason: String,
    changed: String,
}

impl Typed {
    fn take(fields: &mut Fields) -> Self {
        Self {
            disposition: fields.take("disposition"),
            reason: fields.take("reason"),
            changed: fields.take("changed"),
        }
    }

    fn parse(&self) -> Result<NewAnswer, ActionError> {
        NewAnswer::parse(&self.disposition, &self.reason, &self.changed)
            .map_err(ActionError::Faults)
    }

    fn of(comment: &Comment) -> Self {
        Self {
            disposition: comment.disposition.map(|own| own.to_string()).unwrap_or_default(),
            reason: comment.reason.clone().unwrap_or_default(),
            changed: comment.changed_in.map(|own| own.to_string()).unwrap_or_default(),
        }
    }
}

fn choices(l: &Loader) -> Vec<(String, String)> {
    let choice =
        |own: &Disposition| (own.to_string(), i18n::message(l, &format!("disposition-{own}")));
    Disposition::ALL.iter().map(choice).collect()
}

/// The revisions that can have carried an answer out, newest first.
fn revisions(
    cx: &Cx,
    conn: &mut DbConn,
    own: &Recommendation,
) -> Result<Vec<(String, String)>, WebError> {
    let found = store::recommendations::list_revisions(conn, own.id, 0, MOST_REVISIONS)?;
    let row = |own: store::recommendations::Revision| {
        let name = fl!(cx.l(), "revision-n", n = own.number);
        (own.number.to_string(), format!("{name}: {}", own.summary))
    };
    Ok(found.into_iter().filter(|own| own.number > 1).map(row).collect())
}

/// An instant as a hidden field carries it.
fn stamp(at: Option<Instant>) -> String {
    at.map(|at| at.and_utc().timestamp_micros().to_string()).unwrap_or_default()
}

fn parse_stamp(text: &str) -> Option<Instant> {
    let micros = text.trim().parse().ok()?;
    chrono::DateTime::from_timestamp_micros(micros).map(|at| at.naive_utc())
}

// ------------------------------------------------------------------ one

#[derive(Template)]
#[template(path = "comments/dispose.html")]
struct DisposePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    asked: Asked,
    choices: Vec<(String, String)>,
    revisions: Vec<(String, String)>,
    typed: Typed,
    /// Where it stands in the chair's queue.
    step: Option<Step>,
    /// The answer this form would replace.
    seen: String,
    /// By whom and how it was answered while this form was open.
    meanwhile: Option<(String, String, String)>,
    token: String,
}

fn dispose_page(cx: &Cx, typed: Option<Typed>, raced: bool, faults: &Faults) -> Answer {
    let l = cx.l();
    let id: CommentId = cx.param_as("comment")?;
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        may(cx.actor()?, Verb::Dispose, &own.object())?;
        let comment = find_top_level(conn, &own, id)?;
        if comment.withdrawn_at.is_some() {
            return Err(WebError::Conflict("conflict-comment-withdrawn"));
        }
        let meanwhile = match comment.disposition.filter(|_| raced) {
            Some(disposition) => {
                let by: Vec<_> = comment.disposed_by.into_iter().collect();
                let names = store::comments::names_of(conn, &by)?;
                let name = names.into_iter().next().map(|(_, name)| name).unwrap_or_default();
                let named = i18n::message(l, &format!("disposition-{disposition}"));
                Some((name, named, comment.reason.clone().unwrap_or_default()))
            }
            None => None,
        };
        let programme = cx.programme(conn)?;
        let title = format!("{} – {}", fl!(l, "comment-answer"), own.reference);
        Ok::<_, WebError>(DisposePage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "ledger")?,
            errors: cx.errors(faults),
            asked: Asked::new(cx, &comment),
            choices: choices(l),
            revisions: revisions(cx, conn, &own)?,
            typed: typed.unwrap_or_else(|| Typed::of(&comment)),
            step: queue::step(cx, conn, &cx.path)?,
            seen: stamp(comment.disposed_at),
            meanwhile,
            token: cx.form_token(),
        })
    })?;
    if faults.is_empty() && !raced { Reply::page(&page) } else { Reply::refused(&page) }
}

pub fn show(cx: &Cx) -> Answer {
    dispose_page(cx, None, false, &Faults::default())
}

pub fn dispose(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let id: CommentId = cx.param_as("comment")?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let typed = Typed::take(&mut fields);
    let seen = parse_stamp(&fields.take("seen"));
    fields.finish()?;
    let reference = cx.param("reference");
    let done = typed.parse().and_then(|answer| {
        cx.once(&once, |conn| {
            dispositions::dispose(conn, actor, reference, id, &answer, seen, cx.now)?;
            Ok(format!("/drafts/{reference}/ledger?done=disposed#c{id}"))
        })
    });
    match done {
        Err(ActionError::Faults(faults)) => dispose_page(cx, Some(typed), false, &faults),
        // Somebody else was quicker: theirs is shown, what was typed is kept.
        Err(ActionError::Conflict("conflict-answered")) => {
            dispose_page(cx, Some(typed), true, &Faults::default())
        }
        other => Ok(other?),
    }
}

// -------------------------------------------------------------- several

#[derive(Template)]
#[template(path = "comments/dispose_several.html")]
struct SeveralPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    asked: Vec<Asked>,
    choices: Vec<(String, String)>,
    revisions: Vec<(String, String)>,
    typed: Typed,
    /// What the answer is called, on the page that shows it once more.
    checked: Option<String>,
    /// How many people will be told.
    authors: usize,
    token: String,
}

fn several_page(
    cx: &Cx,
    chosen: &[CommentId],
    typed: Typed,
    checked: bool,
    faults: &Faults,
) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        may(cx.actor()?, Verb::Dispose, &own.object())?;
        // A choice that can no longer be is shown as far as it goes.
        let mut faults = faults.clone();
        let found = match dispositions::find_chosen(conn, &own, chosen) {
            Ok(found) => found,
            Err(ActionError::Faults(more)) => {
                if faults.is_empty() {
                    faults = more;
                }
                let found = store::comments::list_by_ids(conn, chosen)?;
                let fits = |own_comment: &Comment| {
                    own_comment.recommendation == own.id && own_comment.is_unanswered()
                };
                found.into_iter().filter(fits).take(dispositions::MOST_AT_ONCE).collect()
            }
            Err(other) => return Err(other.into()),
        };
        let programme = cx.programme(conn)?;
        let title = format!("{} – {}", fl!(l, "several-title"), own.reference);
        let mut authors: Vec<_> = found.iter().map(|comment| comment.author).collect();
        authors.sort_unstable();
        authors.dedup();
        let named = |typed: &Typed| i18n::message(l, &format!("disposition-{}", typed.disposition));
        let checked = (checked && faults.is_empty()).then(|| named(&typed));
        let page = SeveralPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "ledger")?,
            errors: cx.errors(&faults),
            asked: found.iter().map(|comment| Asked::new(cx, comment)).collect(),
            choices: choices(l),
            revisions: revisions(cx, conn, &own)?,
            typed,
            checked,
            authors: authors.len(),
            token: cx.form_token(),
        };
        Ok::<_, WebError>((page, faults.is_empty()))
    })?;
    let (page, good) = page;
    if good { Reply::page(&page) } else { Reply::refused(&page) }
}

fn take_chosen(fields: &mut Fields) -> Vec<CommentId> {
    let mut chosen: Vec<CommentId> =
        fields.take_all("comment").iter().filter_map(|id| id.parse().ok()).collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

pub fn show_several(cx: &Cx) -> Answer {
    let chosen = take_chosen(&mut cx.query());
    several_page(cx, &chosen, Typed::default(), false, &Faults::default())
}

pub fn dispose_several(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let typed = Typed::take(&mut fields);
    let chosen = take_chosen(&mut fields);
    let intent = fields.take("intent");
    fields.finish()?;
    let answer = match typed.parse() {
        Ok(answer) => answer,
        Err(ActionError::Faults(faults)) => {
            return several_page(cx, &chosen, typed, false, &faults);
        }
        Err(other) => return Err(other.into()),
    };
    if intent != "record" {
        return several_page(cx, &chosen, typed, intent != "change", &Faults::default());
    }
    let reference = cx.param("reference");
    let done = cx.once(&once, |conn| {
        dispositions::dispose_several(conn, actor, reference, &chosen, &answer, cx.now)?;
        Ok(format!("/drafts/{reference}/ledger?done=disposed-several"))
    });
    match done {
        Err(ActionError::Faults(faults)) => several_page(cx, &chosen, typed, false, &faults),
        other => Ok(other?),
    }
}
