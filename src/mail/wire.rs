//! Messages on their way: SMTP, a few connections at a time.

use std::sync::OnceLock;
use std::time::Duration;

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::response::Category;
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use tokio::sync::Semaphore;

use super::message::{Message, Unwritable};
use crate::domain::Instant;

/// Connections at once: the pool bounds only how many it keeps.
pub const MOST_CONNECTIONS: usize = 4;
/// How long the server may take over any one answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mail server.
pub struct Smtp {
    builder: AsyncSmtpTransportBuilder,
    /// Built at the first message: its pool needs a running executor, which
    /// the command line has not got yet when it reads the settings.
    transport: OnceLock<AsyncSmtpTransport<Tokio1Executor>>,
    from: Mailbox,
    connections: Semaphore,
}

/// Why a setting cannot be used, and what to write instead.
#[derive(Debug, thiserror::Error)]
pub enum SmtpFault {
    #[error(
        "--smtp-url is an address such as smtp://127.0.0.1:25, smtps://user:password@host, or \
         smtp://user:password@host:587?tls=required; the one given cannot be used"
    )]
    Url,
    #[error("--mail-from is one address, such as primum@example.org or `Primum <p@example.org>`")]
    From,
}

/// Why a message was not taken. Says nothing of whom or what: servers like to
/// repeat addresses, so their own words are left out.
#[derive(Debug, thiserror::Error)]
pub enum SendFault {
    #[error("nobody has said how mail is sent")]
    Unset,
    #[error("the message cannot be written")]
    Unwritable,
    #[error("refused for good ({0})")]
    Refused(u16),
    #[error("refused for now ({0})")]
    Later(u16),
    #[error("the server did not answer in time")]
    TimedOut,
    #[error("no conversation with the server")]
    Unreachable,
}

impl SendFault {
    /// Whether trying again would be of no use.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Unwritable)
    }
}

impl From<Unwritable> for SendFault {
    fn from(_: Unwritable) -> Self {
        Self::Unwritable
    }
}

impl From<lettre::transport::smtp::Error> for SendFault {
    fn from(fault: lettre::transport::smtp::Error) -> Self {
        match fault.status() {
            // x5x speaks of the mailbox. Other lasting refusals (a wrong
            // password is 535) are ours to mend, so the mail waits for that.
            Some(code) if fault.is_permanent() && code.category == Category::MailSystem => {
                Self::Refused(code.into())
            }
            Some(code) => Self::Later(code.into()),
            None if fault.is_timeout() => Self::TimedOut,
            None => Self::Unreachable,
        }
    }
}

/// Says that no person wrote this, so that absence notes are not sent back
/// (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Smtp {
    /// # Errors
    /// When the address of the server or of the sender is not one.
    pub fn new(url: &str, from: &str) -> Result<Self, SmtpFault> {
        let from: Mailbox = from.parse().map_err(|_| SmtpFault::From)?;
        let pool = PoolConfig::new().max_size(4).idle_timeout(Duration::from_secs(30));
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| SmtpFault::Url)?
            .timeout(Some(PATIENCE))
            .pool_config(pool);
        let connections = Semaphore::new(MOST_CONNECTIONS);
        Ok(Self { builder, transport: OnceLock::new(), from, connections })
    }

    pub(super) async fn send(&self, message: &Message, now: Instant) -> Result<(), SendFault> {
        let letter = assemble(&self.from, message, now)?;
        // The semaphore is never closed.
        let _one = self.connections.acquire().await.map_err(|_| SendFault::Unset)?;
        let transport = self.transport.get_or_init(|| self.builder.clone().build());
        transport.send(letter).await?;
        Ok(())
    }
}

/// Header and body as they go over the wire.
fn assemble(
    from: &Mailbox,
    message: &Message,
    now: Instant,
) -> Result<lettre::Message, Unwritable> {
    let text =
        SinglePart::builder().header(ContentType::TEXT_PLAIN).body(message.body().to_owned());
    lettre::Message::builder()
        .from(from.clone())
        .to(message.to().clone())
        .subject(message.subject())
        .date(now.and_utc().into())
        .message_id(Some(message.id().to_owned()))
        .header(AutoSubmitted)
        .singlepart(text)
        .map_err(|_| Unwritable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::message::Recipient;

    #[test]
    fn a_setting_that_cannot_be_used_is_refused() {
        assert!(Smtp::new("smtp://127.0.0.1:2525", "Primum <desk@example.org>").is_ok());
        assert!(Smtp::new("smtps://user:secret@mail.example.org", "desk@example.org").is_ok());
        let fault = |url, from| Smtp::new(url, from).err().map(|fault| fault.to_string());
        let secret = fault("http://user:secret@mail.example.org", "desk@example.org").unwrap();
        assert!(secret.contains("--smtp-url") && !secret.contains("secret"), "{secret}");
        assert!(fault("smtp://mail.example.org", "nobody").unwrap().contains("--mail-from"));
    }

    #[test]
    fn no_header_can_be_added() {
        let to = Recipient { name: Some("Ana\r\nBcc: x@y.example"), email: "ana@example.org" };
        let subject = "Hello\r\nX-Evil: 1\nCc: z@y.example";
        let text = "Dobrý den\r\n.\r\nX-Body: fine\n".to_owned();
        let message = Message::new(to, subject, text, 42, "primum.example.org").unwrap();
        let from: Mailbox = "Primum <desk@example.org>".parse().unwrap();
        let wire = assemble(&from, &message, Instant::default()).unwrap().formatted();
        let wire = String::from_utf8(wire).unwrap();
        let (head, _) = wire.split_once("\r\n\r\n").unwrap();
        let names: Vec<&str> = head
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .filter_map(|line| line.split_once(':').map(|(name, _)| name))
            .collect();
        for evil in ["Bcc", "Cc", "X-Evil"] {
            assert!(!names.contains(&evil), "{head}");
        }
        assert!(head.contains("Message-ID: <42@primum.example.org>"), "{head}");
        assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
        assert!(head.contains("MIME-Version: 1.0"), "{head}");
        assert!(head.contains("charset=utf-8"), "{head}");
    }
}
