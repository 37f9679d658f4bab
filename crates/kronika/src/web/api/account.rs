//! People with an account: their role, their own mailboxes, and their end. What they sign in with is theirs alone.

use axum::Json;
use axum::extract::State;
use axum::http::header::IF_MATCH;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::Body;
use super::caller::Caller;
use super::page::Page;
use super::problem::Problem;
use super::shape::{Id, Moment};
use super::{Answer, etag};
use crate::access::act as access;
use crate::access::store::{self as people, Someone};
use crate::access::{Right, Role};
use crate::archive::id::AccountId;
use crate::user::act::{self, AccountError};
use crate::user::list::{self, Person};
use crate::user::store;
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::refusal::Refusal;

/// Someone with an account
#[derive(Serialize, ToSchema)]
pub struct Account {
    #[schema(value_type = Id)]
    id: AccountId,
    name: String,
    /// `owner`, `administrator`, `manager`, `member`, `auditor` or `expert`.
    #[schema(example = "member")]
    role: String,
    /// When they last used the pages; absent before the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen_at: Option<Moment>,
    /// Whether it takes more than a password to sign in.
    second_step: bool,
}

impl From<Person> for Account {
    fn from(person: Person) -> Account {
        Account {
            id: person.id,
            name: person.name,
            role: person.role,
            seen_at: person.seen_at.map(Moment::of),
            second_step: person.second_factor,
        }
    }
}

/// List accounts
#[utoipa::path(get, path = "/accounts", tag = "People", security(("token" = ["people"])),
    responses((status = 200, description = "Everyone with an account, by name", body = Page<Account>)))]
pub async fn list(caller: Caller, State(app): State<App>) -> Answer<Json<Page<Account>>> {
    caller.must(TokenScope::People, Right::ManagePeople)?;
    let people = list::people(&mut app.archive.db.read().await?).await?;
    let items = people.into_iter().map(Account::from).collect();
    Ok(Json(Page { items, next: None }))
}

/// Get an account
#[utoipa::path(get, path = "/accounts/{account}", tag = "People", params(("account" = Id, Path)),
    security(("token" = ["people"])), responses((status = 200, description = "The account", body = Account)))]
pub async fn show(
    caller: Caller,
    State(app): State<App>,
    Path(account): Path<AccountId>,
) -> Answer<Json<Account>> {
    caller.must(TokenScope::People, Right::ManagePeople)?;
    Ok(Json(require(&app, account).await?))
}

async fn require(app: &App, account: AccountId) -> Answer<Account> {
    let people = list::people(&mut app.archive.db.read().await?).await?;
    let found = people.into_iter().find(|person| person.id == account);
    found.map(Account::from).ok_or_else(no_account)
}

fn no_account() -> Problem {
    let detail = "It may have been removed; GET /api/v1/accounts lists those there are.";
    Problem::new(
        StatusCode::NOT_FOUND,
        "account-not-found",
        "There is no such account",
        detail,
    )
}

/// What somebody is to the archive
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleGiven {
    role: Role,
}

/// Give an account another role
///
/// It counts from their next request on. Only an owner makes somebody an owner, or an owner something else. With
/// `If-Match`, only if the account is still what you have seen; it is another once they used the pages meanwhile.
#[utoipa::path(put, path = "/accounts/{account}/role", tag = "People", request_body = RoleGiven,
    params(("account" = Id, Path)), security(("token" = ["people"])),
    responses((status = 200, description = "The account as it is now", body = Account),
        (status = 409, description = "The archive would be left without an owner", body = Problem,
            content_type = "application/problem+json")))]
