//! Invented texts and edits of them. Many words stand once in all the world, so that it can be
//! told of each where it must be.

use arbitrary::{Result, Unstructured};

/// A text before it is Markdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    blocks: Vec<Block>,
    /// Words a line; 0 for no line ends within a paragraph.
    wrap: usize,
}

type Words = Vec<String>;

#[derive(Debug, Clone, PartialEq)]
enum Block {
    Heading(usize, Words),
    /// Sentences.
    Paragraph(Vec<Words>),
    Bullet(usize, Words),
    Number(Words),
    Quote(Words),
    /// Rows of cells.
    Table(Vec<Vec<Words>>),
    /// Lines.
    Code(Vec<Words>),
    Definition(String),
}

const COMMON: [&str; 24] = [
    "the",
    "of",
    "and",
    "states",
    "hospitals",
    "should",
    "keep",
    "a",
    "ward",
    "every",
    "*stress*",
    "**must**",
    "[drafted",
    "text]",
    "`x y`",
    "[care](https://example.org/a)",
    "医院应当",
    "مستشفى",
    "škoda",
    "third-party",
    "1,000",
    "e.g.",
    "(or",
    "none)",
];

/// Makes words: a common one, or one with a mark that no other has.
struct Pen {
    mark: char,
    next: usize,
}

impl Pen {
    fn fresh(&mut self) -> String {
        self.next += 1;
        format!("{}{}", self.mark, self.next)
    }

    fn word(&mut self, u: &mut Unstructured) -> Result<String> {
        if u.ratio(1, 2)? { Ok(self.fresh()) } else { Ok((*u.choose(&COMMON)?).to_owned()) }
    }

    fn words(&mut self, u: &mut Unstructured, most: usize) -> Result<Words> {
        let mut words = vec![self.fresh()];
        for _ in 0..u.int_in_range(0..=most)? {
            words.push(self.word(u)?);
        }
        Ok(words)
    }

    fn block(&mut self, u: &mut Unstructured) -> Result<Block> {
        Ok(match u.int_in_range(0..=11)? {
            0 => Block::Heading(u.int_in_range(1..=3)?, self.words(u, 4)?),
            1 | 2 => Block::Bullet(u.int_in_range(0..=2)?, self.words(u, 8)?),
            3 => Block::Number(self.words(u, 8)?),
            4 => Block::Quote(self.words(u, 8)?),
            5 => {
                let columns = u.int_in_range(1..=3)?;
                let rows = u.int_in_range(2..=4)?;
                let row = |pen: &mut Self, u: &mut Unstructured| {
                    (0..columns).map(|_| pen.words(u, 2)).collect()
                };
                Block::Table((0..rows).map(|_| row(self, u)).collect::<Result<_>>()?)
            }
            6 => {
                let lines = u.int_in_range(1..=4)?;
                Block::Code((0..lines).map(|_| self.words(u, 3)).collect::<Result<_>>()?)
            }
            7 => Block::Definition(self.fresh()),
            _ => {
                let sentences = u.int_in_range(1..=4)?;
                Block::Paragraph((0..sentences).map(|_| self.words(u, 9)).collect::<Result<_>>()?)
            }
        })
    }
}

impl Block {
    /// The runs of words in it.
    fn runs(&mut self) -> Vec<&mut Words> {
        match self {
            Self::Heading(_, words)
            | Self::Bullet(_, words)
            | Self::Number(words)
            | Self::Quote(words) => vec![words],
            Self::Paragraph(runs) | Self::Code(runs) => runs.iter_mut().collect(),
            Self::Table(rows) => rows.iter_mut().flatten().collect(),
            Self::Definition(_) => vec![],
        }
    }

    fn is_item(&self) -> bool {
        matches!(self, Self::Bullet(..) | Self::Number(_))
    }
}

impl Text {
    pub fn invent(u: &mut Unstructured) -> Result<Self> {
        let mut pen = Pen { mark: 'b', next: 0 };
        let many = u.int_in_range(1..=9)?;
        let blocks = (0..many).map(|_| pen.block(u)).collect::<Result<_>>()?;
        Ok(Self { blocks, wrap: *u.choose(&[0, 0, 5, 9])? })
    }

    /// The text with a few edits, their new words marked.
    pub fn edit(&self, u: &mut Unstructured, mark: char) -> Result<Self> {
        let mut text = self.clone();
        let mut pen = Pen { mark, next: 0 };
        for _ in 0..u.int_in_range(1..=4)? {
            text.change(u, &mut pen)?;
        }
        Ok(text)
    }

