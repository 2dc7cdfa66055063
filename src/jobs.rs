//! What nobody clicks: mail is delivered, the audit log sealed, the cache of
//! public pages kept true, what has run out is pruned.
//!
//! All database work runs on blocking threads; only the conversation with the
//! mail server is asynchronous. `letters.rs` says who is still told of what.

mod letters;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::actions::{self, ActionError};
use crate::app::App;
use crate::mail::{Message, SendFault};
use crate::store::outbox::{self, Waiting};
use crate::store::{self, DbConn};

use letters::Composed;

/// How long a message that was taken for sending is left alone: a process that
/// ends meanwhile has lost it to the next one.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// Messages listed, and sent, at once.
const BATCH: i64 = 100;
const AT_ONCE: usize = 4;
/// After so many attempts nobody tries again.
const MOST_ATTEMPTS: i32 = 10;
/// How long an ending process waits for the messages it is sending.
const GRACE: Duration = Duration::from_secs(5);

const SEAL_EVERY: Duration = Duration::from_secs(1);
const DELIVER_EVERY: Duration = Duration::from_secs(2);
/// Prune at every so many seals: ten minutes.
const PRUNE_EVERY: u64 = 600;

/// How long to wait after so many attempts: 1, 5, 15, 60 minutes, then twice
/// as long each time, so that a mail server may be away for two days.
fn backoff(attempts: i32) -> TimeDelta {
    let minutes = match attempts {
        ..=1 => 1,
        2 => 5,
        3 => 15,
        4..=7 => 60 << (attempts - 4),
        _ => 720,
    };
    TimeDelta::minutes(minutes)
}

// ------------------------------------------------------------------ mail

/// Delivers everything that is due, once; answers how many messages went out.
/// Does nothing while nobody has said how mail is sent.
pub async fn deliver(app: &Arc<App>) -> usize {
    deliver_while(app, || true).await
}

async fn deliver_while(app: &Arc<App>, go_on: impl Fn() -> bool) -> usize {
    let mut delivered = 0;
    if !app.mail.is_set() {
        return delivered;
    }
    loop {
        let now = app.now();
        let list = move |app: &App| app.read(|conn| outbox::list_due(conn, now, BATCH));
        let due = blocking(app, list).await.unwrap_or_default();
        let full = i64::try_from(due.len()) == Ok(BATCH);
        let mut under_way = JoinSet::new();
        let mut clean = true;
        for waiting in due {
            if !go_on() {
                break;
            }
            if under_way.len() >= AT_ONCE {
                tally(under_way.join_next().await, &mut delivered, &mut clean);
            }
            under_way.spawn(deliver_one(app.clone(), waiting));
        }
        while let Some(ended) = under_way.join_next().await {
            tally(Some(ended), &mut delivered, &mut clean);
        }
        // A row the database would not let go of is due again at once: the
        // next pass tries it, not this one for ever.
        if !full || !clean || !go_on() {
            return delivered;
        }
    }
}

type Ended = Result<Result<bool, Unfinished>, tokio::task::JoinError>;

/// The database did not answer; the message is due again after its lease.
struct Unfinished;

fn tally(ended: Option<Ended>, delivered: &mut usize, clean: &mut bool) {
    match ended {
        Some(Ok(Ok(sent))) => *delivered += usize::from(sent),
        Some(_) => *clean = false,
        None => {}
    }
}

/// True when the message went out.
async fn deliver_one(app: Arc<App>, waiting: Waiting) -> Result<bool, Unfinished> {
    let (id, kind) = (waiting.id, waiting.kind);
    let attempts = waiting.attempts + 1;
    let taken = blocking(&app, move |app: &App| take(app, &waiting)).await;
    let Some(message) = taken.map_err(|_| Unfinished)? else { return Ok(false) };
    let outcome = app.mail.send(&message, app.now()).await;
    if let Err(fault) = &outcome {
        tracing::warn!(outbox = id, %kind, attempts, %fault, "a message was not delivered");
    }
    let sent = outcome.is_ok();
    let settle = move |app: &App| settle(app, id, attempts, &outcome);
    blocking(&app, settle).await.map_err(|_| Unfinished)?;
    Ok(sent)
}

/// Claims a row and writes its letter, in one transaction: the token it
/// carries is stored before it leaves. `None` when there is nothing to send.
fn take(app: &App, waiting: &Waiting) -> Result<Option<Message>, ActionError> {
    let now = app.now();
    app.write(|conn| {
        if !outbox::claim(conn, waiting.id, waiting.attempts, now + LEASE)? {
            return Ok(None);
        }
        match letters::compose(app, conn, waiting, now)? {
            Composed::Ready(message) => return Ok(Some(message)),
            Composed::Gone => outbox::mark_delivered(conn, waiting.id, now)?,
            Composed::Unwritable => {
                let fault = SendFault::Unwritable.to_string();
                outbox::mark_failed(conn, waiting.id, now, &fault)?;
            }
        }
        Ok(None)
    })
}

