### Words of the reviewer's pages, and of the one-time links in letters to reviewers and co-authors.

own-optional = optional
done-invitation-accepted = Thank you for accepting. The blind copy and the form are here; what you write is saved as you go.
done-accepted-by-link = Thank you for accepting. You are signed in on this browser; the blind copy stands under “My reviews”. Set a password here, so that you can come back from anywhere; “Later” leads on to the review.
done-invitation-refused = Thank you for answering. The office will ask somebody else.
done-own-review-sent = Thank you. Your review has reached the editors. You may amend it until they decide.

## My reviews
own-reviews-title = My reviews
own-reviews-present = What you are asked to do
own-reviews-what = Manuscript
own-reviews-asked = What is asked
own-reviews-clock = Clock
own-reviews-act = Next act
own-reviews-until = { $window } · until { $day }
own-reviews-no-clock = no date; open until the editors decide
own-reviews-you-are = You are Reviewer { $latin }
own-reviews-round = round { $round }
own-reviews-empty = Nothing waits for you
own-reviews-empty-why = When the editors invite you to review a manuscript, it appears here with its title, what is asked of you, and until when. You are also told by letter.
own-reviews-empty-act = How to review
own-reviews-past = Earlier
own-asked-answer = Please answer the invitation
own-asked-review = Read it and send your review
own-asked-late = You were released from this review. What you send still reaches the editors until they decide
own-asked-done = Your review is in. You may amend it until the editors decide
own-act-answer = Answer the invitation
own-act-review = Open the reading desk
own-act-late = Open the reading desk
own-act-done = Look at your review
own-past-reviewed = you reviewed it
own-past-closed = closed before your review
own-past-declined = you declined
own-past-expired = the invitation expired
own-past-cancelled = you were no longer needed
own-then-invitation = then the invitation expires, and the office asks somebody else
own-then-review = { $days ->
    [one] then you have one day’s grace
   *[other] then you have { $days } days’ grace
 }
own-then-review-grace = then the office thanks you and asks somebody else; a late review still counts until the editors decide

## The invitation
own-invitation-title = Invitation to review
own-invitation-lede = { $journal } asks you to review this manuscript. If you accept, you have { $days ->
    [one] one day
   *[other] { $days } days
 }. Please answer either way: a quick no helps as well.
own-invitation-wrong = One thing is still needed
own-invitation-tick = To accept, please declare that you have no conflict of interest
own-invitation-how = You read the blind copy on our page or download it, and fill in one form beside it: an assessment for the editors, scores from 1 to 5, numbered suggestions for the author, and a verdict in three classes. It is saved as you write. From the day you accept you have { $days ->
    [one] one day
   *[other] { $days } days
 }.
own-facts-type = Article type
own-facts-trial = Trial registration
own-facts-time = Time for the review
own-facts-time-days = { $days ->
    [one] One day
   *[other] { $days } days
 } from your acceptance; { $grace ->
    [one] one day
   *[other] { $grace } days
 } later somebody else is asked
own-blind-title = How double-blind works here
own-blind-you = You are not told who the authors are. Their names, institutions and numbers have been taken out of the text and out of the files. Please do not try to find out.
own-blind-they = The authors never learn who you are. What reaches them are the suggestions that the editors choose, under a letter drawn at random for this manuscript alone; not your verdict, scores or remarks.
own-blind-keep = Title, abstract and manuscript are confidential, whether or not you accept.
own-accept-title = I accept
own-accept-conflict = Conflict of interest
own-accept-conflict-hint = For instance: you work at the same institution, have published with people who may be the authors, compete with this work, gain or lose by it, or believe that you know whose it is.
own-accept-no-conflict = I have no conflict of interest with this work, as far as I can tell
own-accept-button = Accept the invitation
own-refuse-title = I decline
own-refuse-why = Nobody holds it against you, and the author is never told.
own-refuse-conflict = It is a conflict of interest
own-refuse-conflict-hint = You will then not be asked about this manuscript again, and see no more of it.
own-refuse-reason = Why
own-refuse-suggestion = Whom could we ask instead?
own-refuse-suggestion-hint = Name and institution or address; only the editors see it.
own-refuse-button = Decline the invitation

