//! The ledger: what a list of comments and amendments is narrowed to.

use super::comment::Disposition;
use super::ids::OrganisationId;
use super::text_enum;

text_enum!(
    /// Where an entry stands with the chair.
    EntryState {
        /// It waits for an answer.
        Open = "open",
        Answered = "answered",
        /// Its author contested the answer.
        Contested = "contested",
        Withdrawn = "withdrawn",
    }
);

text_enum!(
    /// What an entry is.
    EntryKind {
        Comment = "comment",
        Amendment = "amendment",
        General = "general",
        Substantive = "substantive",
        Editorial = "editorial",
    }
);

/// In place of a section's kind: what is on the whole text.
pub const WHOLE: &str = "whole";

/// What is shown; what is `None` or empty narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub state: Option<EntryState>,
    pub kind: Option<EntryKind>,
    pub organisation: Option<OrganisationId>,
    pub disposition: Option<Disposition>,
    /// A section's kind, or [`WHOLE`].
    pub section: String,
}

impl Filter {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The filter as the rest of an address: `state=open&kind=`.
    #[must_use]
    pub fn query(&self) -> String {
        let state = self.state.map_or("", EntryState::as_str);
        let kind = self.kind.map_or("", EntryKind::as_str);
        let disposition = self.disposition.map_or("", Disposition::as_str);
        let organisation = self.organisation.map(|own| own.to_string()).unwrap_or_default();
        // Kinds of sections hold nothing that an address would escape.
        let section: String = self
            .section
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':'))
            .collect();
        format!(
            "state={state}&kind={kind}&organisation={organisation}&disposition={disposition}\
             &section={section}"
        )
    }
}
