//! The checkpoint: who signed it, and who else saw it.

use std::io::{Read, Seek};

use kronika_tlog::TreeHead;
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::note::{Note, Role, VerifierKey};
use kronika_tlog::policy::{Policy, Unendorsed};

use super::leaves::Tree;
use super::time::Known;
use super::{Claim, ClaimName, Findings, Opened, VerifyError};
use crate::{instant, layout};

/// Most bytes of a checkpoint, key or policy.
pub const MAX_NOTE: u64 = 1 << 18;

/// Most older checkpoints, and most bytes of all of them.
const MAX_OLDER: usize = 1000;
const MAX_OLDER_BYTES: u64 = 1 << 24;

/// The journal as its own checkpoints show it. All of them are signed as the policy asks.
pub struct Journal {
    pub policy: Policy,
    /// The one that the items are proven under.
    pub checkpoint: Signed,
    pub older: Vec<Signed>,
}

/// A checkpoint whose signature by the log was found good.
#[derive(Clone)]
pub struct Signed {
    pub file: String,
    pub bytes: Vec<u8>,
    pub note: Note,
    pub head: TreeHead,
    /// Witnesses of the policy, and when each cosigned, in seconds.
    pub cosigned: Vec<(String, u64)>,
}

/// Checks key, policy and checkpoints. `None`, with the claim failing, without a signed checkpoint.
pub fn check<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    found: &mut Findings,
) -> Result<Option<Journal>, VerifyError> {
    let mut claim = Claim::new(ClaimName::Checkpoint);
    let journal = find(opened, &mut claim)?;
    if let Some(journal) = &journal {
        check_witnesses(
            journal,
            opened.options.policy.is_some(),
            found.claim(ClaimName::Witnesses),
        );
    }
    *found.claim(ClaimName::Checkpoint) = claim;
    Ok(journal)
}

fn find<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    claim: &mut Claim,
) -> Result<Option<Journal>, VerifyError> {
    let Some(policy) = choose_policy(opened, claim)? else {
        return Ok(None);
    };
    check_key(opened, claim, &policy)?;
    let Some(bytes) = opened.read(layout::CHECKPOINT, MAX_NOTE, claim)? else {
        return Ok(None);
    };
    let checkpoint = match open(layout::CHECKPOINT, bytes, &policy) {
        Ok((checkpoint, key)) => {
            claim.rest_on(key.to_string());
            let TreeHead { size, root } = checkpoint.head;
            claim.checked(format!(
                "The journal {} had {size} entries and the root {root} when its key signed.",
                key.name()
            ));
            checkpoint
        }
        Err(why) => {
            claim.wrong(format!("{}: {why}", layout::CHECKPOINT));
            return Ok(None);
        }
    };
    if opened.options.policy.is_none() {
        claim.say(
            "The key is the package's own. Compare it with one that the archive gave out earlier, or give a policy: \
             whoever makes a package can make a key.",
        );
    }
    let older = find_older(opened, claim, &policy)?;
    Ok(Some(Journal {
        policy,
        checkpoint,
        older,
    }))
}

fn choose_policy<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    claim: &mut Claim,
) -> Result<Option<Policy>, VerifyError> {
    let Some(bytes) = opened.read(layout::POLICY, MAX_NOTE, claim)? else {
        return Ok(None);
    };
    let own = match Policy::parse(&bytes) {
        Ok(own) => own,
        Err(error) => {
            claim.wrong(format!("{}: {error}", layout::POLICY));
            return Ok(None);
        }
    };
    let Some(given) = &opened.options.policy else {
        return Ok(Some(own));
    };
    if *given != own {
        claim.say("The package's own policy differs from the given one, which alone counts.");
    }
    Ok(Some(given.clone()))
}

fn check_key<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    claim: &mut Claim,
    policy: &Policy,
) -> Result<(), VerifyError> {
    let Some(bytes) = opened.read(layout::KEY, MAX_NOTE, claim)? else {
        return Ok(());
    };
    let key = String::from_utf8(bytes).ok();
    let key = key.and_then(|text| text.strip_suffix('\n')?.parse::<VerifierKey>().ok());
    match key {
        Some(key) if policy.logs().iter().any(|log| log.key == key) => {}
        Some(key) => claim.wrong(format!(
            "{}: the policy knows no journal with the key {key}",
            layout::KEY
        )),
        None => claim.wrong(format!("{}: it is not a key and a line feed", layout::KEY)),
    }
    Ok(())
}

