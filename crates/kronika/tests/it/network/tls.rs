use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::program::Installed;
use crate::support::serving::Serving;

/// A certificate and its key, made by another program.
fn certificate(installed: &Installed, name: &str) -> (PathBuf, PathBuf) {
    let (certificate, key) = (
        installed.path(&format!("{name}.pem")),
        installed.path(&format!("{name}.key")),
    );
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ])
        .args([
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
        ])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    (certificate, key)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Asks through TLS by a program that is not ours, and that trusts this certificate only.
fn ask(server: &Serving, trusted: &Path, version: &str) -> String {
    use std::io::Write;
    let mut client = Command::new("openssl")
        .args([
            "s_client",
            "-quiet",
            "-verify_return_error",
            "-verify_hostname",
            "localhost",
            version,
        ])
        .args([
            "-servername",
            "localhost",
            "-CAfile",
            text(trusted),
            "-connect",
            &server.address,
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let request = "GET /sign-in HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    // A client that was turned away reads no more.
    let _ = client.stdin.as_mut().unwrap().write_all(request.as_bytes());
    String::from_utf8_lossy(&client.wait_with_output().unwrap().stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_server_speaks_tls_itself_with_a_certificate_of_the_operators() {
    let installed = Installed::new().await;
    let (certificate, key) = certificate(&installed, "own");
    let options = ["--tls-cert", text(&certificate), "--tls-key", text(&key)];
    let server = Serving::start(&installed, &options, |_| {});

    for version in ["-tls1_2", "-tls1_3"] {
        let answer = ask(&server, &certificate, version);
        assert!(answer.starts_with("HTTP/1.1 200"), "{version}: {answer}");
        assert!(answer.contains("strict-transport-security: max-age="), "{answer}");
    }
    assert_eq!(ask(&server, &certificate, "-tls1_1"), "");
    let (stranger, _) = self::certificate(&installed, "other");
    assert_eq!(ask(&server, &stranger, "-tls1_3"), "");
    let plain = server.ask("GET /sign-in HTTP/1.1", "");
    assert!(!plain.contains("HTTP/1.1 200"), "{plain}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_renewed_certificate_is_used_without_a_restart_and_a_half_renewed_one_is_not() {
    let installed = Installed::new().await;
    let (certificate, key) = certificate(&installed, "own");
    let old = installed.path("old.pem");
    std::fs::copy(&certificate, &old).unwrap();
    let options = ["--tls-cert", text(&certificate), "--tls-key", text(&key)];
    let server = Serving::start(&installed, &options, |_| {});
    let good = |trusted: &Path| ask(&server, trusted, "-tls1_3").starts_with("HTTP/1.1 200");
    assert!(good(&old));
    let (renewed, renewed_key) = self::certificate(&installed, "renewed");

    std::fs::copy(&renewed, &certificate).unwrap();
    server.hang_up();
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert!(good(&old), "the key is not there yet: the one of before goes on");
    std::fs::copy(&renewed_key, &key).unwrap();
    let waited = (0..80).find(|_| {
        std::thread::sleep(std::time::Duration::from_millis(250));
        good(&renewed)
    });

    assert!(waited.is_some(), "it is noticed by itself: {}", server.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hangup_has_the_renewed_certificate_used_at_once() {
    let installed = Installed::new().await;
    let (certificate, key) = certificate(&installed, "own");
    let options = ["--tls-cert", text(&certificate), "--tls-key", text(&key)];
    let server = Serving::start(&installed, &options, |_| {});
    let (renewed, renewed_key) = self::certificate(&installed, "renewed");
    std::fs::rename(&renewed_key, &key).unwrap();
    std::fs::rename(&renewed, &certificate).unwrap();

    server.hang_up();

    std::thread::sleep(std::time::Duration::from_secs(1));
    assert!(ask(&server, &certificate, "-tls1_3").starts_with("HTTP/1.1 200"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_cannot_be_used_is_refused_in_a_sentence() {
    let installed = Installed::new().await;
    let ((certificate, key), (_, foreign)) = (
        self::certificate(&installed, "own"),
        self::certificate(&installed, "other"),
    );
    let nothing = installed.file("nothing.pem", b"no certificate at all\n");
    let absent = installed.path("absent.pem");
    let refused = |certificate: &Path, key: &Path| {
        let options = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--tls-cert",
            text(certificate),
            "--tls-key",
            text(key),
        ];
        installed.run(&options)
    };

    refused(&absent, &key).refuses_with("absent.pem could not be read");
    refused(&certificate, &absent).refuses_with("absent.pem could not be read");
    refused(&nothing, &key).refuses_with("holds no certificate");
    refused(&certificate, &nothing).refuses_with("holds no private key");
    refused(&certificate, &foreign).refuses_with("does not belong to the certificate");
    let alone = installed.run(&["serve", "--tls-cert", text(&certificate)]);
    assert!(
        alone.status == Some(2) && alone.err.contains("--tls-key"),
        "{alone}"
    );
}
