//! Serving an instance: all its archives that are open, as its list says now.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::chores::Chores;
use super::{Serve, invite_first_owner};
use crate::archive::Archive;
use crate::cli::Failure;
use crate::instance::{Instance, Listed};
use crate::secrecy::Unlock;
use crate::user::invitation;
use crate::web::app::App;
use crate::web::hall::{Hall, Seat};

/// The list of archives is read again this often.
const FOLLOWED_EVERY: Duration = Duration::from_secs(1);

/// An archive that is served.
struct Open {
    listed: Listed,
    app: App,
    chores: Chores,
}

/// Opens and closes archives as the list says.
pub struct Porter {
    instance: Instance,
    unlock: Unlock,
    /// How all are served.
    pub(super) serve: Serve,
    hall: Arc<Hall>,
    open: BTreeMap<String, Open>,
    /// What could not be opened, so that it is said once.
    complained: BTreeMap<String, String>,
}

impl Porter {
    pub fn new(instance: Instance, unlock: Unlock, serve: Serve, hall: Arc<Hall>) -> Porter {
        Porter {
            instance,
            unlock,
            serve,
            hall,
            open: BTreeMap::new(),
            complained: BTreeMap::new(),
        }
    }

    /// Follows the list until dropped or stopped by `end`.
    pub async fn run(&mut self, end: impl Future<Output = ()>) {
        tokio::pin!(end);
        loop {
            tokio::select! {
                () = tokio::time::sleep(FOLLOWED_EVERY) => self.follow().await,
                () = &mut end => return,
            }
        }
    }

    /// Does what the list says. An archive that cannot be opened keeps none of the others from being served.
    pub async fn follow(&mut self) {
        let all = match self.instance.list() {
            Ok(all) => all,
            Err(error) => return self.complain("", error.to_string()),
        };
        let wanted: Vec<&Listed> = all.iter().filter(|listed| !listed.closed).collect();
        let gone = |name: &String| !wanted.contains(&&self.open[name].listed);
        let gone: Vec<String> = self.open.keys().filter(|name| gone(name)).cloned().collect();
        for name in gone {
            self.close(&name).await;
        }
        let hosts = all.iter().filter(|listed| listed.closed);
        let hosts = hosts.filter_map(|listed| Some(listed.public().ok()?.host().to_owned()));
        self.hall.set_closed(hosts.collect::<HashSet<_>>());
        for listed in wanted {
            if !self.open.contains_key(&listed.name) {
                match self.open(listed).await {
                    Ok(()) => drop(self.complained.remove(&listed.name)),
                    Err(error) => self.complain(&listed.name, error.to_string()),
                }
            }
        }
    }

    async fn open(&mut self, listed: &Listed) -> Result<(), Failure> {
        let public = listed.public().map_err(|error| Failure::new(error.to_string()))?;
        let archive = Archive::open(&self.instance.folder_of(listed), &self.unlock).await?;
        let seat = Seat {
            hall: self.hall.clone(),
            name: listed.name.clone(),
            title: listed.title.clone(),
        };
        let app = self.serve.app(archive, public, Some(seat)).await?;
        // Whoever made it with `kronika archive create` was given the link already.
        if !invitation::is_first_owner_invited(&app.archive).await? {
            invite_first_owner(&app).await?;
        }
        println!("{} answers at {}", listed.title, app.public.origin());
        let chores = Chores::begin(&app);
        self.hall.open(&listed.name, app.clone());
        let open = Open {
            listed: listed.clone(),
            app,
            chores,
        };
        self.open.insert(listed.name.clone(), open);
        Ok(())
    }

    /// Lets nobody in any more, cuts off who is in, and seals what was recorded.
    async fn close(&mut self, name: &str) {
        self.hall.close(name);
        let Some(open) = self.open.remove(name) else {
            return;
        };
        open.app.closed.store(true, Ordering::Relaxed);
        println!("{} answers no more", open.listed.title);
        if let Err(error) = open.chores.end(&open.app).await {
            tracing::error!(archive = name, %error, "an archive could not be closed in good order");
        }
    }

    /// Closes all.
    pub async fn end(mut self) {
        for name in self.open.keys().cloned().collect::<Vec<_>>() {
            self.close(&name).await;
        }
    }

    fn complain(&mut self, name: &str, error: String) {
        if self.complained.get(name) != Some(&error) {
            eprintln!(
                "{}: {error}",
                if name.is_empty() {
                    "the list of archives"
                } else {
                    name
                }
            );
            self.complained.insert(name.to_owned(), error);
        }
    }
}
