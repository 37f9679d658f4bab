//! What is written, field by field, and what is refused.

use kronika_vcon::{Content, Dialog, DialogKind, SignError, Signer, Uuid, VconError, sign};
use serde_json::{Value, json};

use crate::sample::{AT, conversation, signer};

fn read(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

#[test]
fn a_conversation_is_written_as_the_draft_has_it() {
    let vcon = read(&conversation().to_json().unwrap());

    assert_eq!(vcon["created_at"], "2026-11-26T11:00:31.25Z");
    assert_eq!(vcon["subject"], "Cena ksiąg – účtovníctvo – учёт");
    assert_eq!(vcon["parties"][0]["tel"], "tel:+48135550120");
    assert_eq!(
        vcon["parties"][2],
        json!({ "name": "Сергей Литвинов", "mailto": "s.litvinov@mazur-transport.example" })
    );
    let hash = format!("sha512-{}", data_encoding::BASE64URL_NOPAD.encode(&[0xAB; 64]));
    let mail = json!({
        "type": "text", "start": "2026-03-02T07:14:09Z", "parties": [0, 1, 2], "mediatype": "message/rfc822",
        "filename": "000001.eml", "url": "../originals/000001.eml", "content_hash": hash,
        "message_id": "<1@mazur-transport.example>",
    });
    assert_eq!(vcon["dialog"][0], mail);
    assert_eq!(vcon["dialog"][1]["mediatype"], "text/plain", "without parameters");
    assert_eq!(vcon["dialog"][1]["encoding"], "none");
    assert_eq!(vcon["dialog"][2]["encoding"], "base64url");
    assert_eq!(vcon["dialog"][2]["body"], "UklGRv_-IGFuZCBzbyBvbg");
    assert_eq!(vcon["dialog"][2]["originator"], 1);
    assert_eq!(vcon["attachments"][1]["dialog"], 1);
    assert_eq!(vcon["analysis"], json!([]));
}

#[test]
fn the_name_says_when_and_by_whom() {
    let name = Uuid::new(AT, 0xF123, "kronika.example").to_string();

    assert_eq!(
        &name[..18],
        "019cad65-b1e8-8123",
        "milliseconds, version 8, the lowest 12 bits"
    );
    assert!(
        matches!(name.as_bytes()[19], b'8' | b'9' | b'a' | b'b'),
        "the variant: {name}"
    );
    assert_ne!(name, Uuid::new(AT, 0xF123, "other.example").to_string());
    assert_ne!(name, Uuid::new(AT, 0xF124, "kronika.example").to_string());
}

#[test]
fn what_names_something_missing_is_refused() {
    let mut nobody = conversation();
    nobody.dialogs[1].parties.push(3);
    let place = "dialog 1".to_owned();
    assert_eq!(nobody.to_json(), Err(VconError::Party { place, party: 3 }));

    let mut nothing = conversation();
    nothing.attachments[1].dialog = 3;
    assert_eq!(
        nothing.to_json(),
        Err(VconError::Dialog {
            attachment: 1,
            dialog: 3
        })
    );

    let mut never = conversation();
    never.created_at = i64::MAX;
    assert_eq!(never.to_json(), Err(VconError::Instant { at: i64::MAX }));

    let mut endless = conversation();
    endless.dialogs[2].duration = Some(f64::INFINITY);
    assert_eq!(endless.to_json(), Err(VconError::Duration { dialog: 2 }));
    assert!(matches!(sign(&endless, &signer()), Err(SignError::Vcon(_))));
}

#[test]
fn what_is_signed_is_the_vcon_and_the_certificate_goes_along() {
    let signed = read(&sign(&conversation(), &signer()).unwrap());

    let payload = data_encoding::BASE64URL_NOPAD.decode(signed["payload"].as_str().unwrap().as_bytes());
    assert_eq!(payload.unwrap(), conversation().to_json().unwrap());
    let signature = &signed["signatures"][0];
    assert_eq!(signature["header"]["uuid"], conversation().uuid.to_string());
    assert_eq!(signature["protected"], "eyJhbGciOiJFUzI1NiJ9");
    let certificate = data_encoding::BASE64.encode(&signer().certificates()[0]);
    assert_eq!(signature["header"]["x5c"], json!([certificate]));
}

#[test]
fn the_same_conversation_and_key_make_the_same_bytes() {
    assert_eq!(
        sign(&conversation(), &signer()).unwrap(),
        sign(&conversation(), &signer()).unwrap()
    );
}

#[test]
fn what_is_no_key_or_has_no_time_is_refused() {
    assert!(matches!(Signer::new(&[0; 32], Vec::new()), Err(SignError::Key)));
    assert!(matches!(
        Signer::self_signed(&[7; 32], "x", -1_000_000),
        Err(SignError::Certificate(_))
    ));
    assert!(matches!(
        Signer::self_signed(&[7; 32], "x", i64::MAX),
        Err(SignError::Certificate(_))
    ));
}

#[test]
fn an_empty_conversation_is_one_too() {
    let mut empty = conversation();
    empty.parties.clear();
    empty.dialogs.clear();
    empty.attachments.clear();
    empty.subject.clear();

    let vcon = read(&empty.to_json().unwrap());

    assert_eq!(vcon.get("subject"), None);
    assert_eq!(vcon["parties"], json!([]));
    assert_eq!(
        Dialog::new(DialogKind::Text, AT).content,
        Content::Text(String::new())
    );
}
