//! The body of a message as a tree of parts.

use super::headers::{Envelope, unsubscribe_link};
use super::text::Text;
use super::{html, style};
use crate::document::{Source, make, media_type};
use crate::mime::{Charset, Encoding, Part, file_parameter};
use crate::script::{Attachment, Html, Mailer, Problem, Thread};

/// Character set and transfer encoding of the text.
#[derive(Debug, Clone, Copy)]
pub struct Wire {
    /// Character set.
    pub charset: Charset,
    /// Transfer encoding.
    pub encoding: Encoding,
}

/// An attachment that has been made.
#[derive(Debug)]
pub struct File<'s> {
    attachment: &'s Attachment,
    bytes: Vec<u8>,
    content_id: String,
}

/// Makes the files a message carries.
pub fn files<'s>(
    thread: &Thread,
    attachments: &'s [Attachment],
    envelope: &Envelope<'_>,
) -> Result<Vec<File<'s>>, Problem> {
    let make_one = |(at, attachment): (usize, &'s Attachment)| {
        let missing = || Problem::NoBlock(attachment.block.clone());
        let (_, text) = thread.blocks.get(&attachment.block).ok_or_else(missing)?;
        let language = envelope
            .from
            .known
            .map_or(envelope.language, |(party, _)| party.language);
        let source = Source {
            name: &attachment.name,
            text,
            language,
            made_on: envelope.at.date(),
        };
        let bytes = make(attachment.kind, source).map_err(|reason| Problem::Document {
            name: attachment.name.clone(),
            reason,
        })?;
        let content_id = format!("part{at}.{}", envelope.message_id);
        Ok(File {
            attachment,
            bytes,
            content_id,
        })
    };
    attachments.iter().enumerate().map(make_one).collect()
}

/// Text and HTML as asked for, with the pictures that the HTML shows.
pub fn body(text: &Text, how: Html, wire: Wire, envelope: &Envelope<'_>, files: &[File<'_>]) -> Part {
    let plain = Part::text("plain", &text.plain(), wire.charset, wire.encoding);
    let inline: Vec<&File<'_>> = files.iter().filter(|file| file.attachment.inline).collect();
    let markup = match how {
        Html::No => return plain,
        Html::Newsletter => {
            let words = style::unsubscribe(envelope.language);
            html::newsletter(
                &envelope.from.name,
                &text.own,
                (&unsubscribe_link(envelope), words),
            )
        }
        Html::Yes | Html::Only => {
            let ids: Vec<String> = inline.iter().map(|file| file.content_id.clone()).collect();
            html::message(text, &ids)
        }
    };
    let mut rich = Part::text("html", &markup, wire.charset, wire.encoding);
    if !inline.is_empty() {
        let modern = envelope.from.mailer() != Mailer::Outlook;
        let pictures = inline
            .iter()
            .map(|file| part(file, modern, "inline").with("Content-ID", format!("<{}>", file.content_id)));
        rich = Part::multi(
            "related; type=\"text/html\"",
            std::iter::once(rich).chain(pictures).collect(),
        );
    }
    if how == Html::Only {
        rich
    } else {
        Part::multi("alternative", vec![plain, rich])
    }
}

/// `body` alone, or with attachments and forwarded messages behind it.
pub fn with_attachments(body: Part, files: &[File<'_>], forwards: Vec<Vec<u8>>, mailer: Mailer) -> Part {
    let mut parts = vec![body];
    let attached = files.iter().filter(|file| !file.attachment.inline);
    parts.extend(attached.map(|file| part(file, mailer != Mailer::Outlook, "attachment")));
    for message in forwards {
        parts.push(Part::verbatim("message/rfc822", message).with("Content-Disposition", "attachment"));
    }
    match parts.len() {
        1 => parts.remove(0),
        _ => Part::multi("mixed", parts),
    }
}

fn part(file: &File<'_>, modern: bool, disposition: &str) -> Part {
    let name = &file.attachment.name;
    // Old programs look only at `name`, and write it the old way.
    let kind = format!(
        "{};\n{}",
        media_type(file.attachment.kind),
        file_parameter("name", name, false)
    );
    Part::file(&kind, &file.bytes).with(
        "Content-Disposition",
        format!("{disposition};\n{}", file_parameter("filename", name, modern)),
    )
}
