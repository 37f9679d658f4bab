//! A journal of an archive that has a client, number 7, and what a package of it is made from.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use kronika_evidence::opening::Hole;
use kronika_evidence::verify::{ClaimName, Status};
use kronika_evidence::{
    ClientFile, Disclosed, Item, Journal, Options, Package, Place, Saved, Source, Verdict, verify, write,
};
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::commitment::{Kind, Leaf, RecordSalt, commit_part, commit_record};
use kronika_tlog::cosignature::CosigningKey;
use kronika_tlog::note::{Note, SigningKey};
use kronika_tlog::policy::Policy;
use kronika_tlog::proof::Proof;
use kronika_tlog::tile::{Bundle, append_entry};
use kronika_tlog::tree::{Frontier, HashReader, Node, prove_inclusion};
use kronika_tlog::{Hash, TreeHead};
use serde_json::json;
use sha2::{Digest, Sha256};

pub const ORIGIN: &str = "kronika.archive/0123456789abcdef";

/// When the first entry was logged: 1 November 2026, in milliseconds. Every other came a minute later.
pub const BEGAN: u64 = 1_793_491_200_000;

/// When packages are made and verified: 26 November 2026, in microseconds.
pub const NOW: i64 = 1_795_651_200_000_000;

/// An archive's journal and its records.
pub struct Archive {
    pub key: SigningKey,
    pub witness: CosigningKey,
    pub leaves: Vec<Leaf>,
    pub records: Vec<Record>,
    /// Hashes of all perfect subtrees, level by level, once a proof was asked for.
    subtrees: OnceCell<Vec<Vec<Hash>>>,
}

/// Length and hash of an original that is not held.
type MadeUp<'a> = dyn Fn(&RecordSalt) -> (u64, Hash) + 'a;

/// A record in the client's file.
#[derive(Clone)]
pub struct Record {
    pub index: u64,
    pub meta: Vec<u8>,
    pub salt: RecordSalt,
    /// Names and contents of all parts.
    pub parts: Vec<(String, Vec<u8>)>,
    pub hashes: Vec<Hash>,
    pub sizes: Vec<u64>,
    pub commitment: Hash,
}

impl Archive {
    /// A journal of `size` entries; every fifth, from the second on, is a record of the client's.
    pub fn new(size: u64) -> Archive {
        Archive::build(size, None)
    }

    /// The same with originals that are not held; their length and hash are given.
    #[allow(dead_code, reason = "for the test of memory")]
    pub fn with_originals(size: u64, made_up: impl Fn(&RecordSalt) -> (u64, Hash)) -> Archive {
        Archive::build(size, Some(&made_up))
    }

    fn build(size: u64, made_up: Option<&MadeUp>) -> Archive {
        let mut archive = Archive {
            key: SigningKey::from_seed(ORIGIN, &[7; 32]).unwrap(),
            witness: CosigningKey::from_seed("witness.example/a", &[8; 32]).unwrap(),
            leaves: Vec::new(),
            records: Vec::new(),
            subtrees: OnceCell::new(),
        };
        for index in 0..size {
            let commitment = if index % 5 == 1 {
                archive.record(index, made_up)
            } else {
                Hash::leaf(&index.to_be_bytes())
            };
            archive.leaves.push(Leaf {
                kind: Kind::Record,
                logged_at: BEGAN + index * 60_000,
                commitment,
            });
        }
        archive
    }

