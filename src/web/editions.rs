//! Published editions: whole, by audience, by track, one text at a time.
//! Every page here has a permanent address.

use askama::Template;
use i18n_embed_fl::fl;

use super::article::Article;
use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::names::{Coverage, Names};
use super::page::{Chrome, Localised, When};
use super::track_label::TrackLabel;
use super::under_way::UnderWay;
use super::volume::{Ask, Cover, Role, Volume, action_for, audiences, entry};
use crate::domain::edition::Entry;
use crate::domain::language::Language;
use crate::domain::programme::Programme;
use crate::domain::recommendation::{action_kind, anchor_prefix};
use crate::i18n::{Loader, format};
use crate::markdown::{self, Piece, controls};
use crate::store::{self, DbConn};

#[derive(Template)]
#[template(path = "editions/current.html")]
struct CurrentPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    foreign: bool,
    number: i32,
    published: When,
    roles: Vec<Role>,
    tracks: Vec<TrackAsks>,
}

struct TrackAsks {
    track: TrackLabel,
    href: String,
    asks: Vec<Ask>,
}

/// What a list shows before the first edition.
#[derive(Template)]
#[template(path = "editions/none.html")]
struct NonePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    heading: String,
    under_way: UnderWay,
}

fn show_none(cx: &Cx, chrome: Chrome, heading: String, under_way: UnderWay) -> Answer {
    let until = under_way.until;
    let page = NonePage { l: cx.l(), chrome, heading, under_way };
    Ok(Reply::page(&page)?.valid_until(until))
}

/// The current edition as a list, track by track.
pub fn show_current(cx: &Cx) -> Answer {
    let l = cx.l();
    let heading = fl!(l, "nav-recommendations");
    cx.read(|conn| {
        let chrome = cx.chrome(conn, &heading)?.in_section("recommendations");
        let programme = cx.programme(conn)?;
        let Some(volume) = Volume::current(conn)? else {
            let under_way = UnderWay::read(cx, conn, &programme)?;
            return show_none(cx, chrome, heading, under_way);
        };
        let names = volume.names(&programme, cx.language);
        let own = |track: &TrackLabel| TrackAsks {
            href: chrome.href(&format!("/tracks/{}", track.slug)),
            asks: asks(cx, &names, volume.of_track(&track.slug)),
            track: track.clone(),
        };
        Reply::page(&CurrentPage {
            l,
            foreign: cx.language != Language::En,
            number: volume.number,
            published: volume.published(cx.language),
            roles: volume.roles(&names, |slug| chrome.href(&format!("/for/{slug}"))),
            tracks: names.tracks.iter().map(own).filter(|own| !own.asks.is_empty()).collect(),
            chrome,
        })
    })
}

fn asks<'a>(cx: &Cx, names: &Names, entries: impl Iterator<Item = &'a Entry>) -> Vec<Ask> {
    entries.map(|entry| Ask::new(entry, names, cx.language)).collect()
}

#[derive(Template)]
#[template(path = "editions/list.html")]
struct ListPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    rows: Vec<ListRow>,
}

struct ListRow {
    number: i32,
    href: String,
    published: When,
    sha256: String,
}

pub fn show_list(cx: &Cx) -> Answer {
    let heading = fl!(cx.l(), "nav-editions");
    cx.read(|conn| {
        let chrome = cx.chrome(conn, &heading)?.in_section("editions");
        let programme = cx.programme(conn)?;
        let editions = store::editions::list_published(conn)?;
        if editions.is_empty() {
            let under_way = UnderWay::read(cx, conn, &programme)?;
            return show_none(cx, chrome, heading, under_way);
        }
        let row = |edition: crate::domain::edition::Edition| {
            let number = edition.number?;
            Some(ListRow {
                number,
                href: chrome.href(&format!("/editions/{number}")),
                published: When::date(cx.language, edition.published_at?),
                sha256: edition.sha256?,
            })
        };
        let rows = editions.into_iter().filter_map(row).collect();
        Reply::page(&ListPage { l: cx.l(), chrome, rows })
    })
}

