//! Workshops as the public sees them: the list, a page each, calendar files.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::page::Chrome;
use super::track_label::TrackLabel;
use crate::domain::Instant;
use crate::domain::language::Language;
use crate::domain::programme::Programme;
use crate::domain::workshop::{Workshop, host_of};
use crate::export::ics;
use crate::i18n::{Loader, format};
use crate::store;

/// Workshops shown in each half of the list.
const MOST_SHOWN: i64 = 300;

/// When a workshop is held: on the clock of its place, and in UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// `Tuesday 24 November 2026, 14:00–17:00`.
    pub own: String,
    /// `Europe/Prague`.
    pub zone: String,
    /// `24 November 2026, 13:00–16:00 UTC`.
    pub utc: String,
    /// The start, for `datetime`.
    pub machine: String,
}

impl Hours {
    #[must_use]
    pub fn of(l: &Loader, language: Language, workshop: &Workshop) -> Self {
        let local = |at| format::in_zone(at, &workshop.zone);
        let (starts, ends) = (local(workshop.starts_at), local(workshop.ends_at));
        let own = fl!(
            l,
            "workshop-when",
            weekday = format::weekday(language, starts),
            when = span(language, starts, ends)
        );
        Self {
            own,
            zone: workshop.zone.clone(),
            utc: format!("{} UTC", span(language, workshop.starts_at, workshop.ends_at)),
            machine: format::machine(workshop.starts_at),
        }
    }
}

/// From one time to another: the day is said once when it is the same.
fn span(language: Language, from: Instant, to: Instant) -> String {
    let from_text = format::date_time(language, from);
    if from.date() == to.date() {
        format!("{from_text}–{}", format::time(to))
    } else {
        format!("{from_text} – {}", format::date_time(language, to))
    }
}

/// Where it is held; a link is shown with its host.
pub struct Place {
    pub place: String,
    pub link: String,
    /// The host of the link; empty without one.
    pub host: String,
}

impl Place {
    #[must_use]
    pub fn of(workshop: &Workshop) -> Self {
        Self {
            place: workshop.place.clone(),
            link: workshop.link.clone(),
            host: host_of(&workshop.link).unwrap_or_default().to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "workshops/list.html")]
struct ListPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    foreign: bool,
    coming: Vec<Row>,
    past: Vec<Row>,
}

struct Row {
    href: String,
    title: String,
    track: Option<TrackLabel>,
    hours: Hours,
    place: Place,
    day: String,
}

pub fn show_public_list(cx: &Cx) -> Answer {
    let l = cx.l();
    let (page, until) = cx.read(|conn| {
        let chrome = cx.chrome(conn, &fl!(l, "nav-workshops"))?.in_section("workshops");
        let programme = cx.programme(conn)?;
        let coming = store::workshops::list_coming(conn, cx.now, MOST_SHOWN)?;
        let past = store::workshops::list_past(conn, cx.now, MOST_SHOWN)?;
        // What is coming will be past: the page is right until the first ends.
        let until = coming.iter().map(|workshop| workshop.ends_at).min();
        let row = |workshop: &Workshop| Row {
            href: chrome.href(&format!("/workshops/{}", workshop.slug)),
            title: workshop.title.clone(),
            track: TrackLabel::find(&programme, Some(workshop.track), cx.language),
            hours: Hours::of(l, cx.language, workshop),
            place: Place::of(workshop),
            day: day(cx.language, workshop),
        };
        let coming = coming.iter().map(row).collect();
        let past = past.iter().map(row).collect();
        let foreign = cx.language != Language::En;
        Ok::<_, WebError>((ListPage { l, chrome, foreign, coming, past }, until))
    })?;
    Ok(Reply::page(&page)?.valid_until(until))
}

/// The first day on the clock of its place.
#[must_use]
pub fn day(language: Language, workshop: &Workshop) -> String {
    format::date(language, format::in_zone(workshop.starts_at, &workshop.zone))
}

#[derive(Template)]
#[template(path = "workshops/workshop.html")]
struct WorkshopPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    foreign: bool,
    slug: String,
    title: String,
    track: Option<TrackLabel>,
    hours: Hours,
    place: Place,
    agenda_html: String,
    past: bool,
}

pub fn show(cx: &Cx) -> Answer {
    let l = cx.l();
    let (page, until) = cx.read(|conn| {
        let found = store::workshops::find_by_slug(conn, cx.param("slug"))?;
        let workshop = found.ok_or(WebError::NotFound)?;
        let chrome = cx.chrome(conn, &workshop.title)?.in_section("workshops");
        let programme = cx.programme(conn)?;
        let past = workshop.ends_at <= cx.now;
        let page = WorkshopPage {
            l,
            chrome,
            foreign: cx.language != Language::En,
            track: TrackLabel::find(&programme, Some(workshop.track), cx.language),
            hours: Hours::of(l, cx.language, &workshop),
            place: Place::of(&workshop),
            past,
            slug: workshop.slug,
            title: workshop.title,
            agenda_html: workshop.agenda_html,
        };
        Ok::<_, WebError>((page, (!past).then_some(workshop.ends_at)))
    })?;
    Ok(Reply::page(&page)?.valid_until(until))
}

pub fn download_ics(cx: &Cx) -> Answer {
    let file = cx.read(|conn| {
        let found = store::workshops::find_by_slug(conn, cx.param("slug"))?;
        let workshop = found.ok_or(WebError::NotFound)?;
        let programme = cx.programme(conn)?;
        Ok::<_, WebError>(calendar(cx, &programme, &workshop))
    })?;
    let name = format!("{}.ics", cx.param("slug"));
    Ok(Reply::file("text/calendar; charset=utf-8", file).saved_as(name))
}

/// In the programme's language, whoever asks: the file has one address.
fn calendar(cx: &Cx, programme: &Programme, workshop: &Workshop) -> String {
    let track = programme.track_by_id(workshop.track);
    let track = track.map_or("", |track| track.name(Language::En).text);
    let title = programme.texts.phrase(Language::En, |text| text.title.as_str()).text;
    let address = format!("{}/workshops/{}", cx.app.origin.address, workshop.slug);
    ics::workshop(workshop, track, title, &address)
}
