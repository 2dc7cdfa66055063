//! Who is asking.

use super::ids::{AccountId, OrganisationId, TrackId};
use super::language::Language;
use super::role::Role;

/// A signed-in person with every right they hold.
#[derive(Debug, Clone)]
pub struct Actor {
    pub account: AccountId,
    pub name: String,
    pub email: String,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub language: Language,
    pub secretariat: bool,
    pub memberships: Vec<(TrackId, Role)>,
}

impl Actor {
    /// The role this person was given in a track.
    #[must_use]
    pub fn role_in(&self, track: TrackId) -> Option<Role> {
        self.memberships.iter().find(|(id, _)| *id == track).map(|(_, role)| *role)
    }

    /// Whether work under way in this track is theirs to read.
    #[must_use]
    pub fn sees(&self, track: TrackId) -> bool {
        self.secretariat || self.role_in(track).is_some()
    }
}
