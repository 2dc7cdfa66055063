//! The log: for people on a terminal, JSON for machines; always on standard
//! error.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// How much is logged.
#[derive(Clone, Copy)]
pub enum Level {
    Full,
    /// Only what went wrong: the demonstration's terminal stays readable.
    Quiet,
}

/// Starts logging, panics included.
pub fn start(level: Level) {
    let filter = EnvFilter::new(match level {
        Level::Full => "info,actix_server=warn",
        Level::Quiet => "warn",
    });
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start, in a test, keeps the first one's log.
    let _ = if std::io::stderr().is_terminal() {
        log.compact().try_init()
    } else {
        log.json().flatten_event(true).try_init()
    };
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let text = panic.payload_as_str().unwrap_or("no message");
        tracing::error!(place, "panic: {text}");
    }));
}
