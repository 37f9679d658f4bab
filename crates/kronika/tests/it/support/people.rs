//! People with accounts, and what they are let to see.

use kronika::access::act::{ClientSight, set_client_access};
use kronika::access::{Openness, Person, Role};
use kronika::archive::id::{AccountId, ClientId, TeamId};
use kronika::journal::act::Act;
use kronika::journal::perform::perform;
use kronika::user::event::Proof;
use kronika::user::session::{self, From};
use kronika::user::store;

use super::TestArchive;

impl TestArchive {
    pub async fn account(&self, name: &str, role: Role) -> AccountId {
        let account = AccountId(
            self.ids
                .next(self.clock.load(std::sync::atomic::Ordering::Relaxed)),
        );
        let act = Act::AccountAdded {
            account,
            name: name.to_owned(),
            role: role.name().to_owned(),
        };
        let mut tx = self.db.begin_recording().await.unwrap();
        perform(self, &mut tx, act, "ewa").await.unwrap();
        tx.commit().await.unwrap();
        account
    }

    /// A person as the rules see them now.
    pub async fn someone(&self, name: &str) -> Person {
        let mut conn = self.db.read().await.unwrap();
        let (account, _) = store::by_name(&mut conn, name)
            .await
            .unwrap()
            .expect("there is such an account");
        let now = self.clock.load(std::sync::atomic::Ordering::Relaxed);
        Person::load(&mut conn, &account, now).await.unwrap()
    }

    pub async fn sees(&self, client: ClientId, openness: Openness, teams: &[TeamId], people: &[AccountId]) {
        let sight = ClientSight {
            openness,
            teams: teams.to_vec(),
            people: people.to_vec(),
        };
        set_client_access(self, client, sight, "ewa").await.unwrap();
    }

    /// The cookie of a new session.
    pub async fn session_of(&self, account: AccountId) -> String {
        let found = store::by_id(&mut self.db.read().await.unwrap(), account)
            .await
            .unwrap();
        let found = found.expect("there is such an account");
        let from = From {
            address: "10.0.0.1".to_owned(),
            browser: "a test".to_owned(),
        };
        let token = session::begin(self, &found, from, Proof::Password).await.unwrap();
        format!("kronika={token}")
    }
}
