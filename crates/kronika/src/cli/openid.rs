//! `kronika openid`

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;
use zeroize::Zeroizing;

use super::output::padded;
use super::{Common, Failure, Finding};
use crate::archive::Archive;
use crate::instance::Public;
use crate::user::openid::Providers;
use crate::user::openid::provider::keep_secret;

/// Providers with whose accounts people may sign in (OpenID Connect)
#[derive(Subcommand)]
pub enum Command {
    /// Keep the client secret that a provider gave you; a running server takes it at its next start
    #[command(after_help = "Example:\n  kronika openid secret office --file client-secret.txt")]
    Secret {
        #[command(flatten)]
        common: Common,
        /// The provider's id in kronika.toml
        provider: String,
        /// File whose first line is the secret (else the first line of standard input)
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Ask each provider whether it answers, and show the address it must send people back to
    Check {
        #[command(flatten)]
        common: Common,
        /// Address under which people reach the pages
        #[arg(
            long,
            env = "KRONIKA_URL",
            default_value = "http://localhost:7700",
            value_name = "URL"
        )]
        public_url: String,
    },
}

impl Command {
    pub async fn run(self) -> Result<Finding, Failure> {
        match self {
            Command::Secret {
                common,
                provider,
                file,
            } => {
                let archive = common.open().await?;
                let secret = first_line(file)?;
                keep_secret(&archive, &provider, &secret).await?;
                Ok(Finding::Fine)
            }
            Command::Check { common, public_url } => {
                let public = Public::parse(&public_url).map_err(|error| Failure::new(error.to_string()))?;
                let archive = common.open().await?;
                check(&archive, &public, common.json).await
            }
        }
    }
}

fn first_line(file: Option<PathBuf>) -> Result<Zeroizing<String>, Failure> {
    let text = match file {
        Some(path) => std::fs::read_to_string(&path)
            .map_err(|error| Failure::new(format!("{} could not be read: {error}", path.display())))?,
        None => std::io::read_to_string(std::io::stdin())?,
    };
    let text = Zeroizing::new(text);
    match text.lines().next().map(str::trim) {
        Some(line) if !line.is_empty() => Ok(Zeroizing::new(line.to_owned())),
        _ => Err(Failure::new("the secret is empty; it stands in the first line")),
    }
}

async fn check(archive: &Archive, public: &Public, as_json: bool) -> Result<Finding, Failure> {
    let providers = Providers::load(archive).await?;
    let mut finding = Finding::Fine;
    for provider in providers.all() {
        let answer = provider.check(archive).await;
        let (back, secret) = (public.link(&provider.path_back()), provider.has_secret());
        if answer.is_err() {
            finding = Finding::NeedsALook;
        }
        let said = answer.map_or_else(|error| error.to_string(), |()| "answers".to_owned());
        if as_json {
            say!(
                "{}",
                json!({ "id": provider.id, "name": provider.name, "answer": said, "secret": secret, "back": back })
            );
            continue;
        }
        let kept = if secret { "secret kept" } else { "no secret" };
        say!(
            "{}  {said}, {kept}, sends people back to {back}",
            padded(&provider.id, 16)
        );
    }
    Ok(finding)
}
