//! The shape of the code itself: who may import whom, how long a file may be, what a
//! template may contain. Every rule has a control: a planted fault that it must find.

mod migrations;

use std::path::Path;

/// The table of ARCHITECTURE.md: a layer of `src/`, which others it may import, and what it
/// never mentions. A layer that is not here fails the test.
const LAYERS: &[(&str, &[&str], &[&str])] = &[
    ("domain", &[], IMPURE),
    ("markdown", &[], IMPURE),
    ("store", &["domain"], &["actix", "askama"]),
    ("secrets", &[], &["diesel", "actix", "askama"]),
    (
        "actions",
        &["domain", "markdown", "store", "export", "secrets"],
        &["diesel::", "actix", "askama"],
    ),
    ("export", &["domain", "markdown"], &["diesel", "actix", "askama"]),
    ("mail", &["domain", "i18n"], &["diesel", "actix"]),
    ("i18n", &["domain"], &["diesel", "actix"]),
    ("config", &["domain"], &["diesel", "actix"]),
    ("app", &["domain", "store", "i18n", "mail", "config", "secrets"], &["actix"]),
    (
        "jobs",
        &["domain", "store", "actions", "mail", "app", "secrets", "i18n"],
        &["diesel::", "actix"],
    ),
    (
        "web",
        &["domain", "markdown", "store", "actions", "export", "i18n", "app", "mail", "secrets"],
        &["diesel::"],
    ),
    ("demo", &["*"], &["diesel::"]),
    ("cli", &["*"], &[]),
];

const IMPURE: &[&str] =
    &["std::env", "std::fs", "std::net", "std::process", "Instant::now", "SystemTime"];

/// The pure layers, and the only crates that they may use beside std.
#[rustfmt::skip] // a layer, its crates
const PURE: &[(&str, &[&str])] = &[
    ("domain", &["chrono", "chrono_tz", "serde", "thiserror"]),
    ("markdown", &["aho_corasick", "ammonia", "htmd", "memchr", "pulldown_cmark", "saphyr_parser", "serde",
        "similar", "thiserror"]),
];

/// Words with one home: the text, the files that may hold it, and why.
const HOMES: &[(&str, &[&str], &str)] = &[
    ("Utc::now", &["src/app"], "the clock is read by App::now() only"),
    ("Local::now", &[], "times are UTC; the clock is read by App::now() only"),
    ("SystemTime::now", &[], "the clock is read by App::now() only"),
    ("env::var", &["src/config"], "the environment is read in config only"),
    ("super::super::", &[], "say `crate::…`, so that layers can be seen"),
];

/// The web layer reads the store; it writes through actions. Sessions are the exception.
const WRITES: &[&str] = &[
    "insert_", "update_", "delete_", "append_", "create_", "save_", "set_", "mark_", "add_",
    "remove_", "replace_", "insert(", "delete(", "clear(", "prune(",
];
const WEB_MAY_WRITE: &str = "src/web/session";

/// The one template that prints HTML as it is: text that the sanitiser has passed.
const MAY_PRINT_HTML: &[&str] = &["templates/parts/prose.html"];

const BANNED_NAMES: &[&str] = &[
    "util", "utils", "helper", "helpers", "manager", "managers", "service", "services", "handler",
    "handlers", "dto", "entity", "entities", "info", "data", "misc",
];

const LONGEST_FILE: usize = 520;
const LONGEST_LINE: usize = 110;

// ---- the rules, each from (path, text) to findings

fn layer_faults(path: &str, text: &str) -> Vec<String> {
    let Some(name) = layer_of(path) else { return Vec::new() };
    let Some((_, layers, never)) = LAYERS.iter().find(|layer| layer.0 == name) else {
        return vec![format!("{path}: `{name}` is not in the table of layers in {}", file!())];
    };
    let is_root = path == format!("src/{name}.rs") || path == format!("src/{name}/mod.rs");
    on_each(path, code_of(text), |line, found| {
        let mut imported = names_after(line, "crate::");
        imported.extend(names_after(line, "super::").into_iter().filter(|_| is_root));
        for other in imported.into_iter().filter(|other| *other != name) {
            let is_layer = LAYERS.iter().any(|layer| layer.0 == other);
            if is_layer && !layers.contains(&other) && !layers.contains(&"*") {
                found.push(format!("{name} may not import {other}"));
            }
        }
        for word in never.iter().filter(|word| mentions(line, word)) {
            found.push(format!("{name} never mentions `{word}`"));
        }
        if name == "web" && !path.starts_with(WEB_MAY_WRITE) && writes_the_store(line) {
            found.push("web only reads the store: write through actions".to_owned());
        }
    })
}

