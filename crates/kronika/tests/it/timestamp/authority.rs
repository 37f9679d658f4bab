//! A real authority, made by OpenSSL, behind a small HTTP responder.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use tempfile::TempDir;

use kronika::journal::timestamp;

use crate::support::TestArchive;
use crate::witness::answering;

const CONFIG: &str = "[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[tsa]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
[unit]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
";

pub const P_256: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";

/// How an authority behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Well,
    /// Stamps something else than was asked.
    SomethingElse,
    Garbage,
    /// Answers with an error.
    Broken,
}

pub struct Authority {
    folder: TempDir,
    pub url: String,
}

fn openssl(folder: &Path, arguments: &str) {
    let output = Command::new("openssl")
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments}: {said}");
}

impl Authority {
    /// One with keys of this kind, as `openssl genpkey` is asked for them.
    pub async fn of(key: &str, manner: Manner) -> Authority {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path();
        std::fs::write(place.join("config"), CONFIG).unwrap();
        std::fs::write(place.join("serial"), "01").unwrap();
        for name in ["root", "tsa"] {
            openssl(place, &format!("genpkey {key} -out {name}.key"));
        }
        openssl(
            place,
            "req -x509 -new -key root.key -out root.pem -days 3650 -config config -extensions root -subj /CN=root",
        );
        openssl(
            place,
            "req -new -key tsa.key -out tsa.csr -config config -subj /CN=tsa",
        );
        openssl(
            place,
            "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 3650 -extfile config \
             -extensions tsa -out tsa.pem",
        );
        let here = Arc::new(place.to_path_buf());
        let answer = move |body: Bytes| async move { answer(&here, &body, manner) };
        let url = answering(Router::new().route("/", post(answer))).await;
        Authority { folder, url }
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("root.pem")
    }
}

fn answer(folder: &Path, request: &[u8], manner: Manner) -> impl axum::response::IntoResponse + use<> {
    let kind = [(CONTENT_TYPE, "application/timestamp-reply")];
    std::fs::write(folder.join("request"), request).unwrap();
    match manner {
        Manner::Broken => return (StatusCode::INTERNAL_SERVER_ERROR, kind, Vec::new()),
        Manner::Garbage => return (StatusCode::OK, kind, b"<html>It works!</html>".to_vec()),
        Manner::SomethingElse => {
            std::fs::write(folder.join("other"), b"something else").unwrap();
            openssl(folder, "ts -query -data other -sha256 -cert -out request");
        }
        Manner::Well => {}
    }
    openssl(
        folder,
        "ts -reply -config config -section unit -queryfile request -signer tsa.pem -inkey tsa.key -chain root.pem \
         -out answer",
    );
    (
        StatusCode::OK,
        kind,
        std::fs::read(folder.join("answer")).unwrap(),
    )
}

/// The archive at today's real time, for authorities know no other, with these authorities.
pub async fn believing(archive: TestArchive, authorities: &[(&str, &Authority, &Authority)]) -> TestArchive {
    let real = jiff::Timestamp::now().as_second();
    archive.pass(real - archive.clock.now().div_euclid(1_000_000));
    let mut archive = archive;
    let inner = Arc::get_mut(&mut archive.archive).expect("nobody else has it yet");
    for (name, asked, believed) in authorities {
        inner.config.timestamps.authority.push(timestamp::Authority {
            name: (*name).to_owned(),
            url: asked.url.clone(),
            roots: believed.root(),
            revoked: None,
        });
    }
    archive
}
