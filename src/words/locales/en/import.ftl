## Entering a manuscript for its author
entry-title = Enter a manuscript under way
entry-lede = When the journal comes to this system, manuscripts that were received elsewhere and are under way are entered here. Their windows run on by their true dates; the corresponding author gets a letter with a link to take the manuscript over.
entry-refused = It was not entered
entry-known = Look at that manuscript: { $number }
entry-where = Where it stands
entry-former = The number it had
entry-former-hint = In the former system or register. Each number can be entered once; the office’s search finds it.
entry-stage = Stage now
entry-stage-screening = no notice has gone to the author yet
entry-stage-in-review = it goes to reviewers; invite them afterwards, and enter reviews that have come already
entry-stage-revising = the author has the suggestions and is to return the revision
entry-stage-re-review = the revision is back, and the office decides
entry-received = Received on
entry-since = In this stage since
entry-until = More time was given until
entry-dates-hint = Without a date of its own the stage counts from the day of receipt; a revision counts from the day on which the author received the decision, the re-review from the day on which the revision came. Say until when only if the journal has given more time; the month of screening cannot be made longer.
entry-points = What the author was asked to revise
entry-points-hint = For the revision only. One paragraph for each suggestion, with an empty line between them; the author answers each. Please name no reviewer.
entry-message = The words above them
entry-what = The manuscript
entry-article_type = Article type
entry-section = Section
entry-language = Language of the manuscript
entry-choose = Please choose
entry-text-hint = Title and abstract are needed in the manuscript’s own language; the author can add the other later.
entry-authors = Authors
entry-authors-why = Each of them gets a letter: the corresponding author takes the manuscript over, the others confirm that they are authors. Whoever enters it has seen the names and cannot review it.
entry-funding = Funding
entry-ethics = Ethics approval
entry-giveaways = Other words that would give the authors away
entry-trial = Clinical trial
entry-then = Next you upload the manuscript’s file, and its blind copy is made.
entry-do = Enter the manuscript
entry-not = Do not enter it
entry-files = Files of the entered manuscript
entry-had = formerly { $former }
entry-files-ready = The blind copies are ready; reviewers can be invited.
entry-files-needed = There is no blind copy that can be used yet. Upload the manuscript; where something waits for a decision, settle it here, or leave it to the author, who can do so after taking over.
entry-files-revising = The manuscript as it was before the revision can be kept here; the revised one comes from the author.
entry-files-closed = Reviewers have been asked; the files cannot be changed any more.
entry-finding-keep = It identifies nobody; keep it
entry-finding-remove = Remove it
entry-to-manuscript = To the manuscript’s page
done-office-entered = The manuscript is entered, and its authors get a letter. Now upload its file.
done-office-finding-settled = Settled.
problem-entry = Number, stage or dates are not right.
problem-entered-before = A manuscript with this number was entered before. It was not entered again.
problem-own-manuscript = You are one of its authors. Please let another editor enter it.
entry-wrong-former-empty = Give the number it had.
entry-wrong-former-long = The number is too long; 60 characters are the most.
entry-wrong-stage-choose = Choose the stage in which it stands.
entry-wrong-received-date = Give the day of receipt, such as 2026-11-02.
entry-wrong-received-future = The day of receipt has not come yet.
entry-wrong-since-date = The day on which the stage began cannot be read; write it like 2026-11-02.
entry-wrong-since-future = The day on which the stage began has not come yet.
entry-wrong-since-before-receipt = The stage began before the day of receipt.
entry-wrong-since-over = The month of screening ended on { $day }: by the journal’s notice the author is free to submit elsewhere. Ask first whether it is still offered here; the day of that answer is the day on which a new month begins.
entry-wrong-until-date = The last day cannot be read; write it like 2026-12-24.
entry-wrong-until-screening = Screening cannot be made longer; leave the last day empty.
entry-wrong-until-before-since = The last day must come after the day on which the stage began.
entry-wrong-until-over = The time for the revision ended on { $day }, and it counts as given up. If the journal had given more time, say until when; otherwise it need not be entered.
entry-wrong-points-empty = Write what the author was asked to revise, at least one suggestion.
set-var-former = the number that it had

