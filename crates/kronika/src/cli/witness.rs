//! `kronika witness`: cosigning others' journals, and the witnesses of one's own

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Subcommand;
use serde_json::json;
use tokio::net::TcpListener;

use super::serve::asked_to_stop;
use super::{Common, Failure, Finding};
use crate::journal::cosign::{self, CosignError};
use crate::web::listen::{self, Manner};
use crate::witness::{State, WitnessError, router};

/// A running witness looks for journals that were added this often.
const FOLLOWED_EVERY: Duration = Duration::from_secs(2);

/// Cosign others' journals, or ask the witnesses of one's own
#[derive(Subcommand)]
#[command(
    after_help = "A witness keeps no content, only the newest checkpoint of each journal it knows. Run it for others: it is \
    worth something only to somebody who does not control it.\n\n\
    Examples, for whoever runs a witness:\n  \
    kronika witness init --state /srv/witness --name lawyer.example/kronika\n  \
    kronika witness know --state /srv/witness 'kronika.archive/75e54d080fe82cb5+1f2e3d4c+AQ…'\n  \
    kronika witness serve --state /srv/witness --listen 127.0.0.1:7800\n\n\
    For whoever has an archive:\n  kronika witness ask --data /srv/kronika\n  kronika witness list --data /srv/kronika"
)]
pub enum Command {
    /// Make a witness; prints the key to give to those who are to be witnessed
    Init {
        /// Where it keeps its key and its memory; never put an older copy back
        #[arg(long, value_name = "DIR")]
        state: PathBuf,
        /// Its name for ever, like a host and path of its owner's
        #[arg(long)]
        name: String,
    },
    /// Cosign a journal from now on
    Know {
        #[arg(long, value_name = "DIR")]
        state: PathBuf,
        /// The journal's key, from Settings > Journal of its archive
        key: String,
    },
    /// Answer journals that ask for a cosignature
    Serve {
        #[arg(long, value_name = "DIR")]
        state: PathBuf,
        /// Address to listen on; put a proxy with TLS in front for anything but this machine
        #[arg(long, default_value = "127.0.0.1:7800", value_name = "ADDRESS")]
        listen: SocketAddr,
        /// A reverse proxy is in front: all connections come from it
        #[arg(long)]
        behind_proxy: bool,
        /// Write the address to this file once requests are answered
        #[arg(long, value_name = "FILE")]
        address_file: Option<PathBuf>,
    },
    /// Ask the archive's own witnesses now
    Ask {
        #[command(flatten)]
        common: Common,
    },
    /// How things stand with the archive's own witnesses
    List {
        #[command(flatten)]
        common: Common,
    },
}

impl From<WitnessError> for Failure {
    fn from(error: WitnessError) -> Failure {
        Failure::new(error.to_string())
    }
}

impl From<CosignError> for Failure {
    fn from(error: CosignError) -> Failure {
        Failure::new(error.to_string())
    }
}

impl Command {
    pub async fn run(self) -> Result<Finding, Failure> {
        match self {
            Command::Init { state, name } => {
                let key = State::create(&state, &name)?;
                say!("{key}");
                eprintln!(
                    "The witness is in {}. Never put an older copy of it back.",
                    state.display()
                );
                Ok(Finding::Fine)
            }
            Command::Know { state, key } => {
                let key = State::know(&state, &key)?;
                say!("{} is cosigned from now on.", key.name());
                Ok(Finding::Fine)
            }
            Command::Serve {
                state,
                listen,
                behind_proxy,
                address_file,
            } => serve(State::open(&state)?, listen, (behind_proxy, address_file)).await,
            Command::Ask { common } => ask(&common).await,
            Command::List { common } => list(&common).await,
        }
    }
}

async fn serve(
    state: State,
    listen: SocketAddr,
    (behind_proxy, address_file): (bool, Option<PathBuf>),
) -> Result<Finding, Failure> {
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| Failure::new(format!("{listen} cannot be listened on: {error}")))?;
    let address = listener.local_addr()?;
    if let Some(path) = address_file {
        std::fs::write(path, format!("http://{address}\n"))?;
    }
    say!("{} answers at http://{address}", state.verifier());
    let state = Arc::new(state);
    let following = state.clone();
    let follower = tokio::spawn(async move {
        loop {
            tokio::time::sleep(FOLLOWED_EVERY).await;
            if let Err(error) = following.follow() {
                tracing::error!(%error, "what was added could not be read");
            }
        }
    });
    let manner = Manner {
        tls: None,
        behind_proxy,
    };
    listen::serve(listener, router(state), manner, asked_to_stop()).await;
    follower.abort();
    Ok(Finding::Fine)
}

async fn ask(common: &Common) -> Result<Finding, Failure> {
    let archive = common.open().await?;
    archive.sealer.seal(&archive).await?;
    let outcomes = cosign::ask_all(&archive).await?;
    if outcomes.is_empty() {
        return Err(Failure::new(format!(
            "no witness has an address in {}; see docs/OPERATE.md",
            archive.folder.join(cosign::POLICY).display()
        )));
    }
    let mut finding = Finding::Fine;
    for (witness, outcome) in outcomes {
        let trouble = outcome.as_ref().err().map(ToString::to_string);
        if trouble.is_some() {
            finding = Finding::NeedsALook;
        }
        match (common.json, &outcome) {
            (true, _) => say!(
                "{}",
                json!({"witness": witness, "size": outcome.ok(), "trouble": trouble})
            ),
            (false, Ok(size)) => say!("{witness} cosigned {size} entries"),
            (false, Err(error)) => say!("{witness}: {error}"),
        }
    }
    Ok(finding)
}

async fn list(common: &Common) -> Result<Finding, Failure> {
    let archive = common.open().await?;
    for standing in cosign::standings(&mut archive.db.read().await?).await? {
        if common.json {
            say!(
                "{}",
                json!({"witness": standing.witness, "size": standing.size, "asked_at": standing.asked_at,
                    "answered_at": standing.answered_at, "trouble": standing.trouble})
            );
        } else {
            let trouble = standing.trouble.unwrap_or_else(|| "cosigned".to_owned());
            say!("{:>12}  {}  {}", standing.size, trouble, standing.witness);
        }
    }
    Ok(Finding::Fine)
}
