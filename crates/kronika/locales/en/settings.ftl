settings-you = You
settings-addresses = Our addresses
settings-rules = Assignment rules
settings-journal = Journal

you-signed-in = You sign in as { $user }.
you-language = Language
you-theme = Theme

ours-text = Your firm’s own domains and addresses. A message from one of them is outbound, to one of them inbound, and between two of them internal.
ours-none = Add your firm’s domain first: without it, what is inbound and what is outbound cannot be told apart.
ours-mistake = This is neither an e-mail address nor a domain:
ours-mistake-client = This address belongs to a client:

rules-text = What the address does not tell, a rule may: a case number in the subject, a list a client writes to. A rule works from the moment it is made.
rules-none = No rules. Addresses and domains of clients need none.
rules-mistake = A rule needs at least two characters to look for, and a client.
rule-says = { $field } contains “{ $value }”
rule-matched = { $count ->
    [one] { $count } assigned
   *[other] { $count } assigned
    }
rule-remove = Remove this rule
rule-new = New rule
rule-field = Where
rule-contains = Contains
rule-client = Goes to – choose the client to save the rule
field-subject = Subject
field-from = From
field-to = To

journal-text = Everything ever recorded here, in order. Each entry is fixed under all later ones, so that nothing can be changed, removed or slipped in unnoticed.
journal-size = Entries
journal-signed = Last signed
journal-waiting = Waiting to be signed
sealing-storage = Signing has stopped: the database refused. What is recorded is kept and will be signed once the database answers.
sealing-key = Signing has stopped: the journal’s key cannot be used. Put the whole folder of keys back from its backup.
sealing-tree = Signing has stopped: the journal’s tree cannot be continued. Verify the archive and compare it with the last backup.
sealing-put-back = Signing has stopped: the database is older than the last checkpoint that was signed. Put the newest database back; how is told in the operating guide.
sealing-why = Reported by the server: { $why }
journal-checkpoint = Last checkpoint
journal-checkpoint-text = Keep a copy somewhere else, or send it to someone. Whoever has it can later prove that what it covers has not changed.
journal-empty = The first checkpoint is signed once something is recorded.
journal-origin = Origin
journal-key = Key to verify with
verification-title = Verification
verification-never = The journal has not been verified from this page yet.
verification-start = Verify now
verification-journal = Checking that every entry leads to the signed checkpoint
verification-originals = Checking that every stored original matches its entry
verification-checked = { $checked } of { $total }
verification-holds = Everything matches.
verification-holds-text = { $entries ->
    [one] { $entries } entry
   *[other] { $entries } entries
    } and { $originals ->
    [one] { $originals } original
   *[other] { $originals } originals
    } were checked against the last signed checkpoint.
verification-broken = Something does not match.
verification-broken-text = Stop writing to this archive, make a copy of its files, and compare with the last backup.
verification-impossible = It could not be checked: { $why }

sealing-other-history = Signing has stopped: a witness showed another history of this journal under its own key. The archive was put back to an older state, or two copies of it run. What to do is told in the operating guide.

# Those who cosign the journal.
witnesses = Witnesses
witnesses-text = A witness outside the firm cosigns each checkpoint and remembers it. With enough of them, nobody can show a second history or put the journal back unnoticed, not even whoever holds its key.
witnesses-none = There is none yet. How to add one is told in the operating guide.
witnesses-policy = Witnesses cannot be asked: the policy is wrong.
witness-cosigned = { $size } entries cosigned
witness-never = Has cosigned nothing yet
witness-refused = Its address is refused: give one with https, or allow the host in kronika.toml.
witness-unreachable = It did not answer; it will be asked again.
witness-unknown = It does not know this journal yet. Give its owner the journal’s key.
witness-other-history = It cosigned another history of this journal. Nothing is signed before that is settled.
witness-claims = It says it knows more of this journal than there is, but shows nothing. Ask its owner.
witness-signature = Its signature does not hold. Compare its key with the one in the policy.
witness-failed = It did not cosign; it will be asked again.

# Those who vouch for the time.
authorities = Time-stamping authorities
authorities-text = An authority for time stamps vouches that a checkpoint existed at a time. The token of a qualified one is presumed to be right throughout the European Union.
authorities-none = There is none yet. How to name one is told in the operating guide.
authority-stamped = Stamped
authority-never = Has stamped nothing yet
authority-unreachable = It did not answer; it will be asked again.
authority-roots = The certificates it is to be believed by cannot be read. Check the file that kronika.toml names.
authority-token = Its answer was refused: the time stamp does not hold. Nothing was recorded of it.
authority-failed = It did not stamp; it will be asked again.
