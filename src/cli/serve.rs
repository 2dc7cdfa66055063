//! `primum serve` and `primum demo`: everything wired together.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::{HttpServer, rt, web as http};
use chrono::TimeDelta;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use super::{Refused, folder, log, open, say, sow};
use crate::app::{App, Demo};
use crate::config::{ConfigError, Options, Origin, is_loopback};
use crate::i18n::Catalog;
use crate::mail::Transport;
use crate::secrets::{self, Key, Passwords};
use crate::store::{self, Pool, tokens::Purpose};
use crate::{demo as dialogue, jobs, web};

/// How long a set-up address is good for.
const SET_UP_TERM: TimeDelta = TimeDelta::hours(24);
/// How soon the file with the set-up address is gone after its use.
const SET_UP_LOOK: Duration = Duration::from_millis(500);
/// How long requests under way have to finish, and requests and jobs together:
/// whoever sent the signal waits no longer than ten seconds.
const DRAIN_SECONDS: u64 = 8;
const LONGEST_END: Duration = Duration::from_secs(9);

/// Serves the platform until it is told to stop.
pub fn serve(options: &Options) -> Result<(), Refused> {
    log::start(log::Level::Full);
    let origin = options.checked_origin()?;
    let (listener, address) = bind(options.listen)?;
    folder::make(&options.data)?;
    let key = folder::key(&options.data)?;
    let pool = open(options, true)?;
    let mail = mail(options)?;
    let origin = origin.unwrap_or_else(|| Origin::of_listener(address));
    let app = wire(pool, origin, key, mail, None)?;
    let set_up = offer_set_up(&app, &options.data)?.then(|| options.data.clone());
    run(listener, address, &app, set_up)
}

/// Serves an invented dialogue from a temporary folder: whatever the
/// environment says of databases, mail and origins, it touches none of them.
pub fn demo(options: &Options) -> Result<(), Refused> {
    if !is_loopback(options.listen.ip()) {
        return Err(ConfigError::DemoBeyondLoopback.into());
    }
    log::start(log::Level::Quiet);
    let (listener, address) = bind(options.listen)?;
    let folder = tempfile::Builder::new().prefix("primum-demo-").tempdir()?;
    let pool = store::open(&format!("sqlite:{}", folder.path().join("primum.sqlite").display()))?;
    sow(&pool)?;
    let shown = Demo { accounts: dialogue::accounts()?, password: dialogue::PASSWORD };
    let origin = Origin::of_listener(address);
    let app = wire(pool, origin, Key::random(), Transport::memory(), Some(shown))?;
    let outcome = run(listener, address, &app, None);
    // The pool's connections are closed before their folder goes.
    drop(app);
    folder.close()?;
    outcome
}

/// Where mail goes; it waits in the outbox while nobody has said.
fn mail(options: &Options) -> Result<Transport, Refused> {
    match (options.smtp_url.as_deref(), options.mail_from.as_deref()) {
        (None, _) => Ok(Transport::Unset),
        (Some(url), Some(from)) => Ok(Transport::smtp(url, from)?),
        (Some(_), None) => Err(Refused::because(
            "--smtp-url needs --mail-from, the address that mail is sent from",
        )),
    }
}

