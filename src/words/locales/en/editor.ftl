### Words of the office.

## The office's lists
office-title = The office
office-lists = The lists
office-find = Find
office-narrow = Narrow the lists
office-stage = Stage
office-stage-all = All stages
office-handling = Handling editor
office-handling-all = Everybody’s
office-handling-mine = Mine
office-handling-nobody = Nobody’s yet
office-list-give-notice = Give notice
office-list-find-reviewers = Find reviewers
office-list-decide = Decide
office-list-overdue = Overdue
office-list-waiting = Waiting on others
office-empty-give-notice = No author waits for the first notice. New submissions come here, the shortest time first.
office-empty-find-reviewers = Every manuscript in review has enough reviewers. One that passes screening comes here first.
office-empty-decide = Nothing waits for a decision. A manuscript comes here when its reviews or its revision are in.
office-empty-overdue = Nothing is overdue. Only what the editors themselves owe is listed here.
office-empty-waiting = Nobody else is waited for. Manuscripts stand here while an author or a reviewer has the next step.
office-whole-list = The whole list ({ $count })
office-pages = Pages
office-earlier = Earlier
office-later = Later
office-keyboard = Keyboard:
office-key-find = find,
office-key-move = move,
office-key-open = open
office-found-nothing = No manuscript was found
office-col-manuscript = Manuscript
office-col-waits = Who waits on whom
office-col-clock = Clock
office-col-next = Next act
office-round = round { $n }
office-mine = yours
office-comma = ,{" "}
office-clock-until = { $window } · until { $day }
office-clock-was = { $window } · was due { $day }
office-no-clock = No clock runs

## Who waits on whom
office-waits-letter = A decision is on its way to the author
office-waits-unhandled = The author waits; nobody handles it yet
office-waits-notice = The author waits on the editors’ notice
office-waits-completion = We wait on the author to complete it
office-waits-decision = The author waits on the decision
office-waits-reviewers-needed = { $needed ->
    [one] 1 more reviewer is wanted
   *[other] { $needed } more reviewers are wanted
 }
office-waits-answers = We wait on reviewers’ answers
office-waits-reviews = We wait on reviews
office-waits-on = We wait on{" "}
office-waits-revision = We wait on the author’s revision
office-waits-re-review = The revision is in; the author waits on the editors
office-waits-proof-to-send = Accepted; the author waits on the proof
office-waits-proof = We wait on the author’s word on the proof
office-waits-publication = The proof is settled; it can be published
office-waits-reaffirmation = Released; we wait on the author’s word
office-waits-nobody = Nobody waits: it has left the office

## Next acts
office-next-letter = See the decision
office-next-take = Become its handling editor
office-next-screen = Screen it
office-next-completeness = Check whether it is complete
office-next-decide = Decide
office-next-find = Find reviewers
office-next-remind = See the reviewers
office-next-read-revision = Read the revision
office-next-send-proof = Send the proof to the author
office-next-publish = Publish
office-next-look = Open

## One manuscript
office-tabs = The manuscript
office-tab-reading = Reading
office-tab-reviewers = Reviewers
office-tab-reviews = Reviews
office-tab-decision = Decision
office-tab-letters = Letters
office-tab-history = History
office-back = Back to { $number }
office-handled-by-you = handled by you
office-handled-by = handled by{" "}
office-handled-by-nobody = nobody handles it yet
office-then-screening = then the author may submit elsewhere
office-then-completion = then it is closed as withdrawn
office-then-find-reviewers = then it goes to the editor-in-chief’s list
office-then-invitation = then the next alternate is invited
office-then-review = then the reviewer has some days’ grace
office-then-review-grace = then the reviewer is released with thanks
office-then-decision = then it goes to the editor-in-chief’s list
office-then-revision = then it counts as given up
office-then-re-review = then it goes to the editor-in-chief’s list
office-then-appeal = then the author can no longer appeal
office-then-reaffirmation = then it is closed
office-then-proof = silence counts as consent
office-pending = Pending decision: { $kind }.
office-pending-goes = { $minutes ->
    [one] The letter goes at { $time }, in a minute; until then you can take it back.
   *[other] The letter goes at { $time }, in { $minutes } minutes; until then you can take it back.
 }
