//! Writes parsed Markdown as HTML, block by block, with everything of an author's escaped.
//!
//! What it writes still goes through the sanitiser; the writer's own promise is that each piece
//! is well formed and that ids never clash.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::brackets::{self, Marks, Turn};
use super::clean::{BACKLINK_LABEL, SEPARATOR};
use super::events::{self, Spanned};
use super::footnotes::{self, Parts};
use super::links::{self, Target};
use super::{RenderError, controls, escape};

mod inline;

/// A section has blocks with ids; a note (a comment, an agenda) has neither ids nor headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Section,
    Note,
}

/// HTML before the sanitiser, its pieces divided by [`SEPARATOR`], and the pieces' texts.
pub struct Draft {
    pub html: String,
    pub texts: Vec<Option<String>>,
}

pub fn write(source: &str, prefix: &str, mode: Mode) -> Result<Draft, RenderError> {
    let events = events::parse(source)?;
    let marks = brackets::marks(source, &events)?;
    let parts = footnotes::separate(events);
    let mut writer = Writer {
        out: String::with_capacity(source.len() * 3 / 2),
        texts: Vec::new(),
        plain: String::new(),
        prefix,
        mode,
        marks,
        body_blocks: count_blocks(&parts.body),
        parts: &parts,
        references: vec![0; parts.notes.len()],
        blocks: 0,
        depth: 0,
        open_marks: 0,
        covered: false,
        links: Vec::new(),
        image: 0,
        columns: Vec::new(),
        cell: 0,
        head: false,
    };
    writer.events(&parts.body);
    writer.footnotes();
    Ok(Draft { html: writer.out, texts: writer.texts })
}

