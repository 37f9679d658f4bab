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
unreadable-empty = It is empty: there was nothing in it.
unreadable-binary = It is not text, so it cannot be a message.
unreadable-no-header = It has no header, so nobody can tell whom it is from.
unreadable-other = Today’s reader does not understand it.
import-failure = { $reason }
