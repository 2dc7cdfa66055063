//! Writing: the editor with its preview, a save that would have written over
//! somebody else's, history and comparison.

use askama::Template;
use i18n_embed_fl::fl;

use super::article::Article;
use super::cx::{Answer, Cx, Reply};
use super::discussion;
use super::error::WebError;
use super::form::{FieldErrors, Fields};
use super::page::{Chrome, When};
use super::recommendations::{Head, Start, find, section_title};
use crate::actions::recommendations::{Rendered, render};
use crate::actions::{ActionError, recommendations};
use crate::domain::fault::Faults;
use crate::domain::permission::{Verb, may};
use crate::domain::programme::Programme;
use crate::domain::recommendation::{Draft, RATIONALE, Recommendation, STATEMENT, action_kind};
use crate::i18n::Loader;
use crate::markdown::compare::{Comparison, RowKind, SpanKind, compare};
use crate::markdown::{self, Piece};
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

/// Revisions on a page of the history.
const PAGE: i64 = 100;

/// What the editor's form carries.
pub struct EditForm {
    pub title: String,
    pub summary: String,
    pub statement: String,
    pub rationale: String,
    /// Audience slug and text, in the programme's order, empty ones too.
    pub actions: Vec<(String, String)>,
    /// The revision the text started from; 0 for a new recommendation.
    pub base: i32,
    pub preview: bool,
}

impl EditForm {
    /// # Errors
    /// When the programme cannot be read.
    pub fn empty(cx: &Cx) -> Result<Self, WebError> {
        let programme = cx.read(|conn| cx.programme(conn))?;
        Ok(Self {
            title: String::new(),
            summary: fl!(cx.l(), "edit-first-summary"),
            statement: String::new(),
            rationale: String::new(),
            actions: programme
                .audiences
                .iter()
                .map(|audience| (audience.slug.clone(), String::new()))
                .collect(),
            base: 0,
            preview: false,
        })
    }

    /// Takes its fields out of a form.
    ///
    /// # Errors
    /// When the programme cannot be read.
    pub fn take(cx: &Cx, fields: &mut Fields) -> Result<Self, WebError> {
        let programme = cx.read(|conn| cx.programme(conn))?;
        let actions = programme.audiences.iter().map(|audience| {
            let body = fields.take(&action_kind(&audience.slug));
            (audience.slug.clone(), body)
        });
        let actions = actions.collect();
        Ok(Self {
            actions,
            title: fields.take("title"),
            summary: fields.take("summary"),
            statement: fields.take(STATEMENT),
            rationale: fields.take(RATIONALE),
            base: fields.take_parsed("base").unwrap_or(0),
            preview: fields.take("intent") == "preview",
        })
    }

    fn stored(programme: &Programme, own: &Recommendation, sections: &[Section]) -> Self {
        let body = |kind: &str| {
            let found = sections.iter().find(|section| section.kind == kind);
            found.map(|section| section.body.clone()).unwrap_or_default()
        };
        let action = |slug: &String| (slug.clone(), body(&action_kind(slug)));
        Self {
            title: own.title.clone(),
            summary: String::new(),
            statement: body(STATEMENT),
            rationale: body(RATIONALE),
            actions: programme.audiences.iter().map(|own| action(&own.slug)).collect(),
            base: own.revision,
            preview: false,
        }
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
    stale: Option<StaleView>,
    token: String,
    /// For the form that asks for the pen.
    pen_token: String,
}

struct ActionField {
    name: String,
    label: String,
    value: String,
}

/// Somebody saved first: what they changed against what is in the form.
struct StaleView {
    newest: i32,
    author: String,
    summary: String,
    sections: Vec<DiffView>,
}

/// The editor, whole: empty, with what was typed, with a preview.
///
/// # Errors
/// When the page cannot be made.
pub fn edit_page(
    cx: &Cx,
    form: EditForm,
    start: Option<Start>,
    preview: Option<&Rendered>,
    faults: &Faults,
) -> Answer {
    edit_page_of(cx, form, start, None, preview, faults, None)
}

fn edit_page_of(
    cx: &Cx,
    form: EditForm,
    start: Option<Start>,
    own: Option<&Recommendation>,
    preview: Option<&Rendered>,
    faults: &Faults,
    stale: Option<StaleView>,
) -> Answer {
    let l = cx.l();
    let refused = !faults.is_empty() || stale.is_some();
    let page = cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let title = match own {
            Some(own) => format!("{}: {}", fl!(l, "edit-title"), own.reference),
            None => fl!(l, "drafts-new"),
        };
        let chrome = cx.chrome(conn, &title)?.in_section("drafts");
        let head = match own {
            Some(own) => Some(Head::new(cx, conn, &programme, own, "edit")?),
            None => None,
        };
        let preview = match preview {
            Some(rendered) => Some(article(cx, &programme, &rendered.sections)?),
            None => None,
        };
        let field = |(slug, body): &(String, String)| ActionField {
            name: action_kind(slug),
            label: section_title(cx, &programme, &action_kind(slug)),
            value: body.clone(),
        };
        Ok::<_, WebError>(EditPage {
            l,
            chrome,
            errors: cx.errors(faults),
            head,
            start,
            actions: form.actions.iter().map(field).collect(),
            preview,
            stale,
            token: cx.form_token(),
            pen_token: cx.form_token(),
            form,
        })
    })?;
    if refused { Reply::refused(&page) } else { Reply::page(&page) }
}

