//! `kronika demo`: an archive filled with the demonstration mail.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::Deserialize;

use super::output::grouped;
use super::{Common, Failure, Finding};
use crate::archive::{Archive, Placement};
use crate::assignment::act as assign;
use crate::channel::email::import::import;
use crate::channel::email::quarantine::COMMAND_LINE;
use crate::channel::email::walk::{LARGEST, Walk, Walked};
use crate::client::act::{self, NewAddress};
use crate::client::{AddressKind, ClientFacts};
use crate::interaction::extract::extract_waiting;
use crate::user::{act as accounts, password};

/// Make an archive of the mailboxes that kronika-demo wrote
#[derive(Args)]
#[command(
    after_help = "Example:\n  kronika-demo ./demo-mail && kronika demo --data ./demo --from ./demo-mail"
)]
pub struct Demo {
    #[command(flatten)]
    common: Common,
    /// Folder that kronika-demo wrote
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// Language of the pages: pl, sk, ru or en
    #[arg(long, default_value = "en", value_parser = ["pl", "sk", "ru", "en"])]
    language: String,
}

/// `archive.toml` beside the mailboxes.
#[derive(Deserialize)]
struct Office {
    own_domains: Vec<String>,
    own_addresses: Vec<String>,
    client: Vec<OfficeClient>,
}

#[derive(Deserialize)]
struct OfficeClient {
    name: String,
    language: String,
    #[serde(default)]
    city: String,
    #[serde(default)]
    tax_id: String,
    #[serde(default)]
    domains: Vec<String>,
    #[serde(default)]
    addresses: Vec<OfficeAddress>,
}

#[derive(Deserialize)]
struct OfficeAddress {
    address: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    role: String,
}

const BY: &str = "demonstration";
/// Who signs in to the demonstration.
const OWNER: &str = "ewa";

impl Demo {
    pub async fn run(self) -> Result<Finding, Failure> {
        let path = self.from.join("archive.toml");
        let text = std::fs::read_to_string(&path).map_err(|error| {
            Failure::new(format!(
                "{} could not be read ({error}); run kronika-demo first",
                path.display()
            ))
        })?;
        let office: Office = toml::from_str(&text)
            .map_err(|error| Failure::new(format!("{} cannot be understood: {error}", path.display())))?;
        let folder = self.common.folder()?;
        let archive = Archive::create(&folder, &self.common.unlock()?, Placement::default()).await?;
        let password = password::make_up();
        accounts::add(&archive, OWNER, &password, &self.language).await?;
        fill(&archive, &office).await?;
        let recorded = self.import(&archive).await?;
        archive.sealer.seal(&archive).await?;
        archive.db.settle().await?;
        extract_waiting(&archive, |_| {})
            .await
            .map_err(|error| Failure::new(error.to_string()))?;
        let login = format!("user: {OWNER}\npassword: {password}\n");
        std::fs::write(folder.join("demonstration-login.txt"), &login)?;
        say!(
            "The demonstration archive holds {} interactions.",
            grouped(recorded)
        );
        print!("{login}");
        Ok(Finding::Fine)
    }

    async fn import(&self, archive: &Arc<Archive>) -> Result<u64, Failure> {
        let entries = std::fs::read_dir(&self.from)?.flatten().map(|entry| entry.path());
        let mut paths: Vec<PathBuf> = entries
            .filter(|path| path.extension().is_none_or(|extension| extension != "toml"))
            .collect();
        paths.sort();
        let walk = Walk {
            import: COMMAND_LINE,
            paths,
            connector: "import".to_owned(),
            hidden: self.from.canonicalize().ok(),
            largest: LARGEST,
        };
        Ok(import(archive, walk, Arc::new(Walked::default()), |_| {})
            .await?
            .recorded)
    }
}

async fn fill(archive: &Archive, office: &Office) -> Result<(), Failure> {
    for domain in &office.own_domains {
        assign::add_own(archive, AddressKind::Domain, domain, BY).await?;
    }
    for address in &office.own_addresses {
        assign::add_own(archive, AddressKind::Email, address, BY).await?;
    }
    for client in &office.client {
        let facts = ClientFacts {
            name: client.name.clone(),
            language: client.language.clone(),
            city: client.city.clone(),
            tax_id: client.tax_id.clone(),
        };
        let id = act::add(archive, facts, BY).await?;
        for domain in &client.domains {
            let address = NewAddress {
                kind: AddressKind::Domain,
                value: domain,
                name: "",
                role: "",
            };
            act::add_address(archive, id, address, BY).await?;
        }
        for person in &client.addresses {
            let (value, name, role) = (&person.address, &person.name, &person.role);
            act::add_address(
                archive,
                id,
                NewAddress {
                    kind: AddressKind::Email,
                    value,
                    name,
                    role,
                },
                BY,
            )
            .await?;
        }
    }
    Ok(())
}
