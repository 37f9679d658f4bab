//! Witnesses: what they cosign, what they never do, and what an archive makes of it.

pub mod asked;
mod memory;
mod program;

use std::sync::Arc;

use axum::Router;
use kronika_tlog::note::VerifierKey;
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::support::TestArchive;

/// A witness that answers on this machine.
pub struct Witness {
    /// Its memory, for as long as it answers.
    _folder: TempDir,
    pub key: VerifierKey,
    pub url: String,
}

/// Answers requests on a free port until the test ends.
pub async fn answering(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

impl Witness {
    /// One that knows the journals of these archives.
    pub async fn of(name: &str, archives: &[&TestArchive]) -> Witness {
        let folder = tempfile::tempdir().unwrap();
        let key = kronika::witness::State::create(folder.path(), name).unwrap();
        for archive in archives {
            let vkey = archive.sealer.verifier_key(archive).await.unwrap();
            kronika::witness::State::know(folder.path(), &vkey).unwrap();
        }
        let state = kronika::witness::State::open(folder.path()).unwrap();
        let url = answering(kronika::witness::router(Arc::new(state))).await;
        Witness {
            _folder: folder,
            key,
            url,
        }
    }

    /// One that is not reached.
    pub fn silent(name: &str) -> Witness {
        let folder = tempfile::tempdir().unwrap();
        let key = kronika::witness::State::create(folder.path(), name).unwrap();
        Witness {
            _folder: folder,
            key,
            // Nothing listens there: the port is reserved.
            url: "http://127.0.0.1:1".to_owned(),
        }
    }
}

/// Lets an archive ask these witnesses, of which `threshold` must agree.
pub async fn ask_for(archive: &TestArchive, witnesses: &[&Witness], threshold: usize) {
    let ours = archive.sealer.verifier_key(archive).await.unwrap();
    let mut policy = format!("log {ours}\n");
    let mut names = Vec::new();
    for (number, witness) in witnesses.iter().enumerate() {
        policy.push_str(&format!("witness w{number} {} {}\n", witness.key, witness.url));
        names.push(format!("w{number}"));
    }
    policy.push_str(&format!(
        "group all {threshold} {}\nquorum all\n",
        names.join(" ")
    ));
    std::fs::write(archive.path().join("policy"), policy).unwrap();
}
