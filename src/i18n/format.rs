//! Dates, times and alphabetical order as each language has them.

use std::cell::OnceCell;
use std::cmp::Ordering;

use chrono::{Datelike, TimeZone, Timelike};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::{E, YMD, YMDT};
use icu_datetime::input::{Date, DateTime, Time};
use icu_datetime::options::TimePrecision;
use icu_locale_core::Locale;

use crate::domain::Instant;
use crate::domain::language::Language;

/// The locale whose conventions are used: English as en-GB.
fn locale(language: Language) -> Locale {
    match language {
        Language::En => icu_locale_core::locale!("en-GB"),
        Language::Cs => icu_locale_core::locale!("cs"),
    }
}

/// A formatter for each language. Making one takes longer than all it formats on a page, and it
/// cannot be shared between threads: each has its own.
struct Formatters<T>(OnceCell<Vec<(Language, Option<T>)>>);

impl<T> Formatters<T> {
    const fn new() -> Self {
        Self(OnceCell::new())
    }

    /// `None` without data for the language, which the built-in data has.
    fn of<E>(&self, language: Language, make: impl Fn(Locale) -> Result<T, E>) -> Option<&T> {
        let all = self.0.get_or_init(|| {
            Language::ALL.iter().map(|own| (*own, make(locale(*own)).ok())).collect()
        });
        all.iter().find(|(own, _)| *own == language)?.1.as_ref()
    }
}

thread_local! {
    static DAYS: Formatters<DateTimeFormatter<YMD>> = const { Formatters::new() };
    static WEEKDAYS: Formatters<DateTimeFormatter<E>> = const { Formatters::new() };
    static TIMES: Formatters<DateTimeFormatter<YMDT>> = const { Formatters::new() };
}

macro_rules! day_of {
    ($at:ident) => {
        Date::try_new_iso($at.year(), $at.month() as u8, $at.day() as u8).ok()
    };
}

/// `24 November 2026`.
#[must_use]
pub fn date(language: Language, at: Instant) -> String {
    let make = |locale: Locale| DateTimeFormatter::try_new((&locale).into(), YMD::long());
    let text = DAYS.with(|all| Some(all.of(language, make)?.format(&day_of!(at)?).to_string()));
    // Unreachable with the built-in data; the ISO date is understood anywhere.
    text.unwrap_or_else(|| at.format("%Y-%m-%d").to_string())
}

/// `Tuesday`.
#[must_use]
pub fn weekday(language: Language, at: Instant) -> String {
    let make = |locale: Locale| DateTimeFormatter::try_new((&locale).into(), E::long());
    let text = WEEKDAYS.with(|all| Some(all.of(language, make)?.format(&day_of!(at)?).to_string()));
    text.unwrap_or_default()
}

/// `24 November 2026, 14:05` of the instant as given.
#[must_use]
pub fn date_time(language: Language, at: Instant) -> String {
    let make = |locale: Locale| {
        let fields = YMDT::long().with_time_precision(TimePrecision::Minute);
        DateTimeFormatter::try_new((&locale).into(), fields)
    };
    let text = TIMES.with(|all| {
        let time = Time::try_new(at.hour() as u8, at.minute() as u8, 0, 0).ok()?;
        let at = DateTime { date: day_of!(at)?, time };
        Some(all.of(language, make)?.format(&at).to_string())
    });
    text.unwrap_or_else(|| at.format("%Y-%m-%d %H:%M").to_string())
}

/// `14:05`.
#[must_use]
pub fn time(at: Instant) -> String {
    at.format("%H:%M").to_string()
}

/// For the `datetime` attribute: `2026-11-24T13:05:00Z`.
#[must_use]
pub fn machine(at: Instant) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The same instant on the clock of an IANA zone; UTC when the zone is unknown.
#[must_use]
pub fn in_zone(at: Instant, zone: &str) -> Instant {
    match zone.parse::<chrono_tz::Tz>() {
        Ok(zone) => zone.from_utc_datetime(&at).naive_local(),
        Err(_) => at,
    }
}

/// Orders names as the language does: `č` after `c` in Czech.
pub struct Order(Option<CollatorBorrowed<'static>>);

impl Order {
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self(Collator::try_new((&locale(language)).into(), CollatorOptions::default()).ok())
    }

    #[must_use]
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        self.0.as_ref().map_or_else(|| one.cmp(other), |order| order.compare(one, other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_the_language_writes_them() {
        let at = chrono::DateTime::from_timestamp(1_795_525_500, 0).unwrap().naive_utc();
        assert_eq!(date(Language::En, at), "24 November 2026");
        assert_eq!(date(Language::Cs, at), "24. listopadu 2026");
        assert!(date_time(Language::En, at).contains("24 November 2026"));
        assert_eq!(machine(at), "2026-11-24T13:05:00Z");
        assert_eq!(time(in_zone(at, "Europe/Prague")), "14:05");
    }

    #[test]
    fn czech_letters_follow_their_plain_ones() {
        let order = Order::of(Language::Cs);
        assert_eq!(order.compare("čaj", "dům"), Ordering::Less);
        assert_eq!(order.compare("chata", "hora"), Ordering::Greater);
    }
}