fn find_older<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    claim: &mut Claim,
    policy: &Policy,
) -> Result<Vec<Signed>, VerifyError> {
    let names = opened.names(layout::OLDER);
    if names.len() > MAX_OLDER {
        claim.wrong(format!("{}: more than {MAX_OLDER} checkpoints", layout::OLDER));
    }
    let mut older = Vec::new();
    let mut left = MAX_OLDER_BYTES;
    for name in names.into_iter().take(MAX_OLDER) {
        let Some(bytes) = opened.read(&name, left.min(MAX_NOTE), claim)? else {
            continue;
        };
        left = left.saturating_sub(bytes.len() as u64);
        match open(&name, bytes, policy) {
            Ok((checkpoint, _)) => older.push(checkpoint),
            Err(why) => claim.wrong(format!("{name}: {why}")),
        }
    }
    if !older.is_empty() {
        claim.say(format!(
            "{} older checkpoints are signed with the same key.",
            older.len()
        ));
    }
    Ok(older)
}

/// Opens a checkpoint that one of the policy's logs must have signed; witnesses who signed wrongly refuse it as well.
pub fn open<'p>(
    file: &str,
    bytes: Vec<u8>,
    policy: &'p Policy,
) -> Result<(Signed, &'p VerifierKey), Unendorsed> {
    let note = Note::parse(&bytes)?;
    let checkpoint: Checkpoint = note.text().parse()?;
    let origin = || checkpoint.origin().to_owned();
    let logs = policy.logs().iter().map(|log| &log.key);
    let logs: Vec<_> = logs.filter(|key| key.name() == checkpoint.origin()).collect();
    if logs.is_empty() {
        return Err(Unendorsed::UnknownLog { origin: origin() });
    }
    let witnesses = policy.witnesses().iter().map(|witness| &witness.key);
    let verified = note.verify(witnesses.chain(logs.iter().copied()))?;
    let has_signed = |key: &&VerifierKey| verified.iter().any(|signature| signature.key == *key);
    let log = logs.into_iter().find(has_signed);
    let log = log.ok_or_else(|| Unendorsed::NotSignedByLog { origin: origin() })?;
    let cosigned = verified
        .iter()
        .filter(|signature| signature.key.role() == Role::Cosigner);
    let cosigned = cosigned.filter_map(|signature| Some((signature.key.to_string(), signature.cosigned_at?)));
    let signed = Signed {
        file: file.to_owned(),
        bytes,
        head: checkpoint.head(),
        cosigned: cosigned.collect(),
        note,
    };
    Ok((signed, log))
}

fn check_witnesses(journal: &Journal, policy_was_given: bool, claim: &mut Claim) {
    for (witness, at) in &journal.checkpoint.cosigned {
        claim.rest_on(witness);
        let at = instant::text(instant::of_cosignature(*at));
        claim.say(format!("{witness} cosigned the checkpoint at {at}."));
    }
    match journal.policy.endorse(&journal.checkpoint.note) {
        Ok(_) if journal.policy.trusts_logs_alone() => claim.say(
            "Not checked: the policy asks for no witnesses, so nobody outside stands for there being no second journal.",
        ),
        Ok(_) => claim.checked("These are as many as the policy asks for."),
        Err(error) => claim.wrong(error.to_string()),
    }
    if !policy_was_given && !journal.policy.trusts_logs_alone() {
        claim.say("The policy is the package's own: that its witnesses are independent must be known from elsewhere.");
    }
}

/// When checkpoints were there at the latest, by their witnesses.
pub fn cosigned(journal: &Journal, tree: &Tree) -> Vec<Known> {
    let checkpoints = std::iter::once(&journal.checkpoint).chain(&journal.older);
    let checkpoints = checkpoints.filter(|checkpoint| tree.is_of(checkpoint.head, journal));
    let known = checkpoints.flat_map(|checkpoint| {
        checkpoint.cosigned.iter().map(|(witness, at)| Known {
            size: checkpoint.head.size,
            earliest: instant::of_cosignature(*at),
            latest: instant::of_cosignature(*at),
            by: witness.clone(),
        })
    });
    known.collect()
}
