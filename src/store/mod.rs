//! SQL, and nothing but SQL: the only user of diesel.
//!
//! One code base on two engines. What differs between them is in this file
//! (opening, transactions, migrations) and in `triggers.rs`.

pub mod accounts;
pub mod amendments;
pub mod attempts;
pub mod audit;
pub mod brackets;
pub mod classes;
pub mod co_sponsors;
mod columns;
pub mod comments;
pub mod contests;
pub mod decisions;
pub mod desk;
pub mod editions;
pub mod form_tokens;
pub mod ids;
pub mod invitations;
pub mod ledger;
pub mod mentions;
pub mod organisations;
pub mod outbox;
pub mod pens;
pub mod programme;
pub mod queue;
pub mod readings;
pub mod rebases;
pub mod recommendations;
mod schema;
pub mod sections;
pub mod seed;
pub mod sessions;
pub mod tokens;
pub mod working_copies;
pub mod workshops;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::{self, ManageConnection, R2D2Connection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
#[cfg(feature = "postgres")]
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// How long a writer waits for another before it gives up, in milliseconds.
const BUSY_TIMEOUT_MS: u32 = 10_000;

/// A connection to whichever engine the deployment chose.
#[derive(diesel::MultiConnection)]
pub enum DbConn {
    Sqlite(SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(PgConnection),
}

pub type Pool = r2d2::Pool<Connector>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no database connection")]
    Pool(#[from] r2d2::PoolError),
    #[error("the query failed")]
    Query(#[from] diesel::result::Error),
    #[error("a stored value is not one this version knows: {0}")]
    Corrupt(String),
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Whether a unique key refused the row: somebody else was first.
    #[must_use]
    pub const fn is_taken(&self) -> bool {
        matches!(
            self,
            Self::Query(diesel::result::Error::DatabaseError(
                diesel::result::DatabaseErrorKind::UniqueViolation,
                _
            ))
        )
    }
}

/// Why a database was not opened; each says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "this program was built without PostgreSQL; build it with `cargo build --release --features postgres`"
    )]
    #[cfg(not(feature = "postgres"))]
    WithoutPostgres,
    #[error("the address of a database starts with `sqlite:` or `postgres://`")]
    Scheme,
    #[error("the database cannot be opened: {0}")]
    Connect(String),
    #[error("the database holds tables that are not Primum's ({0}); give it a database of its own")]
    Foreign(String),
    #[error("the database could not be brought to this version: {0}")]
    Migrate(String),
    #[error("SQLite does not keep its promises here: {0}")]
    Pragma(String),
}

/// Opens the database named by `url`, migrated to this version.
///
/// # Errors
/// See [`OpenError`].
pub fn open(url: &str) -> std::result::Result<Pool, OpenError> {
    let engine = Engine::of(url)?;
    let mut first = connect_checked(url)?;
    migrate(&mut first)?;
    drop(first);
    pool(url, &engine)
}

/// Opens the database as it is; answers how many migrations it lacks.
///
/// # Errors
/// See [`OpenError`].
pub fn inspect(url: &str) -> std::result::Result<(Pool, usize), OpenError> {
    let engine = Engine::of(url)?;
    let lacking = match &mut connect_checked(url)? {
        DbConn::Sqlite(conn) => conn.pending_migrations(SQLITE).map(|found| found.len()),
        #[cfg(feature = "postgres")]
        DbConn::Postgres(conn) => conn.pending_migrations(POSTGRES).map(|found| found.len()),
    }
    .map_err(|fault| OpenError::Migrate(fault.to_string()))?;
    Ok((pool(url, &engine)?, lacking))
}

/// The first connection is made by hand: the pool would hide its fault behind
/// a time-out.
fn connect_checked(url: &str) -> std::result::Result<DbConn, OpenError> {
    let mut first = connect(url).map_err(|fault| OpenError::Connect(fault.to_string()))?;
    check_pragmas(&mut first)?;
    refuse_foreign(&mut first)?;
    Ok(first)
}

fn pool(url: &str, engine: &Engine) -> std::result::Result<Pool, OpenError> {
    // SQLite has one writer whatever we do; readers share the rest.
    let size = if *engine == Engine::Sqlite { 8 } else { 12 };
    Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .connection_timeout(std::time::Duration::from_secs(10))
        // A file does not hang up; a server may.
        .test_on_check_out(*engine != Engine::Sqlite)
        .build(Connector { url: url.to_owned() })
        .map_err(|fault| OpenError::Connect(fault.to_string()))
}

