//! Packages made on pages: looked through, made, taken by whoever asked and nobody else.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use kronika::access::{Openness, Role};

use super::*;
use crate::access::site::Site;

struct Desk {
    archive: TestArchive,
    site: Site,
    client: ClientId,
}

impl Desk {
    async fn of(archive: TestArchive) -> Desk {
        let client = filled(&archive).await;
        archive.sealer.seal(&archive).await.unwrap();
        let site = Site::of(&archive);
        Desk {
            archive,
            site,
            client,
        }
    }

    async fn cookie(&self, name: &str, role: Role) -> String {
        let account = self.archive.account(name, role).await;
        self.archive.session_of(account).await
    }

    /// Makes a package; its page, once it is ready.
    async fn made(&self, cookie: &str, form: &str) -> (String, String) {
        let (status, answer) = self.site.ask(Method::POST, "/evidence", cookie, form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{answer}");
        let path = format!("/evidence/{}", self.newest().await);
        for _ in 0..600 {
            let (_, page) = self.site.get(&path, cookie).await;
            if page.contains("SHA-256") {
                return (path, page);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no package was made");
    }

    async fn newest(&self) -> EvidenceId {
        const SQL: &str = "SELECT COALESCE(MAX(id), 0) FROM evidence";
        for _ in 0..600 {
            match self.archive.number(SQL).await {
                0 => tokio::time::sleep(Duration::from_millis(50)).await,
                id => return EvidenceId(id),
            }
        }
        panic!("no package was recorded");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_package_is_looked_through_made_and_taken_by_whoever_asked() {
    let desk = Desk::of(TestArchive::on_sqlite().await).await;
    let ewa = desk.cookie("olga", Role::Owner).await;
    let marta = desk.cookie("marta", Role::Manager).await;
    let new = format!("/evidence/new?client={}", desk.client);

    let (status, preview) = desk.site.get(&new, &ewa).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        preview.contains("Umowa 3") && !preview.contains("Bułki"),
        "only of this client"
    );
    let (path, page) = desk
        .made(&ewa, &format!("client={}&purpose=Court", desk.client))
        .await;

    assert!(page.contains("Court") && page.contains("/file"));
    let (status, file) = desk.site.bytes(&format!("{path}/file"), &ewa).await;
    assert_eq!(status, StatusCode::OK);
    let folder = tempfile::tempdir().unwrap();
    let package = folder.path().join("package.zip");
    std::fs::write(&package, file).unwrap();
    assert_eq!(checked(&package, &alone(&desk.archive)).overall, Overall::Sound);
    let (_, others) = desk.site.get(&path, &marta).await;
    assert!(
        others.contains("Court") && !others.contains("/file"),
        "a colleague is told of it, but does not get it"
    );
    assert_eq!(
        desk.site.get(&format!("{path}/file"), &marta).await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        desk.site.get(&format!("{path}/events"), &marta).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_client_one_does_not_see_there_is_no_evidence() {
    let desk = Desk::of(TestArchive::on_sqlite().await).await;
    let owner = desk.cookie("olga", Role::Owner).await;
    let marta = desk.cookie("marta", Role::Manager).await;
    let jan = desk.cookie("jan", Role::Member).await;
    let (path, _) = desk
        .made(&owner, &format!("client={}&purpose=Court", desk.client))
        .await;
    desk.archive.sees(desk.client, Openness::Named, &[], &[]).await;

    let by_id = format!("/evidence/new?client={}", desk.client);
    assert_eq!(desk.site.get(&by_id, &marta).await.0, StatusCode::NOT_FOUND);
    let (_, by_name) = desk
        .site
        .get("/evidence/new?name=Stolarnia+D%C4%85b", &marta)
        .await;
    assert!(!by_name.contains("Umowa"));
    let (_, by_words) = desk.site.get("/evidence/new?q=umowa", &marta).await;
    assert!(!by_words.contains("Umowa 3"));
    let (_, list) = desk.site.get("/evidence", &marta).await;
    assert!(!list.contains("Court"), "not even that there is a package");
    assert_eq!(desk.site.get(&path, &marta).await.0, StatusCode::NOT_FOUND);
    for path in [by_id.as_str(), "/evidence", path.as_str()] {
        assert_eq!(desk.site.get(path, &jan).await.0, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_a_choice_is_said_and_nothing_is_made() {
    let desk = Desk::of(TestArchive::on_sqlite().await).await;
    let owner = desk.cookie("olga", Role::Owner).await;
    let client = desk.client;
    for (path, said) in [
        ("/evidence/new".to_owned(), "Say what goes in"),
        (
            "/evidence/new?name=Nobody".to_owned(),
            "no client of exactly that name",
        ),
        (
            format!("/evidence/new?client={client}&from=yesterday"),
            "not a day",
        ),
        (
            format!("/evidence/new?client={client}&from=2026-03-02&to=2026-03-01"),
            "ends before it begins",
        ),
        (
            format!("/evidence/new?client={client}&to=1999-01-01"),
            "Nothing you may see fits",
        ),
    ] {
        let (status, page) = desk.site.get(&path, &owner).await;
        assert!(status == StatusCode::OK && page.contains(said), "{path}: {said}");
    }
    let first = desk
        .archive
        .numbers("SELECT interaction_key FROM interaction ORDER BY interaction_key")
        .await[0];
    let held = format!("client={client}&withhold={}", InteractionKey(first));
    for (form, said) in [
        (held.as_str(), "held back without a reason"),
        (&format!("client={client}&key=age1nonsense"), "not an age key"),
    ] {
        let (_, page) = desk.site.ask(Method::POST, "/evidence", &owner, form).await;
        assert!(page.contains(said), "{form}: {said}");
    }
    assert_eq!(desk.archive.number("SELECT COUNT(*) FROM evidence").await, 0);
}
