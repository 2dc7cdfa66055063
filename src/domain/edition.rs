//! Editions: what is frozen when the secretariat publishes.

use super::Instant;
use super::ids::EditionId;
use serde::{Deserialize, Serialize};

/// The name of the manifest's format.
pub const FORMAT: &str = "primum-edition/1";

/// One recommendation as published. Its canonical JSON (RFC 8785) is the
/// entry: every file of it is made from these words. It names no contributor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub format: String,
    pub edition: i32,
    pub reference: String,
    pub title: String,
    pub language: String,
    pub track: String,
    pub revision: i32,
    pub agreed_on: String,
    pub statement: String,
    pub rationale: String,
    pub actions: Vec<Action>,
    /// Its blocks in order: `…/RES-01#b17` leads to the one with id 17.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paragraphs: Vec<Paragraph>,
}

/// The permanent id of a block, and the ¶ number it is cited by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// The kind of its section: `statement`, `rationale`, `for:slug`.
    pub section: String,
    pub block: i32,
    /// None for headings, footnotes, and what no page shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    pub audience: String,
    pub text: String,
}

/// The list of contents whose SHA-256 is the edition's hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    pub number: i32,
    pub published_at: String,
    pub language: String,
    pub foreword: String,
    /// Slug, reference and names of tracks and audiences as they then stood.
    pub tracks: Vec<NamedTrack>,
    pub audiences: Vec<NamedAudience>,
    pub entries: Vec<ManifestEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedTrack {
    pub slug: String,
    pub reference: String,
    pub names: Vec<LocalName>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedAudience {
    pub slug: String,
    pub names: Vec<LocalName>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalName {
    pub language: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    pub reference: String,
    pub sha256: String,
}

/// An edition's row: being built while it has no number.
#[derive(Debug, Clone)]
pub struct Edition {
    pub id: EditionId,
    pub number: Option<i32>,
    pub foreword: String,
    pub foreword_html: String,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub published_at: Option<Instant>,
    pub sha256: Option<String>,
}

/// Why a picked recommendation cannot be published yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocker {
    NotAgreed,
    /// Top-level comments without a disposition.
    Unanswered(i64),
    /// Pairs of brackets.
    Brackets(i32),
    NoAudience,
    /// Bidirectional or zero-width characters that must be looked at.
    HiddenCharacters,
}

/// What the preflight knows of one picked recommendation.
#[derive(Debug, Clone, Copy)]
pub struct Preflight {
    pub agreed: bool,
    pub unanswered: i64,
    pub brackets: i32,
    pub unmatched: usize,
    pub audiences: usize,
    pub hidden_characters: bool,
    /// The secretariat has looked at the hidden characters.
    pub acknowledged: bool,
}

/// Everything that blocks publication of one text.
#[must_use]
pub fn blockers(text: &Preflight) -> Vec<Blocker> {
    let mut found = Vec::new();
    if !text.agreed {
        found.push(Blocker::NotAgreed);
    }
    if text.unanswered > 0 {
        found.push(Blocker::Unanswered(text.unanswered));
    }
    let brackets = text.brackets + i32::try_from(text.unmatched).unwrap_or(i32::MAX);
    if brackets > 0 {
        found.push(Blocker::Brackets(brackets));
    }
    if text.audiences == 0 {
        found.push(Blocker::NoAudience);
    }
    if text.hidden_characters && !text.acknowledged {
        found.push(Blocker::HiddenCharacters);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: Preflight = Preflight {
        agreed: true,
        unanswered: 0,
        brackets: 0,
        unmatched: 0,
        audiences: 1,
        hidden_characters: false,
        acknowledged: false,
    };

    #[test]
    fn each_fault_blocks_and_a_clean_text_does_not() {
        assert!(blockers(&CLEAN).is_empty());
        assert_eq!(blockers(&Preflight { agreed: false, ..CLEAN }), [Blocker::NotAgreed]);
        assert_eq!(blockers(&Preflight { unanswered: 2, ..CLEAN }), [Blocker::Unanswered(2)]);
        assert_eq!(blockers(&Preflight { unmatched: 1, ..CLEAN }), [Blocker::Brackets(1)]);
        assert_eq!(blockers(&Preflight { audiences: 0, ..CLEAN }), [Blocker::NoAudience]);
        let hidden = Preflight { hidden_characters: true, ..CLEAN };
        assert_eq!(blockers(&hidden), [Blocker::HiddenCharacters]);
        assert!(blockers(&Preflight { acknowledged: true, ..hidden }).is_empty());
    }
}