/// The article as it would be published: the same template, the same bytes.
fn article(cx: &Cx, programme: &Programme, sections: &[Section]) -> Result<Article, WebError> {
    let mut parts: Vec<(String, Vec<Piece>)> = Vec::new();
    for section in sections {
        parts.push((section.kind.clone(), discussion::pieces(section)?));
    }
    Article::new(cx.l(), cx.language, programme, &parts)
}

fn load_to_revise(cx: &Cx, conn: &mut DbConn) -> Result<Recommendation, WebError> {
    let own = find(cx, conn)?;
    may(cx.actor()?, Verb::Revise, &own.object())?;
    Ok(own)
}

pub fn show_edit(cx: &Cx) -> Answer {
    let (own, form) = cx.read(|conn| {
        let own = load_to_revise(cx, conn)?;
        let programme = cx.programme(conn)?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let form = EditForm::stored(&programme, &own, &sections);
        Ok::<_, WebError>((own, form))
    })?;
    edit_page_of(cx, form, None, Some(&own), None, &Faults::default(), None)
}

pub fn save(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let mut form = EditForm::take(cx, &mut fields)?;
    fields.finish()?;
    let (own, programme) =
        cx.read(|conn| Ok::<_, WebError>((find(cx, conn)?, cx.programme(conn)?)))?;
    let checked = form.check(&programme);
    let (draft, rendered) = match checked {
        Ok(checked) => checked,
        Err(faults) => return edit_page_of(cx, form, None, Some(&own), None, &faults, None),
    };
    if form.preview {
        may(actor, Verb::Revise, &own.object())?;
        let none = Faults::default();
        return edit_page_of(cx, form, None, Some(&own), Some(&rendered), &none, None);
    }
    let done = cx.once(&once, |conn| {
        let number = recommendations::revise(
            conn,
            actor,
            &programme,
            &own.reference,
            form.base,
            &draft,
            &rendered,
            cx.now,
        )?;
        Ok(format!("/drafts/{}?done=saved#r{number}", own.reference))
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            edit_page_of(cx, form, None, Some(&own), None, &faults, None)
        }
        Err(ActionError::Stale(newest)) => {
            let stale = cx.read(|conn| stale_view(cx, conn, &programme, &own, newest, &draft))?;
            // Saving again is a decision taken in sight of both texts.
            form.base = newest;
            let none = Faults::default();
            edit_page_of(cx, form, None, Some(&own), None, &none, Some(stale))
        }
        other => Ok(other?),
    }
}

fn stale_view(
    cx: &Cx,
    conn: &mut DbConn,
    programme: &Programme,
    own: &Recommendation,
    newest: i32,
    mine: &Draft,
) -> Result<StaleView, WebError> {
    let revision =
        store::recommendations::find_revision(conn, own.id, newest)?.ok_or(WebError::NotFound)?;
    let theirs = store::recommendations::list_sections(conn, own.id, newest)?;
    let theirs: Vec<(String, String)> =
        theirs.into_iter().map(|section| (section.kind, section.body)).collect();
    let ours: Vec<(String, String)> =
        mine.sections().into_iter().map(|(kind, body)| (kind, body.to_owned())).collect();
    let mut sections = diff_views(cx, programme, &theirs, &ours);
    sections.retain(|section| section.comparison.changed > 0);
    Ok(StaleView { newest, author: revision.author_name, summary: revision.summary, sections })
}

// ---------------------------------------------------------------- history

#[derive(Template)]
#[template(path = "drafts/history.html")]
struct HistoryPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    rows: Vec<RevisionRow>,
}

struct RevisionRow {
    number: i32,
    summary: String,
    author: String,
    organisation: String,
    when: When,
    from: bool,
    to: bool,
}

