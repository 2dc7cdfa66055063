//! Days of the content, counted from today, as instants.

use chrono::{Datelike, NaiveTime, TimeDelta, Weekday};

use crate::domain::Instant;

/// The calendar of one start.
pub struct Calendar {
    now: Instant,
}

impl Calendar {
    pub const fn new(now: Instant) -> Self {
        Self { now }
    }

    /// Midnight, UTC, at the start of a day.
    pub fn day(&self, days: i64) -> Instant {
        self.now.date().and_time(NaiveTime::MIN) + TimeDelta::days(days)
    }

    /// As [`Calendar::day`], moved off a weekend: nobody meets then.
    pub fn working_day(&self, days: i64) -> Instant {
        let day = self.day(days);
        match day.weekday() {
            Weekday::Sat => day - TimeDelta::days(1),
            Weekday::Sun => day + TimeDelta::days(1),
            _ => day,
        }
    }

    /// A time of day, a little different for every `seed`, so that not
    /// everybody writes on the hour.
    pub fn at(&self, days: i64, hour: i64, seed: usize) -> Instant {
        let spread = i64::try_from(seed.wrapping_mul(2_654_435_761) >> 5 & 0x7ff).unwrap_or(0);
        self.day(days) + TimeDelta::hours(hour) + TimeDelta::seconds(spread)
    }

    /// Whether something can have happened already.
    pub fn is_past(&self, at: Instant) -> bool {
        at < self.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yesterday_is_over_whatever_the_hour() {
        let midnight = chrono::DateTime::from_timestamp(1_795_478_400, 0).unwrap().naive_utc();
        let calendar = Calendar::new(midnight);
        for seed in 0..1000 {
            let at = calendar.at(-1, 18, seed);
            assert!(calendar.is_past(at), "{at}");
            assert!(at < calendar.at(-1, 18, 0) + TimeDelta::minutes(35), "{at}");
        }
        assert!(!calendar.is_past(calendar.day(0)));
        let days: Vec<u32> = (0..7).map(|n| calendar.working_day(n).day()).collect();
        assert_eq!(days, [24, 25, 26, 27, 27, 30, 30], "a Tuesday in November 2026");
    }
}
