//! `primum import`, `export` and `render`: texts in and out of files.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Refused, open, open_existing, print, say};
use crate::actions::transfer::{self, FileFault, ImportError, SourceText};
use crate::config::Options;
use crate::store;
use crate::{app, markdown};

/// No recommendation is longer; a bigger file is something else.
const LARGEST_FILE: u64 = 1024 * 1024;

/// Brings in every `.md` file of a folder, or none.
pub fn import(options: &Options, folder: &Path, dry_run: bool) -> Result<(), Refused> {
    let (texts, faults) = read_folder(folder)?;
    let pool = open(options, false)?;
    let mut conn = pool.get().map_err(store::Error::from)?;
    let now = app::now();
    let outcome = store::write(&mut conn, |conn| {
        let made = transfer::import(conn, &texts, faults, now)?;
        // A rehearsal goes all the way, and is then rolled back.
        if dry_run { Err(Stop::Rehearsed(made)) } else { Ok(made) }
    });
    let (made, done) = match outcome {
        Ok(made) => (made, "imported"),
        Err(Stop::Rehearsed(made)) => (made, "would be imported"),
        Err(Stop::Refused(ImportError::Faults(faults))) => {
            return Err(Refused(faults.iter().map(|fault| located(folder, fault)).collect()));
        }
        Err(Stop::Refused(ImportError::Action(fault))) => return Err(fault.into()),
    };
    for (file, reference) in &made {
        say(&format!("{reference} {done} from {}", folder.join(file).display()));
    }
    Ok(())
}

enum Stop {
    Rehearsed(Vec<(String, String)>),
    Refused(ImportError),
}

impl From<store::Error> for Stop {
    fn from(fault: store::Error) -> Self {
        Self::Refused(fault.into())
    }
}

impl From<ImportError> for Stop {
    fn from(fault: ImportError) -> Self {
        Self::Refused(fault)
    }
}

fn located(folder: &Path, fault: &FileFault) -> String {
    format!("{}:{}: {}", folder.join(&fault.file).display(), fault.line, fault.reason)
}

/// The `.md` files of a folder by name, and what cannot even be read.
fn read_folder(folder: &Path) -> Result<(Vec<SourceText>, Vec<FileFault>), Refused> {
    let broken = |fault: std::io::Error| Refused::because(format!("{}: {fault}", folder.display()));
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        if path.extension().is_some_and(|extension| extension == "md") && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(Refused::because(format!("{}: no .md file in it", folder.display())));
    }
    let (mut texts, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match read_text(&path) {
            Ok(text) => texts.push(SourceText { file, text }),
            Err((line, reason)) => faults.push(FileFault { file, line, reason }),
        }
    }
    Ok((texts, faults))
}

/// A file's text, or the line where it stops being one.
fn read_text(path: &Path) -> Result<String, (usize, String)> {
    let fault = |fault: std::io::Error| (1, fault.to_string());
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(fault)?;
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err((1, format!("larger than {} KiB", LARGEST_FILE / 1024)));
    }
    utf8(bytes)
}

fn utf8(bytes: Vec<u8>) -> Result<String, (usize, String)> {
    String::from_utf8(bytes).map_err(|fault| {
        let good = &fault.as_bytes()[..fault.utf8_error().valid_up_to()];
        let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
        (line, "not UTF-8".to_owned())
    })
}

/// Writes one file a recommendation.
pub fn export(options: &Options, folder: &Path) -> Result<(), Refused> {
    let broken = |fault: std::io::Error| Refused::because(format!("{}: {fault}", folder.display()));
    if folder.exists() && std::fs::read_dir(folder).map_err(broken)?.next().is_some() {
        return Err(Refused::because(format!("{} is not empty", folder.display())));
    }
    let pool = open_existing(options)?;
    let mut conn = pool.get().map_err(store::Error::from)?;
    // One transaction: every text as it stood at the same moment.
    let texts = store::write(&mut conn, transfer::export)?;
    std::fs::create_dir_all(folder).map_err(broken)?;
    for SourceText { file, text } in &texts {
        let path = folder.join(file);
        std::fs::write(&path, text)
            .map_err(|fault| Refused::because(format!("{}: {fault}", path.display())))?;
    }
    say(&format!("{} recommendations written to {}", texts.len(), folder.display()));
    Ok(())
}

/// Prints a text as the pages show it.
pub fn render(file: &Path) -> Result<(), Refused> {
    let name = file.display();
    let text = read(file)?;
    let pieces = markdown::render(&text, "text")
        .map_err(|fault| Refused::because(format!("{name}:{}: {fault}", fault.line())))?;
    let html = markdown::html(&pieces);
    let end = if html.ends_with('\n') { "" } else { "\n" };
    print(&format!("{html}{end}"))
}

/// The text of a file, or of standard input for `-`.
pub fn read(file: &Path) -> Result<String, Refused> {
    let name = file.display();
    let text = if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        utf8(bytes)
    } else {
        let bytes =
            std::fs::read(file).map_err(|fault| Refused::because(format!("{name}: {fault}")))?;
        utf8(bytes)
    };
    text.map_err(|(line, reason)| Refused::because(format!("{name}:{line}: {reason}")))
}
