//! Organisations: made, and changed.

use super::accounts::{LONGEST_NAME, secretariat_only};
use super::{ActionError, By, Result, record};
use crate::domain::Instant;
use crate::domain::actor::Actor;
use crate::domain::audit::{AuditObject, AuditVerb};
use crate::domain::fault::Faults;
use crate::domain::ids::{GroupId, OrganisationId};
use crate::domain::programme::Programme;
use crate::store::organisations::Organisation;
use crate::store::{self, DbConn, ids};

/// The group whose organisations speak for a state.
pub const GOVERNMENT: &str = "government";

/// An organisation as a form gives it, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrganisation {
    pub name: String,
    pub group: GroupId,
    /// Two letters, for a government.
    pub state: Option<String>,
}

impl NewOrganisation {
    /// # Errors
    /// The faults of `name`, `group` and `state`.
    pub fn parse(
        programme: &Programme,
        name: &str,
        group: &str,
        state: &str,
    ) -> std::result::Result<Self, Faults> {
        let mut faults = Faults::default();
        // Names are compared, so runs of spaces count as one.
        let name = faults.line("name", &one_spaced(name), LONGEST_NAME);
        let group = programme.group(group);
        if group.is_none() {
            faults.add("group", "fault-choose");
        }
        let state = state.trim().to_uppercase();
        let is_code = state.len() == 2 && state.bytes().all(|byte| byte.is_ascii_uppercase());
        match group.map(|group| group.slug == GOVERNMENT) {
            Some(true) if !is_code => faults.add("state", "fault-state"),
            Some(false) if !state.is_empty() => faults.add("state", "fault-state-group"),
            _ => {}
        }
        let group = group.map_or(GroupId(0), |group| group.id);
        let state = (!state.is_empty()).then_some(state);
        faults.into_result(Self { name, group, state })
    }
}

fn one_spaced(text: &str) -> String {
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Makes an organisation.
///
/// # Errors
/// `NotFound` for anybody but the secretariat; a fault of `name` when another
/// organisation has it.
pub fn create(
    conn: &mut DbConn,
    actor: &Actor,
    new: &NewOrganisation,
    now: Instant,
) -> Result<OrganisationId> {
    secretariat_only(actor)?;
    refuse_taken(conn, &new.name, None)?;
    let id = OrganisationId(ids::fresh(now));
    let row = Organisation {
        id,
        name: new.name.clone(),
        group: new.group,
        state: new.state.clone(),
        created_at: now,
    };
    store::organisations::insert(conn, &row).map_err(taken)?;
    store::programme::bump_public_version(conn)?;
    let object = (AuditObject::Organisation, id.0);
    record(conn, By::account(actor.account), AuditVerb::Created, object, None, now)?;
    Ok(id)
}

/// Changes an organisation's name, group or state.
///
/// # Errors
/// As [`create`], and `NotFound` when there is no such organisation.
pub fn change(
    conn: &mut DbConn,
    actor: &Actor,
    id: OrganisationId,
    new: &NewOrganisation,
    now: Instant,
) -> Result<()> {
    secretariat_only(actor)?;
    let old = store::organisations::find(conn, id)?.ok_or(ActionError::NotFound)?;
    if old.name == new.name && old.group == new.group && old.state == new.state {
        return Ok(());
    }
    refuse_taken(conn, &new.name, Some(id))?;
    store::organisations::update(conn, id, &new.name, new.group, new.state.as_deref())
        .map_err(taken)?;
    store::programme::bump_public_version(conn)?;
    let object = (AuditObject::Organisation, id.0);
    record(conn, By::account(actor.account), AuditVerb::Changed, object, None, now)?;
    Ok(())
}

/// One body under two spellings would count as two in every balance.
fn refuse_taken(conn: &mut DbConn, name: &str, own: Option<OrganisationId>) -> Result<()> {
    let wanted = name.to_lowercase();
    let names = store::organisations::list_names(conn)?;
    let is_taken =
        names.iter().any(|(id, other)| Some(*id) != own && other.to_lowercase() == wanted);
    if is_taken { Err(name_taken()) } else { Ok(()) }
}

/// Somebody else took the name between our look and our write.
fn taken(fault: store::Error) -> ActionError {
    if fault.is_taken() { name_taken() } else { fault.into() }
}

fn name_taken() -> ActionError {
    Faults::one("name", "fault-organisation-taken").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::programme::{Group, Texts};

    fn programme() -> Programme {
        let group =
            |id, slug: &str| Group { id: GroupId(id), slug: slug.into(), texts: Texts(Vec::new()) };
        Programme {
            version: 1,
            texts: Texts(Vec::new()),
            tracks: Vec::new(),
            audiences: Vec::new(),
            groups: vec![group(1, GOVERNMENT), group(2, "industry")],
        }
    }

    #[test]
    fn only_a_government_has_a_state() {
        let parse = |group, state| {
            NewOrganisation::parse(&programme(), " Ministry  of Health ", group, state)
        };
        let made = parse("government", " xa ").unwrap();
        assert_eq!((made.name.as_str(), made.state.as_deref()), ("Ministry of Health", Some("XA")));
        assert!(parse("industry", "").is_ok());
        let fault = |group, state| {
            let found = parse(group, state).unwrap_err().0;
            (found[0].field.clone(), found[0].key)
        };
        for bad in ["", "X", "XAB", "1A", "čá"] {
            assert_eq!(fault("government", bad), ("state".into(), "fault-state"), "{bad}");
        }
        assert_eq!(fault("industry", "XA"), ("state".into(), "fault-state-group"));
        assert_eq!(fault("guild", ""), ("group".into(), "fault-choose"));
    }
}
