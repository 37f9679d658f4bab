//! `kronika init`

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Common, Failure, Finding};
use crate::archive::config::PostgresConfig;
use crate::archive::{Archive, Placement};
use crate::storage::objects::S3Location;
use crate::user::{act, password};

/// Make an archive, with its journal and its keys
#[derive(Args)]
#[command(after_help = "Examples:\n  kronika init --data /srv/kronika\n  \
    KRONIKA_PASSPHRASE='…' kronika init --data /srv/kronika\n  \
    kronika init --postgres postgres://kronika@db/kronika --schema office")]
pub struct Init {
    #[command(flatten)]
    common: Common,
    /// Make an owner's account of this name (else `kronika serve` prints a link with which the owner makes it)
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// File whose first line is the owner's password (else one is made up and printed)
    #[arg(long, value_name = "FILE", requires = "owner")]
    owner_password_file: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

/// Where a new archive keeps things
#[derive(Args, Clone)]
pub struct Place {
    /// Keep the tables in this PostgreSQL database instead of a file
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Schema of the archive within the PostgreSQL database
    #[arg(long, default_value = "kronika", requires = "postgres")]
    schema: String,
    /// Keep large content in this S3 bucket instead of a folder
    #[arg(long, value_name = "BUCKET")]
    s3_bucket: Option<String>,
    /// Region of the bucket
    #[arg(long, default_value = "eu-central-1", requires = "s3_bucket")]
    s3_region: String,
    /// Address of an S3 server other than Amazon's
    #[arg(long, value_name = "URL", requires = "s3_bucket")]
    s3_endpoint: Option<String>,
}

impl Place {
    /// `prefix` keeps archives apart that share a bucket.
    pub fn placement(&self, prefix: &str) -> Placement {
        Placement {
            postgres: self.postgres.clone().map(|url| PostgresConfig {
                url,
                schema: self.schema.clone(),
            }),
            s3: self.s3_bucket.clone().map(|bucket| S3Location {
                bucket,
                prefix: prefix.to_owned(),
                region: self.s3_region.clone(),
                endpoint: self.s3_endpoint.clone(),
            }),
        }
    }
}

impl Init {
    pub async fn run(self) -> Result<Finding, Failure> {
        let folder = self.common.folder()?;
        let unlock = self.common.unlock()?;
        let login = self
            .owner
            .as_deref()
            .map(|name| Ok::<_, Failure>((name, self.password()?)));
        let login = login.transpose()?;
        let archive = Archive::create(&folder, &unlock, self.place.placement("")).await?;
        if let Some((name, password)) = &login {
            act::add(&archive, name, password, "en").await?;
        }
        archive.sealer.seal(&archive).await?;

        let keys = folder.join("keys");
        if self.common.json {
            let made = json!({
                "data": folder, "origin": archive.config.origin, "keys": keys,
                "owner": self.owner,
                "password": login.as_ref().and_then(|(_, password)| self.made_up(password)),
            });
            say!("{made}");
            return Ok(Finding::Fine);
        }
        say!("The archive is in {}", folder.display());
        say!("Its journal is called {}", archive.config.origin);
        match &login {
            Some((name, password)) => say!(
                "Sign in as {name}{}",
                self.made_up(password)
                    .map_or(String::new(), |p| format!(" with {p}"))
            ),
            None => say!("`kronika serve` prints a link with which you make the owner's account"),
        }
        eprintln!("\n  BACK UP THE KEYS NOW: {}", keys.display());
        eprintln!("  Without them nothing in the archive can ever be read again, by anybody.");
        eprintln!("  Keep the copy apart from the archive's own backup.\n");
        Ok(Finding::Fine)
    }

    fn password(&self) -> Result<String, Failure> {
        match &self.owner_password_file {
            None => Ok(password::make_up()),
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| {
                    Failure::new(format!("{} could not be read: {error}", path.display()))
                })?;
                Ok(text.lines().next().unwrap_or_default().to_owned())
            }
        }
    }

    fn made_up<'a>(&self, password: &'a str) -> Option<&'a str> {
        self.owner_password_file.is_none().then_some(password)
    }
}
