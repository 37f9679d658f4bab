use crate::support::mail;
use crate::support::program::Installed;
use crate::support::serving::Serving;

const PASSWORD: &str = "four words that fit badly";
const OURS: &str = "sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded";

/// A cookie's value in an answer.
fn cookie(answer: &str, name: &str) -> String {
    let (_, rest) = answer
        .split_once(&format!("set-cookie: {name}="))
        .unwrap_or_else(|| panic!("{answer}"));
    rest.split(';').next().unwrap().to_owned()
}

/// An archive with an owner and a message in HTML; the message's id.
async fn office() -> (Installed, String) {
    let installed = Installed::new().await;
    let password = installed.file("password", PASSWORD.as_bytes());
    let add = ["user", "add", "ewa", "--role", "owner", "--password-file"];
    let added = installed.run(&[&add[..], &[password.to_str().unwrap()]].concat());
    assert_eq!(added.status, Some(0), "{added}");
    let letter = mail("Zupełnie poufne")
        .from("Anna <anna@tajna-firma.example>")
        .header("Content-Type", "text/html; charset=utf-8")
        .body("<p style=\"color:#c0ffee\">niedyskrecja <b>wspaniała</b></p>");
    let imported = installed.import(&installed.file("letter.eml", &letter.bytes()));
    assert_eq!(imported.status, Some(0), "{imported}");
    let hit = installed.run(&["search", "--json", "niedyskrecja"]).json();
    (installed, hit["id"].as_str().unwrap().to_owned())
}

/// Signs in; the session, and the cookie by which the browser is met again.
fn sign_in(server: &Serving) -> [String; 2] {
    let form = format!("user=ewa&password={}", PASSWORD.replace(' ', "+"));
    let entered = server.ask(&format!("POST /sign-in HTTP/1.1\r\n{OURS}"), &form);
    ["kronika", "kronika-known"].map(|name| cookie(&entered, name))
}

/// Invites somebody; what the link ends with.
fn invite(server: &Serving, signed_in: &str) -> String {
    let head = format!("POST /settings/people/invitations HTTP/1.1\r\n{signed_in}");
    let invited = server.ask(&head, "name=ola&role=member&language=pl");
    let (_, rest) = invited
        .split_once("/invitations/")
        .unwrap_or_else(|| panic!("{invited}"));
    let token = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    let token = token.take(1).collect::<String>();
    assert!(token.len() >= 20, "{token}");
    token
}

/// Everything that a log might say is said: each crate, each level.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_never_tells_a_secret_nor_what_a_message_says() {
    let (installed, message) = office().await;
    let server = Serving::start(&installed, &["--requests-a-minute", "40"], |command| {
        command.env("KRONIKA_LOG", "trace");
    });
    let [session, known] = sign_in(&server);
    let signed_in = format!("{OURS}\r\ncookie: kronika={session}; kronika-known={known}");
    let wrong = format!("POST /sign-in HTTP/1.1\r\n{OURS}");
    server.ask(&wrong, "user=ewa&password=almost+the+right+one");
    let token = invite(&server, &signed_in);
    for path in [
        format!("/invitations/{token}"),
        "/search?q=niedyskrecja+anna%40tajna-firma.example".to_owned(),
        format!("/interactions/{message}"),
        format!("/interactions/{message}/html"),
        format!("/interactions/{message}/original"),
        "/inbox".to_owned(),
    ] {
        let answer = server.ask(&format!("GET {path} HTTP/1.1\r\n{signed_in}"), "");
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    }
    for _ in 0..30 {
        server.ask(&format!("GET /clients HTTP/1.1\r\n{signed_in}"), "");
    }
    let log = server.log();

    let told = log.matches("makes too many requests").count();
    assert_eq!(told, 1, "something is logged: {log}");
    let written = [
        "four+words",
        "almost",
        "niedyskrecja",
        "wspania",
        "c0ffee",
        "poufne",
        "tajna-firma",
    ];
    let keys = ["PRAGMA key", "x'"];
    let secrets = [PASSWORD, &session, &known, &token];
    for secret in [&secrets[..], &written, &keys].concat() {
        let line = log.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret} is told: {}", line.unwrap_or_default());
    }
}
