//! `primum invite`: an invitation, and its address for another channel.

use super::{Refused, open, say};
use crate::actions::ActionError;
use crate::actions::accounts::{LONGEST_NAME, default_group, find_or_create_organisation};
use crate::actions::invitations::{self, NewInvitation};
use crate::config::{Options, Origin};
use crate::domain::Instant;
use crate::domain::fault::Faults;
use crate::domain::ids::GroupId;
use crate::domain::language::Language;
use crate::domain::programme::Programme;
use crate::i18n::{self, Catalog};
use crate::store::{self, DbConn};
use crate::{app, secrets};

#[derive(clap::Args)]
pub struct Invite {
    /// E-mail address of the person
    email: String,
    /// Name of the organisation they speak for; made when there is none of that name
    #[arg(long, value_name = "NAME")]
    organisation: String,
    /// Slug of the track they get a role in
    #[arg(long, value_name = "SLUG")]
    pub track: Option<String>,
    /// What they are invited as
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(super::role_words()))]
    pub role: String,
    /// Slug of the stakeholder group of a new organisation
    #[arg(long, value_name = "SLUG")]
    group: Option<String>,
}

/// Invites, and prints the address. The mail waits in the outbox as well, with
/// an address of its own; using one makes the other a dead one.
pub fn invite(options: &Options, asked: &Invite) -> Result<(), Refused> {
    let origin = match options.checked_origin()? {
        Some(origin) => origin,
        None => Origin::of_listener(options.listen),
    };
    let pool = open(options, false)?;
    let mut conn = pool.get().map_err(store::Error::from)?;
    let token = secrets::token();
    let now = app::now();
    let outcome = store::write(&mut conn, |conn| carry_out(conn, asked, &token, now));
    match outcome {
        Ok(()) => {
            say(&format!("{}/invitations/{token}", origin.address));
            Ok(())
        }
        Err(Fault::Words(reason)) => Err(Refused::because(reason)),
        Err(Fault::Action(ActionError::Faults(faults))) => Err(in_words(&faults)?),
        Err(Fault::Action(fault)) => Err(fault.into()),
    }
}

enum Fault {
    Words(String),
    Action(ActionError),
}

impl From<store::Error> for Fault {
    fn from(fault: store::Error) -> Self {
        Self::Action(fault.into())
    }
}

impl From<ActionError> for Fault {
    fn from(fault: ActionError) -> Self {
        Self::Action(fault)
    }
}

fn carry_out(conn: &mut DbConn, asked: &Invite, token: &str, now: Instant) -> Result<(), Fault> {
    let programme = store::programme::load(conn)?;
    let track = asked.track.as_deref().unwrap_or_default();
    if asked.track.is_some() && programme.track(track).is_none() {
        let known: Vec<&str> = programme.tracks.iter().map(|track| track.slug.as_str()).collect();
        let known = known.join(", ");
        return Err(Fault::Words(format!("there is no track `{track}`; there are {known}")));
    }
    let mut faults = Faults::default();
    let name = faults.line("organisation", &asked.organisation, LONGEST_NAME);
    let name = faults.into_result(name).map_err(ActionError::from)?;
    let group = group_of(conn, &programme, asked.group.as_deref())?;
    let organisation = find_or_create_organisation(conn, &name, group, now)?;
    let language = Language::En;
    let new = NewInvitation::parse(
        &programme,
        &asked.email,
        Some(organisation),
        track,
        &asked.role,
        language,
    )
    .map_err(ActionError::from)?;
    let id = invitations::invite(conn, None, &new, now)?;
    invitations::mint(conn, id, &secrets::token_hash(token), now)?;
    Ok(())
}

fn group_of(
    conn: &mut DbConn,
    programme: &Programme,
    asked: Option<&str>,
) -> Result<GroupId, Fault> {
    let Some(slug) = asked else { return Ok(default_group(conn)?) };
    match programme.groups.iter().find(|group| group.slug == slug) {
        Some(group) => Ok(group.id),
        None => {
            let known: Vec<&str> =
                programme.groups.iter().map(|group| group.slug.as_str()).collect();
            let known = known.join(", ");
            Err(Fault::Words(format!("there is no stakeholder group `{slug}`; there are {known}")))
        }
    }
}

/// The faults as a form would show them, in English.
fn in_words(faults: &Faults) -> Result<Refused, Refused> {
    let catalog = Catalog::new()?;
    let loader = catalog.loader(Language::En);
    let line = |fault: &crate::domain::fault::Fault| {
        let sentence = match fault.n {
            Some(n) => i18n::message_n(loader, fault.key, n),
            None => i18n::message(loader, fault.key),
        };
        format!("{}: {sentence}", fault.field)
    };
    Ok(Refused(faults.0.iter().map(line).collect()))
}
