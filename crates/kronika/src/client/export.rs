//! Giving a client's interactions out: originals byte for byte, an index, and what proves each.
//!
//! ```text
//! OUT/index.csv, index.jsonl      one line an interaction
//!     originals/000001.eml        as captured
//!     proofs/000001.tlog-proof    inclusion under the checkpoint (C2SP tlog-proof)
//!     proofs/000001.opening.json  what opens the commitment: salts of the disclosed parts, hashes of all
//!     proofs/000001.meta.json     the committed metadata, byte for byte
//!     checkpoint.txt, key.txt     the journal's signed root and its public key
//! ```

use std::io;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde_json::json;

use super::store;
use crate::archive::Archive;
use crate::archive::id::{ClientId, InteractionKey};
use crate::interaction::Recorded;
use crate::interaction::read::whole;
use crate::journal::load::{self, LoadError, Opened};
use crate::journal::prove::{Inclusion, Proven, prove};
use crate::journal::store as journal;
use crate::on_db;
use crate::secrecy::KeyringError;
use crate::storage::{Conn, StorageError};

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("{} exists already; choose another folder", .0.display())]
    Exists(PathBuf),
    #[error("client {0} does not exist")]
    NoClient(ClientId),
    #[error("interaction {0} is not sealed yet; try again in a moment")]
    NotSealed(InteractionKey),
    #[error("the export could not be written: {0}")]
    File(#[from] io::Error),
    #[error("the index could not be written: {0}")]
    Csv(#[from] csv::Error),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
}

/// What was given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    pub interactions: u64,
    pub bytes: u64,
}

/// Exports a client's interactions, oldest first, into the folder `out`, which must not exist.
pub async fn export(archive: &Archive, client: ClientId, out: &Path) -> Result<Exported, ExportError> {
    if out.exists() {
        return Err(ExportError::Exists(out.into()));
    }
    let conn = &mut archive.db.read().await?;
    store::find(conn, client)
        .await?
        .ok_or(ExportError::NoClient(client))?;
    std::fs::create_dir_all(out.join("originals"))?;
    std::fs::create_dir_all(out.join("proofs"))?;
    let mut index = Index::create(out)?;
    let mut exported = Exported {
        interactions: 0,
        bytes: 0,
    };
    for (number, key) in (1..).zip(keys(conn, client).await?) {
        exported.bytes += one(archive, conn, key, (number, out, &mut index)).await?;
        exported.interactions += 1;
    }
    index.csv.flush()?;
    if let Some((_, _, note)) = journal::latest_checkpoint(conn).await? {
        std::fs::write(out.join("checkpoint.txt"), note)?;
    }
    std::fs::write(
        out.join("key.txt"),
        format!("{}\n", archive.sealer.verifier_key(archive).await?),
    )?;
    Ok(exported)
}

async fn keys(conn: &mut Conn, client: ClientId) -> Result<Vec<InteractionKey>, StorageError> {
    const SQL: &str = "SELECT interaction_key FROM assignment WHERE client_id = $1 ORDER BY interaction_key";
    let keys: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(SQL).bind(client.0).fetch_all(c).await)?;
    Ok(keys.into_iter().map(InteractionKey).collect())
}

async fn one(
    archive: &Archive,
    conn: &mut Conn,
    key: InteractionKey,
    (number, out, index): (u64, &Path, &mut Index),
) -> Result<u64, ExportError> {
    let Some(whole) = whole(archive, conn, key).await? else {
        return Ok(0);
    };
    let opened = load::open(archive, conn, whole.original_record).await?;
    let proven = prove(archive, conn, whole.original_record)
        .await?
        .ok_or(ExportError::NotSealed(key))?;
    let place = proven.place.clone().ok_or(ExportError::NotSealed(key))?;
    let name = format!("{number:06}");
    let proofs = out.join("proofs");
    std::fs::write(out.join("originals").join(format!("{name}.eml")), &whole.original)?;
    std::fs::write(proofs.join(format!("{name}.tlog-proof")), place.to_file()?)?;
    std::fs::write(proofs.join(format!("{name}.meta.json")), &opened.meta_bytes)?;
    let opening = serde_json::to_vec_pretty(&opening(&opened, &proven)).map_err(io::Error::other)?;
    std::fs::write(proofs.join(format!("{name}.opening.json")), opening)?;
    index.add(&name, &whole.recorded, (whole.meta.captured_at, &proven, &place))?;
    Ok(whole.original.len() as u64)
}

/// Opens `meta` and `original`; the other parts stay named by their hashes.
fn opening(opened: &Opened, proven: &Proven) -> serde_json::Value {
    let salt = |number: u16| HEXLOWER.encode(opened.salt.part(number).as_bytes());
    json!({
        "leaf": HEXLOWER.encode(&proven.leaf.to_bytes()),
        "parts": opened.row.parts.iter().map(|part| format!("{part:x}")).collect::<Vec<_>>(),
        "opened": [
            { "number": 0, "name": "meta", "salt": salt(0) },
            { "number": 1, "name": "original", "salt": salt(1) },
        ],
    })
}

/// The two forms of the index.
struct Index {
    csv: csv::Writer<std::fs::File>,
    jsonl: std::fs::File,
}

const COLUMNS: [&str; 12] = [
    "file",
    "interaction",
    "claimed_at",
    "captured_at",
    "logged_at",
    "journal_index",
    "direction",
    "from",
    "to",
    "subject",
    "size",
    "sha256",
];

impl Index {
    fn create(out: &Path) -> Result<Index, ExportError> {
        let mut csv = csv::Writer::from_path(out.join("index.csv"))?;
        csv.write_record(COLUMNS)?;
        Ok(Index {
            csv,
            jsonl: std::fs::File::create(out.join("index.jsonl"))?,
        })
    }

    fn add(
        &mut self,
        name: &str,
        recorded: &Recorded,
        (captured_at, proven, place): (i64, &Proven, &Inclusion),
    ) -> Result<(), ExportError> {
        let logged_at = i64::try_from(proven.leaf.logged_at)
            .unwrap_or(i64::MAX)
            .saturating_mul(1000);
        let values = [
            format!("originals/{name}.eml"),
            recorded.interaction.to_string(),
            recorded.claimed_at.map_or_else(String::new, instant),
            instant(captured_at),
            instant(logged_at),
            place.index.to_string(),
            recorded.direction.name().to_owned(),
            recorded
                .from()
                .map_or_else(String::new, |from| from.address.clone()),
            addresses(recorded, "to"),
            recorded.subject.clone(),
            recorded.size.to_string(),
            recorded.sha256.clone(),
        ];
        self.csv.write_record(&values)?;
        let line: serde_json::Map<String, serde_json::Value> = COLUMNS
            .iter()
            .map(|column| (*column).to_owned())
            .zip(values.iter().map(|value| json!(value)))
            .collect();
        serde_json::to_writer(&mut self.jsonl, &line).map_err(io::Error::other)?;
        io::Write::write_all(&mut self.jsonl, b"\n")?;
        Ok(())
    }
}

fn addresses(recorded: &Recorded, role: &str) -> String {
    let people = recorded.participants.iter().filter(|person| person.role == role);
    people
        .map(|person| person.address.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

fn instant(microseconds: i64) -> String {
    Timestamp::from_microsecond(microseconds).map_or_else(|_| String::new(), |at| at.to_string())
}
