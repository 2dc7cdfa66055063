//! The public face that is not an edition: home, tracks, pages about the
//! site, and every error page.

use askama::Template;
use i18n_embed_fl::fl;

use super::cx::{Answer, Cx, Reply};
use super::error::WebError;
use super::page::Chrome;
use crate::i18n::{self, Loader};
use crate::secrets;

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

pub fn show_home(cx: &Cx) -> Answer {
    let _ = fl!(cx.l(), "nav-home");
    Err(WebError::NotFound)
}

pub fn show_track(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_about(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_accessibility(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_privacy(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}

pub fn show_licences(_cx: &Cx) -> Answer {
    Err(WebError::NotFound)
}
