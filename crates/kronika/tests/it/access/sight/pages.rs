//! Whether a person's pages agree with what they may see.

use axum::http::StatusCode;
use kronika::archive::id::ClientId;

use super::Sight;
use crate::access::site::Site;
use crate::access::world::World;

impl Sight<'_> {
    pub(super) async fn agrees_with_client_pages(&self, site: &Site, world: &World, cookie: &str) {
        let name = &self.person.name;
        let (_, nothing) = site.get(&format!("/clients/{}", ClientId(1)), cookie).await;
        for (called, client) in &world.clients {
            let (status, body) = site.get(&format!("/clients/{client}"), cookie).await;
            let may = self.clients.contains(client);
            assert_eq!(status == StatusCode::OK, may, "{called} for {name}");
            assert!(
                may || body == nothing,
                "{called} is told apart from nothing for {name}"
            );
            let (_, suggested) = site.get(&format!("/clients/_suggest?q={called}"), cookie).await;
            assert!(
                may || !suggested.contains(&client.to_string()),
                "{called} is suggested"
            );
            let (_, listed) = site.get(&format!("/clients/_rows?q={called}"), cookie).await;
            assert_eq!(listed.contains(&client.to_string()), may, "{called} for {name}");
        }
    }

    pub(super) async fn agrees_with_interaction_pages(&self, site: &Site, world: &World, cookie: &str) {
        let name = &self.person.name;
        let (_, nothing) = site.get(&format!("/interactions/{}", ClientId(1)), cookie).await;
        for key in self.everything.keys() {
            let (status, body) = site.get(&format!("/interactions/{key}"), cookie).await;
            let may = self.interactions.contains_key(key);
            assert_eq!(status == StatusCode::OK, may, "{key} for {name}");
            assert!(may || body == nothing, "{key} is told apart from nothing");
            for (called, client) in &world.clients {
                let told = body.contains(called) || body.contains(&client.to_string());
                assert!(
                    !told || self.clients.contains(client),
                    "{key} tells {name} of {called}"
                );
            }
            if may {
                continue;
            }
            for part in ["_open", "html", "original", "proof", "parts/1"] {
                let (status, body) = site.get(&format!("/interactions/{key}/{part}"), cookie).await;
                assert_eq!(status, StatusCode::NOT_FOUND, "{part} of {key}");
                assert_eq!(body, nothing, "{part} of {key}");
            }
        }
    }
}
