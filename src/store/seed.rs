//! What a new database starts with: the programme's texts, five tracks, four
//! audiences and seven stakeholder groups, all editable afterwards.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{DbConn, Error, Result, ids, programme};
use crate::domain::Instant;
use crate::domain::ids::{AudienceId, GroupId, TrackId};
use crate::domain::language::Language;
use crate::domain::programme::{
    Audience, AudienceText, Group, ProgrammeText, Texts, Track, TrackText,
};
use crate::domain::role::AttributionRule;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    programme: Both<SeedProgramme>,
    track: Vec<SeedTrack>,
    audience: Vec<SeedAudience>,
    group: Vec<SeedGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both<T> {
    en: T,
    cs: T,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedProgramme {
    title: String,
    tagline: String,
    intro: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedTrack {
    slug: String,
    reference: String,
    shape: String,
    colour: i32,
    en: SeedTrackText,
    cs: SeedTrackText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedTrackText {
    name: String,
    summary: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedAudience {
    slug: String,
    en: SeedAudienceText,
    cs: SeedAudienceText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedAudienceText {
    name: String,
    reader: String,
    summary: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedGroup {
    slug: String,
    en: SeedGroupText,
    cs: SeedGroupText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedGroupText {
    name: String,
}

fn both<T, U>(en: T, cs: T, text: impl Fn(T) -> U) -> Texts<U> {
    Texts(vec![(Language::En, text(en)), (Language::Cs, text(cs))])
}

fn read() -> Result<Seed> {
    toml::from_str(include_str!("seed.toml"))
        .map_err(|fault| Error::Corrupt(format!("seed.toml: {fault}")))
}

/// Whether the audience still has a name that it started with, in any language.
#[must_use]
pub fn is_first_name(slug: &str, name: &str) -> bool {
    static NAMES: LazyLock<Vec<(String, [String; 2])>> = LazyLock::new(|| {
        let audiences = read().map(|seed| seed.audience).unwrap_or_default();
        audiences.into_iter().map(|own| (own.slug, [own.en.name, own.cs.name])).collect()
    });
    NAMES.iter().any(|(own, names)| own == slug && names.iter().any(|own| own == name))
}

/// Fills an empty database; does nothing in one that has a programme.
///
/// # Errors
/// When the database refuses, or the built-in file is not what it should be.
pub fn sow(conn: &mut DbConn, now: Instant) -> Result<()> {
    if programme::public_version(conn)?.is_some() {
        return Ok(());
    }
    let seed = read()?;
    programme::insert_programme(conn, now)?;
    let text =
        |t: SeedProgramme| ProgrammeText { title: t.title, tagline: t.tagline, intro: t.intro };
    programme::set_texts(conn, &both(seed.programme.en, seed.programme.cs, text))?;
    for (track, position) in seed.track.into_iter().zip(1..) {
        let text = |t: SeedTrackText| TrackText { name: t.name, summary: t.summary };
        let track = Track {
            id: TrackId(ids::fresh(now)),
            slug: track.slug,
            reference: track.reference,
            shape: track.shape,
            colour: track.colour,
            rule: AttributionRule::ChathamHouse,
            texts: both(track.en, track.cs, text),
        };
        programme::insert_track(conn, &track, position)?;
    }
    for (audience, position) in seed.audience.into_iter().zip(1..) {
        let text = |t: SeedAudienceText| AudienceText {
            name: t.name,
            reader: t.reader,
            summary: t.summary,
        };
        let audience = Audience {
            id: AudienceId(ids::fresh(now)),
            slug: audience.slug,
            texts: both(audience.en, audience.cs, text),
        };
        programme::insert_audience(conn, &audience, position)?;
    }
    for (group, position) in seed.group.into_iter().zip(1..) {
        let group = Group {
            id: GroupId(ids::fresh(now)),
            slug: group.slug,
            texts: both(group.en, group.cs, |t: SeedGroupText| t.name),
        };
        programme::insert_group(conn, &group, position)?;
    }
    Ok(())
}
