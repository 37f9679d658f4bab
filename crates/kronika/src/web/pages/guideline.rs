//! Rules of communication: everyone inside reads and accepts them, some write them.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::see;
use crate::access::Right;
use crate::access::store::Someone;
use crate::archive::id::{AccountId, GuidelineId};
use crate::guideline::act::{self, GuidelineError, Reader};
use crate::guideline::store::{self, Issued};
use crate::guideline::{GuidelineMistake, GuidelineText};
use crate::storage::Conn;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::fields::Fields;
use crate::web::refusal::Refusal;
use crate::web::view::guideline as view;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

/// `GET /guidelines`
pub async fn list(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::AcceptGuidelines)?;
    let page = user.page(&app, Place::Settings).await?;
    let lines = store::list(&mut app.archive.db.read().await?, user.account.id).await?;
    let lines = lines.into_iter().map(|line| view::GuidelineLine {
        id: GuidelineId(line.id).to_string(),
        title: line.title,
        version: line.version.unsigned_abs(),
        state: state(line.withdrawn_at, line.accepted_at),
        reminded_at: line.reminded_at,
    });
    Ok(render(&view::Guidelines {
        page,
        lines: lines.collect(),
    }))
}

fn state(withdrawn_at: Option<i64>, accepted_at: Option<i64>) -> view::GuidelineState {
    match (withdrawn_at, accepted_at) {
        (Some(_), _) => view::GuidelineState::Withdrawn,
        (None, Some(at)) => view::GuidelineState::Accepted(at),
        (None, None) => view::GuidelineState::Open,
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    version: Option<i64>,
}

/// `GET /guidelines/{guideline}`
pub async fn show(
    user: SignedIn,
    State(app): State<App>,
    Path(guideline): Path<GuidelineId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::AcceptGuidelines)?;
    Ok(render(&shown(&user, &app, guideline, asked.version).await?))
}

async fn shown(
    user: &SignedIn,
    app: &App,
    guideline: GuidelineId,
    version: Option<i64>,
) -> Result<view::GuidelinePage, Refusal> {
    let page = user.page(app, Place::Settings).await?;
    let conn = &mut app.archive.db.read().await?;
    let lines = store::list(conn, user.account.id).await?;
    let line = lines.into_iter().find(|line| line.id == guideline.0);
    let line = line.ok_or_else(Refusal::not_found)?;
    let versions = store::versions(conn, guideline).await?;
    let wanted = version.unwrap_or(line.version);
    let issued = versions.iter().find(|issued| issued.version == wanted);
    let issued = issued.cloned().ok_or_else(Refusal::not_found)?;
    let state = state(line.withdrawn_at, line.accepted_at);
    let newest = issued.version == line.version;
    let writes = user.must_be_allowed_to(Right::WriteGuidelines).is_ok();
    let desk = match writes {
        true => Some(desk(conn, guideline, line.version, &versions).await?),
        false => None,
    };
    let questions = match newest && state == view::GuidelineState::Open {
        true => unanswered(&issued.text),
        false => Vec::new(),
    };
    Ok(view::GuidelinePage {
        page,
        id: guideline.to_string(),
        version: issued.version.unsigned_abs(),
        issued_at: issued.issued_at,
        issued_by: issued.issued_by,
        paragraphs: issued.text.paragraphs().map(str::to_owned).collect(),
        title: issued.text.title,
        state,
        newest,
        questions,
        mistake: None,
        desk,
    })
}

fn unanswered(text: &GuidelineText) -> Vec<view::AskedQuestion> {
    let ask = |question: &crate::guideline::Question| view::AskedQuestion {
        asked: question.asked.clone(),
        answers: question.answers.clone(),
        given: None,
        wrong: false,
    };
    text.questions.iter().map(ask).collect()
}

async fn desk(
    conn: &mut Conn,
    guideline: GuidelineId,
    newest: i64,
    versions: &[Issued],
) -> Result<view::GuidelineDesk, Refusal> {
    let acceptances = store::acceptances(conn, guideline).await?;
    let reminded = store::reminders(conn, guideline, newest).await?;
    let accepted = |reader: &Someone| {
        acceptances
            .iter()
            .any(|known| known.account == reader.id && known.version == newest)
    };
    let readers = store::readers(conn).await?;
    let missing = readers.into_iter().filter(|reader| !accepted(reader));
    let missing = missing
        .map(|reader| (reader.name, reminded.get(&reader.id).copied()))
        .collect();
    Ok(view::GuidelineDesk {
        accepted: acceptances
            .into_iter()
            .map(|known| (known.name, known.version.unsigned_abs(), known.accepted_at))
            .collect(),
        missing,
        versions: versions
            .iter()
            .map(|issued| {
                (
                    issued.version.unsigned_abs(),
                    issued.issued_at,
                    issued.issued_by.clone(),
                )
            })
            .collect(),
    })
}