## Reviewers from a list
roster-title = Reviewers from a list (CSV)
roster-lede = The first line names the columns, each line after it is one reviewer. Check the list line by line first, then import it. No letter goes out: the first that a reviewer gets is an invitation.
roster-unreadable = The list cannot be read
roster-unreadable-empty = The list is empty: below the line that names the columns there must be at least one reviewer.
roster-unreadable-encoding = The file’s characters cannot be read. Save it as “CSV UTF-8” in the spreadsheet and upload it again.
roster-unreadable-not-text = This is not a CSV file. Save it as “CSV UTF-8” in the spreadsheet and upload it again, or paste the table below.
roster-unreadable-no-address = The first line names no column “email”.
roster-unreadable-no-name = The first line names no column “name”.
roster-unreadable-too-many = At most { $most } reviewers at a time. Please import them in parts.
roster-unreadable-too-large = The file is larger than { $mb } MB. Please import it in parts.
roster-changed = The list is not the one that was checked, and nothing was imported. Look at the lines below, then import them.
roster-taken = { $count ->
    [one] One reviewer was imported.
   *[other] { $count } reviewers were imported.
 }
roster-left = { $count ->
    [one] One line is wrong and was left out; it stands in the field below to be mended.
   *[other] { $count } lines are wrong and were left out; they stand in the field below to be mended.
 }
roster-looked = Line by line
roster-counts = New: { $new }. In the pool already: { $known }. Wrong: { $wrong }.
roster-who = Reviewer
roster-expertise = Expertise
roster-verdict = What becomes of it
roster-line = Line { $n }
roster-verdict-new = New
roster-verdict-known = In the pool already
roster-verdict-wrong = Wrong
roster-wrong-email = This is not an e-mail address
roster-wrong-no-email = There is no e-mail address
roster-wrong-no-name = There is no name
roster-wrong-orcid = This is not an ORCID iD
roster-wrong-language = The language is neither Chinese nor English
roster-wrong-twice = The same address as in a line above
roster-wrong-columns = There are more fields than columns; put what has a comma in it in double quotes
roster-wrong-long = A field is too long; 300 characters are the most
roster-take = { $count ->
    [one] Add one reviewer to the pool
   *[other] Add { $count } reviewers to the pool
 }
roster-take-why = Who is in the pool already stays unchanged; lines that are wrong are left out.
roster-text = The list
roster-text-hint = You can copy it from a spreadsheet. Columns such as: name, name in Latin letters, email, affiliation, expertise, ORCID, language, in any order; email and a name are needed.
roster-file = Or upload a CSV file
roster-file-hint = UTF-8 or GB18030 (GBK), fields apart by comma, semicolon or tab; at most { $most } reviewers and { $mb } MB. If you choose a file, the file counts.
roster-look = Check the list
done-reviewers-taken = The reviewers are in the pool.
done-reviewers-known = All of them were in the pool already; nothing has changed.

## Files that can be read, and the office’s papers
problem-files-not-ready = Reviewers cannot be asked yet: a file is missing, is being made blind, could not be, or something in it waits for a decision. Ask once the blind copies are ready.
problem-registration-unseen = Nothing was published: first look up each trial registration at its registry, and say that it is public.
problem-copyright-form = The journal wants the copyright form before publication, and it has not come. The author can upload it from the proof page.
file-copyright = copyright form
author-missing-file-paper = Upload the paper that the office wants: { $name }
author-mend-entry = The files that the office entered are not complete. Please add what is missing, or settle what waits for a decision.
author-copyright = The journal needs your signed copyright form before publication.
author-copyright-do = Upload the copyright form

## What was written stays when something could not be done
error-typed = What you wrote (copy it, to use it on the page)
error-back = See the page as it is now
signed-out-title = You are not signed in any more, and nothing was done
signed-out-why = The page was open for too long, and your session has ended. What you wrote is below; nothing of it is lost.
signed-out-sign-in = Sign in again, in another tab
signed-out-then = Come back to this page and press the button
signed-out-send = Send it again
own-link-other = This link was sent to somebody else
own-link-other-why = You are signed in with another account, and nothing was done. If the letter came to another address of yours, sign out and open its link again; if somebody passed it on to you, please do not use it.
roster-unsure = Before people become reviewers, please prove again that it is you. The list is still below; afterwards press the button that imports it once more.
roster-unsure-act = Prove it in a new window
