//! A tiny builder of mail texts.

use data_encoding::BASE64;

/// A message in the making. Everything has a default, so a test names only what it is about.
#[derive(Clone)]
pub struct Mail {
    from: String,
    to: Option<String>,
    more: Vec<(String, String)>,
    subject: String,
    id: Option<String>,
    date: Option<String>,
    body: String,
    attachments: Vec<(String, Vec<u8>)>,
}

/// A message of Anna's to the office.
pub fn mail(subject: &str) -> Mail {
    Mail {
        from: "Anna Nowak <anna@client.example>".to_owned(),
        to: Some("office@ours.example".to_owned()),
        more: Vec::new(),
        subject: subject.to_owned(),
        id: None,
        date: Some("Mon, 02 Mar 2026 10:00:00 +0100".to_owned()),
        body: format!("This is about {subject}."),
        attachments: Vec::new(),
    }
}

impl Mail {
    pub fn from(mut self, from: &str) -> Mail {
        self.from = from.to_owned();
        self
    }

    pub fn to(mut self, to: &str) -> Mail {
        self.to = Some(to.to_owned());
        self
    }

    pub fn cc(self, cc: &str) -> Mail {
        self.header("Cc", cc)
    }

    /// The message's own id, without the brackets.
    pub fn id(mut self, id: &str) -> Mail {
        self.id = Some(id.to_owned());
        self
    }

    /// What it answers, without the brackets.
    pub fn answers(self, ids: &[&str]) -> Mail {
        let ids: Vec<String> = ids.iter().map(|id| format!("<{id}>")).collect();
        self.header("References", &ids.join(" "))
    }

    /// An RFC 5322 date.
    pub fn dated(mut self, date: &str) -> Mail {
        self.date = Some(date.to_owned());
        self
    }

    pub fn undated(mut self) -> Mail {
        self.date = None;
        self
    }

    /// A day in March 2026.
    pub fn on_day(self, day: u32) -> Mail {
        self.dated(&format!("{day:02} Mar 2026 09:30:00 +0000"))
    }

    pub fn body(mut self, body: &str) -> Mail {
        self.body = body.to_owned();
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Mail {
        self.more.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn attach(mut self, filename: &str, bytes: &[u8]) -> Mail {
        self.attachments.push((filename.to_owned(), bytes.to_vec()));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut text = format!("From: {}\r\n", self.from);
        let mut line = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
        };
        line("To", self.to.as_deref());
        line("Date", self.date.as_deref());
        line("Subject", Some(&encoded(&self.subject)));
        line(
            "Message-ID",
            self.id.as_ref().map(|id| format!("<{id}>")).as_deref(),
        );
        for (name, value) in &self.more {
            line(name, Some(value));
        }
        text.push_str("MIME-Version: 1.0\r\n");
        let body = self.body.replace('\n', "\r\n");
        if self.attachments.is_empty() {
            text.push_str(
                "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n",
            );
            text.push_str(&body);
            text.push_str("\r\n");
            return text.into_bytes();
        }
        text.push_str("Content-Type: multipart/mixed; boundary=\"=_b\"\r\n\r\n--=_b\r\n");
        text.push_str("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
        text.push_str(&body);
        for (filename, bytes) in &self.attachments {
            text.push_str(&format!(
                "\r\n--=_b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\
                Content-Disposition: attachment; filename=\"{filename}\"\r\n\r\n"
            ));
            for line in BASE64.encode(bytes).as_bytes().chunks(76) {
                text.push_str(std::str::from_utf8(line).unwrap());
                text.push_str("\r\n");
            }
        }
        text.push_str("\r\n--=_b--\r\n");
        text.into_bytes()
    }
}

/// A header value as RFC 2047 wants it, when it is not plain ASCII.
fn encoded(value: &str) -> String {
    if value.is_ascii() {
        value.to_owned()
    } else {
        format!("=?utf-8?B?{}?=", BASE64.encode(value.as_bytes()))
    }
}

/// An mbox of these messages.
pub fn mbox<'a>(messages: impl IntoIterator<Item = &'a Mail>) -> Vec<u8> {
    let mut file = Vec::new();
    for message in messages {
        file.extend_from_slice(b"From sender@client.example Mon Mar  2 10:00:00 2026\n");
        let text = String::from_utf8(message.bytes()).unwrap().replace("\r\n", "\n");
        file.extend_from_slice(text.replace("\nFrom ", "\n>From ").as_bytes());
        file.extend_from_slice(b"\n");
    }
    file
}

/// Bytes that no compressor makes smaller, the same for the same seed.
pub fn incompressible(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2).wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.wrapping_mul(0x2545_F491_4F6C_DD1D).to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}
