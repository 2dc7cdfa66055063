//! Writes parsed Markdown as HTML, block by block, with everything of an author's escaped.
//!
//! What it writes still goes through the sanitiser; the writer's own promise is that each piece
//! is well formed and that ids never clash.

use std::fmt::Write;

use pulldown_cmark::{Alignment, Event, LinkType, Tag, TagEnd};

use super::brackets::{self, Marks};
use super::escape::Sheet;
use super::events::{self, Spanned};
use super::footnotes::{self, Parts};
use super::layout::{Step, Walk};
use super::links::Target;
use super::{RenderError, controls};

mod inline;

/// A section has blocks with ids; a note (a comment, an agenda) has neither ids nor headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Section,
    Note,
}

/// A text before the sanitiser. In a section the sheet holds the blocks only.
pub struct Draft {
    pub sheet: Sheet,
    pub parts: Vec<Part>,
}

/// A place in a sheet and among the tags held back from it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    pub html: usize,
    pub held: usize,
}

/// A part of a section, in order.
pub enum Part {
    /// What stands around blocks, such as the tags of a list. Nothing in it is an author's, so
    /// it need not be cleaned, and a list need not be cleaned in one go.
    Frame(String),
    /// Where it ends, its plain text, and where in the source it starts.
    Block { end: Place, text: String, at: usize },
}

pub fn write(source: &str, prefix: &str, mode: Mode) -> Result<Draft, RenderError> {
    write_on(Sheet::default(), source, events::parse(source)?, prefix, mode)
}

/// What of a section's blocks is shown, without the HTML.
pub fn write_plain(source: &str, events: Vec<Spanned<'_>>) -> Result<Draft, RenderError> {
    let sheet = Sheet { blank: true, ..Sheet::default() };
    write_on(sheet, source, events, "", Mode::Section)
}

