//! Ids are made here, not by the database: one way for both engines.

use std::cell::Cell;

use crate::domain::Instant;

thread_local! {
    /// The millisecond this thread last made an id for, and that id.
    static LAST: Cell<(i64, i64)> = const { Cell::new((-1, 0)) };
}

/// A fresh id: milliseconds since 2020 and twenty-one random bits, so that
/// ids sort by age and cannot be guessed one from the next. What is written at
/// one instant, such as a folder brought in, goes up from there in random
/// steps: thousands of draws from twenty-one bits would meet.
///
/// # Panics
/// When the operating system gives no randomness: nothing could be safe then.
#[must_use]
pub fn fresh(now: Instant) -> i64 {
    const EPOCH_2020_MS: i64 = 1_577_836_800_000;
    let ms = (now.and_utc().timestamp_millis() - EPOCH_2020_MS).max(0);
    let mut bytes = [0_u8; 4];
    if getrandom::fill(&mut bytes).is_err() {
        panic!("the operating system gives no random numbers");
    }
    let random = i64::from(u32::from_le_bytes(bytes) >> 11);
    let id = match LAST.get() {
        (own, last) if own == ms => last + 1 + random % 1024,
        _ => (ms << 21) | random,
    };
    LAST.set((ms, id));
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_instant_are_all_different_and_go_up() {
        let now = chrono::DateTime::from_timestamp(1_795_525_500, 0).unwrap().naive_utc();
        let ids: Vec<i64> = (0..50_000).map(|_| fresh(now)).collect();
        assert!(ids.is_sorted_by(|one, next| one < next));
        assert!(ids.windows(2).any(|pair| pair[1] - pair[0] > 1), "not one by one");
        assert_ne!(fresh(now + chrono::TimeDelta::seconds(1)) >> 21, ids[0] >> 21);
    }
}
