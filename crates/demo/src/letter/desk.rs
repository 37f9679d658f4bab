//! Writes the letters of one thread, remembering those already written.

use std::collections::BTreeMap;

use jiff::{Zoned, civil::DateTime, tz::TimeZone};

use super::calendar::{self, Meeting, Method};
use super::headers::{Envelope, headers, message_id};
use super::hours;
use super::parts::{Wire, body, files, with_attachments};
use super::style::{answered, cancelled, read};
use super::text::{Text, Turn};
use super::{Kept, Letter, report};
use crate::chance::Chance;
use crate::mime::{Charset, Encoding, Misfit, Part};
use crate::script::{
    Calendar, Directory, Fault, Html, Language, Mailer, Message, Party, Problem, Reply, Somebody, Thread,
};

/// Where one thread is written.
pub struct Desk<'s> {
    directory: Directory<'s>,
    office: &'s Party,
    party: &'s Party,
    thread: &'s Thread,
    zone: TimeZone,
    earlier: Vec<Written<'s>>,
    meetings: BTreeMap<String, Meeting<'s>>,
}

/// A letter of this thread, as far as later ones need it.
struct Written<'s> {
    id: Option<&'s str>,
    envelope: Envelope<'s>,
    text: Text,
    bytes: Vec<u8>,
}

impl<'s> Desk<'s> {
    /// A desk for `thread`.
    pub fn new(directory: Directory<'s>, office: &'s Party, thread: &'s Thread) -> Result<Self, Fault> {
        let unknown = || Fault::new(&thread.file, 1, Problem::Nobody(thread.slug.clone()));
        let party = directory.party(&thread.slug).ok_or_else(unknown)?;
        let zone = TimeZone::get("Europe/Warsaw").unwrap_or(TimeZone::UTC);
        Ok(Self {
            directory,
            office,
            party,
            thread,
            zone,
            earlier: Vec::new(),
            meetings: BTreeMap::new(),
        })
    }

