//! Rules of communication.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use kronika::web::view::guideline::{
    AskedQuestion, GuidelineDesk, GuidelineForm, GuidelineLine, GuidelinePage, GuidelineState, Guidelines,
};
use kronika::web::view::page::{Page, Place};
use kronika::web::view::show;

use super::sample;
use super::serve::{back, page, text};

type Asked = Query<HashMap<String, String>>;

pub fn router() -> Router {
    Router::new()
        .route("/guidelines", get(list).post(back))
        .route("/guidelines/new", get(form))
        .route("/guidelines/{id}", get(guideline).post(back))
        .route("/guidelines/{id}/edit", get(form))
        .route("/guidelines/{id}/accept", post(back))
        .route("/guidelines/{id}/remind", post(back))
        .route("/guidelines/{id}/withdraw", post(back))
}

fn asking(headers: &HeaderMap) -> Page {
    Page {
        guidelines: 2,
        ..page(headers, Place::Settings)
    }
}

async fn list(Query(asked): Asked, headers: HeaderMap) -> Response {
    let line = |id: &str, title: &str, state, reminded: bool| GuidelineLine {
        id: id.into(),
        title: title.into(),
        version: 3,
        state,
        reminded_at: reminded.then_some(sample::NOW - 5 * sample::HOUR),
    };
    let lines = vec![
        line(
            "1",
            "Rozmowy telefoniczne i prywatne komunikatory",
            GuidelineState::Open,
            true,
        ),
        line("2", "Zgoda na nagrywanie rozmów", GuidelineState::Open, false),
        line(
            "3",
            "Ustalenia ustne potwierdzamy na piśmie",
            GuidelineState::Accepted(sample::NOW - 40 * sample::HOUR),
            false,
        ),
        line("4", "Faksy", GuidelineState::Withdrawn, false),
    ];
    show(&Guidelines {
        page: asking(&headers),
        lines: if asked.contains_key("empty") {
            Vec::new()
        } else {
            lines
        },
    })
}

fn questions(wrong: bool) -> Vec<AskedQuestion> {
    let question = |asked: &str, answers: [&str; 3], given, wrong| AskedQuestion {
        asked: asked.into(),
        answers: answers.map(str::to_owned).to_vec(),
        given,
        wrong,
    };
    vec![
        question(
            "Klient pisze na prywatny komunikator i prosi o cenę. Co robisz?",
            [
                "Odpisuję, bo tak jest najszybciej",
                "Odpisuję z firmowego adresu e-mail",
                "Proszę, żeby zadzwonił",
            ],
            wrong.then_some(0),
            wrong,
        ),
        question(
            "Kiedy potwierdzasz ustalenia z rozmowy?",
            ["Tego samego dnia", "Do końca tygodnia", "Gdy klient o to poprosi"],
            wrong.then_some(0),
            false,
        ),
    ]
}

async fn guideline(Path(id): Path<String>, Query(asked): Asked, headers: HeaderMap) -> Response {
    let (wrong, done) = (asked.contains_key("wrong"), asked.contains_key("done"));
    let state = match (done, text(&asked, "state").as_str()) {
        (_, "withdrawn") => GuidelineState::Withdrawn,
        (true, _) => GuidelineState::Accepted(sample::NOW - sample::HOUR),
        _ => GuidelineState::Open,
    };
    let desk = GuidelineDesk {
        accepted: vec![
            ("katarzyna.zielińska".into(), 3, sample::NOW - 2 * sample::HOUR),
            ("marek".into(), 2, sample::NOW - 900 * sample::HOUR),
        ],
        missing: vec![
            ("anna".into(), None),
            ("jan".into(), Some(sample::NOW - 5 * sample::HOUR)),
        ],
        versions: vec![
            (3, sample::NOW - 30 * sample::HOUR, "marek".into()),
            (2, sample::NOW - 1000 * sample::HOUR, "marek".into()),
        ],
    };
    show(&GuidelinePage {
        page: asking(&headers),
        id,
        title: "Rozmowy telefoniczne i prywatne komunikatory".into(),
        version: if asked.contains_key("version") { 2 } else { 3 },
        issued_at: sample::NOW - 30 * sample::HOUR,
        issued_by: "marek".into(),
        paragraphs: vec![
            "Z klientami rozmawiamy przez telefon firmowy, firmową pocztę i na spotkaniach. Prywatnych komunikatorów \
             nie używamy: tego, co tam padnie, firma nie ma jak udowodnić."
                .into(),
            "Każde ustalenie z rozmowy potwierdzamy tego samego dnia e-mailem:\n– co ustalono,\n– do kiedy,\n– za ile.".into(),
        ],
        state,
        newest: !asked.contains_key("version"),
        questions: if state == GuidelineState::Open { questions(wrong) } else { Vec::new() },
        mistake: wrong.then_some("guideline-wrong"),
        desk: asked.contains_key("desk").then_some(desk),
    })
}

async fn form(Query(asked): Asked, headers: HeaderMap) -> Response {
    let wrong = asked.contains_key("wrong");
    show(&GuidelineForm {
        page: page(&headers, Place::Settings),
        id: wrong.then(|| "1".to_owned()),
        title: if wrong {
            "Rozmowy telefoniczne".into()
        } else {
            String::new()
        },
        text: String::new(),
        test: if wrong {
            "Kiedy potwierdzasz ustalenia?\n+ Zawsze".into()
        } else {
            String::new()
        },
        mistake: wrong.then_some(("guideline-mistake-answers", 1)),
    })
}
