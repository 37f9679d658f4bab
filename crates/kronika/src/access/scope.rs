//! What someone sees, as SQL conditions: every list, count and search puts one into its query.
//!
//! Only numbers from the person's own facts are written into the text. Where there is nothing to hide the condition
//! is empty, so that the usual archive pays nothing.

use super::decide::{ClientAccess, InteractionAccess, may_see_client, may_see_interaction};
use super::reach::{Clients, Reach};
use super::{Covers, Person};
use crate::archive::id::{ClientId, InteractionKey, TeamId};

const ALL: &str = "1 = 1";
const NONE: &str = "1 = 0";

/// How far someone sees.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// `None` for the program itself and its command line.
    person: Option<&'a Person>,
    /// Whether it is believed that there was nothing to hide when the person was loaded.
    fresh: bool,
}

impl<'a> Scope<'a> {
    pub fn of(person: &'a Person) -> Scope<'a> {
        Scope {
            person: Some(person),
            fresh: true,
        }
    }

    /// The same when time may have passed since the person was loaded, as behind an import that records private mail:
    /// then nothing is taken for open to all.
    pub fn later(self) -> Scope<'a> {
        Scope { fresh: false, ..self }
    }

    /// No limit: whoever has the archive's key needs no permission.
    pub fn everything() -> Scope<'static> {
        Scope {
            person: None,
            fresh: true,
        }
    }

    pub fn is_everything(self) -> bool {
        self.person.is_none()
    }

    /// The condition under which a row of `client`, known as `alias`, is seen.
    pub fn clients(self, alias: &str) -> String {
        match self.reach() {
            Sight::Everything => ALL.to_owned(),
            Sight::Nothing => NONE.to_owned(),
            Sight::Limited(person, reach) => self.some_clients(person, reach, alias),
        }
    }

    /// The condition under which a row of `interaction`, known as `alias`, is seen.
    pub fn interactions(self, alias: &str) -> String {
        match self.reach() {
            Sight::Everything => ALL.to_owned(),
            Sight::Nothing => NONE.to_owned(),
            Sight::Limited(person, reach) => {
                let team = self.team(person, reach, alias);
                if self.nothing_guarded(person) {
                    return team;
                }
                let guarded = self.some_guarded(person, reach, alias);
                format!("(({alias}.sensitivity = 'team' AND {team}) OR {guarded})")
            }
        }
    }

    /// The condition under which an interaction of a client who is seen is seen itself.
    pub fn of_seen_client(self, alias: &str) -> String {
        match self.reach() {
            Sight::Everything => ALL.to_owned(),
            Sight::Nothing => NONE.to_owned(),
            Sight::Limited(person, _) if self.nothing_guarded(person) => ALL.to_owned(),
            Sight::Limited(person, reach) => {
                format!(
                    "({alias}.sensitivity = 'team' OR {})",
                    self.some_guarded(person, reach, alias)
                )
            }
        }
    }

    /// The condition under which an interaction that is not of the team's sensitivity is seen.
    pub fn guarded(self, alias: &str) -> String {
        match self.reach() {
            Sight::Everything => format!("{alias}.sensitivity <> 'team'"),
            Sight::Nothing => NONE.to_owned(),
            Sight::Limited(person, reach) => self.some_guarded(person, reach, alias),
        }
    }

    /// Whether an interaction without a client, of the team's sensitivity, is seen.
    pub fn inbox(self) -> bool {
        match self.reach() {
            Sight::Everything => true,
            Sight::Nothing => false,
            Sight::Limited(_, reach) => reach.inbox,
        }
    }

    /// Whether every interaction is seen, so that no query needs a condition.
    pub fn sees_all(self) -> bool {
        self.interactions("i") == ALL
    }

    /// Whether every client is seen.
    pub fn sees_every_client(self) -> bool {
        self.clients("c") == ALL
    }

    /// Whether anything can be private or restricted in what is asked for.
    pub fn may_hide(self) -> bool {
        self.person.is_some_and(|person| !self.nothing_guarded(person))
    }

    fn nothing_guarded(self, person: &Person) -> bool {
        self.fresh && person.nothing_guarded
    }

    /// The decision for one client.
    pub fn sees_client(self, client: &ClientAccess) -> bool {
        self.person.is_none_or(|person| may_see_client(person, client))
    }

    /// The decision for one interaction.
    pub fn sees_interaction(self, interaction: &InteractionAccess) -> bool {
        self.person
            .is_none_or(|person| may_see_interaction(person, interaction))
    }

    fn reach(self) -> Sight<'a> {
        match self.person {
            None => Sight::Everything,
            Some(person) => match person.role {
                None => Sight::Nothing,
                Some(role) => Sight::Limited(person, role.reach()),
            },
        }
    }
}

