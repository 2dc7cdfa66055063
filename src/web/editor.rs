//! Writing a text: the editor with its preview, and what a save leads to.

use askama::Template;
use i18n_embed_fl::fl;

use super::article::Article;
use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::{FieldErrors, Fields};
use super::merges;
use super::page::{Chrome, When};
use super::recommendations::{Head, Start, find, section_title};
use super::revisions::{DiffView, diff_views};
use super::working_copies::keep_lost;
use crate::actions::recommendations::{Base, Rendered, render};
use crate::actions::{ActionError, recommendations, working_copies};
use crate::domain::fault::Faults;
use crate::domain::permission::{Verb, may};
use crate::domain::programme::Programme;
use crate::domain::recommendation::{Draft, RATIONALE, Recommendation, STATEMENT, action_kind};
use crate::domain::working_copy::{self, WorkingCopy};
use crate::i18n::Loader;
use crate::markdown;
use crate::markdown::compare::{RowKind, SpanKind};
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

/// What the editor's form carries.
#[derive(Debug, Clone, Default)]
pub struct EditForm {
    pub title: String,
    pub summary: String,
    pub statement: String,
    pub rationale: String,
    /// Audience slug and text, in the programme's order, empty ones too.
    pub actions: Vec<(String, String)>,
    /// The revision the text started from; 0 for a new recommendation.
    pub base: i32,
    /// The older revision it was first written on, when it was merged since.
    pub merged: Option<i32>,
    pub preview: bool,
}

impl EditForm {
    /// # Errors
    /// When the programme cannot be read.
    pub fn empty(cx: &Cx) -> Result<Self, WebError> {
        let programme = cx.read(|conn| cx.programme(conn))?;
        let empty = |own: &crate::domain::programme::Audience| (own.slug.clone(), String::new());
        Ok(Self {
            summary: fl!(cx.l(), "edit-first-summary"),
            actions: programme.audiences.iter().map(empty).collect(),
            ..Self::default()
        })
    }

    /// Takes its fields out of a form.
    pub fn take(programme: &Programme, fields: &mut Fields) -> Self {
        let actions = programme.audiences.iter().map(|audience| {
            let body = fields.take(&action_kind(&audience.slug));
            (audience.slug.clone(), body)
        });
        let actions = actions.collect();
        Self {
            actions,
            title: fields.take("title"),
            summary: fields.take("summary"),
            statement: fields.take(STATEMENT),
            rationale: fields.take(RATIONALE),
            base: fields.take_parsed("base").unwrap_or(0),
            merged: fields.take_parsed("merged"),
            preview: fields.take("intent") == "preview",
        }
    }

    /// The text as it is stored.
    #[must_use]
    pub fn stored(programme: &Programme, own: &Recommendation, sections: &[Section]) -> Self {
        let body = |kind: &str| {
            let found = sections.iter().find(|section| section.kind == kind);
            found.map(|section| section.body.clone()).unwrap_or_default()
        };
        let action = |slug: &String| (slug.clone(), body(&action_kind(slug)));
        Self {
            title: own.title.clone(),
            statement: body(STATEMENT),
            rationale: body(RATIONALE),
            actions: programme.audiences.iter().map(|own| action(&own.slug)).collect(),
            base: own.revision,
            ..Self::default()
        }
    }

    /// Name and value of its fields, as a form carries them.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields = vec![
            ("title".to_owned(), self.title.clone()),
            (STATEMENT.to_owned(), self.statement.clone()),
            (RATIONALE.to_owned(), self.rationale.clone()),
        ];
        let actions = self.actions.iter();
        fields.extend(actions.map(|(slug, body)| (action_kind(slug), body.clone())));
        fields.push(("summary".to_owned(), self.summary.clone()));
        fields.push(("base".to_owned(), self.base.to_string()));
        fields.extend(self.merged.map(|merged| ("merged".to_owned(), merged.to_string())));
        fields
    }

    /// The working copy that it is, and the length of its text in bytes.
    #[must_use]
    pub fn copy(&self, cx: &Cx, more: &[(&str, &str)]) -> (WorkingCopy, usize) {
        let mut form = form_urlencoded::Serializer::new(String::new());
        let mut length = 0;
        for (name, value) in self.fields() {
            length += value.len();
            form.append_pair(&name, &value);
        }
        form.extend_pairs(more);
        (WorkingCopy { base: self.base, form: form.finish(), saved_at: cx.now }, length)
    }

    /// Kind and normalised text of each section that has any, in order.
    #[must_use]
    pub fn sections(&self) -> Vec<(String, String)> {
        let mut sections = vec![
            (STATEMENT.to_owned(), markdown::normalise(&self.statement)),
            (RATIONALE.to_owned(), markdown::normalise(&self.rationale)),
        ];
        let actions = self.actions.iter();
        sections.extend(actions.map(|(slug, body)| (action_kind(slug), markdown::normalise(body))));
        sections.retain(|(_, body)| !body.is_empty());
        sections
    }

    /// The draft it is, rendered.
    ///
    /// # Errors
    /// The faults of its fields.
    pub fn check(&self, programme: &Programme) -> Result<(Draft, Rendered), Faults> {
        let actions = self.actions.iter();
        let actions = actions.map(|(slug, body)| (slug.clone(), markdown::normalise(body)));
        // A preview needs no summary yet.
        let summary = if self.preview { "–" } else { &self.summary };
        let draft = Draft::parse(
            &self.title,
            summary,
            markdown::normalise(&self.statement),
            markdown::normalise(&self.rationale),
            actions.collect(),
        )?;
        let rendered = render(&draft, programme)?;
        Ok((draft, rendered))
    }
}

