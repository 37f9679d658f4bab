//! Integrity: the files are those that the manifests list, and no others.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use sha2::{Digest, Sha256};

use super::{ClaimName, Findings, Opened, VerifyError, damage, note_dkim};
use crate::bag::{BAGIT, FileHash, Manifest, is_payload, is_tag_file};
use crate::container::MAX_ENTRIES;
use crate::layout;

/// Most bytes of a manifest.
const MAX_MANIFEST: u64 = MAX_ENTRIES * 280;

/// Hashes of all files that are there, by name.
pub type Hashes = BTreeMap<String, FileHash>;

/// Reads every file once, and compares with the manifests.
pub fn check<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    found: &mut Findings,
) -> Result<Hashes, VerifyError> {
    note_dkim(opened, found);
    let claim = found.claim(ClaimName::Integrity);
    let mut hashes = Hashes::new();
    for entry in opened.reader.entries() {
        let mut sha = Sha256::new();
        match opened.reader.copy(&entry.name, |piece| sha.update(piece)) {
            Ok(()) => drop(hashes.insert(entry.name, sha.finalize().into())),
            Err(error) => {
                claim.wrong(damage(error)?);
            }
        }
    }
    for (name, lists_payload) in [(layout::MANIFEST, true), (layout::TAG_MANIFEST, false)] {
        let Some(bytes) = opened.read(name, MAX_MANIFEST, claim)? else {
            continue;
        };
        match Manifest::parse(&bytes) {
            Ok(manifest) => compare(claim, name, &manifest, &listed_by(&hashes, lists_payload)),
            Err(error) => claim.wrong(format!("{name}: {error}")),
        }
    }
    for name in hashes
        .keys()
        .filter(|name| !is_payload(name) && !is_tag_file(name))
    {
        claim.wrong(format!("{name} does not belong to a package"));
    }
    if opened
        .read(layout::BAGIT, 1 << 10, claim)?
        .is_some_and(|found| found != BAGIT.as_bytes())
    {
        claim.wrong(format!("{} is not as BagIt has it", layout::BAGIT));
    }
    claim.checked(format!(
        "All {} files were hashed (SHA-256) and compared with {} and {}. This shows that nothing was damaged; whoever \
         changes a file can change the lists too, so what cannot be changed is shown by the claims below.",
        hashes.len(),
        layout::MANIFEST,
        layout::TAG_MANIFEST
    ));
    Ok(hashes)
}

fn listed_by(hashes: &Hashes, payload: bool) -> BTreeMap<&String, &FileHash> {
    let belongs = |name: &str| is_payload(name) == payload && name != layout::TAG_MANIFEST;
    hashes.iter().filter(|(name, _)| belongs(name)).collect()
}

fn compare(claim: &mut super::Claim, list: &str, manifest: &Manifest, there: &BTreeMap<&String, &FileHash>) {
    for (name, hash) in &manifest.0 {
        match there.get(name) {
            None => claim.wrong(format!("{name} is in {list}, but not in the package")),
            Some(found) if *found != hash => claim.wrong(format!("{name} was changed")),
            Some(_) => {}
        }
    }
    for name in there.keys().filter(|name| !manifest.0.contains_key(**name)) {
        claim.wrong(format!("{name} is in the package, but not in {list}"));
    }
}
