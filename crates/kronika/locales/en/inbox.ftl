picker-find = Find a client
picker-always = From now on, everything with { $value }
picker-always-domain = From now on, everyone at { $value }
picker-reason = Add a reason
picker-reason-hint = Why it belongs there
picker-new = New client from this message
picker-none = No client matches. Create one from this message.
ignore = Ignore
ignore-reason = Reason
ignore-hint = It stays recorded and sealed, and can be assigned later from Ignored.
ignore-advertising = Advertising
ignore-private = Private
ignore-machine = Automatic notice
ignore-none = About no client
ignore-other = Or another reason

inbox-all = Waiting
inbox-unreadable = Unreadable
inbox-ignored = Ignored
inbox-assign = Assign
inbox-keys-move = move
inbox-keys-assign = assign
inbox-keys-ignore = ignore
inbox-keys-open = read here
inbox-empty-title = Nothing waits
inbox-empty-text = Drop mail files here (.eml, .mbox, .zip) or choose them. What belongs to a known client goes there by itself; the rest waits on this page.
inbox-unreadable-none = Everything could be read
inbox-unreadable-text = What cannot be read is kept as it came and waits here with the reason.
inbox-ignored-none = Nothing was ignored
inbox-ignored-text = What you ignore stays recorded and sealed, and can be assigned from here.
done-others = { $count ->
    [one] and { $count } more like it
   *[other] and { $count } more like it
    }
undo = Undo
restore = Bring back

import = Import files
import-drop = Drop to import
import-title = Import
import-starting = Starting
import-reading = Reading { $file }
import-finished = Everything is read
import-bytes = { $read } of { $total }
import-recorded = Recorded
import-known = Known already
import-unreadable = Unreadable
import-waiting = Wait in the inbox
import-to-inbox = Go to Inbox
import-to-unreadable = See what is unreadable
import-may-leave = You may leave this page; the import goes on.
imports = Imports
imports-refused = Not taken in
imports-refused-none = Everything that was brought in could be taken in.
imports-refused-text = These files stayed where they were. Each says what to do; once it is in, or no longer wanted, it leaves this list.
imports-refused-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
    }
imports-retry = Try again
imports-dismiss = Leave it out
imports-past = Brought in from here
imports-past-none = Nothing was brought in from this page yet.
imports-counts = { $recorded ->
    [one] { $recorded } recorded
   *[other] { $recorded } recorded
    }, { $known ->
    [one] { $known } known already
   *[other] { $known } known already
    }
imports-running = Still running
unreadable-empty = It is empty: there was nothing in it.
unreadable-binary = It is not text, so it cannot be a message.
unreadable-no-header = It has no header, so nobody can tell whom it is from.
unreadable-other = Today’s reader does not understand it.
refused-missing = It does not exist any more.
refused-forbidden = The server may not read it. Its administrator can give it the right.
refused-broken = It could not be read to its end. Bring it in again.
refused-not-mail = It is not a message, a mailbox or an archive of those.
refused-not-mailbox = It is no mailbox: it does not start with a “From ” line.
refused-outlook = It is Outlook’s own format. Save the messages as .eml or mbox and bring those in.
refused-nested-archive = It is an archive within an archive. Unpack it and bring it in by itself.
refused-damaged-archive = The archive is damaged or cut off. What came before that was taken.
refused-swollen = The archive unpacks to far more than mail would. Unpack it yourself and bring in what is in it.
refused-too-large = A message in it is too large to be brought in here. Your administrator can import it on the server.
refused-unreadable = It could not be read as a message. It is kept as it came, in the inbox.
refused-failed = The import failed. What was recorded before that is kept; bring the file in again.
