//! Checking a receipt.

use kronika_tlog::commitment::PartHasher;
use kronika_tlog::note::{KeyError, VerifierKey};
use kronika_tlog::policy::{Policy, PolicyError};
use kronika_tlog::tree::verify_inclusion;

use super::checkpoint::{self, Signed};
use super::{Claim, ClaimName, Options, Overall, Status, Verdict};
use crate::opening::Opens;
use crate::receipt::{Receipt, ReceiptError};
use crate::{instant, layout};

/// Why a receipt could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptVerifyError {
    /// It is none.
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
    /// The key in it is none.
    #[error("the key in the receipt: {0}")]
    Key(#[from] KeyError),
    /// Nor can a policy be made of it.
    #[error("the key in the receipt: {0}")]
    Policy(#[from] PolicyError),
}

/// Checks a receipt, and the original if there is one. Without it a receipt proves only that something was recorded.
///
/// # Errors
/// If the file is no receipt. That it does not hold is no error.
pub fn receipt(
    file: &[u8],
    original: Option<&[u8]>,
    options: &Options,
) -> Result<Verdict, ReceiptVerifyError> {
    let receipt = Receipt::parse(file)?;
    let policy = match &options.policy {
        Some(policy) => policy.clone(),
        None => {
            let key: VerifierKey = receipt.key.parse()?;
            Policy::parse(format!("log {key}\nquorum none\n").as_bytes())?
        }
    };
    let mut openings = Claim::new(ClaimName::Openings);
    let mut inclusion = Claim::new(ClaimName::Inclusion);
    let mut signed = Claim::new(ClaimName::Checkpoint);
    let mut witnesses = Claim::new(ClaimName::Witnesses);
    let opens = check_opening(&receipt, original, &mut openings);
    let note = receipt.proof.checkpoint.to_string();
    match checkpoint::open("the checkpoint", note.into_bytes(), &policy) {
        Ok((checkpoint, key)) => {
            signed.rest_on(key.to_string());
            signed.checked(format!(
                "The journal {} had {} entries when its key signed.",
                key.name(),
                checkpoint.head.size
            ));
            if options.policy.is_none() {
                signed.say(
                    "The key is the receipt's own. Compare it with one that the archive gave out elsewhere, or give a policy.",
                );
            }
            check_inclusion(&receipt, opens.as_ref(), &checkpoint, &mut inclusion);
            check_witnesses(&policy, &checkpoint, &mut witnesses);
        }
        Err(why) => signed.wrong(why.to_string()),
    }
    let claims = vec![openings, inclusion, signed, witnesses];
    Ok(Verdict {
        package: "receipt".to_owned(),
        overall: overall(&claims),
        claims,
        items: Vec::new(),
    })
}

fn check_opening(receipt: &Receipt, original: Option<&[u8]>, claim: &mut Claim) -> Option<Opens> {
    let opens = match receipt.opening.check() {
        Ok(opens) => opens,
        Err(error) => {
            claim.wrong(error.to_string());
            return None;
        }
    };
    let logged_at = i64::try_from(opens.leaf.logged_at).unwrap_or(i64::MAX);
    let logged_at = instant::text(logged_at.saturating_mul(1000));
    let Some(original) = original else {
        claim.say("Not checked: give the original, for the receipt is worth nothing without it.");
        return Some(opens);
    };
    let opened = receipt
        .opening
        .opened
        .iter()
        .find(|part| part.name == layout::ORIGINAL);
    let Some(opened) = opened else {
        claim.wrong("the receipt does not open the original");
        return Some(opens);
    };
    let found = opened.salt().ok().and_then(|salt| {
        let mut hasher = PartHasher::new(&salt, &opened.name, original.len() as u64).ok()?;
        hasher.update(original);
        hasher.finish().ok()
    });
    match found {
        Some(found) if opens.parts.get(usize::from(opened.number)) == Some(&found) => claim.checked(format!(
            "The original is, byte for byte, what the archive committed to; it says that it sealed it at {logged_at}."
        )),
        _ => claim.wrong("the original is not what the receipt was given for, or not byte for byte"),
    }
    Some(opens)
}

fn check_inclusion(receipt: &Receipt, opens: Option<&Opens>, checkpoint: &Signed, claim: &mut Claim) {
    let Some(opens) = opens else { return };
    let (index, path) = (receipt.proof.index, &receipt.proof.path);
    match verify_inclusion(&checkpoint.head, index, &opens.leaf.hash(), path) {
        Ok(()) => claim.checked(format!("It is entry {index} of the journal, counted from 0.")),
        Err(error) => claim.wrong(error.to_string()),
    }
}

fn check_witnesses(policy: &Policy, checkpoint: &Signed, claim: &mut Claim) {
    for (witness, at) in &checkpoint.cosigned {
        claim.rest_on(witness);
        let at = instant::text(instant::of_cosignature(*at));
        claim.say(format!("{witness} cosigned the checkpoint at {at}."));
    }
    match policy.endorse(&checkpoint.note) {
        Ok(_) if policy.trusts_logs_alone() => {
            claim.say("Not checked: no policy that asks for witnesses was given.")
        }
        Ok(_) => claim.checked("These are as many as the policy asks for."),
        Err(error) => claim.wrong(error.to_string()),
    }
}

fn overall(claims: &[Claim]) -> Overall {
    let essential = |claim: &&Claim| claim.name != ClaimName::Witnesses;
    if claims.iter().any(|claim| claim.status == Status::Fails) {
        Overall::Damaged
    } else if claims
        .iter()
        .filter(essential)
        .all(|claim| claim.status == Status::Holds)
    {
        Overall::Sound
    } else {
        Overall::CouldNotCheck
    }
}