## The reading desk
own-desk-title = Review { $number }
own-desk-files = The blind copies
own-desk-earlier = Files of round { $round }
own-desk-download = Download ({ $format }, { $size })
own-desk-no-files = No blind copy is here yet
own-desk-no-files-why = Only files from which the authors’ identity has been taken out are shown. Look again a little later; if nothing comes, write to the office.
own-desk-abstract = Abstract and keywords
own-desk-form = Your review
own-desk-late = The time for this review is over, and the office may have asked somebody else. What you send still reaches the editors until they decide.
own-desk-sent-on = You sent this review on { $day }. You may amend it until the editors decide.
own-desk-amend = Amend the review
own-desk-amending = You are amending a review that was sent. The editors keep the earlier version as well; nothing changes until you press the button below.
own-desk-closed = Nothing can be written here at present. Either the editors are deciding, or this round is over. If you are needed again, you get a letter.
own-desk-round = Round { $round }
own-desk-points = Your suggestions as they were sent to the author
own-desk-your-point = your suggestion
own-desk-answer = The author’s answer
own-desk-rebuttal = The author’s rebuttal
own-desk-others = Other suggestions that the author received
own-desk-own-review = Your review
own-desk-version = Earlier version, replaced on { $day }
own-desk-saved = Saved.
own-desk-not-saved = Not saved. Please check your connection; we shall try again.
own-outcome-ask-revision = revision asked for
own-outcome-accept = accepted
own-outcome-decline = declined

## How to review
own-how-title = How to review
own-how-work = Judge the work, not who may have done it: is the question worth asking, does the method answer it, do the results bear the conclusion?
own-how-one = One matter a suggestion: where it is, why it matters, what would mend it. Say what is good, too.
own-how-blind = Write nothing in the suggestions that tells who you are: no name, no institution, no “as we have shown”.
own-how-who = Suggestions go to the author if the editors choose them. The assessment, the scores, the verdict and the remarks stay with the editors.
own-how-secret = Keep the manuscript to yourself. Do not pass it to others or to services that keep what they are given.
own-how-more = The full guide for reviewers

## The form
own-review-verdict = Verdict
own-review-verdict-yours = Your verdict
own-review-scores = Scores
own-review-scores-hint = 1 poor, 5 good
own-review-assessment = Assessment for the editors
own-review-assessment-hint = What the manuscript does, how well, and what decides your verdict. The author does not see it.
own-review-suggestions = Suggestions for the author
own-review-suggestions-hint = One matter a field. Required if your verdict is “acceptable after revision”.
own-review-suggestion = Suggestion { $number }
own-review-add = Save and add another suggestion
own-review-confidential = Remarks for the editors alone
own-review-confidential-hint = For instance doubts about ethics, the data, or publication elsewhere.
own-review-send = Send the review
own-review-amend = Send the amended review
own-review-leave = Leave it as it was sent
own-review-not-amended = The amended review is not complete yet, and the one you sent still stands. The form says what is missing.
own-criterion-originality = Originality
own-criterion-significance = Significance
own-criterion-method = Method
own-criterion-evidence = Evidence
own-criterion-presentation = Presentation
own-lack-verdict = Choose your verdict
own-lack-assessment = Write an assessment for the editors
own-lack-scores = Give a score on every line
own-lack-suggestions = “Acceptable after revision” needs at least one suggestion for the author

## One-time links
own-link-gone = This link does not work any more
own-link-gone-why = It was used already, has expired, or is not complete. If you want to look at something that you accepted or sent, sign in with the address to which the letter came.
own-link-accepted = You have accepted already
own-link-accepted-why = Thank you. Sign in with the address to which the letter came; the manuscript stands under “My reviews”.
own-link-refused = Thank you for answering
own-link-refused-why = The office will ask somebody else. You need do nothing more; please keep the title and the abstract confidential.
own-link-confirmed = Thank you, your authorship is confirmed
own-link-confirmed-why = Sign in with the address to which the letter came to see where the manuscript stands.
own-link-denied = Thank you for telling us
own-link-denied-why = The office has a record of your answer and will settle the question of authorship before anything else. You need do nothing more.
own-link-on = Go on
own-link-sign-in = Sign in

## A co-author's answer
own-coauthor-title = Are you an author of this manuscript?
own-coauthor-role = You are named as
own-coauthor-corresponding = corresponding author
own-coauthor-coauthor = co-author
own-coauthor-why = { $journal } has received a manuscript that names you as one of its authors. Looking at this page changes nothing; one of its buttons does.
own-coauthor-yes-title = Yes, I am
own-coauthor-yes-means = You took part in the work, approve what was submitted, and agree to its submission here. From then on you can see where it stands.
own-coauthor-yes = Confirm my authorship
own-coauthor-no-title = No, I am not
own-coauthor-no-means = The manuscript is put on hold until the office has settled the question. Only the office learns who said so.
own-coauthor-note = What the office should know
own-coauthor-no = Say that I am not an author
own-reviews-pages = Pages of past reviews
own-reviews-later = Later reviews
own-reviews-earlier = Earlier reviews
own-desk-elsewhere = Not saved: this review was changed or sent in another window. Go on there, or press a button here to see both.
own-desk-other = What was saved in the other window
own-desk-to-form = To your review
own-coauthor-by = It was submitted by{" "}
own-coauthor-by-end = .
own-coauthor-authors = The authors, in their order
own-coauthor-abstract = Abstract
own-link-no-password = You need no password for it: on the page of signing in, enter that address under “Sign in without a password”, and the letter’s link lets you in. You can set a password then if you like.
