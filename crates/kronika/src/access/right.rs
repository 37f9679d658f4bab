//! What a person may do, by role: one table, for the program and for the page that explains it.

use super::Role;

/// Something a person may or may not do. What it may be done to is asked of the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// Look at, search and download what one sees.
    Read,
    /// Bring messages in.
    Record,
    /// Decide which client an interaction belongs to.
    Assign,
    /// Add and change clients, their addresses, and rules that assign by themselves.
    ManageClients,
    /// Correct or add to what is recorded.
    Amend,
    /// Decide who sees a client or an interaction.
    Share,
    /// Take a client's history out as files.
    Export,
    /// Listen to recordings.
    Listen,
    MakeEvidence,
    PlaceHold,
    /// Erase what may no longer be kept. It takes two people who have the right.
    Erase,
    /// Make teams, say who is in them and whose mailbox an address is, give outsiders something to see.
    ManageAccess,
    /// Invite people, and change their roles.
    ManagePeople,
    /// Read the firm's rules of communication, and accept them.
    AcceptGuidelines,
    /// Write those rules, see who accepted them, remind who did not.
    WriteGuidelines,
    /// See what others looked at and did.
    SeeLog,
    /// See the journal, and let it be verified.
    Verify,
    /// Change the settings of the archive.
    Configure,
}

impl Right {
    /// All of them, in the order in which they are explained.
    pub const ALL: [Right; 18] = [
        Right::Read,
        Right::Record,
        Right::Assign,
        Right::ManageClients,
        Right::Amend,
        Right::Share,
        Right::Export,
        Right::Listen,
        Right::MakeEvidence,
        Right::PlaceHold,
        Right::Erase,
        Right::ManageAccess,
        Right::ManagePeople,
        Right::AcceptGuidelines,
        Right::WriteGuidelines,
        Right::SeeLog,
        Right::Verify,
        Right::Configure,
    ];

    /// The key of its text.
    pub fn key(self) -> &'static str {
        match self {
            Right::Read => "right-read",
            Right::Record => "right-record",
            Right::Assign => "right-assign",
            Right::ManageClients => "right-manage-clients",
            Right::Amend => "right-amend",
            Right::Share => "right-share",
            Right::Export => "right-export",
            Right::Listen => "right-listen",
            Right::MakeEvidence => "right-make-evidence",
            Right::PlaceHold => "right-place-hold",
            Right::Erase => "right-erase",
            Right::ManageAccess => "right-manage-access",
            Right::ManagePeople => "right-manage-people",
            Right::AcceptGuidelines => "right-accept-guidelines",
            Right::WriteGuidelines => "right-write-guidelines",
            Right::SeeLog => "right-see-log",
            Right::Verify => "right-verify",
            Right::Configure => "right-configure",
        }
    }
}

impl Role {
    /// The table.
    ///
    /// Whoever runs the system gives nobody access, not even themselves: that is the owner's alone, so an
    /// administrator sees content only when somebody else lets them.
    pub fn has(self, right: Right) -> bool {
        use Role::{Administrator, Auditor, Expert, Manager, Member, Owner};
        let roles: &[Role] = match right {
            Right::Read => &Role::ALL,
            Right::Record | Right::Assign | Right::ManageClients | Right::Amend => &[Owner, Manager, Member],
            Right::Share | Right::Export | Right::MakeEvidence | Right::PlaceHold | Right::Erase => {
                &[Owner, Manager]
            }
            Right::Listen => &[Owner, Manager, Auditor, Expert],
            Right::ManageAccess => &[Owner],
            Right::AcceptGuidelines => &[Owner, Administrator, Manager, Member],
            Right::WriteGuidelines => &[Owner, Manager],
            Right::SeeLog => &[Owner, Administrator, Manager, Auditor],
            Right::ManagePeople | Right::Configure => &[Owner, Administrator],
            Right::Verify => &[Owner, Administrator, Auditor],
        };
        roles.contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rights_of(role: Role) -> Vec<Right> {
        Right::ALL.into_iter().filter(|right| role.has(*right)).collect()
    }

    #[test]
    fn an_owner_may_everything_and_alone_lets_others_in() {
        assert_eq!(rights_of(Role::Owner), Right::ALL);
        for role in Role::ALL {
            assert_eq!(role.has(Right::ManageAccess), role == Role::Owner);
        }
    }

    #[test]
    fn whoever_runs_the_system_touches_no_content() {
        let rights = rights_of(Role::Administrator);
        let system = [
            Right::Read,
            Right::ManagePeople,
            Right::AcceptGuidelines,
            Right::SeeLog,
            Right::Verify,
            Right::Configure,
        ];
        assert_eq!(rights, system);
    }

    #[test]
    fn whoever_is_from_outside_changes_nothing() {
        assert_eq!(
            rights_of(Role::Auditor),
            [Right::Read, Right::Listen, Right::SeeLog, Right::Verify]
        );
        assert_eq!(rights_of(Role::Expert), [Right::Read, Right::Listen]);
    }
}
