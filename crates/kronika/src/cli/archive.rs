//! `kronika archive`: the archives that one server answers for

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use super::init::Place;
use super::{Common, Failure, Finding};
use crate::archive::Archive;
use crate::instance::{Instance, Listed};
use crate::user::invitation;

/// Several archives on one server: make, list, close, open
#[derive(Subcommand)]
#[command(after_help = "Examples:\n  \
    kronika archive create kowalska --title 'Biuro Kowalska' --url https://kowalska.example --data /srv/kronika\n  \
    kronika serve --data /srv/kronika\n  kronika search --data /srv/kronika --archive kowalska 'umowa najmu'\n\n\
    A running server opens a new archive and cuts off a closed one within seconds.")]
pub enum Command {
    /// Make an archive and list it; prints the link with which its owner makes an account
    Create {
        #[command(flatten)]
        common: Common,
        /// Short name: small letters, digits, hyphens
        name: String,
        /// What its people call it
        #[arg(long)]
        title: String,
        /// Address under which its people reach it, its own alone
        #[arg(long)]
        url: String,
        #[command(flatten)]
        place: Place,
    },
    /// Take in an archive that was made alone; its files stay where they are
    Add {
        #[command(flatten)]
        common: Common,
        name: String,
        #[arg(long)]
        title: String,
        #[arg(long)]
        url: String,
        /// Its folder
        #[arg(long, value_name = "DIR")]
        folder: PathBuf,
    },
    /// List all archives
    List {
        #[command(flatten)]
        common: Common,
    },
    /// Serve an archive no more; nothing of it is lost
    Close {
        #[command(flatten)]
        common: Common,
        name: String,
    },
    /// Serve a closed archive again
    Open {
        #[command(flatten)]
        common: Common,
        name: String,
    },
}

impl Command {
    pub async fn run(self) -> Result<Finding, Failure> {
        match self {
            Command::Create {
                common,
                name,
                title,
                url,
                place,
            } => create(&common, Listed::new(&name, &title, &url)?, &place).await,
            Command::Add {
                common,
                name,
                title,
                url,
                folder,
            } => add(&common, Listed::new(&name, &title, &url)?, folder).await,
            Command::List { common } => list(&common),
            Command::Close { common, name } => set_closed(&common, &name, true),
            Command::Open { common, name } => set_closed(&common, &name, false),
        }
    }
}

async fn create(common: &Common, listed: Listed, place: &Place) -> Result<Finding, Failure> {
    let instance = Instance::find_or_make(&common.base())?;
    instance.check(&listed)?;
    let folder = instance.folder_of(&listed);
    let archive = Archive::create(&folder, &common.unlock()?, place.placement(&listed.name)).await?;
    let token = invitation::invite_first_owner(&archive).await?;
    archive.sealer.seal(&archive).await?;
    let link = token.map(|token| format!("{}/invitations/{token}", listed.url));
    instance.add(listed.clone())?;

    let keys = folder.join("keys");
    if common.json {
        let made = json!({
            "name": listed.name, "title": listed.title, "url": listed.url, "data": folder,
            "origin": archive.config.origin, "keys": keys, "invitation": link,
        });
        say!("{made}");
        return Ok(Finding::Fine);
    }
    say!("{} is in {}", listed.title, folder.display());
    say!("Its journal is called {}", archive.config.origin);
    if let Some(link) = link {
        say!("Its owner makes an account, once and within a week, at\n  {link}");
    }
    eprintln!("\n  BACK UP THE KEYS NOW: {}", keys.display());
    eprintln!("  Without them nothing in the archive can ever be read again, by anybody.\n");
    Ok(Finding::Fine)
}

async fn add(common: &Common, listed: Listed, folder: PathBuf) -> Result<Finding, Failure> {
    let folder = folder
        .canonicalize()
        .map_err(|error| Failure::new(format!("{} cannot be read: {error}", folder.display())))?;
    Archive::open(&folder, &common.unlock()?).await?;
    let listed = Listed { folder, ..listed };
    Instance::find_or_make(&common.base())?.add(listed.clone())?;
    say!("{} answers at {} from now on.", listed.title, listed.url);
    Ok(Finding::Fine)
}

fn list(common: &Common) -> Result<Finding, Failure> {
    let base = common.base();
    let Some(instance) = Instance::find(&base) else {
        return Err(Failure::new(format!(
            "{} holds no list of archives; `kronika archive create` begins one",
            base.display()
        )));
    };
    for listed in instance.list()? {
        if common.json {
            say!("{}", serde_json::to_string(&listed)?);
        } else {
            let state = if listed.closed { "closed" } else { "open" };
            say!(
                "{:20} {:7} {:40} {}",
                listed.name,
                state,
                listed.url,
                listed.title
            );
        }
    }
    Ok(Finding::Fine)
}

fn set_closed(common: &Common, name: &str, closed: bool) -> Result<Finding, Failure> {
    let instance = Instance::find_or_make(&common.base())?;
    instance.set_closed(name, closed)?;
    match closed {
        true => say!("{name} is closed. A running server lets nobody in any more; nothing is lost."),
        false => say!("{name} is open. A running server answers for it within seconds."),
    }
    Ok(Finding::Fine)
}
