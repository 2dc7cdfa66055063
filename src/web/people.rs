//! People: the list, one person, their roles and standing.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply, SessionChange, WebErrorOrFaults};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::{Chrome, When};
use super::pagination::{PER_PAGE, Pages};
use super::secretariat::frame;
use super::track_label::TrackLabel;
use crate::actions::{ActionError, accounts};
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, OrganisationId, TrackId};
use crate::domain::programme::Programme;
use crate::domain::role::Role;
use crate::i18n::{self, Loader};
use crate::store;
use crate::store::accounts::Person;

/// The conflict that is shown at its field, not as a page.
const LAST_SECRETARIAT: &str = "conflict-last-secretariat";

#[derive(Template)]
#[template(path = "secretariat/people.html")]
struct PeoplePage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    rows: Vec<PersonRow>,
    pages: Pages,
}

struct PersonRow {
    id: AccountId,
    name: String,
    email: String,
    organisation_id: OrganisationId,
    organisation: String,
    secretariat: bool,
    roles: Vec<RoleLabel>,
    disabled: bool,
}

struct RoleLabel {
    track: TrackLabel,
    role: String,
}

pub fn show_list(cx: &Cx) -> Answer {
    let l = cx.l();
    let page = cx.read(|conn| {
        let pages = Pages::of(cx, store::accounts::count(conn)?)?;
        let chrome = frame(cx, conn, &fl!(l, "people-title"))?;
        let programme = cx.programme(conn)?;
        let people = store::accounts::list_people(conn, pages.offset(), PER_PAGE)?;
        let ids: Vec<AccountId> = people.iter().map(|person| person.id).collect();
        let held = store::accounts::memberships_of_many(conn, &ids)?;
        let row = |person: Person| PersonRow {
            id: person.id,
            roles: role_labels(cx, &programme, &held, person.id),
            name: person.name,
            email: person.email,
            organisation_id: person.organisation,
            organisation: person.organisation_name,
            secretariat: person.secretariat,
            disabled: person.disabled_at.is_some(),
        };
        let rows = people.into_iter().map(row).collect();
        Ok::<_, WebError>(PeoplePage { l, chrome, area: "people", rows, pages })
    })?;
    Reply::page(&page)
}

/// The roles of one person, in the order of the tracks.
fn role_labels(
    cx: &Cx,
    programme: &Programme,
    held: &[(AccountId, TrackId, Role)],
    account: AccountId,
) -> Vec<RoleLabel> {
    let own = |track: TrackId| {
        held.iter().find(|(id, other, _)| *id == account && *other == track).map(|row| row.2)
    };
    let label = |track: &crate::domain::programme::Track| {
        let role = i18n::message(cx.l(), &format!("role-{}", own(track.id)?));
        Some(RoleLabel { track: TrackLabel::new(track, cx.language), role })
    };
    programme.tracks.iter().filter_map(label).collect()
}

#[derive(Template)]
#[template(path = "secretariat/person.html")]
struct PersonPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    area: &'static str,
    errors: FieldErrors,
    id: AccountId,
    name: String,
    email: String,
    organisation_id: OrganisationId,
    organisation: String,
    since: When,
    disabled: Option<When>,
    roles: Vec<RoleField>,
    options: Vec<(String, String)>,
    was_secretariat: bool,
    secretariat: bool,
    /// Whether the password need not be asked for.
    confirmed: bool,
    /// Whether it is the reader's own account.
    own: bool,
    token: String,
    standing_token: String,
}

/// The choice of a role in one track.
struct RoleField {
    field: String,
    track: TrackLabel,
    /// The role when the form was made: what nobody touches is not written.
    was: String,
    value: String,
}

/// The roles as the form was filled in.
struct TypedRoles {
    /// Slug of the track, role before, role chosen.
    roles: Vec<(String, String, String)>,
    was_secretariat: bool,
    secretariat: bool,
}

fn find(cx: &Cx) -> Result<Person, WebError> {
    let id: AccountId = cx.param_as("account")?;
    cx.read(|conn| store::accounts::find_person(conn, id))?.ok_or(WebError::NotFound)
}

fn page<'a>(
    cx: &'a Cx,
    errors: FieldErrors,
    person: Person,
    typed: Option<TypedRoles>,
) -> Result<PersonPage<'a>, WebError> {
    let l = cx.l();
    cx.read(|conn| {
        let chrome = frame(cx, conn, &person.name)?;
        let programme = cx.programme(conn)?;
        let held = store::accounts::memberships_of(conn, person.id)?;
        let stored = |track: TrackId| {
            held.iter().find(|(own, _)| *own == track).map(|(_, role)| role.to_string())
        };
        let field = |track: &crate::domain::programme::Track| {
            let typed = typed.as_ref().and_then(|typed| {
                let own = typed.roles.iter().find(|(slug, ..)| *slug == track.slug);
                own.map(|(_, was, value)| (was.clone(), value.clone()))
            });
            let stored = stored(track.id).unwrap_or_default();
            let (was, value) = typed.unwrap_or_else(|| (stored.clone(), stored));
            let label = TrackLabel::new(track, cx.language);
            RoleField { field: role_field(&track.slug), track: label, was, value }
        };
        let option = |role: &Role| (role.to_string(), i18n::message(l, &format!("role-{role}")));
        let stored = (person.secretariat, person.secretariat);
        let (was_secretariat, secretariat) =
            typed.as_ref().map_or(stored, |typed| (typed.was_secretariat, typed.secretariat));
        Ok(PersonPage {
            l,
            chrome,
            area: "people",
            errors,
            id: person.id,
            roles: programme.tracks.iter().map(field).collect(),
            options: Role::ALL.iter().map(option).collect(),
            was_secretariat,
            secretariat,
            since: When::date(cx.language, person.created_at),
            disabled: person.disabled_at.map(|at| When::date(cx.language, at)),
            name: person.name,
            email: person.email,
            organisation_id: person.organisation,
            organisation: person.organisation_name,
            confirmed: cx.confirmed,
            own: cx.actor()?.account == person.id,
            token: cx.form_token(),
            standing_token: cx.form_token(),
        })
    })
}

