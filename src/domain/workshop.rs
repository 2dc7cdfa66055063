//! Workshops: a meeting of a track, in its own time zone and in UTC.

use super::Instant;
use super::ids::{TrackId, WorkshopId};

/// Longest agenda, in characters.
pub const LONGEST_AGENDA: usize = 20_000;

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
