//! Two edits of one revision: what does not collide is put together and shown
//! for confirmation, what does is decided by whoever saved second.

use askama::Template;
use i18n_embed_fl::fl;

use super::article::Article;
use super::cx::{Answer, Cx, Reply};
use super::editor::{self, EditForm, Extra, may_write, store_revision};
use super::error::WebError;
use super::form::{FieldErrors, Fields};
use super::merge_views::{Decision, Section, Step, section_views};
use super::page::Chrome;
use super::recommendations::Head;
use crate::actions::recommendations::Base;
use crate::actions::{ActionError, working_copies};
use crate::domain::fault::Faults;
use crate::domain::permission::{Verb, allows};
use crate::domain::programme::Programme;
use crate::domain::recommendation::{RATIONALE, Recommendation, STATEMENT, action_kind};
use crate::i18n::Loader;
use crate::markdown::compare::{RowKind, SpanKind};
use crate::markdown::merge::{Merge, Part, merge};
use crate::markdown::sections::{self, SourceFile};
use crate::markdown::{self};
use crate::store::{self, DbConn};

/// The key under which the title is merged, before the sections.
pub const TITLE: &str = "title";

/// A text as it is merged: its title, then its sections.
struct Text(Vec<(String, String)>);

impl Text {
    fn of(title: &str, sections: Vec<(String, String)>) -> Self {
        let mut parts = vec![(TITLE.to_owned(), markdown::normalise(title))];
        parts.extend(sections);
        Self(parts)
    }

    /// A revision that is not there is an empty text: then everything is to be
    /// decided.
    fn load(conn: &mut DbConn, own: &Recommendation, number: i32) -> Result<Self, WebError> {
        let revision = store::recommendations::find_revision(conn, own.id, number)?;
        let sections = store::recommendations::list_sections(conn, own.id, number)?;
        let sections = sections.into_iter().map(|section| (section.kind, section.body));
        Ok(Self::of(&revision.map_or(String::new(), |own| own.title), sections.collect()))
    }

    fn part(&self, kind: &str) -> &str {
        self.0.iter().find(|(own, _)| own == kind).map_or("", |(_, text)| text)
    }
}

/// Title and sections, each merged.
pub struct Merged(pub Vec<(String, Merge)>);

impl Merged {
    fn of(programme: &Programme, base: &Text, mine: &Text, theirs: &Text) -> Self {
        let mut kinds = vec![TITLE.to_owned(), STATEMENT.to_owned(), RATIONALE.to_owned()];
        kinds.extend(programme.audiences.iter().map(|audience| action_kind(&audience.slug)));
        let one = |kind: String| {
            let merge = merge(base.part(&kind), mine.part(&kind), theirs.part(&kind));
            (kind, merge)
        };
        Self(kinds.into_iter().map(one).collect())
    }

    pub(super) fn conflicts(&self) -> usize {
        self.0.iter().map(|(_, merge)| merge.conflicts()).sum()
    }

    /// The text with one choice a conflict, in order; on top of `onto`.
    pub(super) fn resolve(&self, mine: &EditForm, onto: i32, choices: &[String]) -> EditForm {
        let mut rest = choices;
        let mut texts = self.0.iter().map(|(kind, merge)| {
            let (own, after) = rest.split_at(merge.conflicts().min(rest.len()));
            rest = after;
            (kind.as_str(), merge.resolve(own))
        });
        let texts: Vec<(&str, String)> = texts.by_ref().collect();
        let text = |kind: &str| {
            let found = texts.iter().find(|(own, _)| *own == kind);
            found.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        let action = |slug: &String| (slug.clone(), text(&action_kind(slug)));
        EditForm {
            title: text(TITLE).split_whitespace().collect::<Vec<_>>().join(" "),
            summary: mine.summary.clone(),
            statement: text(STATEMENT),
            rationale: text(RATIONALE),
            actions: mine.actions.iter().map(|(slug, _)| action(slug)).collect(),
            base: onto,
            merged: mine.merged.or(Some(mine.base)),
            preview: false,
        }
    }
}

#[derive(Template)]
#[template(path = "drafts/merge.html")]
struct MergePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    newest: i32,
    author: String,
    /// Their summary of what they changed.
    why: String,
    summary: String,
    conflicts: usize,
    /// The merged text is the current one: nothing is left to save.
    same: bool,
    sections: Vec<Section>,
    whole: Option<Article>,
    carried: Vec<(String, String)>,
    /// `may`, or why mine cannot be sent as amendments: `closed`, `late`.
    amends: &'static str,
    token: String,
}

