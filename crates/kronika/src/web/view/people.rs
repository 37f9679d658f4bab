//! People of the archive, and who was invited.

use askama::Template;

use super::kinds::Instant;
use super::page::Page;
use crate::access::Role;
use crate::web::locale::Locale;

/// `GET /settings/people`
#[derive(Template)]
#[template(path = "settings/people.html")]
pub struct People {
    pub page: Page,
    pub people: Vec<Person>,
    pub invitations: Vec<Invited>,
    /// The roles that whoever looks may give.
    pub roles: Vec<Role>,
    /// An invitation that was just made: its link is shown this once.
    pub link: Option<Link>,
    pub mistake: Option<&'static str>,
    /// The name that was sent, to be corrected.
    pub refused: String,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub id: String,
    pub name: String,
    /// None for a role that this program does not know.
    pub role: Option<Role>,
    pub seen_at: Option<Instant>,
    pub password: bool,
    pub second_factor: bool,
    /// Whether it is whoever looks.
    pub is_you: bool,
    /// Whether whoever looks may change or remove them.
    pub yours_to_change: bool,
}

#[derive(Clone, Debug)]
pub struct Invited {
    pub id: String,
    pub name: String,
    pub role: Option<Role>,
    pub made_by: String,
    pub expires_at: Instant,
    /// Whether its time is over.
    pub is_over: bool,
}

#[derive(Clone, Debug)]
pub struct Link {
    pub name: String,
    pub url: String,
    pub expires_at: Instant,
}

/// `GET /settings/people/{account}/remove`
#[derive(Template)]
#[template(path = "settings/remove_person.html")]
pub struct RemovePerson {
    pub page: Page,
    pub id: String,
    pub name: String,
}

impl People {
    fn role_key(&self, role: &Role) -> &'static str {
        role_key(*role)
    }
}

/// The key of a role's name.
pub fn role_key(role: Role) -> &'static str {
    match role {
        Role::Owner => "role-owner",
        Role::Administrator => "role-administrator",
        Role::Manager => "role-manager",
        Role::Member => "role-member",
        Role::Auditor => "role-auditor",
        Role::Expert => "role-expert",
    }
}
