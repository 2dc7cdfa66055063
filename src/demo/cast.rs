//! The people and organisations, and how they came: the secretariat by
//! set-up, everybody else by invitation.

use std::collections::HashMap;

use chrono::TimeDelta;
use serde::Deserialize;

use super::calendar::Calendar;
use super::{DemoError, PASSWORD, Result, table};
use crate::actions::accounts::{NewPerson, set_up};
use crate::actions::invitations::{self, NewInvitation, SECRETARIAT};
use crate::actions::organisations::{self, NewOrganisation};
use crate::domain::actor::Actor;
use crate::domain::ids::{AccountId, OrganisationId, TrackId};
use crate::domain::language::Language;
use crate::domain::programme::Programme;
use crate::domain::role::Role;
use crate::store::tokens::Purpose;
use crate::store::{self, DbConn};
use crate::{actions, secrets};

const FILE: &str = "cast.toml";
/// When the platform was set up, and when people were invited, in days.
const SET_UP_ON: i64 = -110;
const INVITED_FROM: i64 = -108;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cast {
    organisation: Vec<Organisation>,
    person: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisation {
    key: String,
    name: String,
    group: String,
    #[serde(default)]
    state: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    key: String,
    name: String,
    organisation: String,
    #[serde(default)]
    secretariat: bool,
    #[serde(default)]
    language: Option<String>,
    /// `track:role`, one a track.
    roles: Vec<String>,
}

/// Everybody with their rights, by key.
pub struct People {
    actors: HashMap<String, Actor>,
    convener: String,
}

impl People {
    pub fn find(&self, file: &str, key: &str) -> Result<&Actor> {
        self.actors.get(key).ok_or_else(|| DemoError::new(file, format!("nobody is called {key}")))
    }

    /// The chair of a track.
    pub fn chair(&self, track: TrackId) -> Option<&Actor> {
        self.actors.values().find(|actor| actor.role_in(track) == Some(Role::Chair))
    }

    /// Whoever set the platform up.
    pub fn convener(&self) -> Result<&Actor> {
        self.find(FILE, &self.convener)
    }
}

impl Person {
    fn email(&self) -> String {
        format!("{}@{}.example", self.key, self.organisation)
    }

    fn language(&self) -> Language {
        self.language.as_deref().and_then(Language::from_text).unwrap_or(Language::En)
    }

    fn arrive_as(&self) -> Result<NewPerson> {
        NewPerson::parse(&self.name, &self.email(), PASSWORD, self.language())
            .map_err(|faults| fault(&self.key, &faults.into()))
    }

    /// What they are invited to, as track and role.
    fn seats(&self) -> Result<Vec<(&str, &str)>> {
        let own = self.secretariat.then_some(("", SECRETARIAT));
        let split = |seat: &'_ str| seat.find(':').map(|at| (at, at + 1));
        let seat = |seat: &'_ String| {
            split(seat).ok_or_else(|| DemoError::new(FILE, format!("{}: {seat}", self.key)))
        };
        let mut seats: Vec<(&str, &str)> = own.into_iter().collect();
        for own in &self.roles {
            let (end, start) = seat(own)?;
            seats.push((&own[..end], &own[start..]));
        }
        Ok(seats)
    }

    /// The word of the highest role, for the list on the sign-in page.
    fn highest_role(&self) -> &'static str {
        if self.secretariat {
            return SECRETARIAT;
        }
        let roles = self.roles.iter().filter_map(|seat| Role::from_text(seat.split(':').nth(1)?));
        roles.max().unwrap_or(Role::Observer).as_str()
    }
}

fn fault(who: &str, fault: &actions::ActionError) -> DemoError {
    DemoError::new(FILE, format!("{who}: {fault:?}"))
}

impl Cast {
    pub fn read() -> Result<Self> {
        table(FILE)
    }

    pub fn accounts(&self) -> Vec<(String, String)> {
        let account = |person: &Person| (person.email(), person.highest_role().to_owned());
        self.person.iter().map(account).collect()
    }

