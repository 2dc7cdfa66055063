//! Workshops: a meeting of a track, in its own time zone and in UTC.

use chrono::offset::LocalResult;
use chrono::{TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::Instant;
use super::fault::Faults;
use super::ids::{TrackId, WorkshopId};
use super::programme::Programme;

/// Longest agenda, in characters.
pub const LONGEST_AGENDA: usize = 20_000;
/// Longest title, place and link, in characters.
const LONGEST_LINE: usize = 200;
const LONGEST_LINK: usize = 500;
/// No workshop lasts longer: a slip of the pen.
const LONGEST_MEETING: TimeDelta = TimeDelta::days(14);

#[derive(Debug, Clone)]
pub struct Workshop {
    pub id: WorkshopId,
    pub slug: String,
    pub track: TrackId,
    pub title: String,
    /// UTC.
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// IANA name of the zone the meeting is held in.
    pub zone: String,
    pub place: String,
    /// Empty when there is none.
    pub link: String,
    pub agenda: String,
    pub agenda_html: String,
    pub updated_at: Instant,
}

/// A workshop as a form carries it, as typed.
#[derive(Debug, Clone, Default)]
pub struct WorkshopForm {
    pub title: String,
    /// A track's slug.
    pub track: String,
    /// IANA name.
    pub zone: String,
    /// On the clock of the zone: `2026-11-24T14:00`.
    pub starts: String,
    pub ends: String,
    pub place: String,
    pub link: String,
    pub agenda: String,
}

/// A workshop that a form asks for, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWorkshop {
    pub title: String,
    pub track: TrackId,
    pub zone: String,
    /// UTC.
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub place: String,
    pub link: String,
    pub agenda: String,
}

impl NewWorkshop {
    /// # Errors
    /// The faults of the fields, named as in [`WorkshopForm`].
    pub fn parse(form: &WorkshopForm, programme: &Programme) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let title = faults.line("title", &form.title, LONGEST_LINE);
        let track = programme.track(&form.track).map(|track| track.id);
        if track.is_none() {
            faults.add("track", "fault-choose");
        }
        let zone: Option<Tz> = form.zone.parse().ok();
        if zone.is_none() {
            faults.add("zone", "fault-choose");
        }
        let starts_at = faults.instant("starts", &form.starts, zone);
        let ends_at = faults.instant("ends", &form.ends, zone);
        if let (Some(start), Some(end)) = (starts_at, ends_at) {
            if end <= start {
                faults.add("ends", "fault-ends-before");
            } else if end - start > LONGEST_MEETING {
                faults.add_n("ends", "fault-ends-late", 14);
            }
        }
        let place = faults.optional_line("place", &form.place, LONGEST_LINE);
        let link = faults.optional_line("link", &form.link, LONGEST_LINK);
        if !link.is_empty() && host_of(&link).is_none() {
            faults.add("link", "fault-link");
        }
        if place.is_empty() && link.is_empty() {
            faults.add("place", "fault-nowhere");
        }
        if form.agenda.chars().count() > LONGEST_AGENDA {
            faults.add_n("agenda", "fault-too-long", LONGEST_AGENDA);
        }
        let nothing = Instant::default();
        faults.into_result(Self {
            title,
            track: track.unwrap_or(TrackId(0)),
            zone: zone.map_or("UTC", Tz::name).to_owned(),
            starts_at: starts_at.unwrap_or(nothing),
            ends_at: ends_at.unwrap_or(nothing),
            place,
            link,
            agenda: form.agenda.clone(),
        })
    }
}

impl Faults {
    /// A time on the clock of `zone`, as UTC. An hour that the clocks skip is
    /// refused; of one they repeat the first is meant.
    fn instant(&mut self, field: &str, raw: &str, zone: Option<Tz>) -> Option<Instant> {
        let Some(local) = parse_local(raw) else {
            self.add(field, "fault-time");
            return None;
        };
        match zone?.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.naive_utc()),
            LocalResult::None => {
                self.add(field, "fault-time-skipped");
                None
            }
        }
    }
}

/// `2026-11-24T14:00`, with seconds or a blank where a browser has them.
fn parse_local(raw: &str) -> Option<Instant> {
    let raw = raw.trim().replacen(' ', "T", 1);
    let shapes = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
    let found = shapes.iter().find_map(|shape| Instant::parse_from_str(&raw, shape).ok())?;
    let year = chrono::Datelike::year(&found);
    (2000..2200).contains(&year).then_some(found)
}

/// The host of an https address; `None` when it is not one.
#[must_use]
pub fn host_of(link: &str) -> Option<&str> {
    let rest = link.strip_prefix("https://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let strange = |c: char| c.is_whitespace() || c.is_control() || "<>\"'`\\^{|}".contains(c);
    let fine = |c: char| c.is_alphanumeric() || ".-:[]".contains(c);
    (!host.is_empty() && host.chars().all(fine) && !rest.contains(strange)).then_some(host)
}

/// Every zone a workshop can be held in, by name: those of places, and UTC.
#[must_use]
pub fn zones() -> Vec<&'static str> {
    const REGIONS: [&str; 10] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    let placed = |name: &&str| REGIONS.iter().any(|region| name.starts_with(region));
    let mut zones: Vec<&str> =
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).filter(placed).collect();
    zones.push("UTC");
    zones.sort_unstable();
    zones
}

