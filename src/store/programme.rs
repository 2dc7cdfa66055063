//! The programme, its tracks, audiences and groups.

use diesel::prelude::*;

use super::schema::{
    audience_texts, audiences, programme, programme_texts, stakeholder_group_texts,
    stakeholder_groups, track_texts, tracks,
};
use super::{DbConn, Result};
use crate::domain::Instant;
use crate::domain::ids::{AudienceId, GroupId, TrackId};
use crate::domain::language::Language;
use crate::domain::programme::{
    Audience, AudienceText, Group, Programme, ProgrammeText, Texts, Track, TrackText,
};
use crate::domain::role::AttributionRule;

/// The number that rises with every change to a public page, and to names
/// that members' pages show; `None` in a database that was never seeded.
pub fn public_version(conn: &mut DbConn) -> Result<Option<i64>> {
    Ok(programme::table.select(programme::public_version).first(conn).optional()?)
}

/// Says that public pages or names changed; part of the transaction that changed them.
pub fn bump_public_version(conn: &mut DbConn) -> Result<()> {
    diesel::update(programme::table)
        .set(programme::public_version.eq(programme::public_version + 1))
        .execute(conn)?;
    Ok(())
}

pub fn insert_programme(conn: &mut DbConn, now: Instant) -> Result<()> {
    diesel::insert_into(programme::table)
        .values((
            programme::id.eq(1_i64),
            programme::language.eq("en"),
            programme::public_version.eq(1_i64),
            programme::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Reads the whole snapshot: seven queries, whatever the size.
pub fn load(conn: &mut DbConn) -> Result<Programme> {
    let version = public_version(conn)?.unwrap_or_default();
    Ok(Programme {
        version,
        texts: Texts(load_programme_texts(conn)?),
        tracks: load_tracks(conn)?,
        audiences: load_audiences(conn)?,
        groups: load_groups(conn)?,
    })
}

fn load_programme_texts(conn: &mut DbConn) -> Result<Vec<(Language, ProgrammeText)>> {
    let rows: Vec<(Language, String, String, String)> =
        programme_texts::table.order(programme_texts::language.desc()).load(conn)?;
    let text =
        |(language, title, tagline, intro)| (language, ProgrammeText { title, tagline, intro });
    Ok(rows.into_iter().map(text).collect())
}

fn load_tracks(conn: &mut DbConn) -> Result<Vec<Track>> {
    type Row = (TrackId, String, String, i32, String, i32, AttributionRule, i32);
    let rows: Vec<Row> = tracks::table.order((tracks::position, tracks::id)).load(conn)?;
    let texts: Vec<(TrackId, Language, String, String)> =
        track_texts::table.order(track_texts::language.desc()).load(conn)?;
    let texts_of = |id: TrackId| {
        let own = texts.iter().filter(|(track, ..)| *track == id);
        Texts(
            own.map(|(_, language, name, summary)| {
                (*language, TrackText { name: name.clone(), summary: summary.clone() })
            })
            .collect(),
        )
    };
    let track = |(id, slug, reference, _, shape, colour, rule, _): Row| Track {
        id,
        slug,
        reference,
        shape,
        colour,
        rule,
        texts: texts_of(id),
    };
    Ok(rows.into_iter().map(track).collect())
}

fn load_audiences(conn: &mut DbConn) -> Result<Vec<Audience>> {
    let rows: Vec<(AudienceId, String, i32)> =
        audiences::table.order((audiences::position, audiences::id)).load(conn)?;
    let texts: Vec<(AudienceId, Language, String, String, String)> =
        audience_texts::table.order(audience_texts::language.desc()).load(conn)?;
    let texts_of = |id: AudienceId| {
        let own = texts.iter().filter(|(audience, ..)| *audience == id);
        Texts(
            own.map(|(_, language, name, reader, summary)| {
                let text = AudienceText {
                    name: name.clone(),
                    reader: reader.clone(),
                    summary: summary.clone(),
                };
                (*language, text)
            })
            .collect(),
        )
    };
    Ok(rows.into_iter().map(|(id, slug, _)| Audience { id, slug, texts: texts_of(id) }).collect())
}

fn load_groups(conn: &mut DbConn) -> Result<Vec<Group>> {
    let rows: Vec<(GroupId, String, i32)> =
        stakeholder_groups::table.order(stakeholder_groups::position).load(conn)?;
    let texts: Vec<(GroupId, Language, String)> = stakeholder_group_texts::table
        .order(stakeholder_group_texts::language.desc())
        .load(conn)?;
    let texts_of = |id: GroupId| {
        let own = texts.iter().filter(|(group, ..)| *group == id);
        Texts(own.map(|(_, language, name)| (*language, name.clone())).collect())
    };
    Ok(rows.into_iter().map(|(id, slug, _)| Group { id, slug, texts: texts_of(id) }).collect())
}

/// Replaces the programme's own texts.
pub fn set_texts(conn: &mut DbConn, texts: &Texts<ProgrammeText>) -> Result<()> {
    diesel::delete(programme_texts::table).execute(conn)?;
    for (language, text) in &texts.0 {
        diesel::insert_into(programme_texts::table)
            .values((
                programme_texts::language.eq(language.as_str()),
                programme_texts::title.eq(&text.title),
                programme_texts::tagline.eq(&text.tagline),
                programme_texts::intro.eq(&text.intro),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub fn insert_track(conn: &mut DbConn, track: &Track, position: i32) -> Result<()> {
    diesel::insert_into(tracks::table)
        .values((
            tracks::id.eq(track.id.0),
            tracks::slug.eq(&track.slug),
            tracks::reference.eq(&track.reference),
            tracks::position.eq(position),
            tracks::shape.eq(&track.shape),
            tracks::colour.eq(track.colour),
            tracks::attribution_rule.eq(track.rule.as_str()),
            tracks::next_number.eq(1),
        ))
        .execute(conn)?;
    set_track_texts(conn, track.id, &track.texts)
}

/// Replaces a track's names and summaries.
pub fn set_track_texts(conn: &mut DbConn, id: TrackId, texts: &Texts<TrackText>) -> Result<()> {
    diesel::delete(track_texts::table.filter(track_texts::track_id.eq(id.0))).execute(conn)?;
    for (language, text) in &texts.0 {
        diesel::insert_into(track_texts::table)
            .values((
                track_texts::track_id.eq(id.0),
                track_texts::language.eq(language.as_str()),
                track_texts::name.eq(&text.name),
                track_texts::summary.eq(&text.summary),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub fn set_track_rule(conn: &mut DbConn, id: TrackId, rule: AttributionRule) -> Result<()> {
    diesel::update(tracks::table.filter(tracks::id.eq(id.0)))
        .set(tracks::attribution_rule.eq(rule.as_str()))
        .execute(conn)?;
    Ok(())
}

/// Takes the next free number of a track; never the same twice.
pub fn take_number(conn: &mut DbConn, id: TrackId) -> Result<i32> {
    diesel::update(tracks::table.filter(tracks::id.eq(id.0)))
        .set(tracks::next_number.eq(tracks::next_number + 1))
        .execute(conn)?;
    let next: i32 =
        tracks::table.filter(tracks::id.eq(id.0)).select(tracks::next_number).first(conn)?;
    Ok(next - 1)
}

/// Makes sure that `number`, which a file brought, is never given again.
pub fn reserve_number(conn: &mut DbConn, id: TrackId, number: i32) -> Result<()> {
    diesel::update(
        tracks::table.filter(tracks::id.eq(id.0)).filter(tracks::next_number.le(number)),
    )
    .set(tracks::next_number.eq(number + 1))
    .execute(conn)?;
    Ok(())
}

pub fn insert_audience(conn: &mut DbConn, audience: &Audience, position: i32) -> Result<()> {
    diesel::insert_into(audiences::table)
        .values((
            audiences::id.eq(audience.id.0),
            audiences::slug.eq(&audience.slug),
            audiences::position.eq(position),
        ))
        .execute(conn)?;
    set_audience_texts(conn, audience.id, &audience.texts)
}

/// Replaces an audience's names.
pub fn set_audience_texts(
    conn: &mut DbConn,
    id: AudienceId,
    texts: &Texts<AudienceText>,
) -> Result<()> {
    diesel::delete(audience_texts::table.filter(audience_texts::audience_id.eq(id.0)))
        .execute(conn)?;
    for (language, text) in &texts.0 {
        diesel::insert_into(audience_texts::table)
            .values((
                audience_texts::audience_id.eq(id.0),
                audience_texts::language.eq(language.as_str()),
                audience_texts::name.eq(&text.name),
                audience_texts::reader.eq(&text.reader),
                audience_texts::summary.eq(&text.summary),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub fn insert_group(conn: &mut DbConn, group: &Group, position: i32) -> Result<()> {
    diesel::insert_into(stakeholder_groups::table)
        .values((
            stakeholder_groups::id.eq(group.id.0),
            stakeholder_groups::slug.eq(&group.slug),
            stakeholder_groups::position.eq(position),
        ))
        .execute(conn)?;
    for (language, name) in &group.texts.0 {
        diesel::insert_into(stakeholder_group_texts::table)
            .values((
                stakeholder_group_texts::group_id.eq(group.id.0),
                stakeholder_group_texts::language.eq(language.as_str()),
                stakeholder_group_texts::name.eq(name),
            ))
            .execute(conn)?;
    }
    Ok(())
}