#[derive(Template)]
#[template(path = "drafts/edit.html")]
struct EditPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    errors: FieldErrors,
    /// `None` for a new recommendation.
    head: Option<Head>,
    start: Option<Start>,
    form: EditForm,
    actions: Vec<ActionField>,
    preview: Option<Article>,
    kept: Option<Kept>,
    /// Where the editor's script sends what is typed.
    place: String,
    /// What a copy on this device is stored under.
    device_key: String,
    token: String,
    /// For the form that asks for the pen.
    pen_token: String,
}

struct ActionField {
    name: String,
    label: String,
    value: String,
}

/// Text that was typed before and never saved as a revision.
#[derive(Default)]
pub struct Kept {
    /// When the one in the form was kept.
    when: Option<When>,
    machine: i64,
    /// A newer revision came meanwhile.
    newer: Option<i32>,
    /// Another copy that was put aside for it, or `shown` is that one.
    earlier: Option<When>,
    earlier_shown: bool,
    /// What it changes of the current revision, when that was asked for.
    changes: Option<Vec<DiffView>>,
}

/// What the page shows besides the form.
#[derive(Default)]
pub struct Extra<'a> {
    pub start: Option<Start>,
    pub own: Option<&'a Recommendation>,
    pub preview: Option<&'a Rendered>,
    pub kept: Option<Kept>,
}

/// The editor, whole: empty, with what was typed, with a preview.
///
/// # Errors
/// When the page cannot be made.
pub fn page(cx: &Cx, form: EditForm, extra: Extra<'_>, faults: &Faults) -> Answer {
    let l = cx.l();
    let account = cx.actor()?.account;
    let page = cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let title = match extra.own {
            Some(own) => format!("{}: {}", fl!(l, "edit-title"), own.reference),
            None => fl!(l, "drafts-new"),
        };
        let chrome = cx.chrome(conn, &title)?.in_section("drafts");
        let head = match extra.own {
            Some(own) => Some(Head::new(cx, conn, &programme, own, "edit")?),
            None => None,
        };
        let preview = match extra.preview {
            Some(_) => Some(preview_article(cx, &programme, &form)?),
            None => None,
        };
        let field = |(slug, body): &(String, String)| ActionField {
            name: action_kind(slug),
            label: section_title(cx, &programme, &action_kind(slug)),
            value: body.clone(),
        };
        let place = extra.own.map_or(working_copy::NEW, |own| own.reference.as_str());
        Ok::<_, WebError>(EditPage {
            l,
            chrome,
            errors: cx.errors(faults),
            head,
            start: extra.start,
            actions: form.actions.iter().map(field).collect(),
            preview,
            kept: extra.kept,
            device_key: format!("{account}:{place}"),
            place: place.to_owned(),
            token: cx.form_token(),
            pen_token: cx.form_token(),
            form,
        })
    })?;
    if faults.is_empty() { Reply::page(&page) } else { Reply::refused(&page) }
}

/// The article as it would be published, under ids of its own: the form's
/// fields have theirs on the same page. A section that cannot be rendered is
/// left out.
///
/// # Errors
/// When the template fails.
pub fn preview_article(
    cx: &Cx,
    programme: &Programme,
    form: &EditForm,
) -> Result<Article, WebError> {
    let parts = form.sections().into_iter().filter_map(|(kind, body)| {
        let pieces = markdown::render(&body, &Article::preview_prefix(&kind)).ok()?;
        Some((kind, pieces))
    });
    Article::preview(cx.l(), cx.language, programme, &parts.collect::<Vec<_>>())
}

/// What is typed, as it would be published: for the editor's script.
pub fn preview(cx: &Cx) -> Answer {
    let mut fields = cx.form();
    let programme = cx.read(|conn| cx.programme(conn))?;
    let form = EditForm::take(&programme, &mut fields);
    may_write(cx)?;
    let length: usize = form.sections().iter().map(|(_, body)| body.len()).sum();
    if length > working_copy::LONGEST {
        return Err(WebError::TooLarge);
    }
    Ok(Reply::html(200, preview_article(cx, &programme, &form)?.html))
}

/// The recommendation of the address when the asker may write in it; `None`
/// for the address of a new one, when they may start one.
///
/// # Errors
/// `NotFound` or `Conflict` otherwise.
pub fn may_write(cx: &Cx) -> Result<Option<Recommendation>, WebError> {
    if cx.param("reference") == working_copy::NEW {
        super::recommendations::may_start(cx)?;
        return Ok(None);
    }
    cx.read(|conn| load_to_revise(cx, conn)).map(Some)
}

