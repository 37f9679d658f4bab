//! HTML mail, made text and made safe.

use kronika_intake::mail::{self, Sanitised};

use crate::shared::{corpus, files};

fn safe(html: &str) -> Sanitised {
    mail::sanitised(html, &|id| (id == "logo@firm").then(|| "/parts/7".to_owned()))
}

#[test]
fn nothing_that_runs_or_submits_survives() {
    let html = r#"<script>alert(1)</script><p onclick="x()">Hi<form action="https://e"><input name=a></form>
        <iframe src="https://e"></iframe><meta http-equiv=refresh content="0;url=https://e"><object data=x></object>
        <a href="javascript:alert(1)">a</a><a href="data:text/html,x">b</a><svg onload=x></svg><base href="https://e">"#;

    let clean = safe(html).html;

    let gone = [
        "script",
        "onclick",
        "form",
        "input",
        "iframe",
        "meta",
        "object",
        "javascript",
        "data:",
        "svg",
        "base",
    ];
    for word in gone {
        assert!(!clean.contains(word), "{word} in {clean}");
    }
    assert!(clean.contains("Hi"));
}

#[test]
fn remote_pictures_are_kept_from_loading_and_counted() {
    let html = r#"<style>@import url(https://e/a.css); p{background:url('https://e/b.png')}</style>
        <img src="https://e/pixel.gif?id=1"><img src="//e/2.png"><td background="https://e/3.png">x</td>
        <table><td background="https://e/3.png">x</td></table><p style="background:url(https://e/4.png);color:red">y"#;

    let clean = safe(html);

    assert_eq!(clean.blocked_remote, 6, "{}", clean.html);
    assert!(!clean.html.contains(" src="), "{}", clean.html);
    assert!(
        clean
            .html
            .contains(r#"data-blocked-src="https://e/pixel.gif?id=1""#),
        "{}",
        clean.html
    );
    assert!(!clean.html.contains("url("));
    assert!(clean.html.contains(r#"style="color:red""#), "{}", clean.html);
}

#[test]
fn pictures_within_the_message_are_shown() {
    let clean = safe(r#"<img src="cid:logo@firm"><img src="CID:logo%40firm"><img src="cid:other">"#);

    assert_eq!(
        clean.html.matches(r#"src="/parts/7""#).count(),
        2,
        "{}",
        clean.html
    );
    assert_eq!(clean.blocked_remote, 0);
    assert!(!clean.html.to_lowercase().contains("cid:"));
}

#[test]
fn links_open_elsewhere_and_tell_nothing() {
    let clean = safe(r#"<a href="https://e/" target=_self rel=opener>x</a>"#).html;

    assert!(
        clean.contains(r#"rel="noopener noreferrer""#) && clean.contains(r#"target="_blank""#),
        "{clean}"
    );
    assert!(
        !clean.contains("_self") && !clean.contains(r#""opener"#),
        "{clean}"
    );
}

#[test]
fn styles_cannot_move_a_box_out_of_its_place() {
    let tricks = [
        "position:fixed",
        "margin-left:-999px",
        "margin:0 -9px",
        "z-index:9",
        "color:expression(x)",
        "float:left",
        "color:\\72 ed",
        "width:calc(1px)",
        "background-image:image-set('a')",
    ];
    for trick in tricks {
        let clean = safe(&format!(r#"<p style="{trick}">x</p>"#)).html;
        assert_eq!(clean, "<p>x</p>", "{trick}");
    }
    assert_eq!(
        safe(r#"<p style="color:rgb(1,2,3); margin: 0 5px">x</p>"#).html,
        r#"<p style="color:rgb(1,2,3);margin:0 5px">x</p>"#
    );
}

#[test]
fn a_document_that_would_choke_a_browser_is_shown_as_its_text() {
    let deep = format!("{}text", "<font size=1><b>".repeat(100_000));

    let clean = safe(&deep);

    assert!(clean.simplified);
    assert_eq!(clean.html, "<pre>text</pre>");
}

#[test]
fn every_html_of_the_hard_corpora_is_made_safe() {
    let Some(folder) = corpus("mail-hard") else { return };
    let mut simplified = 0;

    for path in files(&folder) {
        let raw = std::fs::read(&path).unwrap();
        let Ok(message) = mail::capture(&raw) else {
            continue;
        };
        let Some(html) = mail::reading(&raw, &message).html else {
            continue;
        };
        let clean = safe(&html);
        simplified += usize::from(clean.simplified);
        assert!(
            !clean.html.contains("<script") && !clean.html.contains(" src=\"http"),
            "{}",
            path.display()
        );
    }

    println!("{simplified} simplified");
}