#[derive(Template)]
#[template(path = "editions/edition.html")]
struct EditionPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    foreign: bool,
    number: i32,
    /// The number of the current edition, when this is not it.
    newer: Option<i32>,
    published: When,
    sha256: String,
    foreword_html: String,
    asks: Vec<Ask>,
    roles: Vec<Role>,
    coverage: Coverage,
    changes: Option<Changes>,
    address: String,
}

/// What is different from the edition before.
struct Changes {
    since: i32,
    added: Vec<Change>,
    revised: Vec<Change>,
    /// Their links lead to the edition they were in.
    left: Vec<Change>,
}

struct Change {
    reference: String,
    title: String,
    href: String,
}

impl Changes {
    fn between(before: &Volume, after: &Volume, language: Language) -> Self {
        let find = |volume: &Volume, reference: &str| {
            volume.entries.iter().position(|entry| entry.reference == reference)
        };
        let change = |entry: &Entry| Change {
            reference: entry.reference.clone(),
            title: controls::visible(&entry.title).into_owned(),
            href: format!("/{language}/editions/{}/{}", entry.edition, entry.reference),
        };
        let (mut added, mut revised) = (Vec::new(), Vec::new());
        for entry in &after.entries {
            match find(before, &entry.reference).map(|at| &before.entries[at]) {
                None => added.push(change(entry)),
                Some(old) if old.revision != entry.revision => revised.push(change(entry)),
                Some(_) => {}
            }
        }
        let gone = before.entries.iter().filter(|own| find(after, &own.reference).is_none());
        Self { since: before.number, added, revised, left: gone.map(change).collect() }
    }
}

pub fn show(cx: &Cx) -> Answer {
    let l = cx.l();
    cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let volume = Volume::find(conn, cx.param("number"))?;
        let number = volume.number;
        let title = fl!(l, "edition-n", n = number);
        let chrome = framed(cx, conn, &title, &volume.sha256, number, "")?;
        let names = volume.names(&programme, cx.language);
        let before = match number {
            ..=1 => None,
            later => Some(Volume::find(conn, &(later - 1).to_string())?),
        };
        let changes = before.map(|before| Changes::between(&before, &volume, cx.language));
        let base = chrome.href(&format!("/editions/{number}"));
        Reply::page(&EditionPage {
            l,
            foreign: cx.language != Language::En,
            newer: newer(conn, number)?,
            published: volume.published(cx.language),
            asks: asks(cx, &names, volume.entries.iter()),
            roles: volume.roles(&names, |slug| format!("{base}/for/{slug}")),
            coverage: Coverage::of(&names, &volume.texts()),
            changes,
            address: format!("{}/editions/{number}", cx.app.origin.address),
            number,
            sha256: volume.sha256,
            foreword_html: volume.foreword_html,
            chrome,
        })
    })
}

/// The frame of an edition's page, with what its printed footer says.
fn framed(
    cx: &Cx,
    conn: &mut DbConn,
    title: &str,
    sha256: &str,
    number: i32,
    rest: &str,
) -> Result<Chrome, WebError> {
    let address = format!("{}/editions/{number}{rest}", cx.app.origin.address);
    let line = fl!(cx.l(), "edition-print", n = number, hash = sha256, address = address);
    Ok(cx.chrome(conn, title)?.in_section("editions").printed_as(line))
}

/// The number of the current edition, unless it is this one.
fn newer(conn: &mut DbConn, number: i32) -> Result<Option<i32>, WebError> {
    let current = store::editions::find_current(conn)?;
    Ok(current.and_then(|edition| edition.number).filter(|current| *current != number))
}

