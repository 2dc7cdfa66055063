//! The chair goes through a text paragraph by paragraph: the running text, the
//! amendments on it, an answer to each, and the last one undone.

use askama::Template;
use i18n_embed_fl::fl;

use super::amendment_cards::{Card, Cards};
use super::amendment_forms::name_place;
use super::amendments::{falls_of, may_undo, order};
use super::cx::{Answer, Cx, Reply};
use super::decisions::AnswerFields;
use super::discussion;
use super::error::WebError;
use super::page::{Chrome, When};
use super::recommendations::{Head, find};
use crate::actions::rebases::find_spot;
use crate::domain::permission::{Verb, may};
use crate::domain::recommendation::Recommendation;
use crate::i18n::{self, Loader};
use crate::markdown;
use crate::markdown::compare::{RowKind, SpanKind};
use crate::store::amendments::Amendment;
use crate::store::recommendations::Section;
use crate::store::{self, DbConn};

/// Answers looked through for the last one on an amendment.
const RECENT: i64 = 50;

#[derive(Template)]
#[template(path = "amendments/consolidation.html")]
struct ConsolidationPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    last: Option<Last>,
    unanswered: usize,
    total: usize,
    group: Option<GroupView>,
    previous: Option<String>,
    next: Option<String>,
    back: String,
    undo_token: String,
}

/// The last answer to an amendment.
struct Last {
    number: i32,
    name: String,
    href: String,
    title: String,
    revision: Option<i32>,
    when: When,
    may_undo: bool,
}

/// One paragraph with what waits on it.
struct GroupView {
    number: usize,
    title: String,
    source: String,
    section_html: String,
    compromise_href: String,
    cards: Vec<Answerable>,
}

struct Answerable {
    card: Card,
    answer: AnswerFields,
    falls: Vec<(String, String, String)>,
    token: String,
}

/// The amendments that wait, block by block in the order of the text.
fn groups(sections: &[Section], waiting: &[Amendment]) -> Vec<((usize, usize), Vec<Amendment>)> {
    let mut sorted: Vec<_> = waiting.iter().map(|own| (order(sections, own), own)).collect();
    sorted.sort_by_key(|(at, own)| (*at, own.number));
    let mut groups: Vec<((usize, usize), Vec<Amendment>)> = Vec::new();
    for (at, own) in sorted {
        match groups.last_mut().filter(|(last, _)| *last == at) {
            Some((_, rows)) => rows.push(own.clone()),
            None => groups.push((at, vec![own.clone()])),
        }
    }
    groups
}

/// `section=rationale&block=12`: how an address names a group.
fn key(group: &[Amendment]) -> (String, i32) {
    let first = group.first();
    let section = first.map(|own| own.section.clone()).unwrap_or_default();
    (section, first.and_then(|own| own.block).unwrap_or(0))
}

fn address(reference: &str, group: &[Amendment]) -> String {
    let (section, block) = key(group);
    format!("/drafts/{reference}/consolidation?section={section}&block={block}")
}

pub fn show(cx: &Cx) -> Answer {
    let l = cx.l();
    let mut query = cx.query();
    let section = query.take("section");
    let block: i32 = query.take_parsed("block").unwrap_or(0);
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        may(cx.actor()?, Verb::Dispose, &own.object())?;
        let programme = cx.programme(conn)?;
        let sections = store::recommendations::list_sections(conn, own.id, own.revision)?;
        let waiting = store::amendments::list_unanswered(conn, own.id)?;
        let groups = groups(&sections, &waiting);
        let at = current(&groups, &sections, &section, block);
        let neighbour = |at: Option<usize>| {
            at.and_then(|at| groups.get(at)).map(|(_, rows)| address(&own.reference, rows))
        };
        let shown = groups.get(at).map(|(_, rows)| rows.as_slice());
        let back = shown.map(|rows| {
            let (section, block) = key(rows);
            format!("{section}/{block}")
        });
        let group = match shown {
            Some(rows) => {
                let back = back.as_deref().unwrap_or_default();
                Some(group_view(cx, conn, &own, &sections, rows, at + 1, back)?)
            }
            None => None,
        };
        let title = format!("{}: {}", fl!(l, "consolidation-title"), own.reference);
        Ok::<_, WebError>(ConsolidationPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "amendments")?,
            last: last(cx, conn, &own)?,
            unanswered: waiting.len(),
            previous: neighbour(at.checked_sub(1)),
            next: neighbour(Some(at + 1)),
            total: groups.len(),
            group,
            // Without a place left there is still a page to come back to.
            back: back.unwrap_or_else(|| "/0".to_owned()),
            undo_token: cx.form_token(),
        })
    })?;
    Reply::page(&page)
}

