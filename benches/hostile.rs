//! Every text operation on every hostile shape at the largest length there may be.
//!
//! `cargo bench --bench hostile [-- PART OF A SHAPE'S NAME …]`. What is counted is the processor
//! time of the one thread, which a busy machine changes little; the exit code is 1 if an operation
//! takes more than [`MOST`]. `KIB=64` makes the texts shorter, `SHOW=50` prints more of the
//! slowest, `WORK=merge` does only what has this in its name.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use primum::markdown::anchor::{self, Quote, Spot};
use primum::markdown::compare::compare;
use primum::markdown::ids::{self, Keyed};
use primum::markdown::merge::merge;
use primum::markdown::{self, brackets, controls};

#[path = "../src/markdown/shapes.rs"]
mod shapes;

use shapes::dice;

/// Milliseconds of processor time that any operation may take.
const MOST: f64 = 500.0;
/// What takes longer than this is measured again.
const WORTH: f64 = 250.0;
const AGAIN: usize = 2;
const COMMENTS: usize = 100;

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let number = |name: &str| std::env::var(name).ok().and_then(|it| it.parse::<usize>().ok());
    let size = number("KIB").unwrap_or(512) << 10;
    let work = std::env::var("WORK").unwrap_or_default();
    let mut table = Table { work, shape: "", refused: Vec::new(), rows: Vec::new() };
    for (shape, text) in shapes::shapes(size) {
        if !wanted.is_empty() && !wanted.iter().any(|part| shape.contains(part)) {
            continue;
        }
        table.shape = shape;
        table.shape(text);
    }
    table.print(number("SHOW").unwrap_or(30))
}

/// A case with its fastest and its median run, in milliseconds of processor time.
struct Row {
    case: String,
    operation: &'static str,
    fastest: f64,
    median: f64,
}

struct Table {
    work: String,
    shape: &'static str,
    /// Shapes that are not accepted at all.
    refused: Vec<&'static str>,
    rows: Vec<Row>,
}

impl Table {
    fn time<T>(&mut self, operation: &'static str, of: &str, work: impl Fn() -> T) {
        let gap = if of.is_empty() { "" } else { " " };
        let case = format!("{}: {operation}{gap}{of}", self.shape);
        if !case.contains(&self.work) {
            return;
        }
        let run = || {
            let start = spent();
            black_box(work());
            spent() - start
        };
        let mut runs = vec![run()];
        if runs[0] > WORTH {
            runs.extend((0..AGAIN).map(|_| run()));
        }
        runs.sort_by(f64::total_cmp);
        if runs[0] > MOST {
            eprintln!("{:10.0}{:10.0}  {case}", runs[0], runs[runs.len() / 2]);
        }
        self.rows.push(Row { case, operation, fastest: runs[0], median: runs[runs.len() / 2] });
    }

    fn shape(&mut self, text: String) {
        let text = markdown::normalise(&text);
        self.time("render", "", || markdown::render(&text, "s"));
        if markdown::render(&text, "s").is_err() {
            self.refused.push(self.shape);
            return;
        }
        self.time("render a note", "", || markdown::render_note(&text, "s"));
        self.time("plain", "", || markdown::plain(&text));
        self.time("hidden", "", || controls::scan(&text));
        self.time("brackets", "", || brackets::scan(&text));
        self.time("brackets: pairs", "", || brackets::alternatives(&text));
        self.time("brackets: share", "", || brackets::clean_share(&text));
        let blocks = markdown::blocks::blocks(&text).len();
        self.time("edit", "a block", || {
            markdown::replace(&text, blocks / 2, Some("- new\n\nwords"))
        });
        self.time("edit", "a block away", || markdown::replace(&text, blocks / 2, None));
        self.time("edit", "a block in", || {
            markdown::insert_after(&text, Some(blocks / 2), "new words")
        });
        let parts = parts(&text);
        let [edited, other] = [edited(&parts, 5), edited(&parts, 11)];
        let [mixed, back] = [shuffled(&parts), parts.iter().rev().copied().collect::<String>()];
        let strange = spelt(&text, 1);
        // All of it put in behind one line, or taken away.
        let line = "The first line stays.\n\n";
        let [grown, also] = [&text, &strange].map(|text| format!("{line}{text}"));
        self.time("compare", "with nothing", || compare(&text, ""));
        self.time("merge", "all put in twice", || merge(line, &grown, &also));
        self.time("merge", "edited and taken away", || {
            merge(&grown, &format!("{line}{edited}"), line)
        });
        for (of, new) in [
            ("edited", &edited),
            ("shuffled", &mixed),
            ("reversed", &back),
            ("spelt a little otherwise", &spelt(&text, 9)),
            ("spelt otherwise", &strange),
        ] {
            self.time("compare", of, || compare(&text, new));
            self.pair(of, &text, new);
        }
        for (of, ours, theirs) in [
            ("edited twice", &edited, &other),
            ("edited and shuffled", &edited, &mixed),
            ("shuffled and reversed", &mixed, &back),
            ("edited and spelt otherwise", &edited, &strange),
            ("spelt otherwise twice", &spelt(&text, 9), &spelt(&text, 8)),
        ] {
            self.time("merge", of, || merge(&text, ours, theirs));
        }
    }