/// `POST /guidelines/{guideline}/accept`
pub async fn accept(
    user: SignedIn,
    State(app): State<App>,
    Path(guideline): Path<GuidelineId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::AcceptGuidelines)?;
    let version: i64 = fields
        .text("version")
        .parse()
        .map_err(|_| Refusal::bad_request())?;
    let conn = &mut app.archive.db.read().await?;
    let asked = store::newest(conn, guideline)
        .await?
        .map_or(0, |newest| newest.text.questions.len());
    let answers: Vec<Option<usize>> = (0..asked)
        .map(|place| fields.text(&format!("answer_{place}")).parse().ok())
        .collect();
    let reader = Reader {
        account: user.account.id,
        name: &user.account.name,
    };
    match act::accept(&app.archive, (guideline, version), &answers, reader).await {
        Ok(()) => Ok(see("/guidelines")),
        Err(GuidelineError::Outdated) => {
            let mut page = shown(&user, &app, guideline, None).await?;
            page.mistake = Some("guideline-outdated");
            Ok(render(&page))
        }
        Err(GuidelineError::Wrong(wrong)) => {
            let mut page = shown(&user, &app, guideline, None).await?;
            for (place, question) in page.questions.iter_mut().enumerate() {
                question.given = answers.get(place).copied().flatten();
                question.wrong = wrong.contains(&place);
            }
            page.mistake = Some("guideline-wrong");
            Ok(render(&page))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /guidelines/new`
pub async fn new(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::WriteGuidelines)?;
    let page = user.page(&app, Place::Settings).await?;
    Ok(render(&view::GuidelineForm {
        page,
        id: None,
        title: String::new(),
        text: String::new(),
        test: String::new(),
        mistake: None,
    }))
}

/// `GET /guidelines/{guideline}/edit`
pub async fn edit(
    user: SignedIn,
    State(app): State<App>,
    Path(guideline): Path<GuidelineId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::WriteGuidelines)?;
    let page = user.page(&app, Place::Settings).await?;
    let newest = store::newest(&mut app.archive.db.read().await?, guideline).await?;
    let text = newest.ok_or_else(Refusal::not_found)?.text;
    Ok(render(&view::GuidelineForm {
        page,
        id: Some(guideline.to_string()),
        test: text.test(),
        title: text.title,
        text: text.text,
        mistake: None,
    }))
}

/// `POST /guidelines`
pub async fn create(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    issue(&user, &app, None, &fields).await
}

/// `POST /guidelines/{guideline}`
pub async fn change(
    user: SignedIn,
    State(app): State<App>,
    Path(guideline): Path<GuidelineId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    issue(&user, &app, Some(guideline), &fields).await
}

async fn issue(
    user: &SignedIn,
    app: &App,
    known: Option<GuidelineId>,
    fields: &Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::WriteGuidelines)?;
    let (title, text, test) = (fields.text("title"), fields.text("text"), fields.text("test"));
    match GuidelineText::read(title, text, test) {
        Ok(text) => {
            let guideline = act::issue(&app.archive, known, text, &user.account.name).await?;
            Ok(see(&format!("/guidelines/{guideline}")))
        }
        Err(mistake) => Ok(render(&view::GuidelineForm {
            page: user.page(app, Place::Settings).await?,
            id: known.map(|guideline| guideline.to_string()),
            title: title.to_owned(),
            text: text.to_owned(),
            test: test.to_owned(),
            mistake: Some(told(mistake)),
        })),
    }
}

fn told(mistake: GuidelineMistake) -> (&'static str, u64) {
    match mistake {
        GuidelineMistake::Empty => ("guideline-mistake-empty", 0),
        GuidelineMistake::TooLong => ("guideline-mistake-long", 0),
        GuidelineMistake::FewAnswers(number) => ("guideline-mistake-answers", number as u64),
        GuidelineMistake::NotOneRight(number) => ("guideline-mistake-right", number as u64),
    }
}

/// `POST /guidelines/{guideline}/remind`
pub async fn remind(
    user: SignedIn,
    State(app): State<App>,
    Path(guideline): Path<GuidelineId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::WriteGuidelines)?;
    let readers = store::readers(&mut app.archive.db.read().await?).await?;
    let accounts: Vec<AccountId> = readers.iter().map(|reader| reader.id).collect();
    act::remind(&app.archive, guideline, &accounts, &user.account.name).await?;
    Ok(see(&format!("/guidelines/{guideline}")))
}

/// `POST /guidelines/{guideline}/withdraw`
pub async fn withdraw(
    user: SignedIn,
    State(app): State<App>,
    Path(guideline): Path<GuidelineId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::WriteGuidelines)?;
    act::withdraw(&app.archive, guideline, &user.account.name).await?;
    Ok(see("/guidelines"))
}
