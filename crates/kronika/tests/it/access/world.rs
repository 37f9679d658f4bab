//! An archive made up by chance: people, teams, clients, interactions, and who may see them.

use kronika::access::act::{self as access, InteractionSight, NewGrant};
use kronika::access::{Covers, Openness, Role, Sensitivity};
use kronika::archive::id::{AccountId, ClientId, InteractionKey, TeamId};
use kronika::assignment::act::{assign, ignore, unassign};
use kronika::interaction::record::Outcome;

use crate::support::{Mail, TestArchive, mail};

/// Numbers by chance, the same for the same seed.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % end as u64).unwrap()
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Each with a chance.
    pub fn some<T: Copy>(&mut self, of: &[T], percent: usize) -> Vec<T> {
        of.iter().copied().filter(|_| self.percent(percent)).collect()
    }
}

pub struct World {
    pub people: Vec<(String, AccountId, Role)>,
    pub clients: Vec<(String, ClientId)>,
    pub teams: Vec<TeamId>,
    pub interactions: Vec<InteractionKey>,
}

/// The word that every message has.
pub const WORD: &str = "umbrella";

const ROLES: [(Role, usize); 6] = [
    (Role::Owner, 2),
    (Role::Administrator, 2),
    (Role::Manager, 3),
    (Role::Member, 4),
    (Role::Auditor, 2),
    (Role::Expert, 2),
];
const CLIENTS: usize = 10;

impl World {
    /// Makes one up. `letters` come before it is decided who sees what, as many after.
    pub async fn make_up(archive: &TestArchive, chance: &mut Chance, letters: usize) -> World {
        archive.own("ours.example").await;
        let mut world = World {
            people: Vec::new(),
            clients: Vec::new(),
            teams: Vec::new(),
            interactions: Vec::new(),
        };
        world.add_people(archive, chance).await;
        world.add_clients(archive, chance).await;
        world.record(archive, chance, (0, letters)).await;
        for _ in 0..letters {
            world.decide(archive, chance).await;
        }
        world.record(archive, chance, (letters, letters)).await;
        for _ in 0..letters / 2 {
            world.decide(archive, chance).await;
        }
        world
    }

    async fn add_people(&mut self, archive: &TestArchive, chance: &mut Chance) {
        for (role, count) in ROLES {
            for number in 1..=count {
                let name = format!("{}{number}", role.name());
                let account = archive.account(&name, role).await;
                if !role.is_outside() && chance.percent(60) {
                    let address = format!("{name}@ours.example");
                    access::set_addresses(archive, account, &[&address], "ewa")
                        .await
                        .unwrap();
                }
                self.people.push((name, account, role));
            }
        }
        for number in 0..3 {
            let team = access::add_team(archive, &format!("Team {number}"), "ewa")
                .await
                .unwrap();
            let members = chance.some(&self.accounts(), 35);
            access::set_members(archive, team, members, "ewa").await.unwrap();
            self.teams.push(team);
        }
    }

    fn accounts(&self) -> Vec<AccountId> {
        self.people.iter().map(|(_, account, _)| *account).collect()
    }

    fn outside(&self) -> Vec<AccountId> {
        let outside = self.people.iter().filter(|(_, _, role)| role.is_outside());
        outside.map(|(_, account, _)| *account).collect()
    }

    async fn add_clients(&mut self, archive: &TestArchive, chance: &mut Chance) {
        for number in 0..CLIENTS {
            let name = format!("Client{number}x");
            let address = format!("anna@c{number}.example");
            let client = archive.client(&name, &[&address], &[]).await;
            self.clients.push((name, client));
            if chance.percent(70) {
                self.open(archive, chance, client).await;
            }
        }
    }

    async fn open(&self, archive: &TestArchive, chance: &mut Chance, client: ClientId) {
        let openness = chance.one(&Openness::ALL);
        let (teams, people) = (chance.some(&self.teams, 30), chance.some(&self.accounts(), 15));
        archive.sees(client, openness, &teams, &people).await;
    }

    async fn record(&mut self, archive: &TestArchive, chance: &mut Chance, (from, count): (usize, usize)) {
        let mails: Vec<Mail> = (from..from + count)
            .map(|number| self.letter(chance, number))
            .collect();
        for outcome in archive.record_batch(&mails).await {
            match outcome {
                Outcome::Recorded(key) => self.interactions.push(key),
                other => panic!("{other:?}"),
            }
        }
    }