fn crate_faults(path: &str, text: &str, dependencies: &[String]) -> Vec<String> {
    let Some((_, allowed)) = PURE.iter().find(|layer| Some(layer.0) == layer_of(path)) else {
        return Vec::new();
    };
    on_each(path, code_of(text), |line, found| {
        for name in dependencies.iter().filter(|name| !allowed.contains(&name.as_str())) {
            let uses = [format!("{name}::"), format!("use {name};"), format!("#[{name}(")];
            if uses.iter().any(|usage| mentions(line, usage)) {
                found.push(format!("may not use the crate {name}"));
            }
        }
    })
}

fn home_faults(path: &str, text: &str) -> Vec<String> {
    if !path.starts_with("src/") {
        return Vec::new();
    }
    on_each(path, code_of(text), |line, found| {
        for (word, homes, reason) in HOMES {
            let at_home = homes.iter().any(|home| is_within(path, home));
            if !at_home && mentions(line, word) {
                found.push(format!("`{word}`: {reason}"));
            }
        }
    })
}

fn shape_faults(path: &str, text: &str) -> Vec<String> {
    if text.starts_with("// @generated") {
        return Vec::new();
    }
    let mut found = on_each(path, lines_of(text), |line, found| {
        if line.chars().count() > LONGEST_LINE {
            found.push(format!("longer than {LONGEST_LINE} columns"));
        }
    });
    if !text.starts_with("//! ") {
        found.push(format!("{path}:1: begin with a `//!` line that says what lives here"));
    }
    // The schema is a list that diesel prints, one thing however long.
    if text.lines().count() > LONGEST_FILE && path != "src/store/schema.rs" {
        found.push(format!("{path}: longer than {LONGEST_FILE} lines: what two things is it?"));
    }
    found
}

fn name_faults(path: &str, text: &str) -> Vec<String> {
    let stem = Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut found = Vec::new();
    if is_banned(&stem) {
        found.push(format!("{path}: a file is not called `{stem}`: name the thing"));
    }
    found.extend(on_each(path, code_of(text), |line, found| {
        for keyword in ["fn ", "struct ", "enum ", "trait ", "type ", "mod "] {
            for name in names_after(line, keyword).into_iter().filter(|name| is_banned(name)) {
                found.push(format!("nothing is called `{name}`: name the thing"));
            }
        }
        if mentions(line, "is_deleted") {
            found.push("`is_deleted`: say what happened and when, as in `withdrawn_at`".to_owned());
        }
    }));
    found
}

fn template_faults(path: &str, text: &str) -> Vec<String> {
    let mut found = on_each(path, lines_of(text), |line, found| {
        let dense: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        let raw = dense.contains("|safe") || dense.contains("autoescapefalse");
        if raw && !MAY_PRINT_HTML.contains(&path) {
            found.push("prints text as HTML: only sanitised Markdown may".to_owned());
        }
    });
    for (line, tag) in tags_of(text) {
        let (name, attributes) = tag.split_first().unwrap();
        let has = |wanted: &str| attributes.iter().any(|it| it.split('=').next() == Some(wanted));
        let reason = if has("style") || name == "style" {
            "styles stand in static/css"
        } else if attributes.iter().any(|it| it.starts_with("on")) {
            "behaviour stands in static/"
        } else if name == "script" && !has("src") {
            "a script has a src"
        } else if attributes.iter().any(|it| it.contains("javascript:")) {
            "an address is not a script"
        } else {
            continue;
        };
        found.push(format!("{path}:{line}: the policy forbids this: {reason}"));
    }
    found
}

// ---- the rules over the tree

