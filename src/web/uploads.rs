//! A text that was written elsewhere: a Markdown file becomes a working copy,
//! which its author looks over in the editor and saves.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::editor::{EditForm, may_write};
use super::error::WebError;
use super::page::Chrome;
use super::recommendations::Head;
use crate::actions::working_copies;
use crate::domain::programme::Programme;
use crate::domain::recommendation::Recommendation;
use crate::domain::working_copy::{LONGEST, NEW};
use crate::i18n::Loader;
use crate::markdown::sections::{self, Fault, SourceFile};

/// Faults that the page lists; a file with more is not of this format.
const MOST_FAULTS: usize = 20;

#[derive(Template)]
#[template(path = "drafts/upload.html")]
struct UploadPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    head: Option<Head>,
    place: String,
    name: String,
    faults: Vec<Fault>,
}

pub fn take(cx: &Cx) -> Answer {
    let actor = cx.actor()?;
    let own = may_write(cx)?;
    let mut fields = cx.form();
    // To bring it twice is to bring it once.
    fields.take("once");
    fields.finish()?;
    let programme = cx.read(|conn| cx.programme(conn))?;
    let name = cx.file("file").map(|file| file.name.clone()).unwrap_or_default();
    let file = match read(cx, own.as_ref(), &programme) {
        Ok(file) => file,
        Err(faults) => return refused(cx, own.as_ref(), name, faults),
    };
    let body = |slug: &String| {
        let found = file.actions.iter().find(|(own, _)| own == slug);
        found.map(|(_, body)| body.clone()).unwrap_or_default()
    };
    let form = EditForm {
        title: file.title.clone(),
        summary: fl!(cx.l(), "upload-summary", name = name.as_str()).chars().take(200).collect(),
        statement: file.statement.clone(),
        rationale: file.rationale.clone(),
        actions: programme.audiences.iter().map(|it| (it.slug.clone(), body(&it.slug))).collect(),
        base: own.as_ref().map_or(0, |own| own.revision),
        ..EditForm::default()
    };
    let track = [("track", file.track.as_str())];
    let (copy, length) = form.copy(cx, if own.is_none() { &track } else { &[] });
    let place = own.as_ref().map_or(NEW, |own| own.reference.as_str());
    cx.write(|conn| working_copies::park(conn, actor.account, place, &copy, length))?;
    Ok(Reply::see_other(match &own {
        Some(own) => format!("/drafts/{}/edit?changes=1&done=uploaded", own.reference),
        None => "/drafts/new?done=uploaded".to_owned(),
    }))
}

/// Reads the file as an import would; its faults by line.
fn read(
    cx: &Cx,
    own: Option<&Recommendation>,
    programme: &Programme,
) -> Result<SourceFile, Vec<Fault>> {
    let fault = |line: usize, reason: String| vec![Fault { line, reason }];
    let l = cx.l();
    let Some(file) = cx.file("file") else { return Err(fault(0, fl!(l, "upload-none"))) };
    if file.bytes.len() > LONGEST {
        return Err(fault(0, fl!(l, "fault-copy-long")));
    }
    let text = std::str::from_utf8(&file.bytes).map_err(|broken| {
        let before = &file.bytes[..broken.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        fault(line, fl!(l, "upload-no-text"))
    })?;
    let read = sections::parse(text, &programme.audience_headings())?;
    match (&read.reference, own) {
        (Some(other), Some(own)) if *other != own.reference => {
            Err(fault(2, fl!(l, "upload-other", reference = other.as_str())))
        }
        _ => Ok(read),
    }
}

fn refused(cx: &Cx, own: Option<&Recommendation>, name: String, mut faults: Vec<Fault>) -> Answer {
    faults.truncate(MOST_FAULTS);
    let l = cx.l();
    let page = cx.read(|conn| {
        let programme = cx.programme(conn)?;
        let chrome = cx.chrome(conn, &fl!(l, "upload-title"))?.in_section("drafts");
        let head = match own {
            Some(own) => Some(Head::new(cx, conn, &programme, own, "edit")?),
            None => None,
        };
        let place = own.map_or(NEW, |own| own.reference.as_str()).to_owned();
        Ok::<_, WebError>(UploadPage { l, chrome, head, place, name, faults })
    })?;
    Reply::refused(&page)
}