/// The group that is asked for or, once it is answered, the one after it.
fn current(
    groups: &[((usize, usize), Vec<Amendment>)],
    sections: &[Section],
    section: &str,
    block: i32,
) -> usize {
    let wanted = groups.iter().position(|(_, rows)| key(rows) == (section.to_owned(), block));
    if let Some(at) = wanted {
        return at;
    }
    let spot = find_spot(sections, section, (block != 0).then_some(block));
    let Some(spot) = spot.filter(|_| !section.is_empty()) else { return 0 };
    let section = sections.iter().position(|own| own.kind == spot.section.kind);
    let here = (section.unwrap_or(0), spot.at.map_or(0, |at| at + 1));
    groups.iter().position(|(at, _)| *at > here).unwrap_or(0)
}

fn group_view(
    cx: &Cx,
    conn: &mut DbConn,
    own: &Recommendation,
    sections: &[Section],
    rows: &[Amendment],
    number: usize,
    back: &str,
) -> Result<GroupView, WebError> {
    let programme = cx.programme(conn)?;
    let (kind, block) = key(rows);
    let spot = find_spot(sections, &kind, (block != 0).then_some(block));
    let reference = own.reference.as_str();
    let (place, _) = name_place(cx, &programme, reference, &kind, spot.as_ref());
    let cards = Cards::load(cx, conn, reference, rows)?;
    let mut answerable = Vec::with_capacity(rows.len());
    for row in rows {
        let mut answer = AnswerFields::new(cx.l(), row, own.revision);
        back.clone_into(&mut answer.back);
        answer.suffix = format!("-{}", row.name());
        answerable.push(Answerable {
            card: cards.card(row, rows),
            answer,
            falls: falls_of(conn, reference, row)?,
            token: cx.form_token(),
        });
    }
    Ok(GroupView {
        number,
        title: match &spot {
            Some(_) => place,
            None => fl!(cx.l(), "amendments-gone", place = place),
        },
        section_html: match &spot {
            Some(spot) => markdown::html(&discussion::pieces(&spot.section)?),
            None => String::new(),
        },
        compromise_href: match &spot {
            Some(_) => {
                format!("/drafts/{reference}/consolidation/compromise?section={kind}&block={block}")
            }
            None => String::new(),
        },
        source: spot.map(|spot| spot.source).unwrap_or_default(),
        cards: answerable,
    })
}

fn last(cx: &Cx, conn: &mut DbConn, own: &Recommendation) -> Result<Option<Last>, WebError> {
    let recent = store::decisions::list_standing(conn, own.id, RECENT)?;
    // What fell to a compromise is undone with it.
    let ids: Vec<_> = recent.iter().filter_map(|decision| decision.amendment).collect();
    let rows = store::amendments::list_by_ids(conn, &ids)?;
    let found = recent.into_iter().find_map(|decision| {
        let row = rows.iter().find(|row| Some(row.id) == decision.amendment)?;
        row.fell_to.is_none().then_some((decision, row))
    });
    let Some((decision, row)) = found else { return Ok(None) };
    Ok(Some(Last {
        number: row.number,
        name: row.name(),
        href: format!("/drafts/{}/amendments/{}", own.reference, row.number),
        title: i18n::message(cx.l(), &format!("disposition-{}", decision.disposition)),
        revision: decision.revision,
        when: When::time(cx.language, decision.created_at),
        may_undo: may_undo(own, row),
    }))
}
