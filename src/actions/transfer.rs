//! Texts come in from files and go out to files. History, comments and
//! accounts do not travel.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveTime};

use super::accounts::{default_group, find_or_create_organisation};
use super::recommendations::{self, ImportedStage, LONGEST_REASON, Rendered};
use super::{ActionError, Result};
use crate::domain::Instant;
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::{AccountId, OrganisationId, RecommendationId};
use crate::domain::language::Language;
use crate::domain::programme::{Programme, Track};
use crate::domain::recommendation::{Draft, RATIONALE, Recommendation, STATEMENT, audience_of};
use crate::domain::stage::Stage;
use crate::markdown::{
    self,
    sections::{self, SourceFile},
};
use crate::store::accounts::NewAccount;
use crate::store::recommendations::Section;
use crate::store::{self, DbConn, ids};

/// What the history says of a text that came from a file.
const SUMMARY: &str = "Imported";
/// Author of imported texts where there is no secretariat yet: nobody can sign
/// in as this account, and no mail can reach it.
const AUTHOR: (&str, &str) = ("Imported", "import@localhost.invalid");
const AUTHOR_ORGANISATION: &str = "Imported texts";
/// Higher numbers in a reference are a slip of the pen.
const HIGHEST_NUMBER: i32 = 99_999;

/// A file's name and text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    pub file: String,
    pub text: String,
}

/// Why a file is refused, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    pub file: String,
    pub line: usize,
    pub reason: String,
}

/// Why nothing was brought in.
#[derive(Debug)]
pub enum ImportError {
    Faults(Vec<FileFault>),
    Action(ActionError),
}

impl From<store::Error> for ImportError {
    fn from(fault: store::Error) -> Self {
        Self::Action(fault.into())
    }
}

impl From<ActionError> for ImportError {
    fn from(fault: ActionError) -> Self {
        Self::Action(fault)
    }
}

/// One file, read and found good.
struct Ready<'a> {
    file: &'a str,
    reference: Option<String>,
    track: &'a Track,
    draft: Draft,
    rendered: Rendered,
    stage: ImportedStage,
}

/// Brings in all the files or none; answers each file with its reference.
/// `faults` are those of files that could not even be read.
///
/// # Errors
/// Every fault of every file.
pub fn import(
    conn: &mut DbConn,
    texts: &[SourceText],
    mut faults: Vec<FileFault>,
    now: Instant,
) -> std::result::Result<Vec<(String, String)>, ImportError> {
    let programme = store::programme::load(conn)?;
    let taken = store::recommendations::list_all(conn)?;
    let taken: HashSet<String> = taken.into_iter().map(|own| own.reference).collect();
    let mut ready = Vec::new();
    let mut seen: HashMap<String, &str> = HashMap::new();
    for SourceText { file, text } in texts {
        let text = markdown::normalise(text);
        let mut found = Vec::new();
        if let Some(one) = read(file, &text, &programme, &mut found) {
            if let Some(reference) = &one.reference {
                let line = line_of_key(&text, "reference");
                if taken.contains(reference) {
                    found.push((line, format!("`{reference}` exists already")));
                }
                match seen.get(reference) {
                    Some(first) => {
                        found.push((line, format!("`{reference}` stands already in {first}")));
                    }
                    None => drop(seen.insert(reference.clone(), file)),
                }
            }
            ready.push(one);
        }
        let located = |(line, reason)| FileFault { file: file.clone(), line, reason };
        faults.extend(found.into_iter().map(located));
    }
    if !faults.is_empty() {
        faults.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
        return Err(ImportError::Faults(faults));
    }
    let author = author(conn, now)?;
    // Numbers that files bring are taken before any is given out.
    ready.sort_by_key(|one| one.reference.is_none());
    let mut made = Vec::new();
    for one in &ready {
        let reference = recommendations::import(
            conn,
            author,
            one.track,
            one.reference.as_deref(),
            &one.draft,
            &one.rendered,
            &one.stage,
            now,
        )?;
        made.push((one.file.to_owned(), reference));
    }
    made.sort();
    Ok(made)
}

