//! Published texts as Markdown: an entry as a file that `primum import` reads,
//! and a whole edition as one document.

use std::fmt::Write;

use super::Document;
use crate::domain::edition::{Entry, LocalName, Manifest, Paragraph};
use crate::domain::recommendation::action_kind;
use crate::markdown::paragraphs::linked;
use crate::markdown::{footnotes_apart, sections};

/// One entry: front matter, the statement, then its sections. `address` is its
/// permanent one.
#[must_use]
pub fn entry(entry: &Entry, address: &str) -> String {
    let paragraph = |own: &Paragraph| {
        let number = own.number?;
        Some(format!("¶ {number} {address}#b{}", own.block))
    };
    sections::write(&sections::SourceFile {
        reference: Some(entry.reference.clone()),
        title: entry.title.clone(),
        track: entry.track.clone(),
        audiences: entry.actions.iter().map(|action| action.audience.clone()).collect(),
        statement: entry.statement.clone(),
        rationale: entry.rationale.clone(),
        actions: entry
            .actions
            .iter()
            .map(|action| (action.audience.clone(), action.text.clone()))
            .collect(),
        paragraphs: entry.paragraphs.iter().filter_map(paragraph).collect(),
        ..sections::SourceFile::default()
    })
}

/// A whole edition: what it is and how to check it, the foreword, the contents
/// and every entry.
#[must_use]
pub fn edition(document: &Document<'_>) -> String {
    let Document { programme, manifest, sha256, entries, address } = document;
    let number = manifest.number;
    let date = manifest.published_at.split('T').next().unwrap_or_default();
    let mut out = format!("# {}: edition {number}\n\n", escape(programme));
    _ = write!(
        out,
        "Published on {date}. This edition is the conveners’ compilation of texts that each \
         track agreed; the tracks have not adopted it as a whole.\n\n\
         - Address: <{address}>\n\
         - Manifest: <{address}/manifest.json>\n\
         - SHA-256 of the manifest, which is the edition’s hash: `{sha256}`\n\n\
         Each recommendation is also a file of its own, at its address with `.md` or `.json`.\n"
    );
    if !manifest.foreword.is_empty() {
        let foreword = footnotes_apart(&manifest.foreword, "foreword");
        _ = write!(out, "\n## Foreword\n\n{foreword}");
    }
    out.push_str("\n## Contents\n\n");
    for (entry, place) in entries.iter().zip(1..) {
        let title = escape(&entry.title);
        _ = writeln!(out, "{place}. [{} {title}]({address}/{0})", entry.reference);
    }
    for own in *entries {
        write_entry(&mut out, own, manifest, address);
    }
    out
}

fn write_entry(out: &mut String, entry: &Entry, manifest: &Manifest, address: &str) {
    let reference = &entry.reference;
    let track = manifest.tracks.iter().find(|track| track.slug == entry.track);
    let track = track.map_or(entry.track.as_str(), |track| english(&track.names, &entry.track));
    _ = write!(
        out,
        "\n## {reference} {}\n\n{}, revision {}, agreed on {}. <{address}/{reference}>\n\n",
        escape(&entry.title),
        escape(track),
        entry.revision,
        entry.agreed_on,
    );
    let mut section = |heading: &str, kind: &str, body: &str| {
        let own = entry.paragraphs.iter().filter(|own| own.section == kind);
        let own: Vec<&Paragraph> = own.collect();
        let body = linked(body, |at| {
            let (block, number) = own.get(at).map(|own| (own.block, own.number))?;
            Some(format!("[¶ {}]({address}/{reference}#b{block})", number?))
        });
        // Footnotes of one entry must not answer to those of another.
        let body =
            footnotes_apart(&body, &format!("{reference}-{}", kind.trim_start_matches("for:")));
        if !heading.is_empty() {
            _ = write!(out, "\n### {heading}\n\n");
        }
        out.push_str(&body);
    };
    section("", "statement", &entry.statement);
    if !entry.rationale.is_empty() {
        section("Rationale", "rationale", &entry.rationale);
    }
    for action in &entry.actions {
        let slug = &action.audience;
        let audience = manifest.audiences.iter().find(|own| own.slug == *slug);
        let name = audience.map_or(slug.as_str(), |own| english(&own.names, slug));
        section(&format!("For {}", escape(name)), &action_kind(slug), &action.text);
    }
}

