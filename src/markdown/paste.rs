//! What Word or a web page puts on the clipboard, as Markdown.
//!
//! htmd does the plain part. What only Word writes is read here: lists that are paragraphs with
//! their marks typed in front, footnotes, tables without a head, comments, tracked changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BrStyle, BulletListMarker, HrStyle, Options};
use htmd::{Element, HtmlToMarkdown};

use super::normalise;

/// How deep elements may nest: the converter goes down them one call a level.
const DEEPEST: usize = 200;

/// A pasted text, and what of it Markdown cannot say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    pub text: String,
    pub images: usize,
    pub comments: usize,
    /// Words that were struck out as a tracked change.
    pub deletions: usize,
    /// Runs with a colour or a highlight of their own.
    pub colours: usize,
    pub underlines: usize,
}

/// Stands round the mark that Word types before a list item; before a list item, a table's row
/// and its cell. Of the private area, so that no text has them.
const MARK: char = '\u{E0F0}';
const ITEM: char = '\u{E0F1}';
const ROW: char = '\u{E0F2}';
const CELL: char = '\u{E0F3}';
const SIGNS: [char; 4] = [MARK, ITEM, ROW, CELL];

#[derive(Default)]
struct Counts {
    images: AtomicUsize,
    comments: AtomicUsize,
    deletions: AtomicUsize,
    colours: AtomicUsize,
    underlines: AtomicUsize,
}

fn add(count: &AtomicUsize) {
    count.fetch_add(1, Ordering::Relaxed);
}

/// Converts it; `None` for what is nested too deep, which is pasted as plain text then.
#[must_use]
pub fn from_html(html: &str) -> Option<Pasted> {
    let html = fragment(html).replace(SIGNS, "");
    if depth(&html) > DEEPEST {
        return None;
    }
    let counts = Arc::new(Counts::default());
    let text = converter(&counts).convert(&html).ok()?;
    let of = |count: &AtomicUsize| count.load(Ordering::Relaxed);
    Some(Pasted {
        text: tidy(&text),
        images: of(&counts.images),
        comments: of(&counts.comments),
        deletions: of(&counts.deletions),
        colours: of(&counts.colours),
        underlines: of(&counts.underlines),
    })
}

/// What was selected, without the document round it.
fn fragment(html: &str) -> &str {
    let start = html.find("<!--StartFragment-->").map_or(0, |at| at + 20);
    let end = html.rfind("<!--EndFragment-->").filter(|end| *end >= start);
    html.get(start..end.unwrap_or(html.len())).unwrap_or(html)
}

const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta", "wbr", "col", "area", "base"];
/// Elements that end where the next of their kind starts.
const SELF_CLOSING: &[&str] = &["p", "li", "td", "th", "tr", "dt", "dd", "option"];

/// How deep its elements may come to nest, at most.
fn depth(html: &str) -> usize {
    let (mut open, mut deepest): (Vec<String>, usize) = (Vec::new(), 0);
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let closing = rest.starts_with('/');
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != ':');
        let name = rest[..end.unwrap_or(rest.len())].to_ascii_lowercase();
        if name.is_empty() || VOID.contains(&name.as_str()) {
            continue;
        }
        if closing {
            if let Some(found) = open.iter().rposition(|own| *own == name) {
                open.truncate(found);
            }
            continue;
        }
        if SELF_CLOSING.contains(&name.as_str()) && open.last() == Some(&name) {
            open.pop();
        }
        open.push(name);
        deepest = deepest.max(open.len());
        // Far beyond the bound, the exact number does not matter.
        if deepest > 2 * DEEPEST {
            break;
        }
    }
    deepest
}

fn attribute(element: &Element<'_>, name: &str) -> String {
    let found = element.attrs.iter().find(|own| &*own.name.local == name);
    found.map(|own| own.value.to_string()).unwrap_or_default()
}

/// Its style as Word writes it, without spaces and in one case.
fn style(element: &Element<'_>) -> String {
    let style = attribute(element, "style").to_ascii_lowercase();
    style.chars().filter(|c| !c.is_whitespace()).collect()
}

fn inside(handlers: &dyn Handlers, element: &Element<'_>) -> String {
    handlers.walk_children(element.node).content
}

#[allow(clippy::unnecessary_wraps, reason = "what a converter's part answers")]
fn some(text: impl Into<String>) -> Option<HandlerResult> {
    Some(text.into().into())
}

