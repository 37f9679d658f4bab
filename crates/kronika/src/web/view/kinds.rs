//! The few kinds every page knows: channels, directions, people.

/// Microseconds since 1970, UTC.
pub type Instant = i64;

/// The kind of way an interaction came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    Email,
    Call,
    Sms,
    Chat,
    Meeting,
    Note,
    Letter,
    Document,
    Screenshot,
    Web,
}

impl Channel {
    pub const ALL: [Channel; 10] = [
        Channel::Email,
        Channel::Call,
        Channel::Sms,
        Channel::Chat,
        Channel::Meeting,
        Channel::Note,
        Channel::Letter,
        Channel::Document,
        Channel::Screenshot,
        Channel::Web,
    ];

    /// As it is written in addresses and in the search box.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Email => "email",
            Channel::Call => "call",
            Channel::Sms => "sms",
            Channel::Chat => "chat",
            Channel::Meeting => "meeting",
            Channel::Note => "note",
            Channel::Letter => "letter",
            Channel::Document => "document",
            Channel::Screenshot => "screenshot",
            Channel::Web => "web",
        }
    }

    /// The key of its text.
    pub fn key(self) -> &'static str {
        match self {
            Channel::Email => "channel-email",
            Channel::Call => "channel-call",
            Channel::Sms => "channel-sms",
            Channel::Chat => "channel-chat",
            Channel::Meeting => "channel-meeting",
            Channel::Note => "channel-note",
            Channel::Letter => "channel-letter",
            Channel::Document => "channel-document",
            Channel::Screenshot => "channel-screenshot",
            Channel::Web => "channel-web",
        }
    }

    /// The name of its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Channel::Email => "mail",
            Channel::Call => "phone",
            Channel::Sms => "message-square",
            Channel::Chat => "messages-square",
            Channel::Meeting => "calendar",
            Channel::Note => "sticky-note",
            Channel::Letter => "mailbox",
            Channel::Document => "file-text",
            Channel::Screenshot => "camera",
            Channel::Web => "globe",
        }
    }
}

/// Who spoke to whom: the client to us, we to the client, or we among ourselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Inbound,
    Outbound,
    Internal,
}

impl Direction {
    pub const ALL: [Direction; 3] = [Direction::Inbound, Direction::Outbound, Direction::Internal];

    /// As it is written in addresses and in the search box.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Inbound => "inbound",
            Direction::Outbound => "outbound",
            Direction::Internal => "internal",
        }
    }

    /// The key of its text.
    pub fn key(self) -> &'static str {
        match self {
            Direction::Inbound => "direction-inbound",
            Direction::Outbound => "direction-outbound",
            Direction::Internal => "direction-internal",
        }
    }

    /// The name of its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Direction::Inbound => "arrow-down-left",
            Direction::Outbound => "arrow-up-right",
            Direction::Internal => "arrow-left-right",
        }
    }
}

/// Someone in an interaction, as the interaction names them.
#[derive(Clone, Debug)]
pub struct Person {
    /// Empty when only the address is known.
    pub name: String,
    pub address: String,
}

impl Person {
    /// The name, else the address.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() {
            &self.address
        } else {
            &self.name
        }
    }

    /// One or two capitals for the round mark.
    pub fn initials(&self) -> String {
        let mut words = self
            .shown()
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let first = words.next().and_then(|word| word.chars().next());
        let last = if self.name.is_empty() {
            None
        } else {
            words.next_back().and_then(|word| word.chars().next())
        };
        first
            .into_iter()
            .chain(last)
            .flat_map(char::to_uppercase)
            .collect()
    }

    /// One of twelve hues, the same for the same address for ever.
    pub fn hue(&self) -> u32 {
        // FNV-1a: any stable spread will do, and it is four lines.
        let hash = self
            .address
            .to_lowercase()
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| {
                (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
            });
        (hash >> 8) % 12
    }
}

/// A client as a page refers to it.
#[derive(Clone, Debug)]
pub struct ClientName {
    pub id: String,
    pub name: String,
}

/// How far the proof of a record has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealState {
    /// Recorded, and waiting a moment for the next checkpoint.
    Pending,
    /// Under a signed checkpoint of the journal.
    Sealed,
    /// And known to enough witnesses.
    Witnessed,
    /// And stamped by an authority that vouches for the time.
    Stamped,
}

impl SealState {
    /// The key of its text.
    pub fn key(self) -> &'static str {
        match self {
            SealState::Pending => "seal-pending",
            SealState::Sealed => "seal-sealed",
            SealState::Witnessed => "seal-witnessed",
            SealState::Stamped => "seal-stamped",
        }
    }

    /// The class of its mark.
    pub fn class(self) -> &'static str {
        match self {
            SealState::Pending => "pending",
            SealState::Sealed | SealState::Witnessed | SealState::Stamped => "sealed",
        }
    }
}

/// How an address belongs to a client or to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    Email,
    Domain,
}

impl AddressKind {
    /// As the forms send it.
    pub fn name(self) -> &'static str {
        match self {
            AddressKind::Email => "email",
            AddressKind::Domain => "domain",
        }
    }

    /// The key of its text.
    pub fn key(self) -> &'static str {
        match self {
            AddressKind::Email => "address-email",
            AddressKind::Domain => "address-domain",
        }
    }

    /// The name of its icon.
    pub fn icon(self) -> &'static str {
        match self {
            AddressKind::Email => "at-sign",
            AddressKind::Domain => "globe",
        }
    }
}

/// An e-mail address or a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub kind: AddressKind,
    pub value: String,
}
