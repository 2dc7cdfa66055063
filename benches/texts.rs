//! Text work, alone: Markdown to safe HTML, files, comparison.
//! `cargo bench --bench texts`; the HTTP comparison is in README.md here.

use primum::markdown::anchor::{self, Quote, Spot};
use primum::markdown::compare::compare;
use primum::markdown::ids::{self, Keyed};
use primum::markdown::merge::merge;
use primum::markdown::{self, sections};

/// Counts what is held at most: the column `max alloc`.
#[global_allocator]
static MEMORY: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// About `bytes` bytes of ordinary prose with lists, links and a table.
fn prose(bytes: usize) -> String {
    let mut text = String::new();
    let mut n = 0;
    while text.len() < bytes {
        n += 1;
        text.push_str(&format!(
            "Paragraph {n} says what hospitals **should** do, and why; see [the source]\
             (https://example.org/{n}).\n\n- one thing\n- another thing with *stress*\n\n"
        ));
        if n % 10 == 0 {
            text.push_str("| what | who |\n| --- | --- |\n| drills | wards |\n\n");
        }
    }
    text
}

#[divan::bench(args = [2_000, 20_000, 200_000, 512_000])]
fn markdown_to_safe_html(bencher: divan::Bencher, bytes: usize) {
    let text = prose(bytes);
    bencher
        .counter(divan::counter::BytesCount::new(text.len()))
        .bench(|| markdown::render(&text, "statement"));
}

/// The bare libraries on the same bytes: the yardstick of target 7.
#[divan::bench(args = [20_000])]
fn pulldown_cmark_and_ammonia(bencher: divan::Bencher, bytes: usize) {
    let text = prose(bytes);
    bencher.counter(divan::counter::BytesCount::new(text.len())).bench(|| {
        let mut html = String::new();
        let options = pulldown_cmark::Options::all();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(&text, options));
        ammonia::clean(&html)
    });
}

/// Pairs of long texts: what two people make of one in a day, and the worst there is.
#[derive(Debug, Clone, Copy)]
enum Shape {
    /// Every seventh paragraph changed, some put in, one moved.
    Edited,
    /// All of it in one paragraph.
    OneBlock,
    /// A word changed in every paragraph.
    Everywhere,
    /// No word in common.
    Unlike,
}

const SHAPES: [Shape; 4] = [Shape::Edited, Shape::OneBlock, Shape::Everywhere, Shape::Unlike];
const LONG: usize = 50_000;

/// A text of about so many words, every sentence another one.
fn long(words: usize) -> Vec<String> {
    let sentence = |n: usize| {
        format!(
            "Sentence {n} says that ward {} and vendor {} should keep {} copies, as [agreed]\
             (https://example.org/{n}), before day {}. ",
            n % 97,
            n * 7 % 1013,
            n % 5,
            n % 31
        )
    };
    (0..words / 60).map(|n| (0..4).map(|at| sentence(4 * n + at)).collect()).collect()
}

/// Base, ours and theirs.
fn texts(shape: Shape) -> [String; 3] {
    let blocks = long(LONG);
    let edit = |every: usize, from: &str, to: &str| -> Vec<String> {
        let change = |(n, block): (usize, &String)| {
            if n % every == 0 { block.replacen(from, to, 2) } else { block.clone() }
        };
        blocks.iter().enumerate().map(change).collect()
    };
    let (mut ours, mut theirs) = (edit(7, "should", "must"), edit(7, "before day", "until day"));
    match shape {
        Shape::Edited => {
            ours.insert(300, "A paragraph that ours put in between two others.".into());
            let moved = theirs.remove(40);
            theirs.insert(500, moved);
        }
        Shape::OneBlock => {
            return [blocks, ours, theirs].map(|blocks| blocks.concat());
        }
        Shape::Everywhere => {
            (ours, theirs) = (edit(1, "should", "must"), edit(1, "before day", "until day"));
        }
        Shape::Unlike => {
            let spell = |mark: char| -> Vec<String> {
                let word = |n: usize| format!("{mark}{n} ");
                let block = |n: usize| (0..60).map(|at| word(60 * n + at)).collect();
                (0..LONG / 60).map(block).collect()
            };
            (ours, theirs) = (spell('x'), spell('y'));
        }
    }
    [blocks, ours, theirs].map(|blocks| blocks.join("\n\n"))
}

/// Target 12: under 300 ms and 50 MB.
#[divan::bench(args = SHAPES)]
fn compare_50_000_words(bencher: divan::Bencher, shape: Shape) {
    let [base, ours, _] = texts(shape);
    bencher.bench(|| compare(&base, &ours));
}

#[divan::bench(args = SHAPES)]
fn merge_50_000_words(bencher: divan::Bencher, shape: Shape) {
    let [base, ours, theirs] = texts(shape);
    bencher.bench(|| merge(&base, &ours, &theirs));
}

/// Where a hundred comments on 20 kB stand in the next revision.
#[divan::bench]
fn find_100_anchors_again(bencher: divan::Bencher) {
    let [old, new] = ["should", "must"].map(|word| prose(20_000).replace("should", word));
    let (first, next) = ids::carry(&[], &[("s", &old)], 1);
    let before = [Keyed { section: "s", body: &old, ids: &first[0] }];
    let (second, _) = ids::carry(&before, &[("s", &new)], next);
    let after = [Keyed { section: "s", body: &new, ids: &second[0] }];
    let plain = anchor::plain_blocks(&old);
    let quotes: Vec<(i32, Quote)> = (0..100)
        .filter_map(|n| {
            let at = n * 3 % plain.len();
            let length = plain[at].chars().count();
            Some((first[0][at], anchor::quote(&plain[at], n % 5, length - length / 4)?))
        })
        .collect();
    let spots: Vec<Spot> =
        quotes.iter().map(|(id, quote)| Spot { block: Some(*id), quote: Some(quote) }).collect();
    bencher.bench(|| anchor::standings(&before, &after, &spots));
}

#[divan::bench]
fn read_a_file(bencher: divan::Bencher) {
    let file = include_str!("../src/demo/content/recommendations/RES-01.md");
    let audiences: Vec<(String, String)> = [
        ("policy-makers", "Policy makers"),
        ("technology-vendors", "Technology vendors"),
        ("diplomats", "Diplomats"),
        ("healthcare-practitioners", "Healthcare practitioners"),
    ]
    .map(|(slug, name)| (slug.to_owned(), name.to_owned()))
    .to_vec();
    bencher.bench(|| sections::parse(file, &audiences));
}