/// The conditions of those who do not see everything.
impl Scope<'_> {
    fn some_clients(self, person: &Person, reach: Reach, alias: &str) -> String {
        let mut any = Vec::new();
        match reach.clients {
            Clients::All => return ALL.to_owned(),
            Clients::OpenOrTheirs if self.fresh && person.all_open => return ALL.to_owned(),
            Clients::OpenOrTheirs => any.push(format!("{alias}.openness = 'open'")),
            Clients::Theirs => (),
            Clients::Granted => return granted_clients(person, alias),
        }
        any.push(format!(
            "EXISTS (SELECT 1 FROM client_person cp WHERE cp.client_id = {alias}.id AND cp.account_id = {})",
            person.account.0
        ));
        if !person.teams.is_empty() {
            any.push(format!(
                "({alias}.openness <> 'named' AND EXISTS (SELECT 1 FROM client_team ct
                WHERE ct.client_id = {alias}.id AND ct.team_id IN ({})))",
                numbers(person.teams.iter().map(|TeamId(id)| *id))
            ));
        }
        format!("({})", any.join(" OR "))
    }

    /// Interactions of the team's sensitivity.
    fn team(self, person: &Person, reach: Reach, alias: &str) -> String {
        let mut any = Vec::new();
        if reach.inbox {
            any.push(format!("{alias}.assigned_count = 0"));
        }
        let clients = self.some_clients(person, reach, "sc");
        let with_seen = match clients.as_str() {
            ALL if reach.inbox => return ALL.to_owned(),
            ALL => format!("{alias}.assigned_count > 0"),
            _ => format!(
                "EXISTS (SELECT 1 FROM assignment sa JOIN client sc ON sc.id = sa.client_id
                WHERE sa.interaction_key = {alias}.interaction_key AND {clients})"
            ),
        };
        any.push(with_seen);
        any.extend(granted_threads(person, reach, alias));
        format!("({})", any.join(" OR "))
    }

    /// Interactions of any other sensitivity.
    fn some_guarded(self, person: &Person, reach: Reach, alias: &str) -> String {
        let account = person.account.0;
        let named = format!(
            "EXISTS (SELECT 1 FROM interaction_person ip
            WHERE ip.interaction_key = {alias}.interaction_key AND ip.account_id = {account})"
        );
        let restricted = match reach.clients {
            _ if reach.all_restricted => format!("{alias}.sensitivity = 'restricted'"),
            // A name opens nothing to outsiders that no grant covers.
            Clients::Granted => format!(
                "({alias}.sensitivity = 'restricted' AND {named} AND {})",
                self.team(person, reach, alias)
            ),
            _ => format!("({alias}.sensitivity = 'restricted' AND {named})"),
        };
        if !reach.own_mail || person.addresses.is_empty() {
            return restricted;
        }
        format!(
            "({restricted} OR ({alias}.sensitivity = 'private' AND EXISTS (SELECT 1 FROM participant sp
            JOIN account_address sm ON sm.address = sp.address
            WHERE sp.interaction_key = {alias}.interaction_key AND sm.account_id = {account})))"
        )
    }
}

enum Sight<'a> {
    Everything,
    Nothing,
    Limited(&'a Person, Reach),
}

fn granted_clients(person: &Person, alias: &str) -> String {
    if person.grants.contains(&Covers::Everything) {
        return ALL.to_owned();
    }
    let clients = granted(person, |covers| match covers {
        Covers::Client(ClientId(id)) => Some(id),
        Covers::Everything | Covers::Thread(_) => None,
    });
    match clients.is_empty() {
        true => NONE.to_owned(),
        false => format!("{alias}.id IN ({clients})"),
    }
}

fn granted_threads(person: &Person, reach: Reach, alias: &str) -> Option<String> {
    let threads = granted(person, |covers| match covers {
        Covers::Thread(InteractionKey(key)) => Some(key),
        Covers::Everything | Covers::Client(_) => None,
    });
    (reach.clients == Clients::Granted && !threads.is_empty())
        .then(|| format!("({alias}.assigned_count > 0 AND {alias}.thread_key IN ({threads}))"))
}

fn granted(person: &Person, pick: impl Fn(Covers) -> Option<i64>) -> String {
    numbers(person.grants.iter().filter_map(|covers| pick(*covers)))
}

fn numbers(ids: impl Iterator<Item = i64>) -> String {
    ids.map(|id| id.to_string()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::archive::id::AccountId;

    fn person(role: Option<Role>) -> Person {
        Person {
            account: AccountId(7),
            name: "ewa".to_owned(),
            role,
            teams: Vec::new(),
            addresses: Vec::new(),
            grants: Vec::new(),
            all_open: true,
            nothing_guarded: true,
        }
    }

    #[test]
    fn where_nothing_is_hidden_no_query_pays_for_it() {
        for role in [Role::Owner, Role::Manager, Role::Member] {
            let person = person(Some(role));
            let scope = Scope::of(&person);
            assert!(scope.sees_all() && scope.clients("c") == ALL && scope.of_seen_client("i") == ALL);
            assert!(
                !scope.later().sees_all(),
                "after a while nothing is taken for granted"
            );
        }
    }

    #[test]
    fn a_role_of_another_version_sees_nothing_at_all() {
        let person = person(None);
        let scope = Scope::of(&person);
        for condition in [
            scope.clients("c"),
            scope.interactions("i"),
            scope.of_seen_client("i"),
            scope.guarded("i"),
        ] {
            assert_eq!(condition, NONE);
        }
        assert!(!scope.inbox() && !scope.sees_all());
    }

    #[test]
    fn whoever_was_given_nothing_sees_nothing() {
        for role in [Role::Administrator, Role::Auditor, Role::Expert] {
            let person = person(Some(role));
            assert!(!Scope::of(&person).sees_all() && Scope::of(&person).clients("c") != ALL);
        }
        assert_eq!(Scope::of(&person(Some(Role::Expert))).clients("c"), NONE);
    }
}