#[derive(PartialEq, Eq)]
enum Engine {
    Sqlite,
    #[cfg(feature = "postgres")]
    Postgres,
}

impl Engine {
    fn of(url: &str) -> std::result::Result<Self, OpenError> {
        if url.starts_with("sqlite:") {
            Ok(Self::Sqlite)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            #[cfg(feature = "postgres")]
            return Ok(Self::Postgres);
            #[cfg(not(feature = "postgres"))]
            Err(OpenError::WithoutPostgres)
        } else {
            Err(OpenError::Scheme)
        }
    }
}

/// One connection outside the pool. Chooses the engine by the URL's scheme
/// and by nothing else: the derived
/// `establish` tries each in turn and hides the real fault.
pub fn connect(url: &str) -> ConnectionResult<DbConn> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let mut conn = SqliteConnection::establish(path)?;
        // The busy timeout comes first: changing to WAL takes a lock.
        conn.batch_execute(&format!(
            "PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}; PRAGMA journal_mode = WAL; \
             PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF;"
        ))
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
        return Ok(DbConn::Sqlite(conn));
    }
    #[cfg(feature = "postgres")]
    {
        let mut conn = PgConnection::establish(url)?;
        conn.batch_execute("SET TIME ZONE 'UTC'")
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
        Ok(DbConn::Postgres(conn))
    }
    #[cfg(not(feature = "postgres"))]
    Err(ConnectionError::BadConnection("not a sqlite: address".into()))
}

#[derive(QueryableByName)]
struct Text {
    #[diesel(sql_type = diesel::sql_types::Text)]
    value: String,
}

/// Asks `SQLite` what it really set: durability is a promise, not a wish.
fn check_pragmas(conn: &mut DbConn) -> std::result::Result<(), OpenError> {
    let conn = match conn {
        DbConn::Sqlite(conn) => conn,
        #[cfg(feature = "postgres")]
        DbConn::Postgres(_) => return Ok(()),
    };
    let wanted = [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("recursive_triggers", "1"),
        ("trusted_schema", "0"),
    ];
    for (pragma, value) in wanted {
        let sql = format!("SELECT CAST({pragma} AS TEXT) AS value FROM pragma_{pragma}");
        let found = diesel::sql_query(sql)
            .get_result::<Text>(conn)
            .map_err(|fault| OpenError::Pragma(fault.to_string()))?;
        // A database in memory has no journal file.
        if found.value != value && found.value != "memory" {
            return Err(OpenError::Pragma(format!("{pragma} is {}", found.value)));
        }
    }
    Ok(())
}

