//! A track as the public sees it: what it is about, published and under way.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::home::WorkshopRow;
use super::page::{Chrome, Localised};
use super::track_label::TrackLabel;
use super::under_way::{UnderWay, UnderWayRow, earlier};
use super::volume::{Ask, Volume};
use crate::domain::Instant;
use crate::domain::language::Language;
use crate::i18n::Loader;
use crate::store;

/// Workshops of one track on its page.
const MOST_WORKSHOPS: i64 = 200;

#[derive(Template)]
#[template(path = "public/track.html")]
struct TrackPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    foreign: bool,
    track: TrackLabel,
    summary: Localised,
    /// The number of the current edition.
    edition: Option<i32>,
    asks: Vec<Ask>,
    under_way: Option<UnderWayRow>,
    coming: Vec<WorkshopRow>,
    past: Vec<WorkshopRow>,
}

pub fn show(cx: &Cx) -> Answer {
    let (page, until) = cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let own = programme.track(cx.param("slug")).ok_or(WebError::NotFound)?;
        let chrome = cx.chrome(conn, own.name(cx.language).text)?;
        let under_way = UnderWay::read(cx, conn, &programme)?;
        let workshops = store::workshops::list_of_track(conn, own.id, MOST_WORKSHOPS)?;
        let (mut coming, past): (Vec<_>, Vec<_>) =
            workshops.into_iter().partition(|workshop| workshop.ends_at > cx.now);
        // The store gives the latest first; what comes is read soonest first.
        coming.reverse();
        let ends: Option<Instant> = coming.iter().map(|workshop| workshop.ends_at).min();
        let until = earlier(under_way.until, ends);
        let volume = Volume::current(conn)?;
        let asks = volume.as_ref().map(|volume| {
            let names = volume.names(&programme, cx.language);
            volume.of_track(&own.slug).map(|own| Ask::new(own, &names, cx.language)).collect()
        });
        let row = |workshop| WorkshopRow::new(cx, &programme, workshop);
        let page = TrackPage {
            l: cx.l(),
            chrome,
            foreign: cx.language != Language::En,
            track: TrackLabel::new(own, cx.language),
            summary: own.summary(cx.language).into(),
            edition: volume.map(|volume| volume.number),
            asks: asks.unwrap_or_default(),
            under_way: under_way.rows.into_iter().find(|row| row.id == own.id),
            coming: coming.iter().map(row).collect(),
            past: past.iter().map(row).collect(),
        };
        Ok::<_, WebError>((page, until))
    })?;
    Ok(Reply::page(&page)?.valid_until(until))
}
