//! What mail programs say in four languages.

use jiff::Zoned;
use jiff::civil::Weekday;

use crate::script::{Answer, Language, Mailer};

const MONTHS: [[&str; 12]; 4] = [
    [
        "sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru",
    ],
    [
        "1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.", "9.", "10.", "11.", "12.",
    ],
    [
        "янв.",
        "февр.",
        "мар.",
        "апр.",
        "мая",
        "июн.",
        "июл.",
        "авг.",
        "сент.",
        "окт.",
        "нояб.",
        "дек.",
    ],
    [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
];
const DAYS: [[&str; 7]; 4] = [
    ["pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."],
    ["po", "ut", "st", "št", "pi", "so", "ne"],
    ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
];

/// A message spoken of in a quote.
#[derive(Debug, Clone, Copy)]
pub struct Quoted<'a> {
    /// When it was sent.
    pub at: &'a Zoned,
    /// Sender's name.
    pub name: &'a str,
    /// Sender's address.
    pub address: &'a str,
    /// Receivers' names.
    pub to: &'a str,
    /// Subject.
    pub subject: &'a str,
}

/// The line or lines above a quote.
pub fn attribution(language: Language, mailer: Mailer, quoted: Quoted<'_>) -> String {
    match mailer {
        Mailer::Thunderbird => line(language, quoted),
        Mailer::Outlook => block(language, quoted),
        Mailer::Gmail | Mailer::Phone => sentence(language, quoted),
    }
}

fn line(language: Language, Quoted { at, name, .. }: Quoted<'_>) -> String {
    match language {
        Language::Pl => format!(
            "W dniu {} pisze:",
            at.strftime(&format!("%-d.%m.%Y o %H:%M, {name}"))
        ),
        Language::Sk => format!(
            "Dňa {} napísal(a):",
            at.strftime(&format!("%-d. %-m. %Y o %-H:%M {name}"))
        ),
        Language::Ru => format!("{} пишет:", at.strftime(&format!("%d.%m.%Y %H:%M, {name}"))),
        Language::En => format!("On {} wrote:", at.strftime(&format!("%d/%m/%Y %H:%M, {name}"))),
    }
}

fn sentence(
    language: Language,
    Quoted {
        at, name, address, ..
    }: Quoted<'_>,
) -> String {
    let (day, month) = (day_name(language, at), month_name(language, at));
    let (number, year, time) = (at.day(), at.year(), at.strftime("%H:%M"));
    match language {
        Language::Pl => format!("{day}, {number} {month} {year} o {time} {name} <{address}> napisał(a):"),
        Language::Sk => format!("{day} {number}. {month} {year} o {time} {name} <{address}> napísal(a):"),
        Language::Ru => format!("{day}, {number} {month} {year} г. в {time}, {name} <{address}>:"),
        Language::En => format!("On {day}, {number} {month} {year} at {time}, {name} <{address}> wrote:"),
    }
}

fn block(language: Language, quoted: Quoted<'_>) -> String {
    let [rule, from, sent, to, subject] = match language {
        Language::Pl => ["-----Oryginalna wiadomość-----", "Od", "Wysłano", "Do", "Temat"],
        Language::Sk => ["-----Pôvodná správa-----", "Od", "Odoslané", "Komu", "Predmet"],
        Language::Ru => ["-----Исходное сообщение-----", "От", "Отправлено", "Кому", "Тема"],
        Language::En => ["-----Original Message-----", "From", "Sent", "To", "Subject"],
    };
    format!(
        "{rule}\n{from}: {} <{}>\n{sent}: {}\n{to}: {}\n{subject}: {}\n",
        quoted.name,
        quoted.address,
        quoted.at.strftime("%Y-%m-%d %H:%M"),
        quoted.to,
        quoted.subject
    )
}

fn day_name(language: Language, at: &Zoned) -> &'static str {
    let weekday: Weekday = at.weekday();
    DAYS[language as usize][weekday.to_monday_zero_offset().unsigned_abs() as usize]
}

fn month_name(language: Language, at: &Zoned) -> &'static str {
    MONTHS[language as usize][(at.month() - 1).unsigned_abs() as usize]
}

/// Subject of an answer to an invitation.
pub fn answered(language: Language, answer: Answer) -> &'static str {
    match (language, answer) {
        (Language::Pl, Answer::Accepted) => "Zaakceptowano",
        (Language::Pl, Answer::Declined) => "Odrzucono",
        (Language::Pl, Answer::Tentative) => "Wstępnie zaakceptowano",
        (Language::Sk, Answer::Accepted) => "Prijaté",
        (Language::Sk, Answer::Declined) => "Odmietnuté",
        (Language::Sk, Answer::Tentative) => "Predbežne prijaté",
        (Language::Ru, Answer::Accepted) => "Принято",
        (Language::Ru, Answer::Declined) => "Отклонено",
        (Language::Ru, Answer::Tentative) => "Под вопросом",
        (Language::En, Answer::Accepted) => "Accepted",
        (Language::En, Answer::Declined) => "Declined",
        (Language::En, Answer::Tentative) => "Tentative",
    }
}

/// Subject of a cancelled meeting.
pub fn cancelled(language: Language) -> &'static str {
    match language {
        Language::Pl => "Odwołano",
        Language::Sk => "Zrušené",
        Language::Ru => "Отменено",
        Language::En => "Canceled",
    }
}

/// Subject of a read receipt.
pub fn read(language: Language) -> &'static str {
    match language {
        Language::Pl => "Przeczytano",
        Language::Sk => "Prečítané",
        Language::Ru => "Прочтено",
        Language::En => "Read",
    }
}

/// The line at the foot of a mass mailing.
pub fn unsubscribe(language: Language) -> &'static str {
    match language {
        Language::Pl => "Wypisz się z listy",
        Language::Sk => "Odhlásiť odber",
        Language::Ru => "Отписаться от рассылки",
        Language::En => "Unsubscribe",
    }
}
