//! The programme's own data: its texts, tracks, audiences and groups.

use super::ids::{AudienceId, GroupId, TrackId};
use super::language::Language;
use super::role::AttributionRule;

/// The shapes a track can have. The colour of a shape is its place, from 1.
pub const SHAPES: [&str; 8] =
    ["circle", "triangle", "square", "diamond", "pentagon", "hexagon", "star", "bar"];

/// Everything the secretariat can name, as one snapshot: small, and part of
/// almost every page.
#[derive(Debug, Clone)]
pub struct Programme {
    /// Rises with every change to a public page.
    pub version: i64,
    pub texts: Texts<ProgrammeText>,
    pub tracks: Vec<Track>,
    pub audiences: Vec<Audience>,
    pub groups: Vec<Group>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgrammeText {
    pub title: String,
    pub tagline: String,
    pub intro: String,
}

#[derive(Debug, Clone)]
pub struct Track {
    pub id: TrackId,
    pub slug: String,
    /// The three letters its references start with, `RES`.
    pub reference: String,
    pub shape: String,
    /// 1 to 8: which of the fixed colours.
    pub colour: i32,
    pub rule: AttributionRule,
    pub texts: Texts<TrackText>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrackText {
    pub name: String,
    pub summary: String,
}

#[derive(Debug, Clone)]
pub struct Audience {
    pub id: AudienceId,
    pub slug: String,
    pub texts: Texts<AudienceText>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AudienceText {
    pub name: String,
    /// How the reader is called, "If you make policy".
    pub reader: String,
    pub summary: String,
}

#[derive(Debug, Clone)]
pub struct Group {
    pub id: GroupId,
    pub slug: String,
    pub texts: Texts<String>,
}

/// One text a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts<T>(pub Vec<(Language, T)>);

/// A text in the reader's language, or in English and said to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase<'a> {
    pub text: &'a str,
    /// Set when the text is not in the language asked for.
    pub foreign: Option<Language>,
}

impl<T> Texts<T> {
    #[must_use]
    pub fn get(&self, language: Language) -> Option<&T> {
        self.0.iter().find(|(own, _)| *own == language).map(|(_, text)| text)
    }

    /// The field `of` picks, in `language` or else in English.
    pub fn phrase<'a>(&'a self, language: Language, of: impl Fn(&'a T) -> &'a str) -> Phrase<'a> {
        match self.get(language).map(&of).filter(|text| !text.is_empty()) {
            Some(text) => Phrase { text, foreign: None },
            None => Phrase {
                text: self.get(Language::En).map(&of).unwrap_or_default(),
                foreign: (language != Language::En).then_some(Language::En),
            },
        }
    }
}

impl Track {
    #[must_use]
    pub fn name(&self, language: Language) -> Phrase<'_> {
        self.texts.phrase(language, |text| text.name.as_str())
    }

    #[must_use]
    pub fn summary(&self, language: Language) -> Phrase<'_> {
        self.texts.phrase(language, |text| text.summary.as_str())
    }
}

impl Audience {
    #[must_use]
    pub fn name(&self, language: Language) -> Phrase<'_> {
        self.texts.phrase(language, |text| text.name.as_str())
    }

    #[must_use]
    pub fn reader(&self, language: Language) -> Phrase<'_> {
        self.texts.phrase(language, |text| text.reader.as_str())
    }

    #[must_use]
    pub fn summary(&self, language: Language) -> Phrase<'_> {
        self.texts.phrase(language, |text| text.summary.as_str())
    }

    /// The name under which files know it.
    #[must_use]
    pub fn english_name(&self) -> &str {
        self.name(Language::En).text
    }
}

impl Group {
    #[must_use]
    pub fn name(&self, language: Language) -> Phrase<'_> {
        self.texts.phrase(language, String::as_str)
    }
}

impl Programme {
    #[must_use]
    pub fn track(&self, slug: &str) -> Option<&Track> {
        self.tracks.iter().find(|track| track.slug == slug)
    }

    #[must_use]
    pub fn track_by_id(&self, id: TrackId) -> Option<&Track> {
        self.tracks.iter().find(|track| track.id == id)
    }

    #[must_use]
    pub fn audience(&self, slug: &str) -> Option<&Audience> {
        self.audiences.iter().find(|audience| audience.slug == slug)
    }

    /// The colours no track has taken, each with its shape.
    #[must_use]
    pub fn free_marks(&self) -> Vec<(i32, &'static str)> {
        let free = |(colour, shape): &(i32, &str)| {
            self.tracks.iter().all(|track| track.colour != *colour && track.shape != *shape)
        };
        (1..).zip(SHAPES).filter(free).collect()
    }

    #[must_use]
    pub fn group(&self, slug: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.slug == slug)
    }

    #[must_use]
    pub fn group_by_id(&self, id: GroupId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// Slug and English name of each audience, in order: what headings of
    /// action sections may say.
    #[must_use]
    pub fn audience_headings(&self) -> Vec<(String, String)> {
        let heading =
            |audience: &Audience| (audience.slug.clone(), audience.english_name().to_owned());
        self.audiences.iter().map(heading).collect()
    }
}
