//! Every way to say no: the one place with status codes.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::view::page::Page;
use super::view::refusal::RefusalPage;
use super::view::show;
use crate::access::Denied;
use crate::access::act::AccessError;
use crate::archive::id::NotAnId;
use crate::assignment::act::AssignError;
use crate::client::act::ClientError;
use crate::evidence::EvidenceError;
use crate::guideline::act::GuidelineError;
use crate::interaction::reread::RereadError;
use crate::journal::load::LoadError;
use crate::secrecy::KeyringError;
use crate::storage::StorageError;
use crate::user::act::AccountError;
use crate::user::invitation::InvitationError;
use crate::user::token::TokenError;
use crate::webhook::act::WebhookError;

/// The keys of two texts: what happened, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    pub what: &'static str,
    pub fix: &'static str,
}

impl Refused {
    /// The answer that says so, on a page for whoever asked.
    pub fn shown_on(self, page: Page, status: StatusCode) -> Response {
        let page = RefusalPage {
            page,
            status: status.as_u16(),
            what: self.what,
            fix: self.fix,
        };
        (status, show(&page)).into_response()
    }
}

/// A request that cannot be fulfilled. The page is made where the visitor's language is known.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    refused: Refused,
}

impl Refusal {
    pub fn new(status: StatusCode, what: &'static str, fix: &'static str) -> Refusal {
        Refusal {
            status,
            refused: Refused { what, fix },
        }
    }

    pub fn parts(self) -> (StatusCode, Refused) {
        (self.status, self.refused)
    }

    pub fn no_client() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, "client-not-found", "client-not-found-fix")
    }

    pub fn no_interaction() -> Refusal {
        Refusal::new(
            StatusCode::NOT_FOUND,
            "interaction-not-found",
            "interaction-not-found-fix",
        )
    }

    pub fn not_found() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, "not-found", "not-found-fix")
    }

    pub fn bad_request() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, "bad-request", "bad-request-fix")
    }

    /// Something of ours failed; it is logged here, once.
    pub fn internal(error: &dyn std::error::Error) -> Refusal {
        tracing::error!(error = %error, "a request failed");
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "internal-fix")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self.refused);
        response
    }
}

pub async fn no_such_page() -> Refusal {
    Refusal::not_found()
}

impl From<Denied> for Refusal {
    fn from(_: Denied) -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, "denied", "denied-fix")
    }
}

impl From<NotAnId> for Refusal {
    fn from(_: NotAnId) -> Refusal {
        Refusal::not_found()
    }
}

impl From<StorageError> for Refusal {
    fn from(error: StorageError) -> Refusal {
        match error {
            StorageError::DiskFull => {
                tracing::error!("the disk is full");
                Refusal::new(StatusCode::INSUFFICIENT_STORAGE, "disk-full", "disk-full-fix")
            }
            StorageError::Busy => Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "busy-fix"),
            StorageError::WrongKey
            | StorageError::Missing(_)
            | StorageError::Occupied(_)
            | StorageError::Newer { .. }
            | StorageError::Database(_)
            | StorageError::Migration(_)
            | StorageError::Object(_)
            | StorageError::File(_)
            | StorageError::Scan(_)
            | StorageError::Inconsistent(_) => Refusal::internal(&error),
        }
    }
}

impl From<KeyringError> for Refusal {
    fn from(error: KeyringError) -> Refusal {
        Refusal::internal(&error)
    }
}

impl From<LoadError> for Refusal {
    fn from(error: LoadError) -> Refusal {
        match error {
            LoadError::Storage(error) => error.into(),
            LoadError::Keyring(_) | LoadError::Seal(_) | LoadError::Meta { .. } | LoadError::Absent(_) => {
                Refusal::internal(&error)
            }
        }
    }
}

impl From<AssignError> for Refusal {
    fn from(error: AssignError) -> Refusal {
        match error {
            AssignError::NoInteraction(_) => Refusal::no_interaction(),
            AssignError::NoClient(_) => Refusal::no_client(),
            AssignError::Address(_) | AssignError::EmptyRule => Refusal::bad_request(),
            AssignError::Storage(error) => error.into(),
            AssignError::Append(_) | AssignError::Keyring(_) => Refusal::internal(&error),
        }
    }
}

impl From<ClientError> for Refusal {
    fn from(error: ClientError) -> Refusal {
        match error {
            ClientError::Absent(_) => Refusal::no_client(),
            ClientError::NoName | ClientError::Address(_) | ClientError::OwnAddress(_) => {
                Refusal::bad_request()
            }
            ClientError::Storage(error) => error.into(),
            ClientError::Assign(error) => error.into(),
            ClientError::Append(_) | ClientError::Keyring(_) => Refusal::internal(&error),
        }
    }
}

impl From<AccessError> for Refusal {
    fn from(error: AccessError) -> Refusal {
        match error {
            AccessError::NoClient(_) => Refusal::no_client(),
            AccessError::NoInteraction(_) => Refusal::no_interaction(),
            AccessError::NoTeam(_) | AccessError::NoAccount(_) => Refusal::not_found(),
            AccessError::NotTheirs(_) => Refusal::new(StatusCode::FORBIDDEN, "denied", "denied-fix"),
            AccessError::NobodyLeft(_) => {
                Refusal::new(StatusCode::CONFLICT, "nobody-left", "nobody-left-fix")
            }
            AccessError::TeamName
            | AccessError::NotFromOutside
            | AccessError::NoEnd
            | AccessError::AddressTaken(_)
            | AccessError::Address(_) => Refusal::bad_request(),
            AccessError::Storage(error) => error.into(),
            AccessError::Append(_) => Refusal::internal(&error),
        }
    }
}