fn write_on(
    sheet: Sheet,
    source: &str,
    events: Vec<Spanned<'_>>,
    prefix: &str,
    mode: Mode,
) -> Result<Draft, RenderError> {
    // The prefix is the program's, but what goes into tags is made safe all the same.
    let safe =
        |here: char| if here.is_alphanumeric() || "-_.:".contains(here) { here } else { '-' };
    let prefix: String = prefix.chars().map(safe).collect();
    let marks = brackets::marks(source, &events)?;
    let parts = footnotes::separate(events);
    let mut writer = Writer {
        out: sheet,
        pieces: Vec::new(),
        plain: String::new(),
        prefix: &prefix,
        mode,
        marks,
        body_blocks: count_blocks(&parts.body),
        parts: &parts,
        references: vec![0; parts.notes.len()],
        blocks: 0,
        walk: Walk::default(),
        apart: true,
        footnote: false,
        opens: false,
        loose: false,
        at: 0,
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
    Ok(Draft { sheet: writer.out, parts: writer.pieces })
}

/// How many ids the body takes, so that a reference knows the id of a footnote after it.
fn count_blocks(body: &[Spanned]) -> usize {
    let mut walk = Walk::default();
    let starts =
        |(event, _): &&Spanned| walk.step(event).starts.is_some() && !matches!(event, Event::Rule);
    body.iter().filter(starts).count()
}

struct Link {
    target: Option<Target>,
    /// Where its visible text starts in `plain`.
    from: usize,
}

struct Writer<'a> {
    out: Sheet,
    pieces: Vec<Part>,
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
    walk: Walk,
    /// The event being written stands in no block.
    apart: bool,
    /// A footnote is being written, which is a block as a whole.
    footnote: bool,
    /// The next element is a block.
    opens: bool,
    /// The block being written has no element of its own in Markdown.
    loose: bool,
    /// Where in the source the block being written starts.
    at: usize,
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
            let between = self.walk.between();
            let step = if self.footnote { Step::default() } else { self.walk.step(event) };
            let rule = matches!(event, Event::Rule);
            let starts = step.starts.is_some() && !rule;
            self.apart = !self.footnote && !starts && (between || step.ends_before);
            if step.ends_before {
                self.end_block();
            }
            if starts {
                self.at = range.start;
                self.opens = true;
            }
            if step.loose {
                self.loose = true;
                self.open_block("<p", "");
            }
            match event {
                Event::Start(tag) => self.start(tag, &events[at + 1..]),
                Event::End(tag) => self.end(*tag),
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    self.text(text, range);
                }
                Event::Code(code) => self.code(code, range),
                Event::InlineMath(text) | Event::DisplayMath(text) => self.text(text, range),
                Event::FootnoteReference(label) => self.reference(label),
                Event::SoftBreak | Event::HardBreak => {
                    if *event == Event::HardBreak && self.image == 0 {
                        self.out.tag("<br>");
                    }
                    self.line_end();
                }
                Event::Rule => {
                    self.cover(false);
                    self.plain.push(' ');
                    self.frame("<hr>");
                }
                Event::TaskListMarker(done) => self.task(*done),
            }
            if step.ends && !rule {
                self.end_block();
            }
        }
    }

    fn start(&mut self, tag: &Tag, ahead: &[Spanned]) {
        if self.image > 0 {
            self.image += usize::from(matches!(tag, Tag::Image { .. }));
            return;
        }
        self.cover(false);
        if events::is_block(tag.to_end()) {
            self.plain.push(' ');
        }
        match tag {
            Tag::Paragraph => self.open_block("<p", ""),
            Tag::Heading { level, .. } => match self.mode {
                Mode::Section => self.open_block(heading(*level as usize).0, ""),
                Mode::Note => {
                    self.open_block("<p", "");
                    self.out.tag("<strong>");
                }
            },
            Tag::BlockQuote(_) => self.open_block("<blockquote", ""),
            Tag::CodeBlock(_) => self.open_code(),
            Tag::HtmlBlock => self.open_block("<p", " class=\"raw\""),
            Tag::List(start) => self.open_list(*start),
            Tag::Item => self.open_block("<li", ""),
            Tag::Table(columns) => {
                self.columns.clone_from(columns);
                let label = table_label(ahead);
                self.open_block("<div", " class=\"table-wrap\" tabindex=\"0\" role=\"region\"");
                // The one block tag with an author's words in it is not held back.
                let opening = self.out.last_tag().unwrap_or_default().trim_end_matches('>');
                let opening = format!("{opening} aria-label=\"");
                self.out.drop_tag();
                self.out.html.push_str(&opening);
                self.out.attribute(&label);
                self.out.html.push_str("\">");
                self.out.tag("<table>");
            }
            Tag::TableHead => {
                self.out.tag("<thead><tr>");
                self.head = true;
                self.cell = 0;
            }
            Tag::TableRow => {
                let first = self.out.last_tag().is_some_and(|tag| tag.ends_with("</thead>"));
                self.out.tag(if first { "<tbody><tr>" } else { "<tr>" });
                self.cell = 0;
            }
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.out.tag("<em>"),
            Tag::Strong => self.out.tag("<strong>"),
            Tag::Strikethrough => self.out.tag("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.open_link(*link_type, dest_url, title);
            }
            Tag::Image { dest_url, title, .. } => {
                self.open_link(LinkType::Inline, dest_url, title);
                self.image = 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.image > 0 {
            self.image -= usize::from(tag == TagEnd::Image);
            if self.image > 0 || tag != TagEnd::Image {
                return;
            }
        }
        self.cover(false);
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.out.tag("</p>"),
            TagEnd::Heading(level) => match self.mode {
                Mode::Section => self.out.tag(heading(level as usize).1),
                Mode::Note => self.out.tag("</strong></p>"),
            },
            TagEnd::BlockQuote(_) => self.out.tag("</blockquote>"),
            TagEnd::CodeBlock => self.out.tag("</code></pre></div>"),
            TagEnd::List(ordered) => self.frame(if ordered { "</ol>" } else { "</ul>" }),
            TagEnd::Item => self.frame("</li>"),
            TagEnd::Table => {
                if self.out.last_tag() == Some("</tr>") {
                    self.out.tag("</tbody>");
                }
                self.out.tag("</table>");
                self.out.html.push_str("</div>");
            }
            TagEnd::TableHead => {
                self.out.tag("</tr></thead>");
                self.head = false;
            }
            TagEnd::TableRow => self.out.tag("</tr>"),
            TagEnd::TableCell => self.out.tag(if self.head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.out.tag("</em>"),
            TagEnd::Strong => self.out.tag("</strong>"),
            TagEnd::Strikethrough => self.out.tag("</del>"),
            TagEnd::Link | TagEnd::Image => self.close_link(tag == TagEnd::Image),
            _ => {}
        }
        if events::is_block(tag) {
            self.plain.push(' ');
        }
    }

    /// Opens an element; if a block starts with it, it gets the block's id.
    fn open_block(&mut self, tag: &str, attributes: &str) {
        let opens = std::mem::take(&mut self.opens);
        if opens {
            self.plain.clear();
            self.blocks += 1;
        }
        if self.out.blank {
            return;
        }
        let mut opening = tag.to_owned();
        if opens {
            if self.mode == Mode::Section {
                _ = write!(opening, " id=\"{}-{}\"", self.prefix, self.blocks);
            }
            opening.push_str(" dir=\"auto\"");
        }
        opening.push_str(attributes);
        opening.push('>');
        self.out.tag(&opening);
    }

    fn end_block(&mut self) {
        self.cover(false);
        if std::mem::take(&mut self.loose) {
            self.out.tag("</p>");
        }
        if self.mode == Mode::Note {
            return;
        }
        let mut text = String::with_capacity(self.plain.len());
        for word in self.plain.split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        self.out.end_block();
        let end = Place { html: self.out.html.len(), held: self.out.held.len() };
        self.pieces.push(Part::Block { end, text, at: self.at });
    }

    /// Writes a tag that is the writer's own; between blocks it is a part by itself.
    fn frame(&mut self, html: &str) {
        if self.apart && self.mode == Mode::Section {
            self.pieces.push(Part::Frame(html.to_owned()));
        } else {
            self.out.tag(html);
        }
    }

    fn open_list(&mut self, start: Option<u64>) {
        match start {
            None => self.frame("<ul>"),
            Some(1) => self.frame("<ol>"),
            Some(start) => self.frame(&format!("<ol start=\"{start}\">")),
        }
    }

    fn open_code(&mut self) {
        self.open_block("<div", " class=\"code\"");
        self.out.tag("<pre tabindex=\"0\"><code>");
    }

    fn open_cell(&mut self) {
        let class = match self.columns.get(self.cell) {
            Some(Alignment::Left) => " class=\"start\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"end\"",
            _ => "",
        };
        let tag = if self.head { "<th scope=\"col\"" } else { "<td" };
        self.out.tag(&format!("{tag}{class}>"));
        self.cell += 1;
    }

    /// Writes the footnotes behind the body, each a block.
    fn footnotes(&mut self) {
        let parts = self.parts;
        if parts.notes.is_empty() {
            return;
        }
        self.apart = true;
        self.frame("<ol class=\"footnotes\">");
        for (at, events) in parts.notes.iter().enumerate() {
            self.footnote = true;
            self.opens = true;
            self.at = parts.starts[at];
            if self.mode == Mode::Section {
                self.open_block("<li", "");
            } else {
                let id = self.footnote_id(at + 1);
                self.out.tag(&format!("<li id=\"{id}\" dir=\"auto\">"));
            }
            self.opens = false;
            self.events(events);
            self.cover(false);
            self.backlink(at + 1);
            self.out.tag("</li>");
            self.end_block();
            self.footnote = false;
        }
        self.apart = true;
        self.frame("</ol>");
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
