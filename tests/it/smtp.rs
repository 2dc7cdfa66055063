//! A mail server for tests: keeps what it is sent, and refuses when it is told to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// A message as it came over the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// As in the envelope: the address alone.
    pub sender: String,
    pub recipients: Vec<String>,
    /// Header and body with CRLF line ends, and without the dots that SMTP doubles.
    pub raw: String,
}

#[derive(Default)]
struct Mailbox {
    received: Vec<Received>,
    /// Replies for the next messages, at the end of their data, instead of accepting them.
    refusals: VecDeque<String>,
    refused: usize,
}

/// Listens on a free port of the loopback until it is dropped.
pub struct SmtpSink {
    port: u16,
    mailbox: Arc<Mutex<Mailbox>>,
    server: JoinHandle<()>,
}

impl SmtpSink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let mailbox = Arc::<Mutex<Mailbox>>::default();
        let server = tokio::spawn(serve(listener, mailbox.clone()));
        Self { port, mailbox, server }
    }

    /// For `--smtp-url`.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Answers the next `count` messages with this reply, as in `"451 4.3.0 try later"`.
    pub fn refuse_next(&self, count: usize, reply: &str) {
        let replies = std::iter::repeat_n(reply.to_owned(), count);
        self.mailbox.lock().expect("the mailbox").refusals.extend(replies);
    }

    /// How many messages were refused so far.
    pub fn refused(&self) -> usize {
        self.mailbox.lock().expect("the mailbox").refused
    }

    /// What was accepted so far.
    pub fn received(&self) -> Vec<Received> {
        self.mailbox.lock().expect("the mailbox").received.clone()
    }

    /// Waits until this many messages have been accepted, ten seconds at most.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        for _ in 0..500 {
            if self.received().len() >= count {
                return self.received();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{count} messages expected, got {:#?}", self.received());
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn serve(listener: TcpListener, mailbox: Arc<Mutex<Mailbox>>) {
    // Dropped with this task, the set ends the conversations that are still open.
    let mut conversations = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        conversations.spawn(converse(stream, mailbox.clone()));
    }
}

/// One connection, from greeting to QUIT; an error means that the client has gone.
async fn converse(stream: TcpStream, mailbox: Arc<Mutex<Mailbox>>) -> std::io::Result<()> {
    let (input, mut output) = stream.into_split();
    let mut lines = BufReader::new(input);
    let mut message = Received::default();
    output.write_all(b"220 sink.test ESMTP\r\n").await?;
    loop {
        let line = read_line(&mut lines).await?;
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let reply = match verb.as_str() {
            "EHLO" => "250-sink.test\r\n250-8BITMIME\r\n250 SMTPUTF8".to_owned(),
            "MAIL" => {
                message = Received { sender: address_of(&line), ..Received::default() };
                "250 2.1.0 ok".to_owned()
            }
            "RCPT" => {
                message.recipients.push(address_of(&line));
                "250 2.1.5 ok".to_owned()
            }
            "DATA" => {
                output.write_all(b"354 end with a dot\r\n").await?;
                loop {
                    let line = read_line(&mut lines).await?;
                    if line == ".\r\n" {
                        break;
                    }
                    message.raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                }
                accept_or_refuse(&mailbox, std::mem::take(&mut message))
            }
            "QUIT" => return output.write_all(b"221 2.0.0 bye\r\n").await,
            _ => "250 2.0.0 ok".to_owned(),
        };
        output.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
}

fn accept_or_refuse(mailbox: &Mutex<Mailbox>, message: Received) -> String {
    let mut mailbox = mailbox.lock().expect("the mailbox");
    if let Some(reply) = mailbox.refusals.pop_front() {
        mailbox.refused += 1;
        return reply;
    }
    mailbox.received.push(message);
    "250 2.0.0 kept".to_owned()
}

async fn read_line(lines: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<String> {
    let mut line = Vec::new();
    if lines.read_until(b'\n', &mut line).await? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(String::from_utf8_lossy(&line).into_owned())
}

/// `MAIL FROM:<a@b.test> BODY=8BITMIME` speaks of `a@b.test`.
fn address_of(line: &str) -> String {
    let after = line.split_once('<').map_or("", |(_, after)| after);
    after.split_once('>').map_or(after, |(address, _)| address).to_owned()
}

mod tests {
    use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

    use super::*;

    type Transport = AsyncSmtpTransport<Tokio1Executor>;

    fn transport_to(sink: &SmtpSink) -> Transport {
        Transport::from_url(&sink.url()).unwrap().build()
    }

    fn letter(to: &[&str], body: &str) -> Message {
        let mut letter = Message::builder().from("Primum <desk@primum.test>".parse().unwrap());
        for address in to {
            letter = letter.to(address.parse().unwrap());
        }
        letter.subject("Přijato").body(body.to_owned()).unwrap()
    }

    #[tokio::test]
    async fn a_message_is_kept_as_it_was_sent() {
        let sink = SmtpSink::start().await;
        let transport = transport_to(&sink);
        let body = "One\r\n.two begins with a dot\r\n.\r\nthree\r\n";
        transport.send(letter(&["chair@x.test", "pen@y.test"], body)).await.unwrap();
        transport.send(letter(&["chair@x.test"], "Again")).await.unwrap();

        let received = sink.wait_for(2).await;
        assert_eq!(received.len(), 2);
        assert_eq!(received[0].sender, "desk@primum.test");
        assert_eq!(received[0].recipients, ["chair@x.test", "pen@y.test"]);
        assert!(received[0].raw.contains("From: Primum <desk@primum.test>\r\n"));
        assert!(received[0].raw.trim_end().ends_with(body.trim_end()), "{}", received[0].raw);
        assert_eq!(received[1].recipients, ["chair@x.test"]);
    }

    #[tokio::test]
    async fn the_next_messages_are_refused_and_then_accepted() {
        let sink = SmtpSink::start().await;
        let transport = transport_to(&sink);
        sink.refuse_next(2, "451 4.3.0 try later");
        sink.refuse_next(1, "550 5.7.1 never");
        for is_transient in [true, true, false] {
            let error = transport.send(letter(&["a@x.test"], "Hear me")).await.unwrap_err();
            assert_eq!(error.is_transient(), is_transient, "{error}");
            assert_eq!(error.is_permanent(), !is_transient, "{error}");
        }
        assert_eq!((sink.refused(), sink.received().len()), (3, 0));
        transport.send(letter(&["a@x.test"], "Hear me")).await.unwrap();
        assert_eq!((sink.refused(), sink.received().len()), (3, 1));
    }

    #[tokio::test]
    async fn a_dropped_sink_no_longer_answers() {
        let sink = SmtpSink::start().await;
        let transport = transport_to(&sink);
        transport.send(letter(&["a@x.test"], "Hear me")).await.unwrap();
        drop(sink);
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(transport.send(letter(&["a@x.test"], "Hear me")).await.is_err());
    }
}