impl From<GuidelineError> for Refusal {
    fn from(error: GuidelineError) -> Refusal {
        match error {
            GuidelineError::Absent => Refusal::not_found(),
            GuidelineError::Mistake(_) | GuidelineError::Outdated | GuidelineError::Wrong(_) => {
                Refusal::bad_request()
            }
            GuidelineError::Storage(error) => error.into(),
            GuidelineError::Append(_) => Refusal::internal(&error),
        }
    }
}

/// Why there is no package: what happened and what to do. What failed of ours is logged here, once.
pub fn refused(error: &EvidenceError) -> Refused {
    let refused = |what, fix| Refused { what, fix };
    match error {
        EvidenceError::Nothing | EvidenceError::NoClient(_) => {
            refused("evidence-nothing", "evidence-nothing-fix")
        }
        EvidenceError::TooMany => refused("evidence-too-many", "evidence-too-many-fix"),
        EvidenceError::Stray(_) | EvidenceError::NoPart(_) | EvidenceError::Changed => {
            refused("evidence-stray", "evidence-stray-fix")
        }
        EvidenceError::NoReason => refused("evidence-no-reason", "evidence-no-reason-fix"),
        EvidenceError::File(_)
        | EvidenceError::Write(_)
        | EvidenceError::Proof(_)
        | EvidenceError::Load(_)
        | EvidenceError::Storage(_)
        | EvidenceError::Keyring(_)
        | EvidenceError::Append(_)
        | EvidenceError::Sealing(_) => {
            tracing::error!(%error, "a package of evidence was not made");
            refused("evidence-failed", "evidence-failed-fix")
        }
    }
}

impl From<EvidenceError> for Refusal {
    fn from(error: EvidenceError) -> Refusal {
        match error {
            EvidenceError::Storage(error) => error.into(),
            EvidenceError::Load(error) => error.into(),
            error => {
                let Refused { what, fix } = refused(&error);
                let status = match what {
                    "evidence-failed" => StatusCode::INTERNAL_SERVER_ERROR,
                    _ => StatusCode::CONFLICT,
                };
                Refusal::new(status, what, fix)
            }
        }
    }
}

impl From<RereadError> for Refusal {
    fn from(error: RereadError) -> Refusal {
        match error {
            RereadError::Absent(_) => Refusal::no_interaction(),
            RereadError::Known(_) => Refusal::new(StatusCode::CONFLICT, "reread-known", "reread-known-fix"),
            RereadError::Load(error) => error.into(),
            RereadError::Storage(error) => error.into(),
            RereadError::Assign(error) => error.into(),
            RereadError::Append(_) => Refusal::internal(&error),
        }
    }
}

impl From<AccountError> for Refusal {
    fn from(error: AccountError) -> Refusal {
        match error {
            AccountError::Name
            | AccountError::Exists(_)
            | AccountError::Password(_)
            | AccountError::FactorExists => Refusal::bad_request(),
            AccountError::Absent(_) => Refusal::not_found(),
            AccountError::LastOwner => Refusal::new(StatusCode::CONFLICT, "last-owner", "last-owner-fix"),
            AccountError::LastWayIn => Refusal::new(StatusCode::CONFLICT, "last-way-in", "last-way-in-fix"),
            AccountError::OwnersOnly => Refusal::new(StatusCode::FORBIDDEN, "owners-only", "owners-only-fix"),
            AccountError::Storage(error) => error.into(),
            AccountError::Append(_) | AccountError::Keyring(_) => Refusal::internal(&error),
        }
    }
}

impl From<InvitationError> for Refusal {
    fn from(error: InvitationError) -> Refusal {
        match error {
            InvitationError::Gone => {
                Refusal::new(StatusCode::NOT_FOUND, "invitation-gone", "invitation-gone-fix")
            }
            InvitationError::Account(error) => error.into(),
            InvitationError::Storage(error) => error.into(),
            InvitationError::Append(_) => Refusal::internal(&error),
        }
    }
}

impl From<TokenError> for Refusal {
    fn from(error: TokenError) -> Refusal {
        match error {
            TokenError::Name | TokenError::NoScope | TokenError::Days => Refusal::bad_request(),
            TokenError::NoAccount(_) | TokenError::Absent => Refusal::not_found(),
            TokenError::Storage(error) => error.into(),
            TokenError::Append(_) => Refusal::internal(&error),
        }
    }
}

impl From<WebhookError> for Refusal {
    fn from(error: WebhookError) -> Refusal {
        match error {
            WebhookError::Name | WebhookError::NoEvent | WebhookError::Address(_) => Refusal::bad_request(),
            WebhookError::Absent | WebhookError::NoDelivery => Refusal::not_found(),
            WebhookError::NotYours => Refusal::new(
                StatusCode::FORBIDDEN,
                "webhook-not-yours",
                "webhook-not-yours-fix",
            ),
            WebhookError::TooMany => {
                Refusal::new(StatusCode::CONFLICT, "webhook-too-many", "webhook-too-many-fix")
            }
            WebhookError::Changed => {
                Refusal::new(StatusCode::CONFLICT, "webhook-changed", "webhook-changed-fix")
            }
            WebhookError::Storage(error) => error.into(),
            WebhookError::Append(_) => Refusal::internal(&error),
        }
    }
}