pub async fn change_role(
    caller: Caller,
    State(app): State<App>,
    Path(account): Path<AccountId>,
    headers: HeaderMap,
    Body(given): Body<RoleGiven>,
) -> Answer<Json<Account>> {
    caller.must(TokenScope::People, Right::ManagePeople)?;
    let seen = require(&app, account).await?;
    let fits = etag::is_unchanged(&headers, &seen);
    let changed = (seen.name.as_str(), given.role);
    // Whatever was matched, the role is what it was then.
    let still = |role: &str| fits && role == seen.role;
    let bound = headers.contains_key(IF_MATCH);
    if !act::amend_role(&app.archive, changed, caller.by(), |role| !bound || still(role)).await? {
        return Err(etag::changed());
    }
    Ok(Json(require(&app, account).await?))
}

/// Remove an account
///
/// Their sessions and tokens end at once. What they did stays in the journal under their name, which nobody else gets.
/// Only an owner removes an owner.
#[utoipa::path(delete, path = "/accounts/{account}", tag = "People", params(("account" = Id, Path)),
    security(("token" = ["people"])),
    responses((status = 204, description = "There is no such account any more"),
        (status = 409, description = "The archive would be left without an owner", body = Problem,
            content_type = "application/problem+json")))]
pub async fn remove(
    caller: Caller,
    State(app): State<App>,
    Path(account): Path<AccountId>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::People, Right::ManagePeople)?;
    let found = store::by_id(&mut app.archive.db.read().await?, account).await?;
    let found = found.ok_or_else(no_account)?;
    act::remove(&app.archive, &found.name, caller.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A person’s own mailboxes
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mailboxes {
    /// E-mail addresses that are this person’s alone.
    #[schema(example = json!(["jan@ours.example"]))]
    addresses: Vec<String>,
}

/// List a person’s own mailboxes
///
/// What is private is seen by whoever took part by one of theirs.
#[utoipa::path(get, path = "/accounts/{account}/mailboxes", tag = "People", params(("account" = Id, Path)),
    security(("token" = ["people"])),
    responses((status = 200, description = "Their addresses", body = Mailboxes)))]
pub async fn mailboxes(
    caller: Caller,
    State(app): State<App>,
    Path(account): Path<AccountId>,
) -> Answer<Json<Mailboxes>> {
    caller.must(TokenScope::People, Right::ManageAccess)?;
    let addresses = someone(&app, account).await?.addresses;
    Ok(Json(Mailboxes { addresses }))
}

async fn someone(app: &App, account: AccountId) -> Answer<Someone> {
    let people = people::people(&mut app.archive.db.read().await?).await?;
    let found = people.into_iter().find(|person| person.id == account);
    found.ok_or_else(no_account)
}

/// Say which mailboxes are a person’s own
///
/// All of them: those that are left out are theirs no more. It decides what is private of what comes from now on. With
/// `If-Match`, only if they are still what you have seen.
#[utoipa::path(put, path = "/accounts/{account}/mailboxes", tag = "People", request_body = Mailboxes,
    params(("account" = Id, Path)), security(("token" = ["people"])),
    responses((status = 200, description = "Their addresses as they are now", body = Mailboxes)))]
pub async fn set_mailboxes(
    caller: Caller,
    State(app): State<App>,
    Path(account): Path<AccountId>,
    headers: HeaderMap,
    Body(given): Body<Mailboxes>,
) -> Answer<Json<Mailboxes>> {
    caller.must(TokenScope::People, Right::ManageAccess)?;
    someone(&app, account).await?;
    let addresses: Vec<&str> = given.addresses.iter().map(String::as_str).collect();
    let still = |now: &[String]| {
        let addresses = now.to_vec();
        etag::is_unchanged(&headers, &Mailboxes { addresses })
    };
    let set = (account, addresses.as_slice());
    if !access::amend_addresses(&app.archive, set, &caller.person.name, still).await? {
        return Err(etag::changed());
    }
    let addresses = someone(&app, account).await?.addresses;
    Ok(Json(Mailboxes { addresses }))
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Problem {
        match error {
            AccountError::Name | AccountError::Exists(_) => Problem::unprocessable(error.to_string()),
            AccountError::Absent(_) => no_account(),
            error => Refusal::from(error).into(),
        }
    }
}
