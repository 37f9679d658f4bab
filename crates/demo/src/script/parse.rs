//! Reads `.thread` and `.raw` files.

use std::collections::BTreeMap;
use std::iter::{Enumerate, Peekable};
use std::str::Lines;

use jiff::civil::DateTime;

use super::thread::{Answer, Attachment, Bounce, Calendar, Html, Kind, Message, Options, Raw, Reply, Thread};
use super::{Fault, Problem};

/// Reads the thread in `text`; stops at the first line it does not understand.
pub fn thread(file: &str, text: &str) -> Result<Thread, Fault> {
    let mut lines = Numbered::new(text);
    let mut subject = None;
    let (mut messages, mut blocks) = (Vec::new(), BTreeMap::new());
    while let Some((number, line)) = lines.next() {
        let fault = |problem| Fault::new(file, number, problem);
        if let Some(header) = line.strip_prefix("=== ") {
            messages.push(
                message(&mut lines, number, header).map_err(|(at, problem)| Fault::new(file, at, problem))?,
            );
        } else if let Some(name) = line.strip_prefix("--- ") {
            blocks.insert(name.trim().to_owned(), (number, lines.text()));
        } else if let Some(written) = line.strip_prefix("subject:") {
            subject = Some(written.trim().to_owned());
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            return Err(fault(Problem::Stray(line.to_owned())));
        }
    }
    if messages.is_empty() {
        return Err(Fault::new(file, 1, Problem::Empty));
    }
    let subject = subject.ok_or_else(|| Fault::new(file, 1, Problem::NoSubject))?;
    let slug = file.split_once('/').map_or("", |(folder, _)| folder).to_owned();
    Ok(Thread {
        file: file.to_owned(),
        slug,
        subject,
        messages,
        blocks,
    })
}

/// Reads a broken message: a header line with date and mailbox, then its bytes with `\xNN` escapes.
pub fn raw(file: &str, text: &str) -> Result<Raw, Fault> {
    let (header, body) = text.split_once('\n').unwrap_or((text, ""));
    let read = header.strip_prefix("=== ").and_then(|rest| {
        let mut words = rest.split_whitespace();
        let at = instant(words.next()?, words.next()?)?;
        Some((at, words.next()?.to_owned()))
    });
    let (at, kept_by) = read.ok_or_else(|| Fault::new(file, 1, Problem::Header(header.to_owned())))?;
    Ok(Raw {
        file: file.to_owned(),
        at,
        kept_by,
        bytes: unescape(body),
    })
}

/// The bytes that `text` stands for, each line ended by CRLF.
fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for line in text.lines() {
        let mut pieces = line.split("\\x");
        bytes.extend(pieces.next().unwrap_or("").bytes());
        for piece in pieces {
            match piece
                .get(..2)
                .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            {
                Some(byte) => {
                    bytes.push(byte);
                    bytes.extend(piece[2..].bytes());
                }
                None => bytes.extend(format!("\\x{piece}").bytes()),
            }
        }
        bytes.extend(b"\r\n");
    }
    bytes
}

/// Lines with their numbers, from 1.
struct Numbered<'a>(Peekable<Enumerate<Lines<'a>>>);

impl<'a> Numbered<'a> {
    fn new(text: &'a str) -> Self {
        Self(text.lines().enumerate().peekable())
    }

    fn next(&mut self) -> Option<(usize, &'a str)> {
        self.0.next().map(|(at, line)| (at + 1, line))
    }