fn assert_none(found: impl IntoIterator<Item = String>) {
    let found: Vec<_> = found.into_iter().collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn layers_import_only_what_the_table_allows() {
    let dependencies = dependencies();
    assert_none(files("src", "rs").iter().flat_map(|(path, text)| {
        let crates = crate_faults(path, text, &dependencies);
        [layer_faults(path, text), crates, home_faults(path, text)].concat()
    }));
}

#[test]
fn modules_are_short_introduced_and_well_named() {
    let files = [files("src", "rs"), files("tests", "rs")].concat();
    assert_none(files.iter().flat_map(|(path, text)| shape_faults(path, text)));
    let named = files.iter().filter(|(path, _)| path != "tests/it/tidy.rs"); // it plants names
    assert_none(named.flat_map(|(path, text)| name_faults(path, text)));
}

#[test]
fn templates_keep_the_content_security_policy() {
    let templates = files("templates", "html");
    assert_none(templates.iter().flat_map(|(path, text)| template_faults(path, text)));
}

// ---- the controls: what is planted is found, its honest neighbour is not

#[test]
fn a_planted_import_is_found() {
    let faults = |layer: &str, line: &str| layer_faults(&format!("src/{layer}.rs"), line).len();
    assert_eq!(faults("domain/call", "use crate::store::calls;"), 1);
    assert_eq!(faults("domain/call", "use crate::{web, domain::pen, store::calls};"), 2);
    assert_eq!(faults("domain", "use super::web;"), 1);
    assert_eq!(faults("domain/call", "let now = Instant::now();"), 1);
    assert_eq!(faults("store/calls", "fn page() -> actix_web::HttpResponse {}"), 1);
    assert_eq!(faults("actions/calls", "use diesel::prelude::*;"), 1);
    assert_eq!(faults("markdown", "use crate::domain::pen;"), 1);
    assert_eq!(faults("export/docx", "use crate::i18n::Catalog;"), 1);
    assert_eq!(faults("mail/wire", "crate::store::outbox::list_due(conn)"), 1);
    assert_eq!(faults("jobs", "crate::web::page()"), 1);
    assert_eq!(faults("app", "use crate::actions;"), 1);
    assert_eq!(faults("web/calls", "store::calls::insert_call(conn, call)"), 1);
    assert_eq!(faults("novelty/mod", "//! A layer that the table does not know."), 1);

    assert_eq!(faults("domain/call", "use crate::domain::pen; // not crate::store"), 0);
    assert_eq!(faults("store/calls", "use crate::domain::call::Call;"), 0);
    assert_eq!(faults("web/calls", "store::calls::find_call(conn, id)"), 0);
    assert_eq!(faults("web/session", "store::sessions::insert_session(conn, it)"), 0);
    assert_eq!(faults("cli", "use crate::{web, store};"), 0);
    assert_eq!(faults("lib", "pub mod web; pub mod store;"), 0);
}

#[test]
fn a_planted_crate_is_found() {
    assert!(dependencies().contains(&"serde_json".to_owned()), "{:?}", dependencies());
    let dependencies =
        ["chrono", "diesel", "getrandom", "pulldown_cmark", "serde"].map(String::from);
    let faults = |path: &str, line: &str| crate_faults(path, line, &dependencies).len();
    assert_eq!(faults("src/domain/call.rs", "use serde::Serialize;"), 0);
    assert_eq!(faults("src/domain/call.rs", "use diesel::prelude::*;"), 1);
    assert_eq!(faults("src/domain/call.rs", "let id = getrandom::u64();"), 1);
    assert_eq!(faults("src/markdown/mod.rs", "#[diesel(table_name = x)]"), 1);
    assert_eq!(faults("src/domain/call.rs", "use chrono::NaiveDate;"), 0);
    assert_eq!(faults("src/markdown/mod.rs", "use pulldown_cmark::Parser;"), 0);
    assert_eq!(faults("src/store/calls.rs", "use serde::Serialize;"), 0);
}

#[test]
fn a_planted_clock_is_found() {
    assert_eq!(home_faults("src/web/page.rs", "let now = Utc::now();").len(), 1);
    assert_eq!(home_faults("src/web/page.rs", "let at = chrono::Utc::now();").len(), 1);
    assert_eq!(home_faults("src/web/page.rs", "std::env::var(\"HOME\")").len(), 1);
    assert_eq!(home_faults("src/web/page.rs", "use super::super::store;").len(), 1);
    assert_eq!(home_faults("src/app.rs", "Utc::now()").len(), 0);
    assert_eq!(home_faults("src/application.rs", "Utc::now()").len(), 1);
}

#[test]
fn a_planted_shape_is_found() {
    let faults = |text: &str| shape_faults("src/call.rs", text).len();
    assert_eq!(faults("use std::fmt;\n"), 1);
    assert_eq!(faults(&format!("//! Calls.\n// {}\n", "x".repeat(LONGEST_LINE))), 1);
    assert_eq!(faults(&format!("//! Calls.\n{}", "\n".repeat(LONGEST_FILE))), 1);
    assert_eq!(faults(&format!("//! Calls.\n{}", "\n".repeat(LONGEST_FILE - 1))), 0);
}

#[test]
fn a_planted_name_is_found() {
    let faults = |path: &str, text: &str| name_faults(path, text).len();
    assert_eq!(faults("src/util.rs", ""), 1);
    assert_eq!(faults("src/web/date_utils.rs", ""), 1);
    assert_eq!(faults("src/a.rs", "pub struct CallManager;"), 1);
    assert_eq!(faults("src/a.rs", "async fn process_call() {}"), 1);
    assert_eq!(faults("src/a.rs", "fn do_it() {} fn update_status() {}"), 2);
    assert_eq!(faults("src/a.rs", "is_deleted: bool,"), 1);
    assert_eq!(faults("src/a.rs", "struct Metadata; fn undo_it() {} let data = 1;"), 0);
}

#[test]
fn a_planted_template_fault_is_found() {
    let faults = |text: &str| template_faults("templates/desk.html", text).len();
    assert_eq!(faults("<p>{{ text | safe }}</p>"), 1);
    assert_eq!(faults("<p style=\"color: red\">"), 1);
    assert_eq!(faults("<p\n  class=\"a\"\n  onclick='go()'>"), 1);
    assert_eq!(faults("<style>p {}</style>"), 1);
    assert_eq!(faults("<script>go()</script>"), 1);
    assert_eq!(faults("<a href=\"javascript:go()\">"), 1);
    assert_eq!(faults("<script src=\"/a.js\" type=module></script>"), 0);
    assert_eq!(faults("<p class=\"style=x\" data-style=x>style=x onclick= {{ one }}</p>"), 0);
    assert_eq!(faults("{% if a > b %}<b{% if on %} hidden{% endif %} title=\"{{ on }}\">"), 0);
    assert_eq!(template_faults(MAY_PRINT_HTML[0], "{{ html|safe }}").len(), 0);
}

#[test]
fn code_is_read_without_comments_and_imports_as_one_line() {
    let code = |text: &str| code_of(text).into_iter().map(|(_, line)| line).collect::<Vec<_>>();
    assert_eq!(code("a // b\n\"http://x\" // y\n'\"' // z"), ["a ", "\"http://x\" ", "'_' "]);
    let import = code_of("use crate::{\n    web, // c\n    store::{a, b},\n};\nfn x() {}");
    assert_eq!(import.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 5]);
    assert_eq!(names_after(&import[0].1, "crate::"), ["web", "store", ""]);
}

