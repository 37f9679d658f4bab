//! What one person may see, and whether everything that shows something agrees with it.

mod pages;

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use kronika::access::decide::{InteractionAccess, may_see_client, may_see_interaction};
use kronika::access::grant::{Extent, extent};
use kronika::access::store::{client_access, interaction_access, seen};
use kronika::access::{Covers, Person, Scope};
use kronika::archive::id::{ClientId, InteractionKey};
use kronika::assignment::inbox::{self, Shelf};
use kronika::assignment::store::{history, of_interaction};
use kronika::client::list::{self, Asked, Sort};
use kronika::client::store::{add_guarded, find};
use kronika::client::timeline::{self, Part};
use kronika::interaction::Direction;
use kronika::interaction::list::rows;
use kronika::interaction::read::thread_of;
use kronika::search::query::Query;
use kronika::search::run::{self, Order, Page};
use kronika::storage::Conn;

use super::site::Site;
use super::world::{WORD, World};
use crate::support::TestArchive;

/// What one person may see, by the decision for each single thing.
pub struct Sight<'a> {
    person: &'a Person,
    clients: BTreeSet<ClientId>,
    pub interactions: BTreeMap<InteractionKey, InteractionAccess>,
    /// All there is.
    pub everything: &'a BTreeMap<InteractionKey, InteractionAccess>,
}

pub async fn facts(conn: &mut Conn, world: &World) -> BTreeMap<InteractionKey, InteractionAccess> {
    let mut all = BTreeMap::new();
    for key in &world.interactions {
        all.insert(*key, interaction_access(conn, *key).await.unwrap().unwrap());
    }
    all
}

