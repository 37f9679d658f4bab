//! `kronika token`

use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;
use serde_json::json;

use super::output::padded;
use super::{Common, Failure, Finding};
use crate::archive::Archive;
use crate::archive::id::ApiTokenId;
use crate::user::By;
use crate::user::list::people;
use crate::user::token::{self, ApiToken, NewToken, TokenScope};

/// Tokens with which programs use the API
#[derive(Subcommand)]
pub enum Command {
    /// Make a token; it is printed this once
    Make {
        #[command(flatten)]
        common: Common,
        /// What uses it
        name: String,
        /// Account that it acts as
        #[arg(long)]
        account: String,
        /// What it is good for, within what the account may do; may be given several times
        #[arg(long, value_enum, required = true, value_delimiter = ',')]
        scope: Vec<ScopeName>,
        /// Days until it expires, 366 at most
        #[arg(long, default_value_t = 90)]
        days: i64,
    },
    /// List all tokens that were not revoked
    List {
        #[command(flatten)]
        common: Common,
    },
    /// End a token at once
    Revoke {
        #[command(flatten)]
        common: Common,
        /// Its id, as `kronika token list` shows it
        id: String,
    },
}

/// The scopes as they are typed.
#[derive(Clone, Copy, ValueEnum)]
pub enum ScopeName {
    Read,
    Record,
    Assign,
    Manage,
    People,
}

impl From<ScopeName> for TokenScope {
    fn from(name: ScopeName) -> TokenScope {
        match name {
            ScopeName::Read => TokenScope::Read,
            ScopeName::Record => TokenScope::Record,
            ScopeName::Assign => TokenScope::Assign,
            ScopeName::Manage => TokenScope::Manage,
            ScopeName::People => TokenScope::People,
        }
    }
}

impl Command {
    pub async fn run(self) -> Result<Finding, Failure> {
        let common = match &self {
            Command::Make { common, .. } | Command::List { common } | Command::Revoke { common, .. } => {
                common.clone()
            }
        };
        let archive = common.open().await?;
        match self {
            Command::List { .. } => return list(&archive, common.json).await,
            Command::Make {
                name,
                account,
                scope,
                days,
                ..
            } => {
                let new = NewToken {
                    account: &account,
                    name: &name,
                    scopes: scope.into_iter().map(TokenScope::from).collect(),
                    days,
                };
                let (made, token) = token::make(&archive, new, By::Console).await?;
                if common.json {
                    let mut line = line(&made);
                    line["token"] = json!(token);
                    say!("{line}");
                } else {
                    say!("{token}");
                }
            }
            Command::Revoke { id, .. } => {
                let id: ApiTokenId = id.parse().map_err(|_| token::TokenError::Absent)?;
                token::revoke(&archive, id, By::Console).await?;
            }
        }
        archive.sealer.seal(&archive).await?;
        Ok(Finding::Fine)
    }
}

fn line(token: &ApiToken) -> serde_json::Value {
    json!({
        "id": token.id, "account": token.account, "name": token.name, "scopes": token.scopes,
        "made_at": token.made_at, "expires_at": token.expires_at, "used_at": token.used_at,
    })
}

async fn list(archive: &Archive, as_json: bool) -> Result<Finding, Failure> {
    let conn = &mut archive.db.read().await?;
    let people = people(conn).await?;
    for token in token::list(conn, None).await? {
        if as_json {
            say!("{}", line(&token));
            continue;
        }
        let account = people.iter().find(|person| person.id == token.account);
        let account = account.map_or("", |person| person.name.as_str());
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.name()).collect();
        say!(
            "{}  {}  {}  {}  until {}, {}",
            token.id,
            padded(account, 16),
            padded(&token.name, 24),
            padded(&scopes.join(","), 25),
            day(token.expires_at),
            token
                .used_at
                .map_or_else(|| "never used".to_owned(), |at| format!("last used {}", day(at)))
        );
    }
    Ok(Finding::Fine)
}

/// A day in UTC.
fn day(microseconds: i64) -> String {
    Timestamp::from_microsecond(microseconds)
        .map_or_else(|_| String::new(), |at| at.strftime("%Y-%m-%d").to_string())
}