    fn record(&mut self, index: u64, made_up: Option<&MadeUp>) -> Hash {
        let number = self.records.len() as u64 + 1;
        let previous = self
            .records
            .last()
            .map(|record| format!("{:x}", record.commitment));
        let attachment = format!("attachment {number}").into_bytes();
        let original = format!(
            "From: anna@client.example\r\nSubject: Offer {number}\r\n\r\nWe agree to {number},000 euros.\r\n{}\r\n",
            String::from_utf8_lossy(&attachment)
        )
        .into_bytes();
        let salt = RecordSalt::from([number as u8; 32]);
        let made_up = made_up.map(|made_up| made_up(&salt));
        let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(&original));
        let meta = json!({
            "v": 1,
            "captured_at": (BEGAN + index * 60_000) * 1000 - 5_250_000,
            "by": "import",
            "files": [{ "client": "000000000000a", "number": number, "previous": previous }],
            "act": { "interaction": {
                "interaction": number,
                "claimed_at": (BEGAN + index * 60_000) * 1000 - 90_000_000,
                "direction": "inbound",
                "participants": [
                    { "role": "from", "name": "Anna, of \"Client\"", "address": "anna@client.example" },
                    { "role": "to", "name": "", "address": "us@firm.example" },
                ],
                "subject": format!("=Offer \"{number}\", přijatá"),
                "size": made_up.map_or(original.len() as u64, |(size, _)| size),
                "sha256": made_up.is_none().then_some(sha256),
                "parts": [{ "number": "1" }, { "number": "1.2" }],
            } },
        });
        let meta = serde_json::to_vec(&meta).unwrap();
        let parts = vec![
            ("meta".to_owned(), meta.clone()),
            ("original".to_owned(), original),
            ("part/1".to_owned(), b"We agree.".to_vec()),
            ("part/1.2".to_owned(), attachment),
        ];
        let mut sizes: Vec<u64> = parts.iter().map(|(_, data)| data.len() as u64).collect();
        let mut hashes: Vec<Hash> = (0..)
            .zip(&parts)
            .map(|(part, (name, data))| commit_part(&salt.part(part), name, data).unwrap())
            .collect();
        if let Some((size, hash)) = made_up {
            (sizes[1], hashes[1]) = (size, hash);
        }
        let commitment = commit_record(&hashes).unwrap();
        self.records.push(Record {
            index,
            meta,
            salt,
            parts,
            hashes,
            sizes,
            commitment,
        });
        commitment
    }

    pub fn head(&self, size: u64) -> TreeHead {
        let leaves = self.leaves.iter().take(size as usize);
        leaves.map(Leaf::hash).collect::<Frontier>().head()
    }

    pub fn size(&self) -> u64 {
        self.leaves.len() as u64
    }

    /// A checkpoint, cosigned a minute after its last entry.
    pub fn checkpoint(&self, size: u64) -> Note {
        let text = Checkpoint::new(ORIGIN, self.head(size)).unwrap().to_string();
        let mut note = Note::sign(text, &self.key).unwrap();
        let at = BEGAN / 1000 + size * 60;
        note.add(self.witness.cosign(note.text(), at).unwrap()).unwrap();
        note
    }

    pub fn policy(&self) -> String {
        let (log, witness) = (self.key.verifier(), self.witness.verifier());
        format!("log {log}\nwitness a {witness}\nquorum a\n")
    }

    /// Proves an entry under the checkpoint of `size` entries.
    pub fn proof(&self, index: u64, size: u64) -> Proof {
        let path = prove_inclusion(index, size, &mut self.subtrees()).unwrap();
        Proof {
            extra: None,
            index,
            path,
            checkpoint: self.checkpoint(size),
        }
    }

    /// An item that discloses metadata and original.
    pub fn item(&self, record: &Record) -> Item {
        self.item_of(record, &["meta", "original"])
    }

    /// An item that discloses these parts and withholds the others.
    pub fn item_of(&self, record: &Record, disclosed: &[&str]) -> Item {
        let parts = (0..).zip(&record.parts);
        let (open, closed): (Vec<_>, Vec<_>) =
            parts.partition(|(_, (name, _))| disclosed.contains(&name.as_str()));
        let has_original = disclosed.contains(&"original");
        let withheld = closed
            .into_iter()
            .filter(|(number, _)| !has_original || *number < 2);
        Item {
            leaf: self.leaves[record.index as usize],
            proof: self.proof(record.index, self.size()),
            parts: record.hashes.clone(),
            disclosed: open
                .into_iter()
                .map(|(number, (name, _))| Disclosed {
                    number,
                    name: name.clone(),
                    salt: record.salt.part(number),
                    size: record.sizes[usize::from(number)],
                })
                .collect(),
            withheld: withheld
                .map(|(number, (name, _))| Hole {
                    number,
                    name: name.clone(),
                    reason: "a secret of others".into(),
                })
                .collect(),
            meta: disclosed.contains(&"meta").then(|| record.meta.clone()),
        }
    }

    /// A package of these items, all in the client's file but those that are holes.
    pub fn package(&self, items: Vec<Item>) -> Package {
        let item_of = |record: &Record| items.iter().position(|item| item.proof.index == record.index);
        let records = (1..).zip(&self.records).map(|(number, record)| {
            let item = item_of(record).filter(|at| items[*at].meta.is_some());
            Place {
                number,
                commitment: format!("{:x}", record.commitment),
                item: item.map(|at| at as u64 + 1),
                hole: item.is_none().then(|| "about another matter".to_owned()),
            }
        });
        let file = ClientFile {
            client: "000000000000a".to_owned(),
            from: 1,
            to: self.records.len() as u64,
            records: records.collect(),
        };
        Package {
            folder: "kronika-2026-11-26".into(),
            made_at: NOW,
            organisation: "Firma s.r.o.\nPayload-Oxum: 1.1".into(),
            description: "Matter 12/2026".into(),
            journal: Journal {
                key: self.key.verifier().to_string(),
                policy: self.policy(),
                checkpoint: self.checkpoint(self.size()).to_string(),
                older: vec![self.checkpoint(4).to_string()],
                with_leaves: true,
                timestamps: Vec::new(),
                chain: String::new(),
                crls: Vec::new(),
            },
            items,
            completeness: vec![file],
            tombstones: Vec::new(),
            custody: vec![json!({ "at": "2026-11-26T10:00:00Z", "by": "owner", "act": "exported" })],
            reports: vec![b"%PDF-1.7 report".to_vec()],
            conversations: vec![b"{\"vcon\":1}".to_vec(), b"{\"vcon\":2}".to_vec()],
            dkim: vec![Saved {
                name: "s1._domainkey.client.example.txt".into(),
                content: b"v=DKIM1; p=".to_vec(),
            }],
        }
    }

    /// A package with all of the client's records.
    pub fn whole(&self) -> Package {
        self.package(self.records.iter().map(|record| self.item(record)).collect())
    }

    pub fn write(&self, package: &Package) -> Vec<u8> {
        let mut originals = Originals {
            archive: self,
            items: &package.items,
        };
        write(package, &mut originals, Cursor::new(Vec::new()))
            .unwrap()
            .into_inner()
    }
}