// ---- reading code by eye, without a parser

/// Files under a folder of the repository, with paths relative to it; none if it is not there.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let Ok(entries) = root.join(folder).read_dir() else { return found };
    for entry in entries.flatten() {
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(files(&path, extension));
        } else if entry.path().extension().is_some_and(|it| it == extension) {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            found.push((path, text));
        }
    }
    found.sort();
    found
}

/// The crates that Cargo.toml names, spelled as in code.
fn dependencies() -> Vec<String> {
    let manifest = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    let manifest: toml::Table = manifest.parse().unwrap();
    manifest["dependencies"].as_table().unwrap().keys().map(|key| key.replace('-', "_")).collect()
}

/// `src/web/page.rs` and `src/web.rs` are of the layer `web`; `main` and `lib` are of none.
fn layer_of(path: &str) -> Option<&str> {
    let name = path.strip_prefix("src/")?.split('/').next()?;
    let name = name.strip_suffix(".rs").unwrap_or(name);
    (name != "main" && name != "lib").then_some(name)
}

fn is_within(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

fn on_each(
    path: &str,
    lines: Vec<(usize, String)>,
    rule: impl Fn(&str, &mut Vec<String>),
) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in lines {
        let mut here = Vec::new();
        rule(&line, &mut here);
        found.extend(here.into_iter().map(|fault| format!("{path}:{number}: {fault}")));
    }
    found
}

