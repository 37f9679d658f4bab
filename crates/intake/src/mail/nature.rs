//! What sort of message it is, by what its header and its parts say.

use super::head::Head;
use super::parameter::Structured;
use super::{Part, PartKind, Role};

/// The sort of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nature {
    /// From a person to persons, as far as one can tell.
    Personal,
    /// Sent to many: a newsletter or a mailing list.
    Newsletter,
    /// Sent by a program: an absence notice, a receipt, a notification.
    AutoReply,
    /// A report that a message was not delivered.
    Bounce,
    /// A meeting proposed, changed, accepted or cancelled.
    Invitation,
}

pub(super) fn nature(head: &Head<'_>, parts: &[Part]) -> Nature {
    let own = parts.iter().take_while(|part| part.kind != PartKind::Nested);
    let report = head
        .mime
        .content_type
        .map(Structured::of)
        .filter(|field| field.value == "multipart/report");
    let is_report = |kind| {
        report
            .as_ref()
            .is_some_and(|report| report.has("report-type", kind))
    };
    let postmaster = |value| contains(value, b"mailer-daemon") || contains(value, b"postmaster");
    let senders = head.addresses.iter().filter(|(role, _)| *role == Role::From);
    let from_postmaster = head.hints.empty_return_path && senders.clone().any(|(_, value)| postmaster(value));
    if is_report("delivery-status")
        || head.hints.failed_recipients
        || from_postmaster
        || own
            .clone()
            .any(|part| part.media_type == "message/delivery-status")
    {
        Nature::Bounce
    } else if own.clone().any(|part| part.kind == PartKind::Calendar) {
        Nature::Invitation
    } else if head.hints.automatic || report.is_some() {
        Nature::AutoReply
    } else if head.hints.from_list {
        Nature::Newsletter
    } else {
        Nature::Personal
    }
}

fn contains(value: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find(&value.to_ascii_lowercase(), word).is_some()
}
