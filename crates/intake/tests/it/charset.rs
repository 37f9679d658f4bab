//! Text in the charsets our users' mail is in, rightly labelled, wrongly and not at all.

use kronika_intake::mail::{self, Captured};

fn fixture(name: &str) -> (Captured, String) {
    let path = format!("{}/tests/fixtures/{name}.eml", env!("CARGO_MANIFEST_DIR"));
    let raw = std::fs::read(path).unwrap();
    let message = mail::capture(&raw).unwrap();
    let text = mail::reading(&raw, &message).text;
    (message, text)
}

const POLISH: &str = "Szanowna Pani, przesyłam podpisaną umowę. Proszę o potwierdzenie, że wszystko się zgadza. Łączę wyrazy \
    szacunku, Jan Żółkiewski, Łódź, ulica Świętokrzyska.";
const RUSSIAN: &str = "Уважаемая Анна, высылаю подписанный договор. Прошу подтвердить получение до пятницы. С уважением, Иван \
    Петров.";

#[test]
fn labelled_text_is_read_as_labelled() {
    let (russian, polish) = (
        "Договор подписан. Жду ответа до пятницы.",
        "Umowa podpisana. Śląsk, źródło, żółw.",
    );
    let expected = [
        ("koi8-r", "Привет, Анна", russian),
        ("windows-1251", "Привет, Анна", russian),
        ("windows-1250", "Zażółć gęślą jaźń", polish),
        ("iso-8859-2", "Zażółć gęślą jaźń", polish),
        ("windows-1252", "Über “Preise”", "Grüße aus Köln – 100 €"),
        ("utf-8", "Dohoda č. 5", "Ďakujem, dohoda je podpísaná. Ľubomír"),
        ("utf-7", "Zażółć", "Umowa podpisana: źródło"),
    ];
    for (charset, subject, body) in expected {
        let (message, text) = fixture(charset);
        assert_eq!(
            (message.subject.as_str(), text.as_str()),
            (subject, body),
            "{charset}"
        );
        assert_eq!(message.preview, body, "{charset}");
        assert_eq!(message.participants[0].name, "Jan Żak");
        assert_eq!(message.participants[0].address, "jan.zak@firma.pl");
    }
}

#[test]
fn a_header_that_should_have_been_encoded_is_read_in_the_charset_of_the_text() {
    for charset in ["koi8-r", "windows-1250", "windows-1251", "iso-8859-2", "utf-8"] {
        let (encoded, text) = fixture(charset);
        let (raw, raw_text) = fixture(&format!("{charset}-raw-header"));
        assert_eq!((raw.subject, raw_text), (encoded.subject, text), "{charset}");
    }
}

#[test]
fn unlabelled_text_is_read_in_the_charset_it_is_most_likely_in() {
    for charset in ["windows-1250", "utf-8"] {
        assert_eq!(fixture(&format!("unlabelled-{charset}")).1, POLISH, "{charset}");
    }
    for charset in ["koi8-r", "windows-1251"] {
        assert_eq!(fixture(&format!("unlabelled-{charset}")).1, RUSSIAN, "{charset}");
    }
}

#[test]
fn a_label_that_the_bytes_contradict_is_not_believed() {
    let labels = [
        "utf-8-labelled-latin-1",
        "windows-1250-labelled-iso-8859-2",
        "windows-1250-labelled-utf-8",
    ];
    for name in labels {
        assert_eq!(fixture(name).1, POLISH, "{name}");
    }
}

fn subject(value: &str) -> String {
    mail::capture(format!("Subject: {value}\nFrom: a@b\n\n").as_bytes())
        .unwrap()
        .subject
}

#[test]
fn encoded_words_may_be_split_in_the_middle_of_a_character() {
    assert_eq!(subject("=?utf-8?B?WmHFvMOzxYI=?= =?utf-8?B?xIc=?="), "Zażółć");
    assert_eq!(
        subject("=?utf-8?Q?Za=C5?=\n =?UTF-8?Q?=BC=C3=B3=C5=82=C4=87?="),
        "Zażółć"
    );
    assert_eq!(subject("=?utf-8?B?xbw?= =?utf-8?Q?=C5?= =?utf-8?B?vA==?="), "żż");
    assert_eq!(
        subject("=?iso-2022-jp?B?GyRCJEYbKEI=?= =?iso-2022-jp?B?GyRCJEYbKEI=?="),
        "てて"
    );
}

#[test]
fn encoded_words_are_told_from_what_only_looks_like_them() {
    assert_eq!(subject("Re: =?utf-8?Q?a_b?= c =?x"), "Re: a b c =?x");
    assert_eq!(
        subject("=?utf-8?X?a?= =??= =?utf-8?Q?"),
        "=?utf-8?X?a?= =??= =?utf-8?Q?"
    );
    assert_eq!(subject("=?utf-8*pl?Q?a?="), "a");
    assert_eq!(subject("=?utf-8?Q?a=0D=0ABcc:_x?="), "a Bcc: x");
    assert_eq!(subject("a\n\tb\r\n  c"), "a b c");
}
