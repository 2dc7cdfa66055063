//! Markdown as Primum reads it: safe HTML in commentable blocks, brackets, comparison, files.
//!
//! Everything here is pure: text in, values out. `normalise` gives the stored form of a text,
//! `render` its HTML (done once a revision and stored with [`RENDERER_VERSION`]).

pub mod anchor;
pub mod blocks;
pub mod brackets;
pub mod changes;
pub mod compare;
pub mod controls;
pub mod ids;
pub mod merge;
pub mod paragraphs;
pub mod paste;
pub mod sections;

mod calm;
mod clean;
mod edits;
mod escape;
mod events;
mod fields;
mod footnotes;
mod front_matter;
mod layout;
mod links;
mod pairing;
mod plain;
mod words;
mod writer;

#[cfg(test)]
mod render_tests;
#[cfg(test)]
mod shapes;

pub use blocks::block_of_piece;
pub use edits::{insert_after, replace, source_of};
pub use footnotes::footnotes_apart;
pub use plain::{first_sentence, plain};

/// Stored beside rendered HTML; raise it when the same text would give other HTML.
pub const RENDERER_VERSION: i32 = 2;

/// A part of a section's HTML; with `text` it is a block that people can comment on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Piece {
    /// Sanitised; a block opens with one tag that carries `id="{prefix}-{n}"`. That of a list item
    /// with a list in it is closed by a later piece, in all others each tag is closed.
    pub html: String,
    /// The block's exact plain text, whitespace collapsed; `None` for what only frames blocks.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// The permanent id of its block, once its revision is stored.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub block: Option<i32>,
    /// The ¶ number people cite, through all sections of its revision.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<usize>,
}

/// Why a text is not rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// More than 100 levels of quotes, lists, emphasis, links or brackets.
    #[error("nested more than {max} deep", max = events::MAX_DEPTH)]
    TooDeep {
        /// 1-based.
        line: usize,
    },
    /// More than 40,000 paragraphs, list items and table cells, which no real text has: of as
    /// many any work on the text would take too long.
    #[error("more than {max} paragraphs, list items and table cells", max = events::MOST_BLOCKS)]
    TooMany {
        /// 1-based, of the first one too many.
        line: usize,
    },
}

impl RenderError {
    /// The 1-based line at which it is so.
    pub fn line(&self) -> usize {
        let (Self::TooDeep { line } | Self::TooMany { line }) = self;
        *line
    }

    /// The key of the sentence that says so at a field; its number is the line.
    pub fn fault(&self) -> &'static str {
        match self {
            Self::TooDeep { .. } => "fault-too-deep",
            Self::TooMany { .. } => "fault-too-many-blocks",
        }
    }
}

/// The stored form of a text: LF, no byte order mark, one final newline; blank becomes empty.
#[must_use]
pub fn normalise(text: &str) -> String {
    let text = text.trim_start_matches('\u{FEFF}');
    if text.trim().is_empty() {
        return String::new();
    }
    let mut out = String::with_capacity(text.len() + 1);
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\0']) {
        out.push_str(&rest[..at]);
        let cr = rest.as_bytes()[at] == b'\r';
        rest = &rest[at + 1..];
        if cr {
            out.push('\n');
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        } else {
            out.push('\u{FFFD}');
        }
    }
    out.push_str(rest);
    out.truncate(out.trim_end_matches('\n').len());
    out.push('\n');
    out
}

/// Renders a section; `prefix` keeps ids apart when several sections share a page.
///
/// # Errors
/// [`RenderError`] when the text nests more than 100 deep or has more than 40,000 blocks.
pub fn render(markdown: &str, prefix: &str) -> Result<Vec<Piece>, RenderError> {
    let source = escape::prepare(normalise(markdown));
    Ok(clean::pieces(writer::write(&source, prefix, writer::Mode::Section)?))
}

/// The section's whole HTML.
#[must_use]
pub fn html(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.html.as_str()).collect()
}

/// Renders a comment or an agenda: the same rules without block ids, headings as bold lines.
///
/// # Errors
/// [`RenderError`] when the text nests more than 100 deep or has more than 40,000 blocks.
pub fn render_note(markdown: &str, prefix: &str) -> Result<String, RenderError> {
    let source = escape::prepare(normalise(markdown));
    let draft = writer::write(&source, prefix, writer::Mode::Note)?;
    Ok(clean::whole(&draft.sheet))
}

/// The 1-based line on which the byte `offset` stands.
fn line_at(text: &str, offset: usize) -> usize {
    text.get(..offset).unwrap_or(text).matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn normalises_line_ends_marks_and_blank_texts() {
        assert_eq!(normalise("\u{FEFF}a\r\nb\rc"), "a\nb\nc\n");
        assert_eq!(normalise("\n\na  \n\n\n"), "\n\na  \n");
        assert_eq!(normalise("a\0b"), "a\u{FFFD}b\n");
        for blank in ["", "\n", " \r\n\t\n", "\u{FEFF}"] {
            assert_eq!(normalise(blank), "", "{blank:?}");
        }
        for odd in ["\u{FEFF}\u{FEFF}a", "a\n \n", "\r\r\na\r", "\ta\n"] {
            let once = normalise(odd);
            assert_eq!(normalise(&once), once);
        }
    }
}
