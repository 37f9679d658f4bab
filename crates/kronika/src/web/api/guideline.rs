//! The firm's rules of communication: read, issued, withdrawn, and who accepted which version. Accepting is a person's
//! own act, done on the pages.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Answer;
use super::body::Body;
use super::caller::Caller;
use super::page::Page;
use super::problem::Problem;
use super::shape::{AccountName, Id, Moment};
use crate::access::{Right, require as allowed};
use crate::archive::id::{AccountId, GuidelineId};
use crate::guideline::act::{self, GuidelineError};
use crate::guideline::store::{self, Issued, Line};
use crate::guideline::{GuidelineText, Question};
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::refusal::Refusal;

/// A guideline as a line of the list
#[derive(Serialize, ToSchema)]
pub struct GuidelineLine {
    #[schema(value_type = Id)]
    id: GuidelineId,
    title: String,
    /// The newest.
    #[schema(minimum = 1)]
    version: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_at: Option<Moment>,
    /// When you accepted the newest version, if you did.
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted_at: Option<Moment>,
    /// When you were last reminded of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reminded_at: Option<Moment>,
}

impl From<Line> for GuidelineLine {
    fn from(line: Line) -> GuidelineLine {
        GuidelineLine {
            id: GuidelineId(line.id),
            title: line.title,
            version: line.version.unsigned_abs(),
            withdrawn_at: line.withdrawn_at.map(Moment::of),
            accepted_at: line.accepted_at.map(Moment::of),
            reminded_at: line.reminded_at.map(Moment::of),
        }
    }
}

/// List guidelines
///
/// The firm’s rules of communication, those in force first.
#[utoipa::path(get, path = "/guidelines", tag = "Guidelines", security(("token" = ["read"])),
    responses((status = 200, description = "All of them", body = Page<GuidelineLine>)))]
pub async fn list(caller: Caller, State(app): State<App>) -> Answer<Json<Page<GuidelineLine>>> {
    caller.must(TokenScope::Read, Right::AcceptGuidelines)?;
    let lines = store::list(&mut app.archive.db.read().await?, caller.person.account).await?;
    let items = lines.into_iter().map(GuidelineLine::from).collect();
    Ok(Json(Page { items, next: None }))
}

/// A version of a guideline
#[derive(Serialize, ToSchema)]
pub struct Guideline {
    #[serde(flatten)]
    line: GuidelineLine,
    /// What was asked for.
    shown: GuidelineVersion,
    /// All of them, newest first.
    versions: Vec<VersionLine>,
}

/// What one version says
#[derive(Serialize, ToSchema)]
pub struct GuidelineVersion {
    #[serde(flatten)]
    line: VersionLine,
    title: String,
    /// Paragraphs, with an empty line between.
    text: String,
    questions: Vec<QuestionShape>,
    /// The test as it is written, with the right answers; only for whoever writes guidelines.
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<String>,
}

/// That a version was issued
#[derive(Serialize, ToSchema)]
pub struct VersionLine {
    #[schema(minimum = 1)]
    version: u64,
    issued_at: Moment,
    /// The name of the account.
    issued_by: String,
}

impl From<&Issued> for VersionLine {
    fn from(issued: &Issued) -> VersionLine {
        VersionLine {
            version: issued.version.unsigned_abs(),
            issued_at: Moment::of(issued.issued_at),
            issued_by: issued.issued_by.clone(),
        }
    }
}

/// A question whose right answer whoever accepts it has to know
#[derive(Serialize, ToSchema)]
#[schema(as = Question)]
pub struct QuestionShape {
    asked: String,
    answers: Vec<String>,
}

