//! Letters: what each kind of notice says, in the reader's language.

use askama::Template;
use i18n_embed_fl::fl;
use lettre::Address;
use lettre::message::Mailbox;

use crate::domain::Instant;
use crate::domain::comment::Disposition;
use crate::domain::language::Language;
use crate::domain::notice::NoticeKind;
use crate::i18n::{self, Loader, format};

/// A letter, ready for the wire. Nothing in it can add a header: name and
/// address were parsed, the subject is one line.
#[derive(Debug, Clone)]
pub struct Message {
    to: Mailbox,
    subject: String,
    body: String,
    id: String,
}

/// The address is not one that mail can be sent to.
#[derive(Debug, thiserror::Error)]
#[error("no message can be written to this address")]
pub struct Unwritable;

/// To whom.
#[derive(Debug, Clone, Copy)]
pub struct Recipient<'a> {
    pub name: Option<&'a str>,
    pub email: &'a str,
}

impl Message {
    /// `outbox` and `host` make the id: a second attempt has the same one, so
    /// that a mailbox that got the first shows one letter.
    ///
    /// # Errors
    /// When the address is not one.
    pub fn new(
        to: Recipient<'_>,
        subject: &str,
        body: String,
        outbox: i64,
        host: &str,
    ) -> Result<Self, Unwritable> {
        let address: Address = to.email.parse().map_err(|_| Unwritable)?;
        let name = to.name.map(one_line).filter(|name| !name.is_empty());
        Ok(Self {
            to: Mailbox::new(name, address),
            subject: one_line(subject),
            body,
            id: format!("<{outbox}@{}>", without_port(host)),
        })
    }

    #[must_use]
    pub const fn to(&self) -> &Mailbox {
        &self.to
    }

    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// `<outbox-id@host>`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_port(host: &str) -> &str {
    let port = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    host.rsplit_once(':').filter(|(_, end)| port(end)).map_or(host, |(name, _)| name)
}

/// Who writes: the same for every letter of a language.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    pub l: &'a Loader,
    pub language: Language,
    /// The programme's title.
    pub programme: &'a str,
    /// `https://primum.example.org`.
    pub origin: &'a str,
    /// Host of the origin, for message ids.
    pub host: &'a str,
}

/// What a letter says. Addresses are whole; of a text under way only reference
/// and title, never a word of it, of a comment or of an answer.
#[derive(Debug, Clone)]
pub enum Letter<'a> {
    Invitation {
        /// Name and organisation; `None`: the command line.
        inviter: Option<(&'a str, &'a str)>,
        organisation: &'a str,
        /// `None`: to the secretariat.
        track: Option<&'a str>,
        /// A role's word, or `secretariat`.
        role: &'a str,
        link: String,
        until: Instant,
    },
    Reset {
        link: String,
    },
    Opened {
        reference: &'a str,
        title: &'a str,
        track: &'a str,
        until: Instant,
        link: String,
    },
    Answered {
        reference: &'a str,
        title: &'a str,
        disposition: Disposition,
        link: String,
    },
    Replied {
        reference: &'a str,
        title: &'a str,
        link: String,
    },
    Agreed {
        reference: &'a str,
        title: &'a str,
        track: &'a str,
        link: String,
    },
    Published {
        number: i32,
        link: String,
    },
    /// Something of a text under way: the kind of the notice says what.
    Told {
        kind: NoticeKind,
        reference: &'a str,
        title: &'a str,
        link: String,
    },
}

macro_rules! letters {
    ($($(#[$meta:meta])* $name:ident = $path:literal { $($field:ident: $kind:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Template)]
        #[template(path = $path)]
        struct $name<'a> {
            l: &'a Loader,
            programme: &'a str,
            origin: &'a str,
            greeting: String,
            footer: String,
            $($field: $kind),*
        }
    )+};
}

