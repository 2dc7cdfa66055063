//! The ledger comes back as a file: what each row would do is shown first,
//! then the good rows are carried out.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::form::FieldErrors;
use super::page::Chrome;
use super::recommendations::{Head, find, section_title};
use crate::actions::comments::Target;
use crate::actions::ledger::{self, Plan, Planned};
use crate::actions::{ActionError, recommendations};
use crate::domain::Instant;
use crate::domain::fault::Faults;
use crate::domain::permission::{Object, Verb, allows};
use crate::domain::programme::Programme;
use crate::domain::recommendation::Recommendation;
use crate::domain::stage::Stage;
use crate::export::matrix::Row;
use crate::export::sheet::{self, MOST_ROWS, Numbered, SheetError};
use crate::i18n::{self, Loader};
use crate::markdown::anchor::Fate;
use crate::store::DbConn;

#[derive(Template)]
#[template(path = "drafts/ledger_import.html")]
struct ImportPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Head,
    errors: FieldErrors,
    may_answer: bool,
    organisation: String,
    /// What each row of the file would do; empty before there is a file.
    report: Vec<Reported>,
    counts: Counts,
    /// The rows as the confirmation carries them.
    rows: String,
    token: String,
    /// What was carried out just now.
    done: Option<Counts>,
}

/// How many rows answer, comment, hold nothing new, and are left out.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    answers: usize,
    comments: usize,
    same: usize,
    left: usize,
}

struct Reported {
    number: usize,
    /// `good`, `same` or `bad`.
    class: &'static str,
    outcome: String,
    place: String,
    words: String,
}

/// Whoever may answer or comment may bring a sheet; a text at another stage
/// says so row by row.
fn check(cx: &Cx, own: &Recommendation) -> Result<(), WebError> {
    let actor = cx.actor()?;
    let open = Object { stage: Some(Stage::Open), ..own.object() };
    if allows(actor, Verb::Comment, &open) { Ok(()) } else { Err(WebError::NotFound) }
}

fn page<'a>(
    cx: &'a Cx,
    conn: &mut DbConn,
    own: &Recommendation,
    planned: &[Planned],
    faults: &Faults,
) -> Result<ImportPage<'a>, WebError> {
    let l = cx.l();
    let actor = cx.actor()?;
    let programme = cx.programme(conn)?;
    let title = format!("{} – {}", fl!(l, "import-title"), own.reference);
    let mut counts = Counts::default();
    for row in planned {
        match row.plan {
            Plan::Answer { .. } => counts.answers += 1,
            Plan::Comment { .. } => counts.comments += 1,
            Plan::Same => counts.same += 1,
            Plan::Refused(_) => counts.left += 1,
        }
    }
    let mut query = cx.query();
    let done = query.take_parsed("answers").map(|answers| Counts {
        answers,
        comments: query.take_parsed("comments").unwrap_or(0),
        same: 0,
        left: query.take_parsed("left").unwrap_or(0),
    });
    Ok(ImportPage {
        l,
        chrome: cx.chrome(conn, &title)?.in_section("drafts"),
        head: Head::new(cx, conn, &programme, own, "ledger")?,
        errors: cx.errors(faults),
        may_answer: allows(actor, Verb::Dispose, &own.object()),
        organisation: actor.organisation_name.clone(),
        report: planned.iter().map(|row| reported(cx, &programme, row)).collect(),
        counts,
        rows: if planned.is_empty() { String::new() } else { pack(planned) },
        token: cx.form_token(),
        done,
    })
}

fn reported(cx: &Cx, programme: &Programme, row: &Planned) -> Reported {
    let l = cx.l();
    let named = |word: &str| i18n::message(l, &format!("disposition-{word}"));
    let (class, outcome) = match &row.plan {
        Plan::Answer { answer, before, .. } => {
            let after = named(answer.disposition.as_str());
            let outcome = match before {
                None => fl!(l, "import-answer", disposition = after),
                Some(before) => {
                    let before = named(before.as_str());
                    fl!(l, "import-answer-changed", before = before, disposition = after)
                }
            };
            ("good", outcome)
        }
        Plan::Comment { revision, standing, .. } => {
            let n = *revision;
            let outcome = match standing.as_ref().map(|own| &own.fate) {
                Some(Fate::Moved) => fl!(l, "import-comment-moved", n = n),
                Some(Fate::Changed { .. }) => fl!(l, "import-comment-changed", n = n),
                Some(_) => fl!(l, "import-comment-older", n = n),
                None => fl!(l, "import-comment"),
            };
            ("good", outcome)
        }
        Plan::Same => ("same", fl!(l, "import-same")),
        Plan::Refused(key) => ("bad", i18n::message(l, key)),
    };
    let place = match &row.plan {
        Plan::Comment { target: Target::Block { section, .. }, .. }
        | Plan::Comment { target: Target::Words { section, .. }, .. } => {
            let number = row.row.paragraph.trim().trim_start_matches('¶').trim();
            format!("{}, ¶ {number}", section_title(cx, programme, section))
        }
        _ if row.row.section.is_empty() => String::new(),
        _ => {
            let section = section_title(cx, programme, row.row.section.trim());
            format!("{section}, ¶ {}", row.row.paragraph)
        }
    };
    let words: String = row.row.comment.chars().take(120).collect();
    let cut = if row.row.comment.chars().count() > 120 { " …" } else { "" };
    Reported { number: row.number, class, outcome, place, words: format!("{words}{cut}") }
}