    /// The letters, and what is wrong with the texts of those that could not be written.
    pub fn write(mut self) -> (Vec<Letter<'s>>, Vec<Fault>) {
        let thread = self.thread;
        let (mut letters, mut faults) = (Vec::new(), Vec::new());
        for (at, message) in thread.messages.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| thread.messages.get(at));
            match self.letter(message, before.map(|message| message.at)) {
                Ok(letter) => letters.push(letter),
                Err(problem) => faults.push(Fault::new(&thread.file, message.line, problem)),
            }
        }
        for (name, (line, _)) in &thread.blocks {
            let mut used = thread
                .messages
                .iter()
                .flat_map(|message| &message.options.attachments);
            if !used.any(|attachment| attachment.block == *name) {
                faults.push(Fault::new(
                    &thread.file,
                    *line,
                    Problem::UnusedBlock(name.clone()),
                ));
            }
        }
        (letters, faults)
    }

    fn letter(&mut self, message: &'s Message, before: Option<DateTime>) -> Result<Letter<'s>, Problem> {
        let answered = self.answered(message)?;
        let envelope = self.envelope(message, answered)?;
        hours::check(message, before, &envelope.from)?;
        let kept_by = self.kept_by(message, &envelope)?;
        let (text, wire) = self.text(message, &envelope, answered)?;
        let root = self.root(message, &envelope, &text, wire)?;
        let mut bytes = Vec::new();
        headers(&envelope, &message.options, wire.charset).write(&mut bytes);
        root.write(&mut bytes, &mut Chance::of(&["boundary", &envelope.message_id]));
        let unanswerable = message.options.bounce.is_some() || message.options.automatic;
        let letter = Letter {
            file: &self.thread.file,
            at: envelope.at.clone(),
            from: envelope.from.clone(),
            message_id: envelope.message_id.clone(),
            return_path: if unanswerable {
                String::new()
            } else {
                envelope.from.address.clone()
            },
            kept_by,
            bytes: bytes.clone(),
        };
        self.earlier.push(Written {
            id: message.options.id.as_deref(),
            envelope,
            text,
            bytes,
        });
        Ok(letter)
    }

    /// Which earlier message this one answers.
    fn answered(&self, message: &Message) -> Result<Option<usize>, Problem> {
        let options = &message.options;
        let named = options
            .bounce
            .as_ref()
            .map(|bounce| &bounce.of)
            .or(options.receipt.as_ref());
        if let Some(id) = named {
            return self.earlier_by_id(id).map(Some);
        }
        if let Some(Calendar::Answer(uid, _)) = &options.calendar {
            return self.meeting(uid).map(|meeting| Some(meeting.announced_in));
        }
        match &options.reply {
            Reply::To(id) => self.earlier_by_id(id).map(Some),
            Reply::Previous if options.calendar.is_none() => Ok(self.earlier.len().checked_sub(1)),
            _ => Ok(None),
        }
    }

    fn earlier_by_id(&self, id: &str) -> Result<usize, Problem> {
        let found = self.earlier.iter().rposition(|written| written.id == Some(id));
        found.ok_or_else(|| Problem::NoMessage(id.to_owned()))
    }

    fn meeting(&self, uid: &str) -> Result<&Meeting<'s>, Problem> {
        self.meetings
            .get(uid)
            .ok_or_else(|| Problem::NoMeeting(uid.to_owned()))
    }

    fn envelope(&self, message: &Message, answered: Option<usize>) -> Result<Envelope<'s>, Problem> {
        let find = |name: &String| self.directory.find(&self.thread.slug, name);
        let from = find(&message.from)?;
        let to = message.to.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        let cc = message.cc.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        let language = self.language(&from);
        let mut chance = Chance::of(&[
            "message",
            &self.thread.file,
            &message.at.to_string(),
            &message.from,
        ]);
        let second = chance.below(30) + if message.options.automatic { 30 } else { 0 };
        let at = message
            .at
            .saturating_add(jiff::Span::new().seconds(second as i64));
        let at: Zoned = at.to_zoned(self.zone.clone()).map_err(|_| Problem::OutOfRange)?;
        let references = answered
            .and_then(|at| self.earlier.get(at))
            .map_or_else(Vec::new, |written| {
                let mut ids = written.envelope.references.clone();
                ids.push(written.envelope.message_id.clone());
                ids
            });
        let subject = self.subject(message, answered, language)?;
        let message_id = message_id(&from, &mut chance);
        Ok(Envelope {
            at,
            from,
            to,
            cc,
            subject,
            message_id,
            references,
            language,
        })
    }

    /// The language of somebody's mail program; of strangers, the thread's.
    fn language(&self, who: &Somebody<'_>) -> Language {
        who.known.map_or(self.party.language, |(party, person)| {
            person.language.unwrap_or(party.language)
        })
    }

    fn subject(
        &self,
        message: &Message,
        answered_to: Option<usize>,
        language: Language,
    ) -> Result<String, Problem> {
        let options = &message.options;
        if let Some(subject) = &options.subject {
            return Ok(subject.clone());
        }
        let earlier = answered_to
            .and_then(|at| self.earlier.get(at))
            .map(|written| &written.envelope.subject);
        Ok(match (&options.calendar, earlier) {
            (Some(Calendar::Invite { title, .. }), _) => title.clone(),
            (Some(Calendar::Cancel(uid)), _) => {
                format!("{}: {}", cancelled(language), self.meeting(uid)?.title)
            }
            (Some(Calendar::Answer(uid, answer)), _) => {
                format!("{}: {}", answered(language, *answer), self.meeting(uid)?.title)
            }
            (None, _) if options.bounce.is_some() => "Undelivered Mail Returned to Sender".to_owned(),
            (None, Some(subject)) if options.receipt.is_some() => format!("{}: {subject}", read(language)),
            (None, Some(subject)) if subject.starts_with("Re: ") => subject.clone(),
            (None, Some(subject)) => format!("Re: {subject}"),
            (None, None) if self.earlier.is_empty() => self.thread.subject.clone(),
            (None, None) => return Err(Problem::NoSubject),
        })
    }

    fn kept_by(&self, message: &Message, envelope: &Envelope<'_>) -> Result<Vec<Kept>, Problem> {
        let mut kept = Vec::new();
        for person in self.office.people.iter().filter(|person| person.mailbox) {
            let sent = envelope.from.address == person.address;
            let named = envelope
                .to
                .iter()
                .chain(&envelope.cc)
                .any(|who| who.address == person.address);
            let there = match &message.options.boxes {
                Some(boxes) => boxes.contains(&person.key),
                None => sent || named,
            };
            if there {
                kept.push(Kept {
                    mailbox: person.key.clone(),
                    address: person.address.clone(),
                    sent,
                });
            }
        }
        if kept.is_empty() {
            Err(Problem::KeptByNobody)
        } else {
            Ok(kept)
        }
    }

    /// What the message says, and how it goes over the wire.
    fn text(
        &self,
        message: &Message,
        envelope: &Envelope<'_>,
        answered: Option<usize>,
    ) -> Result<(Text, Wire), Problem> {
        let options = &message.options;
        let from = &envelope.from;
        let usual = from
            .known
            .map(|(party, _)| (party.mail_charset, party.mail_encoding));
        let (charset, encoding) = usual.unwrap_or((Charset::Utf8, Encoding::QuotedPrintable));
        let charset = options.charset.unwrap_or(charset);
        let encoding = options.encoding.unwrap_or(encoding);
        let machine = options.automatic || options.receipt.is_some() || options.bounce.is_some();
        let silent = options.no_signature || machine || options.html == Html::Newsletter;
        let signature = from
            .known
            .map_or("", |(_, person)| if silent { "" } else { &person.signature });
        let mut text = Text::new(from.mailer(), &message.body, signature, options.html == Html::No);
        let quotes = !options.no_quote && !machine && options.calendar.is_none();
        if let Some(earlier) = answered.filter(|_| quotes).and_then(|at| self.earlier.get(at)) {
            let marked = from.mailer() != Mailer::Outlook;
            text.history = earlier
                .text
                .quoted(envelope.attribution_of(&earlier.envelope), marked);
        }
        let mut sent = text.map(|piece| charset.plain(piece));
        sent.history = text.map(|piece| charset.folded(piece)).history;
        if options.charset.is_some() {
            // Asked to keep the set, a person deletes the part of the quote that it cannot carry.
            let fits = |turn: &Turn| {
                charset
                    .encode(&format!("{}{}", turn.attribution, turn.said))
                    .is_ok()
            };
            sent.history
                .truncate(sent.history.iter().take_while(|turn| fits(turn)).count());
        }
        match charset.encode(&sent.plain()) {
            Ok(_) => Ok((sent, Wire { charset, encoding })),
            Err(Misfit(character)) if options.charset.is_some() => Err(Problem::Charset {
                charset: charset.name().to_owned(),
                character,
            }),
            // What every mail program does with a letter its usual set lacks.
            Err(_) => Ok((
                text,
                Wire {
                    charset: Charset::Utf8,
                    encoding,
                },
            )),
        }
    }

    /// The body's tree of parts.
    fn root(
        &mut self,
        message: &'s Message,
        envelope: &Envelope<'s>,
        text: &Text,
        wire: Wire,
    ) -> Result<Part, Problem> {
        let options = &message.options;
        if let Some(bounce) = &options.bounce {
            let returned = &self.earlier[self.earlier_by_id(&bounce.of)?];
            return Ok(report::bounce(
                &text.plain(),
                bounce,
                &returned.envelope.at,
                &returned.bytes,
            ));
        }
        if let Some(id) = &options.receipt {
            let seen = &self.earlier[self.earlier_by_id(id)?];
            return Ok(report::receipt(
                &text.plain(),
                &envelope.from.address,
                &seen.envelope.message_id,
            ));
        }
        let files = files(self.thread, &options.attachments, envelope)?;
        let mut part = body(text, options.html, wire, envelope, &files);
        if let Some(calendar) = &options.calendar {
            part = Part::multi("alternative", vec![part, self.calendar(calendar, envelope)?]);
        }
        let forward = |id: &String| self.earlier_by_id(id).map(|at| self.earlier[at].bytes.clone());
        let forwards = options
            .forwards
            .iter()
            .map(forward)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(with_attachments(part, &files, forwards, envelope.from.mailer()))
    }

    fn calendar(&mut self, calendar: &Calendar, envelope: &Envelope<'s>) -> Result<Part, Problem> {
        match calendar {
            Calendar::Invite {
                uid,
                at,
                minutes,
                title,
                place,
            } => {
                let before = self.meetings.get(uid);
                let meeting = Meeting {
                    uid: format!(
                        "{}@lipowa7.example",
                        Chance::of(&["meeting", &self.thread.file, uid]).hex(32)
                    ),
                    sequence: before.map_or(0, |meeting| meeting.sequence + 1),
                    at: at.to_zoned(self.zone.clone()).map_err(|_| Problem::OutOfRange)?,
                    minutes: *minutes,
                    title: title.clone(),
                    place: place.clone(),
                    organizer: envelope.from.clone(),
                    attendees: envelope.to.iter().chain(&envelope.cc).cloned().collect(),
                    announced_in: self.earlier.len(),
                };
                let part = calendar::part(&meeting, Method::Request, &envelope.at);
                self.meetings.insert(uid.clone(), meeting);
                Ok(part)
            }
            Calendar::Cancel(uid) => {
                let missing = || Problem::NoMeeting(uid.clone());
                let meeting = self.meetings.get_mut(uid).ok_or_else(missing)?;
                meeting.sequence += 1;
                meeting.announced_in = self.earlier.len();
                Ok(calendar::part(meeting, Method::Cancel, &envelope.at))
            }
            Calendar::Answer(uid, answer) => Ok(calendar::part(
                self.meeting(uid)?,
                Method::Reply(&envelope.from, *answer),
                &envelope.at,
            )),
        }
    }
}
