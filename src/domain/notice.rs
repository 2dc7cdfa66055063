//! What mail is sent about.

use super::text_enum;

text_enum!(
    /// The kind of a notice; its subject is the id in brackets.
    NoticeKind {
        /// You are invited (invitation).
        Invitation = "invitation",
        /// Choose a new password (account).
        Reset = "reset",
        /// A text of your track is open for comment (recommendation).
        Opened = "opened",
        /// Your comment was answered (comment).
        Answered = "answered",
        /// Somebody replied to your comment (the reply).
        Replied = "replied",
        /// A text of your track is agreed (recommendation).
        Agreed = "agreed",
        /// An edition was published (edition).
        Published = "published",
        /// Somebody named you in a comment (comment).
        Mentioned = "mentioned",
        /// Your amendment was answered (amendment).
        AmendmentAnswered = "amendment-answered",
        /// The answer to your amendment was taken back (amendment).
        AmendmentReopened = "amendment-reopened",
        /// Your amendment no longer fits the text (amendment).
        AmendmentStale = "amendment-stale",
        /// An amendment you co-sponsor was withdrawn by its proposer (amendment).
        AmendmentWithdrawn = "amendment-withdrawn",
        /// An amendment you co-sponsor was given another wording (amendment).
        AmendmentReworded = "amendment-reworded",
        /// An author contests an answer of yours (contest).
        Contested = "contested",
        /// Your contest was answered (contest).
        ContestAnswered = "contest-answered",
        /// Somebody asks for the pen you hold (recommendation).
        PenAsked = "pen-asked",
        /// The pen was given to you (recommendation).
        PenHanded = "pen-handed",
        /// The pen was taken from you (recommendation).
        PenTaken = "pen-taken",
    }
);

/// A message to write: to whom and about what, nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    pub kind: NoticeKind,
    /// `None` for an invitation, which goes to the address it is bound to.
    pub account: Option<super::ids::AccountId>,
    pub subject: i64,
}