office-pending-stuck = Its letter has not gone yet; the list of letters says why. Until it has, the decision can be taken back.
office-pending-gone = The letter has gone. The decision takes effect when the author receives it: when the mail server has taken the letter, or the author opens the decision. Until then the stage stays as it is.
office-undo = Take it back
office-take-why = Whoever handles it screens it, finds the reviewers and gets the letters about it.
office-take = Become its handling editor
office-take-not-you = An editor takes the handling. You can check whether the submission is complete, and send it back if it is not.
office-nothing-to-do = Nothing waits for the office now.
office-abstract = Abstract
office-keywords = Keywords
office-title-other = Title in the other language
office-section = Section
office-received = Received
office-trial = Clinical trial
office-files = Blind files
office-files-why = What reviewers read. The originals stand behind the recorded click below.
office-files-round = Round { $n }
office-no-files = No files yet. The author’s files appear here with their blind copies.
office-files-none = No files yet.
office-file-size = { $kb } kB
office-file-waiting = the blind copy is being made
office-file-blind = blind copy ready
office-file-refused = no blind copy could be made
office-file-sealed = sealed
office-file-removed = { $count ->
    [0] nothing had to be removed
    [one] 1 thing removed
   *[other] { $count } things removed
 }
office-file-findings = { $count ->
    [one] 1 place to look at
   *[other] { $count } places to look at
 }
office-file-download = Download the blind copy
office-blind-copy = The blind copy
office-report = What was removed, and what to look at
office-findings-why = These places might say who wrote it. The author settled those that are marked as kept; see whether you agree.
office-findings-none = Nothing suspicious is left.
office-finding-kept = kept by the author
office-finding-open = open
office-finding-self-citation = Own work cited in the first person
office-finding-own-reference = A reference that shares an author
office-finding-in-press = Own work in press
office-finding-institution = A named institution
office-finding-initials = Initials of an author
office-finding-address = A web address
office-finding-picture = A picture whose content nobody has read
office-finding-undecodable-text = Text that cannot be decoded
office-finding-scanned-page = A page that is only a picture
office-finding-possible-name = Possibly a name
office-beside = Read another file beside it
office-beside-file = { $name } (round { $n })
office-version-of = { $name }, round { $n }
office-in-house = For the office only
office-optional = (optional)

## The authors
office-authors = The authors
office-authors-show = Show the authors (recorded)
office-authors-why = The history records that you opened the names, and you cannot review this manuscript any more.
office-authors-reason = Why you need them
office-authors-recorded = It is on the record that you opened the names. When you leave this page they are closed again.
office-corresponding = corresponding author
office-originals = Originals and office papers
office-originals-why = Each download is recorded like the names.
office-original-download = Download
office-trial-numbers = Trial registrations
office-trial-no-numbers = No registration number was recognised.
office-trial-typed = As typed
office-trial-submitted = Registration first submitted
office-trial-enrolled = First enrolment
office-statements = Statements
office-funding = Funding
office-ethics = Ethics
office-conflicts = Conflicts of interest
office-data = Data
office-suggested = Reviewers the authors suggest
office-suggested-none = None.
office-opposed = Reviewers the authors oppose
office-opposed-none = None.

## Handling and time
office-give = Give the handling to somebody
office-give-to = Editor
office-give-me = {" "}(you)
office-give-act = Give the handling
office-extend = More time: { $window }
office-extend-days = Days more
office-extend-reason = Reason (the author reads it)
office-extend-reason-reviewer = Reason (the reviewer reads it)
office-extend-reason-record = Reason (for the record)
office-extend-act = Give more time

