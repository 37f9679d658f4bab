guidelines = Communication rules
guidelines-text = What the firm expects of everyone who talks to its clients. Every version is kept, and so is who accepted which one and when.
guidelines-none = No rules have been issued yet.
guidelines-asked = { $count ->
    [one] { $count } communication rule waits for you to read and accept it.
   *[other] { $count } communication rules wait for you to read and accept them.
    }
guidelines-to-read = Read
guideline-version = Version { $version }
guideline-open = You have not accepted it yet.
guideline-reminded = Reminded
guideline-accepted-you = You accepted it
guideline-withdrawn = It is not in force any more.
guideline-read = Read
guideline-new = New rule
guideline-edit = New version
guideline-edit-text = The old version stays readable. Everyone is asked to accept the new one.
guideline-issued = issued by { $name }
guideline-old = This is an older version.
guideline-to-newest = Read the one in force
guideline-test = Test
guideline-wrong = Not every answer is right. Read the rule once more and try again.
guideline-wrong-answer = This answer is not right.
guideline-outdated = A newer version was issued while you read. This is it.
guideline-accept = I have read it and accept it
guideline-accept-text = Your name, the version and the time go into the journal.
guideline-missing = Not accepted yet
guideline-missing-none = Everyone has accepted the version in force.
guideline-remind = Remind them
guideline-accepted = Accepted
guideline-accepted-none = Nobody has accepted it yet.
guideline-versions = Versions
guideline-withdraw = Withdraw
guideline-withdraw-text = Nobody is asked for it any more. Who accepted which version stays known.
guideline-title = Title
guideline-title-hint = For example: Calls and private messengers
guideline-body = Text
guideline-body-hint = An empty line begins a new paragraph.
guideline-test-example =
    May prices be agreed by private messenger?
    - Yes
    + No
guideline-test-hint = May be left empty. A question on a line of its own, below it the answers: - before a wrong one, + before the right one. Whoever accepts the rule has to answer all of them rightly.
guideline-issue = Issue
guideline-mistake-empty = A rule needs a title and a text.
guideline-mistake-long = A rule of this length is read by nobody; 100,000 characters are enough.
guideline-mistake-answers = Question { $number } needs at least two answers, each on a line that begins with - or +.
guideline-mistake-right = Question { $number } needs exactly one right answer, on the line that begins with +.
right-accept-guidelines = Read and accept the communication rules
right-write-guidelines = Write communication rules, see who accepted them, remind the others
