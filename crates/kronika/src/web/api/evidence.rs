//! Evidence: packages asked for, on their way, made, taken.

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
use super::page::{self, Page};
use super::problem::Problem;
use super::shape::{Id, Language, Moment};
use crate::access::Right;
use crate::access::log::LookKind;
use crate::archive::id::{ClientId, EvidenceId, InteractionKey};
use crate::evidence::store::{self, Which};
use crate::evidence::{Choice, Request, Withheld};
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::locale::Locale;
use crate::web::packages::{Asker, Progress, given_out, sees_all_of};
use crate::web::refusal::Refusal;

/// A package of evidence that was made
#[derive(Serialize, ToSchema)]
#[schema(as = Evidence)]
pub struct EvidenceShape {
    #[schema(value_type = Id)]
    id: EvidenceId,
    made_at: Moment,
    made_by: String,
    purpose: String,
    recipient: String,
    /// The key it was encrypted to; empty when it was not.
    encrypted_to: String,
    /// Interactions in it.
    interactions: u64,
    /// Interactions of which nothing, or not everything, is in it.
    withheld: u64,
    /// Whether the readable report is in it.
    report: bool,
    /// Bytes of the package before it was encrypted.
    size: u64,
    /// SHA-256 of the same, in hexadecimal.
    sha256: String,
}

impl EvidenceShape {
    fn of(row: store::Row) -> EvidenceShape {
        EvidenceShape {
            id: EvidenceId(row.id),
            made_at: Moment::of(row.made_at),
            made_by: row.made_by,
            purpose: row.purpose,
            recipient: row.recipient,
            encrypted_to: row.encrypted_to,
            interactions: row.items.unsigned_abs(),
            withheld: row.withheld.unsigned_abs(),
            report: row.reports > 0,
            size: row.size.unsigned_abs(),
            sha256: row.sha256,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EvidenceAsked {
    /// `next` of the page before.
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
}

/// List packages of evidence
///
/// Newest first: one's own, and those of clients all of whom this account sees.
#[utoipa::path(get, path = "/evidence", tag = "Evidence", params(EvidenceAsked), security(("token" = ["read"])),
    responses((status = 200, description = "Packages that were made", body = Page<EvidenceShape>)))]
pub async fn list(
    caller: Caller,
    State(app): State<App>,
    Query(asked): Query<EvidenceAsked>,
) -> Answer<Json<Page<EvidenceShape>>> {
    caller.must(TokenScope::Read, Right::MakeEvidence)?;
    let limit = page::limit(asked.limit)?;
    let which = Which {
        before: page::read(asked.cursor.as_deref())?,
        asked_by: &caller.person.name,
    };
    let conn = &mut app.archive.db.read().await?;
    let mut rows = store::list(conn, caller.scope(), which, limit as i64 + 1).await?;
    let next = page::cut(&mut rows, limit).map(|last| page::write(&EvidenceId(last.id)));
    let items = rows.into_iter().map(EvidenceShape::of).collect();
    Ok(Json(Page { items, next }))
}

/// What a package should hold: all that fits every field that is given
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEvidence {
    #[serde(default)]
    #[schema(value_type = Option<Id>)]
    client: Option<ClientId>,
    /// An interaction of the conversation.
    #[serde(default)]
    #[schema(value_type = Option<Id>)]
    thread: Option<InteractionKey>,
    /// As in the search.
    #[serde(default)]
    #[schema(max_length = 1000)]
    query: String,
    /// Picked one by one.
    #[serde(default)]
    #[schema(value_type = Vec<Id>, max_items = 10_000)]
    interactions: Vec<InteractionKey>,
    /// Claimed at this instant or later.
    #[serde(default)]
    from: Option<Moment>,
    /// Claimed before this instant.
    #[serde(default)]
    before: Option<Moment>,
    /// What of it is held back.
    #[serde(default)]
    #[schema(max_items = 10_000)]
    withhold: Vec<Held>,
    /// Why something is held back; stands in its place.
    #[serde(default)]
    #[schema(max_length = 300)]
    reason: String,
    #[serde(default)]
    #[schema(max_length = 300)]
    purpose: String,
    /// Whom it is for.
    #[serde(default)]
    #[schema(max_length = 300)]
    recipient: String,
    /// The recipient's key of age (`age1…`), to encrypt it to.
    #[serde(default)]
    #[schema(max_length = 200)]
    age_key: String,
    /// Of the readable report.
    #[serde(default)]
    language: Language,
}

/// An interaction, or one part of it
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Held {
    #[schema(value_type = Id)]
    interaction: InteractionKey,
    /// The part's number, or `text` for the message's own words; without it, the whole interaction.
    #[serde(default)]
    #[schema(max_length = 100)]
    part: Option<String>,
}

impl NewEvidence {
    fn request(self, by: &str) -> Result<Request, Problem> {
        let choice = Choice {
            client: self.client,
            thread: self.thread,
            query: self.query,
            picked: self.interactions,
            from: self.from.map(Moment::microseconds),
            before: self.before.map(Moment::microseconds),
            known_by: None,
        };
        if choice.is_open() {
            return Err(Problem::unprocessable(
                "Say what goes in: client, thread, query, interactions, from or before.",
            ));
        }
        if [&self.reason, &self.purpose, &self.recipient]
            .into_iter()
            .any(|line| line.chars().count() > 300)
        {
            return Err(Problem::unprocessable(
                "Give reason, purpose and recipient in at most 300 characters each.",
            ));
        }
        let mut withheld = Withheld {
            reason: self.reason.trim().to_owned(),
            ..Withheld::default()
        };
        for held in self.withhold {
            match held.part {
                None => withheld.interactions.insert(held.interaction),
                Some(part) => withheld.parts.insert((held.interaction, part)),
            };
        }
        if !withheld.is_empty() && withheld.reason.is_empty() {
            return Err(Problem::unprocessable("Give a reason for what is held back."));
        }
        let encrypt_to = match self.age_key.trim() {
            "" => None,
            key => {
                let key = key.parse();
                Some(key.map_err(|_| Problem::unprocessable("Give as age_key a key that begins with age1."))?)
            }
        };
        Ok(Request {
            withheld,
            encrypt_to,
            purpose: self.purpose.trim().to_owned(),
            recipient: self.recipient.trim().to_owned(),
            ..Request::of(choice, by)
        })
    }
}

/// How far a package is
#[derive(Serialize, ToSchema)]
pub struct EvidenceState {
    #[schema(value_type = Id)]
    id: EvidenceId,
    state: Stand,
    /// What happened, when it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
    /// The package, once it is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<EvidenceShape>,
    /// Whether its file can be taken by this account.
    kept: bool,
}

/// Where it stands
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    Waiting,
    Running,
    Made,
    Failed,
}