fn bind(listen: SocketAddr) -> Result<(TcpListener, SocketAddr), Refused> {
    let listener = TcpListener::bind(listen).map_err(|fault| {
        Refused::because(format!(
            "cannot listen on {listen}: {fault}; choose another --listen, or port 0 for a free one"
        ))
    })?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

fn wire(
    pool: Pool,
    origin: Origin,
    key: Key,
    mail: Transport,
    demo: Option<Demo>,
) -> Result<Arc<App>, Refused> {
    // Half the processors may hash passwords; the other half serves readers.
    let at_once = std::thread::available_parallelism().map_or(1, |n| n.get() / 2);
    let passwords = Passwords::new(at_once)?;
    Ok(Arc::new(App::new(pool, Catalog::new()?, origin, key, passwords, mail, demo)))
}

/// While there is no secretariat: a fresh set-up address, on the terminal and
/// in a file; older ones are dead. Answers whether there is one.
fn offer_set_up(app: &App, folder: &Path) -> Result<bool, Refused> {
    let token = secrets::token();
    let now = app.now();
    let wanted = app.write(|conn| {
        store::tokens::void(conn, Purpose::SetUp, 0)?;
        let wanted = !store::accounts::has_secretariat(conn)?;
        if wanted {
            let hash = secrets::token_hash(&token);
            store::tokens::insert(conn, Purpose::SetUp, 0, &hash, now, now + SET_UP_TERM)?;
        }
        Ok::<_, store::Error>(wanted)
    })?;
    if wanted {
        let address = format!("{}/set-up/{token}", app.origin.address);
        folder::write_set_up(folder, &address)?;
        // Not through the logger: logs are kept and carried elsewhere.
        eprintln!("Set up this platform within 24 hours at {address}");
    } else {
        folder::remove_set_up(folder);
    }
    Ok(wanted)
}

/// Serves until a signal comes, then lets requests and jobs finish. Whoever
/// connects while the demonstration is loaded waits for it.
fn run(
    listener: TcpListener,
    address: SocketAddr,
    app: &Arc<App>,
    set_up: Option<PathBuf>,
) -> Result<(), Refused> {
    rt::System::new().block_on(async {
        let mut signals = Signals::new(app.demo.is_some())?;
        if app.demo.is_some() {
            let app = app.clone();
            let load = tokio::task::spawn_blocking(move || dialogue::load(&app, app.now()));
            tokio::select! {
                loaded = load => loaded??,
                // In two minds: the folder goes all the same.
                () = signals.next() => return Ok(()),
            }
        }
        let shared = http::Data::new(app.clone());
        let server = HttpServer::new(move || {
            let app = shared.get_ref().clone();
            actix_web::App::new()
                .app_data(shared.clone())
                .wrap(from_fn(web::headers::guard))
                .configure(|config| web::shell::configure(config, &app))
        })
        .listen(listener)?
        .disable_signals()
        .shutdown_timeout(DRAIN_SECONDS)
        .run();
        let handle = server.handle();
        let (stop, stopped) = watch::channel(false);
        if let Some(folder) = set_up {
            rt::spawn(forget_set_up(app.clone(), folder, stopped.clone()));
        }
        let jobs = rt::spawn(jobs::run(app.clone(), stopped));
        let mut serving = rt::spawn(server);
        say(&format!("Primum listens on http://{address}"));
        if app.demo.is_some() {
            eprintln!(
                "Sign in as anybody: http://{address}/demo (Ctrl+C ends it, nothing is kept)"
            );
        }
        let ended = tokio::select! {
            () = signals.next() => None,
            outcome = &mut serving => Some(outcome),
        };
        // Fails only when nobody is left to be told.
        let _ = stop.send(true);
        app.closing.send_replace(true);
        match ended {
            Some(outcome) => {
                outcome.map_err(|fault| Refused::because(fault.to_string()))??;
                Err(Refused::because("the server stopped by itself"))
            }
            None => {
                tracing::info!("stopping");
                let finish = async {
                    handle.stop(true).await;
                    jobs.await
                };
                tokio::select! {
                    _ = tokio::time::timeout(LONGEST_END, finish) => {}
                    // Asked twice: at once.
                    () = signals.next() => {}
                }
                Ok(())
            }
        }
    })
}

/// Removes the set-up address from its file as soon as there is a secretariat.
async fn forget_set_up(app: Arc<App>, folder: PathBuf, mut stopped: watch::Receiver<bool>) {
    loop {
        let stopping = tokio::time::timeout(SET_UP_LOOK, stopped.changed()).await.is_ok();
        let asked = app.clone();
        let look = move || asked.read(store::accounts::has_secretariat);
        if matches!(tokio::task::spawn_blocking(look).await, Ok(Ok(true))) {
            folder::remove_set_up(&folder);
            return;
        }
        if stopping {
            return;
        }
    }
}

/// What asks a process to end.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    /// A closed terminal ends the demonstration, and so removes its folder;
    /// `serve` leaves that signal to whoever started it.
    hang_up: Option<Signal>,
}

impl Signals {
    fn new(hang_up: bool) -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: hang_up.then(|| signal(SignalKind::hangup())).transpose()?,
        })
    }

    async fn next(&mut self) {
        let hang_up = async {
            match &mut self.hang_up {
                Some(signal) => drop(signal.recv().await),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            () = hang_up => {}
        }
    }
}