pub fn show_history(cx: &Cx) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        let programme = cx.programme(conn)?;
        let title = format!("{}: {}", fl!(l, "draft-tab-history"), own.reference);
        let chrome = cx.chrome(conn, &title)?.in_section("drafts");
        let rows = store::recommendations::list_revisions(conn, own.id, 0, PAGE)?;
        let row = |row: store::recommendations::Revision| RevisionRow {
            number: row.number,
            summary: row.summary,
            author: row.author_name,
            organisation: row.organisation_name,
            when: When::time(cx.language, row.created_at),
            from: row.number == (own.revision - 1).max(1),
            to: row.number == own.revision,
        };
        Ok::<_, WebError>(HistoryPage {
            l,
            chrome,
            head: Head::new(cx, conn, &programme, &own, "history")?,
            rows: rows.into_iter().map(row).collect(),
        })
    })?;
    Reply::page(&page)
}

#[derive(Template)]
#[template(path = "drafts/revision.html")]
struct RevisionPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    number: i32,
    summary: String,
    author: String,
    organisation: String,
    when: When,
    article: Article,
}

pub fn show_revision(cx: &Cx) -> Answer {
    let l = cx.l();
    let number: i32 = cx.param_as("revision")?;
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        let programme = cx.programme(conn)?;
        let revision = store::recommendations::find_revision(conn, own.id, number)?
            .ok_or(WebError::NotFound)?;
        let sections = store::recommendations::list_sections(conn, own.id, number)?;
        let title = format!("{} {}", own.reference, fl!(l, "revision-n", n = number));
        Ok::<_, WebError>(RevisionPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "history")?,
            number,
            summary: revision.summary,
            author: revision.author_name,
            organisation: revision.organisation_name,
            when: When::time(cx.language, revision.created_at),
            article: article(cx, &programme, &sections)?,
        })
    })?;
    Reply::page(&page)
}

// ---------------------------------------------------------------- compare

#[derive(Template)]
#[template(path = "drafts/compare.html")]
struct ComparePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    from: i32,
    to: i32,
    side: bool,
    other_view: String,
    changed: usize,
    inserted: usize,
    deleted: usize,
    sections: Vec<DiffView>,
    numbers: Vec<i32>,
}

/// One section, compared.
struct DiffView {
    title: String,
    comparison: Comparison,
}

/// Sections of both texts, in the new one's order, each compared.
fn diff_views(
    cx: &Cx,
    programme: &Programme,
    old: &[(String, String)],
    new: &[(String, String)],
) -> Vec<DiffView> {
    let body = |of: &[(String, String)], kind: &str| {
        let found = of.iter().find(|(own, _)| own == kind);
        found.map(|(_, body)| body.clone()).unwrap_or_default()
    };
    let gone = old.iter().filter(|(kind, _)| !new.iter().any(|(own, _)| own == kind));
    let kinds = new.iter().chain(gone).map(|(kind, _)| kind);
    let view = |kind: &String| DiffView {
        title: section_title(cx, programme, kind),
        comparison: compare(&body(old, kind), &body(new, kind)),
    };
    kinds.map(view).collect()
}

pub fn show_compare(cx: &Cx) -> Answer {
    let l = cx.l();
    let mut query = cx.query();
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        let programme = cx.programme(conn)?;
        let to: i32 = query.take_parsed("to").unwrap_or(own.revision);
        let from: i32 = query.take_parsed("from").unwrap_or((to - 1).max(1));
        let side = query.take("view") == "side";
        let text = |conn: &mut DbConn, number: i32| {
            let revision = store::recommendations::find_revision(conn, own.id, number)?
                .ok_or(WebError::NotFound)?;
            let sections = store::recommendations::list_sections(conn, own.id, number)?;
            let mut parts = vec![("title".to_owned(), format!("{}\n", revision.title))];
            parts.extend(sections.into_iter().map(|section| (section.kind, section.body)));
            Ok::<_, WebError>(parts)
        };
        let (old, new) = (text(conn, from)?, text(conn, to)?);
        let mut sections = diff_views(cx, &programme, &old, &new);
        if let Some(title) = sections.first_mut() {
            title.title = fl!(l, "edit-field-title");
        }
        let sum = |of: fn(&Comparison) -> usize| {
            sections.iter().map(|section| of(&section.comparison)).sum()
        };
        let title = format!("{}: {}", fl!(l, "compare-title"), own.reference);
        let view = if side { "inline" } else { "side" };
        Ok::<_, WebError>(ComparePage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "history")?,
            from,
            to,
            side,
            other_view: format!(
                "/drafts/{}/compare?from={from}&to={to}&view={view}",
                own.reference
            ),
            changed: sum(|own| own.changed),
            inserted: sum(|own| own.inserted_words),
            deleted: sum(|own| own.deleted_words),
            sections,
            numbers: (1..=own.revision).rev().collect(),
        })
    })?;
    Reply::page(&page)
}
