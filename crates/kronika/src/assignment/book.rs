//! What decides: clients' addresses and domains, our own, the rules, and who is in which thread.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::public_domain::{domain_of, with_parents};
use super::{Assigned, Field, Why};
use crate::archive::id::{ClientId, InteractionKey, RuleId};
use crate::interaction::{Direction, Participant};

/// Everything that assignment looks at, read for the messages of one batch.
#[derive(Debug, Default)]
pub struct Book {
    pub addresses: HashMap<String, Vec<ClientId>>,
    pub domains: HashMap<String, Vec<ClientId>>,
    pub own: Own,
    pub rules: Vec<Rule>,
    pub threads: HashMap<InteractionKey, Vec<ClientId>>,
}

/// Our own addresses and domains: they decide direction and never point at a client.
#[derive(Debug, Default, Clone)]
pub struct Own {
    pub addresses: HashSet<String>,
    pub domains: HashSet<String>,
}

/// "What holds this text in that field belongs to this client."
#[derive(Debug, Clone)]
pub struct Rule {
    pub id: RuleId,
    pub field: Field,
    /// Folded, so that case and diacritics do not matter.
    pub needle: String,
    pub client: ClientId,
}

impl Own {
    pub fn has(&self, address: &str) -> bool {
        self.addresses.contains(address) || domain_of(address).is_some_and(|domain| self.has_domain(domain))
    }

    /// Whether a domain is ours, by itself or by one above it.
    pub fn has_domain(&self, domain: &str) -> bool {
        with_parents(domain).any(|domain| self.domains.contains(domain))
    }

    /// Whether it came from us, to us, or stayed among us. A message that names nobody of ours came in: it reached
    /// us somehow.
    pub fn direction(&self, participants: &[Participant]) -> Direction {
        let ours = |role: &str| {
            participants
                .iter()
                .any(|p| p.role == role && self.has(&p.address))
        };
        // Who sent it for somebody counts only when nobody says whom it is from.
        let unsigned = participants.iter().all(|p| p.role != "from");
        let from_us = if unsigned { ours("sender") } else { ours("from") };
        if !from_us {
            return Direction::Inbound;
        }
        let receivers = participants
            .iter()
            .filter(|p| matches!(p.role.as_str(), "to" | "cc" | "bcc"));
        let mut receivers = receivers.peekable();
        if receivers.peek().is_some() && receivers.all(|p| self.has(&p.address)) {
            Direction::Internal
        } else {
            Direction::Outbound
        }
    }
}

impl Rule {
    pub fn matches(&self, subject: &str, participants: &[Participant]) -> bool {
        let within = |text: &str| kronika_lexicon::fold(text).contains(&self.needle);
        let someone = |roles: &[&str]| {
            participants
                .iter()
                .filter(|p| roles.contains(&p.role.as_str()))
                .any(|p| within(&p.address) || within(&p.name))
        };
        match self.field {
            Field::Subject => within(subject),
            Field::From => someone(&["from", "sender", "reply_to"]),
            Field::To => someone(&["to", "cc", "bcc"]),
        }
    }
}

impl Book {
    /// The clients of a message, one entry each with the strongest reason.
    pub fn decide(
        &self,
        subject: &str,
        participants: &[Participant],
        thread: Option<InteractionKey>,
    ) -> Vec<Assigned> {
        let mut found: BTreeMap<ClientId, (Why, String)> = BTreeMap::new();
        let mut add = |clients: &[ClientId], why: Why, detail: &str| {
            for client in clients {
                let entry = found.entry(*client).or_insert_with(|| (why, detail.to_owned()));
                if why < entry.0 {
                    *entry = (why, detail.to_owned());
                }
            }
        };
        for address in participants
            .iter()
            .map(|p| p.address.as_str())
            .filter(|a| !self.own.has(a))
        {
            if let Some(clients) = self.addresses.get(address) {
                add(clients, Why::Address, address);
            }
            for domain in domain_of(address).into_iter().flat_map(with_parents) {
                if let Some(clients) = self.domains.get(domain) {
                    add(clients, Why::Domain, domain);
                }
            }
        }
        for rule in self
            .rules
            .iter()
            .filter(|rule| rule.matches(subject, participants))
        {
            add(
                &[rule.client],
                Why::Rule,
                &format!("{}: {}", rule.field.name(), rule.needle),
            );
        }
        if found.is_empty()
            && let Some((thread, clients)) =
                thread.and_then(|thread| Some((thread, self.threads.get(&thread)?)))
        {
            found.extend(
                clients
                    .iter()
                    .map(|client| (*client, (Why::Thread, thread.to_string()))),
            );
        }
        found
            .into_iter()
            .map(|(client, (why, detail))| Assigned { client, why, detail })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(role: &str, address: &str) -> Participant {
        Participant {
            role: role.into(),
            name: String::new(),
            address: address.into(),
        }
    }

    fn book() -> Book {
        let mut book = Book::default();
        book.addresses.insert("anna@gmail.com".into(), vec![ClientId(1)]);
        book.domains.insert("firma.pl".into(), vec![ClientId(2)]);
        book.own.domains.insert("lipowa7.example".into());
        book.rules.push(Rule {
            id: RuleId(1),
            field: Field::Subject,
            needle: kronika_lexicon::fold("Żabka"),
            client: ClientId(3),
        });
        book.threads.insert(InteractionKey(9), vec![ClientId(4)]);
        book
    }

    #[test]
    fn everyone_named_counts_and_each_client_is_explained() {
        let people = [
            person("from", "ewa@lipowa7.example"),
            person("to", "jan@mail.firma.pl"),
            person("cc", "anna@gmail.com"),
        ];

        let assigned = book().decide("Umowa ZABKA", &people, Some(InteractionKey(9)));

        let reasons: Vec<(i64, Why, &str)> = assigned
            .iter()
            .map(|a| (a.client.0, a.why, a.detail.as_str()))
            .collect();
        assert_eq!(
            reasons,
            [
                (1, Why::Address, "anna@gmail.com"),
                (2, Why::Domain, "firma.pl"),
                (3, Why::Rule, "subject: zabka")
            ]
        );
    }

    #[test]
    fn the_thread_decides_only_when_nothing_else_does() {
        let people = [
            person("from", "unknown@elsewhere.example"),
            person("to", "ewa@lipowa7.example"),
        ];

        let assigned = book().decide("Re: hello", &people, Some(InteractionKey(9)));

        assert_eq!(assigned.len(), 1);
        assert_eq!((assigned[0].client, assigned[0].why), (ClientId(4), Why::Thread));
        assert!(book().decide("Re: hello", &people, None).is_empty());
    }

    #[test]
    fn direction_is_told_by_our_own_addresses() {
        let own = book().own;
        let (us, also_us, them) = ("ewa@lipowa7.example", "jan@sub.lipowa7.example", "anna@gmail.com");

        assert_eq!(
            own.direction(&[person("from", them), person("to", us)]),
            Direction::Inbound
        );
        assert_eq!(
            own.direction(&[person("from", us), person("to", them)]),
            Direction::Outbound
        );
        assert_eq!(
            own.direction(&[person("from", us), person("to", also_us)]),
            Direction::Internal
        );
        let copied = [person("from", us), person("to", also_us), person("cc", them)];
        assert_eq!(own.direction(&copied), Direction::Outbound);
        assert_eq!(own.direction(&[person("from", us)]), Direction::Outbound);
        assert_eq!(own.direction(&[]), Direction::Inbound);
    }
}
