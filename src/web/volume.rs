//! A published edition as pages read it: a fixed number of queries each.

use super::error::WebError;
use super::names::Names;
use super::page::{Localised, When};
use super::track_label::TrackLabel;
use crate::domain::Instant;
use crate::domain::edition::{Edition, Entry, Manifest};
use crate::domain::language::Language;
use crate::domain::programme::Programme;
use crate::markdown::{controls, first_sentence};
use crate::store::editions::StoredEntry;
use crate::store::{self, DbConn};

/// Everything a published edition holds.
pub struct Volume {
    pub number: i32,
    pub published_at: Instant,
    pub sha256: String,
    pub foreword_html: String,
    pub manifest: Manifest,
    pub entries: Vec<Entry>,
}

/// An edition's row and manifest, without its entries.
pub struct Cover {
    pub edition: Edition,
    pub number: i32,
    pub published_at: Instant,
    pub sha256: String,
    /// The bytes that were hashed.
    pub manifest_text: String,
    pub manifest: Manifest,
}

impl Cover {
    /// The published edition of this number, as the address spells it: `07`
    /// names nothing, or a page would have two addresses.
    ///
    /// # Errors
    /// `NotFound`, or when the database cannot be read.
    pub fn find(conn: &mut DbConn, number: &str) -> Result<Self, WebError> {
        let parsed: i32 = number.parse().map_err(|_| WebError::NotFound)?;
        if parsed.to_string() != number {
            return Err(WebError::NotFound);
        }
        let edition = store::editions::find_published(conn, parsed)?.ok_or(WebError::NotFound)?;
        Self::open(conn, edition)
    }

    fn open(conn: &mut DbConn, edition: Edition) -> Result<Self, WebError> {
        let lacking = || WebError::Internal(format!("edition {} is not whole", edition.id));
        let number = edition.number.ok_or_else(lacking)?;
        let manifest_text = store::editions::find_manifest(conn, number)?.ok_or_else(lacking)?;
        Ok(Self {
            number,
            published_at: edition.published_at.ok_or_else(lacking)?,
            sha256: edition.sha256.clone().ok_or_else(lacking)?,
            manifest: read(&manifest_text)?,
            manifest_text,
            edition,
        })
    }
}

impl Volume {
    /// # Errors
    /// As [`Cover::find`].
    pub fn find(conn: &mut DbConn, number: &str) -> Result<Self, WebError> {
        let cover = Cover::find(conn, number)?;
        Self::read(conn, cover)
    }

    /// The edition published last; `None` before the first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn current(conn: &mut DbConn) -> Result<Option<Self>, WebError> {
        let Some(edition) = store::editions::find_current(conn)? else { return Ok(None) };
        let cover = Cover::open(conn, edition)?;
        Self::read(conn, cover).map(Some)
    }

    fn read(conn: &mut DbConn, cover: Cover) -> Result<Self, WebError> {
        let stored = store::editions::list_entries(conn, cover.edition.id)?;
        let entries = stored.iter().map(entry).collect::<Result<_, _>>()?;
        Ok(Self {
            number: cover.number,
            published_at: cover.published_at,
            sha256: cover.sha256,
            foreword_html: cover.edition.foreword_html,
            manifest: cover.manifest,
            entries,
        })
    }

    #[must_use]
    pub fn names(&self, programme: &Programme, language: Language) -> Names {
        Names::then(&self.manifest, programme, language)
    }

    /// The entries that ask something of an audience.
    pub fn asking<'a>(&'a self, audience: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| action_for(entry, audience).is_some())
    }

    /// The entries of a track.
    pub fn of_track<'a>(&'a self, slug: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.track == slug)
    }

    /// Each audience with how much is asked of it, for the role strip.
    #[must_use]
    pub fn roles(&self, names: &Names, address: impl Fn(&str) -> String) -> Vec<Role> {
        let role = |(slug, name): &(String, Localised)| Role {
            href: address(slug),
            name: name.clone(),
            count: self.asking(slug).count(),
        };
        names.audiences.iter().map(role).collect()
    }

    /// Track and audiences of each entry.
    #[must_use]
    pub fn texts(&self) -> Vec<(&str, Vec<&str>)> {
        self.entries.iter().map(|entry| (entry.track.as_str(), audiences(entry))).collect()
    }

    #[must_use]
    pub fn published(&self, language: Language) -> When {
        When::date(language, self.published_at)
    }
}

/// An entry's document, read.
///
/// # Errors
/// When it cannot be, which `primum doctor` would have said.
pub fn entry(stored: &StoredEntry) -> Result<Entry, WebError> {
    read(&stored.document)
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, WebError> {
    serde_json::from_str(text)
        .map_err(|fault| WebError::Internal(format!("a published document: {fault}")))
}

/// The audiences an entry asks something of.
#[must_use]
pub fn audiences(entry: &Entry) -> Vec<&str> {
    entry.actions.iter().map(|action| action.audience.as_str()).collect()
}

/// What an entry asks of an audience, in Markdown.
#[must_use]
pub fn action_for<'a>(entry: &'a Entry, audience: &str) -> Option<&'a str> {
    let own = entry.actions.iter().find(|action| action.audience == audience);
    own.map(|action| action.text.as_str())
}

/// An audience on the role strip.
pub struct Role {
    pub href: String,
    pub name: Localised,
    pub count: usize,
}

/// One recommendation in a list: its title and its ask in one line.
pub struct Ask {
    pub reference: String,
    pub title: String,
    pub ask: String,
    pub href: String,
    pub track: Option<TrackLabel>,
}

impl Ask {
    #[must_use]
    pub fn new(entry: &Entry, names: &Names, language: Language) -> Self {
        Self {
            reference: entry.reference.clone(),
            title: controls::visible(&entry.title).into_owned(),
            ask: first_sentence(&entry.statement),
            href: format!("/{language}/editions/{}/{}", entry.edition, entry.reference),
            track: names.track(&entry.track).cloned(),
        }
    }
}