/// Hands out originals and leaves.
pub struct Originals<'a> {
    pub archive: &'a Archive,
    pub items: &'a [Item],
}

impl Source for Originals<'_> {
    fn part(&mut self, number: u64, name: &str) -> io::Result<Box<dyn Read + '_>> {
        let index = self.items[number as usize - 1].proof.index;
        let record = self
            .archive
            .records
            .iter()
            .find(|record| record.index == index)
            .unwrap();
        let part = record.parts.iter().find(|(part, _)| part == name).unwrap();
        Ok(Box::new(part.1.as_slice()))
    }

    fn leaves(&mut self, bundle: Bundle) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let leaves = self.archive.leaves.iter().skip(bundle.index() as usize * 256);
        for leaf in leaves.take(usize::from(bundle.width())) {
            append_entry(&mut bytes, &leaf.to_bytes()).unwrap();
        }
        Ok(bytes)
    }
}

/// Reads perfect subtrees from memory.
pub struct Subtrees<'a>(&'a [Vec<Hash>]);

impl Archive {
    fn subtrees(&self) -> Subtrees<'_> {
        Subtrees(self.subtrees.get_or_init(|| {
            let mut levels = vec![self.leaves.iter().map(Leaf::hash).collect::<Vec<_>>()];
            while levels[levels.len() - 1].len() > 1 {
                let (pairs, _) = levels[levels.len() - 1].as_chunks::<2>();
                levels.push(
                    pairs
                        .iter()
                        .map(|[left, right]| Hash::node(left, right))
                        .collect(),
                );
            }
            levels
        }))
    }
}

impl HashReader for Subtrees<'_> {
    type Error = std::convert::Infallible;

    fn node(&mut self, node: Node) -> Result<Hash, Self::Error> {
        Ok(self.0[usize::from(node.level)][node.index as usize])
    }
}

/// The verdict of somebody who was given the policy beforehand.
pub fn judge(archive: &Archive, bytes: &[u8]) -> Verdict {
    let policy = Policy::parse(archive.policy().as_bytes()).unwrap();
    judge_by(
        bytes,
        &Options {
            policy: Some(policy),
            roots: Vec::new(),
            now: NOW,
        },
    )
}

pub fn judge_by(bytes: &[u8], options: &Options) -> Verdict {
    verify(Cursor::new(bytes), options).unwrap()
}

/// The status of every claim.
pub fn statuses(verdict: &Verdict) -> BTreeMap<ClaimName, Status> {
    verdict
        .claims
        .iter()
        .map(|claim| (claim.name, claim.status))
        .collect()
}

/// The key of another archive.
#[allow(dead_code, reason = "for the test of the command")]
pub fn other_key() -> String {
    let key = SigningKey::from_seed("kronika.archive/ffffffffffffffff", &[9; 32]).unwrap();
    key.verifier().to_string()
}

/// All problems in one text.
pub fn problems(verdict: &Verdict) -> String {
    let problems = verdict.claims.iter().flat_map(|claim| &claim.problems);
    problems.map(String::as_str).collect::<Vec<_>>().join("\n")
}
