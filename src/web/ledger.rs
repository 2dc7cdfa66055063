//! The ledger of a recommendation or of a track: every comment and amendment
//! with its answer, and the words that answer changed.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::ledger_rows::{Loaded, Row, Rows};
use super::notes::Rights;
use super::page::Chrome;
use super::pagination::{PER_PAGE, PageLink, Pages};
use super::recommendations::{Head, TrackLabel, find, section_title};
use crate::domain::comment::Disposition;
use crate::domain::ids::{GroupId, OrganisationId};
use crate::domain::ledger::{EntryKind, EntryState, Filter, WHOLE};
use crate::domain::programme::{Programme, Track};
use crate::domain::recommendation::{RATIONALE, STATEMENT, action_kind};
use crate::i18n::{self, Loader};
use crate::markdown::compare::SpanKind;
use crate::store::ledger::Scope;
use crate::store::{self, DbConn};

/// Organisations offered as a filter.
const MOST_ORGANISATIONS: i64 = 300;

#[derive(Template)]
#[template(path = "drafts/ledger.html")]
struct LedgerPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    list: List,
    unanswered: i64,
    may_dispose: bool,
    may_import: bool,
}

#[derive(Template)]
#[template(path = "drafts/track_ledger.html")]
struct TrackPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    track: TrackLabel,
    list: List,
}

/// The list with its filters, as both pages show it.
pub struct List {
    pub rows: Vec<Row>,
    pub total: i64,
    pub filtered: bool,
    /// Fields of the form: name, label, chosen, options.
    pub filters: Vec<(&'static str, String, String, Vec<(String, String)>)>,
    /// The address of the list, and that of its files, without an ending.
    pub here: String,
    pub query: String,
    pub current: i64,
    pub last: i64,
    pub links: Vec<PageLink>,
}

/// What the address asks for; a word that is none narrows nothing.
pub fn filter_of(cx: &Cx) -> Filter {
    let mut query = cx.query();
    Filter {
        state: EntryState::from_text(&query.take("state")),
        kind: EntryKind::from_text(&query.take("kind")),
        organisation: query.take_parsed::<OrganisationId>("organisation"),
        disposition: Disposition::from_text(&query.take("disposition")),
        section: query.take("section"),
    }
}

pub fn show(cx: &Cx) -> Answer {
    let l = cx.l();
    let filter = filter_of(cx);
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        let programme = cx.programme(conn)?;
        let scope = Scope::Recommendation(own.id);
        let total = store::ledger::count(conn, scope, &filter)?;
        let pages = Pages::of(cx, total)?;
        let entries = store::ledger::list(conn, scope, &filter, pages.offset(), PER_PAGE)?;
        let loaded = Loaded::read(conn, &entries)?;
        let rights = Rights::of(cx, &own)?;
        let mut rows = Rows::load(cx, conn, &programme, &loaded)?;
        rows.with_text(conn, &own, rights)?;
        let open = Filter { state: Some(EntryState::Open), ..Filter::default() };
        let here = format!("/drafts/{}/ledger", own.reference);
        let title = format!("{}: {}", fl!(l, "draft-tab-ledger"), own.reference);
        Ok::<_, WebError>(LedgerPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            head: Head::new(cx, conn, &programme, &own, "ledger")?,
            list: list(
                cx,
                conn,
                &programme,
                scope,
                &filter,
                here,
                total,
                pages,
                rows.make(&entries),
            )?,
            unanswered: store::ledger::count(conn, scope, &open)?,
            may_dispose: rights.dispose,
            may_import: rights.dispose || rights.comment,
        })
    })?;
    Reply::page(&page)
}

/// The track of the address, if its texts are the asker's to read.
///
/// # Errors
/// `NotFound` otherwise.
pub fn find_track<'a>(cx: &Cx, programme: &'a Programme) -> Result<&'a Track, WebError> {
    let track = programme.track(cx.param("slug")).ok_or(WebError::NotFound)?;
    if cx.actor()?.sees(track.id) { Ok(track) } else { Err(WebError::NotFound) }
}