/// Reads one file; its faults go to `found`, with their lines.
fn read<'a>(
    file: &'a str,
    text: &str,
    programme: &'a Programme,
    found: &mut Vec<(usize, String)>,
) -> Option<Ready<'a>> {
    let parsed = sections::parse(text, &programme.audience_headings());
    let before = found.len();
    // A file with other faults is told of these as well, as far as its lines
    // can be read without the parser.
    let named = |key| match &parsed {
        Ok(source) if key == "track" => Some(source.track.clone()),
        Ok(source) => source.reference.clone(),
        Err(_) => value_of_key(text, key),
    };
    let (slug, reference) = (named("track"), named("reference"));
    let track = slug.as_deref().and_then(|slug| programme.track(slug));
    if let (Some(slug), None) = (&slug, track) {
        let known: Vec<&str> = programme.tracks.iter().map(|track| track.slug.as_str()).collect();
        let reason = format!("unknown track `{slug}`; there are {}", known.join(", "));
        found.push((line_of_key(text, "track"), reason));
    }
    if let (Some(reference), Some(track)) = (&reference, track)
        && let Err(reason) = check_reference(reference, track)
    {
        found.push((line_of_key(text, "reference"), reason));
    }
    let source = match parsed {
        Ok(source) => source,
        Err(faults) => {
            found.extend(faults.into_iter().map(|fault| (fault.line, fault.reason)));
            return None;
        }
    };
    let stage = stage(&source, text, found);
    let texts = draft(&source, text, programme, found);
    let (draft, rendered) = texts?;
    let ready = Ready { file, reference: source.reference, track: track?, draft, rendered, stage };
    (found.len() == before).then_some(ready)
}

/// A reference is its track's letters and a number of at least two digits.
fn check_reference(reference: &str, track: &Track) -> std::result::Result<(), String> {
    let wanted =
        format!("`{reference}` is no reference of this track, such as `{}-07`", track.reference);
    let number = reference
        .strip_prefix(&track.reference)
        .and_then(|rest| rest.strip_prefix('-'))
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|digits| digits.parse::<i32>().ok())
        .filter(|number| (1..=HIGHEST_NUMBER).contains(number))
        .ok_or(wanted)?;
    let written = format!("{}-{number:02}", track.reference);
    if written == reference { Ok(()) } else { Err(format!("`{reference}` is written `{written}`")) }
}

fn stage(source: &SourceFile, text: &str, found: &mut Vec<(usize, String)>) -> ImportedStage {
    match source.status.as_deref() {
        Some("open") => {
            let until = source.comments_until.as_deref().unwrap_or_default();
            match deadline(until) {
                Some(until) => ImportedStage::Open(until),
                None => {
                    let line = line_of_key(text, "comments_until");
                    found.push((line, format!("`{until}` is no day there is")));
                    ImportedStage::Draft
                }
            }
        }
        Some("agreed") => ImportedStage::Agreed,
        Some("withdrawn") => {
            let reason = source.reason.clone().unwrap_or_default();
            if reason.chars().count() > LONGEST_REASON {
                let line = line_of_key(text, "reason");
                found.push((line, format!("`reason` is longer than {LONGEST_REASON} characters")));
            }
            ImportedStage::Withdrawn(reason)
        }
        _ => ImportedStage::Draft,
    }
}

/// A deadline as a file writes it: a day (to its end) or an instant, UTC.
fn deadline(text: &str) -> Option<Instant> {
    let day = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
    let clock = text.get(11..).unwrap_or_default();
    let clock = clock.split(['Z', '+', '-']).next().unwrap_or_default();
    let clock = match clock.len() {
        0 => NaiveTime::from_hms_opt(23, 59, 0)?,
        5 => NaiveTime::parse_from_str(clock, "%H:%M").ok()?,
        _ => NaiveTime::parse_from_str(clock, "%H:%M:%S").ok()?,
    };
    Some(day.and_time(clock))
}