/// How many ids the body takes, so that a reference knows the id of a footnote after it.
fn count_blocks(body: &[Spanned]) -> usize {
    let (mut blocks, mut depth) = (0, 0_usize);
    for (event, _) in body {
        match event {
            Event::Start(tag) => {
                let item = depth == 1 && matches!(tag, Tag::Item);
                let block = depth == 0 && !matches!(tag, Tag::List(_));
                blocks += usize::from(item || block);
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    blocks
}

struct Link {
    target: Option<Target>,
    /// Where its visible text starts in `plain`.
    from: usize,
}

struct Writer<'a> {
    out: String,
    texts: Vec<Option<String>>,
    /// The plain text of the block being written.
    plain: String,
    prefix: &'a str,
    mode: Mode,
    marks: Marks,
    parts: &'a Parts<'a>,
    body_blocks: usize,
    /// How often each footnote was referred to so far.
    references: Vec<usize>,
    blocks: usize,
    depth: usize,
    open_marks: usize,
    /// A mark around one run of text is open.
    covered: bool,
    links: Vec<Link>,
    image: usize,
    columns: Vec<Alignment>,
    cell: usize,
    head: bool,
}

impl Writer<'_> {
    fn events(&mut self, events: &[Spanned]) {
        for (at, (event, range)) in events.iter().enumerate() {
            match event {
                Event::Start(tag) => self.start(tag, &events[at + 1..]),
                Event::End(tag) => self.end(*tag),
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    self.text(text, range);
                }
                Event::Code(code) => self.code(code, range),
                Event::InlineMath(text) | Event::DisplayMath(text) => self.text(text, range),
                Event::FootnoteReference(label) => self.reference(label),
                Event::SoftBreak => self.raw("\n", "\n"),
                Event::HardBreak if self.image == 0 => self.raw("<br>\n", "\n"),
                Event::HardBreak => self.raw("\n", "\n"),
                Event::Rule => {
                    self.cover(false);
                    self.out.push_str("<hr>");
                    self.plain.push(' ');
                    if self.depth == 0 {
                        self.end_piece(None);
                    }
                }
                Event::TaskListMarker(done) => self.task(*done),
            }
        }
    }

    fn start(&mut self, tag: &Tag, ahead: &[Spanned]) {
        if self.image > 0 {
            self.image += usize::from(matches!(tag, Tag::Image { .. }));
            return;
        }
        self.cover(false);
        if events::is_block(&tag.to_end()) {
            self.plain.push(' ');
        }
        match tag {
            Tag::Paragraph => self.open_block("<p", ""),
            Tag::Heading { level, .. } => match self.mode {
                Mode::Section => self.open_block(heading(*level as usize).0, ""),
                Mode::Note => {
                    self.open_block("<p", "");
                    self.out.push_str("<strong>");
                }
            },
            Tag::BlockQuote(_) => self.open_block("<blockquote", ""),
            Tag::CodeBlock(kind) => self.open_code(kind),
            Tag::HtmlBlock => self.open_block("<p", " class=\"raw\""),
            Tag::List(start) => self.open_list(*start),
            Tag::Item => self.open_block("<li", ""),
            Tag::Table(columns) => {
                self.columns.clone_from(columns);
                let label = table_label(ahead);
                self.open_block("<div", " class=\"table-wrap\" tabindex=\"0\" role=\"region\"");
                self.out.truncate(self.out.len() - 1);
                self.out.push_str(" aria-label=\"");
                escape::attribute(&mut self.out, &label);
                self.out.push_str("\"><table>");
            }
            Tag::TableHead => {
                self.out.push_str("<thead><tr>");
                self.head = true;
                self.cell = 0;
            }
            Tag::TableRow => {
                let first = self.out.ends_with("</thead>");
                self.out.push_str(if first { "<tbody><tr>" } else { "<tr>" });
                self.cell = 0;
            }
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.open_link(*link_type, dest_url, title);
            }
            Tag::Image { dest_url, title, .. } => {
                self.open_link(LinkType::Inline, dest_url, title);
                self.image = 1;
            }
            _ => {}
        }
        self.depth += 1;
    }

    fn end(&mut self, tag: TagEnd) {
        if self.image > 0 {
            self.image -= usize::from(tag == TagEnd::Image);
            if self.image > 0 || tag != TagEnd::Image {
                return;
            }
        }
        self.cover(false);
        self.depth -= 1;
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.out.push_str("</p>"),
            TagEnd::Heading(level) => match self.mode {
                Mode::Section => self.out.push_str(heading(level as usize).1),
                Mode::Note => self.out.push_str("</strong></p>"),
            },
            TagEnd::BlockQuote(_) => self.out.push_str("</blockquote>"),
            TagEnd::CodeBlock => self.out.push_str("</code></pre></div>"),
            TagEnd::List(ordered) => self.out.push_str(if ordered { "</ol>" } else { "</ul>" }),
            TagEnd::Item => self.out.push_str("</li>"),
            TagEnd::Table => {
                if self.out.ends_with("</tr>") {
                    self.out.push_str("</tbody>");
                }
                self.out.push_str("</table></div>");
            }
            TagEnd::TableHead => {
                self.out.push_str("</tr></thead>");
                self.head = false;
            }
            TagEnd::TableRow => self.out.push_str("</tr>"),
            TagEnd::TableCell => self.out.push_str(if self.head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link | TagEnd::Image => self.close_link(tag == TagEnd::Image),
            _ => {}
        }
        if events::is_block(&tag) {
            self.plain.push(' ');
            match (self.depth, tag) {
                (0, TagEnd::List(_)) => self.end_piece(None),
                (0, _) | (1, TagEnd::Item) => self.end_block(),
                _ => {}
            }
        }
    }

    /// Opens an element; at the top level it is a block and gets its id.
    fn open_block(&mut self, tag: &str, attributes: &str) {
        self.out.push_str(tag);
        let block = self.depth == 0 || (self.depth == 1 && tag == "<li");
        if block {
            self.plain.clear();
            self.blocks += 1;
            if self.mode == Mode::Section {
                self.id(self.blocks);
            }
            self.out.push_str(" dir=\"auto\"");
        }
        self.out.push_str(attributes);
        self.out.push('>');
    }

    fn id(&mut self, block: usize) {
        self.out.push_str(" id=\"");
        escape::attribute(&mut self.out, self.prefix);
        _ = write!(self.out, "-{block}\"");
    }

    fn end_block(&mut self) {
        let mut text = String::with_capacity(self.plain.len());
        for word in self.plain.split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        self.end_piece(Some(text));
    }

    fn end_piece(&mut self, text: Option<String>) {
        if self.mode == Mode::Section {
            self.texts.push(text);
            self.out.push_str(SEPARATOR);
        }
    }

    fn open_list(&mut self, start: Option<u64>) {
        match start {
            None => self.out.push_str("<ul>"),
            Some(1) => self.out.push_str("<ol>"),
            Some(start) => _ = write!(self.out, "<ol start=\"{start}\">"),
        }
        if self.depth == 0 {
            self.end_piece(None);
        }
    }

    fn open_code(&mut self, _kind: &CodeBlockKind) {
        self.open_block("<div", " class=\"code\"");
        self.out.push_str("<pre tabindex=\"0\"><code>");
    }

    fn open_cell(&mut self) {
        self.out.push_str(if self.head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(match self.columns.get(self.cell) {
            Some(Alignment::Left) => " class=\"start\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"end\">",
            _ => ">",
        });
        self.cell += 1;
    }

    /// Writes the footnotes behind the body, each a block.
    fn footnotes(&mut self) {
        let parts = self.parts;
        if parts.notes.is_empty() {
            return;
        }
        self.out.push_str("<ol class=\"footnotes\">");
        self.end_piece(None);
        for (at, events) in parts.notes.iter().enumerate() {
            self.depth = 1;
            if self.mode == Mode::Section {
                self.open_block("<li", "");
            } else {
                self.out.push_str("<li id=\"");
                self.footnote_id(at + 1);
                self.out.push_str("\" dir=\"auto\">");
            }
            self.depth = 2;
            self.events(events);
            self.cover(false);
            self.backlink(at + 1);
            self.out.push_str("</li>");
            self.end_block();
        }
        self.depth = 0;
        self.out.push_str("</ol>");
        self.end_piece(None);
    }
}

/// The page's own heading of a section is an h2, so the text's start at h3.
fn heading(level: usize) -> (&'static str, &'static str) {
    match level {
        0..=2 => ("<h3", "</h3>"),
        3 => ("<h4", "</h4>"),
        4 => ("<h5", "</h5>"),
        _ => ("<h6", "</h6>"),
    }
}

/// Names a table after its header row.
fn table_label(ahead: &[Spanned]) -> String {
    const MOST_CHARS: usize = 120;
    let mut label = String::new();
    for (event, _) in ahead {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => {
                label.push_str(text);
            }
            Event::End(TagEnd::TableCell) => label.push_str(", "),
            Event::End(TagEnd::TableHead) => break,
            _ => {}
        }
        if label.len() > 4 * MOST_CHARS {
            break;
        }
    }
    let named = label.trim_matches([' ', ',']);
    let short: String = named.chars().take(MOST_CHARS).collect();
    let dots = if short.len() < named.len() { "…" } else { "" };
    let short = if short.is_empty() { "Table" } else { &short };
    format!("{}{dots}", controls::visible(short))
}
