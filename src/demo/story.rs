//! One recommendation's story: its first text, what changed, what was said.

use serde::Deserialize;

use super::amendments::Amendment;
use super::{Content, DemoError, Result, table, text};
use crate::actions::recommendations::{Rendered, render};
use crate::domain::fault::Faults;
use crate::domain::programme::{Programme, Track};
use crate::domain::recommendation::Draft;
use crate::markdown::Piece;
use crate::markdown::sections::{self, SourceFile};

const FOLDER: &str = "recommendations/";

/// What `REF.toml` says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plot {
    pub stage: End,
    #[serde(default)]
    pub in_edition: bool,
    pub workshop: String,
    pub author: String,
    pub days: i64,
    pub closes: Option<i64>,
    pub agreed_by: Option<String>,
    pub agreed_days: Option<i64>,
    pub reason: Option<String>,
    pub by: Option<String>,
    pub closed_days: Option<i64>,
    #[serde(default, rename = "revision")]
    pub revisions: Vec<Revision>,
    #[serde(default, rename = "comment")]
    pub comments: Vec<Comment>,
    /// Proposed after the last revision, in the order of their days.
    #[serde(default, rename = "amendment")]
    pub amendments: Vec<Amendment>,
}

/// The stage the story ends at.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum End {
    Draft,
    Open,
    Agreed,
    Withdrawn,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revision {
    pub author: String,
    pub days: i64,
    pub summary: String,
    #[serde(default, rename = "change")]
    changes: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    from: String,
    to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    pub by: String,
    pub capacity: String,
    pub revision: i32,
    pub days: i64,
    pub section: String,
    pub quote: Option<String>,
    /// The words of that block it is on.
    pub words: Option<String>,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub proposed: String,
    pub withdrawn_days: Option<i64>,
    pub contest: Option<Contest>,
    pub text: String,
    pub disposition: Option<String>,
    pub reason: Option<String>,
    pub answered_by: Option<String>,
    pub answered_days: Option<i64>,
    #[serde(default, rename = "reply")]
    pub replies: Vec<Reply>,
}

/// Its author does not take the answer as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contest {
    pub days: i64,
    pub text: String,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_days: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    pub by: String,
    pub capacity: String,
    pub days: i64,
    pub text: String,
}

/// A story with every revision's text, rendered.
pub struct Story<'a> {
    pub reference: String,
    /// `recommendations/RES-01.toml`, for faults.
    pub file: String,
    pub track: &'a Track,
    pub plot: Plot,
    pub texts: Vec<(Draft, Rendered)>,
}

/// Every story, by reference. Rendering is most of the work of a start, so
/// the processors share it.
pub fn read_all(programme: &Programme) -> Result<Vec<Story<'_>>> {
    let mut references: Vec<String> = Content::iter()
        .filter_map(|path| Some(path.strip_prefix(FOLDER)?.strip_suffix(".toml")?.to_owned()))
        .collect();
    references.sort();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = references.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let shares: Vec<_> = references
            .chunks(share)
            .map(|some| {
                scope.spawn(move || {
                    some.iter().map(|reference| read(reference, programme)).collect::<Vec<_>>()
                })
            })
            .collect();
        let mut stories = Vec::new();
        for share in shares {
            let read = share.join().map_err(|_| DemoError::new(FOLDER, "reading panicked"))?;
            for story in read {
                stories.push(story?);
            }
        }
        Ok(stories)
    })
}

fn read<'a>(reference: &str, programme: &'a Programme) -> Result<Story<'a>> {
    let file = format!("{FOLDER}{reference}.toml");
    let plot: Plot = table(&file)?;
    let first = format!("{FOLDER}{reference}.md");
    let mut whole = text(&first)?;
    let source = parse(&first, &whole, programme)?;
    if source.reference.as_deref() != Some(reference) {
        return Err(DemoError::new(&first, "another reference than its name"));
    }
    let track = programme
        .track(&source.track)
        .ok_or_else(|| DemoError::new(&first, format!("no track {}", source.track)))?;
    let mut texts = vec![draft(&first, source, "First draft", programme)?];
    for (revision, number) in plot.revisions.iter().zip(2..) {
        for change in &revision.changes {
            let found = whole.matches(&change.from).count();
            if found != 1 {
                let words = &change.from;
                let reason = format!("revision {number}: {found} places read {words:?}");
                return Err(DemoError::new(&file, reason));
            }
            whole = whole.replace(&change.from, &change.to);
        }
        let place = format!("{file}, revision {number}");
        let source = parse(&place, &whole, programme)?;
        texts.push(draft(&place, source, &revision.summary, programme)?);
    }
    Ok(Story { reference: reference.to_owned(), file, track, plot, texts })
}

fn parse(file: &str, whole: &str, programme: &Programme) -> Result<SourceFile> {
    sections::parse(whole, &programme.audience_headings()).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        DemoError::new(file, lines.join("; "))
    })
}

fn draft(
    file: &str,
    source: SourceFile,
    summary: &str,
    programme: &Programme,
) -> Result<(Draft, Rendered)> {
    let SourceFile { title, statement, rationale, actions, .. } = source;
    let refused = |faults: Faults| DemoError::new(file, format!("{faults:?}"));
    let draft = Draft::parse(&title, summary, statement, rationale, actions).map_err(refused)?;
    let rendered = render(&draft, programme).map_err(refused)?;
    Ok((draft, rendered))
}

impl Story<'_> {
    /// The block of a revision that starts with a quotation, counted from 1.
    pub fn block(&self, revision: i32, section: &str, quote: &str) -> Result<i32> {
        let fault = |what: &str| {
            let place = format!("{section} of revision {revision}");
            DemoError::new(&self.file, format!("{what} starts with {quote:?} in {place}"))
        };
        let text = usize::try_from(revision - 1).ok().and_then(|index| self.texts.get(index));
        let (_, rendered) = text.ok_or_else(|| fault("nothing"))?;
        let own = rendered.sections.iter().find(|own| own.kind == section);
        let own = own.ok_or_else(|| fault("nothing"))?;
        let pieces: Vec<Piece> = serde_json::from_str(&own.rendered)
            .map_err(|corrupt| DemoError::new(&self.file, corrupt))?;
        let blocks = pieces.into_iter().filter_map(|piece| piece.text).zip(1..);
        let mut found = blocks.filter(|(text, _)| text.starts_with(quote));
        match (found.next(), found.next()) {
            (Some((_, position)), None) => Ok(position),
            (None, _) => Err(fault("no block")),
            _ => Err(fault("more than one block")),
        }
    }
}
