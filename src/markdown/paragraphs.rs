//! The numbers of paragraphs: what people cite, the same on every page and in
//! every file of a revision.

use super::blocks::{self, BlockKind};
use super::{Piece, layout, normalise};

/// Gives a section's pieces the permanent ids of their blocks, and their ¶
/// numbers counted on from `last`; answers the last number given. `ids` go
/// with [`blocks::blocks`]; headings and footnotes have an id but no number.
#[must_use]
pub fn number(pieces: &mut [Piece], body: &str, ids: &[i32], last: usize) -> usize {
    let kinds: Vec<BlockKind> = blocks::blocks(body).iter().map(|block| block.kind).collect();
    let shown = pieces.iter_mut().filter(|piece| piece.text.is_some());
    let mut last = last;
    for (piece, at) in shown.zip(blocks::block_of_piece(body)) {
        piece.block = ids.get(at).copied();
        let cited = !matches!(kinds.get(at), None | Some(BlockKind::Heading | BlockKind::Other));
        last += usize::from(cited);
        piece.number = cited.then_some(last);
    }
    last
}

/// Where the paragraph of this number stands among the commentable pieces of a
/// section, from 1.
#[must_use]
pub fn position(pieces: &[Piece], number: usize) -> Option<usize> {
    let mut shown = pieces.iter().filter(|piece| piece.text.is_some());
    shown.position(|piece| piece.number == Some(number)).map(|at| at + 1)
}

/// The text with a link before each block that `link` has one for, by its
/// index among [`blocks::blocks`]: within a paragraph, item or quotation, on a
/// line of its own before a table or code.
#[must_use]
pub fn linked(body: &str, link: impl Fn(usize) -> Option<String>) -> String {
    let source = normalise(body);
    let mut out = String::with_capacity(source.len());
    let mut seen = 0;
    for (index, block) in blocks::blocks(body).into_iter().enumerate() {
        let Some(link) = link(index) else { continue };
        let start = block.range.start;
        let text = &source[block.range.clone()];
        let mark = match block.kind {
            BlockKind::Paragraph => 0,
            BlockKind::ListItem => layout::mark(text),
            BlockKind::Quote if text.starts_with("> ") => 2,
            _ => text.len(),
        };
        if text.get(mark..).is_some_and(starts_inline) {
            out.push_str(&source[seen..start + mark]);
            out.push_str(&link);
            out.push(' ');
            seen = start + mark;
        } else if block.kind != BlockKind::ListItem && block.margin == 0 {
            out.push_str(&source[seen..start]);
            out.push_str(&link);
            out.push_str("\n\n");
            seen = start;
        }
    }
    out.push_str(&source[seen..]);
    out
}

/// Whether words start here, which stay what they are behind a link.
fn starts_inline(text: &str) -> bool {
    let task = ["[ ]", "[x]", "[X]", "[^"].iter().any(|mark| text.starts_with(mark));
    let mut rest = text.trim_start_matches(|c: char| c.is_ascii_digit()).chars();
    let numbered = matches!(rest.next(), Some('.' | ')')) && !text.starts_with(['.', ')']);
    let strong = text.trim_start_matches(['*', '_']);
    match text.chars().next() {
        Some('*' | '_') => strong.starts_with(char::is_alphanumeric),
        Some(first) => {
            !task && !numbered && (first.is_alphanumeric() || "\"'“„«‘(\\[".contains(first))
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_leave_every_block_what_it_was() {
        let body = "One.\n\n### Two\n\n- three\n  1. four\n- [ ] five\n\n> six\n\n| a |\n|-|\n| c |\n\n\
            ```\nseven\n```\n\n**Eight** words.\n";
        let linked = linked(body, |at| (at != 1).then(|| format!("[¶ {at}](#b{at})")));
        let kinds = |text: &str| -> Vec<BlockKind> {
            let links = |block: &blocks::Block| {
                !block.text.starts_with("[¶ 6]") && !block.text.starts_with("[¶ 7]")
            };
            blocks::blocks(text).iter().filter(|own| links(own)).map(|own| own.kind).collect()
        };
        assert_eq!(kinds(&linked), kinds(body), "{linked}");
        for part in [
            "[¶ 0](#b0) One.\n",
            "- [¶ 2](#b2) three\n  1. [¶ 3](#b3) four\n- [ ] five\n",
            "> [¶ 5](#b5) six\n",
            "[¶ 6](#b6)\n\n| a |\n",
            "[¶ 7](#b7)\n\n```\n",
            "[¶ 8](#b8) **Eight** words.",
        ] {
            assert!(linked.contains(part), "{part} in {linked}");
        }
    }

    #[test]
    fn numbers_run_through_and_leave_out_headings_and_notes() {
        let body = "One.[^1]\n\n### Two\n\n- three\n  - four\n\n> five\n\n| a |\n|-|\n| c |\n\n\
            [^1]: Note.\n";
        let mut pieces = crate::markdown::render(body, "statement").unwrap();
        let ids = [11, 12, 13, 14, 15, 16, 17];
        assert_eq!(number(&mut pieces, body, &ids, 4), 9);
        let shown = pieces.iter().filter(|piece| piece.text.is_some());
        let found: Vec<_> = shown.map(|piece| (piece.block, piece.number)).collect();
        let cited = |id, number| (Some(id), Some(number));
        let expected = [
            cited(11, 5),
            (Some(12), None),
            cited(13, 6),
            cited(14, 7),
            cited(15, 8),
            cited(16, 9),
            (Some(17), None),
        ];
        assert_eq!(found, expected);
        assert_eq!((position(&pieces, 7), position(&pieces, 1)), (Some(4), None));
    }
}