impl<'a> Sight<'a> {
    pub async fn decided(
        conn: &mut Conn,
        world: &World,
        person: &'a Person,
        everything: &'a BTreeMap<InteractionKey, InteractionAccess>,
    ) -> Sight<'a> {
        let mut clients = BTreeSet::new();
        for (_, client) in &world.clients {
            let access = client_access(conn, *client).await.unwrap().unwrap();
            if may_see_client(person, &access) {
                clients.insert(*client);
            }
        }
        let interactions = everything
            .iter()
            .filter(|(_, facts)| may_see_interaction(person, facts))
            .map(|(key, facts)| (*key, facts.clone()))
            .collect();
        Sight {
            person,
            clients,
            interactions,
            everything,
        }
    }

    fn scope(&self) -> Scope<'_> {
        Scope::of(self.person)
    }

    /// The seen interactions that fulfil a condition.
    fn those(&self, condition: impl Fn(&InteractionAccess) -> bool) -> BTreeSet<InteractionKey> {
        let chosen = self.interactions.iter().filter(|(_, facts)| condition(facts));
        chosen.map(|(key, _)| *key).collect()
    }

    fn of_client(&self, client: ClientId) -> BTreeSet<InteractionKey> {
        self.those(|facts| facts.clients.iter().any(|access| access.client == client))
    }

    async fn agrees_on_clients(&self, conn: &mut Conn, world: &World) {
        let name = &self.person.name;
        for sort in [Sort::Name, Sort::Last, Sort::Count] {
            let listed = self.listed(conn, "", sort).await;
            assert_eq!(listed, self.clients, "clients of {name}");
        }
        let count = list::count(conn, self.scope(), "").await.unwrap();
        assert_eq!(count, self.clients.len() as i64, "count of clients of {name}");
        for (called, client) in &world.clients {
            let expected: BTreeSet<ClientId> =
                self.clients.iter().filter(|id| *id == client).copied().collect();
            assert_eq!(
                self.listed(conn, called, Sort::Name).await,
                expected,
                "{called} for {name}"
            );
            let count = list::count(conn, self.scope(), called).await.unwrap();
            assert_eq!(count, expected.len() as i64, "{name}");
        }
    }

    async fn listed(&self, conn: &mut Conn, text: &str, sort: Sort) -> BTreeSet<ClientId> {
        let asked = Asked {
            text: text.to_owned(),
            sort,
            offset: 0,
            limit: 1_000,
        };
        let clients = list::list(conn, self.scope(), &asked).await.unwrap();
        for client in &clients {
            let theirs = self.of_client(client.id);
            let (name, person) = (&client.facts.name, &self.person.name);
            assert_eq!(
                client.interaction_count,
                theirs.len() as i64,
                "{name} as {person} counts it"
            );
            assert_eq!(client.last, theirs.last().copied(), "last of {name} for {person}");
        }
        clients.into_iter().map(|client| client.id).collect()
    }

    async fn agrees_on_timelines(&self, conn: &mut Conn) {
        let (scope, name) = (self.scope(), &self.person.name);
        for id in &self.clients {
            let mut client = find(conn, *id).await.unwrap().unwrap();
            add_guarded(conn, scope, std::slice::from_mut(&mut client))
                .await
                .unwrap();
            let theirs = self.of_client(*id);
            let mut threads: BTreeMap<InteractionKey, Vec<InteractionKey>> = BTreeMap::new();
            for key in &theirs {
                threads.entry(self.everything[key].thread).or_default().push(*key);
            }
            let mut expected: Vec<(InteractionKey, i64)> = threads
                .values()
                .map(|keys| (*keys.last().unwrap(), keys.len() as i64 - 1))
                .collect();
            expected.sort_by(|one, other| other.cmp(one));
            let lines = timeline::threads(conn, scope, &client, (None, 1_000))
                .await
                .unwrap();
            let lines: Vec<(InteractionKey, i64)> =
                lines.iter().map(|line| (line.key, line.earlier)).collect();
            assert_eq!(lines, expected, "timeline of {} for {name}", client.facts.name);
            if let Some((middle, _)) = expected.get(expected.len() / 2) {
                let before = (Some(*middle), 1_000);
                let lines = timeline::threads(conn, scope, &client, before).await.unwrap();
                assert_eq!(lines.len(), expected.len() - expected.len() / 2 - 1, "{name}");
            }
            for (last, earlier) in &expected {
                let found = timeline::earlier(conn, scope, &client, *last).await.unwrap();
                assert_eq!(found.len() as i64, *earlier, "{name}");
                assert!(found.iter().all(|key| theirs.contains(key)), "{name}");
            }
            for hidden in self.everything.keys().filter(|key| !theirs.contains(key)) {
                let found = timeline::earlier(conn, scope, &client, *hidden).await.unwrap();
                assert!(found.is_empty(), "{name} learns of {hidden}");
            }
            let first = timeline::first(conn, scope, &client).await.unwrap();
            assert_eq!(
                first,
                theirs.first().copied(),
                "first of {} for {name}",
                client.facts.name
            );
            self.agrees_on_parts(conn, &client, &theirs).await;
        }
    }

    async fn agrees_on_parts(
        &self,
        conn: &mut Conn,
        client: &kronika::client::store::Client,
        theirs: &BTreeSet<InteractionKey>,
    ) {
        let (scope, name) = (self.scope(), &self.person.name);
        let tallies = timeline::tallies(conn, scope, client).await.unwrap();
        let mut all = BTreeSet::new();
        for direction in Direction::ALL {
            let part = Part {
                direction: Some(direction),
                ..Part::default()
            };
            let lines = timeline::part(conn, scope, client, part, (None, 1_000))
                .await
                .unwrap();
            let counted: i64 = tallies
                .iter()
                .filter(|tally| tally.direction == direction)
                .map(|tally| tally.count)
                .sum();
            assert_eq!(lines.len() as i64, counted, "{} for {name}", direction.name());
            all.extend(lines.iter().map(|line| line.key));
        }
        assert_eq!(&all, theirs, "{name}");
    }

    async fn agrees_on_inbox(&self, conn: &mut Conn, archive: &TestArchive) {
        let ignored = "SELECT interaction_key FROM interaction WHERE ignored_for IS NOT NULL";
        let ignored: BTreeSet<InteractionKey> = archive
            .numbers(ignored)
            .await
            .into_iter()
            .map(InteractionKey)
            .collect();
        let shelves = [
            (
                Shelf::Waiting,
                self.those(|facts| facts.clients.is_empty() && !ignored.contains(&facts.interaction)),
            ),
            (
                Shelf::Ignored,
                self.those(|facts| ignored.contains(&facts.interaction)),
            ),
            (Shelf::Unreadable, BTreeSet::new()),
        ];
        for (shelf, expected) in shelves {
            let (scope, name) = (self.scope(), &self.person.name);
            let page = inbox::page(conn, scope, shelf, (None, 1_000)).await.unwrap();
            assert_eq!(
                page.into_iter().collect::<BTreeSet<_>>(),
                expected,
                "{shelf:?} of {name}"
            );
            let count = inbox::count(conn, scope, shelf, 1_000).await.unwrap();
            assert_eq!(count, expected.len() as u64, "count of {shelf:?} of {name}");
        }
    }

    async fn agrees_on_search(&self, conn: &mut Conn, world: &World) {
        let mut queries = vec![(WORD.to_owned(), self.those(|_| true))];
        for (called, client) in &world.clients {
            let expected = match self.clients.contains(client) {
                true => self.of_client(*client),
                false => BTreeSet::new(),
            };
            queries.push((format!("{WORD} client:{called}"), expected.clone()));
            queries.push((format!("{WORD} client:{client}"), expected.clone()));
            queries.push((format!("client:{called}"), expected));
        }
        queries.push((
            format!("{WORD} direction:inbound"),
            self.found_by_direction(conn).await,
        ));
        for (text, expected) in queries {
            let query = Query::parse(&format!("{text} "), &TimeZone::UTC);
            for order in [Order::Newest, Order::Best] {
                let page = Page {
                    order,
                    before: None,
                    limit: 1_000,
                };
                let found = run::find(conn, self.scope(), &query, page).await.unwrap();
                let found: BTreeSet<InteractionKey> = found.into_iter().collect();
                assert_eq!(found, expected, "{text:?} for {}", self.person.name);
            }
            let count = run::count(conn, self.scope(), &query).await.unwrap();
            assert_eq!(
                count,
                expected.len() as i64,
                "count of {text:?} for {}",
                self.person.name
            );
        }
    }

    async fn found_by_direction(&self, conn: &mut Conn) -> BTreeSet<InteractionKey> {
        let keys: Vec<InteractionKey> = self.interactions.keys().copied().collect();
        let rows = rows(conn, self.scope(), &keys).await.unwrap();
        let inbound = rows.into_iter().filter(|row| row.direction == Direction::Inbound);
        inbound.map(|row| row.key).collect()
    }

    async fn agrees_on_interactions(&self, conn: &mut Conn) {
        let (scope, name) = (self.scope(), &self.person.name);
        let all: Vec<InteractionKey> = self.everything.keys().copied().collect();
        let found = seen(conn, scope, all).await.unwrap();
        let expected: Vec<InteractionKey> = self.interactions.keys().copied().collect();
        assert_eq!(found, expected, "interactions of {name}");
        for row in rows(conn, scope, &expected).await.unwrap() {
            let facts = &self.interactions[&row.key];
            let mut clients: Vec<ClientId> = facts.clients.iter().map(|access| access.client).collect();
            clients.retain(|client| self.clients.contains(client));
            clients.sort_unstable();
            let mut named: Vec<ClientId> = row.clients.iter().map(|(client, _)| *client).collect();
            named.sort_unstable();
            assert_eq!(named, clients, "clients of {} for {name}", row.key);
            let shown = of_interaction(conn, scope, row.key).await.unwrap();
            assert_eq!(shown.len(), clients.len(), "{name}");
            let steps = history(conn, scope, row.key).await.unwrap();
            assert!(
                steps.iter().all(|step| self.clients.contains(&step.client)),
                "{name}"
            );
            let thread = thread_of(conn, scope, row.key).await.unwrap();
            let others = self.those(|other| other.thread == facts.thread && other.interaction != row.key);
            assert_eq!(
                thread.into_iter().collect::<BTreeSet<_>>(),
                others,
                "thread for {name}"
            );
        }
    }

    /// What a grant is said to cover.
    async fn agrees_on_grants(&self, conn: &mut Conn) {
        for covers in &self.person.grants {
            let expected = self.those(|facts| match covers {
                Covers::Everything => true,
                Covers::Client(client) => facts.clients.iter().any(|access| access.client == *client),
                Covers::Thread(thread) => facts.thread == *thread,
            });
            let found = extent(conn, self.scope(), *covers).await.unwrap();
            let told = Extent {
                interactions: expected.len() as u64,
                first: expected.first().copied(),
                last: expected.last().copied(),
            };
            // A person from inside may have grants of a time when they were not.
            if self.person.is_outside() {
                assert_eq!(found, told, "{covers:?} of {}", self.person.name);
            }
        }
    }

    /// How many decisions were compared.
    pub async fn agrees(&self, conn: &mut Conn, archive: &TestArchive, world: &World) -> usize {
        self.agrees_on_clients(conn, world).await;
        self.agrees_on_timelines(conn).await;
        self.agrees_on_inbox(conn, archive).await;
        self.agrees_on_search(conn, world).await;
        self.agrees_on_interactions(conn).await;
        self.agrees_on_grants(conn).await;
        world.clients.len() + world.interactions.len()
    }

    /// The same on pages: what is hidden is answered like what does not exist.
    pub async fn agrees_with_pages(&self, site: &Site, world: &World, cookie: &str) {
        self.agrees_with_client_pages(site, world, cookie).await;
        self.agrees_with_interaction_pages(site, world, cookie).await;
        let hidden = |key: &&InteractionKey| !self.interactions.contains_key(key);
        for path in [
            "/inbox",
            "/search?q=umbrella",
            "/clients",
            "/grants",
            "/search/_results?q=umbrella",
        ] {
            let (_, body) = site.get(path, cookie).await;
            for hidden in self.everything.keys().filter(hidden) {
                assert!(
                    !body.contains(&hidden.to_string()),
                    "{path} tells {} of {hidden}",
                    self.person.name
                );
            }
        }
    }
}
