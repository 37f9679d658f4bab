client-new = New client
client-make = Create client
client-edit = Edit client
client-total = { $count ->
    [one] { $count } client
   *[other] { $count } clients
    }
client-filter = Filter by name or address
client-name = Name
client-address = Address
client-interactions = Interactions
client-last = Last contact
client-first = First contact
client-never = none yet
client-no-match = No client matches “{ $q }”.
client-none-title = Clients appear as mail is assigned
client-none-text = Import a mailbox on the Inbox page. Each sender you assign becomes a client, and later mail finds its way by itself.
client-none-act = Go to Inbox
client-language = Language
client-language-unknown = Not known
client-parts = Parts of the page
client-who = Who
client-addresses = Addresses
client-addresses-none = No address yet. Mail from an address listed here is assigned by itself.
client-from-message = The message you came from is assigned to this client once it exists.

address-add = Add address
address-remove = Remove { $value }
address-kind = Kind
address-email = E-mail
address-domain = Domain
address-value = Address or domain
address-hint = Mail to and from these is assigned by itself. A domain covers everyone who writes from it.

timeline = Timeline
timeline-within = Search in this client
timeline-newest = Go to the newest
timeline-older = Show older
timeline-no-match = Nothing matches these filters
timeline-show-all = Show everything
timeline-none-title = Nothing recorded yet
timeline-none-text = Assign a message from the inbox, or add an address so that mail arrives here by itself.
timeline-none-act = Go to Inbox
filters = Filters
filter-all = All
filter-attachment = With attachment

row-earlier = { $count } earlier
row-others = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
    }
row-open-here = Open in place
row-open-page = Open the page
row-late = Recorded more than a day after the time it claims
row-attachments = { $count ->
    [one] { $count } attachment
   *[other] { $count } attachments
    }
row-sightings = { $count ->
    [one] Seen in { $count } mailbox
   *[other] Seen in { $count } mailboxes
    }

client-mistake-name = A client needs a name.
client-mistake-name-taken = Another client already has this name.
client-mistake-address = This is neither an e-mail address nor a domain:
client-mistake-address-taken = Another client already has this address:
client-mistake-address-ours = This address is one of our own:
client-city = City
client-tax-id = Tax number
client-mistake-domain-public = Anyone can have a mailbox at this domain. Give the full address instead:
client-mistake-domain-suffix = Many firms have their domains under this one. Give the client’s whole domain instead:
