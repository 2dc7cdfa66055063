//! Workshops as the secretariat calls and changes them.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::{FieldErrors, Fields};
use super::page::Chrome;
use super::secretariat::frame;
use super::track_label::TrackLabel;
use super::workshops::{Hours, Place};
use crate::actions::{ActionError, workshops};
use crate::domain::fault::Faults;
use crate::domain::programme::Programme;
use crate::domain::workshop::{NewWorkshop, Workshop, WorkshopForm, zones};
use crate::i18n::{Loader, format};
use crate::store;

/// Workshops shown in the list.
const MOST_SHOWN: i64 = 500;

#[derive(Template)]
#[template(path = "secretariat/workshops/list.html")]
struct ListPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    rows: Vec<Row>,
}

struct Row {
    slug: String,
    title: String,
    track: Option<TrackLabel>,
    hours: Hours,
    place: Place,
    coming: bool,
}

pub fn show_list(cx: &Cx) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let chrome = frame(cx, conn, &fl!(l, "nav-workshops"))?;
        let programme = cx.programme(conn)?;
        let row = |workshop: Workshop| Row {
            track: TrackLabel::find(&programme, Some(workshop.track), cx.language),
            hours: Hours::of(l, cx.language, &workshop),
            place: Place::of(&workshop),
            coming: workshop.ends_at > cx.now,
            slug: workshop.slug,
            title: workshop.title,
        };
        let rows = store::workshops::list(conn, MOST_SHOWN)?.into_iter().map(row).collect();
        Ok::<_, WebError>(ListPage { l, chrome, area: "workshops", rows })
    })?;
    Reply::page(&page)
}

#[derive(Template)]
#[template(path = "secretariat/workshops/form.html")]
struct FormPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    errors: FieldErrors,
    token: String,
    form: WorkshopForm,
    /// Slug and name.
    tracks: Vec<(String, String)>,
    zones: Vec<(String, String)>,
    /// `None` for a new one.
    slug: Option<String>,
}

/// The form, with what was typed; `slug` of the workshop that is changed.
fn form_page<'a>(
    cx: &'a Cx,
    form: WorkshopForm,
    faults: &Faults,
    slug: Option<String>,
) -> Result<FormPage<'a>, WebError> {
    let l = cx.l();
    let heading = if slug.is_some() { fl!(l, "workshop-change") } else { fl!(l, "workshop-new") };
    cx.read(|conn| {
        let chrome = frame(cx, conn, &heading)?;
        let programme = cx.programme(conn)?;
        let named = |track: &crate::domain::programme::Track| {
            (track.slug.clone(), track.name(cx.language).text.to_owned())
        };
        Ok(FormPage {
            l,
            chrome,
            area: "workshops",
            errors: cx.errors(faults),
            token: cx.form_token(),
            tracks: programme.tracks.iter().map(named).collect(),
            zones: list_zones(&form.zone),
            form,
            slug,
        })
    })
}

/// The zones to choose from, with the one in use should it be an odd one.
fn list_zones(chosen: &str) -> Vec<(String, String)> {
    let pair = |zone: &str| (zone.to_owned(), zone.replace('_', " "));
    let mut listed: Vec<_> = zones().into_iter().map(pair).collect();
    let known = listed.iter().any(|(zone, _)| zone == chosen);
    if !known && chosen.parse::<chrono_tz::Tz>().is_ok() {
        listed.insert(0, pair(chosen));
    }
    listed
}

pub fn show_new(cx: &Cx) -> Answer {
    let zone = "Europe/Prague".to_owned();
    let track = cx.query().take("track");
    let form = WorkshopForm { zone, track, ..WorkshopForm::default() };
    Reply::page(&form_page(cx, form, &Faults::default(), None)?)
}

pub fn create(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut fields = cx.form();
    let token = fields.take("once");
    let form = read(&mut fields);
    fields.finish()?;
    let programme = cx.read(|conn| cx.programme(conn))?;
    let outcome = parse(&form, &programme).and_then(|new| {
        cx.once(&token, |conn| {
            let made = workshops::create(conn, actor, &programme, &new, None, cx.now)?;
            Ok(format!("/secretariat/workshops/{}?done=workshop-called", made.slug))
        })
    });
    answer(cx, outcome, form, None)
}

pub fn show_edit(cx: &Cx) -> Answer {
    let (found, programme) = cx.read(|conn| {
        let found = store::workshops::find_by_slug(conn, cx.param("slug"))?;
        Ok::<_, WebError>((found.ok_or(WebError::NotFound)?, cx.programme(conn)?))
    })?;
    let slug = found.slug.clone();
    let form = as_typed(found, &programme);
    Reply::page(&form_page(cx, form, &Faults::default(), Some(slug))?)
}

pub fn change(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let slug = cx.param("slug").to_owned();
    let mut fields = cx.form();
    let token = fields.take("once");
    let form = read(&mut fields);
    fields.finish()?;
    let (found, programme) = cx.read(|conn| {
        let found = store::workshops::find_by_slug(conn, &slug)?;
        Ok::<_, WebError>((found, cx.programme(conn)?))
    })?;
    let slug = found.ok_or(WebError::NotFound)?.slug;
    let outcome = parse(&form, &programme).and_then(|new| {
        cx.once(&token, |conn| {
            workshops::change(conn, actor, &slug, &new, cx.now)?;
            Ok(format!("/secretariat/workshops/{slug}?done=workshop-changed"))
        })
    });
    answer(cx, outcome, form, Some(slug))
}

fn read(fields: &mut Fields) -> WorkshopForm {
    WorkshopForm {
        title: fields.take("title"),
        track: fields.take("track"),
        zone: fields.take("zone"),
        starts: fields.take("starts"),
        ends: fields.take("ends"),
        place: fields.take("place"),
        link: fields.take("link"),
        agenda: fields.take("agenda"),
    }
}

fn parse(form: &WorkshopForm, programme: &Programme) -> Result<NewWorkshop, ActionError> {
    NewWorkshop::parse(form, programme).map_err(ActionError::Faults)
}

/// A refused form is shown again with everything that was typed.
fn answer(
    cx: &Cx,
    outcome: Result<Reply, ActionError>,
    form: WorkshopForm,
    slug: Option<String>,
) -> Answer {
    match outcome {
        Ok(reply) => Ok(reply),
        Err(ActionError::Faults(faults)) => Reply::refused(&form_page(cx, form, &faults, slug)?),
        Err(fault) => Err(fault.into()),
    }
}

/// A workshop as its form would carry it.
fn as_typed(workshop: Workshop, programme: &Programme) -> WorkshopForm {
    let local = |at| format::in_zone(at, &workshop.zone).format("%Y-%m-%dT%H:%M").to_string();
    let track = programme.track_by_id(workshop.track);
    WorkshopForm {
        starts: local(workshop.starts_at),
        ends: local(workshop.ends_at),
        track: track.map(|track| track.slug.clone()).unwrap_or_default(),
        title: workshop.title,
        zone: workshop.zone,
        place: workshop.place,
        link: workshop.link,
        agenda: workshop.agenda,
    }
}
