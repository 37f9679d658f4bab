use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use kronika::access::Role;
use kronika::web::app::router;
use kronika::web::limit::Limits;
use tower::ServiceExt;

use crate::account::{PASSWORD, account};
use crate::on_each_database;
use crate::support::office::{Browser, Office};

/// A request with just these headers, by nobody.
async fn ask(office: &Office, path: &str, headers: &[(&str, &str)]) -> (StatusCode, String) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let response = router(office.app.clone()).oneshot(request).await.unwrap();
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX)
        .await
        .unwrap();
    (status, String::from_utf8_lossy(&body).into_owned())
}

on_each_database! {
    async fn a_request_for_another_host_is_refused_with_a_sentence(archive: TestArchive) {
        let office = Office::of(&archive);
        for forged in [
            &[("host", "evil.example")][..],
            &[("host", "kronika.example.evil.example")],
            &[("host", "kronika.example:1")],
            &[("host", "kronika.example"), ("host", "evil.example")],
            &[("host", "evil.example"), ("x-forwarded-host", "kronika.example")],
            &[],
        ] {
            let (status, text) = ask(&office, "/sign-in", forged).await;

            assert_eq!(status, StatusCode::MISDIRECTED_REQUEST, "{forged:?}");
            assert!(text.contains("meant for another address") && !text.contains("evil"), "{text}");
        }
        let absolute = ask(&office, "https://evil.example/sign-in", &[("host", "kronika.example")]).await;
        assert_eq!(absolute.0, StatusCode::MISDIRECTED_REQUEST);
        for (path, host) in [("/sign-in", "kronika.example"), ("/sign-in", "KRONIKA.example:443"), ("/health", "10.0.0.1")] {
            assert_eq!(ask(&office, path, &[("host", host)]).await.0, StatusCode::OK, "{host}");
        }
    }

    async fn whoever_asks_too_often_is_told_to_wait_and_nobody_else_is(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        account(&archive, "jan", Role::Owner).await;
        let office = Office::with(&archive, |app| app.limits = Arc::new(Limits::a_minute(60)));
        let (mut ewa, mut jan) = (Browser::at(1), Browser::at(1));
        office.sign_in(&mut ewa, "ewa", PASSWORD).await;
        office.sign_in(&mut jan, "jan", PASSWORD).await;
        let mut refused = None;
        for n in 0..40 {
            // Ids that were never given out: there is nothing, and no end to asking is not free.
            let answer = office.get(&mut ewa, &format!("/interactions/{n:013}")).await;
            match answer.status {
                StatusCode::NOT_FOUND => assert!(n >= 30 || refused.is_none()),
                StatusCode::TOO_MANY_REQUESTS => refused = Some(answer.text),
                other => panic!("{other}"),
            }
        }

        assert!(refused.unwrap().contains("Too many requests at once"));
        assert_eq!(office.get(&mut jan, "/clients").await.status, StatusCode::OK, "the same address");
        for _ in 0..30 {
            let answer = office.get(&mut Browser::at(9), "/sign-in").await;
            assert!([StatusCode::OK, StatusCode::TOO_MANY_REQUESTS].contains(&answer.status));
        }
        let stranger = Browser::at(9);
        let waits = office.answer(&stranger, Request::get("/clients"), String::new()).await;
        assert_eq!(waits.status(), StatusCode::TOO_MANY_REQUESTS);
        assert!(waits.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
        let other = office.get(&mut Browser::at(10), "/sign-in").await;
        assert_eq!(other.status, StatusCode::OK);
        let asset = office.get(&mut Browser::at(9), "/assets/none.css").await;
        assert_eq!(asset.status, StatusCode::NOT_FOUND, "assets are not counted");
    }

    async fn with_tls_browsers_are_told_to_use_nothing_else(archive: TestArchive) {
        for behind_tls in [false, true] {
            let office = Office::with(&archive, |app| app.behind_tls = behind_tls);
            let answer = office.answer(&Browser::at(1), Request::get("/sign-in"), String::new()).await;
            let says = |name: &str| answer.headers().get(name).map_or("", |value| value.to_str().unwrap());

            assert_eq!(says("strict-transport-security"), if behind_tls { "max-age=31536000" } else { "" });
            assert_eq!(says("cross-origin-resource-policy"), "same-origin");
            assert_eq!(says("x-content-type-options"), "nosniff");
            assert_eq!(says("x-dns-prefetch-control"), "off");
            let policy = says("content-security-policy");
            assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"));
            assert!(!policy.contains("unsafe"), "{policy}");
        }
    }
}
