//! What a package must not tell, and what it must not claim.

use std::sync::Arc;

use kronika::access::{Openness, Role};
use kronika::evidence::TEXT;
use kronika::evidence::choice::digest;
use kronika::web::locale::Locale;
use kronika::web::wording::Worded;

use super::choice::files;
use super::report::{is_built, read_all};
use super::*;

async fn chosen_digest(archive: &TestArchive, choice: &Choice) -> String {
    archive.sealer.seal(archive).await.unwrap();
    let conn = &mut archive.db.read().await.unwrap();
    digest(
        &choice
            .find(conn, Scope::everything(), &TimeZone::UTC)
            .await
            .unwrap(),
    )
}

fn with_report(request: Request) -> Request {
    Request {
        wording: Some(Arc::new(Worded(Locale::En))),
        ..request
    }
}

on_each_database! {
    async fn a_client_whom_the_maker_does_not_see_is_named_nowhere(archive: TestArchive) {
        let dab = archive.client("Stolarnia Dąb", &["anna@dab.example"], &[]).await;
        let hidden = archive.client("Kancelaria Cicha", &["jan@cicha.example", "tajny@cicha.example"], &[]).await;
        archive.record(&mail("Umowa").from("anna@dab.example").to("jan@cicha.example")).await;
        archive.account("marta", Role::Manager).await;
        archive.sees(hidden, Openness::Named, &[], &[]).await;
        let marta = archive.someone("marta").await;
        let folder = tempfile::tempdir().unwrap();
        let request = Request { by: "marta".to_owned(), ..with_report(of(dab)) };

        let (package, _) = try_making(&archive, &request, Scope::of(&marta), folder.path()).await.unwrap();

        let read = read_all(&package, folder.path());
        for told in ["Cicha", "tajny@", &hidden.to_string()] {
            assert!(!read.contains(told), "{told:?} is told of");
        }
        let verdict = checked(&package, &alone(&archive));
        assert_eq!(verdict.overall, Overall::Sound, "{:#?}", verdict.claims);
    }

    async fn earlier_purposes_and_remarks_are_not_handed_over(archive: TestArchive) {
        let client = filled(&archive).await;
        let folder = tempfile::tempdir().unwrap();
        let ours = Request { purpose: "is our case weak?".to_owned(), ..of(client) };
        made(&archive, &ours, folder.path()).await;

        let (package, _) = made(&archive, &with_report(of(client)), folder.path()).await;

        let read = read_all(&package, folder.path());
        assert!(!read.contains("is our case weak") && read.contains("evidence-given"), "that it was given out, not why");
    }

    async fn what_changed_since_it_was_looked_through_is_not_made(archive: TestArchive) {
        let client = filled(&archive).await;
        let waiting = archive.record(&mail("From nobody").from("stranger@else.example")).await;
        let seen = chosen_digest(&archive, &of(client).choice).await;
        let folder = tempfile::tempdir().unwrap();
        let request = Request { looked_through: Some(seen), ..of(client) };

        archive.address(client, AddressKind::Email, "stranger@else.example").await;
        let refused = try_making(&archive, &request, Scope::everything(), folder.path()).await;

        assert!(matches!(refused, Err(EvidenceError::Changed)), "{refused:?}");
        assert_eq!(archive.clients_of(waiting).await, ["Stolarnia Dąb"]);
        let again = Request { looked_through: Some(chosen_digest(&archive, &of(client).choice).await), ..of(client) };
        made(&archive, &again, folder.path()).await;
    }

    async fn a_choice_without_numbers_of_its_client_is_sound_all_the_same(archive: TestArchive) {
        for n in 1..=3 {
            archive.record(&mail(&format!("Umowa {n}")).from("anna@dab.example").on_day(n)).await;
        }
        let client = archive.client("Stolarnia Dąb", &["anna@dab.example"], &[]).await;
        let folder = tempfile::tempdir().unwrap();
        let mut request = of(client);
        request.choice.from = Some(1);

        let (package, given) = made(&archive, &request, folder.path()).await;

        assert_eq!(given.interactions.len(), 3);
        let verdict = checked(&package, &alone(&archive));
        assert_eq!(verdict.overall, Overall::Sound, "{:#?}", verdict.claims);
    }

    async fn without_a_letters_text_neither_its_versions_nor_its_metadata_are_given(archive: TestArchive) {
        let client = archive.client("Stolarnia Dąb", &["anna@dab.example"], &[]).await;
        let letter = mail("Offer").from("anna@dab.example").body("between us: 900");
        let offer = archive.record(&letter.attach("offer.txt", b"the price is 1000")).await;
        let folder = tempfile::tempdir().unwrap();
        for part in [TEXT, "1"] {
            let mut request = with_report(of(client));
            request.withheld.reason = "calculations".to_owned();
            request.withheld.parts.insert((offer, part.to_owned()));

            let (package, _) = made(&archive, &request, folder.path()).await;

            let read = read_all(&package, folder.path());
            assert!(!read.contains("between us") && read.contains("the price is 1000"), "{part}");
            let verdict = checked(&package, &alone(&archive));
            assert_eq!(verdict.overall, Overall::Sound, "{:#?}", verdict.claims);
            let names: Vec<String> = files(&package).into_iter().map(|(name, _)| name).collect();
            assert!(!names.iter().any(|name| name.ends_with(".meta.json") || name.contains("conversations")), "{names:?}");
        }
        let mut stray = of(client);
        stray.withheld.reason = "calculations".to_owned();
        stray.withheld.parts.insert((offer, "9".to_owned()));
        let refused = try_making(&archive, &stray, Scope::everything(), folder.path()).await;
        assert!(matches!(refused, Err(EvidenceError::NoPart(_))), "{refused:?}");
    }

    async fn a_report_says_what_was_withheld_of_a_conversation_too(archive: TestArchive) {
        if !is_built() {
            return;
        }
        archive.client("Stolarnia Dąb", &["anna@dab.example"], &[]).await;
        let first = archive.record(&mail("Umowa").id("first@x").on_day(2).from("anna@dab.example")).await;
        archive.record(&mail("Re: Umowa").id("second@x").answers(&["first@x"]).on_day(3).from("anna@dab.example")).await;
        let folder = tempfile::tempdir().unwrap();
        let mut request = with_report(Request::of(Choice { thread: Some(first), ..Choice::default() }, "ewa"));
        request.withheld.reason = "a trade secret".to_owned();
        request.withheld.interactions.insert(first);

        let (package, given) = made(&archive, &request, folder.path()).await;

        assert_eq!((given.interactions.len(), given.withheld), (1, 1));
        let read = read_all(&package, folder.path());
        assert!(read.contains("a trade secret") && !read.contains("Nothing that was chosen was withheld"));
        assert!(!read.contains("numbered without gaps"), "of no client's numbers anything is said");
    }

    async fn what_is_not_everything_is_not_called_all(archive: TestArchive) {
        let client = filled(&archive).await;
        let folder = tempfile::tempdir().unwrap();
        let info = |package: &Path| {
            let files = files(package);
            let (_, info) = files.into_iter().find(|(name, _)| name == "bag-info.txt").unwrap();
            String::from_utf8(info).unwrap()
        };

        let (whole, _) = made(&archive, &of(client), folder.path()).await;
        let last = *archive.search("faktura").await.first().unwrap();
        let mut request = of(client);
        request.withheld.reason = "another matter".to_owned();
        request.withheld.interactions.insert(last);
        let (some, _) = made(&archive, &request, folder.path()).await;

        assert!(info(&whole).contains("All that is recorded"), "{}", info(&whole));
        assert!(info(&some).contains("Some of what is recorded"), "{}", info(&some));
    }
}