/// Writes down what became of a message. Tried a few times: a message that was
/// sent but not marked would be sent again.
fn settle(app: &App, id: i64, attempts: i32, outcome: &Result<(), SendFault>) -> store::Result<()> {
    let now = app.now();
    let write = |conn: &mut DbConn| match outcome {
        Ok(()) => outbox::mark_delivered(conn, id, now),
        Err(fault) if fault.is_final() || attempts >= MOST_ATTEMPTS => {
            outbox::mark_failed(conn, id, now, &fault.to_string())
        }
        Err(fault) => outbox::postpone(conn, id, now + backoff(attempts), &fault.to_string()),
    };
    app.write(write).or_else(|_| app.write(write)).or_else(|_| app.write(write))
}

// ---------------------------------------------------------- housekeeping

/// Links what was committed since into the audit log's chain; answers how many
/// rows.
///
/// # Errors
/// When the database refuses.
pub fn seal_audit(app: &App) -> store::Result<usize> {
    let mut sealed = 0;
    loop {
        // Looks first, so that an idle platform takes no write lock.
        if app.read(|conn| store::audit::list_unsealed(conn, 1))?.is_empty() {
            return Ok(sealed);
        }
        sealed += app.write(|conn| actions::audit::seal(conn, i64::MAX))?;
    }
}

/// Forgets what has run out: sessions, used form tokens, wrong passwords,
/// working copies nobody has written to for thirty days, old addresses of invitations and resets.
///
/// # Errors
/// When the database refuses.
pub fn prune(app: &App) -> store::Result<()> {
    let now = app.now();
    app.write(|conn| {
        store::sessions::prune(conn, now)?;
        store::form_tokens::prune(conn, now - TimeDelta::days(2))?;
        store::attempts::prune(conn, now - TimeDelta::hours(1))?;
        actions::working_copies::prune(conn, now)?;
        store::tokens::prune(conn, now - TimeDelta::days(30))
    })
}

fn keep(app: &App, round: u64) -> store::Result<()> {
    seal_audit(app)?;
    app.refresh_cache(true)?;
    if round.is_multiple_of(PRUNE_EVERY) { prune(app) } else { Ok(()) }
}

// ------------------------------------------------------------------ loops

/// Runs every job until `stop` says true (or its sender is gone).
pub async fn run(app: Arc<App>, stop: watch::Receiver<bool>) {
    tokio::join!(keep_house(app.clone(), stop.clone()), carry_mail(app, stop));
}

async fn keep_house(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    let mut every = interval(SEAL_EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failing = false;
    for round in 0_u64.. {
        tokio::select! {
            () = told(&mut stop) => break,
            _ = every.tick() => {}
        }
        let outcome = blocking(&app, move |app: &App| keep(app, round)).await;
        // Said once when it begins, not every second while it lasts.
        if let Err(fault) = &outcome
            && !failing
        {
            tracing::error!(fault = %fault, "the database does not answer the jobs");
        }
        failing = outcome.is_err();
    }
    // A platform that was stopped in order leaves no tail.
    let _ = blocking(&app, seal_audit).await;
}

async fn carry_mail(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    let mut every = interval(DELIVER_EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let ending = stop.clone();
    loop {
        tokio::select! {
            () = told(&mut stop) => return,
            _ = every.tick() => {}
        }
        let mut pass = std::pin::pin!(deliver_while(&app, || !*ending.borrow()));
        tokio::select! {
            _ = &mut pass => {}
            () = told(&mut stop) => {
                let _ = timeout(GRACE, pass).await;
                return;
            }
        }
    }
}

async fn told(stop: &mut watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        if stop.changed().await.is_err() {
            return;
        }
    }
}

/// Why work on a blocking thread came to nothing.
#[derive(Debug, thiserror::Error)]
enum Blocked<E: std::error::Error> {
    #[error(transparent)]
    Failed(E),
    #[error("a job panicked")]
    Panicked,
}

async fn blocking<T, E>(
    app: &Arc<App>,
    work: impl FnOnce(&App) -> Result<T, E> + Send + 'static,
) -> Result<T, Blocked<E>>
where
    T: Send + 'static,
    E: std::error::Error + Send + 'static,
{
    let app = app.clone();
    match spawn_blocking(move || work(&app)).await {
        Ok(outcome) => outcome.map_err(Blocked::Failed),
        Err(_) => Err(Blocked::Panicked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_are_spread_over_two_days() {
        let minutes: Vec<i64> = (1..MOST_ATTEMPTS).map(|n| backoff(n).num_minutes()).collect();
        assert_eq!(minutes, [1, 5, 15, 60, 120, 240, 480, 720, 720]);
        assert_eq!(backoff(0), TimeDelta::minutes(1));
        assert_eq!(backoff(i32::MAX), TimeDelta::hours(12));
    }

    #[tokio::test]
    async fn a_loop_ends_when_it_is_told() {
        let (tell, mut stop) = watch::channel(false);
        let waiting = tokio::spawn(async move { told(&mut stop).await });
        tell.send(true).unwrap();
        timeout(Duration::from_secs(5), waiting).await.unwrap().unwrap();
        let (tell, mut stop) = watch::channel(false);
        drop(tell);
        timeout(Duration::from_secs(5), told(&mut stop)).await.unwrap();
    }
}
