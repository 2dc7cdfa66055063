//! Writing a comment or a reply, changing one's own, withdrawing it.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::{FieldErrors, Fields};
use super::page::{Chrome, When};
use super::recommendations::{Head, find, section_title};
use crate::actions::ActionError;
use crate::actions::comments::{self, MOST_CANDIDATES, Target, find_spot, find_top_level};
use crate::domain::comment::{CommentKind, NewComment, Words};
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, CommentId};
use crate::domain::permission::{Object, Verb, may};
use crate::domain::recommendation::{Recommendation, anchor_prefix};
use crate::domain::role::Capacity;
use crate::domain::stage::Stage;
use crate::i18n::{self, Loader};
use crate::store::comments::Comment;
use crate::store::{self, DbConn};

#[derive(Template)]
#[template(path = "comments/new.html")]
struct NewPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    heading: String,
    /// What it is about: a block's text, or the comment replied to.
    quote: Option<String>,
    section: Option<String>,
    action: String,
    place: Place,
    typed: Typed,
    kinds: Vec<(String, String)>,
    people: Vec<Person>,
    organisation: String,
    back: String,
    send: String,
    token: String,
}

/// Somebody who can be named in a comment.
struct Person {
    account: AccountId,
    name: String,
    organisation: String,
    chosen: bool,
}

/// Which text the comment is put on.
#[derive(Debug, Clone, Default)]
struct Place {
    revision: i32,
    section: String,
    position: i32,
    /// What stands before and after the words meant, as a script sends it.
    before: String,
    after: String,
    reply: Option<CommentId>,
    edit: Option<CommentId>,
}

impl Place {
    /// Whether words of a block can be named.
    const fn takes_words(&self) -> bool {
        self.reply.is_none() && self.edit.is_none() && !self.section.is_empty()
    }

    fn target(&self, words: &str) -> Target {
        let (section, position) = (self.section.clone(), self.position);
        if section.is_empty() {
            Target::Whole
        } else if words.trim().is_empty() {
            Target::Block { section, position }
        } else {
            let (before, after) = (self.before.clone(), self.after.clone());
            let words = Words { exact: words.to_owned(), before, after };
            Target::Words { section, position, words }
        }
    }
}

/// What a person typed, kept as it is.
#[derive(Debug, Clone, Default)]
struct Typed {
    words: String,
    kind: String,
    body: String,
    proposed: String,
    capacity: String,
    mentions: Vec<AccountId>,
}

impl Typed {
    fn take(fields: &mut Fields, whole: bool) -> Self {
        let mut typed = Self {
            body: fields.take("body"),
            capacity: fields.take("capacity"),
            mentions: fields.take_all("mention").iter().filter_map(|id| id.parse().ok()).collect(),
            ..Self::default()
        };
        if whole {
            typed.kind = fields.take("kind");
            typed.proposed = fields.take("proposed");
        }
        typed
    }

    fn parse(&self) -> Result<NewComment, ActionError> {
        let new = NewComment::parse_whole(&self.body, &self.capacity, &self.kind, &self.proposed)
            .map_err(ActionError::Faults)?;
        Ok(NewComment { mentions: self.mentions.clone(), ..new })
    }

    fn of(comment: &Comment, mentions: Vec<AccountId>) -> Self {
        Self {
            words: String::new(),
            kind: comment.kind.map(|kind| kind.to_string()).unwrap_or_default(),
            body: comment.body.clone(),
            proposed: comment.proposed.clone().unwrap_or_default(),
            capacity: comment.capacity.to_string(),
            mentions,
        }
    }
}

/// Heading, what it is about, its section, where it goes, and back to where.
type Subject = (String, Option<String>, Option<String>, String, String);