    /// What a revision costs: its ids, and where the comments on the one before stand in it.
    fn pair(&mut self, of: &str, old: &str, new: &str) {
        if !["ids", "comments"].iter().any(|own| own.contains(&self.work)) && !self.work.is_empty()
        {
            return;
        }
        let (first, next) = ids::carry(&[], &[("s", old)], 1);
        let before = [Keyed { section: "s", body: old, ids: &first[0] }];
        self.time("ids", of, || ids::carry(&before, &[("s", new)], next));
        let (second, _) = ids::carry(&before, &[("s", new)], next);
        let after = [Keyed { section: "s", body: new, ids: &second[0] }];
        let quotes = comments(old, &first[0]);
        let spots: Vec<Spot> = quotes
            .iter()
            .map(|(block, quote)| Spot { block: *block, quote: quote.as_ref() })
            .collect();
        self.time("comments", of, || anchor::standings(&before, &after, &spots));
    }

    fn print(mut self, most: usize) -> ExitCode {
        let mut operations: Vec<&str> = self.rows.iter().map(|row| row.operation).collect();
        let mut seen = std::collections::HashSet::new();
        operations.retain(|own| seen.insert(*own));
        self.rows.sort_by(|left, right| right.fastest.total_cmp(&left.fastest));
        println!("{:>10}{:>10}", "fastest ms", "median");
        for row in self.rows.iter().take(most) {
            println!("{:10.0}{:10.0}  {}", row.fastest, row.median, row.case);
        }
        println!("\nslowest of each operation, of {} cases in all", self.rows.len());
        for operation in operations {
            if let Some(row) = self.rows.iter().find(|row| row.operation == operation) {
                println!("{:10.0}{:10.0}  {}", row.fastest, row.median, row.case);
            }
        }
        let over = self.rows.iter().filter(|row| row.fastest > MOST).count();
        println!("\nrefused when they are saved: {}", self.refused.join(", "));
        println!("\n{over} over {MOST} ms");
        ExitCode::from(u8::from(over > 0))
    }
}

/// Milliseconds this thread has had a processor; where that is not told, milliseconds.
fn spent() -> f64 {
    // Giving way brings the count up to date.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|it| it.split(' ').next()?.parse::<u64>().ok());
    match nanoseconds {
        #[allow(clippy::cast_precision_loss)]
        Some(nanoseconds) => nanoseconds as f64 / 1e6,
        None => START.with(|start| start.elapsed().as_secs_f64() * 1e3),
    }
}

thread_local! {
    static START: Instant = Instant::now();
}

/// A text in its blocks, or if it has few in its lines, its words, its letters.
fn parts(text: &str) -> Vec<&str> {
    let cuts: [&dyn Fn(&str) -> Vec<&str>; 3] = [
        &|text| text.split_inclusive("\n\n").collect(),
        &|text| text.split_inclusive('\n').collect(),
        &|text| text.split_inclusive(' ').collect(),
    ];
    for cut in cuts {
        let parts = cut(text);
        if parts.len() > 8 {
            return parts;
        }
    }
    text.split_inclusive(|_| true).collect()
}

/// What a busy day makes of a text: of each so many parts one gone, one new, one said twice.
fn edited(parts: &[&str], every: usize) -> String {
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        match at % every {
            0 if at % 3 == 0 => {}
            0 if at % 3 == 1 => {
                out.push_str("new");
                out.push_str(part);
            }
            0 => {
                out.push_str(part);
                out.push_str(part);
            }
            _ => out.push_str(part),
        }
    }
    out
}

fn shuffled(parts: &[&str]) -> String {
    let mut parts = parts.to_vec();
    let mut throw = dice(1);
    for at in (1..parts.len()).rev() {
        parts.swap(at, throw(at + 1));
    }
    parts.concat()
}

/// Another text of the same shape: one letter or digit in so many is another one.
fn spelt(text: &str, every: usize) -> String {
    let mut throw = dice(every as u64);
    let other = |here: char| {
        if here.is_ascii_alphabetic() && throw(every) == 0 {
            char::from(b'a' + u8::try_from(throw(26)).unwrap_or(0))
        } else if here.is_ascii_digit() && throw(every) == 0 {
            char::from(b'0' + u8::try_from(throw(10)).unwrap_or(0))
        } else if here.is_alphabetic() && !here.is_ascii() && throw(every) == 0 {
            char::from_u32(u32::from(here) ^ 1).unwrap_or(here)
        } else {
            here
        }
    };
    text.chars().map(other).collect()
}

/// Comments on words here and there, on whole blocks, and on words of no known block.
fn comments(text: &str, ids: &[i32]) -> Vec<(Option<i32>, Option<Quote>)> {
    let plain = anchor::plain_blocks(text);
    let mut found = Vec::new();
    for n in 0..COMMENTS {
        let at = n * plain.len() / COMMENTS;
        let Some(own) = plain.get(at) else { continue };
        let chars = own.chars().count();
        let start = if chars > 400 { n * (chars - 300) / COMMENTS } else { n % 3 };
        let quote = anchor::quote(own, start, (start + 3 + n * 2).min(chars));
        match n % 10 {
            0 => found.push((Some(ids[at]), None)),
            1 => found.push((None, quote)),
            _ => found.push((Some(ids[at]), quote)),
        }
    }
    found
}
