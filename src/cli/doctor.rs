//! `primum doctor`: looks at everything that could be wrong, changes nothing.

use chrono::TimeDelta;

use super::{Refused, folder, missing_file, say};
use crate::actions::audit;
use crate::actions::editions::{self, Damage};
use crate::app;
use crate::config::Options;
use crate::store::{self, DbConn};

/// What was found: each check's line, and whether it is good.
#[derive(Default)]
struct Findings(Vec<Result<String, String>>);

impl Findings {
    fn good(&mut self, line: impl Into<String>) {
        self.0.push(Ok(line.into()));
    }

    fn bad(&mut self, line: impl Into<String>) {
        self.0.push(Err(line.into()));
    }
}

/// Prints a line a check; those that failed go to standard error.
pub fn examine(options: &Options) -> Result<(), Refused> {
    let mut findings = Findings::default();
    key(options, &mut findings);
    database(options, &mut findings);
    let mut failed = Vec::new();
    for finding in findings.0 {
        match finding {
            Ok(line) => say(&format!("ok: {line}")),
            Err(line) => failed.push(format!("FAILED: {line}")),
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Refused(failed)) }
}

fn key(options: &Options, findings: &mut Findings) {
    match folder::read_key(&options.data.join("key")) {
        Ok(Some(_)) => findings.good("key: there"),
        Ok(None) => findings.good("key: none yet; `primum serve` makes one"),
        Err(Refused(lines)) => findings.bad(format!("key: {}", lines.join(" "))),
    }
}

fn database(options: &Options, findings: &mut Findings) {
    let url = options.database(false);
    if let Some(path) = missing_file(&url) {
        findings.bad(format!("database: there is none at {path}; `primum serve` makes one"));
        return;
    }
    let (pool, lacking) = match store::inspect(&url) {
        Ok(opened) => opened,
        Err(fault) => {
            findings.bad(format!("database: {fault}"));
            return;
        }
    };
    findings.good("database: answers, and keeps what it is given");
    if lacking > 0 {
        findings.bad(format!(
            "migrations: {lacking} to come; `primum serve` of this version carries them out"
        ));
        return;
    }
    findings.good("migrations: all carried out");
    let outcome = pool
        .get()
        .map_err(|fault| Refused::from(store::Error::from(fault)))
        .and_then(|mut conn| contents(&mut conn, findings));
    if let Err(Refused(lines)) = outcome {
        findings.bad(format!("database: {}", lines.join(" ")));
    }
}

fn contents(conn: &mut DbConn, findings: &mut Findings) -> Result<(), Refused> {
    match store::check_integrity(conn)? {
        None => findings.good("integrity: every page and reference is sound"),
        Some(fault) => findings.bad(format!("integrity: {fault}")),
    }
    let damage = editions::verify(conn)?;
    for damage in &damage {
        findings.bad(damage.to_string());
    }
    for edition in store::editions::list_published(conn)? {
        let own = |damage: &Damage| Some(damage.edition) == edition.number;
        if let (Some(number), Some(hash)) = (edition.number, edition.sha256)
            && !damage.iter().any(own)
        {
            findings.good(format!("edition {number}: sha256 {hash}"));
        }
    }
    let chain = audit::verify_chain(conn)?;
    let (sealed, tail) = (chain.sealed, chain.tail);
    match chain.broken_at {
        None => findings.good(format!("audit log: {sealed} rows sealed, {tail} in the tail")),
        Some(link) => findings
            .bad(format!("audit log: link {link} is not what was sealed ({sealed} before it are)")),
    }
    let waiting = store::outbox::count_waiting(conn)?;
    let failed = store::outbox::count_failed(conn, app::now() - TimeDelta::days(30))?;
    findings.good(format!("mail: {waiting} waiting, {failed} given up in the last 30 days"));
    Ok(())
}
