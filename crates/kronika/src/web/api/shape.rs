//! What things look like in JSON. These shapes only ever grow.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::ToSchema;

use crate::access::store::{Someone, Team};
use crate::archive::id::{AccountId, ClientId, InteractionKey, TeamId};
use crate::assignment::Why;
use crate::client::store::{Client, ClientAddress};
use crate::client::{AddressKind, ClientFacts};
use crate::interaction::list::Row;
use crate::interaction::{Channel, Direction};

/// Thirteen letters and digits
#[derive(ToSchema)]
#[schema(value_type = String, pattern = "^[0-9a-f][0-9a-hjkmnp-tv-z]{12}$", example = "1hn8gq0k4t2ab")]
pub struct Id(#[allow(dead_code, reason = "it is only described")] String);

/// An instant in UTC, RFC 3339
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2026-03-02T09:30:00Z")]
pub struct Moment(i64);

impl Moment {
    /// From microseconds since 1970.
    pub fn of(microseconds: i64) -> Moment {
        Moment(microseconds)
    }

    /// Since 1970.
    pub fn microseconds(self) -> i64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Moment, D::Error> {
        let text = String::deserialize(from)?;
        let at: Timestamp = text
            .parse()
            .map_err(|_| de::Error::custom("an instant is written like 2026-03-02T09:30:00Z"))?;
        Ok(Moment(at.as_microsecond()))
    }
}

/// The first of January of the year 1, in microseconds: before it there is no year of four digits.
const FIRST: i64 = -62_135_596_800_000_000;

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let at = Timestamp::from_microsecond(self.0.max(FIRST)).unwrap_or(Timestamp::MAX);
        to.collect_str(&at)
    }
}

/// A language of ours
#[derive(Deserialize, ToSchema, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Pl,
    Sk,
    Ru,
    #[default]
    En,
}

impl Language {
    pub fn code(self) -> String {
        match self {
            Language::Pl => "pl",
            Language::Sk => "sk",
            Language::Ru => "ru",
            Language::En => "en",
        }
        .to_owned()
    }
}

/// A firm or person the organisation serves
#[derive(Serialize, ToSchema)]
#[schema(as = Client)]
pub struct ClientShape {
    #[schema(value_type = Id)]
    pub id: ClientId,
    pub name: String,
    /// Language of what goes out to the client.
    #[schema(example = "pl")]
    pub language: String,
    pub city: String,
    /// NIP, IČO, ИНН or VAT number, as written.
    pub tax_id: String,
    pub added_at: Moment,
}

impl ClientShape {
    pub fn of(client: &Client) -> ClientShape {
        let ClientFacts {
            name,
            language,
            city,
            tax_id,
        } = client.facts.clone();
        ClientShape {
            id: client.id,
            name,
            language,
            city,
            tax_id,
            added_at: Moment::of(client.created_at),
        }
    }
}

/// A client as a line of the list
#[derive(Serialize, ToSchema)]
pub struct ClientLine {
    #[serde(flatten)]
    pub client: ClientShape,
    /// How many interactions you see.
    #[schema(minimum = 0)]
    pub interactions: u64,
    /// When the newest of them claims to have happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_at: Option<Moment>,
}

impl ClientLine {
    pub fn of(client: &Client) -> ClientLine {
        ClientLine {
            interactions: client.interaction_count.unsigned_abs(),
            last_at: client.last.map(|key| Moment::of(key.instant())),
            client: ClientShape::of(client),
        }
    }
}

/// What points at a client
#[derive(Serialize, ToSchema)]
pub struct Address {
    pub kind: AddressKind,
    #[schema(example = "anna@client.example")]
    pub value: String,
    /// Whose it is.
    pub name: String,
    /// What that person does.
    pub role: String,
}

impl From<ClientAddress> for Address {
    fn from(address: ClientAddress) -> Address {
        Address {
            kind: address.kind,
            value: address.value,
            name: address.name,
            role: address.role,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub struct ClientName {
    #[schema(value_type = Id)]
    pub id: ClientId,
    pub name: String,
}

#[derive(Serialize, ToSchema)]
pub struct AccountName {
    #[schema(value_type = Id)]
    pub id: AccountId,
    pub name: String,
}

impl AccountName {
    pub fn of(person: &Someone) -> AccountName {
        AccountName {
            id: person.id,
            name: person.name.clone(),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub struct TeamName {
    #[schema(value_type = Id)]
    pub id: TeamId,
    pub name: String,
}

impl TeamName {
    pub fn of(team: &Team) -> TeamName {
        TeamName {
            id: team.id,
            name: team.name.clone(),
        }
    }
}

/// Someone who took part, as the original says it
#[derive(Serialize, ToSchema)]
pub struct Person {
    pub name: String,
    pub address: String,
}

/// An interaction as a line of a list
#[derive(Serialize, ToSchema)]
pub struct InteractionLine {
    #[schema(value_type = Id)]
    pub id: InteractionKey,
    pub channel: Channel,
    pub direction: Direction,
    /// What kind of message it is.
    #[schema(example = "personal")]
    pub nature: String,
    pub subject: String,
    pub preview: String,
    pub from: Person,
    /// Whom it went to, for one line.
    pub to: String,
    /// What the original claims of its own time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed_at: Option<Moment>,
    /// When the archive learned of it.
    pub captured_at: Moment,
    /// The first known message of its conversation.
    #[schema(value_type = Id)]
    pub thread: InteractionKey,
    #[schema(minimum = 0)]
    pub attachments: u64,
    /// Bytes of the original.
    #[schema(minimum = 0)]
    pub size: u64,
    /// Why the original could not be read, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
    /// Why it was set aside, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignored: Option<String>,
    /// Clients it belongs to, as far as you see them.
    pub clients: Vec<ClientName>,
}

impl From<Row> for InteractionLine {
    fn from(row: Row) -> InteractionLine {
        InteractionLine {
            id: row.key,
            channel: row.channel,
            direction: row.direction,
            nature: row.nature,
            subject: row.subject,
            preview: row.preview,
            from: Person {
                name: row.from_name,
                address: row.from_address,
            },
            to: row.to_line,
            claimed_at: row.claimed_at.map(Moment::of),
            captured_at: Moment::of(row.captured_at),
            thread: row.thread,
            attachments: row.attachment_count.unsigned_abs(),
            size: row.size.unsigned_abs(),
            unreadable: row.unreadable,
            ignored: row.ignored_for,
            clients: row
                .clients
                .into_iter()
                .map(|(id, name)| ClientName { id, name })
                .collect(),
        }
    }
}

/// Why an interaction is with a client
#[derive(Serialize, ToSchema)]
pub struct Assignment {
    pub client: ClientName,
    pub why: Why,
    /// The address, domain, thread or rule that caused it, or a person's reason.
    pub detail: String,
}