/// Refuses a database in which somebody else lives.
fn refuse_foreign(conn: &mut DbConn) -> std::result::Result<(), OpenError> {
    let fault = |fault: diesel::result::Error| OpenError::Connect(fault.to_string());
    let tables: Vec<String> = match conn {
        DbConn::Sqlite(conn) => diesel::sql_query(
            "SELECT name AS value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        )
        .load::<Text>(conn),
        #[cfg(feature = "postgres")]
        DbConn::Postgres(conn) => diesel::sql_query(
            "SELECT table_name::text AS value FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
        )
        .load::<Text>(conn),
    }
    .map_err(fault)?
    .into_iter()
    .map(|row| row.value)
    .collect();
    let ours = |name: &str| TABLES.contains(&name) || name == "__diesel_schema_migrations";
    match tables.iter().find(|name| !ours(name)) {
        Some(foreign) => Err(OpenError::Foreign(foreign.clone())),
        None => Ok(()),
    }
}

fn migrate(conn: &mut DbConn) -> std::result::Result<(), OpenError> {
    match conn {
        DbConn::Sqlite(conn) => conn.run_pending_migrations(SQLITE).map(drop),
        #[cfg(feature = "postgres")]
        DbConn::Postgres(conn) => {
            // Two processes may start at once; the second waits for the first.
            let locked = conn.batch_execute("SELECT pg_advisory_lock(7728102)");
            let outcome = conn.run_pending_migrations(POSTGRES).map(drop);
            let unlocked = conn.batch_execute("SELECT pg_advisory_unlock(7728102)");
            outcome.and(locked.and(unlocked).map_err(Into::into))
        }
    }
    .map_err(|fault| OpenError::Migrate(fault.to_string()))
}

/// Reverts every migration, newest first: what the migrations test checks.
///
/// # Errors
/// When a step fails.
pub fn revert_all(conn: &mut DbConn) -> std::result::Result<(), OpenError> {
    match conn {
        DbConn::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map(drop),
        #[cfg(feature = "postgres")]
        DbConn::Postgres(conn) => conn.revert_all_migrations(POSTGRES).map(drop),
    }
    .map_err(|fault| OpenError::Migrate(fault.to_string()))
}

/// Runs `work` in one write transaction.
///
/// `SQLite` takes its write lock up front: upgrading a read lock half-way
/// fails at once under contention, whatever the busy timeout.
///
/// # Errors
/// Those of `work`, after a rollback, and those of the transaction itself.
pub fn write<T, E: From<Error>>(
    conn: &mut DbConn,
    work: impl FnOnce(&mut DbConn) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    match conn {
        DbConn::Sqlite(conn) => {
            AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")
        }
        #[cfg(feature = "postgres")]
        DbConn::Postgres(conn) => AnsiTransactionManager::begin_transaction(conn),
    }
    .map_err(Error::from)?;
    let outcome = work(conn);
    let ended = if outcome.is_ok() {
        <DbConn as Connection>::TransactionManager::commit_transaction(conn)
    } else {
        <DbConn as Connection>::TransactionManager::rollback_transaction(conn)
    };
    // The work's own fault says more than the rollback's.
    match (outcome, ended) {
        (Ok(_), Err(fault)) => Err(Error::from(fault).into()),
        (outcome, _) => outcome,
    }
}

/// Runs raw SQL: for tests, which plant faults no typed query would.
///
/// # Errors
/// When the database refuses it.
pub fn execute_raw(conn: &mut DbConn, sql: &str) -> Result<()> {
    match conn {
        DbConn::Sqlite(conn) => conn.batch_execute(sql),
        #[cfg(feature = "postgres")]
        DbConn::Postgres(conn) => conn.batch_execute(sql),
    }
    .map_err(Error::from)
}

/// Looks through the whole database for damage; `None` when there is none.
/// PostgreSQL checks its pages itself, as it reads them.
///
/// # Errors
/// When it cannot be read.
pub fn check_integrity(conn: &mut DbConn) -> Result<Option<String>> {
    match conn {
        DbConn::Sqlite(conn) => {
            let found = diesel::sql_query(
                "SELECT quick_check AS value FROM pragma_quick_check WHERE quick_check <> 'ok' \
                 UNION ALL SELECT 'a row of ' || \"table\" || ' refers to nothing' \
                 FROM pragma_foreign_key_check LIMIT 1",
            )
            .get_result::<Text>(conn)
            .optional()?;
            Ok(found.map(|row| row.value))
        }
        #[cfg(feature = "postgres")]
        DbConn::Postgres(_) => Ok(None),
    }
}

/// Answers whether the database answers: for `/readyz`.
///
/// # Errors
/// When it does not.
pub fn ping(conn: &mut DbConn) -> Result<()> {
    execute_raw(conn, "SELECT 1")
}

/// Makes and checks the pool's connections.
pub struct Connector {
    url: String,
}

impl ManageConnection for Connector {
    type Connection = DbConn;
    type Error = r2d2::Error;

    fn connect(&self) -> std::result::Result<DbConn, r2d2::Error> {
        connect(&self.url).map_err(r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut DbConn) -> std::result::Result<(), r2d2::Error> {
        conn.ping().map_err(r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut DbConn) -> bool {
        conn.is_broken()
    }
}

/// Every table, in the order of the migrations.
pub const TABLES: &[&str] = &[
    "programme",
    "programme_texts",
    "stakeholder_groups",
    "stakeholder_group_texts",
    "organisations",
    "tracks",
    "track_texts",
    "audiences",
    "audience_texts",
    "accounts",
    "memberships",
    "invitations",
    "tokens",
    "sessions",
    "sign_in_attempts",
    "workshops",
    "recommendations",
    "revisions",
    "sections",
    "comments",
    "editions",
    "edition_picks",
    "edition_entries",
    "outbox",
    "audit",
    "form_tokens",
    "comment_versions",
    "mentions",
    "amendments",
    "co_sponsors",
    "compromise_falls",
    "rebases",
    "decisions",
    "contests",
    "pens",
    "pen_requests",
    "pen_moves",
    "readings",
    "working_copies",
    "brackets",
];
