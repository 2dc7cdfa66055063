//! Real texts, mutated at random: the same mutations every time. `PRIMUM_FUZZ_SECONDS=600`
//! goes on for that long and says how far it came.

use std::time::{Duration, Instant};

use super::hunt::next;
use super::survives;

/// Mutations tried where nobody asks for a time.
const FEW: u64 = 300;
/// Longer texts only make it slower.
const LONGEST: usize = 2500;

const SIGNS: [&str; 40] = [
    "\n",
    "\n\n",
    "\n\n\n",
    "  ",
    "\t",
    "    ",
    "- ",
    "1. ",
    "10) ",
    "> ",
    "# ",
    "```\n",
    "~~~",
    "|",
    "| - |\n",
    "\n|---|\n",
    "[",
    "]",
    "](",
    ")",
    "[^1]",
    "\n[^1]: ",
    "\n[a]: b\n",
    "*",
    "**",
    "_",
    "`",
    "<",
    ">",
    "<!--",
    "-->",
    "<div>\n",
    "\\",
    "&",
    "---\n",
    "===\n",
    "\u{202E}",
    "\u{AD}",
    "医",
    "\r\n",
];

/// The repository's own Markdown.
fn corpus() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["src/demo/content/recommendations", "src/i18n/pages", "."] {
        let Ok(entries) = root.join(folder).read_dir() else { continue };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| path.extension().is_some_and(|it| it == "md")) {
            texts.push(std::fs::read_to_string(path).unwrap());
        }
    }
    texts
}

struct Mutator {
    state: u64,
    corpus: Vec<String>,
}

impl Mutator {
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(next(&mut self.state) % end.max(1) as u64).unwrap()
    }

    /// A place in a text between two characters; often at the start of a line.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        if self.below(2) == 0 {
            at = text[..text.floor_char_boundary(at)].rfind('\n').map_or(0, |at| at + 1);
        }
        text.floor_char_boundary(at)
    }

    fn piece(&mut self, text: &str) -> std::ops::Range<usize> {
        let from = self.place(text);
        let length = [3, 20, 200, 900][self.below(4)];
        from..text.floor_char_boundary((from + self.below(length)).min(text.len()))
    }

    fn text(&mut self) -> String {
        let which = self.below(self.corpus.len());
        let text = self.corpus[which].clone();
        let from = self.place(&text);
        let end = text.floor_char_boundary((from + LONGEST).min(text.len()));
        text[from..end].to_owned()
    }

    fn mutate(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..=self.below(6) {
            let piece = self.piece(&text);
            let at = self.place(&text);
            match self.below(6) {
                0 => text.replace_range(piece, ""),
                1 => text.insert_str(at, &text.clone()[piece]),
                2 => {
                    let own = text[piece.clone()].to_owned();
                    text.replace_range(piece, "");
                    let at = self.place(&text);
                    text.insert_str(at, &own);
                }
                3 => {
                    let other = self.text();
                    let piece = self.piece(&other);
                    text.insert_str(at, &other[piece]);
                }
                4 => {
                    let sign = SIGNS[self.below(SIGNS.len())];
                    text.replace_range(piece.start..piece.start, sign);
                }
                _ => {
                    let sign = SIGNS[self.below(SIGNS.len())];
                    text.replace_range(piece, sign);
                }
            }
        }
        text
    }
}

#[test]
fn mutated_texts_break_nothing() {
    let seconds = std::env::var("PRIMUM_FUZZ_SECONDS").ok().and_then(|it| it.parse().ok());
    let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let corpus = corpus();
    assert!(corpus.len() > 30, "the repository's texts are found: {}", corpus.len());
    let mut mutator = Mutator { state: 7, corpus };
    let mut done = 0_u64;
    while end.map_or(done < FEW, |end| Instant::now() < end) {
        let base = mutator.text();
        let ours = mutator.mutate(&base);
        let theirs = mutator.mutate(&base);
        let faults = survives(&base, &ours, &theirs);
        assert!(faults.is_empty(), "after {done}: {}", faults[0]);
        done += 1;
    }
    println!("{done} mutations");
}
