### Words of every page.

skip = Skip to the text
nav-main = Main navigation
nav-articles = Articles
nav-author = My manuscripts
nav-reviews = My reviews
nav-office = Office
nav-people = People
nav-account = My account
joint-first = joint first author
nav-sign-in = Sign in
nav-sign-out = Sign out
footer-blind = Double-blind: reviewers do not learn who the authors are, authors do not learn who the reviewers are.

footer-authors = For authors
footer-reviewers = For reviewers
footer-stages = What each stage means
footer-privacy = Privacy

## Errors
error-home = Go to the home page
error-not-found = There is nothing to see here
error-not-found-why = The address may be mistyped, or the page is not meant for you. If you came by a letter, sign in with the address it was sent to.
error-foreign = This was not sent from one of our pages
error-foreign-why = For your safety, nothing was done. Go to the page on this site and try again there.
error-bad-form = The form could not be read
error-bad-form-why = Nothing was done. Go back, reload the page and send it again; if you sent a file, it may be too large.
error-too-many = There were too many attempts
error-too-many-why = Nothing was done. Wait a quarter of an hour, or sign in with a mailed link, or on a device on which you have signed in before.
error-refused = This cannot be done now
error-broken = Something went wrong on our side
error-broken-why = Nothing you did was wrong, and what was saved before is safe. Try again in a few minutes; if it happens again, reply to any of our letters and say what you were doing.

## What an action refused
problem-not-here = This cannot be done where the manuscript stands now. The page shows where it stands.
problem-stale = The manuscript moved on while the page was open, and nothing was done. Look at what is new, then decide again.
problem-pending = A decision is already waiting for its letter. Take it back first, or let it go.
problem-gone = The letter has gone; it can no longer be taken back.
problem-not-yours = By the journal’s rules somebody else signs this: an acceptance, an editor-in-chief; an appeal, an editor who had no part in the decision. Write to them, or hand the manuscript over on the tab “Reading”, under “Give the handling to somebody”.
problem-needs-message = Give the author a reason.
problem-needs-items = Say what is missing, at least one item.
problem-needs-points = A revision needs at least one numbered suggestion.
problem-needs-reviews = There are fewer reviews than the journal wants. Wait for them, or record why fewer are enough.
problem-needs-handling = Nobody handles this manuscript yet. Become its handling editor first, or give it to an editor.
problem-trial = The rules for clinical trials stand in the way of acceptance. The manuscript’s page says what is missing.
problem-missing = Something is still missing. The list below says what and where.
problem-review = The review is not complete yet; what you wrote is saved. The form says what is missing.
problem-answers = Some suggestions have no answer yet; what you wrote is saved.
problem-no-manuscript = There is no manuscript file yet. Upload it first.
problem-waiting = A blind copy is still being made. Wait a moment, then try again.
problem-not-blind = For one file there can be no blind copy. Upload a better file; its entry says why.
problem-findings = Some places in the files still wait for a decision. Open each file’s blind copy and choose for every place.
problem-conflicts = There may be a conflict of interest.
problem-already-asked = This person has been asked for this manuscript already, or eight people have, which is the most. Choose somebody else, or wait for those who were asked.
problem-reason = Please give a reason.
problem-address = This is not an e-mail address.
problem-cannot-handle = This person may not handle this manuscript: they have a part in it, or are not an editor. Choose another editor.
problem-proof = The author has not confirmed the proof yet, and the time to object is not over.
problem-chief-only = Only an editor-in-chief can do this. Tell them what is needed.
problem-too-late = It is too late for this: a decision has been made.
problem-no-file = No file was chosen. Choose the file and send it again.
problem-broken-off = The upload broke off before the end of the file, and nothing of it was kept. Choose the file and send it again.
problem-empty-file = The file is empty. Check that it is the right one, and send it again.
problem-names-whom = “{ $named }” names a reviewer, whom the authors must not learn. Take it out and go on.
problem-names-somebody = The text still names an author or a reviewer whom its reader must not know. Look through all that you wrote, and the suggestions that you chose, for a name, an address or an institution; take it out and send it again.

## Stages
stage-draft = Draft
stage-screening = Screening
stage-returned = Returned for completion
stage-in-review = In review
stage-revising = Revision
stage-re-review = Re-review
stage-accepted = Accepted
stage-published = Published
stage-corrected = Published, corrected
stage-concern = Published, with an expression of concern
stage-retracted = Retracted
stage-declined = Declined
stage-released = Released: no notice in time
stage-lapsed = Given up: no revision in time
stage-withdrawn = Withdrawn

## Clocks: what it is, and what happens then
window-screening = Screening
window-completion = Completion
window-find-reviewers = Finding reviewers
window-invitation = Answer to the invitation
window-review = Review
window-review-grace = Review, overdue
window-decision = Decision
window-revision = Revision
window-re-review = Re-review
window-appeal = Appeal
window-reaffirmation = Whether it is still offered here
window-proof = Proof
clock-left = { $days ->
    [0] last day
    [one] 1 day left
   *[other] { $days } days left
 }
clock-over = { $days ->
    [one] 1 day over
   *[other] { $days } days over
 }
clock-until = until { $day }, end of day (the journal’s time)

## Verdicts
verdict-acceptable = Acceptable
verdict-after-revision = Acceptable after revision
verdict-unsuitable = Unsuitable

## Reviewers' labels
reviewer-label = Reviewer { $latin }
label-office = Editorial office

## Article types and sections
type-original = Original article
type-review = Review article
type-case-report = Case report
type-brief = Brief report
section-clinical = Clinical research
section-basic = Basic research
section-public-health = Public health
section-humanities = Medical humanities

## Trials
trial-none = Not a clinical trial
trial-prospective = Registered before enrolment: yes
trial-retrospective = Registered before enrolment: no
trial-undetermined = Registered before enrolment: to be settled by the office

## Files
file-manuscript = Manuscript
file-figure = Figure
file-supplement = Supplement
file-office = Office paper
file-attachment = Attachment

## Roles
role-reviewer = Reviewer
role-assistant = Editorial assistant
role-editor = Editor
role-editor-in-chief = Editor-in-chief
role-administrator = Administrator
problem-file-too-large = The file is too large: at most { $mb } MB.
problem-review-elsewhere = This review was changed in another window since this page was opened. The form has what you wrote here, and above it stands what was saved there. What you send or save now replaces it.
clock-was = was due { $day }
