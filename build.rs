//! Build script: names a missing build tool in one sentence, then makes the heading face.
//!
//! The face is Libertinus Serif Semibold (SIL Open Font License 1.1), taken from the
//! `typst-assets` crate, cut down to the characters headings need and packed as WOFF2 into
//! `OUT_DIR/display-latin.woff2` and `OUT_DIR/display-cyrillic.woff2`. So the repository
//! carries no binary font and building needs no tool beyond cargo and a C compiler.

use std::error::Error;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::{env, fs};

use allsorts::binary::read::ReadScope;
use allsorts::font::{Font, MatchingPresentation};
use allsorts::font_data::FontData;
use allsorts::get_name::fontcode_get_name;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use allsorts::tables::FontTableProvider;
use allsorts::tag;
use ttf2woff2::BrotliQuality;

const FACE: &str = "LibertinusSerif-Semibold";
const POSTSCRIPT_NAME: u16 = 6;

/// The same ranges as `unicode-range` in `static/css/primum.css`.
const LATIN: &[RangeInclusive<u32>] = &[
    0x20..=0x7e,
    0xa0..=0x17f,
    0x218..=0x21b,
    0x2c6..=0x2dd,
    0x2010..=0x2027,
    0x202f..=0x203a,
    0x20ac..=0x20ac,
    0x2116..=0x2116,
    0x2122..=0x2122,
    0x2212..=0x2212,
];
const CYRILLIC: &[RangeInclusive<u32>] = &[0x400..=0x45f, 0x490..=0x491];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // They are embedded; without this a new one waits for another change of the code.
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-env-changed=PATH");
    println!("cargo::rerun-if-env-changed=CC");
    if let Some(sentence) = missing_tools() {
        println!("cargo::error={sentence}");
        return;
    }
    if let Err(error) = write_fonts() {
        println!("cargo::error=The heading font could not be made: {error}.");
    }
}

/// One sentence that names the tools this build needs and cannot find, if any.
fn missing_tools() -> Option<String> {
    let mut needed = Vec::new();
    if env::var_os("CC").is_none() && env::var("CARGO_CFG_TARGET_ENV").as_deref() != Ok("msvc") {
        needed.push(("cc", "gcc"));
    }
    if env::var_os("CARGO_FEATURE_POSTGRES").is_some() {
        needed.extend([("make", "make"), ("perl", "perl")]);
    }
    needed.retain(|(program, _)| !is_on_path(program));
    let (programs, packages): (Vec<_>, Vec<_>) = needed.into_iter().unzip();
    (!programs.is_empty()).then(|| {
        format!(
            "Building Primum needs {}, which could not be found; on Debian or Ubuntu: apt-get install {}",
            programs.join(" and "),
            packages.join(" "),
        )
    })
}

fn is_on_path(program: &str) -> bool {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(&file).is_file()))
}

fn write_fonts() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo set no OUT_DIR")?);
    let face = typst_assets::fonts()
        .find(|data| postscript_name(data).as_deref() == Some(FACE))
        .ok_or_else(|| format!("typst-assets has no face named {FACE}"))?;
    write_subset(face, LATIN, &out.join("display-latin.woff2"))?;
    write_subset(face, CYRILLIC, &out.join("display-cyrillic.woff2"))
}

fn postscript_name(data: &[u8]) -> Option<String> {
    let font = ReadScope::new(data).read::<FontData<'_>>().ok()?;
    let tables = font.table_provider(0).ok()?;
    let names = tables.read_table_data(tag::NAME).ok()?;
    let name = fontcode_get_name(&names, POSTSCRIPT_NAME).ok()??;
    name.into_string().ok()
}

fn write_subset(
    data: &[u8],
    ranges: &[RangeInclusive<u32>],
    path: &Path,
) -> Result<(), Box<dyn Error>> {
    let tables = ReadScope::new(data).read::<FontData<'_>>()?.table_provider(0)?;
    let mut font = Font::new(tables)?;
    let mut glyphs = vec![0]; // .notdef always stays
    for character in ranges.iter().cloned().flatten().filter_map(char::from_u32) {
        let (glyph, _) =
            font.lookup_glyph_index(character, MatchingPresentation::NotRequired, None);
        glyphs.push(glyph);
    }
    glyphs.sort_unstable();
    glyphs.dedup();
    let profile = SubsetProfile::Minimal;
    let smaller = subset(&font.font_table_provider, &glyphs, &profile, CmapTarget::Unicode)?;
    let packed = ttf2woff2::encode(&smaller, BrotliQuality::from(11))?;
    fs::write(path, packed)?;
    Ok(())
}