## Reviewers
office-asked = Who was asked
office-wanted = The journal wants { $wanted ->
    [one] one review
   *[other] { $wanted } reviews
 }. Authors never learn these names.
office-asked-nobody = Nobody was asked yet.
office-invited-on = invited on { $day }
office-assignment-alternate = alternate
office-assignment-invited = has not answered
office-assignment-accepted = reviewing
office-assignment-reviewed = review is in
office-assignment-declined = declined
office-assignment-expired = did not answer
office-assignment-cancelled = cancelled
office-assignment-released = released, overdue
office-assignment-reason = Reason:{" "}
office-assignment-suggests = Suggests:{" "}
office-more-time = More time
office-remind = Remind
office-cancel-alternate = Take off the list
office-cancel-invited = Cancel the invitation
office-cancel-accepted = Release this reviewer
office-pool = Ask somebody from the pool
office-pool-search = Name, institution or field
office-pool-choose = Choose one ({ $shown } of { $count } shown)
office-pool-nobody = Nobody in the pool fits this search.
office-pool-empty = The pool is empty, or everybody in it was asked. Ask by address below.
office-load = { $count } in hand
office-conflict-may = there may be a conflict
office-conflict-opposed = an author asks not to ask this person
office-suggested-tag = suggested by the author
office-conflict-refused = This person cannot review this manuscript: there is a conflict of interest.
office-conflict-reason = There may be a conflict of interest. If it is no obstacle, say why; the reason is recorded.
office-conflict-opposed-reason = An author asks not to ask this person. If you ask all the same, say why; the reason is recorded.
office-override = Why a warning is no obstacle
office-override-when = (only where there is a warning)
office-ask-act = Invite the reviewer
office-alternate-act = Put on the list of alternates
office-by-address = Ask somebody by e-mail
office-by-address-why = The invitation’s link is enough to answer; no account is needed before.
office-email = E-mail
office-person-name = Name
office-letter-lang = Language of the letter
office-not-asked = The invitation was not sent
office-ask-not-here = Reviewers can be asked while the manuscript is in review. After “Send to review” that begins when the mail server has taken the author’s letter, or the author has opened the decision.
office-ask-not-you = An editor asks the reviewers.

## Reviews
office-round-head = Round { $n }
office-round-earlier = Round { $n }, earlier
office-no-reviews = No review of this round is in yet.
office-review-sent = sent{" "}
office-for-author = For the author
office-no-suggestions = No suggestions
office-assessment = For the editors
office-confidential = Confidential remarks
office-attachments = Attachments
office-amended = As it stood until { $day } { $time }
office-split = The verdicts differ widely. A third reviewer may help; it is never a matter of majority.
office-split-act = Ask a third reviewer
office-revision = The author’s revision
office-revision-received = received{" "}
office-answer = Answer
office-version-before = The version before
office-version-after = The revised version
office-both-versions = Read both versions side by side
office-again = The revision is in
office-again-why = Decide on it yourself, or send it to the same reviewers again; they see their own points, the answers and the new blind copy.
office-again-act = Send to the reviewers again