impl From<&Question> for QuestionShape {
    fn from(question: &Question) -> QuestionShape {
        QuestionShape {
            asked: question.asked.clone(),
            answers: question.answers.clone(),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VersionAsked {
    /// The newest, if left out.
    #[param(minimum = 1)]
    version: Option<u32>,
}

/// Get a guideline
#[utoipa::path(get, path = "/guidelines/{guideline}", tag = "Guidelines",
    params(("guideline" = Id, Path), VersionAsked), security(("token" = ["read"])),
    responses((status = 200, description = "One version, and which there are", body = Guideline)))]
pub async fn show(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<GuidelineId>,
    Query(asked): Query<VersionAsked>,
) -> Answer<Json<Guideline>> {
    caller.must(TokenScope::Read, Right::AcceptGuidelines)?;
    let conn = &mut app.archive.db.read().await?;
    let lines = store::list(conn, caller.person.account).await?;
    let line = lines.into_iter().find(|line| line.id == id.0);
    let line = line.ok_or_else(no_guideline)?;
    let versions = store::versions(conn, id).await?;
    let wanted = asked.version.map_or(line.version, i64::from);
    let shown = versions.iter().find(|issued| issued.version == wanted);
    let shown = shown.ok_or_else(no_guideline)?;
    let writes = allowed(&caller.person, Right::WriteGuidelines).is_ok();
    Ok(Json(Guideline {
        line: line.into(),
        shown: GuidelineVersion {
            line: VersionLine::from(shown),
            title: shown.text.title.clone(),
            text: shown.text.text.clone(),
            questions: shown.text.questions.iter().map(QuestionShape::from).collect(),
            test: writes.then(|| shown.text.test()),
        },
        versions: versions.iter().map(VersionLine::from).collect(),
    }))
}

fn no_guideline() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "guideline-not-found",
        "There is no such guideline or version",
        "It may have been withdrawn; GET /api/v1/guidelines lists all of them.",
    )
}

/// What a guideline says
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GuidelineGiven {
    #[schema(min_length = 1, pattern = r"\S")]
    title: String,
    /// Paragraphs, with an empty line between.
    #[schema(min_length = 1, pattern = r"\S")]
    text: String,
    /// A question is a line; its answers are the lines below that begin with `-`, the right one with `+`.
    #[serde(default)]
    #[schema(example = "May prices be agreed by private messenger?\n- Yes\n+ No")]
    test: String,
}

/// Which version is in force now
#[derive(Serialize, ToSchema)]
pub struct GuidelineIssued {
    #[schema(value_type = Id)]
    id: GuidelineId,
    #[schema(minimum = 1)]
    version: u64,
}

/// Issue a guideline
///
/// Everyone who belongs to the firm is asked to accept it.
#[utoipa::path(post, path = "/guidelines", tag = "Guidelines", request_body = GuidelineGiven,
    security(("token" = ["manage"])),
    responses((status = 201, description = "The new guideline", body = GuidelineIssued)))]
pub async fn create(
    caller: Caller,
    State(app): State<App>,
    Body(given): Body<GuidelineGiven>,
) -> Answer<Response> {
    issue(&app, &caller, None, &given).await
}

/// Issue the next version of a guideline
///
/// Everyone is asked to accept it anew.
#[utoipa::path(post, path = "/guidelines/{guideline}/versions", tag = "Guidelines", request_body = GuidelineGiven,
    params(("guideline" = Id, Path)), security(("token" = ["manage"])),
    responses((status = 201, description = "The new version", body = GuidelineIssued)))]
pub async fn change(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<GuidelineId>,
    Body(given): Body<GuidelineGiven>,
) -> Answer<Response> {
    issue(&app, &caller, Some(id), &given).await
}

async fn issue(
    app: &App,
    caller: &Caller,
    known: Option<GuidelineId>,
    given: &GuidelineGiven,
) -> Answer<Response> {
    caller.must(TokenScope::Manage, Right::WriteGuidelines)?;
    let text = GuidelineText::read(&given.title, &given.text, &given.test).map_err(GuidelineError::from)?;
    let id = act::issue(&app.archive, known, text, &caller.person.name).await?;
    let newest = store::newest(&mut app.archive.db.read().await?, id).await?;
    let version = newest.map_or(1, |issued| issued.version.unsigned_abs());
    let location = [(LOCATION, format!("/api/v1/guidelines/{id}"))];
    let issued = GuidelineIssued { id, version };
    Ok((StatusCode::CREATED, location, Json(issued)).into_response())
}

