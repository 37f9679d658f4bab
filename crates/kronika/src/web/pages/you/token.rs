//! One's own API tokens.

use axum::extract::State;
use axum::response::Response;

use super::mistake_with_password;
use crate::access::Right;
use crate::access::decide::may_do;
use crate::archive::id::ApiTokenId;
use crate::user::token::{self, NewToken, TokenError, TokenScope};
use crate::user::{By, store};
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::fields::Fields;
use crate::web::pages::see;
use crate::web::refusal::Refusal;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::view::token as view;
use crate::web::visitor::SignedIn;
use crate::web::whence::Whence;

/// `GET /settings/you/tokens`
pub async fn list(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    shown(&app, &user, view::Outcome::None).await
}

async fn shown(app: &App, user: &SignedIn, outcome: view::Outcome) -> Result<Response, Refusal> {
    let page = user.page(app, Place::Settings).await?;
    let tokens = token::list(&mut app.archive.db.read().await?, Some(user.account.id)).await?;
    let now = page.clock.now;
    let line = |token: token::ApiToken| view::Token {
        id: token.id.to_string(),
        name: token.name,
        scopes: token.scopes.into_iter().map(TokenScope::key).collect(),
        made_at: token.made_at,
        expires_at: token.expires_at,
        expired: token.expires_at <= now,
        used_at: token.used_at,
    };
    let password = store::password_hash(&mut app.archive.db.read().await?, user.account.id).await?;
    Ok(render(&view::Tokens {
        password: password.is_some(),
        tokens: tokens.into_iter().map(line).collect(),
        scopes: useful(user)
            .into_iter()
            .map(|scope| (scope.name(), scope.key()))
            .collect(),
        outcome,
        page,
    }))
}

/// Scopes that are good for something in the hands of this person.
fn useful(user: &SignedIn) -> Vec<TokenScope> {
    let of = |scope: &TokenScope| {
        let rights: &[Right] = match scope {
            TokenScope::Read => &[Right::Read],
            TokenScope::Record => &[Right::Record],
            TokenScope::Assign => &[Right::Assign],
            TokenScope::Manage => &[
                Right::ManageClients,
                Right::Configure,
                Right::Verify,
                Right::WriteGuidelines,
            ],
            TokenScope::People => &[
                Right::ManagePeople,
                Right::ManageAccess,
                Right::Share,
                Right::Assign,
            ],
        };
        rights.iter().any(|right| may_do(&user.person, *right))
    };
    TokenScope::ALL.into_iter().filter(of).collect()
}

/// `POST /settings/you/tokens`: makes one, once the password was given: an open screen alone must not.
pub async fn make(
    user: SignedIn,
    State(app): State<App>,
    whence: Whence,
    fields: Fields,
) -> Result<Response, Refusal> {
    if let Some(key) = mistake_with_password(&app, &user, &whence, &fields).await? {
        return shown(&app, &user, view::Outcome::Mistake(key)).await;
    }
    let new = NewToken {
        account: &user.account.name,
        name: fields.text("name"),
        scopes: fields.all("scope").filter_map(TokenScope::named).collect(),
        days: fields.text("days").parse().unwrap_or(0),
    };
    let outcome = match token::make(&app.archive, new, By::Person(&user.account)).await {
        Ok((_, token)) => view::Outcome::Made(token),
        Err(TokenError::Name) => view::Outcome::Mistake("token-mistake-name"),
        Err(TokenError::NoScope) => view::Outcome::Mistake("token-mistake-scope"),
        Err(TokenError::Days) => view::Outcome::Mistake("token-mistake-days"),
        Err(error) => return Err(error.into()),
    };
    shown(&app, &user, outcome).await
}

/// `POST /settings/you/tokens/{token}/revoke`
pub async fn revoke(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<ApiTokenId>,
) -> Result<Response, Refusal> {
    token::revoke(&app.archive, id, By::Person(&user.account)).await?;
    Ok(see("/settings/you/tokens"))
}