## Decisions
office-decision-return-for-completion = Return for completion
office-decision-send-to-review = Send to review
office-decision-ask-revision = Ask for a revision
office-decision-accept = Accept
office-decision-decline = Decline
office-decision-rescind = Rescind the acceptance
office-decision-proof = proof sent to the author
office-decision-hint-return-for-completion = The author completes what is missing; it counts as the notice.
office-decision-hint-send-to-review = Screening passed; reviewers can be asked once the author has received the letter.
office-decision-hint-ask-revision = The author gets the chosen suggestions; the time for the revision begins when they are received.
office-decision-hint-accept = Signed by the editor-in-chief.
office-decision-hint-decline = The author gets the reason, and may appeal once.
office-decision-hint-rescind = The acceptance is taken back, with a reason.
office-decision-state-pending = pending
office-decision-state-received = received by the author
office-decision-state-undone = taken back
office-decision-state-void = void: the window closed first
office-write = Write the decision
office-write-why = Next you read the letter as the author will. After you confirm, it can be taken back for { $minutes } minutes.
office-kind = What do you decide?
office-message = Words to the author
office-message-hint = The reason, or a covering note. A decline and an acceptance without review need it.
office-items = What is missing
office-items-hint = One item a line; only for a return for completion.
office-points = The reviewers’ suggestions
office-points-hint = Choose and edit what the author gets, under the reviewers’ labels. Only for a revision or a decline.
office-point-give = Give the author { $label }’s suggestion { $n }
office-point-text = Text of { $label }’s suggestion { $n }
office-own = The editors’ own points
office-own-hint = One a paragraph, with an empty line between; the author sees them as the editorial office’s. Only a request for revision and a decline carry points; with any other decision nothing of this is sent.
office-reason = For the record only
office-reason-few = { $now } of { $wanted ->
    [one] 1 review is
   *[other] { $wanted } reviews are
 } in. To decide now, record why fewer are enough.
office-reason-hint = The author never sees this.
office-to-preview = Read the letter
office-not-decided = Nothing was decided yet
office-decide-later = While a decision is pending, no other can be made.
office-no-decision = There is nothing to decide here now
office-no-decision-why = The manuscript stands at: { $stage }.
office-past = Decisions so far
office-past-text = What it said
office-past-reason = For the record:{" "}
office-received-at = received{" "}
office-preview = The letter, as the author gets it
office-preview-why = { $count ->
    [one] It goes to the corresponding author. You can still change the words.
   *[other] It goes to { $count } corresponding authors, one letter each. You can still change the words.
 }
office-preview-edit = Change the words and look again, or go on.
office-preview-again = Look again
office-to-confirm = Go on to confirm
office-back-to-form = Back to the form
office-back-to-preview = Back to the letter
office-letter-to-authors = [corresponding author]
office-confirm-return-for-completion = Return { $number } for completion
office-confirm-send-to-review = Send { $number } to review
office-confirm-ask-revision = Ask for a revision of { $number }
office-confirm-accept = Accept { $number }
office-confirm-decline = Decline { $number }
office-confirm-rescind = Rescind the acceptance of { $number }
office-will-return-for-completion = The manuscript goes back to the author, who has until the date in the letter to complete it.
office-will-send-to-review = The manuscript has passed screening. Reviewers can be asked as soon as the author has received the letter.
office-will-ask-revision = The author has until the date in the letter for the revision.
office-will-accept = The manuscript will be published in this journal.
office-will-decline = This ends the manuscript’s review.
office-will-rescind = The manuscript will not be published in this journal.
office-will-letter = { $count ->
    [one] The corresponding author gets the letter below.
   *[other] { $count } corresponding authors get the letter below, one each.
 }
office-will-undo = For { $minutes } minutes you can take it back.
office-will-effect = It takes effect when the author receives it: when the mail server has taken the letter, or the author opens it here.
office-will-cancel = Reviewers who have not answered are asked no more; alternates leave the list.
office-will-outcome = Reviewers who took part hear the outcome with the next day’s letters.
office-confirm-ask = Is this your decision?
office-confirm-act-return-for-completion = Return it and send the letter
office-confirm-act-send-to-review = Send it to review and send the letter
office-confirm-act-ask-revision = Ask for the revision and send the letter
office-confirm-act-accept = Accept and send the letter
office-confirm-act-decline = Decline and send the letter
office-confirm-act-rescind = Rescind and send the letter

