use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use kronika::web::assets;
use kronika::web::locale::Locale;
use kronika::web::view::link::link;
use kronika::web::view::page::{Place, Theme};
use kronika::web::view::search::toggled;
use kronika::web::view::timeline::{Line, Timeline};
use tower::ServiceExt;

use super::{sample, serve};

const PAGES: [&str; 90] = [
    "/sign-in",
    "/sign-in?wrong=1",
    "/clients",
    "/clients?empty=1",
    "/clients?q=nobody",
    "/clients/_rows?q=pi",
    "/clients/new?from=m0",
    "/clients/c0",
    "/clients/c0?q=nothing",
    "/clients/c0/_timeline?before=30",
    "/clients/c0/_timeline?thread=m0",
    "/clients/c0/edit",
    "/interactions/m0",
    "/interactions/unassigned",
    "/interactions/unreadable",
    "/interactions/m0/_open",
    "/inbox",
    "/inbox?filter=ignored",
    "/inbox?empty=1",
    "/clients/_suggest?q=",
    "/imports",
    "/imports?empty=1",
    "/imports/1?step=100",
    "/settings/log",
    "/settings/log?own=1&empty=1",
    "/clients/c0/log",
    "/interactions/m0/log",
    "/guidelines",
    "/guidelines?empty=1",
    "/guidelines/1?wrong=1&desk=1",
    "/guidelines/1?done=1&desk=1",
    "/guidelines/1?version=2&state=withdrawn",
    "/guidelines/new",
    "/guidelines/1/edit?wrong=1",
    "/search",
    "/search?q=cena",
    "/search?q=xyzzy",
    "/settings/api",
    "/settings/you/archives?go=1",
    "/settings/you/archives?wrong=1",
    "/settings/you/archives/join",
    "/settings/you/tokens",
    "/settings/you/tokens?made=1",
    "/settings/you/tokens?wrong=1",
    "/evidence",
    "/evidence?wrong=1&empty=1",
    "/evidence/new",
    "/evidence/new?wrong=1",
    "/evidence/new?empty=1",
    "/evidence/1",
    "/evidence/2",
    "/evidence/waiting",
    "/evidence/sealing",
    "/evidence/gathering",
    "/evidence/running",
    "/evidence/reading",
    "/evidence/reporting",
    "/evidence/encrypting",
    "/evidence/failed",
    "/settings/webhooks",
    "/settings/webhooks?wrong=1&empty=1",
    "/settings/webhooks/1",
    "/settings/webhooks/1?made=1&empty=1",
    "/settings/webhooks/1?gone=1&state=dead",
    "/settings/webhooks/1?paused=1&wrong=1",
    "/settings/webhooks/1?other=1",
    "/settings/journal?state=broken",
    "/settings/journal?trouble=1",
    "/settings/rules",
    "/settings/you",
    "/settings/teams?wrong=1",
    "/settings/teams?empty=1",
    "/settings/grants?wrong=1&link=/clients/c0",
    "/settings/grants?empty=1",
    "/settings/grants?nobody=1",
    "/settings/rights",
    "/grants",
    "/grants?empty=1",
    "/settings/you?bare=1",
    "/settings/you?passwordless=1",
    "/settings/you?passwordless=1&confirmed=1",
    "/settings/you/identities/office/link",
    "/settings/people",
    "/settings/people?made=1",
    "/settings/people/1/remove",
    "/settings/you/authenticator?wrong=1",
    "/settings/you/recovery-codes",
    "/sign-in/code?wrong=1",
    "/invitations/1",
    "/invitations/1?first=1&wrong=1",
];

async fn get(path: &str, locale: Locale) -> (StatusCode, String) {
    let cookie = format!("lang={}", locale.code());
    let request = Request::get(path)
        .header("cookie", cookie)
        .body(Body::empty())
        .unwrap();
    let response = serve::router().oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn every_page_is_shown_in_every_language() {
    for path in PAGES {
        for locale in Locale::ALL {
            let (status, html) = get(path, locale).await;

            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(
                !html.contains("Unknown localization key"),
                "{path} in {}",
                locale.code()
            );
            assert!(
                !html.contains("{$"),
                "{path} in {} lacks an argument",
                locale.code()
            );
        }
    }
}

#[tokio::test]
async fn nothing_on_a_page_needs_more_than_the_policy_allows() {
    for path in PAGES {
        let (_, html) = get(path, Locale::En).await;

        for inline in [
            " style=",
            "<style",
            " onclick=",
            " onload=",
            "hx-on",
            "javascript:",
            "//cdn",
        ] {
            assert!(!html.contains(inline), "{path} has {inline}");
        }
        assert_eq!(
            html.matches("<script").count(),
            html.matches("<script defer src=\"/assets/").count(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn hostile_words_stay_words() {
    let (_, html) = get("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", Locale::En).await;

    assert!(!html.contains("<script>"));
    assert!(html.contains("&#34;&#62;&#60;script&#62;alert(1)"));
}

#[tokio::test]
async fn what_a_page_links_to_is_bundled_and_small() {
    for name in ["main.css", "main.js", "icons.svg", "mark.svg"] {
        let request = Request::get(assets::path(name))
            .header("accept-encoding", "gzip, br")
            .body(Body::empty());
        let response = serve::router().oneshot(request.unwrap()).await.unwrap();

        assert_eq!(response.status(), StatusCode::OK, "{name}");
        assert_eq!(response.headers()["content-encoding"], "br", "{name}");
        let size = to_bytes(response.into_body(), usize::MAX).await.unwrap().len();
        assert!(size < 32_000, "{name} has {size} bytes");
    }
}

#[tokio::test]
async fn a_refused_encoding_is_not_sent() {
    let request = Request::get(assets::path("main.css"))
        .header("accept-encoding", "br;q=0, gzip")
        .body(Body::empty());
    let response = serve::router().oneshot(request.unwrap()).await.unwrap();

    assert_eq!(response.headers()["content-encoding"], "gzip");
}

#[test]
fn a_day_has_one_heading_even_across_stretches() {
    let page = sample::page(Locale::En, Theme::Light, Place::Clients);
    let headings = |timeline: Timeline| {
        timeline
            .lines
            .iter()
            .filter(|line| matches!(line, Line::Day(_)))
            .count()
    };
    let rows = sample::rows(0, 2);
    let above = rows[0].claimed_at;

    assert_eq!(
        headings(Timeline::new(&page, "c0", Default::default(), rows.clone(), None)),
        1
    );
    assert_eq!(
        headings(Timeline::new(&page, "c0", Default::default(), rows, Some(above))),
        0
    );
}

#[test]
fn an_address_carries_only_what_is_filled_in() {
    assert_eq!(link("/clients", &[("q", ""), ("sort", "")]), "/clients");
    assert_eq!(
        link("/clients", &[("q", "Złoty Kłos & syn"), ("sort", "")]),
        "/clients?q=Z%C5%82oty+K%C5%82os+%26+syn"
    );
}

#[test]
fn a_chip_puts_its_word_in_takes_it_out_and_replaces_its_like() {
    assert_eq!(
        toggled("price march", "has:attachment"),
        "price march has:attachment"
    );
    assert_eq!(
        toggled("price has:attachment march", "has:attachment"),
        "price march"
    );
    assert_eq!(
        toggled("channel:sms price", "channel:email"),
        "price channel:email"
    );
}
