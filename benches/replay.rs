//! Real editing histories through the text engine, beside `git merge-file`.
//!
//! `cargo bench --bench replay -- REPOSITORY [PATHSPEC]`: every Markdown file of a git
//! repository, every revision. Consecutive revisions are compared, ids carried, comments' words
//! followed; edits of two sides are merged: those of its merge commits, and of each three
//! revisions in a row the first with both changes, the later one carried back by git, word by
//! word. Beside it: what git makes of the lines, and of the words, a line each. It is said, and
//! the exit code is 1, when a text is lost or a clean merge drops a side's words.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

use primum::markdown::anchor::{self, Fate, Spot};
use primum::markdown::compare::{self, SpanKind};
use primum::markdown::ids::{self, Keyed};
use primum::markdown::{merge, normalise};

#[path = "../tests/it/properties/held.rs"]
mod held;

/// Words that are followed through a history, a revision.
const SPOTS: usize = 20;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).filter(|it| it != "--bench");
    let Some(repository) = arguments.next() else {
        println!("replay: name a git repository to replay its Markdown");
        return ExitCode::SUCCESS;
    };
    let pathspec = arguments.next().unwrap_or_else(|| "*.md".to_owned());
    let git = Git { folder: repository };
    let mut tally = Tally::default();
    for path in git.paths(&pathspec) {
        let revisions = git.revisions(&path);
        tally.count("files", 1);
        follow(&revisions, &mut tally);
        for three in revisions.windows(3) {
            // What the third changed, as if it had been made of the first.
            let back = by_words(&three[0], &three[1], &three[2]).map(|text| normalise(&text));
            if let Some(theirs) = back {
                put_together(&three[0], &three[1], &theirs, &three[2], "in a row", &mut tally);
            }
        }
    }
    for (base, ours, theirs, made) in git.merges(&pathspec) {
        put_together(&base, &ours, &theirs, &made, "merge commits", &mut tally);
    }
    tally.print();
    ExitCode::from(u8::from(tally.lost > 0))
}

#[derive(Default)]
struct Tally {
    counts: BTreeMap<String, usize>,
    lost: usize,
}

impl Tally {
    fn count(&mut self, what: &str, many: usize) {
        *self.counts.entry(what.to_owned()).or_default() += many;
    }

    fn loses(&mut self, what: &str, texts: &[&str]) {
        self.lost += 1;
        println!("LOST: {what}");
        if let Some(folder) = std::env::var_os("REPLAY_SHOW") {
            for (at, text) in texts.iter().enumerate() {
                let path = Path::new(&folder).join(format!("{}-{at}.md", self.lost));
                std::fs::write(path, text).ok();
            }
        }
    }

    fn print(&self) {
        for (what, many) in &self.counts {
            println!("{many:8} {what}");
        }
        println!("{:8} LOST", self.lost);
    }
}

/// Compares each revision with the next, and follows words through all of them.
fn follow(revisions: &[String], tally: &mut Tally) {
    let section = "text";
    let mut next = 1;
    let mut last: Option<(&String, Vec<i32>)> = None;
    let mut spots: Vec<(Option<i32>, anchor::Quote)> = Vec::new();
    let mut random = 1_u64;
    for text in revisions {
        tally.count("revisions", 1);
        let old: Vec<Keyed> = match &last {
            Some((body, ids)) => vec![Keyed { section, body, ids }],
            None => vec![],
        };
        let (mut found, free) = ids::carry(&old, &[(section, text)], next);
        next = free;
        let keys = found.remove(0);
        if let Some((before, old_ids)) = &last {
            compares(before, text, tally);
            let new = [Keyed { section, body: text, ids: &keys }];
            let kept = old_ids.iter().filter(|id| keys.contains(id)).count();
            tally.count("ids: of the revision before", old_ids.len());
            tally.count("ids: kept", kept);
            let asked: Vec<Spot> = spots
                .iter()
                .map(|(block, quote)| Spot { block: *block, quote: Some(quote) })
                .collect();
            let standing = anchor::standings(&old, &new, &asked);
            let plain = anchor::plain_blocks(text);
            let mut kept = Vec::new();
            for ((_, quote), stands) in spots.iter().zip(&standing) {
                let place = stands.at.zip(stands.range.clone());
                let words = place.as_ref().map(|(at, range)| -> String {
                    plain[*at].chars().skip(range.start).take(range.len()).collect()
                });
                // Words that stand twice in their block are known to be there, not where.
                let exact = quote.exact.trim();
                let there = || stands.at.is_some_and(|at| plain[at].contains(exact));
                let same = words.as_ref().map_or_else(there, |words| words == exact);
                let (fate, truth) = match &stands.fate {
                    Fate::Unchanged => ("unchanged", same),
                    Fate::Moved => ("moved", same),
                    Fate::Changed { old, new } => {
                        ("changed", words.as_ref() == Some(new) && old.trim() == exact)
                    }
                    Fate::Gone => ("gone", true),
                };
                tally.count(&format!("anchors: {fate}"), 1);
                if !truth {
                    tally.loses(&format!("an anchor that is {fate}: {quote:?} {stands:?}"), &[]);
                }
                let again = place.as_ref().and_then(|(at, range)| {
                    Some((Some(keys[*at]), anchor::quote(&plain[*at], range.start, range.end)?))
                });
                kept.extend(again);
            }
            spots = kept;
        }
        let plain = anchor::plain_blocks(text);
        while spots.len() < SPOTS && plain.iter().any(|text| text.chars().count() > 20) {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = usize::try_from(random >> 33).unwrap_or(0);
            let block = &plain[at % plain.len()];
            let length = block.chars().count();
            if length <= 20 {
                continue;
            }
            let start = at / 7 % (length - 10);
            let end = (start + 10 + at / 11 % 60).min(length);
            spots.extend(
                anchor::quote(block, start, end).map(|it| (Some(keys[at % plain.len()]), it)),
            );
        }
        last = Some((text, keys));
    }
}