    /// Brings everybody in.
    pub fn arrive(
        &self,
        conn: &mut DbConn,
        programme: &Programme,
        password_hash: &str,
        calendar: &Calendar,
    ) -> Result<People> {
        let convener = self.set_up(conn, password_hash, calendar)?;
        let founded = self.found_organisations(conn, programme, &convener, calendar)?;
        let mut people = People {
            actors: HashMap::new(),
            convener: self.person.first().map(|person| person.key.clone()).unwrap_or_default(),
        };
        for (person, seed) in self.person.iter().zip(0_usize..) {
            let organisation = founded.get(person.organisation.as_str()).copied();
            let day = INVITED_FROM + i64::try_from(seed % 6).unwrap_or(0);
            let mut account = (seed == 0).then_some(convener.account);
            // Whoever set the platform up is of the secretariat already.
            for (track, role) in person.seats()?.into_iter().skip(usize::from(seed == 0)) {
                let new = NewInvitation::parse(
                    programme,
                    &person.email(),
                    organisation,
                    track,
                    role,
                    person.language(),
                )
                .map_err(|faults| fault(&person.key, &faults.into()))?;
                let token = secrets::token_hash(&secrets::token());
                let invited = calendar.at(day, 9, seed);
                let arrival = person.arrive_as()?;
                let arrival = (&arrival, password_hash.to_owned());
                let accepted = invitations::invite(conn, Some(&convener), &new, invited)
                    .and_then(|id| invitations::mint(conn, id, &token, invited))
                    .and_then(|()| {
                        let at = invited + TimeDelta::hours(5);
                        invitations::accept(conn, &token, Some(arrival), at)
                    })
                    .map_err(|refusal| fault(&person.key, &refusal))?;
                account = Some(accepted);
            }
            let account = account
                .ok_or_else(|| DemoError::new(FILE, format!("{} has no role", person.key)))?;
            people.actors.insert(person.key.clone(), actor(conn, account)?);
        }
        Ok(people)
    }

    /// The first person makes the platform theirs.
    fn set_up(&self, conn: &mut DbConn, password_hash: &str, calendar: &Calendar) -> Result<Actor> {
        let first = self.person.first().ok_or_else(|| DemoError::new(FILE, "nobody in it"))?;
        let home = self.organisation.iter().find(|own| own.key == first.organisation);
        let home = home.map(|own| own.name.as_str()).unwrap_or_default();
        let token = secrets::token_hash(&secrets::token());
        let now = calendar.at(SET_UP_ON, 8, 0);
        store::tokens::insert(conn, Purpose::SetUp, 0, &token, now, now + TimeDelta::hours(24))?;
        let account =
            set_up(conn, &token, &first.arrive_as()?, home, password_hash.to_owned(), now)
                .map_err(|refusal| fault(&first.key, &refusal))?;
        actor(conn, account)
    }

    fn found_organisations(
        &self,
        conn: &mut DbConn,
        programme: &Programme,
        convener: &Actor,
        calendar: &Calendar,
    ) -> Result<HashMap<&str, OrganisationId>> {
        let mut founded = HashMap::new();
        for (own, seed) in self.organisation.iter().zip(0_usize..) {
            let new = NewOrganisation::parse(programme, &own.name, &own.group, &own.state)
                .map_err(|faults| fault(&own.key, &faults.into()))?;
            let id = if own.name == convener.organisation_name {
                convener.organisation
            } else {
                let now = calendar.at(SET_UP_ON + 1, 9, seed);
                organisations::create(conn, convener, &new, now)
                    .map_err(|refusal| fault(&own.key, &refusal))?
            };
            founded.insert(own.key.as_str(), id);
        }
        Ok(founded)
    }
}

fn actor(conn: &mut DbConn, account: AccountId) -> Result<Actor> {
    store::accounts::find_actor(conn, account)?
        .ok_or_else(|| DemoError::new(FILE, format!("account {account} is not there")))
}