## Trials
office-trial-why = The journal’s rules ask for this before an article on a clinical trial is accepted. Numbers stay behind the recorded click.
office-gate-no-number = No acceptable registration number
office-gate-needs-chief-exception = Registered after enrolment began
office-gate-needs-editors-confirmation = The registry’s standing needs an editor’s word
office-gate-needs-editors-reason = The dates do not tell whether it was registered in time
office-gate-settled = settled
office-gate-open = open
office-gate-reason = Reason for the record
office-gate-printed = This reason is published with the article.
office-gate-settle-needs-chief-exception = Make an exception
office-gate-settle-needs-editors-confirmation = Confirm the registry
office-gate-settle-needs-editors-reason = Settle it
office-gate-who-no-number = Nothing makes up for a missing registration: it may be screened, but not accepted. The author can add or correct the number on the manuscript’s page.
office-gate-who-needs-chief-exception = Only the editor-in-chief can make an exception.
office-gate-who-needs-editors-confirmation = An editor settles this.
office-gate-who-needs-editors-reason = An editor settles this.

## Publication
office-proof-why = The author sees the article’s page as it will be published, and can correct it until the date in the letter; silence is consent. The full text is produced outside this site.
office-proof-waits = The proof is with the author.
office-publish-why = The author has confirmed the proof, or the time to object is over.
office-publish-title = Publish { $number }
office-publish-lede = The article’s page becomes public on this site: title, authors, abstract, statements and citation. The full text is produced outside it.
office-publish-names = The authors’ names, affiliations, funding and statements are shown.
office-publish-trial = Trial registrations are shown and linked.
office-publish-letter = The corresponding authors get a letter.
office-publish-final = This cannot be undone: later there are only corrections, concerns and retractions.
office-publish-registrations = Registrations
office-publish-seen = I have looked each up at its registry: it is public there and belongs to this trial
office-publish-ask = Publish it now?
office-publish-act = Publish the article
office-publish-no = Not yet
office-publish-not-yet-letter = A decision is pending.
office-publish-not-yet-request = A request of the author waits for its answer. Answer it first, under “Special matters”.
office-publish-not-yet-proof-to-send = Send the proof to the author first.
office-publish-not-yet-proof = The author has not confirmed the proof, and the time to object is not over.
office-publish-not-yet-publication = An editor publishes it when the trial’s conditions above are met.
office-publish-not-yet-other = It is not accepted, so it cannot be published.

## Letters
office-letter = Letter
office-letter-to = To
office-letter-subject = Subject
office-letter-state = State
office-letter-at = When
office-letters-none = No letters yet
office-letters-none-why = Every letter about this manuscript is kept here.
office-letters-back = Letters about { $number }
office-letter-names = The author’s name is taken out here; the letter that went had it.
office-side-author = author
office-side-reviewer = reviewer
office-side-office = office
office-side-account = account holder
office-letter-state-queued = waits
office-letter-state-sending = being sent
office-letter-state-sent = sent
office-letter-state-filed = written to the folder
office-letter-state-held = held
office-letter-state-failed = not delivered
office-letter-state-cancelled = cancelled
office-letter-confirm-address = Confirm the address
office-letter-already-registered = Already registered
office-letter-sign-in-link = Sign-in link
office-letter-new-password = New password
office-letter-role-invitation = Invitation to a role
office-letter-receipt = Receipt of the submission
office-letter-confirm-authorship = Request to confirm authorship
office-letter-returned = Returned for completion
office-letter-completion-receipt = Receipt of the completion
office-letter-screening-passed = Screening passed
office-letter-declined = Declined
office-letter-revision-asked = Revision asked
office-letter-accepted = Accepted
office-letter-rescinded = Acceptance rescinded
office-letter-released = Released: no notice in time
office-letter-reaffirmation-receipt = Receipt of the reaffirmation
office-letter-forgotten = Closed after the release
office-letter-completion-closed = Closed: not completed
office-letter-revision-receipt = Receipt of the revision
office-letter-lapsed = Given up: no revision in time
office-letter-revision-reminder = Reminder: revision
office-letter-completion-reminder = Reminder: completion
office-letter-extended = More time
office-letter-reviewed-again = Reviewed again
office-letter-proof-ready = Proof ready
office-letter-published = Published
office-letter-blind-copy-failed = No blind copy of a file
office-letter-withdrawal-receipt = Receipt of the withdrawal
office-letter-new-submission = A manuscript waits for screening
office-letter-screening-reminder = Reminder: screening
office-letter-released-office = Released: no notice in time
office-letter-review-in = A review is in
office-letter-all-reviews-in = Enough reviews are in
office-letter-reviewer-answered = A reviewer answered
office-letter-revision-in = The revision is in
office-letter-lapsed-office = Given up: no revision
office-letter-withdrawn-office = Withdrawn
office-letter-decision-reminder = Reminder: decision
office-letter-overdue = Overdue
office-letter-handling-given = Handling given
office-letter-invitation = Invitation to review
office-letter-invitation-reminder = Reminder: invitation
office-letter-invitation-expired = Invitation expired
office-letter-invitation-cancelled = Invitation cancelled
office-letter-welcome = How to review
office-letter-review-reminder = Reminder: review
office-letter-review-overdue = Review overdue
office-letter-reviewer-released = Released with thanks
office-letter-review-thanks = Thanks for the review
office-letter-review-again = Asked to review again
office-letter-no-longer-needed = No longer needed
office-letter-outcome = The outcome
office-letter-review-extended = More time for the review