fn converter(counts: &Arc<Counts>) -> HtmlToMarkdown {
    let options = Options {
        br_style: BrStyle::Backslash,
        hr_style: HrStyle::Asterisks,
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let own = || counts.clone();
    let (images, deletions, underlines) = (own(), own(), own());
    let (spans, bolds, links, notes) = (own(), own(), own(), own());
    HtmlToMarkdown::builder()
        .options(options)
        .skip_tags(vec!["style", "script", "title", "meta", "link", "xml", "head", "svg"])
        .add_handler(vec!["img"], move |_: &dyn Handlers, _: Element| {
            add(&images.images);
            None
        })
        .add_handler(vec!["del", "s", "strike"], move |_: &dyn Handlers, _: Element| {
            add(&deletions.deletions);
            None
        })
        .add_handler(vec!["u"], move |handlers: &dyn Handlers, element: Element| {
            add(&underlines.underlines);
            some(inside(handlers, &element))
        })
        .add_handler(vec!["span", "font"], move |handlers: &dyn Handlers, element: Element| {
            span(&spans, handlers, &element)
        })
        .add_handler(vec!["b", "strong"], move |handlers: &dyn Handlers, element: Element| {
            // A page of Google's is one bold element that says it is not bold.
            if style(&element).contains("font-weight:normal") {
                return some(inside(handlers, &element));
            }
            add_colour(&bolds, &style(&element));
            handlers.fallback(element)
        })
        .add_handler(vec!["a"], move |handlers: &dyn Handlers, element: Element| {
            anchor(&links, handlers, element)
        })
        .add_handler(vec!["p"], |handlers: &dyn Handlers, element: Element| {
            paragraph(handlers, &element)
        })
        .add_handler(vec!["div"], move |handlers: &dyn Handlers, element: Element| {
            if style(&element).contains("mso-element:comment") {
                add(&notes.comments);
                return None;
            }
            some(format!("\n\n{}\n\n", inside(handlers, &element).trim_matches('\n')))
        })
        .add_handler(vec!["h1", "h2", "h3", "h4", "h5", "h6"], heading)
        .add_handler(vec!["td", "th"], |handlers: &dyn Handlers, element: Element| {
            some(format!("{CELL}{}", inside(handlers, &element)))
        })
        .add_handler(vec!["tr"], |handlers: &dyn Handlers, element: Element| {
            some(format!("{ROW}{}", inside(handlers, &element)))
        })
        .add_handler(
            vec!["tbody", "thead", "tfoot"],
            |handlers: &dyn Handlers, element: Element| some(inside(handlers, &element)),
        )
        .add_handler(vec!["table"], |handlers: &dyn Handlers, element: Element| {
            some(table(&inside(handlers, &element)))
        })
        .build()
}

fn add_colour(counts: &Counts, style: &str) {
    let coloured = style.split(';').any(|rule| {
        let (name, value) = rule.split_once(':').unwrap_or_default();
        let plain =
            ["windowtext", "black", "#000000", "rgb(0,0,0)", "transparent", "white", "inherit"];
        matches!(name, "color" | "background" | "background-color" | "mso-highlight")
            && !plain.contains(&value)
    });
    if coloured {
        add(&counts.colours);
    }
}

fn span(counts: &Counts, handlers: &dyn Handlers, element: &Element<'_>) -> Option<HandlerResult> {
    let style = style(element);
    let class = attribute(element, "class");
    if style.contains("mso-comment") || class.contains("MsoCommentReference") {
        add(&counts.comments);
        return None;
    }
    if style.contains("display:none") || style.contains("mso-hide:all") {
        return None;
    }
    let content = inside(handlers, element);
    if style.contains("mso-list:ignore") {
        return some(format!("{MARK}{}{MARK}", content.trim()));
    }
    add_colour(counts, &style);
    let words = content.trim();
    let bold = ["font-weight:700", "font-weight:bold"].iter().any(|it| style.contains(it));
    let sign = match (bold, style.contains("font-style:italic")) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => return some(content),
    };
    if words.is_empty() || words.contains('\n') || words.starts_with('*') {
        return some(content);
    }
    let start = content.len() - content.trim_start().len();
    let (before, after) = (&content[..start], &content[start + words.len()..]);
    some(format!("{before}{sign}{words}{sign}{after}"))
}

