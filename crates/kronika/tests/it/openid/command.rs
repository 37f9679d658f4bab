//! What the operator writes and runs, and what the server writes about it.

use std::io::Write;

use serde_json::json;

use super::{BEGIN, query};
use crate::support::program::Installed;
use crate::support::provider::{Manner, Rogue, SECRET, signed};
use crate::support::serving::Serving;

/// Adds to the archive's configuration.
fn write(installed: &Installed, text: &str) {
    let path = installed.data().join("kronika.toml");
    let mut file = std::fs::File::options().append(true).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

fn section(issuer: &str, more: &str) -> String {
    format!(
        "\n[[openid]]\nid = \"sso\"\nname = \"Office\"\nissuer = \"{issuer}\"\nclient = \"kronika\"\n{more}\n"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_a_section_is_said_in_a_sentence() {
    for (text, words) in [
        (
            section("https://sso.example", "role = \"owner\""),
            "owners are made by owners",
        ),
        (
            section("https://sso.example", "role = \"king\""),
            "must be administrator",
        ),
        (section("http://sso.example", ""), "is no address of a provider"),
        (section("sso", ""), "is no address of a provider"),
        (section("https://sso.example", "secret = \"x\""), "unknown field"),
        (
            section("https://sso.example", "").replace("\"sso\"", "\"S O\""),
            "is no id of a provider",
        ),
        (
            section("https://sso.example", "").replace("Office", " "),
            "needs a name",
        ),
        (section("https://sso.example", "").repeat(2), "two providers"),
    ] {
        let installed = Installed::new().await;
        write(&installed, &text);
        installed.run(&["openid", "check"]).refuses_with(words);
    }
    let installed = Installed::new().await;
    let file = installed.file("secret", b"x");
    let secret = ["openid", "secret", "other", "--file", file.to_str().unwrap()];
    installed.run(&secret).refuses_with("there is no provider other");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_asks_the_provider_and_says_where_it_must_send_people() {
    let rogue = Rogue::start().await;
    let installed = Installed::new().await;
    write(&installed, &section(&rogue.issuer, "allow_private = true"));
    let check = [
        "openid",
        "check",
        "--public-url",
        "https://kronika.example",
        "--json",
    ];
    let asked = installed.run(&check);
    assert_eq!(asked.status, Some(0), "{asked}");
    assert_eq!(
        asked.json()["back"],
        "https://kronika.example/sign-in/openid/sso/callback"
    );
    assert_eq!(asked.json()["secret"], false);

    for secret in ["an earlier one", SECRET] {
        let file = installed.file("secret", format!("{secret}\n").as_bytes());
        let kept = installed.run(&["openid", "secret", "sso", "--file", file.to_str().unwrap()]);
        assert_eq!((kept.status, kept.out.as_str()), (Some(0), ""), "{kept}");
    }
    assert_eq!(installed.run(&check).json()["secret"], true);
    rogue.does(Manner::Down);
    let asked = installed.run(&check);
    assert_eq!(asked.status, Some(1), "{asked}");
    assert!(asked.out.contains("does not answer as it should"), "{asked}");
    let config = std::fs::read_to_string(installed.data().join("kronika.toml")).unwrap();
    assert!(!config.contains(SECRET));
}

/// The value of a header, whole.
fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    let (_, rest) = answer
        .split_once(&format!("\r\n{name}: "))
        .unwrap_or_else(|| panic!("{answer}"));
    rest.split("\r\n").next().unwrap()
}

/// Everything that a log might say is said.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_tells_neither_secret_nor_code_nor_token() {
    let rogue = Rogue::start().await;
    let installed = Installed::new().await;
    write(
        &installed,
        &section(&rogue.issuer, "allow_private = true\nrole = \"member\""),
    );
    let file = installed.file("secret", SECRET.as_bytes());
    installed.run(&["openid", "secret", "sso", "--file", file.to_str().unwrap()]);
    let server = Serving::start(&installed, &[], |command| {
        command.env("KRONIKA_LOG", "trace");
    });
    let mut secrets = vec![SECRET.to_owned(), "of%2Btests".to_owned()];
    for (key, status) in [("first", "303"), ("forged", "200")] {
        let sent = server.ask(&format!("GET {BEGIN} HTTP/1.1"), "");
        let asked = query(header(&sent, "location"));
        let cookie = header(&sent, "set-cookie").split(';').next().unwrap().to_owned();
        let now = jiff::Timestamp::now().as_second();
        let claims = json!({
            "iss": rogue.issuer, "sub": "hidden-subject", "aud": "kronika", "nonce": asked["nonce"],
            "iat": now, "exp": now + 300, "preferred_username": "nowy.pracownik",
        });
        let token = signed(&json!({ "alg": "ES256", "kid": "first" }), &claims, key);
        let code = rogue.code_for(token.clone(), &asked["code_challenge"]);
        let path = format!("{BEGIN}/callback?state={}&code={code}", asked["state"]);
        let answer = server.ask(&format!("GET {path} HTTP/1.1\r\ncookie: {cookie}"), "");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        secrets.extend([
            token,
            code,
            cookie,
            asked["state"].clone(),
            asked["nonce"].clone(),
        ]);
    }
    secrets.extend(["hidden-subject".into(), "nowy.pracownik".into()]);
    let log = server.log();

    assert!(
        log.contains("a provider's token was refused"),
        "something is logged: {log}"
    );
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(&secret));
        assert!(line.is_none(), "{secret} is told: {}", line.unwrap_or_default());
    }
}