fn load_to_revise(cx: &Cx, conn: &mut DbConn) -> Result<Recommendation, WebError> {
    let own = find(cx, conn)?;
    may(cx.actor()?, Verb::Revise, &own.object())?;
    Ok(own)
}

/// The working copy of a place, as a form, with its remaining fields.
///
/// # Errors
/// When the database cannot be read.
pub fn kept_form(
    cx: &Cx,
    conn: &mut DbConn,
    place: &str,
    current: i32,
) -> Result<Option<(EditForm, Fields, Kept)>, WebError> {
    let account = cx.actor()?.account;
    let programme = cx.programme(conn)?;
    let copy = store::working_copies::find(conn, account, place)?;
    let aside = store::working_copies::find(conn, account, &working_copy::aside(place))?;
    let wanted = cx.query().take("copy") == "earlier";
    let earlier = aside.as_ref().map(|copy| When::time(cx.language, copy.saved_at));
    let Some(copy) = (if wanted { aside.or(copy) } else { copy.or(aside) }) else {
        return Ok(None);
    };
    let mut fields = Fields::parse(copy.form.as_bytes());
    let mut form = EditForm::take(&programme, &mut fields);
    (form.base, form.preview) = (copy.base, false);
    let kept = Kept {
        when: Some(When::time(cx.language, copy.saved_at)),
        machine: copy.saved_at.and_utc().timestamp_millis(),
        newer: (copy.base < current).then_some(current),
        earlier: earlier.filter(|_| !wanted),
        earlier_shown: wanted,
        changes: None,
    };
    Ok(Some((form, fields, kept)))
}

/// The sections in which a text differs from the current revision.
fn changes(
    cx: &Cx,
    conn: &mut DbConn,
    own: &Recommendation,
    form: &EditForm,
) -> Result<Vec<DiffView>, WebError> {
    let programme = cx.programme(conn)?;
    let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
    let old: Vec<(String, String)> =
        sections.into_iter().map(|section| (section.kind, section.body)).collect();
    let mut views = diff_views(cx, &programme, &old, &form.sections());
    views.retain(|section| section.comparison.changed > 0);
    Ok(views)
}

pub fn show_edit(cx: &Cx) -> Answer {
    let (own, form, kept) = cx.read(|conn| {
        let own = load_to_revise(cx, conn)?;
        let found = kept_form(cx, conn, &own.reference, own.revision)?;
        if let Some((form, _, mut kept)) = found {
            if cx.query().take("changes") == "1" {
                kept.changes = Some(changes(cx, conn, &own, &form)?);
            }
            return Ok((own, form, Some(kept)));
        }
        let programme = cx.programme(conn)?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let form = EditForm::stored(&programme, &own, &sections);
        Ok::<_, WebError>((own, form, None))
    })?;
    page(cx, form, Extra { own: Some(&own), kept, ..Extra::default() }, &Faults::default())
}

pub fn save(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let programme = cx.read(|conn| cx.programme(conn))?;
    let form = EditForm::take(&programme, &mut fields);
    fields.finish()?;
    let kept = |refusal| keep_lost(cx, &form, refusal).map(Reply::see_other);
    let own = match cx.read(|conn| find(cx, conn)) {
        Ok(own) => own,
        Err(refusal) => return kept(refusal),
    };
    let extra = || Extra { own: Some(&own), ..Extra::default() };
    let (draft, rendered) = match form.check(&programme) {
        Ok(checked) => checked,
        Err(faults) => return page(cx, form, extra(), &faults),
    };
    if form.preview {
        may(actor, Verb::Revise, &own.object())?;
        let extra = Extra { preview: Some(&rendered), ..extra() };
        return page(cx, form, extra, &Faults::default());
    }
    let base = Base { revision: form.base, merged: form.merged };
    match store_revision(cx, &once, &own, &programme, base, &draft, &rendered) {
        Err(ActionError::Faults(faults)) => page(cx, form, extra(), &faults),
        Err(ActionError::Stale(newest)) => merges::show(cx, &own, &programme, &form, newest),
        // It was agreed or withdrawn while they wrote, or the right to write was
        // taken from them: theirs is kept, to be had back.
        Err(ActionError::Conflict("conflict-stage")) => kept(WebError::Conflict("conflict-stage")),
        Err(ActionError::NotFound) => kept(WebError::NotFound),
        other => Ok(other?),
    }
}

/// Makes it a revision, and throws its working copy away with the same stroke.
///
/// # Errors
/// Those of `recommendations::revise`.
pub fn store_revision(
    cx: &Cx,
    once: &str,
    own: &Recommendation,
    programme: &Programme,
    base: Base,
    draft: &Draft,
    rendered: &Rendered,
) -> Result<Reply, ActionError> {
    let actor = cx.actor().map_err(|_| ActionError::NotFound)?;
    cx.once(once, |conn| {
        let number = recommendations::revise(
            conn,
            actor,
            programme,
            &own.reference,
            base,
            draft,
            rendered,
            cx.now,
        )?;
        working_copies::discard(conn, actor.account, &own.reference)?;
        Ok(format!("/drafts/{}?done=saved#r{number}", own.reference))
    })
}