/// The address of a track's next workshop: `resilience-4` after `resilience-3`.
#[must_use]
pub fn next_slug(track: &str, taken: &[String]) -> String {
    let number = |slug: &String| slug.strip_prefix(track)?.strip_prefix('-')?.parse::<u32>().ok();
    let last = taken.iter().filter_map(number).max().unwrap_or(0);
    format!("{track}-{}", last.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::programme::{Texts, Track};
    use crate::domain::role::AttributionRule;

    fn programme() -> Programme {
        let track = Track {
            id: TrackId(5),
            slug: "resilience".into(),
            reference: "RES".into(),
            shape: "circle".into(),
            colour: 1,
            rule: AttributionRule::Named,
            texts: Texts(Vec::new()),
        };
        Programme {
            version: 1,
            texts: Texts(Vec::new()),
            tracks: vec![track],
            audiences: Vec::new(),
            groups: Vec::new(),
        }
    }

    fn form() -> WorkshopForm {
        WorkshopForm {
            title: " Three days offline ".into(),
            track: "resilience".into(),
            zone: "Europe/Prague".into(),
            starts: "2026-11-24T14:00".into(),
            ends: "2026-11-24 17:30:00".into(),
            place: "Prague".into(),
            link: String::new(),
            agenda: String::new(),
        }
    }

    fn faults(form: &WorkshopForm) -> Vec<(String, &'static str)> {
        let found = NewWorkshop::parse(form, &programme()).err().unwrap_or_default();
        found.0.into_iter().map(|fault| (fault.field, fault.key)).collect()
    }

    fn utc(text: &str) -> Instant {
        parse_local(text).unwrap()
    }

    #[test]
    fn the_time_of_the_place_becomes_utc() {
        let winter = NewWorkshop::parse(&form(), &programme()).unwrap();
        assert_eq!(winter.title, "Three days offline");
        assert_eq!(winter.starts_at, utc("2026-11-24T13:00"));
        assert_eq!(winter.ends_at, utc("2026-11-24T16:30"));
        let starts = "2026-07-01T14:00".to_owned();
        let ends = "2026-07-02T09:00".to_owned();
        let summer = NewWorkshop::parse(&WorkshopForm { starts, ends, ..form() }, &programme());
        assert_eq!(summer.unwrap().starts_at, utc("2026-07-01T12:00"));
    }

    #[test]
    fn an_hour_that_does_not_exist_is_refused_at_its_field() {
        // In Prague the clocks went from 2:00 to 3:00 on 29 March 2026.
        let skipped = WorkshopForm {
            starts: "2026-03-29T02:30".into(),
            ends: "2026-03-29T05:00".into(),
            ..form()
        };
        assert_eq!(faults(&skipped), [("starts".to_owned(), "fault-time-skipped")]);
        // The hour from 2:00 on 25 October came twice: the first is meant.
        let twice = WorkshopForm {
            starts: "2026-10-25T02:30".into(),
            ends: "2026-10-25T05:00".into(),
            ..form()
        };
        let twice = NewWorkshop::parse(&twice, &programme()).unwrap();
        assert_eq!(twice.starts_at, utc("2026-10-25T00:30"));
    }

    #[test]
    fn every_fault_stands_at_its_field() {
        let fault = |form: WorkshopForm| {
            let found = faults(&form);
            assert_eq!(found.len(), 1, "{found:?}");
            found[0].clone()
        };
        let at = |field: &str, key| (field.to_owned(), key);
        let untitled = WorkshopForm { title: " ".into(), ..form() };
        assert_eq!(fault(untitled), at("title", "fault-required"));
        let unknown = WorkshopForm { track: "x".into(), ..form() };
        assert_eq!(fault(unknown), at("track", "fault-choose"));
        let nowhere = WorkshopForm { zone: "Mars".into(), ..form() };
        assert_eq!(fault(nowhere), at("zone", "fault-choose"));
        let vague = WorkshopForm { starts: "soon".into(), ..form() };
        assert_eq!(fault(vague), at("starts", "fault-time"));
        let backwards = WorkshopForm { ends: form().starts, ..form() };
        assert_eq!(fault(backwards), at("ends", "fault-ends-before"));
        let endless = WorkshopForm { ends: "2027-11-24T14:00".into(), ..form() };
        assert_eq!(fault(endless), at("ends", "fault-ends-late"));
        let nowhere = WorkshopForm { place: String::new(), ..form() };
        assert_eq!(fault(nowhere), at("place", "fault-nowhere"));
        for bad in [
            "http://x.example",
            "https://",
            "javascript:alert(1)",
            "https://a b.example/",
            "https://x.example/\"onclick=",
            "https:///path",
            "https://user@x.example",
        ] {
            let form = WorkshopForm { link: bad.into(), ..form() };
            assert_eq!(fault(form), at("link", "fault-link"), "{bad}");
        }
        let link = "https://meet.example.org:8443/r-1?x=1#y".to_owned();
        assert!(faults(&WorkshopForm { link, place: String::new(), ..form() }).is_empty());
    }

    #[test]
    fn workshops_of_a_track_are_counted_on() {
        assert_eq!(next_slug("resilience", &[]), "resilience-1");
        let some = ["resilience-1", "resilience-3", "resilience-kickoff", "resilience-2-9"];
        let some = some.map(str::to_owned);
        assert_eq!(next_slug("resilience", &some), "resilience-4");
        assert!(zones().contains(&"Europe/Prague") && zones().contains(&"UTC"));
    }
}
