//! Who may ask for what: a row for every operation.

/// Who may, and who sees: the letters of owner, administrator, manager, member, auditor, expert.
pub struct Row(
    pub &'static str,
    pub &'static str,
    pub &'static str,
    pub &'static str,
    pub &'static str,
);

pub const ALL: &str = "oAmMae";
const STAFF: &str = "omM";
const SEES: &str = "omMae";
/// Who runs the archive.
const SYSTEM: &str = "oA";
/// Who leads.
const LEADS: &str = "om";
/// Whoever belongs to the firm.
const INSIDE: &str = "oAmM";
const GUIDELINE: &str = r#"{"title":" ","text":" "}"#;
/// What JSON is sent where its content does not matter.
const NONE: &str = "{}";

pub const ROWS: &[Row] = &[
    Row("GET", "/me", ALL, ALL, ""),
    Row("GET", "/clients", ALL, ALL, ""),
    Row("POST", "/clients", STAFF, ALL, r#"{"name":" "}"#),
    Row("GET", "/clients/{client}", ALL, SEES, ""),
    Row("PATCH", "/clients/{client}", STAFF, SEES, NONE),
    Row("GET", "/clients/{client}/addresses", ALL, SEES, ""),
    Row(
        "POST",
        "/clients/{client}/addresses",
        STAFF,
        SEES,
        r#"{"kind":"email","value":"x"}"#,
    ),
    Row(
        "DELETE",
        "/clients/{client}/addresses/{kind}/{value}",
        STAFF,
        "",
        "",
    ),
    Row("GET", "/clients/{client}/timeline", ALL, SEES, ""),
    Row("POST", "/interactions", STAFF, ALL, ""),
    Row("GET", "/interactions/{interaction}", ALL, SEES, ""),
    Row("GET", "/interactions/{interaction}/original", ALL, SEES, ""),
    Row("GET", "/interactions/{interaction}/parts/{number}", ALL, SEES, ""),
    Row("GET", "/interactions/{interaction}/proof", ALL, SEES, ""),
    Row(
        "POST",
        "/interactions/{interaction}/assignments",
        STAFF,
        SEES,
        r#"{"client":"{client}"}"#,
    ),
    Row(
        "DELETE",
        "/interactions/{interaction}/assignments/{client}",
        STAFF,
        "o",
        "",
    ),
    Row(
        "POST",
        "/interactions/{interaction}/ignore",
        STAFF,
        SEES,
        r#"{"reason":"noise"}"#,
    ),
    Row("DELETE", "/interactions/{interaction}/ignore", STAFF, SEES, ""),
    Row("GET", "/inbox", ALL, ALL, ""),
    Row("GET", "/search", ALL, ALL, ""),
    Row("GET", "/own-addresses", "oA", ALL, ""),
    Row(
        "POST",
        "/own-addresses",
        "oA",
        ALL,
        r#"{"kind":"email","value":"x"}"#,
    ),
    Row("DELETE", "/own-addresses/{kind}/{value}", "oA", "", ""),
    Row("GET", "/rules", STAFF, ALL, ""),
    Row(
        "POST",
        "/rules",
        STAFF,
        ALL,
        r#"{"field":"subject","contains":"x","client":"{client}"}"#,
    ),
    Row("DELETE", "/rules/{rule}", STAFF, "", ""),
    Row("GET", "/webhooks", "oA", ALL, ""),
    Row(
        "POST",
        "/webhooks",
        "oA",
        ALL,
        r#"{"name":"x","url":"x","events":["client.created"]}"#,
    ),
    Row("GET", "/webhooks/{webhook}", "oA", "", ""),
    Row("PATCH", "/webhooks/{webhook}", "oA", "", NONE),
    Row("DELETE", "/webhooks/{webhook}", "oA", "", ""),
    Row("POST", "/webhooks/{webhook}/secret", "oA", "", ""),
    Row("POST", "/webhooks/{webhook}/test", "oA", "", ""),
    Row("GET", "/webhooks/{webhook}/deliveries", "oA", "", ""),
    Row(
        "POST",
        "/webhooks/{webhook}/deliveries/{delivery}/replay",
        "oA",
        "",
        "",
    ),
    Row("POST", "/webhooks/{webhook}/replay", "oA", "", ""),
    Row("GET", "/journal", "oAa", ALL, ""),
    Row("POST", "/verifications", "oAa", ALL, ""),
    Row("GET", "/verifications/{verification}", "oAa", "", ""),
    Row("POST", "/interactions/{interaction}/reread", STAFF, SEES, ""),
    Row("GET", "/accounts", SYSTEM, ALL, ""),
    Row("GET", "/accounts/{account}", SYSTEM, "", ""),
    Row("DELETE", "/accounts/{account}", SYSTEM, "", ""),
    Row(
        "PUT",
        "/accounts/{account}/role",
        SYSTEM,
        "",
        r#"{"role":"member"}"#,
    ),
    Row("GET", "/accounts/{account}/mailboxes", "o", "", ""),
    Row(
        "PUT",
        "/accounts/{account}/mailboxes",
        "o",
        "",
        r#"{"addresses":[]}"#,
    ),
    Row("GET", "/invitations", SYSTEM, ALL, ""),
    Row(
        "POST",
        "/invitations",
        SYSTEM,
        ALL,
        r#"{"name":" ","role":"member"}"#,
    ),
    Row("DELETE", "/invitations/{invitation}", SYSTEM, "", ""),
    Row("GET", "/teams", "o", ALL, ""),
    Row("POST", "/teams", "o", ALL, r#"{"name":" "}"#),
    Row("GET", "/teams/{team}", "o", "", ""),
    Row("PATCH", "/teams/{team}", "o", "", NONE),
    Row("DELETE", "/teams/{team}", "o", "", ""),
    Row("GET", "/clients/{client}/access", LEADS, SEES, ""),
    Row(
        "PUT",
        "/clients/{client}/access",
        LEADS,
        SEES,
        r#"{"openness":"open"}"#,
    ),
    Row("GET", "/interactions/{interaction}/access", ALL, SEES, ""),
    // What is the team's is nothing for a member to decide about.
    Row(
        "PUT",
        "/interactions/{interaction}/access",
        LEADS,
        SEES,
        r#"{"sensitivity":"team"}"#,
    ),
    Row("GET", "/grants", "o", ALL, ""),
    Row(
        "POST",
        "/grants",
        "o",
        ALL,
        r#"{"account":"{client}","covers":"everything","valid_until":"2027-01-01T00:00:00Z"}"#,
    ),
    Row("DELETE", "/grants/{grant}", "o", "", ""),
    Row("GET", "/guidelines", INSIDE, ALL, ""),
    Row("POST", "/guidelines", LEADS, ALL, GUIDELINE),
    Row("GET", "/guidelines/{guideline}", INSIDE, "", ""),
    Row("DELETE", "/guidelines/{guideline}", LEADS, "", ""),
    Row(
        "POST",
        "/guidelines/{guideline}/versions",
        LEADS,
        "",
        r#"{"title":"a","text":"b"}"#,
    ),
    Row("GET", "/guidelines/{guideline}/acceptances", LEADS, "", ""),
    Row("POST", "/guidelines/{guideline}/reminders", LEADS, "", ""),
    Row("GET", "/log", ALL, ALL, ""),
    Row("GET", "/clients/{client}/log", "oAma", SEES, ""),
    Row("GET", "/interactions/{interaction}/log", "oAma", SEES, ""),
];