/// Make a package of evidence
///
/// It is made in the background and kept for a day for this account; ask `GET /evidence/{evidence}` how far it is. Making it
/// is recorded in the journal.
#[utoipa::path(post, path = "/evidence", tag = "Evidence", request_body = NewEvidence,
    security(("token" = ["manage"])),
    responses((status = 202, description = "It is being made", body = EvidenceState)))]
pub async fn create(
    caller: Caller,
    State(app): State<App>,
    Body(new): Body<NewEvidence>,
) -> Answer<Response> {
    caller.must(TokenScope::Manage, Right::MakeEvidence)?;
    let conn = &mut app.archive.db.read().await?;
    if let Some(client) = new.client {
        caller.must_see_client(conn, client).await?;
    }
    if let Some(thread) = new.thread {
        caller.must_see(conn, thread).await?;
    }
    let asker = Asker {
        account: caller.person.account,
        locale: Locale::of_code(&new.language.code()).unwrap_or(Locale::En),
    };
    let request = new.request(&caller.person.name)?;
    let id = app.packages.begin(&app, asker, request).ok_or_else(|| {
        let detail = "Ten packages of this account wait or are kept; they go after a day.";
        Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "evidence-enough",
            "There are too many",
            detail,
        )
    })?;
    let location = [(LOCATION, format!("/api/v1/evidence/{id}"))];
    Ok((
        StatusCode::ACCEPTED,
        location,
        Json(state(&caller, &app, id).await?),
    )
        .into_response())
}

/// Ask how far a package is
#[utoipa::path(get, path = "/evidence/{evidence}", tag = "Evidence", params(("evidence" = Id, Path)),
    security(("token" = ["read"])),
    responses((status = 200, description = "How far it is", body = EvidenceState)))]
pub async fn show(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<EvidenceId>,
) -> Answer<Json<EvidenceState>> {
    caller.must(TokenScope::Read, Right::MakeEvidence)?;
    Ok(Json(state(&caller, &app, id).await?))
}

async fn state(caller: &Caller, app: &App, id: EvidenceId) -> Answer<EvidenceState> {
    let by = caller.person.account;
    let mut state = EvidenceState {
        id,
        state: Stand::Made,
        failure: None,
        evidence: None,
        kept: app.packages.file(id, by).is_some(),
    };
    let progress = app.packages.watch(id, by).map(|watched| watched.borrow().clone());
    match progress {
        Some(Progress::Waiting) => state.state = Stand::Waiting,
        Some(Progress::Running(_)) => state.state = Stand::Running,
        Some(Progress::Failed(what, _)) => {
            state.state = Stand::Failed;
            state.failure = Some(crate::web::locale::t(Locale::En, what).to_string());
        }
        Some(Progress::Ready(_)) | None => {
            let conn = &mut app.archive.db.read().await?;
            let row = store::find(conn, caller.scope(), &caller.person.name, id).await?;
            state.evidence = Some(EvidenceShape::of(row.ok_or_else(Refusal::not_found)?));
        }
    }
    Ok(state)
}

/// Take a package
///
/// For the account that asked for it, within a day and while the server runs.
#[utoipa::path(get, path = "/evidence/{evidence}/file", tag = "Evidence", params(("evidence" = Id, Path)),
    security(("token" = ["read"])),
    responses((status = 200, description = "The package", body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn file(caller: Caller, State(app): State<App>, Path(id): Path<EvidenceId>) -> Answer<Response> {
    caller.must(TokenScope::Read, Right::MakeEvidence)?;
    let (given, kept) = app.packages.ready(id, caller.person.account).ok_or_else(|| {
        let detail = "It is not made yet, or not kept any more; GET /api/v1/evidence/{evidence} tells.";
        Problem::new(
            StatusCode::NOT_FOUND,
            "evidence-gone",
            "There is no such file",
            detail,
        )
    })?;
    if !sees_all_of(&app, caller.scope(), &given).await? {
        return Err(Refusal::not_found().into());
    }
    let about = (given.choice.client, None);
    caller
        .log(&app, (LookKind::Exported, &id.to_string()), about)
        .await?;
    Ok(given_out(&given, kept).map_err(|error| Refusal::internal(&error))?)
}
