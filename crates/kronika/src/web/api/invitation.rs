//! Letting somebody in: a link that makes one account, once, within a week.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Answer;
use super::body::Body;
use super::caller::Caller;
use super::page::Page;
use super::problem::Problem;
use super::shape::{Id, Language, Moment};
use crate::access::{Right, Role};
use crate::archive::id::InvitationId;
use crate::user::invitation::{self, Invitation, InvitationError, Invite};
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::refusal::Refusal;

/// An invitation that was neither used nor withdrawn
#[derive(Serialize, ToSchema)]
#[schema(as = Invitation)]
pub struct InvitationShape {
    #[schema(value_type = Id)]
    id: InvitationId,
    /// Empty when whoever accepts it chooses the name.
    name: String,
    #[schema(example = "member")]
    role: String,
    #[schema(example = "pl")]
    language: String,
    /// The account that made it.
    made_by: String,
    /// Its link works until then.
    expires_at: Moment,
}

impl From<Invitation> for InvitationShape {
    fn from(open: Invitation) -> InvitationShape {
        InvitationShape {
            id: open.id,
            name: open.name,
            role: open.role,
            language: open.language,
            made_by: open.made_by,
            expires_at: Moment::of(open.expires_at),
        }
    }
}

/// List invitations
#[utoipa::path(get, path = "/invitations", tag = "People", security(("token" = ["people"])),
    responses((status = 200, description = "Those that are open, newest first", body = Page<InvitationShape>)))]
pub async fn list(caller: Caller, State(app): State<App>) -> Answer<Json<Page<InvitationShape>>> {
    caller.must(TokenScope::People, Right::ManagePeople)?;
    let open = invitation::list(&mut app.archive.db.read().await?).await?;
    let items = open.into_iter().map(InvitationShape::from).collect();
    Ok(Json(Page { items, next: None }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// The name of the account: letters, digits, dots, or an e-mail address. Names are not used again.
    #[schema(min_length = 1, max_length = 100, example = "jan.nowak")]
    name: String,
    role: Role,
    /// In which the pages greet them.
    #[serde(default)]
    language: Language,
}

/// A new invitation with its link
#[derive(Serialize, ToSchema)]
pub struct InvitationMade {
    invitation: InvitationShape,
    /// Shown this once; whoever has it becomes that account.
    #[schema(example = "https://kronika.example/invitations/…")]
    link: String,
}

/// Invite somebody
///
/// An earlier invitation for the same name ends. Only an owner invites owners.
#[utoipa::path(post, path = "/invitations", tag = "People", request_body = NewInvitation,
    security(("token" = ["people"])),
    responses((status = 201, description = "The new invitation", body = InvitationMade)))]
pub async fn create(
    caller: Caller,
    State(app): State<App>,
    Body(new): Body<NewInvitation>,
) -> Answer<(StatusCode, Json<InvitationMade>)> {
    caller.must(TokenScope::People, Right::ManagePeople)?;
    let language = new.language.code();
    let invite = Invite {
        name: &new.name,
        role: new.role,
        language: &language,
    };
    let (open, token) = invitation::invite(&app.archive, invite, caller.by()).await?;
    let made = InvitationMade {
        invitation: InvitationShape::from(open),
        link: app.public.link(&format!("/invitations/{token}")),
    };
    Ok((StatusCode::CREATED, Json(made)))
}

/// Withdraw an invitation
///
/// Its link works no more. Only an owner withdraws that of an owner.
#[utoipa::path(delete, path = "/invitations/{invitation}", tag = "People", params(("invitation" = Id, Path)),
    security(("token" = ["people"])), responses((status = 204, description = "Its link works no more")))]
pub async fn withdraw(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<InvitationId>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::People, Right::ManagePeople)?;
    invitation::withdraw(&app.archive, id, caller.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<InvitationError> for Problem {
    fn from(error: InvitationError) -> Problem {
        match error {
            InvitationError::Gone => Problem::new(
                StatusCode::NOT_FOUND,
                "invitation-not-found",
                "There is no such invitation",
                "It was used or withdrawn; GET /api/v1/invitations lists those that are open.",
            ),
            InvitationError::Account(error) => error.into(),
            error => Refusal::from(error).into(),
        }
    }
}