fn lines_of(text: &str) -> Vec<(usize, String)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line.to_owned())).collect()
}

/// The lines without `//` comments; an import over several lines becomes one.
fn code_of(text: &str) -> Vec<(usize, String)> {
    let mut code: Vec<(usize, String)> = Vec::new();
    for (number, line) in lines_of(text) {
        let line = line.replace("'\"'", "'_'");
        let in_text = |at: usize| line[..at].replace("\\\"", "").matches('"').count() % 2 == 1;
        let end = line.match_indices("//").find(|(at, _)| !in_text(*at));
        let line = &line[..end.map_or(line.len(), |(at, _)| at)];
        match code.last_mut() {
            Some((_, import)) if mentions(import, "use ") && !import.contains(';') => {
                import.push_str(line);
            }
            _ => code.push((number, line.to_owned())),
        }
    }
    code
}

/// Line, name and attributes of each HTML tag; what askama fills in stands as `_`.
fn tags_of(template: &str) -> Vec<(usize, Vec<String>)> {
    let mut html = template.to_owned();
    for (open, close, filling) in [("{#", "#}", " "), ("{%", "%}", " "), ("{{", "}}", "_")] {
        while let Some(start) = html.find(open) {
            let end = html[start..].find(close).map_or(html.len(), |at| start + at + 2);
            let lines = "\n".repeat(html[start..end].matches('\n').count());
            html.replace_range(start..end, &format!("{filling}{lines}"));
        }
    }
    let mut found = Vec::new();
    for (at, _) in html.match_indices('<') {
        let (mut words, mut quote) = (vec![String::new()], None);
        for c in html[at + 1..].chars() {
            match quote {
                None if c == '>' => break,
                None if c.is_whitespace() => words.push(String::new()),
                None if c == '"' || c == '\'' => quote = Some(c),
                Some(end) if c == end => quote = None,
                _ => words.last_mut().unwrap().extend(c.to_lowercase()),
            }
        }
        words.retain(|word| !word.is_empty());
        if words.first().is_some_and(|name| name.starts_with(char::is_alphabetic)) {
            found.push((html[..at].matches('\n').count() + 1, words));
        }
    }
    found
}

fn continues_a_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether the word stands in the line, not as the end of a longer name.
fn mentions(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(continues_a_name))
}

/// The names that follow a prefix: one in `crate::a::b`, two in `crate::{a::b, c}`.
fn names_after<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    let mut names = Vec::new();
    for (at, _) in line.match_indices(prefix) {
        if line[..at].ends_with(continues_a_name) {
            continue;
        }
        let rest = &line[at + prefix.len()..];
        let mut parts = vec![rest];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            parts = group
                .split(|c| {
                    depth += i32::from(c == '{') - i32::from(c == '}');
                    c == ',' && depth == 0
                })
                .collect();
        }
        for part in parts {
            let part = part.trim_start();
            names.push(&part[..part.find(|c| !continues_a_name(c)).unwrap_or(part.len())]);
        }
    }
    names
}

fn writes_the_store(line: &str) -> bool {
    line.match_indices("store::").any(|(at, prefix)| {
        let path = &line[at + prefix.len()..];
        let path = &path[..path.find(|c| !continues_a_name(c) && c != ':').unwrap_or(path.len())];
        let verb = path.rsplit("::").next().unwrap_or(path);
        WRITES.iter().any(|write| verb.starts_with(write))
    })
}

/// Whether a name in either case has one of the words that say nothing.
fn is_banned(name: &str) -> bool {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    let words: Vec<_> = snake.split('_').collect();
    let idle_verb = matches!(words[0], "process" | "do") && name != "do";
    idle_verb || snake == "update_status" || words.iter().any(|word| BANNED_NAMES.contains(word))
}