    fn letter(&self, chance: &mut Chance, number: usize) -> Mail {
        let outside = |chance: &mut Chance| match chance.percent(65) {
            true => format!("anna@c{}.example", chance.below(CLIENTS)),
            false => format!("stranger{}@elsewhere.example", chance.below(5)),
        };
        let ours = |chance: &mut Chance| match chance.percent(30) {
            true => "office@ours.example".to_owned(),
            false => format!("{}@ours.example", self.people[chance.below(self.people.len())].0),
        };
        let (there, here) = (outside(chance), ours(chance));
        let (sender, receiver) = match chance.percent(50) {
            true => (there, here),
            false => (here, there),
        };
        let mut letter = mail(&format!("Letter {number}"))
            .from(&sender)
            .to(&receiver)
            .id(&format!("{number}@x"))
            .on_day(u32::try_from(1 + chance.below(28)).unwrap())
            .body(&format!("About the {WORD}."));
        if chance.percent(25) {
            letter = letter.cc(&match chance.percent(50) {
                true => outside(chance),
                false => ours(chance),
            });
        }
        if number > 0 && chance.percent(45) {
            let mut answered = vec![format!("{}@x", chance.below(number))];
            if chance.percent(20) {
                answered.push(format!("{}@x", chance.below(number)));
            }
            let answered: Vec<&str> = answered.iter().map(String::as_str).collect();
            letter = letter.answers(&answered);
        }
        letter
    }

    /// Somebody decides something about who sees what.
    async fn decide(&self, archive: &TestArchive, chance: &mut Chance) {
        let key = chance.one(&self.interactions);
        let (_, client) = &self.clients[chance.below(self.clients.len())];
        match chance.below(12) {
            0 => self.open(archive, chance, *client).await,
            1 => assign(archive, key, (*client, ""), "ewa").await.unwrap(),
            2 => unassign(archive, key, (*client, ""), "ewa").await.unwrap(),
            3 => ignore(archive, key, "noise", "ewa").await.unwrap(),
            4 => {
                let members = chance.some(&self.accounts(), 35);
                let team = chance.one(&self.teams);
                access::set_members(archive, team, members, "ewa").await.unwrap();
            }
            5 | 6 => self.give(archive, chance, (key, *client)).await,
            _ => self.guard(archive, chance, key).await,
        }
    }

    /// An owner, or someone else who may, says who sees an interaction. Whoever may not is refused.
    async fn guard(&self, archive: &TestArchive, chance: &mut Chance, key: InteractionKey) {
        let (name, _, _) = &self.people[chance.below(9)];
        let mut named = chance.some(&self.accounts(), 40);
        // A name opens nothing to outsiders by itself, so they are named often.
        named.extend(chance.some(&self.outside(), 70));
        let sight = InteractionSight {
            sensitivity: [
                Sensitivity::Team,
                Sensitivity::Restricted,
                Sensitivity::Restricted,
                Sensitivity::Private,
            ][chance.below(4)],
            people: named,
            whole_thread: chance.percent(50),
        };
        let person = archive.someone(name).await;
        let _ = access::set_sensitivity(archive, key, sight, &person).await;
    }

    async fn give(
        &self,
        archive: &TestArchive,
        chance: &mut Chance,
        (key, client): (InteractionKey, ClientId),
    ) {
        let now = archive.someone("owner1").await;
        let covers = match chance.below(7) {
            0..2 => Covers::Everything,
            2..5 => Covers::Client(client),
            _ => Covers::Thread(key),
        };
        let at = archive.archive.clock.now();
        // Now, in the past, or later.
        let valid_from = at + [-10, -10, -10, -10, 5][chance.below(5)] * 1_000_000;
        let valid_until = Some(valid_from + [100, 100, 100, 5][chance.below(4)] * 1_000_000);
        let new = NewGrant {
            account: chance.one(&self.outside()),
            covers,
            valid_from,
            valid_until,
        };
        // A thread that this owner does not see cannot be given.
        let made = access::grant(archive, new, (&now).into()).await;
        if let (Ok(grant), true) = (made, chance.percent(15)) {
            access::end_grant(archive, grant, "ewa").await.unwrap();
        }
    }
}
