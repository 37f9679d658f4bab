//! `kronika client` and `kronika own`

use clap::Subcommand;
use serde_json::json;

use super::output::{grouped, padded};
use super::{Common, Failure, Finding};
use crate::access::Scope;
use crate::archive::id::ClientId;
use crate::assignment::act as assign;
use crate::client::act::{self, NewAddress};
use crate::client::list::{Asked, Sort, list};
use crate::client::{AddressKind, ClientFacts, store};
use crate::storage::Conn;

/// Clients and what points at them
#[derive(Subcommand)]
pub enum Command {
    /// Add a client
    #[command(
        after_help = "Example:\n  kronika client add 'Stolarnia Dąb' --language pl --email biuro@dab.example"
    )]
    Add {
        #[command(flatten)]
        common: Common,
        name: String,
        /// Language of what goes out to it: pl, sk, ru or en
        #[arg(long, default_value = "en")]
        language: String,
        #[arg(long, default_value = "")]
        city: String,
        /// NIP, IČO, ИНН or VAT number
        #[arg(long, default_value = "")]
        tax_id: String,
        /// An e-mail address of it; may be repeated
        #[arg(long, value_name = "ADDRESS")]
        email: Vec<String>,
        /// A domain of it; may be repeated
        #[arg(long, value_name = "DOMAIN")]
        domain: Vec<String>,
    },
    /// Let another address or domain point at a client; what waited for it in the inbox comes along
    #[command(after_help = "Example:\n  kronika client address 'Stolarnia Dąb' --email jan@dab.example")]
    Address {
        #[command(flatten)]
        common: Common,
        /// Name or id of the client
        client: String,
        #[arg(long, value_name = "ADDRESS")]
        email: Vec<String>,
        #[arg(long, value_name = "DOMAIN")]
        domain: Vec<String>,
    },
    /// List clients, last contact first
    List {
        #[command(flatten)]
        common: Common,
        /// Part of a name, city, tax number or address
        #[arg(default_value = "")]
        text: String,
    },
}

impl Command {
    pub async fn run(self) -> Result<Finding, Failure> {
        match self {
            Command::Add {
                common,
                name,
                language,
                city,
                tax_id,
                email,
                domain,
            } => {
                let archive = common.open().await?;
                let facts = ClientFacts {
                    name,
                    language,
                    city,
                    tax_id,
                };
                let client = act::add(&archive, facts, "command line").await?;
                let found = add_addresses(&archive, client, (&email, &domain)).await?;
                archive.sealer.seal(&archive).await?;
                told(&common, client, found);
            }
            Command::Address {
                common,
                client,
                email,
                domain,
            } => {
                let archive = common.open().await?;
                let client = named(&mut archive.db.read().await?, &client).await?;
                let found = add_addresses(&archive, client, (&email, &domain)).await?;
                archive.sealer.seal(&archive).await?;
                told(&common, client, found);
            }
            Command::List { common, text } => {
                let archive = common.open().await?;
                let asked = Asked {
                    text,
                    sort: Sort::Last,
                    offset: 0,
                    limit: 1_000,
                };
                for client in list(&mut archive.db.read().await?, Scope::everything(), &asked).await? {
                    if common.json {
                        let facts = &client.facts;
                        let line = json!({"id": client.id.to_string(), "name": facts.name, "city": facts.city,
                            "tax_id": facts.tax_id, "language": facts.language, "interactions": client.interaction_count});
                        say!("{line}");
                    } else {
                        let count = grouped(client.interaction_count.unsigned_abs());
                        say!("{}  {} {count:>9}", client.id, padded(&client.facts.name, 36));
                    }
                }
            }
        }
        Ok(Finding::Fine)
    }
}

fn told(common: &Common, client: ClientId, found: usize) {
    if common.json {
        say!("{}", json!({"client": client.to_string(), "assigned": found}));
    } else {
        say!(
            "Client {client}: {} from the inbox now belong to it",
            grouped(found as u64)
        );
    }
}

async fn add_addresses(
    archive: &crate::archive::Archive,
    client: ClientId,
    (emails, domains): (&[String], &[String]),
) -> Result<usize, Failure> {
    let mut found = 0;
    let emails = emails.iter().map(|value| (AddressKind::Email, value));
    for (kind, value) in emails.chain(domains.iter().map(|value| (AddressKind::Domain, value))) {
        let address = NewAddress {
            kind,
            value,
            name: "",
            role: "",
        };
        found += act::add_address(archive, client, address, "command line").await?;
    }
    Ok(found)
}

/// The client of this name or id.
pub async fn named(conn: &mut Conn, text: &str) -> Result<ClientId, Failure> {
    if let Ok(id) = text.parse::<ClientId>()
        && store::find(conn, id).await?.is_some()
    {
        return Ok(id);
    }
    match store::named(conn, Scope::everything(), text).await?.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Failure::new(format!(
            "there is no client {text:?}; see `kronika client list`"
        ))),
        _ => Err(Failure::new(format!(
            "several clients are called {text:?}; give the id from `kronika client list`"
        ))),
    }
}

/// Our own addresses and domains: they tell what was sent from what was received
#[derive(Subcommand)]
pub enum OwnCommand {
    /// Add addresses or domains that are ours
    #[command(after_help = "Example:\n  kronika own add --domain lipowa7.example")]
    Add {
        #[command(flatten)]
        common: Common,
        #[arg(long, value_name = "ADDRESS")]
        email: Vec<String>,
        #[arg(long, value_name = "DOMAIN")]
        domain: Vec<String>,
    },
}

impl OwnCommand {
    pub async fn run(self) -> Result<Finding, Failure> {
        let OwnCommand::Add {
            common,
            email,
            domain,
        } = self;
        let archive = common.open().await?;
        for value in &email {
            assign::add_own(&archive, AddressKind::Email, value, "command line").await?;
        }
        for value in &domain {
            assign::add_own(&archive, AddressKind::Domain, value, "command line").await?;
        }
        archive.sealer.seal(&archive).await?;
        Ok(Finding::Fine)
    }
}
