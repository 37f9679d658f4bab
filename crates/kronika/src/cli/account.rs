//! `kronika user`

use std::path::PathBuf;

use clap::Subcommand;

use super::{Common, Failure, Finding};
use crate::user::{act, password};

/// People who may sign in
#[derive(Subcommand)]
pub enum Command {
    /// Add an account that owns the archive
    Add {
        #[command(flatten)]
        common: Common,
        name: String,
        /// File whose first line is the password (else one is made up and printed)
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
        /// Language of the pages: pl, sk, ru or en
        #[arg(long, default_value = "en")]
        language: String,
    },
    /// Set a new password and sign the account out everywhere
    Password {
        #[command(flatten)]
        common: Common,
        name: String,
        /// File whose first line is the password (else one is made up and printed)
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
}

impl Command {
    pub async fn run(self) -> Result<Finding, Failure> {
        match self {
            Command::Add {
                common,
                name,
                password_file,
                language,
            } => {
                let archive = common.open().await?;
                let (password, made_up) = password_from(password_file)?;
                act::add(&archive, &name, &password, &language).await?;
                archive.sealer.seal(&archive).await?;
                told(&name, &password, made_up);
            }
            Command::Password {
                common,
                name,
                password_file,
            } => {
                let archive = common.open().await?;
                let (password, made_up) = password_from(password_file)?;
                act::set_password(&archive, &name, &password).await?;
                told(&name, &password, made_up);
            }
        }
        Ok(Finding::Fine)
    }
}

fn told(name: &str, password: &str, made_up: bool) {
    if made_up {
        say!("{name} signs in with {password}");
    }
}

fn password_from(file: Option<PathBuf>) -> Result<(String, bool), Failure> {
    let Some(path) = file else {
        return Ok((password::make_up(), true));
    };
    let text = std::fs::read_to_string(&path)
        .map_err(|error| Failure::new(format!("{} could not be read: {error}", path.display())))?;
    Ok((text.lines().next().unwrap_or_default().to_owned(), false))
}