fn subject(
    cx: &Cx,
    conn: &mut DbConn,
    own: &Recommendation,
    place: &Place,
) -> Result<Subject, WebError> {
    let l = cx.l();
    let here = format!("/drafts/{}", own.reference);
    if let Some(id) = place.edit {
        let action = format!("{here}/comments/{id}/edit");
        return Ok((fl!(l, "comment-edit"), None, None, action, format!("{here}#c{id}")));
    }
    if let Some(id) = place.reply {
        let parent = find_top_level(conn, own, id)?;
        let heading = fl!(l, "comment-reply-to", who = parent.author_name.as_str());
        let action = format!("{here}/comments/{id}/replies");
        return Ok((heading, Some(parent.body), None, action, format!("{here}#c{id}")));
    }
    let action = format!("{here}/comments");
    if place.section.is_empty() {
        return Ok((fl!(l, "comment-on-whole"), None, None, action, here));
    }
    let spot = find_spot(conn, own, place.revision, &place.target(""))?;
    let number = spot.as_ref().and_then(|spot| spot.number);
    let quote = spot.map(|spot| spot.anchor.quote);
    let programme = cx.programme(conn)?;
    let section = section_title(cx, &programme, &place.section);
    let back = format!("{here}#{}-{}", anchor_prefix(&place.section), place.position);
    let heading = fl!(l, "comment-on-block", n = number.unwrap_or_default());
    Ok((heading, quote, Some(section), action, back))
}

fn new_page(cx: &Cx, place: Place, typed: Typed, faults: &Faults) -> Answer {
    let l = cx.l();
    let actor = cx.actor()?;
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        // Whoever may only read has no such page; a closed text still shows
        // what was typed.
        may(actor, Verb::Comment, &Object { stage: Some(Stage::Open), ..own.object() })?;
        let programme = cx.programme(conn)?;
        let (heading, quote, section, action, back) = subject(cx, conn, &own, &place)?;
        let title = format!("{heading} – {}", own.reference);
        let people = store::mentions::list_candidates(conn, own.track, MOST_CANDIDATES)?;
        let person = |found: store::mentions::Candidate| Person {
            chosen: typed.mentions.contains(&found.account),
            account: found.account,
            name: found.name,
            organisation: found.organisation,
        };
        let kind = |kind: &CommentKind| {
            (kind.to_string(), i18n::message(l, &format!("comment-kind-{kind}")))
        };
        let send = match (place.reply, place.edit) {
            (_, Some(_)) => fl!(l, "comment-save"),
            (Some(_), _) => fl!(l, "comment-send-reply"),
            _ => fl!(l, "comment-send"),
        };
        Ok::<_, WebError>(NewPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "comment")?,
            errors: cx.errors(faults),
            heading,
            quote,
            section,
            action,
            kinds: CommentKind::ALL.iter().map(kind).collect(),
            people: people
                .into_iter()
                .filter(|own| own.account != actor.account)
                .map(person)
                .collect(),
            place,
            typed,
            organisation: actor.organisation_name.clone(),
            back,
            send,
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
    let place = Place {
        revision: query.take_parsed("revision").unwrap_or(current),
        position: query.take_parsed("position").unwrap_or(0),
        section,
        before: query.take("before"),
        after: query.take("after"),
        reply,
        edit: None,
    };
    let typed = Typed {
        words: query.take("words"),
        capacity: Capacity::Organisation.to_string(),
        ..Typed::default()
    };
    new_page(cx, place, typed, &Faults::default())
}

pub fn create(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let place = Place {
        revision: fields.take_parsed("revision").ok_or(WebError::NotFound)?,
        section: fields.take("section"),
        position: fields.take_parsed("position").unwrap_or(0),
        before: fields.take("before"),
        after: fields.take("after"),
        reply: None,
        edit: None,
    };
    let mut typed = Typed::take(&mut fields, true);
    typed.words = fields.take("words");
    fields.finish()?;
    let reference = cx.param("reference");
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = typed.parse().and_then(|new| {
        cx.once(&once, |conn| {
            let target = place.target(&typed.words);
            let id = comments::create(
                conn,
                actor,
                &programme,
                reference,
                place.revision,
                &target,
                &new,
                cx.now,
            )?;
            Ok(format!("/drafts/{reference}?done=commented#c{id}"))
        })
    });
    match done {
        Err(ActionError::Faults(faults)) => new_page(cx, place, typed, &faults),
        other => Ok(other?),
    }
}

