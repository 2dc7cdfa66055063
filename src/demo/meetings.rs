//! Workshops and the edition, as the content describes them.

use chrono::{NaiveTime, TimeDelta};
use serde::Deserialize;

use super::calendar::Calendar;
use super::{DemoError, Result, table};
use crate::domain::Instant;
use crate::domain::workshop::WorkshopForm;

pub const WORKSHOPS: &str = "workshops.toml";
pub const EDITION: &str = "edition.toml";

/// What is not a recommendation.
pub struct Meetings {
    pub workshops: Vec<Workshop>,
    pub edition: Edition,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Workshops {
    workshop: Vec<Workshop>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workshop {
    pub slug: String,
    track: String,
    title: String,
    pub days: i64,
    /// On the clock of `zone`.
    start: String,
    hours: i64,
    zone: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    link: String,
    agenda: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    pub foreword: String,
    pub days: i64,
    /// Slugs, in the order of the edition.
    pub tracks: Vec<String>,
}

pub fn read() -> Result<Meetings> {
    let workshops: Workshops = table(WORKSHOPS)?;
    Ok(Meetings { workshops: workshops.workshop, edition: table(EDITION)? })
}

impl Workshop {
    /// The form that calls it.
    pub fn form(&self, calendar: &Calendar) -> Result<WorkshopForm> {
        let start =
            NaiveTime::parse_from_str(&self.start, "%H:%M").map_err(|fault| self.fault(fault))?;
        let starts = calendar.working_day(self.days).date().and_time(start);
        let typed = |at: Instant| at.format("%Y-%m-%dT%H:%M").to_string();
        Ok(WorkshopForm {
            title: self.title.clone(),
            track: self.track.clone(),
            zone: self.zone.clone(),
            starts: typed(starts),
            ends: typed(starts + TimeDelta::hours(self.hours)),
            place: self.place.clone(),
            link: self.link.clone(),
            agenda: self.agenda.clone(),
        })
    }

    pub fn fault(&self, reason: impl ToString) -> DemoError {
        DemoError::new(WORKSHOPS, format!("{}: {}", self.slug, reason.to_string()))
    }
}
