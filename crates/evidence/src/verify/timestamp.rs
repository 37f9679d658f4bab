//! Timestamps over the checkpoints.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use kronika_timestamp::{Certificate, Crl, Expected, HashAlgorithm, Stamped, Token, Trust, verify};

use super::checkpoint::{Journal, Signed};
use super::leaves::Tree;
use super::time::Known;
use super::{Claim, ClaimName, Findings, Opened, VerifyError};
use crate::{instant, layout};

/// Most bytes of a token, a container or a list of certificates.
const MAX_TOKEN: u64 = 1 << 20;

/// Most bytes of a revocation list.
const MAX_CRL: u64 = 1 << 25;

/// Most timestamps and revocation lists.
const MAX_FILES: usize = 1000;

/// Says that nothing could be done without a checkpoint.
pub fn not_checked(found: &mut Findings) {
    let claim = found.claim(ClaimName::Timestamps);
    claim.say("They could not be checked without a signed checkpoint.");
}

/// Checks all tokens; gives when checkpoints were there at the latest, by their authorities.
pub fn check<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    found: &mut Findings,
    (journal, tree): (&Journal, &Tree),
) -> Result<Vec<Known>, VerifyError> {
    let claim = found.claim(ClaimName::Timestamps);
    let files = Files::find(opened, claim);
    let mut known = Vec::new();
    if files.tokens.is_empty() {
        claim.say("There are none, so no authority outside stands for the time.");
        return Ok(known);
    }
    let trust = read_trust(opened, claim, &files)?;
    let can_check = !trust.anchors.is_empty();
    if !can_check {
        claim.say(
            "They could not be checked: give the root certificates of the authorities, from the European Union's list of \
             trusted services.",
        );
    }
    for name in &files.tokens {
        let Some(bytes) = opened.read(name, MAX_TOKEN, claim)? else {
            continue;
        };
        match check_token(&bytes, journal, &trust, opened.options.now) {
            Ok(Stamp {
                checkpoint,
                said,
                key,
                times,
            }) => {
                claim.say(format!("{name}: {said}"));
                if let Some((earliest, latest)) = times {
                    claim.rest_on(&key);
                    let size = checkpoint.head.size;
                    if tree.is_of(checkpoint.head, journal) {
                        known.push(Known {
                            size,
                            earliest,
                            latest,
                            by: key,
                        });
                    }
                }
            }
            Err(problem) => claim.wrong(format!("{name}: {problem}")),
        }
    }
    if can_check {
        claim.checked(format!(
            "{} timestamps were checked down to a root that was given.",
            files.tokens.len()
        ));
    }
    Ok(known)
}

/// The files that have to do with timestamps.
struct Files {
    tokens: Vec<String>,
    crls: Vec<String>,
    has_chain: bool,
}

impl Files {
    /// Finds them; all others in the folder are wrong.
    fn find<R: Read + Seek>(opened: &Opened<'_, R>, claim: &mut Claim) -> Files {
        let mut names: BTreeSet<String> = opened.names(layout::TIMESTAMPS).into_iter().collect();
        let mut take = |name: fn(usize) -> String| {
            let numbered = (1..=MAX_FILES).map(name);
            numbered.take_while(|name| names.remove(name)).collect::<Vec<_>>()
        };
        let tokens = take(layout::token);
        let crls = take(layout::crl);
        let has_chain = names.remove(layout::CHAIN);
        let containers = (1..=tokens.len()).filter(|number| names.remove(&layout::token_container(*number)));
        if containers.count() > 0 {
            claim.say("The containers (.asics) are for other programs and were not looked into.");
        }
        for name in names {
            claim.wrong(format!("{name} is not a timestamp, nor what belongs to one"));
        }
        Files {
            tokens,
            crls,
            has_chain,
        }
    }
}

fn read_trust<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    claim: &mut Claim,
    files: &Files,
) -> Result<Trust, VerifyError> {
    let mut trust = Trust {
        anchors: opened.options.roots.clone(),
        ..Trust::default()
    };
    if files.has_chain
        && let Some(bytes) = opened.read(layout::CHAIN, MAX_TOKEN, claim)?
    {
        match Certificate::from_file(&bytes) {
            Ok(certificates) => trust.intermediates = certificates,
            Err(error) => claim.wrong(format!("{}: {error}", layout::CHAIN)),
        }
    }
    let mut left = MAX_CRL;
    for name in &files.crls {
        let Some(bytes) = opened.read(name, left, claim)? else {
            continue;
        };
        left = left.saturating_sub(bytes.len() as u64);
        match Crl::from_file(&bytes) {
            Ok(crls) => trust.crls.extend(crls),
            Err(error) => claim.wrong(format!("{name}: {error}")),
        }
    }
    Ok(trust)
}

/// What one token says.
struct Stamp<'a> {
    checkpoint: &'a Signed,
    said: String,
    key: String,
    /// When it was made, not before and not after, if it could be checked.
    times: Option<(i64, i64)>,
}

fn check_token<'a>(bytes: &[u8], journal: &'a Journal, trust: &Trust, now: i64) -> Result<Stamp<'a>, String> {
    let token = Token::parse(bytes).map_err(|error| error.to_string())?;
    let info = token.info();
    let algorithm =
        HashAlgorithm::from_oid(&info.imprint_algorithm()).ok_or("its hash is of a kind not trusted")?;
    let mut checkpoints = std::iter::once(&journal.checkpoint).chain(&journal.older);
    let checkpoint = checkpoints.find(|checkpoint| algorithm.hash(&checkpoint.bytes) == info.hash());
    let checkpoint = checkpoint.ok_or("it stamps none of the checkpoints")?;
    let stamped = format!("{} with {} entries", checkpoint.file, checkpoint.head.size);
    if trust.anchors.is_empty() {
        let at = instant::text(info.gen_time());
        let said = format!("it says to stamp {stamped} at {at}.");
        return Ok(Stamp {
            checkpoint,
            said,
            key: String::new(),
            times: None,
        });
    }
    let expected = Expected {
        stamped: Stamped::Data(&checkpoint.bytes),
        nonce: None,
        policies: &[],
    };
    let verified = verify(&token, &expected, trust, now).map_err(|error| error.to_string())?;
    let at = instant::text(verified.gen_time);
    let revocation = if verified.revocation_checked {
        "none of its certificates was revoked by the lists included"
    } else {
        "whether a certificate was revoked could not be checked, for want of a list"
    };
    Ok(Stamp {
        checkpoint,
        said: format!("{} stamped {stamped} at {at}; {revocation}.", verified.authority),
        key: format!("{} under {}", verified.authority, verified.anchor),
        times: Some((verified.earliest(), verified.latest())),
    })
}