/// The comparison holds all of both texts.
fn compares(old: &str, new: &str, tally: &mut Tally) {
    let comparison = compare::compare(old, new);
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let mut sides = [String::new(), String::new()];
    for row in &comparison.rows {
        sides[1].extend(row.new.iter().map(|span| span.text.as_str()));
        let inline = row.inline.iter().filter(|span| span.kind != SpanKind::Deleted);
        let inline: String = inline.map(|span| span.text.as_str()).collect();
        let new: String = row.new.iter().map(|span| span.text.as_str()).collect();
        if squeeze(&inline) != squeeze(&new) {
            tally.loses("a row's two forms differ", &[old, new.as_str()]);
        }
    }
    tally.count("comparisons", 1);
    let shown = primum::markdown::controls::visible(new);
    if squeeze(&sides[1]) != squeeze(&shown) {
        tally.loses("the new text is not what the comparison shows", &[old, new]);
    }
}

/// Merges two sides here and with git, and holds both against what people made.
fn put_together(base: &str, ours: &str, theirs: &str, made: &str, source: &str, tally: &mut Tally) {
    if ours == base || theirs == base || ours == theirs {
        return;
    }
    let mut count = |what: &str| tally.count(&format!("merges of {source}: {what}"), 1);
    count("all");
    let same = |text: &str| text.split_whitespace().eq(made.split_whitespace());
    let lines = git_merge(ours, base, theirs);
    let words = lines.clone().or_else(|| by_words(ours, base, theirs));
    for (who, text) in [("git by lines", lines), ("git by lines, then words", words)] {
        let Some(text) = text else { continue };
        count(&format!("{who}: clean"));
        if same(&text) {
            count(&format!("{who}: clean as people made it"));
        }
    }
    let merged = merge::merge(base, ours, theirs);
    match merged.text() {
        Some(text) => {
            count("clean");
            if same(&text) {
                count("clean as people made it");
            } else if std::env::var_os("REPLAY_SHOW").is_some() {
                let wanted = compare::compare(made, &text);
                println!("==== differs ({source})");
                for row in wanted.rows.iter().filter(|row| row.kind != compare::RowKind::Same) {
                    println!("  {:?} {}", row.kind, marked(&row.inline));
                }
            }
            for word in held::dropped(base, ours, theirs, &text) {
                tally.loses(&format!("{word:?} in a clean merge"), &[base, ours, theirs, &text]);
            }
        }
        None => {
            tally.count(&format!("merges of {source}: in conflict"), 1);
            tally.count(&format!("merges of {source}: conflicts"), merged.conflicts());
            if std::env::var_os("REPLAY_SHOW").is_some() {
                println!("==== conflict ({source})");
                for part in &merged.parts {
                    if let merge::Part::Conflict { base, ours, theirs } = part {
                        println!("  BASE {base}  OURS {ours}  THEIRS {theirs}");
                    }
                }
            }
            // Whoever takes one side at every conflict gets all of that side's words.
            let ours_again = merged.resolve(&[]);
            let choices: Vec<String> = merged
                .parts
                .iter()
                .filter_map(|part| match part {
                    merge::Part::Conflict { theirs, .. } => Some(theirs.clone()),
                    merge::Part::Settled { .. } => None,
                })
                .collect();
            let theirs_again = merged.resolve(&choices);
            let new = |word: &String| !base.contains(word);
            for word in held::dropped(base, ours, base, &ours_again).into_iter().filter(new) {
                tally.loses(&format!("{word:?} of ours"), &[base, ours, theirs, &ours_again]);
            }
            for word in held::dropped(base, base, theirs, &theirs_again).into_iter().filter(new) {
                tally.loses(&format!("{word:?} of theirs"), &[base, ours, theirs, &theirs_again]);
            }
        }
    }
}

