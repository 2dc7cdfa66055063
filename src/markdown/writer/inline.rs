//! What stands inside a block: text, code, links, footnote references, task boxes.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::{Link, Mode, Writer};
use crate::markdown::brackets::Turn;
use crate::markdown::clean::BACKLINK_LABEL;
use crate::markdown::controls;
use crate::markdown::links::{self, Target};

impl Writer<'_> {
    /// Text as it stands in the source at `range`, its brackets highlighted.
    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        self.plain.push_str(text);
        if self.image > 0 {
            self.out.text(text);
            return;
        }
        // The turns live apart while the writer is borrowed to write between them.
        let marks = std::mem::take(&mut self.marks);
        let (turns, mut covers) = marks.within(range.start, range.end);
        let mut from = 0;
        for (place, turn) in turns {
            let at = place - range.start;
            match turn {
                Turn::Open => {
                    self.run(&text[from..at], covers);
                    self.cover(false);
                    self.out.tag("<mark class=\"bracket\">");
                    self.open_marks += 1;
                    from = at;
                }
                Turn::Close => {
                    self.run(&text[from..=at], covers);
                    self.cover(false);
                    self.out.tag("</mark>");
                    self.open_marks = self.open_marks.saturating_sub(1);
                    from = at + 1;
                }
                Turn::Cover => {
                    self.run(&text[from..at], covers);
                    covers += 1;
                    from = at;
                }
                Turn::Uncover => {
                    self.run(&text[from..=at], covers);
                    covers -= 1;
                    from = at + 1;
                }
            }
        }
        self.run(&text[from..], covers);
        self.marks = marks;
    }

    fn run(&mut self, text: &str, covers: usize) {
        if !text.is_empty() {
            self.cover(covers > 0 && self.open_marks == 0);
            self.out.text(text);
        }
    }

    /// Opens or closes the mark around a run of text within a bracket that spans elements.
    pub(super) fn cover(&mut self, on: bool) {
        if self.covered != on {
            self.covered = on;
            self.out.tag(if on { "<mark class=\"bracket\">" } else { "</mark>" });
        }
    }

    pub(super) fn code(&mut self, code: &str, range: &Range<usize>) {
        self.plain.push_str(code);
        if self.image > 0 {
            self.out.text(code);
            return;
        }
        let covers = self.marks.within(range.start, range.start).1;
        self.cover(covers > 0 && self.open_marks == 0);
        self.out.tag("<code>");
        self.out.text(code);
        self.out.tag("</code>");
    }

    pub(super) fn line_end(&mut self) {
        self.out.html.push('\n');
        self.plain.push('\n');
    }

    pub(super) fn task(&mut self, done: bool) {
        self.cover(false);
        let (sign, words) = if done { ("☑", "Done:") } else { ("☐", "Not done:") };
        self.out.tag(&format!(
            "<span class=\"task\"><span aria-hidden=\"true\">{sign}</span>\
             <span class=\"visually-hidden\">{words}</span></span> "
        ));
    }

    pub(super) fn open_link(&mut self, kind: LinkType, destination: &str, title: &str) {
        // Links do not nest in HTML: an image within a link is its text.
        let nested = self.links.iter().any(|link| link.target.is_some());
        let target = if nested { None } else { links::target(kind, destination) };
        if let Some(target) = &target {
            self.out.html.push_str("<a href=\"");
            self.out.attribute(target.href());
            if !title.is_empty() {
                self.out.html.push_str("\" title=\"");
                self.out.attribute(&controls::visible(title));
            }
            if matches!(target, Target::External { .. }) {
                self.out.html.push_str("\" rel=\"noopener noreferrer");
            }
            self.out.html.push_str("\">");
        }
        self.links.push(Link { target, from: self.plain.len() });
    }

    pub(super) fn close_link(&mut self, image: bool) {
        let Some(Link { target, from }) = self.links.pop() else { return };
        let visible = self.plain.get(from..).unwrap_or_default();
        let bare = visible.trim().is_empty();
        let Some(target) = target else { return };
        let named = match &target {
            Target::External { host, .. } => links::names_host(visible, host),
            Target::Mail { .. } | Target::Fragment { .. } => true,
        };
        // A link must have a name to be heard and seen.
        if bare {
            let kind = if image { "image" } else { "link" };
            self.out.text(kind);
            self.plain.push_str(kind);
        }
        self.out.html.push_str("</a>");
        if let Target::External { host, .. } = &target
            && !named
        {
            self.out.tag(" <span class=\"host\">(");
            self.out.text(host);
            self.out.tag(")</span>");
        }
    }

    pub(super) fn reference(&mut self, label: &str) {
        if self.image > 0 {
            return;
        }
        self.cover(false);
        let Some(number) = self.parts.number(label) else {
            let text = format!("[^{label}]");
            self.plain.push_str(&text);
            self.out.text(&text);
            return;
        };
        if self.links.iter().any(|link| link.target.is_some()) {
            self.out.tag(&format!("<sup class=\"footnote-ref\">[{number}]</sup>"));
            return;
        }
        self.references[number - 1] += 1;
        let to = self.footnote_id(number);
        let id = self.reference_id(number, self.references[number - 1]);
        self.out.tag(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#{to}\" id=\"{id}\">[{number}]</a></sup>"
        ));
    }

    /// The id of a footnote: its block's in a section, one of its own in a note.
    pub(super) fn footnote_id(&self, number: usize) -> String {
        match self.mode {
            Mode::Section => format!("{}-{}", self.prefix, self.body_blocks + number),
            Mode::Note => format!("{}-fn-{number}", self.prefix),
        }
    }

    fn reference_id(&self, number: usize, time: usize) -> String {
        let id = format!("{}-fnref-{number}", self.prefix);
        if time > 1 { format!("{id}-{time}") } else { id }
    }

    /// Leads from a footnote to the first place that refers to it.
    pub(super) fn backlink(&mut self, number: usize) {
        if self.references[number - 1] == 0 {
            return;
        }
        let in_paragraph = self.out.last_tag() == Some("</p>");
        if in_paragraph {
            self.out.drop_tag();
        }
        let id = self.reference_id(number, 1);
        self.out.tag(&format!(
            " <a class=\"backlink\" role=\"doc-backlink\" href=\"#{id}\" \
             aria-label=\"{BACKLINK_LABEL}\">↩</a>"
        ));
        if in_paragraph {
            self.out.tag("</p>");
        }
    }
}
