//! How a track is named on a page: shape, colour, reference and name.

use super::page::Localised;
use crate::domain::ids::TrackId;
use crate::domain::language::Language;
use crate::domain::programme::{Programme, Track};

#[derive(Debug, Clone)]
pub struct TrackLabel {
    pub slug: String,
    pub reference: String,
    pub shape: String,
    /// 1 to 8.
    pub colour: i32,
    pub name: Localised,
}

impl TrackLabel {
    #[must_use]
    pub fn new(track: &Track, language: Language) -> Self {
        Self {
            slug: track.slug.clone(),
            reference: track.reference.clone(),
            shape: track.shape.clone(),
            colour: track.colour,
            name: track.name(language).into(),
        }
    }

    /// The label of a track that may be missing, as in an old row of a log.
    #[must_use]
    pub fn find(programme: &Programme, track: Option<TrackId>, language: Language) -> Option<Self> {
        Some(Self::new(programme.track_by_id(track?)?, language))
    }
}
