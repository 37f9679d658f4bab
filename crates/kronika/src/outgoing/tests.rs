use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::BoxFuture;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;

/// Answers each question with the next of its answers; the last one stays.
#[derive(Default)]
struct Told {
    answers: Mutex<HashMap<String, Vec<Vec<IpAddr>>>>,
    asked: AtomicUsize,
}

impl Told {
    fn that(name: &str, answers: &[&[&str]]) -> Arc<Told> {
        let read = |some: &&[&str]| some.iter().map(|one| one.parse().unwrap()).collect();
        let told = Told::default();
        let answers = answers.iter().map(read).collect();
        told.answers.lock().unwrap().insert(name.to_owned(), answers);
        Arc::new(told)
    }
}

impl Lookup for Told {
    fn addresses(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut answers = self.answers.lock().unwrap();
        let answer = match answers.get_mut(&name) {
            Some(answers) if answers.len() > 1 => Ok(answers.remove(0)),
            Some(answers) => Ok(answers[0].clone()),
            None => Err(io::Error::other("no such host")),
        };
        Box::pin(async move { answer })
    }
}

fn settings(allow: &[&str]) -> Settings {
    Settings {
        allow: allow.iter().map(|one| (*one).to_owned()).collect(),
        authorities: None,
    }
}

fn asking(allow: &[&str]) -> Outgoing {
    Outgoing::new(&settings(allow)).unwrap()
}

/// A server that counts who connects, and answers everybody the same.
async fn serving(answer: &'static [u8]) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, connected) = (
        listener.local_addr().unwrap().port(),
        Arc::<AtomicUsize>::default(),
    );
    let counted = connected.clone();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            counted.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                let mut head = [0; 4096];
                let _ = stream.read(&mut head).await;
                let _ = stream.write_all(answer).await;
            });
        }
    });
    (port, connected)
}

const FINE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\nx-said: so\r\n\r\nfine";

fn get(url: &str) -> http::Request<Vec<u8>> {
    http::Request::get(url).body(Vec::new()).unwrap()
}

async fn asked(outgoing: &Outgoing, url: &str) -> Result<http::Response<Vec<u8>>, OutgoingError> {
    outgoing.request(get(url)).await
}

#[tokio::test]
async fn this_machine_is_not_asked_however_it_is_written() {
    let (port, connected) = serving(FINE).await;
    let outgoing = asking(&[]);
    for host in [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.0.0.1.",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "0",
        "localhost",
        "127。0。0。1",
    ] {
        for scheme in ["https", "http"] {
            let url = format!("{scheme}://{host}:{port}/");
            let refused = outgoing.check(&url).await;
            let expected = [Err(OutgoingError::Refused), Err(OutgoingError::Scheme)];
            assert!(expected.contains(&refused.map(drop)), "{url}");
            if let Ok(request) = http::Request::get(&url).body(Vec::new()) {
                assert!(outgoing.request(request).await.is_err(), "{url}");
            }
        }
    }
    for host in [
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "[fd00:ec2::254]",
        "10.0.0.1",
    ] {
        let refused = asked(&outgoing, &format!("https://{host}/latest/meta-data/")).await;
        assert_eq!(refused.map(drop), Err(OutgoingError::Refused), "{host}");
    }
    assert_eq!(connected.load(Ordering::SeqCst), 0, "nobody was asked");
}

#[tokio::test]
async fn only_https_without_credentials_is_an_address() {
    let outgoing = Outgoing::resolving_by(&settings(&[]), Told::that("ok.example", &[&["8.8.8.8"]])).unwrap();
    for (url, expected) in [
        ("https://ok.example/hook?x=1", None),
        ("http://ok.example/", Some(OutgoingError::Scheme)),
        ("ftp://ok.example/", Some(OutgoingError::Scheme)),
        ("file:///etc/passwd", Some(OutgoingError::Malformed)),
        ("gopher://ok.example/", Some(OutgoingError::Scheme)),
        ("https://me@ok.example/", Some(OutgoingError::Credentials)),
        ("https://me:secret@ok.example/", Some(OutgoingError::Credentials)),
        ("https://no.example/", Some(OutgoingError::Unknown)),
        ("ok.example", Some(OutgoingError::Malformed)),
        ("", Some(OutgoingError::Malformed)),
    ] {
        assert_eq!(outgoing.check(url).await.err(), expected, "{url}");
    }
}

