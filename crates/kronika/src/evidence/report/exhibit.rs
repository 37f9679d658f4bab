//! One item as it is told: on paper and in a vCon alike.

use data_encoding::{BASE64, HEXLOWER};
use kronika_evidence::layout;
use kronika_report::model::{Attachment, Channel, Direction, Exhibit, File, Person, Times, Withheld};
use sha2::{Digest, Sha256, Sha512};

use super::super::gather::{Gathered, ItemSource};
use super::Wording;
use crate::archive::Archive;
use crate::archive::id::InteractionKey;
use crate::evidence::EvidenceError;
use crate::interaction::read::{Whole, whole};
use crate::interaction::{self, PartFacts, Recorded};
use crate::journal::timestamp::store as stamps;
use crate::storage::Conn;

/// Pictures of up to this many bytes are printed.
const PICTURE: usize = 256 * 1024;
/// More text of one exhibit than this is not printed; the original has it.
const TEXT: usize = 1 << 20;

/// An item, told.
pub struct Told {
    pub exhibit: Exhibit,
    pub interaction: InteractionKey,
    /// The conversation that it is in.
    pub thread: InteractionKey,
    /// Empty when it is withheld.
    pub message_id: String,
    /// SHA-512 of the original, when that is given.
    pub sha512: Option<[u8; 64]>,
}

impl Told {
    /// Everyone who took part, as far as it is disclosed.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        let Exhibit {
            from, to, cc, bcc, ..
        } = &self.exhibit;
        from.iter().chain(to).chain(cc).chain(bcc)
    }
}

/// Tells the item at a place of the package.
pub async fn tell(
    archive: &Archive,
    conn: &mut Conn,
    (gathered, place): (&Gathered, usize),
    wording: Option<&dyn Wording>,
) -> Result<Told, EvidenceError> {
    let (item, source) = (&gathered.package.items[place], &gathered.sources[place]);
    let number = place as u64 + 1;
    let whole = whole(archive, conn, source.interaction)
        .await?
        .ok_or(EvidenceError::Nothing)?;
    let index = item.proof.index;
    let cosigned = gathered.witnesses.iter().map(|(_, at)| *at).max();
    let stamped = stamps::first_after(conn, index)
        .await?
        .map(|stamp| stamp.stamped_at);
    let times = Times {
        claimed_at: whole.recorded.claimed_at.filter(|_| source.tells),
        captured_at: whole.meta.captured_at,
        sealed_at: i64::try_from(item.leaf.logged_at).ok().map(|at| at * 1000),
        journal_index: Some(index),
        not_before: stamps::absent_at(conn, index).await?,
        not_after: cosigned.into_iter().chain(stamped).min(),
    };
    let disclosed = |name: &str| item.disclosed.iter().any(|part| part.name == name);
    let is_whole = disclosed(layout::ORIGINAL);
    let shows = |part: &PartFacts| is_whole || disclosed(&format!("part/{}", part.number));
    let tells = source.tells;
    let mut exhibit = Exhibit {
        number,
        channel: channel(whole.recorded.channel),
        direction: direction(whole.recorded.direction),
        times,
        subject: String::new(),
        from: Vec::new(),
        to: Vec::new(),
        cc: Vec::new(),
        bcc: Vec::new(),
        text: tells.then(|| text(&whole)).flatten(),
        attachments: attachments(&whole, (number, is_whole), shows),
        withheld: withheld(source, &item.withheld),
        original: is_whole.then(|| File {
            path: layout::part(number, layout::ORIGINAL),
            size: whole.recorded.size as u64,
            sha256: whole.recorded.sha256.clone(),
        }),
        seal: wording.map(|wording| wording.seal(&item.leaf.hash())),
    };
    if tells {
        say_who(&mut exhibit, &whole.recorded);
    }
    Ok(Told {
        exhibit,
        interaction: source.interaction,
        thread: source.thread,
        message_id: whole
            .recorded
            .message_id
            .clone()
            .filter(|_| tells)
            .unwrap_or_default(),
        sha512: is_whole.then(|| Sha512::digest(&whole.original).into()),
    })
}

fn say_who(exhibit: &mut Exhibit, recorded: &Recorded) {
    exhibit.subject.clone_from(&recorded.subject);
    for participant in &recorded.participants {
        let list = match participant.role.as_str() {
            "from" => &mut exhibit.from,
            "to" => &mut exhibit.to,
            "cc" => &mut exhibit.cc,
            "bcc" => &mut exhibit.bcc,
            _ => continue,
        };
        list.push(Person {
            name: participant.name.clone(),
            address: participant.address.clone(),
        });
    }
}

fn text(whole: &Whole) -> Option<String> {
    let (_, reading) = whole.read()?;
    let mut text = reading.text;
    text.truncate(text.floor_char_boundary(TEXT));
    Some(text)
}

fn attachments(
    whole: &Whole,
    (number, is_whole): (u64, bool),
    shows: impl Fn(&PartFacts) -> bool,
) -> Vec<Attachment> {
    let shown = whole.recorded.attachments().filter(|part| shows(part));
    let attachment = |part: &PartFacts| {
        let (_, bytes) = whole.part(&part.number)?;
        let is_picture = matches!(part.media_type.as_str(), "image/png" | "image/jpeg");
        Some(Attachment {
            name: name_of(part),
            media_type: part.media_type.clone(),
            size: bytes.len() as u64,
            sha256: HEXLOWER.encode(&Sha256::digest(&bytes)),
            thumbnail: (is_picture && bytes.len() <= PICTURE).then(|| BASE64.encode(&bytes)),
            path: (!is_whole).then(|| layout::part(number, &format!("part/{}", part.number))),
        })
    };
    shown.filter_map(attachment).collect()
}

/// The withheld parts of a message, by name as far as what is given tells it; that the whole is withheld with them goes
/// without saying.
fn withheld(source: &ItemSource, holes: &[kronika_evidence::opening::Hole]) -> Vec<Withheld> {
    let named = holes.iter().filter_map(|hole| {
        let number = hole.name.strip_prefix("part/")?;
        let part = source.parts.iter().find(|part| part.number == number)?;
        let is_named = source.tells && part.is_attachment();
        Some(Withheld {
            name: if is_named {
                name_of(part)
            } else {
                hole.name.clone()
            },
            reason: hole.reason.clone(),
        })
    });
    named.collect()
}

fn name_of(part: &PartFacts) -> String {
    if part.filename.is_empty() {
        part.media_type.clone()
    } else {
        part.filename.clone()
    }
}

fn channel(channel: interaction::Channel) -> Channel {
    match channel {
        interaction::Channel::Email => Channel::Email,
    }
}

fn direction(direction: interaction::Direction) -> Direction {
    match direction {
        interaction::Direction::Inbound => Direction::Inbound,
        interaction::Direction::Outbound => Direction::Outbound,
        interaction::Direction::Internal => Direction::Internal,
    }
}
