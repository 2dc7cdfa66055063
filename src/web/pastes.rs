//! What Word or a web page puts on the clipboard, turned into Markdown for the
//! editor's script.

use i18n_embed_fl::fl;
use serde_json::json;

use super::cx::{Answer, Cx, Reply};
use super::editor::may_write;
use super::error::WebError;
use crate::domain::working_copy::LONGEST;
use crate::markdown::paste::from_html;

/// The longest clipboard that is converted, in bytes; it is mostly styles.
const LONGEST_HTML: usize = 2 * 1024 * 1024;

pub fn convert(cx: &Cx) -> Answer {
    may_write(cx)?;
    let mut fields = cx.form();
    // To ask twice is to ask once.
    fields.take("once");
    let html = fields.take("html");
    fields.finish()?;
    if html.len() > LONGEST_HTML {
        return Err(WebError::TooLarge);
    }
    let Some(pasted) = from_html(&html).filter(|pasted| pasted.text.len() <= LONGEST) else {
        return Ok(Reply::json(422, &json!({})));
    };
    let l = cx.l();
    let mut left_out = Vec::new();
    if pasted.images > 0 {
        left_out.push(fl!(l, "paste-images", n = pasted.images));
    }
    if pasted.comments > 0 {
        left_out.push(fl!(l, "paste-comments", n = pasted.comments));
    }
    if pasted.deletions > 0 {
        left_out.push(fl!(l, "paste-deletions", n = pasted.deletions));
    }
    if pasted.colours > 0 {
        left_out.push(fl!(l, "paste-colours"));
    }
    if pasted.underlines > 0 {
        left_out.push(fl!(l, "paste-underlines"));
    }
    let said = if left_out.is_empty() {
        fl!(l, "paste-done")
    } else {
        fl!(l, "paste-left-out", what = left_out.join(", "))
    };
    Ok(Reply::json(200, &json!({ "text": pasted.text, "said": said })))
}
