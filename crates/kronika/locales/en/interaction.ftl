time-claimed = Dated
time-recorded = recorded
part-from = From
part-to = To
part-cc = Copy
part-bcc = Blind copy
part-reply-to = Reply to
ours = us
thread-title = Same thread
thread-count = { $count ->
    [one] { $count } message
   *[other] { $count } messages
    }
headers-title = Headers

html-show = Show as its sender formatted it
html-title = The message as its sender formatted it
html-remote = { $count ->
    [one] { $count } item from elsewhere is blocked: fetching it would tell the sender that you read this.
   *[other] { $count } items from elsewhere are blocked: fetching them would tell the sender that you read this.
    }
body-quoted = Earlier messages
body-signature = Signature
body-empty = There is no text.
attachments-title = Attachments
attachment-download = Download { $name }
attachment-preview-of = Preview of { $name }

unreadable-title = This could not be read
unreadable-kept = The original is kept and sealed as it came.
retry = Try again
ignored-because = Ignored: { $reason }

standing-title = Client
standing-unassigned = With no client yet.
standing-unreadable = It can be assigned even though it could not be read.
assign = Assign to a client
assign-also = Assign to another client too
assignment-remove = Take away from { $name }
why-address = Because { $value } took part.
why-domain = Because someone at { $value } took part.
why-thread = Because it belongs to a thread of this client.
why-rule = Because a rule matched: { $rule }.
why-person = { $name } decided.
why-person-reason = { $name } decided: { $reason }
changes-title = History of assignment
change-assigned = Assigned to { $name }
change-removed = Taken away from { $name }
change-ignored = Ignored
change-retried = Reading tried again

proof-title = Seal
proof-seal = The seal of this record
proof-open = What is proven
proof-pending = The next checkpoint of the journal will cover this record.
proof-broken = This record does not match the journal. Tell your administrator, and keep a copy of the original.
proof-entry = Entry { $index } of the journal’s { $size } holds the fingerprint of this record.
proof-signed = The key of { $origin } signed a checkpoint that covers it.
proof-meaning = Changing, removing or back-dating the record now would contradict every copy of that checkpoint kept elsewhere.
axis-claimed = Says it happened
axis-claimed-by = by the message’s own claim
axis-recorded = Recorded here
axis-recorded-by = by this server’s clock
axis-signed = Signed
axis-signed-by = existed in this form by then
proof-not-title = What this does not prove
proof-not-true = That what was written is true.
proof-not-who = Who really wrote it.
proof-not-time = That it happened when it says.
proof-expert = Details for an expert
proof-download = Download proof
hash-original = SHA-256 of the original
hash-leaf = Leaf
hash-root = Root
hash-key = Signing key
hash-path = { $count ->
    [one] Inclusion path, { $count } hash
   *[other] Inclusion path, { $count } hashes
    }

sightings-title = Seen in
sightings-count = { $count ->
    [one] Seen in { $count } mailbox.
   *[other] Seen in { $count } mailboxes; it is kept once.
    }
original-title = Original
original-text = Everything on this page is made from these bytes.
original-download = Download original

proof-witnessed = Witnesses outside the firm remember the checkpoint: another history would contradict them, too.
axis-witnessed = Witnessed
axis-witnessed-by = known by then to { $names }

proof-stamped = An authority for time stamps vouches that it existed then.
axis-stamped = Time-stamped
axis-stamped-by = existed by then, vouched for by { $name }
axis-absent = Not there yet
axis-absent-by = a checkpoint known outside the firm does not have it