letters! {
    InvitationText = "mail/invitation.txt" {
        who: String, organisation: &'a str, track: Option<&'a str>, role: String,
        link: &'a str, until: String,
    }
    ResetText = "mail/reset.txt" { link: &'a str }
    OpenedText = "mail/opened.txt" {
        reference: &'a str, title: &'a str, track: &'a str, until: String, link: &'a str,
    }
    AnsweredText = "mail/answered.txt" {
        reference: &'a str, title: &'a str, disposition: String, link: &'a str,
    }
    RepliedText = "mail/replied.txt" { reference: &'a str, title: &'a str, link: &'a str }
    AgreedText = "mail/agreed.txt" {
        reference: &'a str, title: &'a str, track: &'a str, link: &'a str,
    }
    PublishedText = "mail/published.txt" { number: i32, link: &'a str }
    ToldText = "mail/told.txt" { text: String, reference: &'a str, title: &'a str, link: &'a str }
}

impl Letter<'_> {
    /// Writes the letter; `outbox` is the row it goes back to.
    ///
    /// # Errors
    /// When the address is not one.
    pub fn write(
        &self,
        sender: Sender<'_>,
        to: Recipient<'_>,
        outbox: i64,
    ) -> Result<Message, Unwritable> {
        let body = self.body(sender, to).map_err(|_| Unwritable)?;
        Message::new(to, &self.subject(sender), body, outbox, sender.host)
    }

    fn subject(&self, sender: Sender<'_>) -> String {
        let l = sender.l;
        let programme = sender.programme.to_owned();
        match self {
            Self::Invitation { .. } => fl!(l, "mail-invitation-subject", programme = programme),
            Self::Reset { .. } => fl!(l, "mail-reset-subject", programme = programme),
            Self::Opened { reference, .. } => {
                fl!(l, "mail-opened-subject", reference = (*reference).to_owned())
            }
            Self::Answered { reference, .. } => {
                fl!(l, "mail-answered-subject", reference = (*reference).to_owned())
            }
            Self::Replied { reference, .. } => {
                fl!(l, "mail-replied-subject", reference = (*reference).to_owned())
            }
            Self::Agreed { reference, .. } => {
                fl!(l, "mail-agreed-subject", reference = (*reference).to_owned())
            }
            Self::Published { number, .. } => {
                let number = *number;
                fl!(l, "mail-published-subject", number = number, programme = programme)
            }
            Self::Told { kind, reference, .. } => {
                i18n::message_with(l, &format!("mail-{kind}-subject"), "reference", reference)
            }
        }
    }

    fn body(&self, sender: Sender<'_>, to: Recipient<'_>) -> askama::Result<String> {
        let Sender { l, language, programme, origin, .. } = sender;
        let greeting = to.name.map_or_else(
            || fl!(l, "mail-greeting-unknown"),
            |name| fl!(l, "mail-greeting", name = name.to_owned()),
        );
        let utc = |at: Instant| format!("{} UTC", format::date_time(language, at));
        let footer = match self {
            Self::Invitation { .. } => fl!(l, "mail-footer-invitation"),
            Self::Reset { .. } => fl!(l, "mail-footer-reset"),
            _ => fl!(l, "mail-footer", origin = origin.to_owned()),
        };
        match self {
            Self::Invitation { inviter, organisation, track, role, link, until } => {
                InvitationText {
                    l,
                    programme,
                    origin,
                    greeting,
                    footer,
                    organisation,
                    link,
                    who: invited_by(l, *inviter, programme),
                    track: *track,
                    role: i18n::message(l, &format!("role-{role}")),
                    until: utc(*until),
                }
                .render()
            }
            Self::Reset { link } => {
                ResetText { l, programme, origin, greeting, footer, link }.render()
            }
            Self::Opened { reference, title, track, until, link } => {
                let until = utc(*until);
                OpenedText {
                    l,
                    programme,
                    origin,
                    greeting,
                    footer,
                    reference,
                    title,
                    track,
                    until,
                    link,
                }
                .render()
            }
            Self::Answered { reference, title, disposition, link } => {
                let disposition = i18n::message(l, &format!("disposition-{disposition}"));
                AnsweredText {
                    l,
                    programme,
                    origin,
                    greeting,
                    footer,
                    reference,
                    title,
                    disposition,
                    link,
                }
                .render()
            }
            Self::Replied { reference, title, link } => {
                RepliedText { l, programme, origin, greeting, footer, reference, title, link }
                    .render()
            }
            Self::Agreed { reference, title, track, link } => {
                AgreedText { l, programme, origin, greeting, footer, reference, title, track, link }
                    .render()
            }
            Self::Published { number, link } => {
                PublishedText { l, programme, origin, greeting, footer, number: *number, link }
                    .render()
            }
            Self::Told { kind, reference, title, link } => {
                let text = i18n::message(l, &format!("mail-{kind}-text"));
                ToldText { l, programme, origin, greeting, footer, text, reference, title, link }
                    .render()
            }
        }
    }
}

fn invited_by(l: &Loader, inviter: Option<(&str, &str)>, programme: &str) -> String {
    let programme = programme.to_owned();
    match inviter {
        Some((name, organisation)) => fl!(
            l,
            "mail-invitation-by",
            name = name.to_owned(),
            organisation = organisation.to_owned(),
            programme = programme
        ),
        None => fl!(l, "mail-invitation-by-secretariat", programme = programme),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Catalog;

    const TOLD: &[NoticeKind] = &[
        NoticeKind::Mentioned,
        NoticeKind::AmendmentAnswered,
        NoticeKind::AmendmentReopened,
        NoticeKind::AmendmentStale,
        NoticeKind::AmendmentWithdrawn,
        NoticeKind::AmendmentReworded,
        NoticeKind::Contested,
        NoticeKind::ContestAnswered,
        NoticeKind::PenAsked,
        NoticeKind::PenHanded,
        NoticeKind::PenTaken,
    ];

    fn letters() -> Vec<Letter<'static>> {
        let at = chrono::DateTime::from_timestamp(1_795_525_500, 0).unwrap().naive_utc();
        let link = || "https://primum.example.org/somewhere".to_owned();
        let (reference, title, track) = ("RES-03", "Keep <paper> & people ready", "Resilience");
        vec![
            Letter::Invitation {
                inviter: Some(("Jana Nováková", "Secretariat Ltd")),
                organisation: "Ministry of Health",
                track: Some(track),
                role: "participant",
                link: link(),
                until: at,
            },
            Letter::Invitation {
                inviter: None,
                organisation: "Ministry of Health",
                track: None,
                role: "secretariat",
                link: link(),
                until: at,
            },
            Letter::Reset { link: link() },
            Letter::Opened { reference, title, track, until: at, link: link() },
            Letter::Answered {
                reference,
                title,
                disposition: Disposition::AcceptedInPart,
                link: link(),
            },
            Letter::Replied { reference, title, link: link() },
            Letter::Agreed { reference, title, track, link: link() },
            Letter::Published { number: 2, link: link() },
        ]
        .into_iter()
        .chain(TOLD.iter().map(|kind| Letter::Told { kind: *kind, reference, title, link: link() }))
        .collect()
    }

    fn written(language: Language) -> Vec<Message> {
        let catalog = Catalog::new().unwrap();
        let sender = Sender {
            l: catalog.loader(language),
            language,
            programme: "Protecting care",
            origin: "https://primum.example.org",
            host: "primum.example.org:8443",
        };
        let to = Recipient { name: Some("Ana Kovář"), email: "ana@example.org" };
        letters().iter().map(|letter| letter.write(sender, to, 9).unwrap()).collect()
    }

    #[test]
    fn every_letter_has_its_words_in_every_language() {
        for language in Language::ALL {
            for message in written(*language) {
                let (subject, body) = (message.subject(), message.body());
                assert!(!subject.is_empty() && !subject.contains("mail-"), "{subject}");
                assert!(!subject.contains("No localization"), "{subject}");
                assert!(body.contains("\nhttps://primum.example.org/somewhere\n"), "{body}");
                assert!(!body.contains("No localization"), "{body}");
                assert!(!body.contains("\n\n\n") && !body.contains("{ $"), "{body}");
                assert!(!body.contains("&#") && !body.contains("&amp;"), "{body}");
                assert_eq!(message.id(), "<9@primum.example.org>");
            }
        }
    }

    #[test]
    fn an_invitation_says_who_where_what_and_how_long() {
        let english = written(Language::En);
        let body = english[0].body();
        for words in [
            "Jana Nováková",
            "Secretariat Ltd",
            "Resilience",
            "Participant",
            "Ministry of Health",
            "24 November 2026",
            "UTC",
        ] {
            assert!(body.contains(words), "{words}: {body}");
        }
        assert!(english[1].body().contains("Secretariat"));
        assert!(written(Language::Cs)[0].body().contains("24. listopadu 2026"));
    }

    #[test]
    fn an_address_that_is_none_is_refused() {
        let to = |email| Recipient { name: None, email };
        let write = |email| Message::new(to(email), "S", "B".into(), 1, "h");
        assert!(write("ana@example.org").is_ok());
        for bad in ["", "ana", "a@b\r\nBcc: c@d.example", "a b@example.org"] {
            assert!(write(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_host_is_named_without_its_port() {
        assert_eq!(without_port("localhost:8080"), "localhost");
        assert_eq!(without_port("[::1]:80"), "[::1]");
        assert_eq!(without_port("[::1]"), "[::1]");
        assert_eq!(without_port("primum.example.org"), "primum.example.org");
    }
}