#[tokio::test]
async fn a_name_that_leads_to_this_network_is_refused_whole() {
    for answers in [
        &["127.0.0.1"] as &[&str],
        &["8.8.8.8", "10.0.0.1"],
        &["::ffff:192.168.1.1"],
        &["2606:4700::1", "fe80::1"],
    ] {
        let told = Told::that("inner.example", &[answers]);
        let outgoing = Outgoing::resolving_by(&settings(&[]), told).unwrap();
        let refused = outgoing.check("https://inner.example/").await;
        assert_eq!(refused.map(drop), Err(OutgoingError::Refused), "{answers:?}");
        let refused = asked(&outgoing, "https://inner.example/").await;
        assert_eq!(refused.map(drop), Err(OutgoingError::Refused), "{answers:?}");
    }
}

#[tokio::test]
async fn a_name_that_changes_its_answer_gains_nothing() {
    let (port, connected) = serving(FINE).await;
    let told = Told::that("rebind.example", &[&["8.8.8.8"], &["127.0.0.1"]]);
    let outgoing = Outgoing::resolving_by(&settings(&[]), told).unwrap();
    let url = format!("https://rebind.example:{port}/");

    assert!(
        outgoing.check(&url).await.is_ok(),
        "it is public when it is entered"
    );
    let refused = asked(&outgoing, &url).await;

    assert_eq!(refused.map(drop), Err(OutgoingError::Refused));
    assert_eq!(connected.load(Ordering::SeqCst), 0, "nobody was asked");
}

