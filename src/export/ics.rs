//! A workshop as a calendar file (RFC 5545).

use icalendar::{Calendar, Component, Event, EventLike, Property};

use crate::domain::Instant;
use crate::domain::workshop::Workshop;
use crate::markdown;

/// Second 0 of `SEQUENCE`: what counts from here fits its 31 bits.
const EPOCH_2020: i64 = 1_577_836_800;

/// The file's bytes are the same for the same workshop: its stamp is when it
/// was last changed, and so is its sequence, so that calendars that know it
/// already move it.
#[must_use]
pub fn workshop(workshop: &Workshop, track: &str, programme: &str, address: &str) -> String {
    let utc = |at: Instant| at.and_utc();
    let changed = utc(workshop.updated_at);
    let sequence = u32::try_from(changed.timestamp() - EPOCH_2020).unwrap_or(0);
    let mut event = Event::with_uid(&format!("workshop-{}@primum", workshop.id));
    event
        .timestamp(changed)
        .last_modified(changed)
        .sequence(sequence)
        .starts(utc(workshop.starts_at))
        .ends(utc(workshop.ends_at))
        .summary(&clean(&workshop.title))
        .description(&clean(&description(workshop, track, address)))
        .url(address);
    let place = [workshop.place.as_str(), workshop.link.as_str()];
    let place: Vec<&str> = place.into_iter().filter(|text| !text.is_empty()).collect();
    if !place.is_empty() {
        event.location(&clean(&place.join(", ")));
    }
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Primum//Workshops//EN"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", "PUBLISH"))
        .name(&clean(programme))
        .push(event);
    calendar.to_string()
}

/// Track, agenda without its marks, and where to read more.
fn description(workshop: &Workshop, track: &str, address: &str) -> String {
    let agenda = markdown::plain(&workshop.agenda);
    let parts = [track, agenda.trim(), workshop.link.as_str(), address];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// A control character other than a line break would end the line it stands in.
fn clean(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{TrackId, WorkshopId};

    fn at(text: &str) -> Instant {
        Instant::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap()
    }

    fn meeting() -> Workshop {
        Workshop {
            id: WorkshopId(42),
            slug: "resilience-1".into(),
            track: TrackId(1),
            title: "Wards; beds, and\u{7} paper – příprava na tři dny bez sítě \\ část 1".into(),
            starts_at: at("2026-11-24 13:00:00"),
            ends_at: at("2026-11-24 16:30:00"),
            zone: "Europe/Prague".into(),
            place: "Prague, Ministry".into(),
            link: "https://meet.example.org/r-1".into(),
            agenda: "- 14:00 **Welcome**\n- 15:00 Drafting, with *questions*\n".into(),
            agenda_html: String::new(),
            updated_at: at("2026-10-01 08:00:00"),
        }
    }

    /// Reads a file back as RFC 5545 says: unfolded lines, name and value.
    fn parse(file: &str) -> Vec<(String, String)> {
        let lines: Vec<&str> = file.strip_suffix("\r\n").unwrap().split("\r\n").collect();
        for line in &lines {
            assert!(line.len() <= 75, "{line}");
            assert!(!line.contains(['\r', '\n']), "{line:?}");
        }
        let unfolded = lines.join("\r\n").replace("\r\n ", "");
        let pair = |line: &str| {
            let (name, value) = line.split_once(':').unwrap();
            let value = value
                .replace("\\\\", "\u{1}")
                .replace("\\n", "\n")
                .replace("\\,", ",")
                .replace("\\;", ";")
                .replace('\u{1}', "\\");
            (name.to_owned(), value)
        };
        unfolded.split("\r\n").map(pair).collect()
    }

    #[test]
    fn a_calendar_reads_back_what_was_written() {
        let meeting = meeting();
        let address = "https://primum.example.org/workshops/resilience-1";
        let file = workshop(&meeting, "Resilience", "Protecting care", address);
        let lines = parse(&file);
        let value = |name: &str| {
            let mut found = lines.iter().filter(|(own, _)| own == name);
            let value = found.next().map(|(_, value)| value.as_str());
            assert!(found.next().is_none() || name == "BEGIN" || name == "END", "{name} twice");
            value.unwrap_or_default()
        };
        assert_eq!(lines[0], ("BEGIN".into(), "VCALENDAR".into()));
        assert_eq!(lines.last().unwrap(), &("END".into(), "VCALENDAR".into()));
        assert_eq!(value("VERSION"), "2.0");
        assert_eq!(value("UID"), "workshop-42@primum");
        assert_eq!(value("DTSTART"), "20261124T130000Z");
        assert_eq!(value("DTEND"), "20261124T163000Z");
        assert_eq!(value("DTSTAMP"), "20261001T080000Z");
        assert_eq!(value("URL"), address);
        assert_eq!(value("SUMMARY"), meeting.title.replace('\u{7}', ""));
        assert_eq!(value("LOCATION"), "Prague, Ministry, https://meet.example.org/r-1");
        let description = value("DESCRIPTION");
        assert!(description.contains("Drafting, with questions"), "{description}");
        assert!(!description.contains("**"), "{description}");
        assert_eq!(file, workshop(&meeting, "Resilience", "Protecting care", address));
    }

    #[test]
    fn a_later_change_has_a_higher_sequence() {
        let sequence = |updated_at| {
            let meeting = Workshop { updated_at, ..meeting() };
            let file = workshop(&meeting, "T", "P", "https://x.example");
            let lines = parse(&file);
            lines.iter().find(|(name, _)| name == "SEQUENCE").unwrap().1.parse::<u32>().unwrap()
        };
        assert!(sequence(at("2026-10-01 08:00:01")) > sequence(at("2026-10-01 08:00:00")));
        assert!(sequence(at("2080-01-01 00:00:00")) < 1 << 31);
    }
}
