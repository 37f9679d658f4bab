//! How far a person sees, by role: the other half of the table. The scope as SQL, the single decision and the page
//! that explains it are all made from it.

use super::Role;

/// Which clients someone sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clients {
    All,
    /// Those open to all, those of one's teams, those that name one.
    OpenOrTheirs,
    /// Those of one's teams, those that name one.
    Theirs,
    /// What a grant covers that is valid now.
    Granted,
}

/// How far a role sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    pub clients: Clients,
    /// What belongs to no client yet.
    pub inbox: bool,
    /// What is private to people who took part, when an own address of theirs did.
    pub own_mail: bool,
    /// What is restricted, without being named.
    pub all_restricted: bool,
}

impl Role {
    pub fn reach(self) -> Reach {
        let (clients, inbox, own_mail, all_restricted) = match self {
            Role::Owner => (Clients::All, true, true, true),
            Role::Manager | Role::Member => (Clients::OpenOrTheirs, true, true, false),
            Role::Administrator => (Clients::Theirs, false, true, false),
            Role::Auditor | Role::Expert => (Clients::Granted, false, false, false),
        };
        Reach {
            clients,
            inbox,
            own_mail,
            all_restricted,
        }
    }

    /// Whether this role only sees what was granted, and every look is recorded.
    pub fn is_outside(self) -> bool {
        self.reach().clients == Clients::Granted
    }
}
