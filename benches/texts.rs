//! Text work, alone: Markdown to safe HTML, files, comparison.
//! `cargo bench --bench texts`; the HTTP comparison is in README.md here.

use primum::markdown::compare::compare;
use primum::markdown::{self, sections};

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

#[divan::bench(args = [5_000, 50_000])]
fn compare_words(bencher: divan::Bencher, words: usize) {
    let old = prose(words * 7);
    let new: String = old
        .split("\n\n")
        .enumerate()
        .map(|(n, block)| {
            let block = if n % 7 == 0 { block.replace("should", "could") } else { block.into() };
            format!("{block}\n\n")
        })
        .collect();
    bencher.bench(|| compare(&old, &new));
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