/// Footnotes and their marks are links to each other; a link that leads nowhere is its words.
fn anchor(counts: &Counts, handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let href = attribute(&element, "href");
    if style(&element).contains("mso-comment") || href.contains("#_msocom") {
        add(&counts.comments);
        return None;
    }
    let place = href.rsplit_once('#').map_or("", |(_, place)| place);
    for (sign, start, end) in
        [("", "_ftnref", "]:"), ("e", "_ednref", "]:"), ("", "_ftn", "]"), ("e", "_edn", "]")]
    {
        if let Some(number) = place.strip_prefix(start)
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
        {
            return some(format!("[^{sign}{number}{end}"));
        }
    }
    let leads = ["http://", "https://", "mailto:"].iter().any(|it| href.starts_with(it));
    if leads { handlers.fallback(element) } else { some(inside(handlers, &element)) }
}

fn paragraph(handlers: &dyn Handlers, element: &Element<'_>) -> Option<HandlerResult> {
    let content = inside(handlers, element);
    let style = style(element);
    let level = style.split("level").nth(1).and_then(|rest| {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse::<usize>().ok()
    });
    let mut parts = content.splitn(3, MARK);
    let (before, mark, text) = (parts.next(), parts.next(), parts.next());
    let (Some(before), Some(mark), Some(text)) = (before, mark, text) else {
        return some(format!("\n\n{}\n\n", content.trim_matches('\n')));
    };
    let mark: String = mark.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect();
    let numbered = mark.ends_with(['.', ')']) && mark.starts_with(char::is_alphanumeric);
    let digits: String = mark.chars().take_while(char::is_ascii_digit).collect();
    let sign = match (numbered, digits.is_empty()) {
        (true, false) => format!("{digits}."),
        (true, true) => "1.".to_owned(),
        (false, _) => "-".to_owned(),
    };
    let margin = "    ".repeat(level.unwrap_or(1).saturating_sub(1).min(8));
    let text = format!("{before}{text}").split_whitespace().collect::<Vec<_>>().join(" ");
    some(format!("\n\n{ITEM}{margin}{sign} {text}\n\n"))
}

/// The highest level is the page's own.
fn heading(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let level = element.tag[1..].parse::<usize>().unwrap_or(3);
    let words = inside(handlers, &element).replace(MARK, " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return None;
    }
    some(format!("\n\n{} {words}\n\n", "#".repeat(level.clamp(2, 6))))
}

/// The first row is the head: Word says no more of it than that it is the first.
fn table(content: &str) -> String {
    let clean = |cell: &str| {
        let text = cell.replace(MARK, " ").replace(ITEM, "• ").replace('|', "\\|");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let rows: Vec<Vec<String>> = content
        .split(ROW)
        .skip(1)
        .map(|row| row.split(CELL).skip(1).map(clean).collect())
        .filter(|row: &Vec<String>| !row.is_empty())
        .collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    if width == 0 {
        return content.replace([ROW, CELL], " ");
    }
    let mut out = String::from("\n\n");
    for (at, row) in rows.iter().enumerate() {
        let mut cells = row.clone();
        cells.resize(width, String::new());
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if at == 0 {
            out.push_str(&format!("|{}\n", " --- |".repeat(width)));
        }
    }
    out.push('\n');
    out
}

/// Lists close up, empty paragraphs go, a bracket is a bracket again: words not agreed.
fn tidy(text: &str) -> String {
    let text = text.replace("\\[", "[").replace("\\]", "]").replace("\r\n", "\n");
    let mut out: Vec<String> = Vec::new();
    let mut item = false;
    for line in text.lines() {
        let line = line.trim_end_matches([' ', '\u{A0}', '\t']);
        if line.trim_matches(['\u{A0}', ' ', '\\']).is_empty() {
            if out.last().is_some_and(|last| !last.is_empty()) {
                out.push(String::new());
            }
            continue;
        }
        let starts = line.trim_start_matches([' ', '\u{A0}']).starts_with(ITEM);
        if starts && item && out.last().is_some_and(String::is_empty) {
            out.pop();
        }
        item = starts;
        out.push(line.replace(SIGNS, "").replace("\u{A0}\u{A0}", " "));
    }
    let text = normalise(&out.join("\n"));
    text.trim_matches('\n').to_owned()
}

#[cfg(test)]
#[path = "paste_tests.rs"]
mod tests;
