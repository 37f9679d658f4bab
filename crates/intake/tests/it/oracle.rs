//! An independent parser's opinion of the same messages.

use kronika_intake::mail::{self, PartKind};
use mail_parser::{MessageParser, PartType};

use crate::shared::{corpus, files};

#[test]
fn an_independent_parser_sees_nearly_the_same() {
    let Some(folder) = corpus("mail-hard") else { return };
    let (mut same, mut differing) = (0, 0);

    for path in files(&folder)
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "eml"))
    {
        let raw = std::fs::read(path).unwrap();
        let (Ok(ours), Some(theirs)) = (mail::capture(&raw), MessageParser::default().parse(&raw)) else {
            continue;
        };
        let squeezed = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
        let subject = squeezed(theirs.subject().unwrap_or_default());
        let date = theirs.date().map(|date| date.to_timestamp() * 1_000_000);
        let id = theirs.message_id().unwrap_or_default();
        let checks = [
            (squeezed(&ours.subject), subject),
            (ours.message_id.clone().unwrap_or_default(), id.to_owned()),
            (format!("{:?}", ours.claimed_at), format!("{date:?}")),
            (leaves(&raw, &ours), their_leaves(&theirs)),
        ];
        for (ours, theirs) in checks {
            if ours == theirs {
                same += 1;
            } else {
                differing += 1;
                println!("{}\n   {ours}\n   {theirs}", path.display());
            }
        }
    }

    // Where they differ (printed above), the other parser leaves a charset undecoded or takes text for no attachment.
    println!("{same} same, {differing} differing");
    assert!(differing * 20 < same);
}

fn leaves(raw: &[u8], message: &mail::Captured) -> String {
    let mut under: Vec<String> = Vec::new();
    let mut sizes = Vec::new();
    for part in message
        .parts
        .iter()
        .skip(1)
        .filter(|part| part.container.is_none())
    {
        if under
            .iter()
            .any(|number| part.number.starts_with(number.as_str()))
        {
            continue;
        }
        if part.kind == PartKind::Nested {
            under.push(format!("{}.", part.number));
        }
        if !matches!(
            part.kind,
            PartKind::Text | PartKind::Html | PartKind::Nested | PartKind::Calendar
        ) {
            sizes.push(format!(
                "{} {}",
                part.filename.clone().unwrap_or_default(),
                mail::decode(part, raw).trim_ascii().len()
            ));
        }
    }
    sizes.join(", ")
}

fn their_leaves(message: &mail_parser::Message<'_>) -> String {
    use mail_parser::MimeHeaders;
    let sizes = message.parts.iter().filter_map(|part| match &part.body {
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => Some(format!(
            "{} {}",
            part.attachment_name().unwrap_or_default(),
            bytes.trim_ascii().len()
        )),
        _ => None,
    });
    sizes.collect::<Vec<_>>().join(", ")
}