fn marked(spans: &[compare::Span]) -> String {
    spans
        .iter()
        .map(|span| match span.kind {
            SpanKind::Same => span.text.clone(),
            SpanKind::Inserted => format!("{{+{}+}}", span.text),
            SpanKind::Deleted => format!("[-{}-]", span.text),
        })
        .collect()
}

/// The same with every word, blank and line end on a line of its own.
fn by_words(ours: &str, base: &str, theirs: &str) -> Option<String> {
    let lines = |text: &str| {
        let mut out = String::with_capacity(2 * text.len());
        let mut blank = false;
        for here in text.chars() {
            if !out.is_empty() && (here.is_whitespace() || blank) {
                out.push('\n');
            }
            blank = here.is_whitespace();
            out.push(if here == '\n' { '\u{1}' } else { here });
        }
        out + "\n"
    };
    let merged = git_merge(&lines(ours), &lines(base), &lines(theirs))?;
    Some(merged.replace('\n', "").replace('\u{1}', "\n"))
}

/// What `git merge-file` makes of three texts; `None` for a conflict.
fn git_merge(ours: &str, base: &str, theirs: &str) -> Option<String> {
    let folder = tempfile::tempdir().ok()?;
    let write = |name: &str, text: &str| -> Option<()> {
        let mut file = std::fs::File::create(folder.path().join(name)).ok()?;
        file.write_all(text.as_bytes()).ok()
    };
    write("ours", ours)?;
    write("base", base)?;
    write("theirs", theirs)?;
    let done = Command::new("git")
        .args(["merge-file", "-p", "-q", "ours", "base", "theirs"])
        .current_dir(folder.path())
        .output()
        .ok()?;
    done.status.success().then(|| String::from_utf8(done.stdout).ok()).flatten()
}

struct Git {
    folder: String,
}

impl Git {
    fn run(&self, arguments: &[&str]) -> Option<String> {
        let folder = Path::new(&self.folder);
        let done = Command::new("git").arg("-C").arg(folder).args(arguments).output().ok()?;
        done.status.success().then(|| String::from_utf8(done.stdout).ok()).flatten()
    }

    fn paths(&self, pathspec: &str) -> Vec<String> {
        let log =
            self.run(&["log", "--format=", "--name-only", "--", pathspec]).unwrap_or_default();
        let mut paths: Vec<String> = log.lines().map(str::to_owned).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    fn text(&self, commit: &str, path: &str) -> Option<String> {
        self.run(&["show", &format!("{commit}:{path}")]).map(|text| normalise(&text))
    }

    fn revisions(&self, path: &str) -> Vec<String> {
        let log = self.run(&["log", "--reverse", "--topo-order", "--format=%H", "--", path]);
        let mut texts: Vec<String> =
            log.unwrap_or_default().lines().filter_map(|it| self.text(it, path)).collect();
        texts.dedup();
        texts
    }

    /// Base, both sides and what people made, of every file that both sides of a merge changed.
    fn merges(&self, pathspec: &str) -> Vec<(String, String, String, String)> {
        let mut found = Vec::new();
        let log = self.run(&["log", "--merges", "--format=%H %P"]).unwrap_or_default();
        for line in log.lines() {
            let commits: Vec<&str> = line.split(' ').collect();
            let [made, ours, theirs] = commits[..] else { continue };
            let Some(base) = self.run(&["merge-base", ours, theirs]) else { continue };
            let base = base.trim();
            let names = |side: &str| {
                self.run(&["diff", "--name-only", base, side, "--", pathspec]).unwrap_or_default()
            };
            let other = names(theirs);
            for path in names(ours).lines().filter(|path| other.lines().any(|it| it == *path)) {
                let texts = [base, ours, theirs, made].map(|it| self.text(it, path));
                if let [Some(base), Some(ours), Some(theirs), Some(made)] = texts {
                    found.push((base, ours, theirs, made));
                }
            }
        }
        found
    }
}
