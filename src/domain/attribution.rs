//! Who is named to whom: the attribution rule of a track, outside it.
//!
//! Inside a track everybody with a role sees who said what. What leaves it is
//! attributed as the stricter of two rules says: the one in force when it was
//! said, and the track's own now, which can only have been tightened.

use super::ids::{GroupId, OrganisationId};
use super::role::{AttributionRule, Capacity};

/// From how many organisations of a stakeholder group the group is named: with
/// fewer it would single one out.
pub const FEWEST: usize = 3;

/// Who said something, with the rule under which it was said.
#[derive(Debug, Clone, Copy)]
pub struct Contributor<'a> {
    pub name: &'a str,
    pub organisation: OrganisationId,
    pub organisation_name: &'a str,
    pub group: GroupId,
    pub capacity: Capacity,
    pub rule: AttributionRule,
}

/// What is shown of a contributor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<'a> {
    /// Name and organisation.
    Person(&'a str, &'a str),
    Organisation(&'a str),
    /// The stakeholder group alone.
    Group(GroupId),
    /// That somebody spoke for themselves, not for an organisation.
    Personally,
    Nobody,
}

/// How the contributions to one recommendation are attributed outside its
/// track.
#[derive(Debug, Clone)]
pub struct Attribution {
    rule: AttributionRule,
    /// Groups of which enough organisations contributed.
    groups: Vec<GroupId>,
}

impl Attribution {
    /// `contributors` are the organisations of all contributions to the
    /// recommendation, each with its group, as often as they contributed.
    #[must_use]
    pub fn outside(rule: AttributionRule, contributors: &[(OrganisationId, GroupId)]) -> Self {
        let mut pairs = contributors.to_vec();
        pairs.sort_unstable();
        pairs.dedup();
        let mut groups: Vec<GroupId> = pairs.iter().map(|(_, group)| *group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups.retain(|group| pairs.iter().filter(|(_, own)| own == group).count() >= FEWEST);
        Self { rule, groups }
    }

    /// The stricter of the rule then and the rule now.
    #[must_use]
    pub fn rule_for(&self, then: AttributionRule) -> AttributionRule {
        self.rule.max(then)
    }

    /// Whether nothing may tell who contributed, the order included.
    #[must_use]
    pub fn is_anonymous(&self, then: AttributionRule) -> bool {
        self.rule_for(then) == AttributionRule::ChathamHouse
    }

    #[must_use]
    pub fn shown<'a>(&self, of: &Contributor<'a>) -> Shown<'a> {
        match self.rule_for(of.rule) {
            AttributionRule::Named => Shown::Person(of.name, of.organisation_name),
            AttributionRule::Organisation => match of.capacity {
                Capacity::Organisation => Shown::Organisation(of.organisation_name),
                Capacity::Personal => Shown::Personally,
            },
            AttributionRule::ChathamHouse if self.groups.contains(&of.group) => {
                Shown::Group(of.group)
            }
            AttributionRule::ChathamHouse => Shown::Nobody,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AttributionRule::{ChathamHouse, Named, Organisation};

    fn of(group: i64, capacity: Capacity, rule: AttributionRule) -> Contributor<'static> {
        Contributor {
            name: "Nobody Else",
            organisation: OrganisationId(1),
            organisation_name: "One of Few",
            group: GroupId(group),
            capacity,
            rule,
        }
    }

    fn pairs(of: &[(i64, i64)]) -> Vec<(OrganisationId, GroupId)> {
        of.iter().map(|(own, group)| (OrganisationId(*own), GroupId(*group))).collect()
    }

    #[test]
    fn a_group_is_named_from_three_organisations_on() {
        // One organisation that spoke three times is one organisation.
        let two = Attribution::outside(ChathamHouse, &pairs(&[(1, 7), (1, 7), (1, 7), (2, 7)]));
        let own = of(7, Capacity::Organisation, ChathamHouse);
        assert_eq!(two.shown(&own), Shown::Nobody);
        let three = Attribution::outside(ChathamHouse, &pairs(&[(1, 7), (2, 7), (3, 7), (4, 8)]));
        assert_eq!(three.shown(&own), Shown::Group(GroupId(7)));
        assert_eq!(three.shown(&of(8, Capacity::Organisation, ChathamHouse)), Shown::Nobody);
        assert_eq!(three.shown(&of(7, Capacity::Personal, Named)), Shown::Group(GroupId(7)));
    }

    #[test]
    fn the_stricter_rule_holds() {
        for (now, then) in [(Named, ChathamHouse), (ChathamHouse, Named)] {
            let own = Attribution::outside(now, &[]);
            assert_eq!(own.shown(&of(1, Capacity::Organisation, then)), Shown::Nobody);
            assert!(own.is_anonymous(then));
        }
        let named = Attribution::outside(Named, &[]);
        let person = named.shown(&of(1, Capacity::Personal, Named));
        assert_eq!(person, Shown::Person("Nobody Else", "One of Few"));
        let own = Attribution::outside(Organisation, &[]);
        let shown = own.shown(&of(1, Capacity::Organisation, Named));
        assert_eq!(shown, Shown::Organisation("One of Few"));
        // Who speaks personally does not speak for the organisation.
        assert_eq!(own.shown(&of(1, Capacity::Personal, Named)), Shown::Personally);
    }
}
