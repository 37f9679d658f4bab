//! `kronika.toml`: where an archive keeps what, written once by `kronika init` and readable by people.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ArchiveError;
use crate::journal::timestamp;
use crate::outgoing;
use crate::storage::objects::S3Location;
use crate::storage::{Location, file};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The journal's name, random and for ever: it stands in every checkpoint.
    pub origin: String,
    /// PostgreSQL instead of the embedded database.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub postgres: Option<PostgresConfig>,
    /// An S3 bucket for large content instead of the local folder.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub s3: Option<S3Location>,
    /// Who vouches for the time.
    #[serde(skip_serializing_if = "timestamp::Settings::is_usual", default)]
    pub timestamps: timestamp::Settings,
    /// Which hosts may be asked beside those of the public network.
    #[serde(skip_serializing_if = "is_usual", default)]
    pub outgoing: outgoing::Settings,
    /// Providers with whose accounts people may sign in.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub openid: Vec<OpenidConfig>,
}

fn is_usual(settings: &outgoing::Settings) -> bool {
    *settings == outgoing::Settings::default()
}

/// A provider of OpenID Connect. The secret that it gave us is in the keyring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenidConfig {
    /// Ours to choose; part of addresses.
    pub id: String,
    /// What people read on the button.
    pub name: String,
    /// Exactly as the provider writes it.
    pub issuer: String,
    /// What the provider calls us.
    pub client: String,
    /// E-mail domains that are let in; all of them when there is none.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub domains: Vec<String>,
    /// Whoever comes for the first time gets an account of this role.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub role: Option<String>,
    /// The provider is in the own network.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub allow_private: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostgresConfig {
    pub url: String,
    pub schema: String,
}

pub const FILE: &str = "kronika.toml";

impl Config {
    pub fn read(folder: &Path) -> Result<Config, ArchiveError> {
        let path = folder.join(FILE);
        let text = std::fs::read_to_string(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => ArchiveError::None {
                folder: folder.into(),
            },
            _ => ArchiveError::File {
                path: path.clone(),
                error,
            },
        })?;
        toml::from_str(&text).map_err(|error| ArchiveError::Config {
            path,
            error: error.message().to_owned(),
        })
    }

    /// Writes the file whole or not at all. Only its owner may read it: the address of a database may hold a password.
    pub fn write(&self, folder: &Path) -> Result<(), ArchiveError> {
        let path = folder.join(FILE);
        let text = toml::to_string(self).map_err(|error| ArchiveError::Config {
            path: path.clone(),
            error: error.to_string(),
        })?;
        file::replace(&path, text.as_bytes()).map_err(|error| ArchiveError::File { path, error })
    }

    pub fn location(&self, folder: &Path) -> Location {
        match &self.postgres {
            None => Location::File(folder.join("archive.sqlite")),
            Some(postgres) => Location::Postgres {
                url: postgres.url.clone(),
                schema: postgres.schema.clone(),
            },
        }
    }
}
