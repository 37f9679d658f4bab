//! Texts that want to be more than text, and texts that no font has. Whatever they are, the report is made.

use kronika_report::model::LogLine;

use crate::support::{assert_sound, made, saying, text};

/// A subject and a text, and whether everything is all right.
fn is_made(subject: &str, text: &str) -> tempfile::TempDir {
    let folder = made(&saying(subject, text));
    assert_sound(&folder);
    folder
}

/// Characters from a place to another.
fn all(range: std::ops::Range<u32>) -> String {
    range.filter_map(char::from_u32).collect()
}

#[test]
fn markup_stays_text() {
    let markup = "#panic() *bold* _slanted_ `raw` $x^2$ <exhibit-1> @exhibit-1 // gone? /* gone? */ #read(\"/etc/passwd\") \\ = Head";

    let folder = is_made(
        markup,
        &format!("= Head\n- item\n{markup}\n#import \"style.typ\": *"),
    );

    let Some(text) = text(&folder) else { return };
    assert_eq!(text.matches(markup).count(), 2, "in {text}");
    assert!(text.contains("= Head - item"), "in {text}");
    assert!(text.contains("#import \"style.typ\": *"), "in {text}");
}

#[test]
fn markup_in_every_other_field_stays_text_too() {
    let json = crate::support::office().to_string();
    let json = json
        .replace("Ewa Wrona", "#panic(1) ] Wrona")
        .replace("Mazur", "$Mazur");

    let done = crate::support::work(json.as_bytes(), &[]);

    assert_eq!(
        done.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

#[test]
fn what_would_turn_the_order_of_reading_is_shown() {
    let folder = is_made("\u{202e}fdp.exe", "pay \u{2066}1\u{2069} \u{200f}now\u{61c}");

    let Some(text) = text(&folder) else { return };
    assert!(text.contains("[U+202E]fdp.exe"), "in {text}");
    assert!(
        text.contains("[U+2066]1[U+2069] [U+200F]now[U+061C]"),
        "in {text}"
    );
}

#[test]
fn control_characters_are_shown_by_number() {
    let folder = is_made("a\0b\u{1b}[31mc", &"\0".repeat(100_000));

    let Some(text) = text(&folder) else { return };
    assert!(text.contains("a[U+0000]b[U+001B][31mc"), "in {text}");
    assert!(text.contains("[U+0000 ×100000]"), "in {text}");
}

#[test]
fn no_stretch_of_unicode_keeps_it_from_being_made() {
    for start in (0..0x3400).step_by(0x400) {
        is_made("x", &all(start..start + 0x400));
    }
    is_made("x", &all(0xA000..0xAC00));
    is_made("x", &all(0xD7B0..0xE100));
    is_made("x", &all(0xF800..0x1_0400));
    is_made("x", &all(0x1_F000..0x1_FB00));
    is_made("x", &all(0xE_0000..0xF_0010));
}

#[test]
fn marks_on_anything_keep_it_from_nothing() {
    let marks = all(0x300..0x370)
        + &all(0x483..0x48a)
        + &all(0x591..0x5c8)
        + &all(0x64b..0x660)
        + &all(0x20d0..0x20f1);
    let bases = ["a", "ж", "א", "ب", "漢", "☂", "😀", "[", " ", "\u{25cc}"];
    let text: String = marks
        .chars()
        .flat_map(|mark| bases.map(|base| format!("{base}{mark}{mark} ")))
        .collect();

    is_made(&bases.join("\u{338}"), &text);
}

#[test]
fn emoji_are_shown_or_named() {
    let folder = is_made("😀", "👩\u{200d}👩\u{200d}👧 🇵🇱 ❤\u{fe0f} 1\u{fe0f}\u{20e3}");

    let Some(text) = text(&folder) else { return };
    assert!(
        text.contains("[U+1F469 ×2][U+1F467] [U+1F1F5][U+1F1F1]"),
        "in {text}"
    );
}

#[test]
fn a_line_of_a_megabyte_goes_over_many_pages() {
    let folder = is_made("W".repeat(5_000).as_str(), &"0123456789abcdef".repeat(65_536));

    let Some(text) = text(&folder) else { return };
    let joined: String = text.split_whitespace().collect();
    assert!(
        joined.matches("0123456789abcdef").count() > 60_000,
        "all of it is there but for what pages part"
    );
}

#[test]
fn very_many_lines_and_very_deep_quotations_are_made() {
    let deep = ">".repeat(5_000) + " deep\n" + &"> > > three\n>> two\n> one\nnone\n".repeat(500);

    is_made("", &(deep + &"a\n".repeat(10_000)));
}

#[test]
fn pictures_that_are_none_are_left_out() {
    let mut report = saying("pictures", "");
    let template =
        crate::support::report(kronika_report::model::Language::En).exhibits[1].attachments[0].clone();
    let real = template.thumbnail.clone().unwrap();
    let cut = real[..real.len() / 2 / 4 * 4].to_owned();
    let svg = data_encoding::BASE64
        .encode(b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>");
    for thumbnail in [
        String::new(),
        "no base64!".to_owned(),
        cut,
        svg,
        "AAAA".repeat(1_000),
        real,
    ] {
        let mut attachment = template.clone();
        attachment.thumbnail = Some(thumbnail);
        report.exhibits[0].attachments.push(attachment);
    }

    assert_sound(&made(&report));
}

#[test]
fn a_seal_that_is_no_drawing_is_left_out() {
    let mut report = saying("seal", "");
    let seal = report.exhibits[0].seal.as_mut().unwrap();
    seal.edge = "M0 0\"/><image href=\"/etc/passwd\"/><path d=\"".to_owned();

    assert_sound(&made(&report));
}

#[test]
fn instants_that_no_calendar_has_are_left_blank() {
    let mut report = saying("times", "");
    report.exhibits[0].times.claimed_at = Some(i64::MAX);
    report.exhibits[0].times.captured_at = i64::MIN;
    report.log.push(LogLine {
        at: i64::MAX,
        who: String::new(),
        what: String::new(),
        exhibit: None,
    });

    assert_sound(&made(&report));
}
