//! Bounces (RFC 3464) and read receipts (RFC 8098).

use jiff::Zoned;

use crate::mime::{Charset, Encoding, Part};
use crate::script::Bounce;

/// A bounce: its human part, the delivery status, the headers of what came back.
pub fn bounce(human: &str, bounce: &Bounce, arrived_at: &Zoned, returned: &[u8]) -> Part {
    let host = bounce.recipient.rsplit_once('@').map_or("", |(_, domain)| domain);
    let status = format!(
        "Reporting-MTA: dns; mx.lipowa7.example\r\n\
         Arrival-Date: {}\r\n\r\n\
         Final-Recipient: rfc822; {}\r\n\
         Action: failed\r\n\
         Status: {}\r\n\
         Remote-MTA: dns; mx.{host}\r\n\
         Diagnostic-Code: smtp; {} {}\r\n",
        arrived_at.strftime("%a, %-d %b %Y %H:%M:%S %z"),
        bounce.recipient,
        bounce.status,
        if bounce.status.starts_with('4') {
            "450"
        } else {
            "550"
        },
        bounce.reason
    );
    Part::multi(
        "report; report-type=delivery-status",
        vec![
            Part::text("plain", human, Charset::Utf8, Encoding::QuotedPrintable),
            Part::verbatim("message/delivery-status", status.into_bytes()),
            Part::verbatim("text/rfc822-headers", header_block(returned).to_vec()),
        ],
    )
}

/// A read receipt: its human part and the disposition.
pub fn receipt(human: &str, reader: &str, message_id: &str) -> Part {
    let disposition = format!(
        "Reporting-UA: mail.example; Mail\r\n\
         Final-Recipient: rfc822; {reader}\r\n\
         Original-Message-ID: <{message_id}>\r\n\
         Disposition: manual-action/MDN-sent-manually; displayed\r\n"
    );
    Part::multi(
        "report; report-type=disposition-notification",
        vec![
            Part::text("plain", human, Charset::Utf8, Encoding::QuotedPrintable),
            Part::verbatim("message/disposition-notification", disposition.into_bytes()),
        ],
    )
}

/// The headers of a message, with the line end of the last one.
fn header_block(message: &[u8]) -> &[u8] {
    let end = message.windows(4).position(|window| window == b"\r\n\r\n");
    end.map_or(message, |end| &message[..end + 2])
}