pub fn reply(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let parent: CommentId = cx.param_as("comment")?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let typed = Typed::take(&mut fields, false);
    fields.finish()?;
    let reference = cx.param("reference");
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = typed.parse().and_then(|new| {
        cx.once(&once, |conn| {
            let id = comments::reply(conn, actor, &programme, reference, parent, &new, cx.now)?;
            Ok(format!("/drafts/{reference}?done=replied#c{id}"))
        })
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            new_page(cx, Place { reply: Some(parent), ..Place::default() }, typed, &faults)
        }
        other => Ok(other?),
    }
}

// ------------------------------------------------------------ one's own

/// One's own comment of the address, still to be changed, and who is named.
fn find_mine(cx: &Cx) -> Result<(Comment, Vec<AccountId>), WebError> {
    let actor = cx.actor()?;
    let id: CommentId = cx.param_as("comment")?;
    cx.read(|conn| {
        let own = find(cx, conn)?;
        let comment = comments::find_own(conn, actor, &own, id)?;
        let named = store::mentions::list_of(conn, &[id])?;
        Ok((comment, named.into_iter().map(|(_, account, _)| account).collect()))
    })
}

/// The place of an edit: a reply has fewer fields.
fn place_of(comment: &Comment) -> Place {
    Place { edit: Some(comment.id), reply: comment.parent, ..Place::default() }
}

pub fn show_edit(cx: &Cx) -> Answer {
    let (comment, mentions) = find_mine(cx)?;
    let typed = Typed::of(&comment, mentions);
    new_page(cx, place_of(&comment), typed, &Faults::default())
}

pub fn edit(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let (comment, _) = find_mine(cx)?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let mut typed = Typed::take(&mut fields, comment.parent.is_none());
    fields.finish()?;
    // In whose name it was said stays as it was.
    typed.capacity = comment.capacity.to_string();
    let (reference, id) = (cx.param("reference"), comment.id);
    let done = typed.parse().and_then(|new| {
        cx.once(&once, |conn| {
            comments::edit(conn, actor, reference, id, &new, cx.now)?;
            Ok(format!("/drafts/{reference}?done=comment-edited#c{id}"))
        })
    });
    match done {
        Err(ActionError::Faults(faults)) => new_page(cx, place_of(&comment), typed, &faults),
        other => Ok(other?),
    }
}

#[derive(Template)]
#[template(path = "comments/withdraw.html")]
struct WithdrawPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    id: CommentId,
    when: When,
    html: String,
    token: String,
}

pub fn show_withdraw(cx: &Cx) -> Answer {
    let l = cx.l();
    let (comment, _) = find_mine(cx)?;
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        may(cx.actor()?, Verb::Adapt, &own.object())?;
        let programme = cx.programme(conn)?;
        let title = format!("{} – {}", fl!(l, "comment-withdraw"), own.reference);
        Ok::<_, WebError>(WithdrawPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "comment")?,
            id: comment.id,
            when: When::time(cx.language, comment.created_at),
            html: comment.html.clone(),
            token: cx.form_token(),
        })
    })?;
    Reply::page(&page)
}

pub fn withdraw(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let id: CommentId = cx.param_as("comment")?;
    let mut fields = cx.form();
    let once = fields.take("once");
    fields.finish()?;
    let reference = cx.param("reference");
    Ok(cx.once(&once, |conn| {
        comments::withdraw(conn, actor, reference, id, cx.now)?;
        Ok(format!("/drafts/{reference}?done=comment-withdrawn#c{id}"))
    })?)
}
