nav-evidence = Evidence
evidence-text = A package holds originals byte for byte and proves that they were in the journal, unchanged. Whoever gets it checks it without Kronika and without you.
evidence-new = Make evidence
evidence-choose = What should go in
evidence-client = Client
evidence-query = What a search finds
evidence-from = From
evidence-to = To
evidence-thread = Conversation
evidence-picked = Ticked one by one
evidence-choice-hint = Fill in one field or several; what is given fits all of them. You look it through before anything is made.
evidence-look = Look it through
evidence-change = Choose differently
evidence-unfinished = On the way
evidence-unfinished-one = A package of yours
evidence-made = Made before
evidence-made-none = No package has been made yet.
evidence-no-purpose = No purpose given
evidence-for = for:
evidence-items = { $count ->
    [one] { $count } interaction
   *[other] { $count } interactions
    }
evidence-withheld = { $count ->
    [one] { $count } held back
   *[other] { $count } held back
    }
evidence-attachments = { $count ->
    [one] { $count } attachment
   *[other] { $count } attachments
    }
evidence-none = Nothing you may see fits that. Choose a longer period or fewer conditions.
evidence-goes-in = What goes in
evidence-withhold-hint = Tick what is to be held back: a whole interaction, its text, or one attachment. What is given still proves; in place of the rest stands a hole with your reason.
evidence-withhold = Hold back
evidence-parts = { $count ->
    [one] { $count } part
   *[other] { $count } parts
    }
evidence-text-part = Text of the message
evidence-others = { $count ->
    [one] { $count } person outside the firm is named
   *[other] { $count } people outside the firm are named
    }
evidence-others-hint = Their names and addresses are in the package. Hold back what the recipient need not know.
evidence-about = About the package
evidence-reason = Why something is held back
evidence-purpose = What it is for
evidence-purpose-example = e.g. Case I C 12/26
evidence-recipient = Whom it is for
evidence-encrypt = Encrypt it to the recipient
evidence-key = The recipient's age key
evidence-key-hint = The recipient makes it with age-keygen and gives you the line that begins with age1. Only they can open the file.
evidence-recorded-hint = That you make it, for whom, why and with what is recorded in the journal.
evidence-make = Make evidence package
evidence-package = Evidence package
evidence-waiting = Another package is made first.
evidence-sealing = The journal is sealed; witnesses and authorities are asked.
evidence-gathering = Gathering { $done } of { $of }
evidence-writing = Writing { $done } of { $of }
evidence-reporting = Typesetting the report
evidence-encrypting = Encrypting
evidence-ready = The package is made and recorded.
evidence-download = Download package
evidence-kept = It can be downloaded for a day, by you alone, unless the server is restarted before.
evidence-not-kept = The file itself is not kept here any more, or was made by somebody else. Make it again to download it.
evidence-when = Made
evidence-check = How it is checked
evidence-check-text = The recipient runs kronika-verify, opens kronika-verify.html in a browser, or follows the README inside with sha256sum, openssl and Python. Nothing is sent anywhere.
evidence-contents = In the package
evidence-of-search = Make evidence of what was found
evidence-of-thread = Make evidence of this conversation
evidence-tick = Tick for evidence
evidence-ticked = ticked
evidence-of-ticked = Make evidence of them
evidence-open = Say what goes in: a client, a search, or a period.
evidence-no-client = There is no client of exactly that name, or there are several. Open the client and choose Make evidence there.
evidence-no-day = That is not a day. Write it as 2026-03-31.
evidence-no-period = The period ends before it begins. Change one of the days.
evidence-no-reason = Something is held back without a reason. Say why: the reason stands in its place.
evidence-no-reason-fix = Go back and fill it in.
evidence-no-key = That is not an age key. It begins with age1 and the recipient makes it with age-keygen.
evidence-nothing = There is nothing to put into the package
evidence-nothing-fix = Everything that was chosen is held back or not there any more. Choose again.
evidence-too-many = That is more than 10,000 interactions
evidence-too-many-fix = Choose a shorter period, or make several packages.
evidence-stray = What was chosen changed in the meantime
evidence-stray-fix = Look it through again.
evidence-failed = The package was not made
evidence-failed-fix = Nothing was given out. Try again; if it stays so, the server's log says why.
evidence-enough = You have ten packages that wait or are kept
evidence-enough-fix = They go after a day. Until then, make one with the command kronika evidence create.
evidence-gone = The file is not kept here any more
evidence-gone-fix = Make the package again.
evidence-reading = Reading { $done } of { $of }
evidence-no-report = The readable report is not in it: the program kronika-report is not beside the server, or failed. The proof is whole without it.
evidence-more = { $count ->
    [one] { $count } more goes in and is not listed here. Choose a shorter period to hold it back.
   *[other] { $count } more go in and are not listed here. Choose a shorter period to hold some of them back.
    }
