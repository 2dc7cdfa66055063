//! The history of a text: its revisions, each, and two of them compared.

use askama::Template;
use i18n_embed_fl::fl;

use super::article::Article;
use super::cx::{Answer, Cx, Reply};
use super::discussion;
use super::error::WebError;
use super::page::{Chrome, When};
use super::recommendations::{Head, find, section_title};
use crate::domain::programme::Programme;
use crate::i18n::Loader;
use crate::markdown::Piece;
use crate::markdown::compare::{Comparison, RowKind, SpanKind, compare};
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

/// Revisions on a page of the history.
const PAGE: i64 = 100;

// ---------------------------------------------------------------- history

#[derive(Template)]
#[template(path = "drafts/history.html")]
struct HistoryPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    rows: Vec<RevisionRow>,
}

/// Whose amendment a revision carried out.
struct CreditRow {
    amendment: i32,
    who: String,
    organisation: String,
    undone: bool,
}

struct RevisionRow {
    credit: Option<CreditRow>,
    number: i32,
    summary: String,
    author: String,
    organisation: String,
    merged: Option<i32>,
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
        let credits = store::amendments::list_credits(conn, own.id)?;
        let credit = |number: i32| {
            let found = credits.iter().find(|credit| credit.revision == number)?;
            Some(CreditRow {
                amendment: found.amendment,
                who: found.author_name.clone(),
                organisation: found.organisation_name.clone(),
                undone: found.applied_in != Some(number),
            })
        };
        let row = |row: store::recommendations::Revision| RevisionRow {
            credit: credit(row.number),
            number: row.number,
            summary: row.summary,
            author: row.author_name,
            organisation: row.organisation_name,
            merged: row.merged_base,
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

/// The article as it would be published: the same template, the same bytes.
///
/// # Errors
/// When a stored rendering cannot be read.
pub fn article(cx: &Cx, programme: &Programme, sections: &[Section]) -> Result<Article, WebError> {
    let mut parts: Vec<(String, Vec<Piece>)> = Vec::new();
    for section in sections {
        parts.push((section.kind.clone(), discussion::pieces(section)?));
    }
    Article::new(cx.l(), cx.language, programme, &parts)
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
    moved: usize,
    split: usize,
    merged: usize,
    /// What changed; the rest is only named.
    sections: Vec<DiffView>,
    untouched: String,
    numbers: Vec<i32>,
}

/// One section, compared.
pub struct DiffView {
    pub title: String,
    pub comparison: Comparison,
}

/// Sections of both texts, in the new one's order, each compared.
#[must_use]
pub fn diff_views(
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
            sections.iter().map(|section| of(&section.comparison)).sum::<usize>()
        };
        let (changed, moved) = (sum(|own| own.changed), sum(|own| own.moved));
        let (inserted, deleted) = (sum(|own| own.inserted_words), sum(|own| own.deleted_words));
        let (split, merged) = (sum(|own| own.split), sum(|own| own.merged));
        let (touched, untouched): (Vec<DiffView>, Vec<DiffView>) =
            sections.into_iter().partition(|section| section.comparison.changed > 0);
        let untouched: Vec<String> = untouched.into_iter().map(|section| section.title).collect();
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
            changed,
            inserted,
            deleted,
            moved,
            split,
            merged,
            sections: touched,
            untouched: untouched.join(", "),
            numbers: (1..=own.revision).rev().collect(),
        })
    })?;
    Reply::page(&page)
}
