//! Lists, counts, searches and pages show exactly what the decision for each single thing allows: tried on made-up
//! archives.

use std::collections::BTreeMap;

use kronika::access::{Role, Sensitivity};

use super::sight::{Sight, facts};
use super::site::Site;
use super::world::{Chance, World};
use crate::support::TestArchive;

/// Made-up archives for each database, and how many letters each has twice over.
const WORLDS: u64 = 4;
const LETTERS: usize = 45;
/// Decisions that CI must have seen on both databases together.
const DECISIONS: usize = 10_000;

/// How often a role was allowed and denied something: a world in which nothing is hidden proves nothing.
#[derive(Default)]
struct Chances(BTreeMap<&'static str, [usize; 4]>);

impl Chances {
    fn note(&mut self, role: Role, sight: &Sight<'_>) {
        let counts = self.0.entry(role.name()).or_default();
        for (key, facts) in sight.everything {
            let guarded = usize::from(facts.sensitivity != Sensitivity::Team);
            let denied = usize::from(!sight.interactions.contains_key(key));
            counts[guarded * 2 + denied] += 1;
        }
    }

    fn were_all_there(&self) {
        for (role, [team, no_team, guarded, no_guarded]) in &self.0 {
            let enough = *team > 20 && *no_guarded > 20 && (*guarded > 0 || *role == "expert");
            let hidden = *no_team > 20 || ["owner", "manager", "member"].contains(role);
            assert!(enough && hidden, "{role}: {:?}", self.0[role]);
        }
    }
}

async fn holds_in(archive: TestArchive, seed: u64, chances: &mut Chances) -> usize {
    let with_pages = seed % 100 == 1;
    let mut chance = Chance::new(seed);
    let world = World::make_up(&archive, &mut chance, LETTERS).await;
    archive.is_sound().await;
    let site = Site::of(&archive);
    let mut decisions = 0;
    for (name, account, role) in &world.people {
        let person = archive.someone(name).await;
        let cookie = archive.session_of(*account).await;
        let conn = &mut archive.db.read().await.unwrap();
        let everything = facts(conn, &world).await;
        let sight = Sight::decided(conn, &world, &person, &everything).await;
        decisions += sight.agrees(conn, &archive, &world).await;
        chances.note(*role, &sight);
        // Pages are slow to make, so one person of each role stands for all.
        if with_pages && name.ends_with('1') {
            sight.agrees_with_pages(&site, &world, &cookie).await;
        }
    }
    decisions
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_listed_counted_found_and_shown_is_what_may_be_seen_on_sqlite() {
    let (mut decisions, mut chances) = (0, Chances::default());
    for seed in 1..=WORLDS {
        decisions += holds_in(TestArchive::on_sqlite().await, seed, &mut chances).await;
    }
    chances.were_all_there();
    assert!(decisions * 2 >= DECISIONS, "only {decisions}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_listed_counted_found_and_shown_is_what_may_be_seen_on_postgres() {
    let (mut decisions, mut chances) = (0, Chances::default());
    for seed in 1..=WORLDS {
        decisions += holds_in(TestArchive::on_postgres().await, seed + 100, &mut chances).await;
    }
    chances.were_all_there();
    assert!(decisions * 2 >= DECISIONS, "only {decisions}");
}