/// The page that puts `mine` and the newest revision together. What was typed
/// is kept as a working copy first, whatever becomes of the page.
///
/// # Errors
/// When the page cannot be made.
pub fn show(
    cx: &Cx,
    own: &Recommendation,
    programme: &Programme,
    mine: &EditForm,
    newest: i32,
) -> Answer {
    let actor = cx.actor()?;
    let (copy, length) = mine.copy(cx, &[]);
    cx.write(|conn| working_copies::keep(conn, actor, &own.reference, &copy, length))?;
    page(cx, own, programme, mine, newest, &[], &Faults::default())
}

/// Puts `mine` and the text of revision `onto` together.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn load(
    conn: &mut DbConn,
    own: &Recommendation,
    programme: &Programme,
    mine: &EditForm,
    onto: i32,
) -> Result<Merged, WebError> {
    let (base, theirs) = (Text::load(conn, own, mine.base)?, Text::load(conn, own, onto)?);
    let mine = Text::of(&mine.title, mine.sections());
    Ok(Merged::of(programme, &base, &mine, &theirs))
}

fn page(
    cx: &Cx,
    own: &Recommendation,
    programme: &Programme,
    mine: &EditForm,
    newest: i32,
    decided: &[Decision],
    faults: &Faults,
) -> Answer {
    let l = cx.l();
    let actor = cx.actor()?;
    let merged = cx.read(|conn| load(conn, own, programme, mine, newest))?;
    let conflicts = merged.conflicts();
    let page = cx.read(|conn| {
        let revision = store::recommendations::find_revision(conn, own.id, newest)?
            .ok_or(WebError::NotFound)?;
        let theirs = store::recommendations::list_sections(conn, own.id, newest)?;
        let own = store::recommendations::find_visible_to(conn, actor, &own.reference)?
            .ok_or(WebError::NotFound)?;
        let settled = merged.resolve(mine, newest, &[]);
        let stored = EditForm::stored(programme, &own, &theirs);
        let same = conflicts == 0
            && settled.sections() == stored.sections()
            && settled.title == revision.title;
        let whole = if conflicts == 0 {
            Some(editor::preview_article(cx, programme, &settled)?)
        } else {
            None
        };
        let title = format!("{}: {}", fl!(l, "merge-title"), own.reference);
        let mut carried = mine.fields();
        carried.retain(|(name, _)| name != "summary");
        carried.push(("onto".to_owned(), newest.to_string()));
        Ok::<_, WebError>(MergePage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, programme, &own, "edit")?,
            errors: cx.errors(faults),
            newest,
            author: revision.author_name,
            why: revision.summary,
            summary: mine.summary.clone(),
            conflicts,
            same,
            sections: section_views(cx, programme, &merged, decided, faults),
            whole,
            carried,
            amends: if !allows(actor, Verb::Amend, &own.object()) {
                "closed"
            } else if own.is_overdue(cx.now) {
                "late"
            } else {
                "may"
            },
            token: cx.form_token(),
        })
    })?;
    Reply::refused(&page)
}

