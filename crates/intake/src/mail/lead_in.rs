//! The lines by which mail programs introduce what is quoted or forwarded, in the languages our users write and
//! read, and those that start a signature.

/// What introduces another message, with the number of bytes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeadIn {
    /// `On … wrote:`; the quotation follows, marked line by line.
    Attribution { length: usize },
    /// A separator or a header block; all that follows is the message answered.
    Reply { length: usize },
    /// The same before a message handed on.
    Forward { length: usize },
}

const MAX_LINE_BYTES: usize = 400;
const MAX_ATTRIBUTION_LINES: usize = 3;
const MAX_HEADER_LINES: usize = 12;

/// Ends of an attribution, before the colon.
const WROTE: [&str; 28] = [
    "wrote",
    "writes",
    "said",
    "napisał",
    "napisała",
    "napisał(a)",
    "napisał/a",
    "napisal",
    "napisal(a)",
    "pisze",
    "napísal",
    "napísala",
    "napísal(a)",
    "napísal/a",
    "píše",
    "napsal",
    "napsala",
    "napsal(a)",
    "пишет",
    "писал",
    "писала",
    "писал(а)",
    "написал",
    "написала",
    "написал(а)",
    "schrieb",
    "geschrieben",
    "a écrit",
];
/// Beginnings of an attribution that may run over several lines.
const OPENERS: [&str; 14] = [
    "On ", "W dniu ", "Dnia ", "Dňa ", "Dna ", "Dne ", "Am ", "Le ", "Il ", "El ", "В ", "Op ", "Pe ", "Den ",
];
const FORWARDED: [&str; 12] = [
    "forwarded message",
    "begin forwarded message",
    "przekazana wiadomość",
    "wiadomość przekazana",
    "treść przekazanej wiadomości",
    "preposlaná správa",
    "preposlana sprava",
    "přeposlaná zpráva",
    "пересылаемое сообщение",
    "пересылаемое письмо",
    "пересланное сообщение",
    "weitergeleitete nachricht",
];
const ORIGINAL: [&str; 13] = [
    "original message",
    "original appointment",
    "oryginalna wiadomość",
    "wiadomość oryginalna",
    "wiadomość pierwotna",
    "pôvodná správa",
    "povodna sprava",
    "původní zpráva",
    "исходное сообщение",
    "оригинальное сообщение",
    "исходное письмо",
    "ursprüngliche nachricht",
    "message d'origine",
];
const FROM: [&str; 5] = ["From", "Od", "От", "Von", "De"];
/// The other fields such a block shows.
const FIELDS: [&str; 39] = [
    "Sent",
    "Date",
    "To",
    "Cc",
    "Bcc",
    "Subject",
    "Reply-To",
    "Importance",
    "Attachments",
    "Wysłano",
    "Wysłane",
    "Data",
    "Do",
    "DW",
    "Kopia",
    "Temat",
    "Odoslané",
    "Dátum",
    "Komu",
    "Pre",
    "Kópia",
    "Predmet",
    "Odesláno",
    "Datum",
    "Kopie",
    "Předmět",
    "Отправлено",
    "Дата",
    "Кому",
    "Копия",
    "Тема",
    "Gesendet",
    "An",
    "Betreff",
    "Envoyé",
    "À",
    "Objet",
    "Priorytet",
    "Załączniki",
];
const SENT_FROM: [&str; 16] = [
    "sent from my ",
    "sent from outlook",
    "get outlook for ",
    "sent with ",
    "wysłane z ",
    "wysłano z ",
    "pobierz outlook",
    "wysłane przez ",
    "odoslané z ",
    "odoslané zo ",
    "odesláno z ",
    "отправлено с ",
    "отправлено из ",
    "von meinem ",
    "gesendet von ",
    "получите outlook",
];

/// The lead-in that `text` starts with.
pub(super) fn at_start(text: &str) -> Option<LeadIn> {
    let line = text.split_inclusive('\n').next()?;
    let trimmed = bare(line);
    let first = trimmed.chars().next()?;
    if first == '-' || first == '_' || (trimmed.ends_with(':') && line.len() < 80) {
        let separator = separator(trimmed, line.len());
        if let Some(found) = separator {
            return Some(found.with_header(text));
        }
    }
    if let Some(length) = header_block(text) {
        return Some(LeadIn::Reply { length });
    }
    if first == '_' && trimmed.len() > 8 && trimmed.bytes().all(|b| b == b'_') {
        let after = text.get(line.len()..)?;
        let blank = after.len() - after.trim_start_matches(['\r', '\n', ' ']).len();
        let header = header_block(after.get(blank..)?)?;
        return Some(LeadIn::Reply {
            length: line.len() + blank + header,
        });
    }
    attribution(text).map(|length| LeadIn::Attribution { length })
}

