//! `kronika user …` for administrators without a browser.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::support::program::{Installed, Said};

fn names(said: &Said) -> Vec<String> {
    said.out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["name"].to_string())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accounts_are_managed_without_a_browser() {
    let installed = Installed::new().await;
    let weak = installed.file("weak", b"haslo12345\n");
    let weak = weak.to_str().unwrap();
    installed
        .run(&["user", "add", "ewa", "--password-file", weak])
        .refuses_with("easily guessed");
    assert!(
        installed
            .run(&["user", "add", "ewa"])
            .out
            .starts_with("ewa signs in with ")
    );
    assert_eq!(
        installed.run(&["user", "add", "jan", "--role", "member"]).status,
        Some(0)
    );
    installed
        .run(&["user", "add", "jan"])
        .refuses_with("the name jan is taken");
    installed
        .run(&["user", "remove", "ewa"])
        .refuses_with("without an owner");
    installed
        .run(&["user", "role", "ewa", "member"])
        .refuses_with("without an owner");
    assert_eq!(installed.run(&["user", "role", "jan", "owner"]).status, Some(0));
    assert_eq!(installed.run(&["user", "remove", "ewa"]).status, Some(0));
    installed
        .run(&["user", "remove", "ewa"])
        .refuses_with("no account of the name ewa");
    assert_eq!(installed.run(&["user", "reset-factors", "jan"]).status, Some(0));

    let invited = installed.run(&["user", "invite", "ola", "--role", "auditor", "--json"]);
    let link = invited.json()["link"].as_str().unwrap().to_owned();
    assert!(link.starts_with("http://localhost:7700/invitations/"), "{link}");
    let listed = installed.run(&["user", "list", "--json"]);
    assert_eq!(names(&listed), ["\"jan\"", "\"ola\""], "{listed}");
    assert!(!listed.out.contains(link.rsplit('/').next().unwrap()));
    assert_eq!(installed.run(&["verify", "--json"]).json()["verdict"], "sound");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_start_prints_a_link_and_later_ones_do_not() {
    let installed = Installed::new().await;
    let first_lines = |count: usize| {
        let mut command = installed.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut server = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let lines: Vec<String> = lines.take(count).map(Result::unwrap).collect();
        server.kill().unwrap();
        server.wait().unwrap();
        lines.join("\n")
    };

    let first = first_lines(3);
    assert!(
        first.contains("/invitations/") && first.contains("Kronika answers at"),
        "{first}"
    );
    assert_eq!(installed.run(&["user", "add", "ewa"]).status, Some(0));
    let later = first_lines(1);
    assert!(later.contains("Kronika answers at"), "{later}");
}
