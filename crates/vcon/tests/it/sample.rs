//! A conversation with mail, a call, and what came with them.

use kronika_vcon::{Attachment, Content, Conversation, Dialog, DialogKind, Party, Signer, Uuid};

/// 2 March 2026, 07:14:09 UTC.
pub const AT: i64 = 1_772_435_649_000_000;

/// When the vCon was made.
const MADE_AT: i64 = 1_795_690_831_250_000;

pub fn conversation() -> Conversation {
    let people = [
        (
            "Janusz Mazur",
            "j.mazur@mazur-transport.example",
            "+48135550120",
            "Mazur Transport sp. z o.o.",
        ),
        (
            "Ewa Wrona",
            "ewa.wrona@biuro-linia.example",
            "",
            "Biuro Rachunkowe „Linia”",
        ),
        ("Сергей Литвинов", "s.litvinov@mazur-transport.example", "", ""),
    ];
    Conversation {
        uuid: Uuid::new(MADE_AT, 1, "kronika.example"),
        created_at: MADE_AT,
        subject: "Cena ksiąg – účtovníctvo – учёт".to_owned(),
        parties: people
            .map(|(name, mailto, tel, org)| Party {
                name: name.to_owned(),
                mailto: mailto.to_owned(),
                tel: tel.to_owned(),
                org: org.to_owned(),
            })
            .to_vec(),
        dialogs: vec![mail(), text(), call()],
        attachments: vec![offer(), small()],
    }
}

pub fn signer() -> Signer {
    Signer::self_signed(&[7; 32], "Biuro Rachunkowe „Linia”", AT).unwrap()
}

fn mail() -> Dialog {
    Dialog {
        parties: vec![0, 1, 2],
        media_type: "message/rfc822".to_owned(),
        filename: "000001.eml".to_owned(),
        content: Content::Elsewhere {
            url: "../originals/000001.eml".to_owned(),
            sha512: [0xAB; 64],
        },
        message_id: "<1@mazur-transport.example>".to_owned(),
        ..Dialog::new(DialogKind::Text, AT)
    }
}

fn text() -> Dialog {
    Dialog {
        parties: vec![1, 0],
        media_type: "text/plain; charset=UTF-8".to_owned(),
        content: Content::Text("Dwa tysiące siedemset pięćdziesiąt.\nЁлки — да. \u{1f64f} \0".to_owned()),
        ..Dialog::new(DialogKind::Text, AT + 60_000_000)
    }
}

fn call() -> Dialog {
    Dialog {
        parties: vec![0, 1],
        originator: Some(1),
        duration: Some(552.25),
        media_type: "audio/x-wav".to_owned(),
        filename: "rozmowa.wav".to_owned(),
        content: Content::Bytes(b"RIFF\xff\xfe and so on".to_vec()),
        ..Dialog::new(DialogKind::Recording, AT + 3_600_000_000)
    }
}

fn offer() -> Attachment {
    Attachment {
        purpose: "attachment".to_owned(),
        start: AT,
        party: 1,
        dialog: 0,
        media_type: "application/pdf".to_owned(),
        filename: "Oferta – marzec.pdf".to_owned(),
        content: Content::Elsewhere {
            url: "../parts/000001/part-2.bin".to_owned(),
            sha512: [1; 64],
        },
    }
}

fn small() -> Attachment {
    Attachment {
        purpose: "attachment".to_owned(),
        start: AT,
        party: 0,
        dialog: 1,
        media_type: "image/png".to_owned(),
        filename: "mýto.png".to_owned(),
        content: Content::Bytes(vec![0x89, b'P', b'N', b'G']),
    }
}