/// Withdraw a guideline
///
/// Nobody is asked for it any more. Who accepted which version stays known.
#[utoipa::path(delete, path = "/guidelines/{guideline}", tag = "Guidelines", params(("guideline" = Id, Path)),
    security(("token" = ["manage"])), responses((status = 204, description = "It is not in force any more")))]
pub async fn withdraw(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<GuidelineId>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::Manage, Right::WriteGuidelines)?;
    act::withdraw(&app.archive, id, &caller.person.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who accepted a guideline, and who did not yet
#[derive(Serialize, ToSchema)]
pub struct Acceptances {
    /// Any version, the latest acceptance first.
    accepted: Vec<Accepted>,
    /// Who has not accepted the newest version; nobody once it was withdrawn.
    missing: Vec<Missing>,
}

/// That somebody accepted a version
#[derive(Serialize, ToSchema)]
pub struct Accepted {
    account: AccountName,
    #[schema(minimum = 1)]
    version: u64,
    at: Moment,
}

/// That somebody has yet to accept it
#[derive(Serialize, ToSchema)]
pub struct Missing {
    account: AccountName,
    #[serde(skip_serializing_if = "Option::is_none")]
    reminded_at: Option<Moment>,
}

/// Get who accepted a guideline
///
/// People accept on the pages, each for themselves.
#[utoipa::path(get, path = "/guidelines/{guideline}/acceptances", tag = "Guidelines",
    params(("guideline" = Id, Path)), security(("token" = ["read"])),
    responses((status = 200, description = "Who did and who did not", body = Acceptances)))]
pub async fn acceptances(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<GuidelineId>,
) -> Answer<Json<Acceptances>> {
    caller.must(TokenScope::Read, Right::WriteGuidelines)?;
    let conn = &mut app.archive.db.read().await?;
    if store::versions(conn, id).await?.is_empty() {
        return Err(no_guideline());
    }
    let known = store::acceptances(conn, id).await?;
    let mut missing = Vec::new();
    if let Some(newest) = store::newest(conn, id).await? {
        let reminded = store::reminders(conn, id, newest.version).await?;
        let accepted = |account: AccountId| {
            let mut theirs = known.iter().filter(|one| one.account == account);
            theirs.any(|one| one.version == newest.version)
        };
        let readers = store::readers(conn).await?;
        missing.extend(
            readers
                .iter()
                .filter(|reader| !accepted(reader.id))
                .map(|reader| Missing {
                    account: AccountName::of(reader),
                    reminded_at: reminded.get(&reader.id).copied().map(Moment::of),
                }),
        );
    }
    let accepted = known.into_iter().map(|one| Accepted {
        account: AccountName {
            id: one.account,
            name: one.name,
        },
        version: one.version.unsigned_abs(),
        at: Moment::of(one.accepted_at),
    });
    Ok(Json(Acceptances {
        accepted: accepted.collect(),
        missing,
    }))
}

/// How many were reminded
#[derive(Serialize, ToSchema)]
pub struct Reminded {
    #[schema(minimum = 0)]
    reminded: u64,
}

/// Remind whoever has not accepted a guideline
///
/// They see it on the pages when they come next.
#[utoipa::path(post, path = "/guidelines/{guideline}/reminders", tag = "Guidelines",
    params(("guideline" = Id, Path)), security(("token" = ["manage"])),
    responses((status = 201, description = "They are reminded", body = Reminded)))]
pub async fn remind(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<GuidelineId>,
) -> Answer<(StatusCode, Json<Reminded>)> {
    caller.must(TokenScope::Manage, Right::WriteGuidelines)?;
    let readers = store::readers(&mut app.archive.db.read().await?).await?;
    let accounts: Vec<AccountId> = readers.iter().map(|reader| reader.id).collect();
    let reminded = act::remind(&app.archive, id, &accounts, &caller.person.name).await? as u64;
    Ok((StatusCode::CREATED, Json(Reminded { reminded })))
}

impl From<GuidelineError> for Problem {
    fn from(error: GuidelineError) -> Problem {
        match error {
            GuidelineError::Mistake(mistake) => Problem::unprocessable(mistake.to_string()),
            GuidelineError::Absent => no_guideline(),
            error => Refusal::from(error).into(),
        }
    }
}