fn role_field(slug: &str) -> String {
    format!("role-{slug}")
}

pub fn show(cx: &Cx) -> Answer {
    let person = find(cx)?;
    Reply::page(&page(cx, FieldErrors::default(), person, None)?)
}

pub fn set_roles(cx: &Cx) -> Answer {
    let person = find(cx)?;
    let programme = cx.read(|conn| cx.programme(conn))?;
    let mut form = cx.form();
    let once = form.take("once");
    let password = form.take_optional("password");
    let role = |track: &crate::domain::programme::Track| {
        let was = form.take(&format!("was-role-{}", track.slug));
        (track.slug.clone(), was, form.take(&role_field(&track.slug)))
    };
    let roles = programme.tracks.iter().map(role).collect();
    let typed = TypedRoles {
        roles,
        was_secretariat: form.take("was-secretariat") == "yes",
        secretariat: form.take("secretariat") == "yes",
    };
    form.finish()?;
    let changes = match parse_changes(&programme, &typed) {
        Ok(changes) => changes,
        Err(faults) => {
            return Reply::refused(&page(cx, cx.errors(&faults), person, Some(typed))?);
        }
    };
    match cx.confirm(password.as_deref()) {
        Ok(()) => {}
        Err(WebErrorOrFaults::Web(fault)) => return Err(fault),
        Err(WebErrorOrFaults::Faults(faults)) => {
            return Reply::refused(&page(cx, cx.errors(&faults), person, Some(typed))?);
        }
    }
    let actor = cx.actor()?;
    let leaves = actor.account == person.id && typed.was_secretariat && !typed.secretariat;
    let done = cx.once(&once, |conn| {
        for (track, role) in &changes {
            accounts::set_role(conn, actor, person.id, *track, *role, cx.now)?;
        }
        if typed.secretariat != typed.was_secretariat {
            accounts::set_secretariat(conn, actor, person.id, typed.secretariat, cx.now)?;
        }
        // Whoever has just left the secretariat cannot see its pages.
        let to = if leaves { "/desk".to_owned() } else { address(person.id) };
        Ok(format!("{to}?done=roles"))
    });
    match done {
        Ok(reply) => Ok(confirmed(cx, reply)),
        Err(ActionError::Conflict(LAST_SECRETARIAT)) => {
            let faults = Faults::one("secretariat", LAST_SECRETARIAT);
            Reply::refused(&page(cx, cx.errors(&faults), person, Some(typed))?)
        }
        Err(fault) => Err(fault.into()),
    }
}

fn address(person: AccountId) -> String {
    format!("/secretariat/people/{person}")
}

/// A password that was asked for counts for the next quarter of an hour.
fn confirmed(cx: &Cx, reply: Reply) -> Reply {
    if cx.confirmed { reply } else { reply.with_session(SessionChange::Confirm) }
}

/// What the form changes, and nothing it only repeats: two people may have it
/// open at once.
fn parse_changes(
    programme: &Programme,
    typed: &TypedRoles,
) -> Result<Vec<(TrackId, Option<Role>)>, Faults> {
    let mut faults = Faults::default();
    let mut changes = Vec::new();
    for (slug, was, value) in &typed.roles {
        let role = Role::from_text(value);
        if role.is_none() && !value.is_empty() {
            faults.add(role_field(slug), "fault-choose");
        } else if let Some(track) = programme.track(slug).filter(|_| was != value) {
            changes.push((track.id, role));
        }
    }
    faults.into_result(changes)
}

pub fn set_standing(cx: &Cx) -> Answer {
    let person = find(cx)?;
    let mut form = cx.form();
    let once = form.take("once");
    let disabled = form.take("standing") == "disabled";
    let password = form.take_optional("standing-password");
    form.finish()?;
    let actor = cx.actor()?;
    if actor.account == person.id {
        return Err(WebError::Conflict("conflict-own-standing"));
    }
    match cx.confirm(password.as_deref()) {
        Ok(()) => {}
        Err(WebErrorOrFaults::Web(fault)) => return Err(fault),
        Err(WebErrorOrFaults::Faults(_)) => {
            // The page has two forms; the fault stands at this one's field.
            let faults = Faults::one("standing-password", "fault-password-wrong");
            return Reply::refused(&page(cx, cx.errors(&faults), person, None)?);
        }
    }
    let reply = cx.once(&once, |conn| {
        accounts::set_disabled(conn, actor, person.id, disabled, cx.now)?;
        let done = if disabled { "disabled" } else { "enabled" };
        Ok(format!("{}?done=account-{done}", address(person.id)))
    })?;
    Ok(confirmed(cx, reply))
}
