//! What mail servers add to a message on its way (RFC 5321, section 4.4).

use crate::chance::Chance;
use crate::letter::{Kept, Letter};
use crate::mime::Headers;

/// Letters of Postfix queue ids.
const QUEUE: &str = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";

/// The message as that mailbox keeps it: received ones carry the trace of their way, sent ones do not.
pub fn traced(letter: &Letter<'_>, kept: &Kept) -> Vec<u8> {
    if kept.sent {
        return letter.bytes.clone();
    }
    let mut chance = Chance::of(&["trace", &letter.message_id, &kept.mailbox]);
    let mut headers = Headers::default();
    headers.add("Return-Path", format!("<{}>", letter.return_path));
    headers.add("Delivered-To", kept.address.clone());
    let arrived = |seconds: u64| {
        let at = letter
            .at
            .saturating_add(jiff::Span::new().seconds(seconds as i64));
        at.strftime("%a, %-d %b %Y %H:%M:%S %z (%Z)").to_string()
    };
    let delay = 2 + chance.below(38);
    headers.add(
        "Received",
        format!(
            "from mx.lipowa7.example ([10.0.7.10])\n\
             by dovecot.lipowa7.example with LMTP id {}\n\
             for <{}>; {}",
            chance.word(22),
            kept.address,
            arrived(delay + 1)
        ),
    );
    let (host, ip) = sender_host(letter);
    headers.add(
        "Received",
        format!(
            "from {host} ({host} [{ip}])\n\
             by mx.lipowa7.example (Postfix) with ESMTPS id {}\n\
             for <{}>; {}",
            chance.letters(QUEUE, 12),
            kept.address,
            arrived(delay)
        ),
    );
    let mut bytes = Vec::with_capacity(letter.bytes.len() + 600);
    headers.write(&mut bytes);
    bytes.extend(&letter.bytes);
    bytes
}

/// The sender's mail server and its address in a network reserved for documentation (RFC 5737).
fn sender_host(letter: &Letter<'_>) -> (String, String) {
    if letter.from.staff_key().is_some() {
        return ("submit.lipowa7.example".to_owned(), "10.0.7.11".to_owned());
    }
    let domain = letter.from.domain();
    let mut chance = Chance::of(&["host", domain]);
    let network = ["192.0.2", "198.51.100", "203.0.113"][chance.below(3) as usize];
    (
        format!("mail.{domain}"),
        format!("{network}.{}", 1 + chance.below(254)),
    )
}

/// A file name that belongs to one copy of one message.
pub fn file_name(message: &str, mailbox: &str) -> String {
    Chance::of(&["file", message, mailbox]).hex(12)
}
