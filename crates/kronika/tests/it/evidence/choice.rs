//! What goes into a package, and what is kept back of it.

use kronika::access::Role;
use kronika::access::act as access;
use kronika::access::act::InteractionSight;

use super::*;

/// Files of a package by name, without its folder.
pub fn files(package: &Path) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(File::open(package).unwrap()).unwrap();
    let mut files = Vec::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let name = entry.name().unwrap().split_once('/').unwrap().1.to_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
        files.push((name, content));
    }
    files
}

fn text_of(package: &Path) -> String {
    let files = files(package);
    files
        .iter()
        .map(|(name, content)| format!("{name}\n{}\n", String::from_utf8_lossy(content)))
        .collect()
}

async fn every_key(archive: &TestArchive) -> Vec<InteractionKey> {
    let keys = archive
        .numbers("SELECT interaction_key FROM interaction ORDER BY interaction_key")
        .await;
    keys.into_iter().map(InteractionKey).collect()
}

fn choosing(change: impl FnOnce(&mut Choice)) -> Request {
    let mut choice = Choice::default();
    change(&mut choice);
    Request::of(choice, "ewa")
}

on_each_database! {
    async fn a_conversation_a_search_a_period_and_picked_rows_can_be_given(archive: TestArchive) {
        let client = filled(&archive).await;
        let answer = mail("Re: Umowa 1").id("second@x").answers(&["first@x"]).on_day(9);
        let second = archive.record(&answer.from("anna@dab.example")).await;
        archive.record(&mail("Umowa 1").id("first@x").on_day(8).from("anna@dab.example")).await;
        archive.sealer.seal(&archive).await.unwrap();
        let keys = every_key(&archive).await;
        let folder = tempfile::tempdir().unwrap();
        let conn = &mut archive.db.read().await.unwrap();
        let ninth = jiff::civil::date(2026, 3, 9).to_zoned(TimeZone::UTC).unwrap().timestamp().as_microsecond();
        let find = |request: Request| request.choice;
        for (choice, expected) in [
            (find(choosing(|choice| choice.query = "bułki".to_owned())), 5),
            (find(choosing(|choice| choice.picked = keys[..3].to_vec())), 3),
            (find(choosing(|choice| { choice.client = Some(client); choice.query = "umowa".to_owned() })), 7),
            (find(choosing(|choice| choice.known_by = Some(0))), 0),
        ] {
            let chosen = choice.find(conn, Scope::everything(), &TimeZone::UTC).await.unwrap();
            assert_eq!(chosen.len(), expected, "{choice:?}");
        }
        let all = choosing(|choice| choice.client = Some(client)).choice;
        let of_day = Choice { from: Some(ninth), ..all.clone() };
        let before = Choice { before: Some(ninth), ..all.clone() };
        let count = async |choice: &Choice| {
            let conn = &mut archive.db.read().await.unwrap();
            choice.find(conn, Scope::everything(), &TimeZone::UTC).await.unwrap().len()
        };
        assert_eq!(count(&of_day).await + count(&before).await, count(&all).await, "a period leaves nothing out between");

        let (package, given) = made(&archive, &choosing(|choice| choice.thread = Some(second)), folder.path()).await;

        assert_eq!(given.interactions.len(), 2);
        assert_eq!(given.clients, vec![client]);
        let verdict = checked(&package, &alone(&archive));
        assert_eq!(verdict.overall, Overall::Sound, "{:#?}", verdict.claims);
    }

    async fn a_letter_that_is_kept_back_is_a_hole_with_a_reason(archive: TestArchive) {
        let client = filled(&archive).await;
        let margin = archive.record(&mail("Secret margin").from("anna@dab.example").body("42 percent")).await;
        let folder = tempfile::tempdir().unwrap();
        let mut request = of(client);
        request.withheld.interactions.insert(margin);

        let refused = try_making(&archive, &request, Scope::everything(), folder.path()).await;
        assert!(matches!(refused, Err(EvidenceError::NoReason)), "{refused:?}");
        request.withheld.reason = "a trade secret".to_owned();
        let (package, given) = made(&archive, &request, folder.path()).await;

        assert_eq!((given.interactions.len(), given.withheld), (6, 1));
        let verdict = checked(&package, &alone(&archive));
        assert_eq!(verdict.overall, Overall::Sound, "{:#?}", verdict.claims);
        assert_eq!(status(&verdict, ClaimName::Completeness), Status::Holds, "{:#?}", verdict.claims);
        let text = text_of(&package);
        assert!(!text.contains("42 percent") && !text.contains("Secret margin"), "nothing of it is in the package");
        assert!(text.contains("withheld: a trade secret"), "its number is a hole that says why");
    }

    async fn one_attachment_is_given_and_the_rest_of_its_letter_withheld(archive: TestArchive) {
        let client = archive.client("Stolarnia Dąb", &["anna@dab.example"], &[]).await;
        let letter = mail("Offer").from("anna@dab.example").body("between us: we would take 900");
        let letter = letter.attach("offer.txt", b"the price is 1000").attach("costs.txt", b"it costs us 700");
        let offer = archive.record(&letter).await;
        let folder = tempfile::tempdir().unwrap();
        let parts = archive.parts_of(offer).await;
        let mut request = of(client);
        request.withheld = Withheld {
            reason: "calculations".to_owned(),
            parts: parts.iter().filter(|part| part.filename != "offer.txt").map(|part| (offer, part.number.clone())).collect(),
            ..Withheld::default()
        };

        let (package, given) = made(&archive, &request, folder.path()).await;

        assert_eq!((given.interactions.len(), given.withheld), (1, 1));
        let verdict = checked(&package, &alone(&archive));
        assert_eq!(verdict.overall, Overall::Sound, "{:#?}", verdict.claims);
        let text = text_of(&package);
        assert!(text.contains("the price is 1000"));
        for secret in ["between us", "it costs us 700", "costs.txt"] {
            assert!(!text.contains(secret), "{secret:?} was given out");
        }
    }

    async fn what_one_does_not_see_is_not_given_and_not_told(archive: TestArchive) {
        let client = filled(&archive).await;
        let keys = every_key(&archive).await;
        archive.account("olga", Role::Owner).await;
        archive.account("marta", Role::Manager).await;
        archive.account("adam", Role::Auditor).await;
        let sight = InteractionSight { sensitivity: Sensitivity::Restricted, people: Vec::new(), whole_thread: false };
        access::set_sensitivity(&archive, keys[0], sight, &archive.someone("olga").await).await.unwrap();
        let manager = archive.someone("marta").await;
        let folder = tempfile::tempdir().unwrap();
        let picked = Request { by: "marta".to_owned(), ..choosing(|choice| choice.picked = keys[..1].to_vec()) };

        let refused = try_making(&archive, &picked, Scope::of(&manager), folder.path()).await;
        assert!(matches!(refused, Err(EvidenceError::Nothing)), "{refused:?}");
        let (package, given) = made(&archive, &of(client), folder.path()).await;

        assert!(given.interactions.contains(&keys[0]), "an owner gives all of it");
        assert!(package.exists());
        let stranger = archive.someone("adam").await;
        assert!(listed(&archive, Scope::of(&stranger), "adam").await.is_empty(), "nor is a stranger told of a package");
        assert_eq!(listed(&archive, Scope::of(&manager), "marta").await.len(), 1);
    }

    async fn a_package_for_somebody_opens_with_their_key_alone(archive: TestArchive) {
        let client = filled(&archive).await;
        let folder = tempfile::tempdir().unwrap();
        let (theirs, others) = (age::x25519::Identity::generate(), age::x25519::Identity::generate());
        let request = Request { encrypt_to: Some(theirs.to_public().to_string().parse().unwrap()), ..of(client) };

        let (package, given) = made(&archive, &request, folder.path()).await;

        assert_eq!(given.encrypted_to, theirs.to_public().to_string());
        let sealed = std::fs::read(&package).unwrap();
        assert!(sealed.starts_with(b"age-encryption.org/v1"));
        assert!(age::decrypt(&others, &sealed).is_err());
        let plain = age::decrypt(&theirs, &sealed).unwrap();
        std::fs::write(&package, plain).unwrap();
        assert_eq!(checked(&package, &alone(&archive)).overall, Overall::Sound);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no plain copy is left");
    }
}

#[test]
fn a_key_that_is_none_is_refused_with_what_one_looks_like() {
    for wrong in ["", "age1", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1QQ"] {
        let refused = wrong.parse::<evidence::Recipient>().err().unwrap();
        assert!(refused.to_string().contains("age1"), "{refused}");
    }
}
