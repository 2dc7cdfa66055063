//! The sanitiser: an explicit list of what may stand in a page, behind the writer's escaping.
//!
//! Every word and every link of an author's goes through it. The list also covers the writer's
//! own tags, which are put back afterwards, so that a test can clean finished HTML again and
//! see it unchanged.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::escape::{self, Sheet};
use super::writer::{Draft, Part, Place};
use super::{Piece, controls};

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(builder);

/// How much is cleaned at a time: enough that the start costs nothing, little enough that the
/// sanitiser's tree stays small.
const BATCH: usize = 32 << 10;

/// Cleans a section's blocks, many at a time.
pub fn pieces(draft: Draft) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(draft.parts.len());
    let mut from = Place::default();
    let mut waiting = Vec::new();
    for part in draft.parts {
        let end = match &part {
            Part::Block { end, .. } if end.html - from.html >= BATCH => Some(*end),
            _ => None,
        };
        waiting.push(part);
        if let Some(end) = end {
            batch(&draft.sheet, from..end, &mut waiting, &mut pieces);
            from = end;
        }
    }
    let end = Place { html: draft.sheet.html.len(), held: draft.sheet.held.len() };
    batch(&draft.sheet, from..end, &mut waiting, &mut pieces);
    pieces
}

fn batch(sheet: &Sheet, range: Range<Place>, parts: &mut Vec<Part>, pieces: &mut Vec<Piece>) {
    let blocks = clean(sheet, range);
    let whole = parts.iter().filter(|part| matches!(part, Part::Block { .. })).count();
    // The sanitiser never takes a sign away. If it did, better no comments than lost words.
    if blocks.len() != whole + 1 {
        parts.clear();
        pieces.push(Piece { html: blocks.concat(), text: None, block: None, number: None });
        return;
    }
    let mut blocks = blocks.into_iter();
    for part in parts.drain(..) {
        pieces.push(match part {
            Part::Frame(html) => Piece { html, text: None, block: None, number: None },
            Part::Block { text, .. } => Piece {
                html: blocks.next().unwrap_or_default(),
                text: Some(text),
                block: None,
                number: None,
            },
        });
    }
}

/// Cleans a text that is not taken apart.
pub fn whole(sheet: &Sheet) -> String {
    let end = Place { html: sheet.html.len(), held: sheet.held.len() };
    clean(sheet, Place::default()..end).concat()
}

fn clean(sheet: &Sheet, range: Range<Place>) -> Vec<String> {
    let Range { start, end } = range;
    let clean = CLEANER.clean(&sheet.html[start.html..end.html]).to_string();
    let blocks = escape::restore(&clean, &sheet.held, start.held, end.held);
    let mut blocks = blocks.unwrap_or_else(|| vec![clean]);
    for block in &mut blocks {
        if let Cow::Owned(shown) = controls::visible_html(block) {
            *block = shown;
        }
    }
    blocks
}

fn builder() -> Builder<'static> {
    let set = |words: &'static str| words.split(' ').collect::<HashSet<_>>();
    let mut builder = Builder::empty();
    builder
        .tags(set(
            "p h3 h4 h5 h6 strong em del ul ol li blockquote pre code table thead tbody tr th td \
             div a mark span sup br hr",
        ))
        .generic_attributes(set("id"))
        .tag_attributes(HashMap::from([
            ("a", set("href title")),
            ("div", set("aria-label")),
            ("ol", set("start")),
            ("span", set("title")),
        ]))
        .tag_attribute_values(values(&[
            ("a", "rel", "noopener noreferrer"),
            ("a", "aria-label", BACKLINK_LABEL),
            ("a", "role", "doc-backlink"),
            ("div", "tabindex", "0"),
            ("div", "role", "region"),
            ("pre", "tabindex", "0"),
            ("span", "aria-hidden", "true"),
            ("th", "scope", "col"),
            ("p", "dir", "auto"),
            ("h3", "dir", "auto"),
            ("h4", "dir", "auto"),
            ("h5", "dir", "auto"),
            ("h6", "dir", "auto"),
            ("li", "dir", "auto"),
            ("blockquote", "dir", "auto"),
            ("div", "dir", "auto"),
        ]))
        .allowed_classes(HashMap::from([
            ("a", set("backlink")),
            ("div", set("table-wrap code")),
            ("li", set("task")),
            ("mark", set("bracket")),
            ("ol", set("footnotes")),
            ("p", set("raw")),
            ("span", set("host ctl task visually-hidden")),
            ("sup", set("footnote-ref")),
            ("td", set("start center end")),
            ("th", set("start center end")),
        ]))
        .url_schemes(set("http https mailto"))
        .url_relative(UrlRelative::Custom(Box::new(in_page)))
        .clean_content_tags(set("script style"))
        .link_rel(None);
    builder
}

/// What a screen reader says of the arrow back to a footnote's reference.
pub const BACKLINK_LABEL: &str = "Back to the text";

fn in_page(url: &str) -> Option<Cow<'_, str>> {
    url.starts_with('#').then_some(Cow::Borrowed(url))
}

type Values = HashMap<&'static str, HashMap<&'static str, HashSet<&'static str>>>;

fn values(rows: &[(&'static str, &'static str, &'static str)]) -> Values {
    let mut values = Values::new();
    for (tag, attribute, value) in rows {
        values.entry(tag).or_default().entry(attribute).or_default().insert(value);
    }
    values
}

/// What the sanitiser makes of finished HTML, for tests: nothing may be left for it to do.
#[cfg(test)]
pub fn again(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_even_when_the_writer_fails() {
        let bad = "<p id=a onclick=x dir=auto class='raw evil'>a<script>x</script><img src=x>\
            <a href='javascript:x'>b</a><a href='/drafts'>c</a><a href='#d'>d</a></p>";
        assert_eq!(
            again(bad),
            "<p id=\"a\" dir=\"auto\" class=\"raw\">a<a>b</a><a>c</a><a href=\"#d\">d</a></p>"
        );
    }
}
