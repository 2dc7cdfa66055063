//! The body of a draft's page: the text with all that is said of it, made once
//! for all readers who see the same.

use std::sync::Arc;

use askama::Template;
use i18n_embed_fl::fl;

use super::amendment_cards::{self, SectionAmendments};
use super::cx::Cx;
use super::discussion::{self, Beside};
use super::error::WebError;
use super::notes::{Rights, notes_html};
use super::page::When;
use super::recommendations::section_title;
use crate::actions::rebases::without_text;
use crate::app::bodies::{Body, Made, View};
use crate::domain::language::Language;
use crate::domain::permission::{Verb, allows};
use crate::domain::programme::Programme;
use crate::domain::recommendation::{RATIONALE, Recommendation, action_kind, anchor_prefix};
use crate::domain::stage::Stage;
use crate::i18n::Loader;
use crate::markdown::Piece;
use crate::store::amendments::Amendment;
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

#[derive(Template)]
#[template(path = "drafts/body.html")]
struct BodyPart<'a> {
    l: &'a Loader,
    language: Language,
    reference: &'a str,
    stage: Stage,
    overdue: bool,
    sections: Vec<SectionView>,
    /// Sections nobody has written yet, where the reader may propose text or
    /// somebody has.
    absent: Vec<SectionView>,
    whole: String,
    comments: usize,
    unanswered: usize,
    /// Amendments without an answer.
    amendments: usize,
    may_comment: bool,
    whole_href: String,
    workshop: Option<(String, String)>,
    author: String,
    organisation: String,
    saved: When,
    summary: String,
}

struct SectionView {
    id: String,
    title: String,
    html: String,
    elsewhere: String,
    /// Amendments whose paragraph is gone.
    gone: String,
}

/// The body for this reader: kept, or made now. What a reader may do, and
/// nothing else of them, is part of what it is kept by; whoever wrote in it has
/// a body of their own.
///
/// # Errors
/// When the database cannot be read, or a template fails.
pub fn find(
    cx: &Cx,
    conn: &mut DbConn,
    programme: &Programme,
    own: Recommendation,
    rights: Rights,
) -> Result<Arc<Body>, WebError> {
    let actor = cx.actor()?;
    let Rights { comment, dispose, contest, withdraw } = rights;
    let overdue = own.is_overdue(cx.now);
    let amend = allows(actor, Verb::Amend, &own.object()) && !overdue;
    let view =
        View { language: cx.language, may: [comment, dispose, contest, withdraw, amend], overdue };
    let comments = store::comments::count(conn, own.id)?;
    let made = Made { of: own, comments, programme: programme.version };
    if let Some(body) = cx.app.bodies.get(&made, view, actor.account, cx.now) {
        return Ok(body);
    }
    let body = Arc::new(make(cx, conn, programme, &made.of, rights, amend)?);
    cx.app.bodies.put(made, view, actor.account, Arc::clone(&body), cx.now);
    Ok(body)
}

fn make(
    cx: &Cx,
    conn: &mut DbConn,
    programme: &Programme,
    own: &Recommendation,
    rights: Rights,
    amend: bool,
) -> Result<Body, WebError> {
    let l = cx.l();
    let revision = store::recommendations::find_revision(conn, own.id, own.revision)?
        .ok_or(WebError::NotFound)?;
    let mut sections = Vec::new();
    for section in store::recommendations::list_sections(conn, own.id, own.revision)? {
        let pieces = discussion::pieces(&section)?;
        sections.push((section, pieces));
    }
    let comments = store::comments::list_of(conn, own.id, discussion::MOST_COMMENTS)?;
    let authors = comments.iter().map(|comment| comment.author).collect();
    let found = discussion::load(cx, conn, own, comments, &sections, rights)?;
    let waiting = store::amendments::list_unanswered(conn, own.id)?;
    let may = (amend, rights.dispose);
    let amendments = amendment_cards::beside(cx, conn, &own.reference, &waiting, &sections, may)?;
    let base = format!("/drafts/{}/comments/new?revision={}", own.reference, own.revision);
    let brackets =
        if own.brackets > 0 { store::brackets::list_open(conn, own.id)? } else { Vec::new() };
    let mut views = Vec::new();
    let parts = sections.iter().zip(&found.sections).zip(amendments);
    for (((section, pieces), (_, notes)), amendments) in parts {
        let href = format!("{base}&section={}", section.kind);
        let beside = Beside {
            notes,
            amendments: &amendments,
            brackets: &brackets,
            comment_href: rights.comment.then_some(href.as_str()),
        };
        let elsewhere = if notes.elsewhere.is_empty() {
            String::new()
        } else {
            notes_html(l, &notes.elsewhere, fl!(l, "comment-elsewhere"))?
        };
        views.push(SectionView {
            title: section_title(cx, programme, &section.kind),
            html: discussion::blocks_html(cx, section, pieces, &beside)?,
            id: anchor_prefix(&section.kind),
            elsewhere,
            gone: amendments.gone,
        });
    }
    let absent = absent_views(cx, conn, programme, own, &sections, &waiting, may)?;
    let whole = if found.whole.is_empty() {
        String::new()
    } else {
        notes_html(l, &found.whole, fl!(l, "comment-whole"))?
    };
    let workshop = match own.workshop {
        Some(id) => store::workshops::find(conn, id)?.map(|own| (own.slug, own.title)),
        None => None,
    };
    let part = BodyPart {
        l,
        language: cx.language,
        reference: &own.reference,
        stage: own.stage,
        overdue: own.is_overdue(cx.now),
        sections: views,
        absent,
        whole,
        comments: found.count,
        unanswered: found.unanswered,
        amendments: waiting.len(),
        may_comment: rights.comment,
        whole_href: base,
        workshop,
        author: revision.author_name,
        organisation: revision.organisation_name,
        saved: When::time(cx.language, revision.created_at),
        summary: revision.summary,
    };
    Ok(Body { html: part.render()?, authors })
}

/// The sections that a text does not have, with what is proposed for them.
fn absent_views(
    cx: &Cx,
    conn: &mut DbConn,
    programme: &Programme,
    own: &Recommendation,
    sections: &[(Section, Vec<Piece>)],
    waiting: &[Amendment],
    may: (bool, bool),
) -> Result<Vec<SectionView>, WebError> {
    let kinds = programme.audiences.iter().map(|audience| action_kind(&audience.slug));
    let missing = |kind: &String| !sections.iter().any(|(section, _)| section.kind == *kind);
    let proposed =
        |kind: &String| waiting.iter().any(|row| row.section == *kind && row.block.is_none());
    let empty: Vec<(Section, Vec<Piece>)> = [RATIONALE.to_owned()]
        .into_iter()
        .chain(kinds)
        .filter(|kind| missing(kind) && (may.0 || proposed(kind)))
        .filter_map(|kind| Some((without_text(&kind)?, Vec::new())))
        .collect();
    if empty.is_empty() {
        return Ok(Vec::new());
    }
    let amendments = amendment_cards::beside(cx, conn, &own.reference, waiting, &empty, may)?;
    let view = |((section, _), amendments): (&(Section, Vec<Piece>), SectionAmendments)| {
        let title = section_title(cx, programme, &section.kind);
        let (href, start) = (amendments.start_href, amendments.start.as_str());
        Ok(SectionView {
            id: anchor_prefix(&section.kind),
            html: discussion::start_html(cx.l(), href, title.clone(), start)?,
            title,
            elsewhere: String::new(),
            gone: String::new(),
        })
    };
    empty.iter().zip(amendments).map(view).collect()
}
