use std::process::Stdio;
use std::time::Duration;

use crate::support::program::{Installed, kronika, said};

#[tokio::test]
async fn a_witness_is_set_up_and_asked_by_commands_alone() {
    let place = Installed::new().await;
    let state = place.path("witness");
    let witness = |arguments: &[&str]| {
        let mut command = kronika();
        command.arg("witness").args(arguments).arg("--state").arg(&state);
        command
    };
    let made = said(&mut witness(&["init", "--name", "lawyer.example/kronika"]));
    let key = made.out.trim().to_owned();
    assert!(key.starts_with("lawyer.example/kronika+"), "{made}");
    place
        .run(&["witness", "ask"])
        .refuses_with("no witness has an address");

    let told = place.path("address");
    let mut serving = witness(&["serve", "--listen", "127.0.0.1:0"])
        .arg("--address-file")
        .arg(&told)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let url = loop {
        match std::fs::read_to_string(&told) {
            Ok(url) if url.ends_with('\n') => break url.trim().to_owned(),
            _ => std::thread::sleep(Duration::from_millis(50)),
        }
    };
    let archive = place.open().await;
    let vkey = archive.sealer.verifier_key(&archive).await.unwrap();
    drop(archive);
    let policy = format!("log {vkey}\nwitness lawyer {key} {url}\nquorum lawyer\n");
    std::fs::write(place.data().join("policy"), policy).unwrap();
    let unknown = place.run(&["witness", "ask"]);
    assert_eq!(unknown.status, Some(1), "{unknown}");
    assert!(unknown.out.contains("does not know this journal"), "{unknown}");

    assert_eq!(said(&mut witness(&["know", &vkey])).status, Some(0));
    let mut asked = place.run(&["witness", "ask"]);
    for _ in 0..100 {
        if asked.status == Some(0) {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
        asked = place.run(&["witness", "ask"]);
    }
    assert!(asked.out.contains("cosigned 1 entries"), "{asked}");
    assert!(place.run(&["witness", "list"]).out.contains(&key));
    serving.kill().unwrap();
    serving.wait().unwrap();
}