fn draft(
    source: &SourceFile,
    text: &str,
    programme: &Programme,
    found: &mut Vec<(usize, String)>,
) -> Option<(Draft, Rendered)> {
    let before = found.len();
    for (slug, body) in &source.actions {
        if body.is_empty() {
            let line = line_of_heading(text, slug, programme);
            found.push((line, format!("the section for `{slug}` is empty")));
        }
    }
    let mut actions = source.actions.clone();
    actions.sort_by_key(|(slug, _)| position(programme, slug));
    let parsed = Draft::parse(
        &source.title,
        SUMMARY,
        source.statement.clone(),
        source.rationale.clone(),
        actions,
    )
    .and_then(|draft| {
        let rendered = recommendations::render(&draft, programme)?;
        Ok((draft, rendered))
    });
    match parsed {
        Ok(parsed) => (found.len() == before).then_some(parsed),
        Err(Faults(faults)) => {
            let located = |fault: &Fault| (line_of_fault(fault, source, text), reason(fault));
            found.extend(faults.iter().map(located));
            None
        }
    }
}

/// Where an audience stands in the programme's order.
fn position(programme: &Programme, slug: &str) -> usize {
    let found = programme.audiences.iter().position(|audience| audience.slug == slug);
    found.unwrap_or(usize::MAX)
}

/// What a form would say at the field, for somebody who looks at a file.
fn reason(fault: &Fault) -> String {
    let n = fault.n.unwrap_or_default();
    let field = &fault.field;
    match fault.key {
        "fault-required" => format!("`{field}` is empty"),
        "fault-one-line" => format!("`{field}` holds control characters"),
        "fault-too-long" => format!("`{field}` is longer than {n} characters"),
        "fault-statement-empty" => "there is no text between front matter and sections".to_owned(),
        "fault-text-long" => format!("the sections together are longer than {n} KiB"),
        "fault-splits" => "a block is left open: it would swallow what follows".to_owned(),
        "fault-too-deep" => "nested more than 100 deep".to_owned(),
        "fault-too-many-blocks" => {
            "more than 40000 paragraphs, list items and table cells".to_owned()
        }
        key => key.to_owned(),
    }
}

fn line_of_fault(fault: &Fault, source: &SourceFile, text: &str) -> usize {
    let body = match fault.field.as_str() {
        "title" => return line_of_key(text, "title"),
        STATEMENT => &source.statement,
        RATIONALE => &source.rationale,
        kind => match audience_of(kind) {
            Some(slug) => {
                let own = source.actions.iter().find(|(own, _)| own == slug);
                own.map_or(&source.statement, |(_, body)| body)
            }
            None => return 1,
        },
    };
    let within = usize::try_from(fault.n.unwrap_or(1)).unwrap_or(1);
    if fault.key == "fault-text-long" {
        return 1;
    }
    // Only the last section can be left open without the file falling apart,
    // so the last place where its words stand is the right one.
    let start = text.rfind(body.as_str()).unwrap_or(0);
    text[..start].matches('\n').count() + within
}

/// The line of a front matter's key, 1 when it is spelled in a way that only
/// YAML understands.
fn line_of_key(text: &str, key: &str) -> usize {
    let found = text.lines().skip(1).take_while(|line| line.trim_end() != "---").position(|line| {
        let name = line.split(':').next().unwrap_or_default();
        name.trim_matches([' ', '"', '\'']) == key
    });
    found.map_or(1, |index| index + 2)
}

/// What stands behind a front matter's key, if it is plain to see.
fn value_of_key(text: &str, key: &str) -> Option<String> {
    let line = text.lines().nth(line_of_key(text, key) - 1)?;
    let (name, value) = line.split_once(':')?;
    let value = value.trim().trim_matches(['"', '\'']);
    (name.trim() == key && !value.is_empty()).then(|| value.to_owned())
}

/// The line of an audience's heading.
fn line_of_heading(text: &str, slug: &str, programme: &Programme) -> usize {
    let name = programme.audience(slug).map_or(slug, |audience| audience.english_name());
    let found = text.lines().position(|line| {
        let title = line.trim().trim_matches('#').trim();
        line.trim_start().starts_with("##")
            && title.strip_prefix("For ").is_some_and(|whom| {
                let whom = whom.trim();
                whom == slug || whom == name
            })
    });
    found.map_or(1, |index| index + 1)
}

