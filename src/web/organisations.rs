//! Organisations: the list, a new one, one of them changed.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::{FieldErrors, Fields};
use super::page::{Chrome, Localised};
use super::secretariat::frame;
use crate::actions::ActionError;
use crate::actions::organisations::{self, NewOrganisation};
use crate::domain::fault::Faults;
use crate::domain::ids::OrganisationId;
use crate::domain::language::Language;
use crate::domain::programme::Programme;
use crate::i18n::Loader;
use crate::store;
use crate::store::organisations::Organisation;

#[derive(Template)]
#[template(path = "secretariat/organisations.html")]
struct OrganisationsPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    rows: Vec<OrganisationRow>,
}

struct OrganisationRow {
    id: OrganisationId,
    name: String,
    group: Localised,
    state: Option<String>,
    people: i64,
}

pub fn show_list(cx: &Cx) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let chrome = frame(cx, conn, &fl!(l, "organisations-title"))?;
        let programme = cx.programme(conn)?;
        let row = |(own, people): (Organisation, i64)| OrganisationRow {
            id: own.id,
            group: programme
                .group_by_id(own.group)
                .map(|group| group.name(cx.language).into())
                .unwrap_or_default(),
            name: own.name,
            state: own.state,
            people,
        };
        let rows = store::organisations::list(conn)?.into_iter().map(row).collect();
        Ok::<_, WebError>(OrganisationsPage { l, chrome, area: "organisations", rows })
    })?;
    Reply::page(&page)
}

#[derive(Template)]
#[template(path = "secretariat/organisation.html")]
struct OrganisationPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    errors: FieldErrors,
    /// The name as stored; `None` for a new one.
    known: Option<String>,
    typed: Typed,
    groups: Vec<(String, String)>,
    token: String,
}

/// The form as it was filled in.
#[derive(Default)]
struct Typed {
    name: String,
    group: String,
    state: String,
}

impl Typed {
    fn take(form: &mut Fields) -> Self {
        Self { name: form.take("name"), group: form.take("group"), state: form.take("state") }
    }

    fn of(organisation: &Organisation, programme: &Programme) -> Self {
        let group = programme.group_by_id(organisation.group);
        Self {
            name: organisation.name.clone(),
            group: group.map(|group| group.slug.clone()).unwrap_or_default(),
            state: organisation.state.clone().unwrap_or_default(),
        }
    }

    fn parse(&self, programme: &Programme) -> Result<NewOrganisation, ActionError> {
        Ok(NewOrganisation::parse(programme, &self.name, &self.group, &self.state)?)
    }
}

/// The stakeholder groups, for a field to choose one.
#[must_use]
pub fn group_options(programme: &Programme, language: Language) -> Vec<(String, String)> {
    let option = |group: &crate::domain::programme::Group| {
        (group.slug.clone(), group.name(language).text.to_owned())
    };
    programme.groups.iter().map(option).collect()
}

fn page<'a>(
    cx: &'a Cx,
    errors: FieldErrors,
    known: Option<&Organisation>,
    typed: Option<Typed>,
) -> Result<OrganisationPage<'a>, WebError> {
    let l = cx.l();
    cx.read(|conn| {
        let title = match known {
            Some(organisation) => organisation.name.clone(),
            None => fl!(l, "organisation-new"),
        };
        let chrome = frame(cx, conn, &title)?;
        let programme = cx.programme(conn)?;
        let stored = || known.map(|own| Typed::of(own, &programme)).unwrap_or_default();
        Ok(OrganisationPage {
            l,
            chrome,
            area: "organisations",
            errors,
            known: known.map(|organisation| organisation.name.clone()),
            typed: typed.unwrap_or_else(stored),
            groups: group_options(&programme, cx.language),
            token: cx.form_token(),
        })
    })
}

pub fn show_new(cx: &Cx) -> Answer {
    Reply::page(&page(cx, FieldErrors::default(), None, None)?)
}

/// An organisation’s name is not a person’s.
fn errors(cx: &Cx, faults: &Faults) -> FieldErrors {
    cx.errors_called(faults, |field| (field == "name").then(|| fl!(cx.l(), "organisation-name")))
}

pub fn create(cx: &Cx) -> Answer {
    let mut form = cx.form();
    let once = form.take("once");
    let typed = Typed::take(&mut form);
    form.finish()?;
    let actor = cx.actor()?;
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = typed.parse(&programme).and_then(|new| {
        cx.once(&once, |conn| {
            organisations::create(conn, actor, &new, cx.now)?;
            Ok("/secretariat/organisations?done=organisation-created".to_owned())
        })
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            Reply::refused(&page(cx, errors(cx, &faults), None, Some(typed))?)
        }
        other => Ok(other?),
    }
}

fn find(cx: &Cx) -> Result<Organisation, WebError> {
    let id: OrganisationId = cx.param_as("organisation")?;
    cx.read(|conn| store::organisations::find(conn, id))?.ok_or(WebError::NotFound)
}

pub fn show(cx: &Cx) -> Answer {
    let organisation = find(cx)?;
    Reply::page(&page(cx, FieldErrors::default(), Some(&organisation), None)?)
}

pub fn change(cx: &Cx) -> Answer {
    let organisation = find(cx)?;
    let mut form = cx.form();
    let once = form.take("once");
    let typed = Typed::take(&mut form);
    form.finish()?;
    let actor = cx.actor()?;
    let programme = cx.read(|conn| cx.programme(conn))?;
    let done = typed.parse(&programme).and_then(|new| {
        cx.once(&once, |conn| {
            organisations::change(conn, actor, organisation.id, &new, cx.now)?;
            Ok("/secretariat/organisations?done=organisation-saved".to_owned())
        })
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            Reply::refused(&page(cx, errors(cx, &faults), Some(&organisation), Some(typed))?)
        }
        other => Ok(other?),
    }
}