## History
office-event-submitted = Submitted
office-event-decided = Decided
office-event-decision-undone = Decision taken back
office-event-decision-received = Decision received by the author
office-event-decision-void = Decision void
office-event-window-closed = Window closed by itself
office-event-reminded = Reminded
office-event-completed = Completed
office-event-reaffirmed = Still offered here
office-event-withdrawn = Withdrawn
office-event-handling-given = Handling given
office-event-invited = Reviewer invited
office-event-alternate-added = Alternate added
office-event-invitation-accepted = Invitation accepted
office-event-invitation-declined = Invitation declined
office-event-invitation-cancelled = Invitation cancelled
office-event-reviewer-released = Reviewer released
office-event-extended = More time given
office-event-review-sent = Review sent
office-event-review-amended = Review amended
office-event-revision-returned = Revision returned
office-event-reviewed-again = Asked to review again
office-event-names-shown = The authors’ names were shown
office-event-coauthor-confirmed = A co-author confirmed
office-event-coauthor-denied = A named co-author denies the authorship
office-event-registration-seen = The trial registrations were looked up at their registries
office-event-trial-exception = A trial hurdle was settled
office-event-proof-confirmed = Proof confirmed
office-event-published = Published
office-event-blind-copy-failed = A blind copy could not be made
office-actor-author = an author
office-actor-editor = the office
office-actor-reviewer = the reviewer
office-actor-clock = the clock
office-due = was due{" "}

## What was done
done-office-handling = The handling editor is set.
done-office-extended = More time is given.
done-office-asked = The invitation is written; “Letters” shows when it has gone.
done-office-alternate = The alternate is on the list.
done-office-cancelled = This reviewer is asked no more.
done-office-reminded = The reminder is written; “Letters” shows when it has gone.
done-office-review-again = The reviewers are asked again, and the author is told.
done-office-decided = The decision is made. Its letter waits a few minutes; it takes effect when the author has received it.
done-office-undone = The decision is taken back. Nobody was told.
done-office-trial = The reason is on the record.
done-office-proof = The author can look at the proof; “Letters” shows when the letter has gone.
done-office-published = The article is published.
office-waits-proof-corrected = The author sent corrections of the proof and waits for the corrected one
office-next-send-corrected = Send the corrected proof
office-proof-corrected-why = The proof no longer stands as it was sent. Look at what the author changed, then send the corrected proof; the author confirms it, and a week’s silence is consent.
office-publish-not-yet-proof-corrected = The author sent corrections of the proof. Send the corrected proof first.
office-then-invitation-alone = then it lapses; nobody stands on the list of alternates
office-event-until = until { $day }
