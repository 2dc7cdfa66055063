//! A save on an older revision: what the other one changed beside the text
//! that was sent, so that nothing is written over.

use super::cx::{Answer, Cx};
use super::editor::{self, EditForm, Extra};
use super::error::WebError;
use super::revisions::{DiffView, diff_views};
use crate::actions::working_copies;
use crate::domain::fault::Faults;
use crate::domain::programme::Programme;
use crate::domain::recommendation::Recommendation;
use crate::store;

/// Somebody saved first: what they changed against what is in the form.
pub struct StaleView {
    pub newest: i32,
    pub author: String,
    pub summary: String,
    pub sections: Vec<DiffView>,
}

/// The editor again, with both texts and the typing in its fields.
///
/// # Errors
/// When the page cannot be made.
pub fn show(
    cx: &Cx,
    own: &Recommendation,
    programme: &Programme,
    form: &EditForm,
    newest: i32,
) -> Answer {
    let actor = cx.actor()?;
    let (copy, length) = form.copy(cx, &[]);
    cx.write(|conn| working_copies::keep(conn, actor, &own.reference, &copy, length))?;
    let stale = cx.read(|conn| {
        let revision = store::recommendations::find_revision(conn, own.id, newest)?
            .ok_or(WebError::NotFound)?;
        let theirs = store::recommendations::list_sections(conn, own.id, newest)?;
        let theirs: Vec<(String, String)> =
            theirs.into_iter().map(|section| (section.kind, section.body)).collect();
        let mut sections = diff_views(cx, programme, &theirs, &form.sections());
        sections.retain(|section| section.comparison.changed > 0);
        Ok::<_, WebError>(StaleView {
            newest,
            author: revision.author_name,
            summary: revision.summary,
            sections,
        })
    })?;
    // Saving again is a decision taken in sight of both texts.
    let form = EditForm { base: newest, ..form.clone() };
    let extra = Extra { own: Some(own), stale: Some(stale), ..Extra::default() };
    editor::page(cx, form, extra, &Faults::default())
}
