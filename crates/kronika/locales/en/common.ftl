skip-to-content = Skip to content
crumbs = Where you are
nav = Main
nav-clients = Clients
nav-inbox = Inbox
nav-inbox-count = { $count ->
    [one] { $count } waits to be assigned
   *[other] { $count } wait to be assigned
    }
nav-search = Search
nav-settings = Settings
sign-out = Sign out
find = Search everything
edit = Edit
save = Save
cancel = Cancel
close = Close
more = Show more
theme-device = As the device
theme-light = Light
theme-dark = Dark

keys-title = Keyboard
keys-find = Go to search
keys-move = Next and previous line
keys-enter = Open the line as a page
keys-open = Open the line in place, or close it
keys-earlier = Show the earlier messages of its thread
keys-assign = Assign the line to a client
keys-ignore = Ignore the line, with a reason
keys-go = Go to clients · to the inbox
keys-help = This list

channel-email = E-mail
channel-call = Call
channel-sms = SMS
channel-chat = Chat
channel-meeting = Meeting
channel-note = Note
channel-letter = Letter
channel-document = Document
channel-screenshot = Screenshot
channel-web = Web page
direction-inbound = inbound
direction-outbound = outbound
direction-internal = internal

size-bytes = { $count } B
size-kilobytes = { $amount } KB
size-megabytes = { $amount } MB
size-gigabytes = { $amount } GB

seal-pending = Recorded; its seal follows in a moment
seal-sealed = Sealed in the journal
seal-witnessed = Sealed in the journal and known to its witnesses
seal-stamped = Sealed in the journal and time-stamped
no-subject = (no subject)
