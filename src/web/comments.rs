//! Writing a comment or a reply, and answering one.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::{Chrome, When};
use super::recommendations::{Head, find, section_title};
use crate::actions::ActionError;
use crate::actions::comments::{self, Target, find_anchor, find_top_level};
use crate::domain::comment::{Disposition, NewComment};
use crate::domain::fault::Faults;
use crate::domain::ids::CommentId;
use crate::domain::permission::{Verb, may};
use crate::domain::recommendation::anchor_prefix;
use crate::domain::role::Capacity;
use crate::i18n::{self, Loader};

#[derive(Template)]
#[template(path = "comments/new.html")]
struct NewPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    heading: String,
    /// The words it is about: a block's text, or the comment replied to.
    quote: Option<String>,
    section: Option<String>,
    action: String,
    form: CommentForm,
    body: String,
    capacity: String,
    organisation: String,
    back: String,
    token: String,
}

/// Which text the comment is put on.
#[derive(Debug, Clone, Default)]
struct CommentForm {
    revision: i32,
    section: String,
    position: i32,
    reply: Option<CommentId>,
}

impl CommentForm {
    fn target(&self) -> Target {
        if self.section.is_empty() {
            Target::Whole
        } else {
            Target::Block { section: self.section.clone(), position: self.position }
        }
    }
}

fn new_page(cx: &Cx, form: CommentForm, body: String, capacity: String, faults: &Faults) -> Answer {
    let l = cx.l();
    let actor = cx.actor()?;
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        // Whoever may only read has no such page; a closed text still shows
        // what was typed.
        let open = crate::domain::permission::Object {
            stage: Some(crate::domain::stage::Stage::Open),
            ..own.object()
        };
        may(actor, Verb::Comment, &open)?;
        let programme = cx.programme(conn)?;
        let here = format!("/drafts/{}", own.reference);
        let (heading, quote, section, action, back) = match form.reply {
            Some(id) => {
                let parent = find_top_level(conn, &own, id)?;
                let heading = fl!(l, "comment-reply-to", who = parent.author_name.as_str());
                let action = format!("{here}/comments/{id}/replies");
                (heading, Some(parent.body), None, action, format!("{here}#c{id}"))
            }
            None => {
                let action = format!("{here}/comments");
                if form.section.is_empty() {
                    (fl!(l, "comment-on-whole"), None, None, action, here)
                } else {
                    let anchor =
                        find_anchor(conn, &own, form.revision, &form.section, form.position)?;
                    let section = section_title(cx, &programme, &form.section);
                    let prefix = anchor_prefix(&form.section);
                    let back = format!("{here}#{prefix}-{}", form.position);
                    let heading = fl!(l, "comment-on-block", n = form.position);
                    (heading, Some(anchor.quote), Some(section), action, back)
                }
            }
        };
        let title = format!("{heading} – {}", own.reference);
        Ok::<_, WebError>(NewPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "comment")?,
            errors: cx.errors(faults),
            heading,
            quote,
            section,
            action,
            form,
            body,
            capacity,
            organisation: actor.organisation_name.clone(),
            back,
            token: cx.form_token(),
        })
    })?;
    if faults.is_empty() { Reply::page(&page) } else { Reply::refused(&page) }
}

pub fn show_new(cx: &Cx) -> Answer {
    let mut query = cx.query();
    let reply = query.take_parsed("reply");
    let section = query.take("section");
    let current = cx.read(|conn| find(cx, conn))?.revision;
    let form = CommentForm {
        revision: query.take_parsed("revision").unwrap_or(current),
        position: query.take_parsed("position").unwrap_or(0),
        section,
        reply,
    };
    let capacity = Capacity::Organisation.to_string();
    new_page(cx, form, String::new(), capacity, &Faults::default())
}