/// In whose name texts are brought in: the first of the secretariat, whose
/// command it is as far as anybody can tell; before set-up, a disabled account
/// that is made for it.
fn author(conn: &mut DbConn, now: Instant) -> Result<(AccountId, OrganisationId)> {
    if let Some(found) = store::accounts::find_first_secretariat(conn)? {
        return Ok(found);
    }
    let (name, email) = AUTHOR;
    if let Some(found) = store::accounts::find_credentials(conn, email)?
        && let Some(person) = store::accounts::find_person(conn, found.id)?
    {
        return Ok((person.id, person.organisation));
    }
    let group = default_group(conn)?;
    let organisation = find_or_create_organisation(conn, AUTHOR_ORGANISATION, group, now)?;
    let id = AccountId(ids::fresh(now));
    let account = NewAccount {
        id,
        email: email.to_owned(),
        name: name.to_owned(),
        organisation,
        language: Language::En,
        // No password has this hash.
        password_hash: "!".to_owned(),
        secretariat: false,
        created_at: now,
    };
    store::accounts::insert(conn, &account)?;
    store::accounts::set_disabled(conn, id, Some(now))?;
    Ok((id, organisation))
}

/// How many recommendations' texts are read with one query.
const AT_ONCE: usize = 200;

/// Every recommendation as a file, by reference.
///
/// # Errors
/// When the database cannot be read.
pub fn export(conn: &mut DbConn) -> store::Result<Vec<SourceText>> {
    let programme = store::programme::load(conn)?;
    let all = store::recommendations::list_all(conn)?;
    let mut texts = Vec::with_capacity(all.len());
    for some in all.chunks(AT_ONCE) {
        let wanted: Vec<RecommendationId> = some.iter().map(|own| own.id).collect();
        let mut bodies: HashMap<RecommendationId, Vec<Section>> = HashMap::new();
        for (id, section) in store::recommendations::list_current_sections(conn, &wanted)? {
            bodies.entry(id).or_default().push(section);
        }
        for recommendation in some {
            let sections = bodies.remove(&recommendation.id).unwrap_or_default();
            let source = source_of(recommendation, sections, &programme);
            let file = format!("{}.md", recommendation.reference);
            texts.push(SourceText { file, text: sections::write(&source) });
        }
    }
    Ok(texts)
}

fn source_of(
    recommendation: &Recommendation,
    sections: Vec<Section>,
    programme: &Programme,
) -> SourceFile {
    let track = programme.track_by_id(recommendation.track);
    let mut source = SourceFile {
        reference: Some(recommendation.reference.clone()),
        title: recommendation.title.clone(),
        track: track.map(|track| track.slug.clone()).unwrap_or_default(),
        ..SourceFile::default()
    };
    match (recommendation.stage, recommendation.comments_until) {
        (Stage::Open, Some(until)) => {
            source.status = Some(Stage::Open.to_string());
            source.comments_until = Some(until.format("%Y-%m-%dT%H:%M:%SZ").to_string());
        }
        (Stage::Agreed, _) => source.status = Some(Stage::Agreed.to_string()),
        (Stage::Withdrawn, _) => {
            source.status = Some(Stage::Withdrawn.to_string());
            source.reason.clone_from(&recommendation.withdrawn_reason);
        }
        // A draft is what a file is that says nothing.
        (Stage::Draft | Stage::Open, _) => {}
    }
    for section in sections {
        match section.kind.as_str() {
            STATEMENT => source.statement = section.body,
            RATIONALE => source.rationale = section.body,
            kind => {
                if let Some(slug) = audience_of(kind) {
                    source.actions.push((slug.to_owned(), section.body));
                }
            }
        }
    }
    source.actions.sort_by_key(|(slug, _)| position(programme, slug));
    source.audiences = source.actions.iter().map(|(slug, _)| slug.clone()).collect();
    source
}

#[cfg(test)]
#[path = "transfer_tests.rs"]
mod tests;