#[derive(Template)]
#[template(path = "editions/audience.html")]
struct AudiencePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    foreign: bool,
    number: i32,
    newer: Option<i32>,
    published: When,
    audience: Localised,
    asks: Vec<Ask>,
    /// Reference, title, address and HTML of what each asks of this reader.
    actions: Vec<AudienceAction>,
    /// How many come from each track.
    tracks: Vec<(TrackLabel, usize)>,
}

struct AudienceAction {
    reference: String,
    title: String,
    href: String,
    html: String,
}

/// For one audience, of the current edition.
pub fn show_current_audience(cx: &Cx) -> Answer {
    let slug = cx.param("audience").to_owned();
    cx.read(|conn| {
        let programme = cx.programme(conn)?;
        if let Some(volume) = Volume::current(conn)? {
            return audience_page(cx, conn, &programme, &volume, &slug);
        }
        let audience = programme.audience(&slug).ok_or(WebError::NotFound)?;
        let name = audience.name(cx.language).text;
        let chrome = cx.chrome(conn, name)?.in_section("recommendations");
        let under_way = UnderWay::read(cx, conn, &programme)?;
        show_none(cx, chrome, name.to_owned(), under_way)
    })
}

/// For one audience, of the edition named.
pub fn show_audience(cx: &Cx) -> Answer {
    cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let volume = Volume::find(conn, cx.param("number"))?;
        audience_page(cx, conn, &programme, &volume, cx.param("audience"))
    })
}

fn audience_page(
    cx: &Cx,
    conn: &mut DbConn,
    programme: &Programme,
    volume: &Volume,
    slug: &str,
) -> Answer {
    let l = cx.l();
    let names = volume.names(programme, cx.language);
    let audience = names.audience(slug).ok_or(WebError::NotFound)?.clone();
    let number = volume.number;
    let title = format!("{}, {}", audience.text, fl!(l, "edition-n", n = number));
    let rest = format!("/for/{slug}");
    let chrome = framed(cx, conn, &title, &volume.sha256, number, &rest)?;
    let mut actions = Vec::new();
    for entry in volume.asking(slug) {
        let kind = anchor_prefix(&action_kind(slug));
        // Many entries stand on this page: ids of their own keep them apart.
        let prefix = format!("{}-{kind}", entry.reference);
        let pieces = markdown::render(action_for(entry, slug).unwrap_or_default(), &prefix)?;
        actions.push(AudienceAction {
            reference: entry.reference.clone(),
            title: controls::visible(&entry.title).into_owned(),
            href: format!("{}#{kind}", chrome.href(&entry_path(entry))),
            html: markdown::html(&pieces),
        });
    }
    let of_track = |track: &TrackLabel| {
        let own = volume.of_track(&track.slug).filter(|own| action_for(own, slug).is_some());
        (track.clone(), own.count())
    };
    Reply::page(&AudiencePage {
        l,
        foreign: cx.language != Language::En,
        number,
        newer: newer(conn, number)?,
        published: volume.published(cx.language),
        audience,
        asks: asks(cx, &names, volume.asking(slug)),
        actions,
        tracks: names.tracks.iter().map(of_track).collect(),
        chrome,
    })
}

fn entry_path(entry: &Entry) -> String {
    format!("/editions/{}/{}", entry.edition, entry.reference)
}

#[derive(Template)]
#[template(path = "editions/track.html")]
struct TrackPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    foreign: bool,
    number: i32,
    newer: Option<i32>,
    published: When,
    track: TrackLabel,
    asks: Vec<Ask>,
}

pub fn show_track(cx: &Cx) -> Answer {
    let l = cx.l();
    let slug = cx.param("slug");
    cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let volume = Volume::find(conn, cx.param("number"))?;
        let names = volume.names(&programme, cx.language);
        let track = names.track(slug).ok_or(WebError::NotFound)?.clone();
        let number = volume.number;
        let title = format!("{}, {}", track.name.text, fl!(l, "edition-n", n = number));
        let rest = format!("/tracks/{slug}");
        Reply::page(&TrackPage {
            l,
            chrome: framed(cx, conn, &title, &volume.sha256, number, &rest)?,
            foreign: cx.language != Language::En,
            number,
            newer: newer(conn, number)?,
            published: volume.published(cx.language),
            asks: asks(cx, &names, volume.of_track(slug)),
            track,
        })
    })
}

