//! The header of a message, as its sender's program writes it.

use jiff::Zoned;

use super::style::{Quoted, attribution};
use crate::chance::Chance;
use crate::mime::{Charset, Encoding, Headers, address};
use crate::script::{Language, Mailer, Options, Somebody};

/// What a header is made of.
#[derive(Debug)]
pub struct Envelope<'s> {
    /// When it was sent.
    pub at: Zoned,
    /// Sender.
    pub from: Somebody<'s>,
    /// Receivers.
    pub to: Vec<Somebody<'s>>,
    /// In copy.
    pub cc: Vec<Somebody<'s>>,
    /// Subject.
    pub subject: String,
    /// Message-ID without angle brackets.
    pub message_id: String,
    /// Ids of the thread so far, the message answered last.
    pub references: Vec<String>,
    /// Language of the sender's program.
    pub language: Language,
}

impl Envelope<'_> {
    /// What stands above the quote of `earlier`, as this sender's program writes it.
    pub fn attribution_of(&self, earlier: &Envelope<'_>) -> String {
        let from = &earlier.from;
        let to: Vec<&str> = earlier.to.iter().map(|who| who.name.as_str()).collect();
        let quoted = Quoted {
            at: &earlier.at,
            name: if from.name.is_empty() {
                &from.address
            } else {
                &from.name
            },
            address: &from.address,
            to: &to.join("; "),
            subject: &earlier.subject,
        };
        attribution(self.language, self.from.mailer(), quoted)
    }
}

/// A Message-ID in the manner of the sender's program.
pub fn message_id(from: &Somebody<'_>, chance: &mut Chance) -> String {
    let domain = from.domain();
    match from.mailer() {
        Mailer::Thunderbird => {
            let parts = [8, 4, 4, 4, 12].map(|length| chance.hex(length));
            format!("{}@{domain}", parts.join("-"))
        }
        Mailer::Outlook => {
            format!(
                "0{}01db{}${}${}$@{domain}",
                chance.hex(3),
                chance.hex(4),
                chance.hex(8),
                chance.hex(8)
            )
        }
        Mailer::Gmail => format!("CA{}={}@mail.{domain}", chance.word(24), chance.word(16)),
        Mailer::Phone => {
            let parts = [8, 4, 4, 4, 12].map(|length| chance.hex(length).to_uppercase());
            format!("{}@{domain}", parts.join("-"))
        }
    }
}

/// All fields but those of the body's own part.
pub fn headers(envelope: &Envelope<'_>, options: &Options, charset: Charset) -> Headers {
    let mailer = envelope.from.mailer();
    let encoding = match mailer {
        Mailer::Thunderbird => Encoding::QuotedPrintable,
        _ => Encoding::Base64,
    };
    let list = |people: &[Somebody<'_>]| {
        let shown = people
            .iter()
            .map(|who| address(&who.name, &who.address, charset, encoding));
        shown.collect::<Vec<_>>().join(", ")
    };
    let mut headers = Headers::default();
    headers.add("Message-ID", format!("<{}>", envelope.message_id));
    headers.add(
        "Date",
        envelope.at.strftime("%a, %-d %b %Y %H:%M:%S %z").to_string(),
    );
    headers.add("MIME-Version", "1.0");
    match mailer {
        Mailer::Thunderbird => headers.add("User-Agent", "Mozilla Thunderbird"),
        Mailer::Outlook => headers.add("X-Mailer", "Microsoft Outlook 16.0"),
        Mailer::Phone => headers.add("X-Mailer", "iPhone Mail (22D72)"),
        Mailer::Gmail => {}
    }
    headers.add_text("Subject", &envelope.subject, charset, encoding);
    headers.add("From", list(std::slice::from_ref(&envelope.from)));
    headers.add("To", list(&envelope.to));
    if !envelope.cc.is_empty() {
        headers.add("Cc", list(&envelope.cc));
    }
    if let Some(answered) = envelope.references.last() {
        let all: Vec<String> = envelope.references.iter().map(|id| format!("<{id}>")).collect();
        headers.add("In-Reply-To", format!("<{answered}>"));
        headers.add("References", all.join(" "));
    }
    if mailer != Mailer::Gmail {
        headers.add("Content-Language", envelope.language.code());
    }
    marks(&mut headers, envelope, options);
    headers
}

/// Fields that say what kind of message this is.
fn marks(headers: &mut Headers, envelope: &Envelope<'_>, options: &Options) {
    let from = &envelope.from;
    if options.urgent {
        headers.add("X-Priority", "1 (Highest)");
        headers.add("Importance", "high");
    }
    if options.asks_receipt {
        headers.add("Disposition-Notification-To", from.address.clone());
    }
    if options.automatic {
        headers.add("Auto-Submitted", "auto-replied");
        headers.add("X-Auto-Response-Suppress", "All");
        headers.add("Precedence", "bulk");
    }
    if options.bounce.is_some() || options.receipt.is_some() {
        headers.add("Auto-Submitted", "auto-replied");
    }
    if options.html == crate::script::Html::Newsletter {
        headers.add("List-Id", format!("<news.{}>", from.domain()));
        headers.add("List-Unsubscribe", format!("<{}>", unsubscribe_link(envelope)));
        headers.add("Precedence", "bulk");
    }
}

/// Where the receiver of a mass mailing can leave the list.
pub fn unsubscribe_link(envelope: &Envelope<'_>) -> String {
    let token = Chance::of(&["unsubscribe", &envelope.message_id]).hex(16);
    format!("https://{}/wypis/{token}", envelope.from.domain())
}