impl LeadIn {
    /// Takes in the header block that follows a separator.
    fn with_header(self, text: &str) -> Self {
        let extended = |length: usize| {
            let after = text.get(length..).unwrap_or_default();
            let blank = after.len() - after.trim_start_matches(['\r', '\n', ' ']).len();
            let header = header_block(after.get(blank..).unwrap_or_default());
            header.map_or(length, |header| length + blank + header)
        };
        match self {
            Self::Reply { length } => Self::Reply {
                length: extended(length),
            },
            Self::Forward { length } => Self::Forward {
                length: extended(length),
            },
            Self::Attribution { .. } => self,
        }
    }
}

/// A line without the marks around it: white space, and the asterisks that bold text leaves.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == '*')
}

fn separator(line: &str, length: usize) -> Option<LeadIn> {
    let words = line
        .trim_matches(|c: char| matches!(c, '-' | '_' | ' ' | ':' | '*' | '—'))
        .to_lowercase();
    let dashed = line.starts_with("--") || line.starts_with("__");
    if FORWARDED
        .iter()
        .any(|known| words == *known || (dashed && words.starts_with(known)))
    {
        return Some(LeadIn::Forward { length });
    }
    (dashed && ORIGINAL.contains(&words.as_str())).then_some(LeadIn::Reply { length })
}

/// The length of a block such as `From: … Sent: … To: … Subject: …`: a sender, and at least two more fields.
fn header_block(text: &str) -> Option<usize> {
    let (mut length, mut fields) = (0, 0);
    for (at, line) in text.split_inclusive('\n').take(MAX_HEADER_LINES).enumerate() {
        let name = field_name(line);
        let known = name.is_some_and(|name| {
            if at == 0 {
                FROM.contains(&name)
            } else {
                FIELDS.contains(&name)
            }
        });
        match (at, known) {
            (0, false) => return None,
            (_, true) => fields += 1,
            _ if line.trim().is_empty() => break,
            // A long list of recipients goes on on the next line.
            _ => {}
        }
        length += line.len();
    }
    (fields >= 3).then_some(length)
}

fn field_name(line: &str) -> Option<&str> {
    const MAX_NAME_BYTES: usize = 40;
    let (name, _) = line.split_once(':')?;
    (name.len() <= MAX_NAME_BYTES).then(|| bare(name))
}

/// The length of an attribution, of up to three lines.
fn attribution(text: &str) -> Option<usize> {
    let dated = || {
        let first = text.lines().next().unwrap_or_default();
        first.starts_with(|c: char| c.is_ascii_digit())
            && first.bytes().filter(u8::is_ascii_digit).count() >= 6
    };
    let opened = OPENERS.iter().any(|opener| text.starts_with(opener)) || dated();
    let mut length = 0;
    for (at, line) in text.split_inclusive('\n').take(MAX_ATTRIBUTION_LINES).enumerate() {
        length += line.len();
        let trimmed = line.trim_end();
        if length > MAX_LINE_BYTES || trimmed.is_empty() {
            return None;
        }
        if ends_as_attribution(trimmed) {
            let whole = text.get(..length)?;
            // Without an opener, an address or a date must be there, or `He wrote:` would be one.
            let telling =
                opened || whole.contains('@') || whole.bytes().filter(u8::is_ascii_digit).count() >= 4;
            let quoted = text.get(length..)?.trim_start().starts_with('>');
            return (telling || (quoted && at == 0)).then_some(length);
        }
        if !opened {
            return None;
        }
    }
    None
}

fn ends_as_attribution(line: &str) -> bool {
    let Some(line) = line.strip_suffix(':') else {
        return false;
    };
    let line = line.trim_end().trim_end_matches(['>', ']', ')']).trim_end();
    // `… написал(а)` has lost its bracket; `… pisze Jan <jan@x>` has the verb before the name.
    let tail = line
        .char_indices()
        .rev()
        .nth(100)
        .map_or(line, |(at, _)| line.get(at..).unwrap_or(line));
    WROTE.iter().any(|wrote| {
        let verb = wrote.trim_end_matches(')');
        tail.ends_with(verb) || tail.contains(&format!(" {wrote} "))
    })
}

/// Whether a line starts a signature.
pub(super) fn is_signature(line: &str) -> bool {
    let line = line.trim_end_matches(['\r', '\n']);
    if line == "-- " || line == "--" {
        return true;
    }
    let start = line.trim_start();
    let start = start
        .char_indices()
        .nth(24)
        .map_or(start, |(at, _)| start.get(..at).unwrap_or(start));
    let lower = start.to_lowercase();
    line.len() < 120 && SENT_FROM.iter().any(|known| lower.starts_with(known))
}
