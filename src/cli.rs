//! The command line: arguments in, an exit code out.
//!
//! Results go to standard output, faults to standard error, one a line. Exit
//! codes: 0 done, 1 refused or a check failed, 2 the command was not understood;
//! `merge` has its own.

mod diff;
mod doctor;
mod folder;
mod invite;
mod log;
mod merge;
mod routes;
mod serve;
mod transfer;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::actions::invitations::SECRETARIAT;
use crate::config::Options;
use crate::domain::role::Role;
use crate::store::{self, OpenError, Pool};

/// Where governments, industry and civil society agree how to protect healthcare from cyberattacks
#[derive(Parser)]
#[command(name = "primum", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: Options,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the platform
    Serve,
    /// Serve an invented dialogue on this machine, kept nowhere
    Demo,
    /// Bring in recommendations, one a .md file
    Import {
        /// Folder with the files
        folder: PathBuf,
        /// Report what would be done, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Write every recommendation to REF.md in a folder that is absent or empty
    Export {
        /// Folder to make
        folder: PathBuf,
    },
    /// Print Markdown as the safe HTML that the pages show
    Render {
        /// File, or - for standard input
        file: PathBuf,
    },
    /// Show what changed between two texts, block by block and word by word
    Diff {
        old: PathBuf,
        new: PathBuf,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Merge two edits of one text, blocks first and then words
    ///
    /// Opens no database. Exit code: 0 merged, 1 to 127 the number of conflicts (between marks
    /// in the text, as git writes them), 255 not merged at all. As a merge driver of git:
    ///
    ///   git config merge.primum.name 'Prose, word by word'
    ///   git config merge.primum.driver 'primum merge -o %A %O %A %B'
    ///   echo '*.md merge=primum' >> .gitattributes
    #[command(verbatim_doc_comment)]
    Merge(merge::Merge),
    /// Check the database, the published editions, the audit log and the mail
    Doctor,
    /// Invite somebody, and print the address to give them
    Invite(invite::Invite),
    /// List every address with its method and who may ask for it
    Routes {
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Why a command was not carried out, a line each.
struct Refused(Vec<String>);

impl Refused {
    fn because(reason: impl Into<String>) -> Self {
        Self(vec![reason.into()])
    }
}

impl<E: std::error::Error> From<E> for Refused {
    /// The fault with its causes, on one line.
    fn from(fault: E) -> Self {
        let mut line = fault.to_string();
        let mut cause = fault.source();
        while let Some(inner) = cause {
            let text = inner.to_string();
            if !line.ends_with(&text) {
                line = format!("{line}: {text}");
            }
            cause = inner.source();
        }
        Self(vec![line.replace('\n', " ")])
    }
}

/// Reads the arguments and does what they ask.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // To `merge`, 2 is a number of conflicts.
        Err(fault) if fault.exit_code() != 0 && is_merge() => {
            // Nobody is left to tell when standard error is closed.
            let _ = fault.print();
            return ExitCode::from(merge::FAILED);
        }
        Err(fault) => fault.exit(),
    };
    let options = &cli.options;
    let outcome = match &cli.command {
        Command::Serve => serve::serve(options),
        Command::Demo => serve::demo(options),
        Command::Import { folder, dry_run } => transfer::import(options, folder, *dry_run),
        Command::Export { folder } => transfer::export(options, folder),
        Command::Render { file } => transfer::render(file),
        Command::Diff { old, new, format } => diff::diff(old, new, *format),
        Command::Merge(asked) => return merge::merge(asked),
        Command::Doctor => doctor::examine(options),
        Command::Invite(invite) => {
            let role_of_secretariat = invite.role == SECRETARIAT;
            if role_of_secretariat == invite.track.is_some() {
                misunderstood(
                    "give either --role secretariat, or --track with one of the roles in a track",
                );
            }
            invite::invite(options, invite)
        }
        Command::Routes { format } => routes::list(*format),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Refused(lines)) => {
            let mut faults = std::io::stderr().lock();
            for line in lines {
                // Nobody is left to tell when standard error is closed.
                let _ = writeln!(faults, "{line}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Ends with the usage and exit code 2.
fn misunderstood(reason: &str) -> ! {
    Cli::command().error(ErrorKind::ArgumentConflict, reason).exit()
}

fn is_merge() -> bool {
    std::env::args_os().nth(1).is_some_and(|word| word == "merge")
}

/// Prints a text; a reader that has seen enough, as in `primum render x.md | head`, is no fault.
fn print(text: &str) -> Result<(), Refused> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        outcome => Ok(outcome?),
    }
}

/// Prints a line of the result; a reader that went away is no fault of ours.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// The roles an invitation may name.
fn role_words() -> Vec<&'static str> {
    let roles = Role::ALL.iter().rev().map(|role| role.as_str());
    std::iter::once(SECRETARIAT).chain(roles).collect()
}

/// Opens the database of a command, seeded; makes it when it is not there.
fn open(options: &Options, for_serve: bool) -> Result<Pool, Refused> {
    let url = options.database(for_serve);
    if options.database_url.is_none() {
        folder::make(&options.data)?;
    }
    folder::reserve(&url)?;
    let pool = store::open(&url)?;
    sow(&pool)?;
    Ok(pool)
}

/// Opens a database that must be there already.
fn open_existing(options: &Options) -> Result<Pool, Refused> {
    let url = options.database(false);
    if let Some(missing) = missing_file(&url) {
        return Err(Refused::because(format!("there is no database at {missing}")));
    }
    let pool = store::open(&url)?;
    sow(&pool)?;
    Ok(pool)
}

/// The path of a `SQLite` database that does not exist.
fn missing_file(url: &str) -> Option<&str> {
    let path = url.strip_prefix("sqlite:")?;
    (!std::path::Path::new(path).exists()).then_some(path)
}

fn sow(pool: &Pool) -> Result<(), Refused> {
    let mut conn = pool.get().map_err(|fault| OpenError::Connect(fault.to_string()))?;
    match store::write(&mut conn, |conn| store::seed::sow(conn, crate::app::now())) {
        // Another process started at the same moment and has seeded it.
        Err(fault) if fault.is_taken() => Ok(()),
        outcome => Ok(outcome?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_in_order() {
        Cli::command().debug_assert();
        let parse = |line: &str| Cli::try_parse_from(line.split(' '));
        assert!(parse("primum serve --listen 127.0.0.1:0").is_ok());
        assert!(parse("primum --data x demo").is_ok());
        let bad = ["primum", "primum fly", "primum import", "primum serve --listen here"];
        for line in bad {
            assert_eq!(parse(line).err().map(|fault| fault.exit_code()), Some(2), "{line}");
        }
        let invite = "primum invite a@b.org --organisation O --role";
        assert!(parse(&format!("{invite} chair --track resilience")).is_ok());
        assert!(parse(&format!("{invite} king")).is_err());
    }

    #[test]
    fn a_fault_is_one_line_with_its_causes() {
        let io = std::io::Error::other("disk\nfull");
        let Refused(lines) = Refused::from(store::Error::Query(
            diesel::result::Error::SerializationError(Box::new(io)),
        ));
        assert_eq!(lines.len(), 1);
        assert!(lines[0].starts_with("the query failed: "), "{lines:?}");
        assert!(!lines[0].contains('\n'), "{lines:?}");
    }
}