fn english<'a>(names: &'a [LocalName], slug: &'a str) -> &'a str {
    names.iter().find(|name| name.language == "en").map_or(slug, |name| &name.name)
}

/// A line of plain text as Markdown that reads the same.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::edition::{Action, FORMAT, ManifestEntry, NamedAudience, NamedTrack};

    fn names(name: &str) -> Vec<LocalName> {
        vec![LocalName { language: "en".into(), name: name.into() }]
    }

    fn paragraph(section: &str, block: i32, number: Option<usize>) -> Paragraph {
        Paragraph { section: section.into(), block, number }
    }

    fn text(reference: &str) -> Entry {
        Entry {
            format: FORMAT.into(),
            edition: 1,
            reference: reference.into(),
            title: "Keep *care* going".into(),
            language: "en".into(),
            track: "resilience".into(),
            revision: 2,
            agreed_on: "2026-10-01".into(),
            statement: "Hospitals should plan.[^1]\n\n[^1]: Note.\n".into(),
            rationale: "Because.\n".into(),
            actions: vec![Action { audience: "diplomats".into(), text: "Speak.\n".into() }],
            paragraphs: vec![
                paragraph("statement", 4, Some(1)),
                paragraph("statement", 5, None),
                paragraph("rationale", 9, Some(2)),
                paragraph("for:diplomats", 2, Some(3)),
            ],
        }
    }

    #[test]
    fn an_entry_is_a_file_that_can_be_imported() {
        let audiences = vec![("diplomats".to_owned(), "Diplomats".to_owned())];
        let file = sections::parse(&entry(&text("RES-01"), "https://x.example/RES-01"), &audiences)
            .unwrap();
        assert_eq!(file.paragraphs[1], "¶ 2 https://x.example/RES-01#b9");
        assert_eq!(file.reference.as_deref(), Some("RES-01"));
        assert_eq!(file.title, "Keep *care* going");
        assert_eq!(file.statement, text("RES-01").statement);
        assert_eq!(file.actions, [("diplomats".to_owned(), "Speak.\n".to_owned())]);
    }

    #[test]
    fn an_edition_says_what_it_is_and_keeps_its_footnotes_apart() {
        let manifest = Manifest {
            format: FORMAT.into(),
            number: 1,
            published_at: "2026-11-01T10:00:00Z".into(),
            language: "en".into(),
            foreword: "Read this.\n".into(),
            tracks: vec![NamedTrack {
                slug: "resilience".into(),
                reference: "RES".into(),
                names: names("Resilience"),
            }],
            audiences: vec![NamedAudience { slug: "diplomats".into(), names: names("Diplomats") }],
            entries: vec![ManifestEntry { reference: "RES-01".into(), sha256: "00".into() }],
        };
        let entries = [text("RES-01"), text("RES-02")];
        let address = "https://primum.example.org/editions/1";
        let (programme, sha256) = ("Care", "abc");
        let document =
            Document { programme, manifest: &manifest, sha256, entries: &entries, address };
        let file = edition(&document);
        for part in [
            "# Care: edition 1\n",
            "conveners’ compilation of texts that each track agreed",
            "`abc`",
            "<https://primum.example.org/editions/1/RES-02>",
            "## Foreword\n\nRead this.\n\n## Contents\n\n1. [RES-01 Keep \\*care\\* going]",
            "[¶ 1](https://primum.example.org/editions/1/RES-01#b4) Hospitals should \
             plan.[^RES-01-statement-1]\n\n[^RES-01-statement-1]: Note.\n",
            "### For Diplomats\n\n[¶ 3](https://primum.example.org/editions/1/RES-01#b2) Speak.\n",
            "[^RES-02-statement-1]: Note.\n\n### Rationale\n\n\
             [¶ 2](https://primum.example.org/editions/1/RES-02#b9) Because.\n\n### For Diplomats\n",
        ] {
            assert!(file.contains(part), "{part} in {file}");
        }
    }
}
