//! What a person is to an archive.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One person has one role in one archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Answers for the archive: may do everything and see everything that is not private to others.
    Owner,
    /// Runs the system; sees content only through a team.
    Administrator,
    /// Leads teams: sees their clients, may change who else does.
    Manager,
    /// Works with the clients of their teams.
    Member,
    /// Reads what was granted for a period, changes nothing, every look is recorded.
    Auditor,
    /// From outside: reads one set of things until a date.
    Expert,
}

impl Role {
    pub const ALL: [Role; 6] = [
        Role::Owner,
        Role::Administrator,
        Role::Manager,
        Role::Member,
        Role::Auditor,
        Role::Expert,
    ];

    /// The name in the journal, on the command line and in forms.
    pub fn name(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Administrator => "administrator",
            Role::Manager => "manager",
            Role::Member => "member",
            Role::Auditor => "auditor",
            Role::Expert => "expert",
        }
    }

    /// The key of its name in the person's language.
    pub fn key(self) -> &'static str {
        match self {
            Role::Owner => "role-owner",
            Role::Administrator => "role-administrator",
            Role::Manager => "role-manager",
            Role::Member => "role-member",
            Role::Auditor => "role-auditor",
            Role::Expert => "role-expert",
        }
    }

    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_by_its_name_and_no_other_is() {
        for role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
        }
        assert_eq!(Role::named("root"), None);
    }
}