    /// Everything up to the next message or block, without empty lines around it.
    fn text(&mut self) -> String {
        let mut text = String::new();
        while let Some((_, line)) = self
            .0
            .next_if(|(_, line)| !line.starts_with("=== ") && !line.starts_with("--- "))
        {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text.trim_matches('\n').to_owned()
    }
}

type At<T> = Result<T, (usize, Problem)>;

/// Reads what follows `=== `: the rest of the header line, options, an empty line, the body.
fn message(lines: &mut Numbered<'_>, line: usize, header: &str) -> At<Message> {
    let (at, from, to, cc) = addressed(header).ok_or_else(|| (line, Problem::Header(header.to_owned())))?;
    let mut options = Options::default();
    while let Some((number, text)) = lines.next() {
        if text.trim().is_empty() {
            break;
        }
        option(&mut options, text).map_err(|problem| (number, problem))?;
    }
    let body = lines.text();
    if body.is_empty() {
        return Err((line, Problem::NoText));
    }
    Ok(Message {
        line,
        at,
        from,
        to,
        cc,
        options,
        body,
    })
}

type Addressed = (DateTime, String, Vec<String>, Vec<String>);

/// `DATE TIME from -> to, to, cc: name, name`
fn addressed(header: &str) -> Option<Addressed> {
    let (left, right) = header.split_once(" -> ")?;
    let mut words = left.splitn(3, ' ');
    let at = instant(words.next()?, words.next()?)?;
    let from = words.next()?.trim().to_owned();
    let (mut to, mut cc) = (Vec::new(), Vec::new());
    let mut copies = false;
    for name in right.split(',').map(str::trim) {
        let name = name.strip_prefix("cc:").map_or(name, |rest| {
            copies = true;
            rest.trim()
        });
        if name.is_empty() {
            return None;
        }
        if copies { &mut cc } else { &mut to }.push(name.to_owned());
    }
    (!to.is_empty() && !from.is_empty()).then_some((at, from, to, cc))
}

fn instant(date: &str, time: &str) -> Option<DateTime> {
    format!("{date}T{time}:00").parse().ok()
}

/// Takes one option line into `options`.
fn option(options: &mut Options, line: &str) -> Result<(), Problem> {
    let (name, value) = line
        .split_once(':')
        .ok_or_else(|| Problem::Option(line.to_owned()))?;
    let (name, value) = (name.trim(), value.trim());
    let wrong = || Problem::Value {
        option: name.to_owned(),
        value: value.to_owned(),
    };
    let words = words(value);
    let word = || value.to_owned();
    match name {
        "id" => options.id = Some(word()),
        "re" if value == "none" => options.reply = Reply::Nothing,
        "re" => options.reply = Reply::To(word()),
        "subject" => options.subject = Some(word()),
        "quote" if value == "no" => options.no_quote = true,
        "signature" if value == "no" => options.no_signature = true,
        "charset" => options.charset = Some(value.parse().map_err(|()| wrong())?),
        "encoding" => options.encoding = Some(value.parse().map_err(|()| wrong())?),
        "html" => options.html = html(value).ok_or_else(wrong)?,
        "attach" => options
            .attachments
            .push(attachment(&words, false).ok_or_else(wrong)?),
        "inline" => options
            .attachments
            .push(attachment(&words, true).ok_or_else(wrong)?),
        "forward" => options.forwards.push(word()),
        "invite" => options.calendar = Some(invite(&words).ok_or_else(wrong)?),
        "cancel" => options.calendar = Some(Calendar::Cancel(word())),
        "answer" => options.calendar = Some(answer(&words).ok_or_else(wrong)?),
        "auto" if value == "yes" => options.automatic = true,
        "ask-receipt" if value == "yes" => options.asks_receipt = true,
        "receipt" => options.receipt = Some(word()),
        "bounce" => options.bounce = Some(bounce(value).ok_or_else(wrong)?),
        "priority" if value == "high" => options.urgent = true,
        "box" => options.boxes = Some(value.split(',').map(|key| key.trim().to_owned()).collect()),
        "quote" | "signature" | "auto" | "ask-receipt" | "priority" => return Err(wrong()),
        _ => return Err(Problem::Option(name.to_owned())),
    }
    Ok(())
}

fn html(value: &str) -> Option<Html> {
    Some(match value {
        "yes" => Html::Yes,
        "only" => Html::Only,
        "newsletter" => Html::Newsletter,
        "no" => Html::No,
        _ => return None,
    })
}

/// `KIND "File name.ext" block`
fn attachment(words: &[String], inline: bool) -> Option<Attachment> {
    let [kind, name, block] = words else { return None };
    let kind = match kind.as_str() {
        "pdf" => Kind::Pdf,
        "docx" => Kind::Docx,
        "xlsx" => Kind::Xlsx,
        "csv" => Kind::Csv,
        "txt" => Kind::Txt,
        "png" => Kind::Png,
        "jpg" => Kind::Jpg,
        _ => return None,
    };
    Some(Attachment {
        kind,
        name: name.clone(),
        block: block.clone(),
        inline,
    })
}

/// `uid DATE TIME minutes "Title" [at "Place"]`
fn invite(words: &[String]) -> Option<Calendar> {
    let [uid, date, time, minutes, title, rest @ ..] = words else {
        return None;
    };
    let place = match rest {
        [] => String::new(),
        [at, place] if at == "at" => place.clone(),
        _ => return None,
    };
    let (at, minutes) = (instant(date, time)?, minutes.parse().ok()?);
    Some(Calendar::Invite {
        uid: uid.clone(),
        at,
        minutes,
        title: title.clone(),
        place,
    })
}

/// `uid accepted|declined|tentative`
fn answer(words: &[String]) -> Option<Calendar> {
    let [uid, answer] = words else { return None };
    let answer = match answer.as_str() {
        "accepted" => Answer::Accepted,
        "declined" => Answer::Declined,
        "tentative" => Answer::Tentative,
        _ => return None,
    };
    Some(Calendar::Answer(uid.clone(), answer))
}

/// `id recipient status reason…`
fn bounce(value: &str) -> Option<Bounce> {
    let mut words = value.splitn(4, ' ').map(str::to_owned);
    let (of, recipient, status, reason) = (words.next()?, words.next()?, words.next()?, words.next()?);
    Some(Bounce {
        of,
        recipient,
        status,
        reason,
    })
}

/// Words between blanks; one in double quotes may contain blanks.
fn words(value: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, piece) in value.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREAD: &str = "subject: Leasing\n# uwaga\n\n=== 2025-03-03 09:12 jan -> ewa, marek, cc: biuro\n\
        attach: pdf \"Oferta 1.pdf\" oferta\n\nDzień dobry\n\n--- oferta\n# Oferta\n";

