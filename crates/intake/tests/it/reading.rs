//! What somebody wrote, told from what they quoted.

use kronika_intake::mail::{self, BlockKind};

/// The kinds and texts of the blocks of a plain text.
fn blocks(body: &str) -> Vec<(BlockKind, String)> {
    let raw = format!("From: a@b\nContent-Type: text/plain; charset=utf-8\n\n{body}");
    let message = mail::capture(raw.as_bytes()).unwrap();
    let reading = mail::reading(raw.as_bytes(), &message);
    reading
        .blocks
        .iter()
        .map(|block| (block.kind, reading.text[block.range.clone()].trim().to_owned()))
        .collect()
}

fn kinds(body: &str) -> Vec<BlockKind> {
    blocks(body).into_iter().map(|(kind, _)| kind).collect()
}

use BlockKind::{Forwarded, LeadIn, Own, Quote, Signature};

#[test]
fn attributions_are_known_in_the_languages_of_our_users() {
    let lead_ins = [
        "On Mon, 5 Jan 2026 at 10:00, Jan <jan@x.pl> wrote:",
        "On Mon, 5 Jan 2026 at 10:00, Jan Kowalski\n<jan@x.pl> wrote:",
        "W dniu 05.01.2026 o 10:00, Jan Kowalski pisze:",
        "pon., 5 sty 2026 o 10:00 Jan Kowalski <jan@x.pl> napisał(a):",
        "Dnia 5 stycznia 2026 10:00 Jan <jan@x.pl> napisał(a):",
        "Dňa 5. 1. 2026 o 10:00 Ján napísal(a):",
        "po 5. 1. 2026 o 10:00 Ján <jan@x.sk> napísal(a):",
        "5 января 2026 г., 10:00, Иван <ivan@x.ru> написал:",
        "05.01.2026 10:00, Иван Петров пишет:",
        "Am 05.01.2026 um 10:00 schrieb Jan <jan@x.de>:",
        "Jan napisał:",
    ];
    for lead_in in lead_ins {
        let expected = [(Own, "Zgoda."), (LeadIn, lead_in), (Quote { depth: 1 }, "> x")];
        assert_eq!(
            blocks(&format!("Zgoda.\n\n{lead_in}\n> x\n")),
            expected.map(|(kind, text)| (kind, text.to_owned()))
        );
    }
    assert_eq!(kinds("He wrote:\nthis and that\n"), [Own]);
}

#[test]
fn outlooks_header_blocks_begin_the_history() {
    let headers = [
        "From: Jan <jan@x.pl>\nSent: Monday, 5 January 2026 10:00\nTo: Anna\nSubject: x",
        "Od: Jan <jan@x.pl>\nWysłano: poniedziałek, 5 stycznia 2026\nDo: Anna\nTemat: x",
        "________________________________\nOd: Ján\nOdoslané: pondelok\nKomu: Anna\nPredmet: x",
        "-----Original Message-----\nFrom: Jan\nSent: x\nTo: y\nSubject: z",
        "-----Oryginalna wiadomość-----\nOd: Jan",
        "От: Иван\nОтправлено: 5 января\nКому: Анна\nТема: x",
        "*Von:* Jan\n*Gesendet:* Montag\n*An:* Anna\n*Betreff:* x",
    ];
    for header in headers {
        assert_eq!(
            kinds(&format!("Ok.\n\n{header}\n\nold text\n> older\n")),
            [Own, LeadIn, Quote { depth: 1 }, Quote { depth: 2 }],
            "{header}"
        );
    }
}

#[test]
fn a_message_handed_on_is_not_history() {
    let forwards = [
        "---------- Forwarded message ---------\nFrom: Jan <jan@x.pl>\nDate: Mon\nSubject: x\nTo: <a@b>",
        "---------- Przekazana wiadomość ----------",
        "-------- Пересылаемое сообщение --------",
        "Begin forwarded message:\n\nFrom: Jan\nSubject: x\nDate: y",
    ];
    for forward in forwards {
        assert_eq!(
            kinds(&format!("FYI\n\n{forward}\n\nthe text\n")),
            [Own, LeadIn, Forwarded],
            "{forward}"
        );
    }
}

#[test]
fn signatures_end_what_is_said() {
    for signature in [
        "-- \nJan\nFirma",
        "Sent from my iPhone",
        "Wysłane z iPhone'a",
        "Отправлено с iPhone",
        "Odoslané z iPhonu",
    ] {
        assert_eq!(
            kinds(&format!("Ok\n{signature}\n")),
            [Own, Signature],
            "{signature}"
        );
    }
}

#[test]
fn answers_between_quotations_are_own_text() {
    assert_eq!(
        kinds("> a\n>> b\nme\n> c\nme again\n"),
        [
            Quote { depth: 1 },
            Quote { depth: 2 },
            Own,
            Quote { depth: 1 },
            Own,
        ]
    );
}

#[test]
fn flowed_lines_are_joined() {
    let raw = "From: a@b\nContent-Type: text/plain; format=flowed\n\nOne \nline.\n From here\n> a \n> b\n-- \nJan\n";
    let message = mail::capture(raw.as_bytes()).unwrap();
    assert_eq!(
        mail::reading(raw.as_bytes(), &message).text,
        "One line.\nFrom here\n> a b\n-- \nJan"
    );

    let raw = "From: a@b\nContent-Type: text/plain; format=flowed; delsp=yes\n\nOne \nline.\n";
    let message = mail::capture(raw.as_bytes()).unwrap();
    assert_eq!(mail::reading(raw.as_bytes(), &message).text, "Oneline.");
}

#[test]
fn html_becomes_text_with_its_quotations() {
    let html = "<html><head><title>no</title><style>p{}</style></head><body><p>Cze&#347;&#263;,&nbsp;Anna &amp; co</p>\
        <ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr></table>\
        <div>On Mon, 5 Jan 2026, Jan &lt;j@x&gt; wrote:<br></div><blockquote><p>old<br>text</p></blockquote><!-- x --></body></html>";
    let raw = format!("From: a@b\nContent-Type: text/html; charset=utf-8\n\n{html}");
    let message = mail::capture(raw.as_bytes()).unwrap();

    let reading = mail::reading(raw.as_bytes(), &message);

    assert_eq!(
        reading.text,
        "Cześć, Anna & co\n\n- one\n- two\n\na\tb\n\nOn Mon, 5 Jan 2026, Jan <j@x> wrote:\n>\n> old\n> text"
    );
    assert_eq!(reading.blocks.len(), 3);
    assert_eq!(reading.html.as_deref(), Some(html));
    assert!(message.preview.starts_with("Cześć, Anna & co"));
}
