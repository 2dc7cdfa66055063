//! Pages about the site, and every error page.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::files;
use super::page::Chrome;
use crate::domain::language::Language;
use crate::i18n::{self, Loader};
use crate::{markdown, secrets};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    heading: String,
    sentence: String,
    /// What was typed into a form that could not be taken.
    typed: Vec<(String, String)>,
    request_id: Option<String>,
}

/// The page of a failure: what happened, and what to do next.
#[must_use]
pub fn show_error(cx: &Cx, fault: &WebError) -> Reply {
    let status = fault.status();
    let request_id = (status >= 500).then(|| secrets::token()[..16].to_owned());
    if let Some(id) = &request_id {
        tracing::error!(%id, path = %cx.path, %fault, "a request failed");
    }
    let (heading, sentence) = fault.keys();
    let l = cx.l();
    let heading = i18n::message(l, heading);
    let sentence = i18n::message(l, sentence);
    let chrome = cx.app.read(|conn| cx.chrome(conn, &heading));
    let secret = |name: &str| name.contains("password") || name == "csrf" || name == "once";
    let kept = status >= 400 && !matches!(fault, WebError::NotFound | WebError::TooMany(_));
    let typed: Vec<_> = if kept {
        cx.fields.clone().into_typed().into_iter().filter(|(name, _)| !secret(name)).collect()
    } else {
        Vec::new()
    };
    let mut reply = match chrome {
        Ok(chrome) => {
            let page = ErrorPage { l, chrome, heading, sentence, typed, request_id };
            match page.render() {
                Ok(html) => Reply::html(status, html),
                Err(fault) => bare(status, &fault.to_string()),
            }
        }
        // Without a database there is no frame; the sentence still helps.
        Err(_) => bare_typed(status, &heading, &sentence, &typed),
    };
    if let WebError::TooMany(seconds) = fault {
        reply.retry_after = Some(*seconds);
    }
    reply
}

fn bare(status: u16, text: &str) -> Reply {
    let mut reply = Reply::file("text/plain; charset=utf-8", text.as_bytes());
    reply.status = status;
    reply
}

fn bare_typed(status: u16, heading: &str, sentence: &str, typed: &[(String, String)]) -> Reply {
    use std::fmt::Write;
    let mut text = format!("{heading}\n\n{sentence}\n");
    for (name, value) in typed {
        let _ = write!(text, "\n{name}:\n{value}\n");
    }
    bare(status, &text)
}

#[derive(Template)]
#[template(path = "public/text.html")]
struct TextPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    heading: String,
    parts: Vec<TextPart>,
}

/// A heading of a page about the site, and what stands under it.
struct TextPart {
    heading: String,
    id: String,
    html: String,
}

/// Our own text, one Markdown file a language: its level-2 headings are the
/// page's, and nothing else in these files starts with `## `.
fn show_text(cx: &Cx, section: &'static str, heading: String, text: &str) -> Answer {
    let mut parts: Vec<TextPart> = Vec::new();
    for (own, number) in text.split("\n## ").zip(1..) {
        let (heading, body) = own.trim_start_matches("## ").split_once('\n').unwrap_or((own, ""));
        let id = format!("part-{number}");
        let html = markdown::html(&markdown::render(body, &id)?);
        parts.push(TextPart { heading: heading.trim().to_owned(), id, html });
    }
    let chrome = cx.read(|conn| cx.chrome(conn, &heading))?.in_section(section);
    Reply::page(&TextPage { l: cx.l(), chrome, heading, parts })
}

pub fn show_about(cx: &Cx) -> Answer {
    let text = match cx.language {
        Language::En => include_str!("../i18n/pages/about.en.md"),
        Language::Cs => include_str!("../i18n/pages/about.cs.md"),
    };
    show_text(cx, "about", fl!(cx.l(), "nav-about"), text)
}

pub fn show_accessibility(cx: &Cx) -> Answer {
    let text = match cx.language {
        Language::En => include_str!("../i18n/pages/accessibility.en.md"),
        Language::Cs => include_str!("../i18n/pages/accessibility.cs.md"),
    };
    show_text(cx, "", fl!(cx.l(), "nav-accessibility"), text)
}

pub fn show_privacy(cx: &Cx) -> Answer {
    let text = match cx.language {
        Language::En => include_str!("../i18n/pages/privacy.en.md"),
        Language::Cs => include_str!("../i18n/pages/privacy.cs.md"),
    };
    show_text(cx, "", fl!(cx.l(), "nav-privacy"), text)
}

#[derive(Template)]
#[template(path = "public/licences.html")]
struct LicencesPage<'a> {
    l: &'a Loader,
    chrome: Chrome,
    font_licence: String,
    /// Name and version of every crate this was built or tested with.
    crates: Vec<(&'static str, &'static str)>,
}

pub fn show_licences(cx: &Cx) -> Answer {
    let heading = fl!(cx.l(), "nav-licences");
    let chrome = cx.read(|conn| cx.chrome(conn, &heading))?;
    let crates = crates(include_str!("../../Cargo.lock"));
    let font_licence = files::address("fonts/OFL.txt");
    Reply::page(&LicencesPage { l: cx.l(), chrome, font_licence, crates })
}

/// The packages of a lock file that come from elsewhere, in its order. cargo
/// writes a key a line.
fn crates(lock: &str) -> Vec<(&str, &str)> {
    lock.split("[[package]]")
        .filter(|package| package.contains("\nsource = "))
        .filter_map(|package| Some((quoted(package, "name")?, quoted(package, "version")?)))
        .collect()
}

fn quoted<'a>(package: &'a str, key: &str) -> Option<&'a str> {
    let line = package.lines().find_map(|line| line.strip_prefix(key))?;
    Some(line.trim_matches(['=', ' ', '"']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_read_from_the_lock_file() {
        let lock = "version = 4\n\n[[package]]\nname = \"own\"\nversion = \"1\"\n\n[[package]]\n\
            name = \"serde\"\nversion = \"1.2.3\"\nsource = \"registry\"\n";
        assert_eq!(crates(lock), [("serde", "1.2.3")]);
    }
}