    #[test]
    fn a_message_has_people_options_and_text() {
        let read = thread("stolarnia/01-leasing.thread", THREAD).expect("a thread");

        let message = &read.messages[0];
        assert_eq!(
            (read.slug.as_str(), read.subject.as_str()),
            ("stolarnia", "Leasing")
        );
        assert_eq!(
            (message.to.len(), message.cc.as_slice()),
            (2, ["biuro".to_owned()].as_slice())
        );
        assert_eq!(message.options.attachments[0].name, "Oferta 1.pdf");
        assert_eq!(message.body, "Dzień dobry");
        assert_eq!(read.blocks["oferta"].1, "# Oferta");
    }

    #[test]
    fn a_wrong_option_is_named_with_its_line() {
        let wrong = thread("a/b.thread", &THREAD.replace("attach: pdf", "attach: pfd"));

        let fault = wrong.expect_err("an unknown kind of file");
        assert_eq!(fault.line, 5);
        assert!(matches!(fault.problem, Problem::Value { .. }));
    }

    #[test]
    fn a_header_without_receivers_is_refused() {
        let wrong = thread("a/b.thread", "subject: x\n=== 2025-03-03 09:12 jan ->\n\ntext\n");

        assert!(matches!(
            wrong.expect_err("no receiver").problem,
            Problem::Header(_)
        ));
    }

    #[test]
    fn a_broken_message_keeps_its_bytes() {
        let read = raw("a/b.raw", "=== 2025-03-03 09:12 ewa\nA\\xffB \\xZZ\n").expect("a broken message");

        assert_eq!(read.bytes, b"A\xffB \\xZZ\r\n");
    }
}
