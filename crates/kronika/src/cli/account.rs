//! `kronika user`

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use serde_json::json;

use super::output::padded;
use super::{Common, Failure, Finding};
use crate::access::Role;
use crate::archive::Archive;
use crate::user::act::{self, NewAccount};
use crate::user::invitation::{self, Invite};
use crate::user::{By, list, password};

/// People who may sign in
#[derive(Subcommand)]
pub enum Command {
    /// Add an account; the person signs in with the password that is printed
    Add {
        #[command(flatten)]
        common: Common,
        name: String,
        #[arg(long, value_enum, default_value = "owner")]
        role: RoleName,
        /// File whose first line is the password (else one is made up and printed)
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
        /// Language of the pages: pl, sk, ru or en
        #[arg(long, default_value = "en", value_parser = ["pl", "sk", "ru", "en"])]
        language: String,
    },
    /// Make a link with which somebody makes their own account, once and within a week
    Invite {
        #[command(flatten)]
        common: Common,
        name: String,
        #[arg(long, value_enum)]
        role: RoleName,
        /// Language of the pages: pl, sk, ru or en
        #[arg(long, default_value = "en", value_parser = ["pl", "sk", "ru", "en"])]
        language: String,
        /// Address under which people reach the pages
        #[arg(
            long,
            env = "KRONIKA_URL",
            default_value = "http://localhost:7700",
            value_name = "URL"
        )]
        public_url: String,
    },
    /// List all accounts and open invitations
    List {
        #[command(flatten)]
        common: Common,
    },
    /// Give an account another role
    Role {
        #[command(flatten)]
        common: Common,
        name: String,
        #[arg(value_enum)]
        role: RoleName,
    },
    /// Remove an account: it is signed out everywhere and cannot sign in again
    Remove {
        #[command(flatten)]
        common: Common,
        name: String,
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
    /// Take away the second step of somebody who lost the phone: the password alone lets in again
    ResetFactors {
        #[command(flatten)]
        common: Common,
        name: String,
    },
}

/// The roles as they are typed.
#[derive(Clone, Copy, ValueEnum)]
pub enum RoleName {
    Owner,
    Administrator,
    Manager,
    Member,
    Auditor,
    Expert,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Role {
        match name {
            RoleName::Owner => Role::Owner,
            RoleName::Administrator => Role::Administrator,
            RoleName::Manager => Role::Manager,
            RoleName::Member => Role::Member,
            RoleName::Auditor => Role::Auditor,
            RoleName::Expert => Role::Expert,
        }
    }
}

impl Command {
    pub async fn run(self) -> Result<Finding, Failure> {
        let common = self.common().clone();
        let archive = common.open().await?;
        match self {
            Command::List { .. } => return show(&archive, common.json).await,
            Command::Invite {
                name,
                role,
                language,
                public_url,
                ..
            } => {
                let role = role.into();
                let invite = Invite {
                    name: &name,
                    role,
                    language: &language,
                };
                invited(&archive, invite, &public_url, common.json).await?;
            }
            Command::Add {
                name,
                role,
                password_file,
                language,
                ..
            } => {
                let (password, made_up) = password_from(password_file)?;
                let new = NewAccount {
                    name: &name,
                    role: role.into(),
                    password: &password,
                    language: &language,
                };
                act::add_as(&archive, new, By::Console).await?;
                told(&name, &password, made_up);
            }
            Command::Password {
                name, password_file, ..
            } => {
                let (password, made_up) = password_from(password_file)?;
                act::set_password(&archive, &name, &password, (By::Console, None)).await?;
                told(&name, &password, made_up);
            }
            Command::Role { name, role, .. } => {
                act::set_role(&archive, &name, role.into(), By::Console).await?;
            }
            Command::Remove { name, .. } => act::remove(&archive, &name, By::Console).await?,
            Command::ResetFactors { name, .. } => act::reset_factors(&archive, &name, By::Console).await?,
        }
        archive.sealer.seal(&archive).await?;
        Ok(Finding::Fine)
    }

    fn common(&self) -> &Common {
        match self {
            Command::Add { common, .. }
            | Command::Invite { common, .. }
            | Command::List { common }
            | Command::Role { common, .. }
            | Command::Remove { common, .. }
            | Command::Password { common, .. }
            | Command::ResetFactors { common, .. } => common,
        }
    }
}

async fn invited(
    archive: &Archive,
    invite: Invite<'_>,
    public_url: &str,
    as_json: bool,
) -> Result<(), Failure> {
    let public = crate::instance::Public::parse(public_url);
    let public = public.map_err(|error| Failure::new(error.to_string()))?;
    let (open, token) = invitation::invite(archive, invite, By::Console).await?;
    let link = public.link(&format!("/invitations/{token}"));
    if as_json {
        let made = json!({
            "invitation": open.id, "name": open.name, "role": open.role, "link": link,
            "expires_at": open.expires_at,
        });
        say!("{made}");
    } else {
        say!(
            "{} makes the account, once and within a week, at\n  {link}",
            open.name
        );
    }
    Ok(())
}

async fn show(archive: &Archive, as_json: bool) -> Result<Finding, Failure> {
    let conn = &mut archive.db.read().await?;
    for person in list::people(conn).await? {
        if as_json {
            let line = json!({
                "account": person.id, "name": person.name, "role": person.role, "seen_at": person.seen_at,
                "second_factor": person.second_factor,
            });
            say!("{line}");
            continue;
        }
        let second = if person.second_factor {
            "second step"
        } else {
            "password only"
        };
        say!(
            "{}  {}  {second}",
            padded(&person.name, 24),
            padded(&person.role, 13)
        );
    }
    for open in invitation::list(conn).await? {
        if as_json {
            let line = json!({
                "invitation": open.id, "name": open.name, "role": open.role, "expires_at": open.expires_at,
            });
            say!("{line}");
            continue;
        }
        say!("{}  {}  invited", padded(&open.name, 24), padded(&open.role, 13));
    }
    Ok(Finding::Fine)
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
