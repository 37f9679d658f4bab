settings-teams = Teams
settings-grants = Auditors and experts
settings-rights = Rights

role-owner = Owner
role-administrator = Administrator
role-manager = Manager
role-member = Member
role-auditor = Auditor
role-expert = Outside expert

teams-text = A team owns clients: whoever is in it sees them. On a client’s page you say which teams that are. As long as every client is open to all, you need no teams.
teams-none = No teams yet.
team-nobody = nobody yet
team-name = Name
team-members = Members
team-remove = Remove this team
team-remove-hint = Clients that only this team saw stay with the owners.
team-new = New team
team-add = Add team
team-mistake = A team needs a name that no other team has:
mailboxes-title = Own mailboxes
mailboxes-text = Mail that only people’s own addresses sent or received, and that belongs to no client yet, is private to them. It works for what is recorded from now on.
mailbox-none = none; separate several with commas
mailbox-mistake = This is not an e-mail address:
mailbox-mistake-taken = This is somebody else’s own mailbox:

grants-text = Auditors and experts see nothing but what you give them here, for as long as you say, and every look of theirs at a client or an interaction is recorded in the journal.
grants-nobody = Nobody is an auditor or an outside expert. Invite one first.
grants-none = Nothing is given yet.
grant-everything = All clients
grant-thread-hidden = A conversation you may not see
grant-endless = without end
grant-later = Begins later
grant-valid = Valid
grant-over = Over
grant-ended = Taken back
grant-end = Take back
grant-new = Give something to see
grant-who = To whom
grant-what = What
grant-link = A client, or a conversation
grant-address = Address of its page
grant-address-hint = Open the client or one message of the conversation, and copy the address here.
grant-from = From
grant-until = Until the end of
grant-until-hint = An outside expert’s access must have an end.
grant-make = Give
grant-mistake-what = Give the address of a client’s or an interaction’s page that exists.
grant-mistake-who = Choose an auditor or an outside expert.
grant-mistake-end = The end must come after the beginning, and an outside expert needs one.

rights-text = This page is made from the same table by which Kronika decides. Whoever lacks a right is told so; what somebody may not see does not exist for them, not even as a number.
rights-do = What each role may do
rights-see = What each role sees
rights-client = Who sees a client
rights-interaction = Who sees an interaction
rights-you = you
rights-yes = yes
rights-no = no
right-read = Read, search and download what one sees
right-record = Record: bring messages in
right-assign = Assign messages to clients
right-manage-clients = Change clients, addresses and rules
right-amend = Amend what is recorded
right-share = Decide who sees a client or an interaction
right-export = Export a client’s history
right-listen = Listen to recordings
right-make-evidence = Make evidence
right-place-hold = Place holds
right-erase = Erase, together with a second person
right-manage-access = Set up teams, own mailboxes and outside access
right-manage-people = Invite people, change roles
right-verify = See and verify the journal
right-configure = Change settings

reach-all = Sees every client.
reach-open = Sees clients open to all, those of their teams, and those that name them.
reach-theirs = Sees no client but those of their teams and those that name them.
reach-granted = Sees only what was given to them, and only in its time.
reach-inbox = Sees the inbox.
reach-no-inbox = Sees nothing that belongs to no client.
reach-restricted = Sees restricted interactions.
reach-restricted-named = Sees restricted interactions only when named.
reach-private = Sees private ones only when their own mailbox took part.
reach-looks = Sees nothing private. Every look is recorded.

openness-open = Open: all managers and members
openness-team = Teams: only the chosen teams and people
openness-named = People: only the chosen people
client-sight = Who sees this client
client-sight-people = People
client-sight-hint = Owners see every client. Administrators see one only through a team or by name.
client-sight-save = Set who sees it
client-grant = Show to an auditor or expert
client-none-for-you = There is nothing for you to see
client-none-for-you-text = You see clients once you are in their team, or somebody gives them to you. Ask an owner of the archive.

sight-title = Who sees this
sight-change = Change
sight-named = Named, when restricted
sight-thread = The whole thread, and what comes later in it
sensitivity-team = Team
sensitivity-team-hint = Whoever sees one of its clients.
sensitivity-restricted = Restricted
sensitivity-restricted-hint = The people named, and owners.
sensitivity-private = Private
sensitivity-private-hint = Only those whose own mailbox took part. Not even owners beside them.
looks-title = Who has seen this
nobody-left = Nobody would see this any more
nobody-left-fix = Private is only what somebody’s own mailbox took part in. Restrict it instead, and name who shall see it.

nav-given = For you
given = Opened to you
given-text = Here is all that you may see in this archive. You can read it, search it and take copies; nothing can be changed. Every look of yours is recorded in the archive’s journal.
given-nothing = Nothing is open to you now.
given-count = { $count ->
    [0] nothing of it is open to you
    [one] { $count } interaction
   *[other] { $count } interactions
    }
given-many = more than { $count } interactions
given-open = open
given-client = A client
given-thread = A conversation
given-more = Nothing more is open to you. If you need more, or for longer, ask whoever let you in.
grant-by = given by { $name }
