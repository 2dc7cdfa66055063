//! The one decision point: who may do what, at which stage.
//!
//! Handlers load through the asker (`find_visible_to`), actions ask [`may`].
//! A refusal for want of a right is shown as a missing page.

use super::actor::Actor;
use super::ids::TrackId;
use super::role::Role;
use super::stage::Stage::{self, Agreed, Draft, Open};
use super::text_enum;

text_enum!(
    /// What can be done with a recommendation.
    Verb {
        Read = "read", Create = "create", Revise = "revise", Comment = "comment",
        Open = "open", Close = "close", Dispose = "dispose", Agree = "agree",
        Reopen = "reopen", Withdraw = "withdraw",
        Amend = "amend", CoSponsor = "co-sponsor", Contest = "contest", TakePen = "take-pen",
        GivePen = "give-pen",
        WithdrawBracket = "withdraw-bracket", Adapt = "adapt",
    }
);

/// The table of product.md: verb, least role, stages.
const TABLE: &[(Verb, Role, &[Stage])] = &[
    (Verb::Read, Role::Observer, Stage::ALL),
    (Verb::Create, Role::Drafter, Stage::ALL),
    (Verb::Revise, Role::Drafter, &[Draft, Open]),
    (Verb::Comment, Role::Participant, &[Open]),
    (Verb::Open, Role::Chair, &[Draft, Open]),
    (Verb::Close, Role::Chair, &[Open]),
    (Verb::Dispose, Role::Chair, &[Draft, Open]),
    (Verb::Agree, Role::Chair, &[Draft, Open]),
    (Verb::Reopen, Role::Chair, &[Agreed]),
    (Verb::Withdraw, Role::Chair, &[Draft, Open, Agreed]),
    (Verb::Amend, Role::Participant, &[Open]),
    (Verb::CoSponsor, Role::Participant, &[Open]),
    // Within the days the chair set; on what is the author's own.
    (Verb::Contest, Role::Participant, &[Draft, Open]),
    (Verb::TakePen, Role::Drafter, &[Draft, Open]),
    // Whoever holds the pen; the holder may hand it over without this.
    (Verb::GivePen, Role::Chair, &[Draft, Open]),
    // Of what is one’s own and not answered: an amendment to write anew, a comment to withdraw.
    (Verb::Adapt, Role::Participant, &[Draft, Open]),
    // Of a bracket that one's own organisation put there.
    (Verb::WithdrawBracket, Role::Participant, &[Draft, Open]),
];

/// What the decision needs to know of the object.
#[derive(Debug, Clone, Copy)]
pub struct Object {
    pub track: TrackId,
    /// Whether the track has a chair; if not, the secretariat acts as one.
    pub has_chair: bool,
    /// `None` for a recommendation that does not exist yet.
    pub stage: Option<Stage>,
}

/// The capacity in which a right is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Own,
    /// The secretariat, standing in for a chair the track has not got.
    ActingChair,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("not theirs to see or do")]
    NotYours,
    #[error("not at this stage")]
    WrongStage,
}

/// Decides, of (account, action, object).
///
/// # Errors
/// [`Refusal::NotYours`] without the right, [`Refusal::WrongStage`] with it
/// but at another stage.
pub fn may(actor: &Actor, verb: Verb, object: &Object) -> Result<Standing, Refusal> {
    let acting = actor.secretariat && !object.has_chair;
    let own = actor.role_in(object.track);
    let role = if acting {
        Some(Role::Chair)
    } else if actor.secretariat {
        own.or(Some(Role::Observer))
    } else {
        own
    };
    let (_, least, stages) =
        TABLE.iter().find(|(row, ..)| *row == verb).ok_or(Refusal::NotYours)?;
    if role.is_none_or(|role| role < *least) {
        return Err(Refusal::NotYours);
    }
    if object.stage.is_some_and(|stage| !stages.contains(&stage)) {
        return Err(Refusal::WrongStage);
    }
    if acting && own.is_none_or(|role| role < *least) && *least > Role::Observer {
        return Ok(Standing::ActingChair);
    }
    Ok(Standing::Own)
}

/// Whether [`may`] allows it: what pages ask before they offer a button.
#[must_use]
pub fn allows(actor: &Actor, verb: Verb, object: &Object) -> bool {
    may(actor, verb, object).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{AccountId, OrganisationId};
    use crate::domain::language::Language;
    use crate::domain::stage::Stage::Withdrawn;

    fn actor(secretariat: bool, role: Option<Role>) -> Actor {
        Actor {
            account: AccountId(1),
            name: "A".into(),
            email: "a@example.org".into(),
            organisation: OrganisationId(1),
            organisation_name: "O".into(),
            language: Language::En,
            secretariat,
            memberships: role.map(|role| (TrackId(1), role)).into_iter().collect(),
        }
    }

    const fn object(track: i64, has_chair: bool, stage: Stage) -> Object {
        Object { track: TrackId(track), has_chair, stage: Some(stage) }
    }

    #[test]
    fn every_verb_needs_its_role_and_its_stage() {
        for (verb, least, stages) in TABLE {
            for role in Role::ALL {
                for stage in Stage::ALL {
                    let outcome = may(&actor(false, Some(*role)), *verb, &object(1, true, *stage));
                    let expected = if role < least {
                        Err(Refusal::NotYours)
                    } else if stages.contains(stage) {
                        Ok(Standing::Own)
                    } else {
                        Err(Refusal::WrongStage)
                    };
                    assert_eq!(outcome, expected, "{verb} {role} {stage}");
                }
            }
        }
    }

    #[test]
    fn another_track_is_not_yours() {
        for verb in Verb::ALL {
            let outcome = may(&actor(false, Some(Role::Chair)), *verb, &object(2, true, Draft));
            assert_eq!(outcome, Err(Refusal::NotYours), "{verb}");
        }
    }

    #[test]
    fn the_secretariat_chairs_only_where_nobody_does() {
        let secretariat = actor(true, None);
        assert_eq!(may(&secretariat, Verb::Read, &object(2, true, Draft)), Ok(Standing::Own));
        assert_eq!(may(&secretariat, Verb::Agree, &object(2, true, Open)), Err(Refusal::NotYours));
        assert_eq!(
            may(&secretariat, Verb::Agree, &object(2, false, Open)),
            Ok(Standing::ActingChair)
        );
        assert_eq!(may(&secretariat, Verb::Revise, &object(2, true, Open)), Err(Refusal::NotYours));
        assert!(
            Withdrawn != Draft
                && !allows(&secretariat, Verb::Withdraw, &object(2, false, Withdrawn))
        );
    }
}