    fn change(&mut self, u: &mut Unstructured, pen: &mut Pen) -> Result<()> {
        if self.blocks.is_empty() {
            self.blocks.push(pen.block(u)?);
            return Ok(());
        }
        let at = u.choose_index(self.blocks.len())?;
        match u.int_in_range(0..=13)? {
            0 => _ = self.blocks.remove(at),
            1 | 2 => self.blocks.insert(at, pen.block(u)?),
            3 => self.blocks.push(pen.block(u)?),
            4 => {
                let block = self.blocks.remove(at);
                let to = u.int_in_range(0..=self.blocks.len())?;
                self.blocks.insert(to, block);
            }
            5 => self.wrap = *u.choose(&[0, 4, 7])?,
            6 => match &mut self.blocks[at] {
                Block::Paragraph(sentences) if sentences.len() > 1 => {
                    let rest = sentences.split_off(1);
                    self.blocks.insert(at + 1, Block::Paragraph(rest));
                }
                Block::Paragraph(sentences) => sentences.push(pen.words(u, 6)?),
                Block::Table(rows) => {
                    let row = rows[0].iter().map(|_| pen.words(u, 2)).collect::<Result<_>>()?;
                    rows.push(row);
                }
                Block::Code(lines) => lines.insert(0, pen.words(u, 2)?),
                Block::Bullet(depth, _) => *depth = 1 - (*depth).min(1),
                _ => {}
            },
            7 => {
                let next = self.blocks.get(at + 1).cloned();
                if let (Block::Paragraph(own), Some(Block::Paragraph(more))) =
                    (&mut self.blocks[at], next)
                {
                    own.extend(more);
                    self.blocks.remove(at + 1);
                }
            }
            _ => {
                let mut runs = self.blocks[at].runs();
                if runs.is_empty() {
                    return Ok(());
                }
                let run = u.choose_index(runs.len())?;
                let words = &mut *runs[run];
                let place = u.choose_index(words.len())?;
                match u.int_in_range(0..=3)? {
                    0 => words[place] = pen.fresh(),
                    1 if words.len() > 1 => _ = words.remove(place),
                    2 => _ = words.splice(place..place, pen.words(u, 2)?),
                    _ => words.push(pen.fresh()),
                }
            }
        }
        Ok(())
    }

    pub fn markdown(&self) -> String {
        let mut out = String::new();
        let (mut number, mut depth) = (0, 0);
        for (at, block) in self.blocks.iter().enumerate() {
            let last = at.checked_sub(1).map(|last| &self.blocks[last]);
            let listed = block.is_item()
                && last.is_some_and(|last| {
                    std::mem::discriminant(last) == std::mem::discriminant(block)
                });
            if at > 0 {
                out.push_str(if listed { "\n" } else { "\n\n" });
            }
            number = if listed { number + 1 } else { 1 };
            match block {
                Block::Heading(level, words) => {
                    out.push_str(&format!("{} {}", "#".repeat(*level), words.join(" ")));
                }
                Block::Paragraph(sentences) => out.push_str(&self.lines(sentences)),
                Block::Bullet(wanted, words) => {
                    depth = if listed { (*wanted).min(depth + 1) } else { 0 };
                    out.push_str(&format!("{}- {}", "  ".repeat(depth), words.join(" ")));
                }
                Block::Number(words) => out.push_str(&format!("{number}. {}", words.join(" "))),
                Block::Quote(words) => out.push_str(&format!("> {}", words.join(" "))),
                Block::Table(rows) => {
                    for (at, row) in rows.iter().enumerate() {
                        let cells: Vec<String> = row.iter().map(|words| words.join(" ")).collect();
                        out.push_str(&format!("| {} |", cells.join(" | ")));
                        if at == 0 {
                            out.push_str(&format!("\n|{}", " --- |".repeat(row.len())));
                        }
                        out.push_str(if at + 1 < rows.len() { "\n" } else { "" });
                    }
                }
                Block::Code(lines) => {
                    let lines: String = lines.iter().map(|line| line.join(" ") + "\n").collect();
                    out.push_str(&format!("```\n{lines}```"));
                }
                Block::Definition(name) => {
                    out.push_str(&format!("[{name}]: https://example.org/x"));
                }
            }
        }
        out + "\n"
    }

    fn lines(&self, sentences: &[Words]) -> String {
        let sentences = sentences.iter().map(|words| words.join(" ") + ".");
        let text = sentences.collect::<Vec<_>>().join(" ");
        if self.wrap == 0 {
            return text;
        }
        let words: Vec<&str> = text.split(' ').collect();
        words.chunks(self.wrap).map(|line| line.join(" ")).collect::<Vec<_>>().join("\n")
    }
}

/// The words with a mark in a text.
pub fn marked(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let is_marked = |word: &&str| {
        word.starts_with(['b', 'o', 't'])
            && word.len() > 1
            && word[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    words.filter(is_marked).collect()
}

/// Pieces that Markdown makes something of, in any order.
pub fn soup(u: &mut Unstructured) -> Result<String> {
    const PIECES: [&str; 56] = [
        "a",
        "word ",
        "\n",
        "\n\n",
        "\n\n\n",
        " ",
        "  \n",
        "\t",
        "    ",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "7) ",
        "# ",
        "### ",
        "===\n",
        "---\n",
        "> ",
        ">> ",
        "```\n",
        "~~~\n",
        "`",
        "``",
        "*",
        "**",
        "_",
        "~~",
        "[",
        "]",
        "](",
        ")",
        "![",
        "[^1]",
        "[^1]: ",
        "[a]: ",
        "<b>",
        "<script>",
        "<!--",
        "-->",
        "https://a.b/c",
        "<https://a.b>",
        "|",
        "| - |",
        "\n|---|\n",
        "- [ ] ",
        "- [x] ",
        "\\",
        "&amp;",
        "&#0;",
        "\u{202E}",
        "\u{AD}",
        "医院",
        "مستشفى",
        "\r\n",
        "\u{0}",
    ];
    let mut out = String::new();
    for _ in 0..u.int_in_range(0..=60)? {
        out.push_str(u.choose(&PIECES)?);
    }
    Ok(out)
}
