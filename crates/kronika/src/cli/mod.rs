//! The command line. Every command takes `--data` and `--json`, and exits with 0 (done), 1 (done, but something needs
//! a look) or 2 (could not be done).

/// Prints a line. Whoever reads may have had enough, as `head` has; that is no failure, and no reason to stop half way.
macro_rules! say {
    ($($line:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($line)*);
    }};
}

mod account;
mod archive;
mod client;
mod demo;
mod evidence;
mod export;
mod extract;
mod import;
mod init;
mod objects;
mod openapi;
mod openid;
mod output;
mod seal;
mod search;
mod serve;
mod timestamp;
mod token;
mod verify;
mod witness;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use tracing_subscriber::EnvFilter;
use zeroize::Zeroizing;

use crate::archive::{Archive, ArchiveError};
use crate::instance::{Instance, InstanceError};
use crate::secrecy::Unlock;

pub use output::{Failure, Finding};

#[derive(Parser)]
#[command(
    name = "kronika",
    version,
    about = "An archive of everything a business agrees with its clients"
)]
#[command(
    after_help = "Exit status: 0 done, 1 done but something needs a look, 2 could not be done.\n\n\
    Example:\n  kronika init --data ./archive\n  kronika import --data ./archive ~/Maildir\n  \
    kronika search --data ./archive 'umowa najmu'\n  kronika serve --data ./archive"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Init),
    Import(import::Import),
    Search(search::Search),
    Seal(seal::Seal),
    Verify(verify::Verify),
    Rebuild(verify::Rebuild),
    Export(export::Export),
    Serve(serve::Serve),
    Demo(demo::Demo),
    ExtractText(extract::ExtractText),
    Openapi(openapi::Openapi),
    #[command(subcommand)]
    Evidence(evidence::Command),
    #[command(subcommand)]
    Archive(archive::Command),
    #[command(subcommand)]
    Client(client::Command),
    #[command(subcommand)]
    User(account::Command),
    #[command(subcommand)]
    Token(token::Command),
    #[command(subcommand)]
    Objects(objects::Command),
    #[command(subcommand)]
    Timestamp(timestamp::Command),
    #[command(subcommand)]
    Openid(openid::Command),
    #[command(subcommand)]
    Witness(witness::Command),
    #[command(subcommand)]
    Own(client::OwnCommand),
}

/// What every command takes.
#[derive(Args, Clone)]
pub struct Common {
    /// The archive's folder
    #[arg(long, global = true, env = "KRONIKA_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// Which archive, where the folder holds several
    #[arg(long, global = true, env = "KRONIKA_ARCHIVE", value_name = "NAME")]
    archive: Option<String>,
    /// Print JSON for scripts
    #[arg(long, global = true)]
    json: bool,
    /// File whose first line is the archive's passphrase (else $KRONIKA_PASSPHRASE)
    #[arg(long, global = true, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Common {
    /// The archive's folder: the one named, or of the several in it the one that `--archive` names.
    pub fn folder(&self) -> Result<PathBuf, Failure> {
        let base = self.base();
        let instance = Instance::find(&base);
        match (instance, &self.archive) {
            (None, None) => Ok(base),
            (None, Some(_)) => Err(Failure::new(format!(
                "{} holds one archive, not several: leave --archive out",
                base.display()
            ))),
            (Some(instance), Some(name)) => Ok(instance.folder_of(&instance.require(name)?)),
            (Some(instance), None) => match instance.list()?.as_slice() {
                [only] => Ok(instance.folder_of(only)),
                all => Err(Failure::new(format!(
                    "{} holds several archives ({}); name one with --archive",
                    base.display(),
                    all.iter()
                        .map(|one| one.name.as_str())
                        .collect::<Vec<_>>()
                        .join(", ")
                ))),
            },
        }
    }

    /// `--data`, `$KRONIKA_DATA`, or the platform's data folder.
    pub fn base(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| {
            directories::ProjectDirs::from("", "", "kronika").map_or_else(
                || PathBuf::from("kronika-data"),
                |dirs| dirs.data_dir().to_path_buf(),
            )
        })
    }

    pub fn unlock(&self) -> Result<Unlock, Failure> {
        let passphrase = match &self.passphrase_file {
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map(Zeroizing::new)
                    .map_err(|error| {
                        Failure::new(format!(
                            "the passphrase file {} could not be read: {error}",
                            path.display()
                        ))
                    })?;
                Some(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
            }
            None => std::env::var("KRONIKA_PASSPHRASE").ok().map(Zeroizing::new),
        };
        Ok(Unlock {
            passphrase: passphrase.filter(|passphrase| !passphrase.is_empty()),
        })
    }

    pub async fn open(&self) -> Result<Arc<Archive>, Failure> {
        Ok(Archive::open(&self.folder()?, &self.unlock()?).await?)
    }
}

impl From<InstanceError> for Failure {
    fn from(error: InstanceError) -> Failure {
        Failure::new(error.to_string())
    }
}

impl From<ArchiveError> for Failure {
    fn from(error: ArchiveError) -> Failure {
        Failure::new(error.to_string())
    }
}

/// Runs the program.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    if let Command::ExtractText(extract) = cli.command {
        return extract.run();
    }
    let _ = rustls::crypto::ring::default_provider().install_default();
    tracing_subscriber::fmt()
        .with_env_filter(logged())
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let mut builder = match cli.command {
        // One question to one database: more threads would only take time to start.
        Command::Search(_) => tokio::runtime::Builder::new_current_thread(),
        _ => tokio::runtime::Builder::new_multi_thread(),
    };
    let runtime = match builder.enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => output::leave(Err(Failure::new(format!("no threads could be started: {error}")))),
    };
    let outcome = runtime.block_on(dispatch(cli.command));
    output::leave(outcome)
}

/// What is logged: what `$KRONIKA_LOG` asks for, but never what others' code would tell of messages and statements.
fn logged() -> EnvFilter {
    let asked = EnvFilter::try_from_env("KRONIKA_LOG").unwrap_or_else(|_| "warn".into());
    SILENT
        .into_iter()
        .filter_map(|silent| format!("{silent}=error").parse().ok())
        .fold(asked, EnvFilter::add_directive)
}

/// Whatever would write content into the log; PostgreSQL's notices may quote values.
const SILENT: [&str; 5] = [
    "html5ever",
    "markup5ever",
    "selectors",
    "sqlx::query",
    "sqlx::postgres::notice",
];

async fn dispatch(command: Command) -> Result<Finding, Failure> {
    match command {
        Command::Init(init) => init.run().await,
        Command::Import(import) => import.run().await,
        Command::Search(search) => search.run().await,
        Command::Seal(seal) => seal.run().await,
        Command::Verify(verify) => verify.run().await,
        Command::Rebuild(rebuild) => rebuild.run().await,
        Command::Export(export) => export.run().await,
        Command::Serve(serve) => serve.run().await,
        Command::Demo(demo) => demo.run().await,
        Command::Openapi(openapi) => openapi.run(),
        // Answered before anything else was set up.
        Command::ExtractText(_) => Ok(Finding::Fine),
        Command::Evidence(evidence) => evidence.run().await,
        Command::Archive(archive) => archive.run().await,
        Command::Client(client) => client.run().await,
        Command::User(user) => user.run().await,
        Command::Token(token) => token.run().await,
        Command::Objects(objects) => objects.run().await,
        Command::Timestamp(timestamp) => timestamp.run().await,
        Command::Openid(openid) => openid.run().await,
        Command::Witness(witness) => witness.run().await,
        Command::Own(own) => own.run().await,
    }
}