pub fn create(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let form = CommentForm {
        revision: fields.take_parsed("revision").ok_or(WebError::NotFound)?,
        section: fields.take("section"),
        position: fields.take_parsed("position").unwrap_or(0),
        reply: None,
    };
    let (body, capacity) = (fields.take("body"), fields.take("capacity"));
    fields.finish()?;
    let reference = cx.param("reference");
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = NewComment::parse(&body, &capacity).map_err(ActionError::Faults).and_then(|new| {
        cx.once(&once, |conn| {
            let target = form.target();
            let id = comments::create(
                conn,
                actor,
                &programme,
                reference,
                form.revision,
                &target,
                &new,
                cx.now,
            )?;
            Ok(format!("/drafts/{reference}?done=commented#c{id}"))
        })
    });
    match done {
        Err(ActionError::Faults(faults)) => new_page(cx, form, body, capacity, &faults),
        other => Ok(other?),
    }
}

pub fn reply(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let parent: CommentId = cx.param_as("comment")?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let (body, capacity) = (fields.take("body"), fields.take("capacity"));
    fields.finish()?;
    let reference = cx.param("reference");
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = NewComment::parse(&body, &capacity).map_err(ActionError::Faults).and_then(|new| {
        cx.once(&once, |conn| {
            let id = comments::reply(conn, actor, &programme, reference, parent, &new, cx.now)?;
            Ok(format!("/drafts/{reference}?done=replied#c{id}"))
        })
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            let form = CommentForm { reply: Some(parent), ..CommentForm::default() };
            new_page(cx, form, body, capacity, &faults)
        }
        other => Ok(other?),
    }
}

// ------------------------------------------------------------ disposition

#[derive(Template)]
#[template(path = "comments/dispose.html")]
struct DisposePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    id: CommentId,
    who: String,
    on_behalf: String,
    when: When,
    quote: Option<String>,
    html: String,
    choices: Vec<(String, String)>,
    disposition: String,
    reason: String,
    token: String,
}

fn dispose_page(cx: &Cx, typed: Option<(String, String)>, faults: &Faults) -> Answer {
    let l = cx.l();
    let id: CommentId = cx.param_as("comment")?;
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        may(cx.actor()?, Verb::Dispose, &own.object())?;
        let comment = find_top_level(conn, &own, id)?;
        let programme = cx.programme(conn)?;
        let title = format!("{} – {}", fl!(l, "comment-answer"), own.reference);
        let stored = (
            comment.disposition.map(|own| own.to_string()).unwrap_or_default(),
            comment.reason.clone().unwrap_or_default(),
        );
        let (disposition, reason) = typed.unwrap_or(stored);
        let choice =
            |own: &Disposition| (own.to_string(), i18n::message(l, &format!("disposition-{own}")));
        Ok::<_, WebError>(DisposePage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "ledger")?,
            errors: cx.errors(faults),
            id,
            who: comment.author_name,
            on_behalf: comment.organisation_name,
            when: When::time(cx.language, comment.created_at),
            quote: comment.quote,
            html: comment.html,
            choices: Disposition::ALL.iter().map(choice).collect(),
            disposition,
            reason,
            token: cx.form_token(),
        })
    })?;
    if faults.is_empty() { Reply::page(&page) } else { Reply::refused(&page) }
}

pub fn show_dispose(cx: &Cx) -> Answer {
    dispose_page(cx, None, &Faults::default())
}

pub fn dispose(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let id: CommentId = cx.param_as("comment")?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let (disposition, reason) = (fields.take("disposition"), fields.take("reason"));
    fields.finish()?;
    let reference = cx.param("reference");
    let done = cx.once(&once, |conn| {
        comments::dispose(conn, actor, reference, id, &disposition, &reason, cx.now)?;
        Ok(format!("/drafts/{reference}/ledger?done=disposed#c{id}"))
    });
    match done {
        Err(ActionError::Faults(faults)) => dispose_page(cx, Some((disposition, reason)), &faults),
        other => Ok(other?),
    }
}
