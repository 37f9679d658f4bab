//! What a witness remembers. It must never forget: whoever could set it back could have two histories cosigned.

use std::collections::HashMap;
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use fs2::FileExt;
use kronika_tlog::TreeHead;
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::cosignature::CosigningKey;
use kronika_tlog::note::{Note, Role, VerifierKey};
use kronika_tlog::witness::{AddCheckpoint, KnownLog, Refusal, monitoring_path};

use crate::storage::file::replace;

#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    #[error("{} could not be read or written: {error}", path.display())]
    File { path: PathBuf, error: std::io::Error },
    #[error("there is no witness in {}; make one with `kronika witness init`", .0.display())]
    None(PathBuf),
    #[error("there is a witness in {} already", .0.display())]
    Exists(PathBuf),
    #[error("another program runs this witness; stop it first")]
    Running,
    #[error("{0:?} is no key of a journal; Settings > Journal shows it, and `kronika witness` tells it")]
    Key(String),
    #[error("{} is damaged: {why}; put the newest copy back, never an older one", path.display())]
    Damaged { path: PathBuf, why: String },
}

/// A journal that the witness knows, locked from the question until the answer is durable.
type Shared = Arc<Mutex<KnownLog>>;

pub struct State {
    folder: PathBuf,
    key: CosigningKey,
    logs: Mutex<HashMap<String, Shared>>,
    /// Two programs with one state could each sign another history.
    _alone: File,
}

/// Why there is no cosignature.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    State(#[from] WitnessError),
}

fn file(path: &Path) -> impl FnOnce(std::io::Error) -> WitnessError + '_ {
    |error| WitnessError::File {
        path: path.to_path_buf(),
        error,
    }
}

impl State {
    /// Makes a witness; gives the key that others know it by.
    pub fn create(folder: &Path, name: &str) -> Result<VerifierKey, WitnessError> {
        let path = folder.join("key");
        if path.exists() {
            return Err(WitnessError::Exists(folder.to_path_buf()));
        }
        let key = CosigningKey::from_seed(name, &rand::random());
        let key = key.map_err(|error| WitnessError::Damaged {
            path: path.clone(),
            why: error.to_string(),
        })?;
        let logs = folder.join("logs");
        std::fs::create_dir_all(&logs).map_err(file(&logs))?;
        let written = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .and_then(|mut new| {
                new.write_all(key.to_private_text().as_bytes())?;
                new.sync_all()
            });
        written.map_err(file(&path))?;
        Ok(key.verifier().clone())
    }

    pub fn open(folder: &Path) -> Result<State, WitnessError> {
        let path = folder.join("key");
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(WitnessError::None(folder.to_path_buf()));
            }
            read => zeroize::Zeroizing::new(read.map_err(file(&path))?),
        };
        let key = CosigningKey::parse(text.trim()).map_err(|error| WitnessError::Damaged {
            path,
            why: error.to_string(),
        })?;
        let lock = folder.join("lock");
        let alone = File::create(&lock).map_err(file(&lock))?;
        alone.try_lock_exclusive().map_err(|_| WitnessError::Running)?;
        let state = State {
            folder: folder.to_path_buf(),
            key,
            logs: Mutex::default(),
            _alone: alone,
        };
        state.follow()?;
        Ok(state)
    }

    pub fn verifier(&self) -> &VerifierKey {
        self.key.verifier()
    }

    /// Lets a journal be cosigned from now on; a running witness follows within seconds.
    pub fn know(folder: &Path, vkey: &str) -> Result<VerifierKey, WitnessError> {
        let wrong = || WitnessError::Key(vkey.to_owned());
        let key: VerifierKey = vkey.trim().parse().map_err(|_| wrong())?;
        if key.role() != Role::Signer {
            return Err(wrong());
        }
        let home = folder.join("logs").join(home_of(key.name()));
        std::fs::create_dir_all(&home).map_err(file(&home))?;
        write_whole(&home, "vkey", &format!("{key}\n"))?;
        Ok(key)
    }

    /// Takes in journals that were added since. What is known of the others stays as it is.
    pub fn follow(&self) -> Result<(), WitnessError> {
        let folder = self.folder.join("logs");
        let mut logs = self.logs.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in std::fs::read_dir(&folder).map_err(file(&folder))? {
            let home = entry.map_err(file(&folder))?.path();
            let known = read_log(&home)?;
            logs.entry(known.origin.clone())
                .or_insert_with(|| Arc::new(Mutex::new(known)));
        }
        Ok(())
    }

    /// Cosigns a checkpoint at `now` (seconds since 1970), if it continues the last; gives the cosignature's line.
    ///
    /// What was decided is durable before it is signed: a crash in between costs a cosignature, never the memory.
    pub fn cosign(&self, request: &AddCheckpoint, now: u64) -> Result<String, Failed> {
        let origin = request.checkpoint().origin();
        let log = self.log(origin);
        let Some(log) = log else {
            request.judge(None)?;
            return Err(Refusal::UnknownLog {
                origin: origin.to_owned(),
            }
            .into());
        };
        let mut known = log.lock().unwrap_or_else(PoisonError::into_inner);
        let head = request.judge(Some(&known))?;
        let home = self.folder.join("logs").join(home_of(origin));
        write_whole(&home, "checkpoint", &request.note().to_string())?;
        known.latest = head;
        let signature = self.key.cosign(request.note().text(), now);
        let signature = signature.map_err(|error| WitnessError::Damaged {
            path: self.folder.clone(),
            why: error.to_string(),
        })?;
        Ok(format!("{signature}\n"))
    }

    /// What was cosigned last for the journal at this monitoring path.
    pub fn latest(&self, home: &str) -> Result<Option<String>, WitnessError> {
        let logs = self.logs.lock().unwrap_or_else(PoisonError::into_inner);
        if !logs.keys().any(|origin| home_of(origin) == home) {
            return Ok(None);
        }
        let path = self.folder.join("logs").join(home).join("checkpoint");
        match std::fs::read_to_string(&path) {
            Ok(note) => Ok(Some(note)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(WitnessError::File { path, error }),
        }
    }

    fn log(&self, origin: &str) -> Option<Shared> {
        let logs = self.logs.lock().unwrap_or_else(PoisonError::into_inner);
        logs.get(origin).cloned()
    }
}

/// The folder of a journal, as its monitoring path has it.
fn home_of(origin: &str) -> String {
    let path = monitoring_path(origin);
    path.split('/').next().unwrap_or_default().to_owned()
}

fn read_log(home: &Path) -> Result<KnownLog, WitnessError> {
    let path = home.join("vkey");
    let damaged = |path: &Path, why: &dyn std::fmt::Display| WitnessError::Damaged {
        path: path.to_path_buf(),
        why: why.to_string(),
    };
    let vkey = std::fs::read_to_string(&path).map_err(file(&path))?;
    let key: VerifierKey = vkey.trim().parse().map_err(|error| damaged(&path, &error))?;
    let path = home.join("checkpoint");
    let latest = match std::fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => TreeHead::EMPTY,
        read => {
            let note = Note::parse(&read.map_err(file(&path))?).map_err(|error| damaged(&path, &error))?;
            let checkpoint = Checkpoint::open(&note, &key).map_err(|error| damaged(&path, &error))?;
            checkpoint.head()
        }
    };
    Ok(KnownLog {
        origin: key.name().to_owned(),
        keys: vec![key],
        latest,
    })
}

fn write_whole(folder: &Path, name: &str, text: &str) -> Result<(), WitnessError> {
    let path = folder.join(name);
    replace(&path, text.as_bytes()).map_err(file(&path))
}