pub fn show_track(cx: &Cx) -> Answer {
    let l = cx.l();
    let filter = filter_of(cx);
    let page = cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let track = find_track(cx, &programme)?;
        let scope = Scope::Track(track.id);
        let total = store::ledger::count(conn, scope, &filter)?;
        let pages = Pages::of(cx, total)?;
        let entries = store::ledger::list(conn, scope, &filter, pages.offset(), PER_PAGE)?;
        let loaded = Loaded::read(conn, &entries)?;
        let rows = Rows::load(cx, conn, &programme, &loaded)?.make(&entries);
        let here = format!("/drafts/tracks/{}/ledger", track.slug);
        let label = TrackLabel::new(track, cx);
        let title = format!("{}: {}", fl!(l, "draft-tab-ledger"), label.name);
        Ok::<_, WebError>(TrackPage {
            l,
            chrome: cx.chrome(conn, &title)?.in_section("drafts"),
            track: label,
            list: list(cx, conn, &programme, scope, &filter, here, total, pages, rows)?,
        })
    })?;
    Reply::page(&page)
}

#[expect(clippy::too_many_arguments, reason = "one list and where it stands")]
fn list(
    cx: &Cx,
    conn: &mut DbConn,
    programme: &Programme,
    scope: Scope,
    filter: &Filter,
    here: String,
    total: i64,
    pages: Pages,
    rows: Vec<Row>,
) -> Result<List, WebError> {
    let organisations = store::ledger::list_organisations(conn, scope, MOST_ORGANISATIONS)?;
    Ok(List {
        rows,
        total,
        filtered: !filter.is_empty(),
        filters: filters(cx, programme, filter, organisations),
        here,
        query: filter.query(),
        current: pages.current,
        last: pages.last,
        links: pages.links(),
    })
}

fn filters(
    cx: &Cx,
    programme: &Programme,
    filter: &Filter,
    organisations: Vec<(OrganisationId, GroupId, String)>,
) -> Vec<(&'static str, String, String, Vec<(String, String)>)> {
    let l = cx.l();
    let word =
        |prefix: &str, word: &str| (word.to_owned(), i18n::message(l, &format!("{prefix}-{word}")));
    let chosen = |word: Option<&str>| word.unwrap_or_default().to_owned();
    let mut sections = vec![STATEMENT.to_owned(), RATIONALE.to_owned()];
    sections.extend(programme.audiences.iter().map(|own| action_kind(&own.slug)));
    let mut named: Vec<(String, String)> = sections
        .into_iter()
        .map(|kind| (kind.clone(), section_title(cx, programme, &kind)))
        .collect();
    named.push((WHOLE.to_owned(), fl!(l, "section-whole")));
    let organisations =
        organisations.into_iter().map(|(id, _, name)| (id.to_string(), name)).collect();
    vec![
        (
            "state",
            fl!(l, "ledger-state"),
            chosen(filter.state.map(EntryState::as_str)),
            EntryState::ALL.iter().map(|own| word("ledger-state", own.as_str())).collect(),
        ),
        (
            "kind",
            fl!(l, "comment-kind"),
            chosen(filter.kind.map(EntryKind::as_str)),
            EntryKind::ALL.iter().map(|own| word("ledger-kind", own.as_str())).collect(),
        ),
        (
            "organisation",
            fl!(l, "account-organisation"),
            filter.organisation.map(|own| own.to_string()).unwrap_or_default(),
            organisations,
        ),
        (
            "disposition",
            fl!(l, "comment-disposition"),
            chosen(filter.disposition.map(Disposition::as_str)),
            Disposition::ALL.iter().map(|own| word("disposition", own.as_str())).collect(),
        ),
        ("section", fl!(l, "ledger-section"), filter.section.clone(), named),
    ]
}
