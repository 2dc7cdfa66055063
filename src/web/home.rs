//! The home page: what this is about, what is published, what is under way.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::page::{Chrome, Localised, When};
use super::track_label::TrackLabel;
use super::under_way::{UnderWay, earlier};
use super::volume::{Role, Volume};
use super::workshops::{Hours, day};
use crate::domain::language::Language;
use crate::domain::programme::Programme;
use crate::domain::workshop::Workshop;
use crate::i18n::Loader;
use crate::{markdown, store};

/// Workshops shown on the home page.
const MOST_WORKSHOPS: i64 = 4;

/// Attacks on healthcare recorded by the `CyberPeace` Institute from January
/// to August 2021, and those of them that made systems unavailable.
const ATTACKS: usize = 77;
const SYSTEMS_DOWN: usize = 66;
/// Marks in a row of the figure, and the distance between them.
const ROW: usize = 11;
const PITCH: usize = 30;

#[derive(Template)]
#[template(path = "public/home.html")]
struct HomePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    foreign: bool,
    tagline: Localised,
    intro_lang: &'static str,
    intro_html: String,
    figure: Figure,
    edition: Option<Latest>,
    under_way: UnderWay,
    workshops: Vec<WorkshopRow>,
}

/// One mark an attack: where each stands.
struct Figure {
    hits: Vec<(usize, usize)>,
    misses: Vec<(usize, usize)>,
}

impl Figure {
    fn new() -> Self {
        let place = |mark: usize| (mark % ROW * PITCH + 1, mark / ROW * PITCH + 1);
        Self {
            hits: (0..SYSTEMS_DOWN).map(place).collect(),
            misses: (SYSTEMS_DOWN..ATTACKS).map(place).collect(),
        }
    }
}

/// The edition published last.
struct Latest {
    number: i32,
    published: When,
    count: usize,
    roles: Vec<Role>,
}

/// A workshop in a list on another page than its own.
pub struct WorkshopRow {
    pub href: String,
    pub title: String,
    pub track: Option<TrackLabel>,
    pub hours: Hours,
    pub day: String,
}

impl WorkshopRow {
    #[must_use]
    pub fn new(cx: &Cx, programme: &Programme, workshop: &Workshop) -> Self {
        Self {
            href: format!("/{}/workshops/{}", cx.language, workshop.slug),
            title: workshop.title.clone(),
            track: TrackLabel::find(programme, Some(workshop.track), cx.language),
            hours: Hours::of(cx.l(), cx.language, workshop),
            day: day(cx.language, workshop),
        }
    }
}

pub fn show(cx: &Cx) -> Answer {
    let l = cx.l();
    let (page, until) = cx.read(|conn| {
        let chrome = cx.chrome(conn, &fl!(l, "nav-home"))?;
        let programme = cx.programme(conn)?;
        let under_way = UnderWay::read(cx, conn, &programme)?;
        let coming = store::workshops::list_coming(conn, cx.now, MOST_WORKSHOPS)?;
        let ends = coming.iter().map(|workshop| workshop.ends_at).min();
        let until = earlier(under_way.until, ends);
        let intro = programme.texts.phrase(cx.language, |text| text.intro.as_str());
        let edition = Volume::current(conn)?.map(|volume| {
            let names = volume.names(&programme, cx.language);
            Latest {
                number: volume.number,
                published: volume.published(cx.language),
                count: volume.entries.len(),
                roles: volume.roles(&names, |slug| chrome.href(&format!("/for/{slug}"))),
            }
        });
        let page = HomePage {
            l,
            foreign: cx.language != Language::En,
            tagline: programme.texts.phrase(cx.language, |text| text.tagline.as_str()).into(),
            intro_lang: intro.foreign.unwrap_or(cx.language).as_str(),
            intro_html: markdown::render_note(intro.text, "intro")?,
            figure: Figure::new(),
            edition,
            under_way,
            workshops: coming.iter().map(|own| WorkshopRow::new(cx, &programme, own)).collect(),
            chrome,
        };
        Ok::<_, WebError>((page, until))
    })?;
    Ok(Reply::page(&page)?.valid_until(until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mark_is_one_attack() {
        let figure = Figure::new();
        assert_eq!(figure.hits.len(), 66);
        assert_eq!(figure.hits.len() + figure.misses.len(), 77);
        assert_eq!(figure.hits.first(), Some(&(1, 1)));
        assert_eq!(figure.hits.last(), Some(&(301, 151)));
        assert_eq!(figure.misses.first(), Some(&(1, 181)));
    }
}