#[tokio::test]
async fn the_address_that_was_checked_is_the_one_that_is_asked() {
    let (port, connected) = serving(FINE).await;
    // Asked a second time within one request, it would lead elsewhere.
    let told = Told::that("once.example", &[&["127.0.0.1"], &["8.8.8.8"]]);
    let outgoing = Outgoing::resolving_by(&settings(&["once.example"]), told.clone()).unwrap();

    let answer = asked(&outgoing, &format!("http://once.example:{port}/"))
        .await
        .unwrap();

    assert_eq!(answer.body(), b"fine");
    assert_eq!(told.asked.load(Ordering::SeqCst), 1);
    assert_eq!(connected.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn what_the_operator_allows_is_asked_and_nothing_beside_it() {
    let (port, _) = serving(FINE).await;
    let url = format!("http://127.0.0.1:{port}/");
    for allow in ["127.0.0.1", "127.0.0.0/8", "::/0"] {
        let fine = asked(&asking(&[allow]), &url).await;
        assert_eq!(fine.is_ok(), allow != "::/0", "{allow}");
    }
    let outgoing = asking(&["10.1.0.0/16", "inner.lan", "[fd00::1]", "fd00::2"]);
    for (url, fine) in [
        ("https://10.1.2.3/", true),
        ("http://10.1.2.3/", true),
        ("https://[fd00::1]/", true),
        ("https://[fd00::2]/", true),
        ("https://[fd00::3]/", false),
        ("https://10.2.0.1/", false),
        ("http://8.8.8.8/", false),
    ] {
        assert_eq!(outgoing.check(url).await.is_ok(), fine, "{url}");
    }
    for wrong in ["10.0.0.0/40", "not a host", "https://inner.lan/", "a/b"] {
        let refused = Outgoing::new(&settings(&[wrong])).map(drop);
        assert_eq!(refused, Err(OutgoingError::Settings(wrong.to_owned())));
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let (inner, connected) = serving(FINE).await;
    let answer =
        format!("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:{inner}/\r\ncontent-length: 0\r\n\r\n");
    let (port, _) = serving(answer.leak().as_bytes()).await;

    let answer = asked(&asking(&["127.0.0.1"]), &format!("http://127.0.0.1:{port}/"))
        .await
        .unwrap();

    assert_eq!(answer.status(), 302);
    assert_eq!(connected.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_answer_that_is_too_long_or_breaks_off_is_none() {
    let long = [
        b"HTTP/1.1 200 OK\r\ncontent-length: 2000000\r\n\r\n".as_slice(),
        &[b'x'; 2_000_000],
    ]
    .concat();
    let (port, _) = serving(long.leak()).await;
    let outgoing = asking(&["127.0.0.1"]);

    let refused = asked(&outgoing, &format!("http://127.0.0.1:{port}/")).await;
    assert_eq!(refused.map(drop), Err(OutgoingError::TooLong));

    let (port, _) = serving(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nfine").await;
    let broken = asked(&outgoing, &format!("http://127.0.0.1:{port}/")).await;
    assert_eq!(broken.map(drop), Err(OutgoingError::Broken));

    let closed = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let nobody = asked(&outgoing, &format!("http://127.0.0.1:{closed}/")).await;
    assert_eq!(nobody.map(drop), Err(OutgoingError::Unreachable));
}

#[tokio::test]
async fn whoever_never_answers_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let begun = std::time::Instant::now();

    let late = asked(&asking(&["127.0.0.1"]), &format!("http://127.0.0.1:{port}/")).await;

    assert_eq!(late.map(drop), Err(OutgoingError::TooSlow));
    assert!(begun.elapsed() < ANSWER_WITHIN + Duration::from_secs(2));
}

#[tokio::test]
async fn what_is_sent_is_what_was_given_and_our_name() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = vec![0; 4096];
        let length = stream.read(&mut head).await.unwrap();
        let _ = stream.write_all(FINE).await;
        String::from_utf8_lossy(&head[..length]).into_owned()
    });
    let request = http::Request::post(format!("http://127.0.0.1:{port}/token?x=1"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("host", "elsewhere.example")
        .body(b"grant_type=code".to_vec())
        .unwrap();

    let answer = asking(&["127.0.0.1"]).request(request).await.unwrap();

    assert_eq!(
        (
            answer.headers()["x-said"].to_str().unwrap(),
            answer.body().as_slice()
        ),
        ("so", b"fine".as_slice())
    );
    let heard = heard.await.unwrap().to_lowercase();
    assert!(heard.starts_with("post /token?x=1 http/1.1\r\n"), "{heard}");
    assert!(
        heard.contains(&format!("\r\nhost: 127.0.0.1:{port}\r\n")),
        "{heard}"
    );
    assert!(
        heard.contains("\r\nuser-agent: kronika/") && heard.ends_with("grant_type=code"),
        "{heard}"
    );
    assert!(!heard.contains("cookie") && !heard.contains("referer"), "{heard}");
}

/// A server with a certificate that another program made; where the certificate lies.
async fn serving_tls(folder: &std::path::Path) -> (u16, PathBuf) {
    let (certificate, key) = (folder.join("own.pem"), folder.join("own.key"));
    let made = std::process::Command::new("openssl")
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
            "/CN=hook.example",
            "-addext",
            "subjectAltName=DNS:hook.example",
        ])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let chain = CertificateDer::pem_file_iter(&certificate)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, PrivateKeyDer::from_pem_file(&key).unwrap())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let mut head = [0; 4096];
                let _ = stream.read(&mut head).await;
                let _ = stream.write_all(FINE).await;
                let _ = stream.shutdown().await;
            }
        }
    });
    (port, certificate)
}

#[tokio::test]
async fn a_certificate_is_trusted_only_when_its_authority_is() {
    let folder = tempfile::tempdir().unwrap();
    let (port, certificate) = serving_tls(folder.path()).await;
    let mut trusting = settings(&["127.0.0.1"]);
    trusting.authorities = Some(certificate);
    let names = |name| Told::that(name, &[&["127.0.0.1"]]);
    let url = format!("https://hook.example:{port}/");

    let fine = Outgoing::resolving_by(&trusting, names("hook.example")).unwrap();
    assert_eq!(asked(&fine, &url).await.unwrap().body(), b"fine");
    let strange = Outgoing::resolving_by(&settings(&["127.0.0.1"]), names("hook.example")).unwrap();
    assert_eq!(
        asked(&strange, &url).await.map(drop),
        Err(OutgoingError::Certificate)
    );
    let other = Outgoing::resolving_by(&trusting, names("other.example")).unwrap();
    let refused = asked(&other, &format!("https://other.example:{port}/")).await;
    assert_eq!(refused.map(drop), Err(OutgoingError::Certificate));
    trusting.authorities = Some(folder.path().join("own.key"));
    assert!(Outgoing::new(&trusting).is_err(), "a key is no certificate");
}
