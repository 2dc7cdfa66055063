//! Notice → message → wire. `message` writes the letters, `wire` sends them;
//! who is told of what, and when to try again, is `jobs`' to say.

pub mod message;
pub mod wire;

use std::sync::{Mutex, PoisonError};

use crate::domain::Instant;

pub use message::{Letter, Message, Recipient, Sender, Unwritable};
pub use wire::{SendFault, Smtp, SmtpFault};

/// How many letters the demonstration keeps.
const MOST_KEPT: usize = 200;

/// Where mail goes.
pub enum Transport {
    /// Nobody said: it waits in the outbox.
    Unset,
    Smtp(Smtp),
    /// The demonstration's: kept in memory and shown instead of sent.
    Memory(Mutex<Vec<RenderedMail>>),
}

/// A letter that would have been sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedMail {
    pub to: String,
    pub subject: String,
    pub body: String,
    pub at: Instant,
}

impl Transport {
    /// To the server of `--smtp-url`, in the name of `--mail-from`.
    ///
    /// # Errors
    /// When either cannot be used; says which, and never repeats a password.
    pub fn smtp(url: &str, from: &str) -> Result<Self, SmtpFault> {
        Smtp::new(url, from).map(Self::Smtp)
    }

    #[must_use]
    pub const fn memory() -> Self {
        Self::Memory(Mutex::new(Vec::new()))
    }

    #[must_use]
    pub const fn is_set(&self) -> bool {
        !matches!(self, Self::Unset)
    }

    /// Sends one message, or keeps it.
    ///
    /// # Errors
    /// What the server said, without a word about anybody.
    pub async fn send(&self, message: &Message, now: Instant) -> Result<(), SendFault> {
        match self {
            Self::Unset => Err(SendFault::Unset),
            Self::Smtp(smtp) => smtp.send(message, now).await,
            Self::Memory(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                if kept.len() >= MOST_KEPT {
                    kept.remove(0);
                }
                kept.push(RenderedMail {
                    to: message.to().to_string(),
                    subject: message.subject().to_owned(),
                    body: message.body().to_owned(),
                    at: now,
                });
                Ok(())
            }
        }
    }

    /// What the demonstration kept, newest first.
    #[must_use]
    pub fn kept(&self) -> Vec<RenderedMail> {
        let Self::Memory(kept) = self else { return Vec::new() };
        let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().rev().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(n: usize) -> Message {
        let to = Recipient { name: Some("Ana"), email: "ana@example.org" };
        Message::new(to, &n.to_string(), "Text".into(), 7, "example.org").unwrap()
    }

    #[tokio::test]
    async fn memory_keeps_the_newest_letters() {
        let transport = Transport::memory();
        assert!(transport.is_set() && transport.kept().is_empty());
        for n in 0..=MOST_KEPT {
            transport.send(&message(n), Instant::default()).await.unwrap();
        }
        let kept = transport.kept();
        assert_eq!(kept.len(), MOST_KEPT);
        assert_eq!(kept[0].subject, MOST_KEPT.to_string());
        assert_eq!(kept[MOST_KEPT - 1].subject, "1");
    }

    #[tokio::test]
    async fn without_a_server_nothing_is_sent() {
        assert!(!Transport::Unset.is_set());
        let outcome = Transport::Unset.send(&message(1), Instant::default()).await;
        assert!(matches!(outcome, Err(SendFault::Unset)));
    }
}
