//! Names of tracks and audiences: as they are now, or as an edition froze them.

use super::page::Localised;
use super::track_label::TrackLabel;
use crate::domain::edition::{LocalName, Manifest};
use crate::domain::language::Language;
use crate::domain::programme::Programme;

/// Tracks and audiences in their order, named in one language.
pub struct Names {
    pub tracks: Vec<TrackLabel>,
    /// Slug and name.
    pub audiences: Vec<(String, Localised)>,
}

impl Names {
    #[must_use]
    pub fn now(programme: &Programme, language: Language) -> Self {
        let track = |track| TrackLabel::new(track, language);
        let audiences = programme.audiences.iter();
        Self {
            tracks: programme.tracks.iter().map(track).collect(),
            audiences: audiences.map(|own| (own.slug.clone(), own.name(language).into())).collect(),
        }
    }

    /// As they stood when the edition was published; only shape and colour,
    /// which are not words, are the present ones.
    #[must_use]
    pub fn then(manifest: &Manifest, programme: &Programme, language: Language) -> Self {
        let track = |track: &crate::domain::edition::NamedTrack| {
            let now = programme.track(&track.slug);
            TrackLabel {
                slug: track.slug.clone(),
                reference: track.reference.clone(),
                shape: now.map(|now| now.shape.clone()).unwrap_or_default(),
                colour: now.map_or(1, |now| now.colour),
                name: local(&track.names, language, &track.slug),
            }
        };
        let audiences = manifest.audiences.iter();
        let audience = |own: &crate::domain::edition::NamedAudience| {
            (own.slug.clone(), local(&own.names, language, &own.slug))
        };
        Self {
            tracks: manifest.tracks.iter().map(track).collect(),
            audiences: audiences.map(audience).collect(),
        }
    }

    #[must_use]
    pub fn track(&self, slug: &str) -> Option<&TrackLabel> {
        self.tracks.iter().find(|track| track.slug == slug)
    }

    #[must_use]
    pub fn audience(&self, slug: &str) -> Option<&Localised> {
        self.audiences.iter().find(|(own, _)| own == slug).map(|(_, name)| name)
    }
}

fn local(names: &[LocalName], language: Language, slug: &str) -> Localised {
    let named = |wanted: Language| names.iter().find(|own| own.language == wanted.as_str());
    if let Some(own) = named(language) {
        return Localised { text: own.name.clone(), lang: None };
    }
    let english = named(Language::En);
    Localised {
        text: english.map_or_else(|| slug.to_owned(), |own| own.name.clone()),
        lang: english.map(|_| Language::En.as_str()),
    }
}

/// How many texts of each track ask something of each audience: what shows
/// the gaps.
pub struct Coverage {
    pub audiences: Vec<Localised>,
    pub rows: Vec<CoverageRow>,
}

pub struct CoverageRow {
    pub track: TrackLabel,
    pub counts: Vec<usize>,
}

impl Coverage {
    /// Of texts, each with its track and its audiences.
    #[must_use]
    pub fn of(names: &Names, texts: &[(&str, Vec<&str>)]) -> Self {
        let count = |track: &str, audience: &str| {
            let asks = |(own, audiences): &&(&str, Vec<&str>)| {
                *own == track && audiences.contains(&audience)
            };
            texts.iter().filter(asks).count()
        };
        let row = |track: &TrackLabel| CoverageRow {
            counts: names.audiences.iter().map(|(slug, _)| count(&track.slug, slug)).collect(),
            track: track.clone(),
        };
        Self {
            audiences: names.audiences.iter().map(|(_, name)| name.clone()).collect(),
            rows: names.tracks.iter().map(row).collect(),
        }
    }
}
