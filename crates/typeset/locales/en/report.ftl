# Times, dates, numbers.
month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
    }
month-short = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
    }
date-long = { $day } { month } { $year }
date-short = { $day } { month-short } { $year }
time-long = { date-long } at { $time } ({ $offset })
time-short = { date-short }, { $time }
number-group = ,
bytes = { $count ->
    [one] { $text } byte
   *[other] { $text } bytes
    }

# The cover.
title = Evidence report
volume = Volume { $number } of { $of }
fact-recipient = Made for
fact-made = Made
fact-made-by = Made by
fact-package = Belongs to package
fact-exhibits = Exhibits
fact-period = Period
fact-zone = Times are in
exhibits-range = { $count ->
    [one] { $count } exhibit, no. { $first }
   *[other] { $count } exhibits, nos. { $first }–{ $last }
    }
exhibits-none = none
period = { $from } – { $to }
cover-note = This report is for reading. What can be proven is in the package it belongs to: the originals, byte for byte, and what an expert needs to check them without trusting whoever handed it over.

# Chapters.
contents = Contents
parties = The parties
parties-clients = Clients
parties-people = For the keeper of the archive
timeline = In the order of time
timeline-note = One line for each exhibit, by the time that the message itself claims; where it claims none, by the time it was captured.
exhibits = The exhibits
holes = What is not shown
holes-none = Nothing that was chosen was withheld, and nothing erased.
holes-parts = No exhibit is missing. Parts of some are withheld; they are named with the exhibit.
holes-elsewhere = The list stands in the first volume.
agreements = What was agreed
log = Who handled and saw the exhibits
log-note = By the archive’s own word; nobody outside vouches for this list.
proof = What stands for the journal
judge = For the court: what is proven, and what is not
expert = For the expert: how to check it

# Tables.
column-number = No.
column-when = Time
column-what = Subject
column-who = From, to
column-page = Page
column-actor = Who
column-client = Client
column-file-number = No. in file
column-kind = What became of it
column-reason = Why
column-by = Decided by
column-agreement = Promise
column-owed-by = Owed by
column-due = Due
column-price = Price
column-state = State
column-exhibit = Exhibit
column-done = What was done

# An exhibit.
exhibit = Exhibit { $number }
subject-none = Without subject
claimed = Claimed
claimed-note = by the message itself; proves nothing
known = Known
known-note = by the journal and by those who stand for it
claimed-at = Dated
claimed-none = It bears no date.
captured-at = Captured
sealed-at = Sealed
journal-entry = entry { $index }
not-after = Unchanged since
not-before = Sealed after
not-after-none = No witness and no time-stamp authority saw it yet.
from = From
to = To
cc = Copy to
bcc = Blind copy to
original = Original
original-withheld = The original is not disclosed.
sha256 = SHA-256
text-none = It has no text.
text-withheld = Its text is not disclosed.
attachments = Attachments
attachment-inside = in the original
withheld = Not disclosed
continued-legend = Characters that print cannot show, or that would change the order of what is read, stand as their Unicode numbers in brackets, as in [U+202E]. Invisible ones are left out. The original has them all.

channel-email = E-mail
channel-call = Call
channel-sms = Text message
channel-chat = Chat
channel-meeting = Meeting
channel-note = Note
channel-letter = Letter
channel-document = Document
channel-screenshot = Screenshot
channel-web = Web page
direction-inbound = from the client
direction-outbound = to the client
direction-internal = internal

hole-withheld = Withheld
hole-not-chosen = Not chosen
hole-erased = Erased
state-open = Open
state-confirmed = Confirmed in writing
state-kept = Kept
state-broken = Broken
state-withdrawn = Withdrawn

# What stands for the journal.
proof-origin = Journal
proof-size = Checkpoint covers
proof-entries = { $count ->
    [one] { $text } entry
   *[other] { $text } entries
    }
proof-root = Root
proof-key = Public key
proof-witnesses = Witnesses
proof-witnesses-none = No witness cosigned this checkpoint.
proof-timestamps = Time stamps
proof-timestamps-none = No time-stamp authority stamped this checkpoint.
proof-numbering = Numbers in clients’ files
proof-numbers = { $client }: nos. { $from }–{ $to } without a gap; { $shown } of them shown here.

# For the court.
judge-proven = What is proven
judge-proven-1 = Whole and unchanged. For every exhibit the journal holds a fingerprint that was taken when the exhibit was sealed. If a single character of the original had been altered since, the fingerprint would no longer fit.
judge-proven-2 = Since when. The journal can only grow. Whoever is named under “{ proof }” saw its state at the time given there, and signed for it. What the journal held by then can no longer be changed, removed or slipped in, not even by { $organisation }.
judge-proven-3 = Nothing left out unseen. The records of a client are numbered without gaps. What is not shown here is named under “{ holes }”, with the reason.
judge-not = What is not proven
judge-not-1 = That what a message says is true.
judge-not-2 = That the sender is who the message says. Names and addresses are as the message has them.
judge-not-3 = That the claimed time is right. What is known is by when the exhibit was sealed, and it may be much older.
judge-not-4 = That everything was recorded. What was said where the archive does not listen is not in it.
judge-not-5 = Anything by this report alone. Paper can be made by anyone; the package can be checked.
judge-how = Without an expert
judge-how-text = Whoever doubts an exhibit can ask for the package, a single file, and have anyone of their choice check it. The check takes minutes, needs no access to the archive and no network, and nobody’s word but that of the authorities and witnesses named.

# For the expert.
expert-intro = Unpack the package and work in its folder. Everything needed is in it, but for the keys: the journal’s key, the policy and the roots of the authorities must come from another source than the package, or the package agrees with itself and nothing more.
expert-files = Are the files as they were packed?
expert-files-text = No output means that every file agrees with its list. The second line does the same by the Library of Congress’s program.
expert-journal = Were the exhibits in the journal?
expert-journal-text = The script is short enough to be read first. It opens the commitment of every exhibit and follows its path to the root of the checkpoint.
expert-signature = Did the archive sign the checkpoint?
expert-signature-text = OpenSSL alone. Compare key.txt with the key the archive gave out earlier.
expert-time = By when at the latest?
expert-time-text = The root certificate of the authority comes from the list of trusted services of the European Union or from the authority itself. Without chain.pem leave out “-untrusted” and what follows it.
expert-all = Everything at once
expert-all-text = It names for each claim the key that it rests on. The formats are described in public, so anyone can write such a program.
expert-report = Is this report the package’s?
expert-report-text = The list of exhibits with their hashes is attached to this PDF; it must agree with the package’s items.jsonl.
attached-description = List of the exhibits with their hashes