#[derive(Template)]
#[template(path = "editions/entry.html")]
struct EntryPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    foreign: bool,
    number: i32,
    newer: Option<Newer>,
    /// The track withdrew the text after it was published.
    withdrawn: Option<When>,
    published: When,
    reference: String,
    title: String,
    revision: i32,
    agreed: When,
    track: Option<TrackLabel>,
    audiences: Vec<(String, Localised)>,
    article: Article,
    address: String,
    /// The edition's hash and the entry's own.
    edition_sha256: String,
    sha256: String,
    previous: Option<String>,
    next: Option<String>,
}

/// A later edition, and whether this text is in it.
struct Newer {
    number: i32,
    holds_it: bool,
}

pub fn show_entry(cx: &Cx) -> Answer {
    let l = cx.l();
    let reference = cx.param("reference");
    cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let cover = Cover::find(conn, cx.param("number"))?;
        let stored = store::editions::find_entry(conn, cover.edition.id, reference)?;
        let stored = stored.ok_or(WebError::NotFound)?;
        let own = entry(&stored)?;
        let number = cover.number;
        let title = controls::visible(&own.title).into_owned();
        let rest = format!("/{reference}");
        let heading = format!("{reference} {title}");
        let chrome = framed(cx, conn, &heading, &cover.sha256, number, &rest)?;
        let names = Names::then(&cover.manifest, &programme, cx.language);
        let sections: Vec<(String, Vec<Piece>)> = serde_json::from_str(&stored.rendered)
            .map_err(|fault| WebError::Internal(format!("a published page: {fault}")))?;
        let newer = match store::editions::find_current(conn)? {
            Some(current) if current.id != cover.edition.id => {
                let held = store::editions::find_entry(conn, current.id, reference)?;
                let holds_it = held.is_some();
                current.number.map(|number| Newer { number, holds_it })
            }
            _ => None,
        };
        let living = store::recommendations::find_by_reference(conn, reference)?;
        let withdrawn_at = living.and_then(|living| living.withdrawn_at);
        let order: Vec<&str> =
            cover.manifest.entries.iter().map(|own| own.reference.as_str()).collect();
        let at = order.iter().position(|own| *own == reference);
        let beside = |step: isize| {
            let place = at?.checked_add_signed(step)?;
            order.get(place).map(|own| (*own).to_owned())
        };
        let audience =
            |slug: &str| names.audience(slug).map(|name| (slug.to_owned(), name.clone()));
        Reply::page(&EntryPage {
            l,
            foreign: cx.language != Language::En,
            number,
            newer,
            withdrawn: withdrawn_at.map(|at| When::date(cx.language, at)),
            published: When::date(cx.language, cover.published_at),
            reference: own.reference.clone(),
            title,
            revision: own.revision,
            agreed: agreed_on(cx.language, &own.agreed_on),
            track: names.track(&own.track).cloned(),
            audiences: audiences(&own).into_iter().filter_map(audience).collect(),
            article: Article::published(l, &names, &sections)?,
            address: format!("{}/editions/{number}/{reference}", cx.app.origin.address),
            edition_sha256: cover.sha256,
            sha256: stored.sha256,
            previous: beside(-1),
            next: beside(1),
            chrome,
        })
    })
}

/// The day a text was agreed, which its document holds as a date.
fn agreed_on(language: Language, text: &str) -> When {
    let at = text.parse::<chrono::NaiveDate>().ok().and_then(|day| day.and_hms_opt(0, 0, 0));
    let human = at.map_or_else(|| text.to_owned(), |at| format::date(language, at));
    When { machine: text.to_owned(), human }
}
