//! `primum merge`: two edits of one text put together, as a merge driver for git or alone.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Refused, transfer};
use crate::markdown::merge;

/// What git and scripts take for "could not be merged at all".
pub const FAILED: u8 = 255;
/// More conflicts than this are reported as so many: a shell uses the numbers above.
const MOST_CONFLICTS: usize = 127;

#[derive(clap::Args)]
pub struct Merge {
    /// Write here instead of to standard output; may be OURS
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The text that both sides started from
    base: PathBuf,
    ours: PathBuf,
    theirs: PathBuf,
}

/// Merges three files; answers how many conflicts the written text has.
pub fn merge(asked: &Merge) -> ExitCode {
    match carry_out(asked) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(conflicts) => {
            let word = if conflicts == 1 { "conflict" } else { "conflicts" };
            eprintln!("{}: {conflicts} {word}, between marks in the text", asked.ours.display());
            ExitCode::from(u8::try_from(conflicts.min(MOST_CONFLICTS)).unwrap_or(FAILED))
        }
        Err(Refused(lines)) => {
            for line in lines {
                eprintln!("{line}");
            }
            ExitCode::from(FAILED)
        }
    }
}

fn carry_out(asked: &Merge) -> Result<usize, Refused> {
    let [base, ours, theirs] =
        [&asked.base, &asked.ours, &asked.theirs].map(|path| transfer::read(path));
    let (base, ours, theirs) = (base?, ours?, theirs?);
    let merged = merge::merge(&base, &ours, &theirs);
    let mut text = merged.marked("ours", "theirs");
    // Who ends lines as Windows does gets them back so.
    if ours.contains("\r\n") && ours.matches('\n').count() == ours.matches("\r\n").count() {
        text = text.replace('\n', "\r\n");
    }
    match &asked.output {
        Some(path) => write(path, &text)?,
        None => super::print(&text)?,
    }
    Ok(merged.conflicts())
}

/// Writes a file so that it is the old or the new one, whatever happens.
fn write(path: &Path, text: &str) -> Result<(), Refused> {
    let broken = |fault: std::io::Error| Refused::because(format!("{}: {fault}", path.display()));
    let there = fs::metadata(path).ok();
    if there.as_ref().is_some_and(|it| !it.is_file()) {
        return fs::write(path, text).map_err(broken);
    }
    // The file itself, not the link that leads to it.
    let path = if there.is_some() { fs::canonicalize(path).map_err(broken)? } else { path.into() };
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let mut file =
        tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(broken)?;
    file.write_all(text.as_bytes()).map_err(broken)?;
    if let Some(there) = there {
        file.as_file().set_permissions(there.permissions()).map_err(broken)?;
    }
    file.persist(&path).map_err(|fault| broken(fault.error))?;
    Ok(())
}
