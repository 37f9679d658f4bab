use std::time::{Duration, Instant};

use crate::support::program::{Installed, Said};
use crate::support::serving::Serving;

fn create(installed: &Installed, name: &str, url: &str) -> Said {
    installed.run(&[
        "archive",
        "create",
        name,
        "--title",
        &name.to_uppercase(),
        "--url",
        url,
    ])
}

/// The status of a page under this host.
fn status(serving: &Serving, host: &str) -> u16 {
    let answer = serving.ask(&format!("GET /sign-in HTTP/1.1\r\nhost: {host}"), "");
    let status = answer.split(' ').nth(1).unwrap_or_else(|| panic!("{answer}"));
    status.parse().unwrap()
}

/// Waits until a page answers so; a server follows the list within seconds.
fn becomes(serving: &Serving, host: &str, wanted: u16) {
    let begun = Instant::now();
    while status(serving, host) != wanted {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{host} never answered {wanted}"
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_server_follows_what_is_made_closed_and_opened() {
    let place = Installed::nothing();
    assert_eq!(
        create(&place, "bakery", "http://bakery.localhost").status,
        Some(0)
    );
    let made = create(&place, "shop", "http://shop.localhost");
    assert!(made.out.contains("http://shop.localhost/invitations/"), "{made}");
    let serving = Serving::start(&place, &[], |_| {});
    assert_eq!(status(&serving, "bakery.localhost"), 200);
    assert_eq!(
        status(&serving, "shop.localhost:7700"),
        421,
        "another port is another address"
    );
    assert_eq!(status(&serving, "mill.localhost"), 421);

    create(&place, "mill", "http://mill.localhost");
    becomes(&serving, "mill.localhost", 200);
    place.run(&["archive", "close", "shop"]);
    becomes(&serving, "shop.localhost", 503);
    assert_eq!(status(&serving, "bakery.localhost"), 200, "the others go on");
    place.run(&["archive", "open", "shop"]);
    becomes(&serving, "shop.localhost", 200);
}

#[test]
fn a_damaged_archive_keeps_no_other_from_being_served() {
    let place = Installed::nothing();
    create(&place, "bakery", "http://bakery.localhost");
    create(&place, "shop", "http://shop.localhost");
    std::fs::remove_file(place.data().join("archives/bakery/keys/archive.key")).unwrap();

    let serving = Serving::start(&place, &[], |_| {});

    assert_eq!(status(&serving, "shop.localhost"), 200);
    assert_eq!(status(&serving, "bakery.localhost"), 421);
    let log = serving.log();
    assert!(log.contains("bakery: ") && log.contains("archive.key"), "{log}");
}

#[test]
fn commands_work_on_the_archive_that_is_named() {
    let place = Installed::nothing();
    create(&place, "bakery", "http://bakery.localhost");
    assert_eq!(
        place.run(&["verify"]).status,
        Some(0),
        "the only one need not be named"
    );
    create(&place, "shop", "http://shop.localhost");
    let mail = place.file(
        "letter.eml",
        b"From: a@b.example\r\nSubject: bread\r\n\r\nrolls\r\n",
    );
    let path = mail.to_str().unwrap();

    place
        .run(&["import", path])
        .refuses_with("several archives (bakery, shop)");
    assert_eq!(
        place.run(&["import", path, "--archive", "bakery"]).status,
        Some(0)
    );

    assert!(
        place
            .run(&["search", "rolls", "--archive", "bakery"])
            .out
            .contains("bread")
    );
    assert!(
        !place
            .run(&["search", "rolls", "--archive", "shop"])
            .out
            .contains("bread")
    );
    place
        .run(&["search", "rolls", "--archive", "mill"])
        .refuses_with("there is no archive mill");
}

#[tokio::test]
async fn what_would_mix_two_archives_is_refused() {
    let place = Installed::nothing();
    create(&place, "bakery", "https://bakery.example");
    create(&place, "bakery", "https://other.example").refuses_with("choose another name");
    create(&place, "shop", "https://bakery.example:8443").refuses_with("an address of its own");
    create(&place, "../shop", "https://shop.example").refuses_with("no name for an archive");
    create(&place, "shop", "shop.example").refuses_with("no address of a website");
    assert!(
        !place.data().join("archives/shop").exists(),
        "nothing is made of what is refused"
    );

    let alone = Installed::new().await;
    create(&alone, "shop", "https://shop.example").refuses_with("holds one archive, not several");
    alone
        .run(&["verify", "--archive", "shop"])
        .refuses_with("leave --archive out");
    let folder = alone.data();
    let add = [
        "archive",
        "add",
        "old",
        "--title",
        "Old",
        "--url",
        "https://old.example",
        "--folder",
    ];
    let taken = place.run(&[&add[..], &[folder.to_str().unwrap()]].concat());
    assert_eq!(taken.status, Some(0), "{taken}");
    assert_eq!(place.run(&["verify", "--archive", "old"]).status, Some(0));
    let listed = place.run(&["archive", "list"]).out;
    assert!(
        listed.contains("https://old.example") && listed.contains("bakery"),
        "{listed}"
    );
}