/// Takes the decisions and saves what comes of them; merges again when a third
/// was quicker.
pub fn save(cx: &Cx) -> Answer {
    let own = may_write(cx)?.ok_or(WebError::NotFound)?;
    let programme = cx.read(|conn| cx.programme(conn))?;
    let mut fields = cx.form();
    let once = fields.take("once");
    let onto: i32 = fields.take_parsed("onto").unwrap_or(own.revision).clamp(1, own.revision);
    let in_editor = fields.get("intent") == Some("edit");
    let mine = EditForm::take(&programme, &mut fields);
    let merged = cx.read(|conn| load(conn, &own, &programme, &mine, onto))?;
    let decided = take_decisions(&mut fields, merged.conflicts());
    fields.finish()?;

    let conflicts = merged.0.iter().flat_map(|(_, merge)| &merge.parts).filter_map(|part| {
        let Part::Conflict { base, ours, theirs } = part else { return None };
        Some((base, ours, theirs))
    });
    let (mut choices, mut faults) = (Vec::new(), Faults::default());
    for ((base, ours, theirs), (n, decision)) in conflicts.zip((1..).zip(&decided)) {
        match decision.choice.as_str() {
            "was" => choices.push(base.clone()),
            "theirs" => choices.push(theirs.clone()),
            "mine" => choices.push(ours.clone()),
            "own" => choices.push(decision.words.clone()),
            // In the editor it can be decided as well.
            _ if in_editor => choices.push(ours.clone()),
            _ => faults.add(format!("choice-{n}"), "fault-merge-choose"),
        }
    }
    if !faults.is_empty() {
        return page(cx, &own, &programme, &mine, onto, &decided, &faults);
    }
    let resolved = merged.resolve(&mine, onto, &choices);
    let extra = || Extra { own: Some(&own), ..Extra::default() };
    if in_editor {
        return editor::page(cx, resolved, extra(), &Faults::default());
    }
    let (draft, rendered) = match resolved.check(&programme) {
        Ok(checked) => checked,
        Err(faults) => return editor::page(cx, resolved, extra(), &faults),
    };
    let base = Base { revision: onto, merged: resolved.merged };
    match store_revision(cx, &once, &own, &programme, base, &draft, &rendered) {
        Err(ActionError::Faults(faults)) => editor::page(cx, resolved, extra(), &faults),
        Err(ActionError::Stale(newest)) => show(cx, &own, &programme, &resolved, newest),
        other => Ok(other?),
    }
}

fn take_decisions(fields: &mut Fields, conflicts: usize) -> Vec<Decision> {
    let take = |n: usize| Decision {
        choice: fields.take(&format!("choice-{n}")),
        words: fields.take(&format!("own-{n}")),
    };
    (1..=conflicts).map(take).collect()
}

/// What its author typed, as a file.
pub fn download_mine(cx: &Cx) -> Answer {
    let own = may_write(cx)?.ok_or(WebError::NotFound)?;
    let programme = cx.read(|conn| cx.programme(conn))?;
    let mine = EditForm::take(&programme, &mut cx.form());
    let track = programme.track_by_id(own.track).map(|track| track.slug.clone());
    Ok(file_of(&own.reference, track.unwrap_or_default(), &mine))
}

/// A text somebody typed, as a file of its own.
#[must_use]
pub fn file_of(reference: &str, track: String, mine: &EditForm) -> Reply {
    let body = |text: &str| markdown::normalise(text);
    let actions = mine.actions.iter().filter(|(_, text)| !text.trim().is_empty());
    let actions: Vec<_> = actions.map(|(slug, text)| (slug.clone(), body(text))).collect();
    let text = sections::write(&SourceFile {
        reference: Some(reference.to_owned()),
        title: mine.title.split_whitespace().collect::<Vec<_>>().join(" "),
        track,
        audiences: actions.iter().map(|(slug, _)| slug.clone()).collect(),
        statement: body(&mine.statement),
        rationale: body(&mine.rationale),
        actions,
        ..SourceFile::default()
    });
    let name = format!("{reference}-mine.md");
    Reply::file("text/markdown; charset=utf-8", text).saved_as(name)
}
