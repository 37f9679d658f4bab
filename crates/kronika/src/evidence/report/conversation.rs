//! Conversations as signed vCons: each thread of the package once, for programs of others. A message whose text is withheld is
//! in none: a vCon has no word for that, and an empty message would be a false one.

use std::collections::BTreeMap;

use hkdf::Hkdf;
use kronika_report::model::Exhibit;
use kronika_vcon::{Attachment, Content, Conversation, Dialog, DialogKind, Party, Signer, Uuid, sign};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::exhibit::Told;
use crate::archive::id::InteractionKey;
use crate::archive::{Archive, SIGNING_SEED};
use crate::evidence::EvidenceError;
use crate::on_db;
use crate::storage::Conn;

/// All of them, in the order of their first messages.
pub async fn all(
    archive: &Archive,
    conn: &mut Conn,
    told: &[Told],
    made_at: i64,
) -> Result<Vec<Vec<u8>>, EvidenceError> {
    let signer = signer(archive, conn).await?;
    let mut threads: BTreeMap<InteractionKey, Vec<&Told>> = BTreeMap::new();
    for told in told.iter().filter(|told| told.exhibit.text.is_some()) {
        threads.entry(told.thread).or_default().push(told);
    }
    let mut threads: Vec<Vec<&Told>> = threads.into_values().collect();
    threads.sort_by_key(|thread| thread.first().map(|told| told.exhibit.number));
    let mut conversations = Vec::with_capacity(threads.len());
    for thread in threads {
        let conversation = conversation(&thread, made_at, &archive.config.origin);
        let signed = sign(&conversation, &signer).map_err(|error| EvidenceError::Proof(error.to_string()))?;
        conversations.push(signed);
    }
    Ok(conversations)
}

/// The key is derived from the journal's, under a name of its own: nothing more has to be kept or backed up.
async fn signer(archive: &Archive, conn: &mut Conn) -> Result<Signer, EvidenceError> {
    const FOUNDED: &str = "SELECT r.captured_at FROM journal_leaf l JOIN record r ON r.id = l.record_id
        WHERE l.position = 0";
    let seed = archive.keyring.secret(SIGNING_SEED).await?;
    let mut key = Zeroizing::new([0; 32]);
    let wrong = |error: &dyn std::fmt::Display| EvidenceError::Proof(error.to_string());
    Hkdf::<Sha256>::new(None, seed.as_slice())
        .expand(b"kronika/vcon/v1", key.as_mut_slice())
        .map_err(|error| wrong(&error))?;
    let founded: Option<i64> = on_db!(conn, c => sqlx::query_scalar(FOUNDED).fetch_optional(c).await)?;
    Signer::self_signed(&key, &archive.config.origin, founded.unwrap_or_default())
        .map_err(|error| wrong(&error))
}

fn conversation(thread: &[&Told], made_at: i64, origin: &str) -> Conversation {
    let mut parties = Parties::default();
    let (mut dialogs, mut attachments) = (Vec::new(), Vec::new());
    for told in thread {
        let exhibit = &told.exhibit;
        let who = parties.of(exhibit);
        let start = exhibit.times.claimed_at.unwrap_or(exhibit.times.captured_at);
        if let (Some(original), Some(sha512)) = (&exhibit.original, told.sha512) {
            attachments.push(Attachment {
                purpose: "original".to_owned(),
                start,
                party: who.first().copied().unwrap_or_default(),
                dialog: dialogs.len(),
                media_type: "message/rfc822".to_owned(),
                filename: original.path.rsplit('/').next().unwrap_or_default().to_owned(),
                content: Content::Elsewhere {
                    url: beside(&original.path),
                    sha512,
                },
            });
        }
        dialogs.push(Dialog {
            parties: who,
            media_type: "text/plain".to_owned(),
            content: Content::Text(exhibit.text.clone().unwrap_or_default()),
            message_id: told.message_id.clone(),
            ..Dialog::new(DialogKind::Text, start)
        });
    }
    let first = thread.first().map(|told| &told.exhibit);
    Conversation {
        uuid: Uuid::new(
            first.map_or(made_at, |first| first.times.captured_at),
            first.map_or(0, |first| (first.number & 0xfff) as u16),
            origin,
        ),
        created_at: made_at,
        subject: first.map_or_else(String::new, |first| first.subject.clone()),
        parties: parties.known,
        dialogs,
        attachments,
    }
}

/// A file of the package, from where conversations are.
fn beside(path: &str) -> String {
    format!("../{}", path.strip_prefix("data/").unwrap_or(path))
}

#[derive(Default)]
struct Parties {
    known: Vec<Party>,
}

impl Parties {
    /// Places of whoever took part in an exhibit, its author first; somebody unknown when that is withheld.
    fn of(&mut self, exhibit: &Exhibit) -> Vec<usize> {
        let people = exhibit.from.iter().chain(&exhibit.to).chain(&exhibit.cc);
        let mut places: Vec<usize> = Vec::new();
        for person in people {
            let party = Party {
                name: person.name.clone(),
                mailto: person.address.clone(),
                ..Party::default()
            };
            let place = self.place(party);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        if places.is_empty() {
            places.push(self.place(Party::named("?")));
        }
        places
    }

    fn place(&mut self, party: Party) -> usize {
        let is_same = |known: &Party| {
            known.mailto == party.mailto && (known.name == party.name || !party.mailto.is_empty())
        };
        self.known.iter().position(is_same).unwrap_or_else(|| {
            self.known.push(party);
            self.known.len() - 1
        })
    }
}
