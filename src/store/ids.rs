//! Ids are made here, not by the database: one way for both engines.

use crate::domain::Instant;

/// A fresh id: milliseconds since 2020 and twenty-one random bits, so that
/// ids sort by age and cannot be guessed one from the next.
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
    (ms << 21) | i64::from(u32::from_le_bytes(bytes) >> 11)
}
