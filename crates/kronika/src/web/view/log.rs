//! Who looked at what, and who did what.

use askama::Template;

use super::kinds::{ClientName, Instant};
use super::link::link;
use super::page::Page;
use crate::web::locale::{self, Text, t};

/// `GET /settings/log`, `GET /clients/{client}/log`, `GET /interactions/{interaction}/log`
#[derive(Template)]
#[template(path = "log/list.html")]
pub struct LogPage {
    pub page: Page,
    /// What it is the log of.
    pub about: LogAbout,
    pub lines: Vec<LogLine>,
    /// What to send as `before` for older lines.
    pub next: Option<String>,
    /// Whose lines can be asked for; empty for whoever sees only their own.
    pub names: Vec<String>,
    /// Whose lines are shown.
    pub by: String,
}

/// What a log is about.
#[derive(Clone, Debug)]
pub enum LogAbout {
    Everything,
    Client(ClientName),
    Interaction { id: String, headline: String },
}

/// One line.
#[derive(Clone, Debug)]
pub struct LogLine {
    pub at: Instant,
    pub by: String,
    /// As the table has it; its text is `log-` and this.
    pub kind: String,
    pub client: Option<ClientName>,
    /// Id and subject.
    pub interaction: Option<(String, String)>,
    pub detail: String,
}

/// The texts of all kinds of lines.
const KEYS: [&str; 65] = [
    "log-evidence-made",
    "log-evidence-given",
    "log-opened",
    "log-original",
    "log-part",
    "log-proof",
    "log-exported",
    "log-searched",
    "log-grants",
    "log-refused",
    "log-too-many",
    "log-client-added",
    "log-client-changed",
    "log-address-added",
    "log-address-removed",
    "log-client-access-set",
    "log-assigned",
    "log-assigned-many",
    "log-unassigned",
    "log-ignored",
    "log-restored",
    "log-sensitivity-set",
    "log-rule-added",
    "log-rule-removed",
    "log-own-address-added",
    "log-own-address-removed",
    "log-account-added",
    "log-account-role-changed",
    "log-account-removed",
    "log-account-owner-kept",
    "log-account-password-set",
    "log-account-factor-added",
    "log-account-factor-removed",
    "log-account-factors-reset",
    "log-account-codes-made",
    "log-account-identity-linked",
    "log-account-identity-unlinked",
    "log-account-signed-in",
    "log-account-signed-out",
    "log-account-sessions-ended",
    "log-invitation-made",
    "log-invitation-withdrawn",
    "log-invitation-accepted",
    "log-sign-ins-refused",
    "log-team-added",
    "log-team-renamed",
    "log-team-removed",
    "log-team-members-set",
    "log-grant-made",
    "log-grant-ended",
    "log-mailboxes-set",
    "log-guideline-issued",
    "log-guideline-accepted",
    "log-guideline-reminded",
    "log-guideline-withdrawn",
    "log-token-made",
    "log-timestamped",
    "log-token-revoked",
    "log-webhook-made",
    "log-webhook-changed",
    "log-webhook-paused",
    "log-webhook-resumed",
    "log-webhook-secret-rotated",
    "log-webhook-removed",
    "log-other",
];

impl LogLine {
    fn said(&self, page: &Page) -> Text {
        t(page.locale(), key_of(&self.kind))
    }
}

/// The key of the text for a kind of line.
pub fn key_of(kind: &str) -> &'static str {
    let wanted = KEYS
        .into_iter()
        .find(|key| key.strip_prefix("log-") == Some(kind));
    wanted.filter(|key| locale::has(key)).unwrap_or("log-other")
}

impl LogPage {
    fn path(&self) -> String {
        match &self.about {
            LogAbout::Everything => "/settings/log".to_owned(),
            LogAbout::Client(client) => format!("/clients/{}/log", client.id),
            LogAbout::Interaction { id, .. } => format!("/interactions/{id}/log"),
        }
    }

    fn is_chosen(&self, name: &str) -> bool {
        self.by == name
    }

    fn older(&self) -> Option<String> {
        let before = self.next.as_deref()?;
        Some(link(&self.path(), &[("by", &self.by), ("before", before)]))
    }
}