/// Number, cells and the answer seen of each row.
type Packed = Vec<(usize, Vec<String>, String)>;

fn pack(planned: &[Planned]) -> String {
    let seen = |plan: &Plan| match plan {
        Plan::Answer { seen: Some(at), .. } => at.and_utc().timestamp_micros().to_string(),
        _ => String::new(),
    };
    let packed: Packed = planned
        .iter()
        .filter(|row| matches!(row.plan, Plan::Answer { .. } | Plan::Comment { .. }))
        .map(|row| {
            let cells = row.row.cells().map(str::to_owned).to_vec();
            (row.number, cells, seen(&row.plan))
        })
        .collect();
    // Lists of texts always encode.
    serde_json::to_string(&packed).unwrap_or_default()
}

/// The rows of a confirmation, and the answers they were shown with.
fn unpack(text: &str) -> Option<(Vec<Numbered>, Vec<Option<Instant>>)> {
    let packed: Packed = serde_json::from_str(text).ok()?;
    if packed.len() > MOST_ROWS {
        return None;
    }
    let mut rows = Vec::new();
    let mut seen = Vec::new();
    for (number, cells, at) in packed {
        rows.push(Numbered { number, row: Row::from_cells(cells)? });
        let micros = at.parse().ok();
        let at = micros.and_then(chrono::DateTime::from_timestamp_micros);
        seen.push(at.map(|at| at.naive_utc()));
    }
    Some((rows, seen))
}

fn refused(fault: SheetError) -> Faults {
    let mut faults = Faults::default();
    match fault {
        SheetError::Unreadable => faults.add("sheet", "fault-import-unreadable"),
        SheetError::Columns => faults.add("sheet", "fault-import-columns"),
        SheetError::TooMany => faults.add_n("sheet", "fault-import-many", MOST_ROWS),
        SheetError::TooLarge => faults.add("sheet", "fault-import-large"),
    }
    faults
}

pub fn show(cx: &Cx) -> Answer {
    let page = cx.read(|conn| {
        let own = find(cx, conn)?;
        check(cx, &own)?;
        page(cx, conn, &own, &[], &Faults::default())
    })?;
    Reply::page(&page)
}

/// Looks at the file and shows what it would do; nothing is changed.
pub fn look(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let rows = match cx.file("sheet") {
        Some(file) => sheet::read(&file.bytes).map_err(refused),
        None => Err(Faults::one("sheet", "fault-import-choose")),
    };
    let rows = rows.and_then(|rows| {
        if rows.is_empty() { Err(Faults::one("sheet", "fault-import-nothing")) } else { Ok(rows) }
    });
    let (page, good) = cx.read(|conn| {
        let own = find(cx, conn)?;
        check(cx, &own)?;
        match rows {
            Ok(rows) => {
                let planned = ledger::plan(conn, actor, &own, &rows, cx.now)?;
                Ok((page(cx, conn, &own, &planned, &Faults::default())?, true))
            }
            Err(faults) => Ok::<_, WebError>((page(cx, conn, &own, &[], &faults)?, false)),
        }
    })?;
    if good { Reply::page(&page) } else { Reply::refused(&page) }
}

/// Carries out the rows that were shown.
pub fn import(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let mut fields = cx.form();
    let (once, packed) = (fields.take("once"), fields.take("rows"));
    fields.finish()?;
    let reference = cx.param("reference");
    let (programme, own) = cx.read(|conn| {
        let own = find(cx, conn)?;
        check(cx, &own)?;
        Ok::<_, WebError>((cx.programme(conn)?, own))
    })?;
    let unpacked = unpack(&packed);
    let done = cx.once(&once, |conn| {
        let (rows, seen) = unpacked.ok_or_else(|| Faults::one("sheet", "fault-import-choose"))?;
        let own = recommendations::load(conn, actor, reference)?;
        let mut planned = ledger::plan(conn, actor, &own, &rows, cx.now)?;
        for (row, shown) in planned.iter_mut().zip(seen) {
            // The answer that was shown is the one that is replaced, no other.
            if let Plan::Answer { seen, .. } = &mut row.plan {
                *seen = shown;
            }
        }
        let done = ledger::import(conn, actor, &programme, reference, &planned, cx.now)?;
        let (answers, comments, left) = (done.answers, done.comments, done.left);
        Ok(format!(
            "/drafts/{reference}/ledger/import?done=imported&answers={answers}\
             &comments={comments}&left={left}"
        ))
    });
    match done {
        Err(ActionError::Faults(faults)) => {
            let page = cx.read(|conn| page(cx, conn, &own, &[], &faults))?;
            Reply::refused(&page)
        }
        other => Ok(other?),
    }
}
