### Words of the reviewer's pages, and of the one-time links in letters to reviewers and co-authors.

optional = optional
done-accepted = Thank you for accepting. The blind copy and the form are here; what you write is saved as you go.
done-accepted-by-link = Thank you for accepting. You are signed in on this browser; the blind copy stands under “My reviews”. Set a password here, so that you can come back from anywhere.
done-refused = Thank you for answering. The office will ask somebody else.
done-review-sent = Thank you. Your review has reached the editors. You may amend it until they decide.

## My reviews
reviews-title = My reviews
reviews-present = What you are asked to do
reviews-what = Manuscript
reviews-asked = What is asked
reviews-clock = Clock
reviews-act = Next act
reviews-no-clock = no date is set
reviews-you-are = You are Reviewer { $latin }
reviews-round = round { $round }
reviews-empty = Nothing waits for you
reviews-empty-why = When the editors invite you to review a manuscript, it appears here with its title, what is asked of you, and until when. You are also told by letter.
reviews-empty-act = How we ask you to review
reviews-past = Earlier
asked-answer = Please answer the invitation
asked-review = Please read it and send your review
asked-done = Your review is in. You may amend it until the editors decide
act-answer = Answer the invitation
act-review = Open the reading desk
act-done = Look at your review
past-reviewed = you reviewed it
past-closed = closed before your review
past-declined = you declined
past-expired = the invitation expired
past-cancelled = you were no longer needed
then-invitation = then the invitation expires, and the office asks somebody else
then-review = then you have { $days } days’ grace
then-review-grace = then the office thanks you and asks somebody else

## The invitation
invitation-title = Invitation to review
invitation-lede = { $journal } asks you to review this manuscript. If you accept, you have { $days } days. Please answer either way: a quick no helps as well.
invitation-wrong = One thing is still needed
invitation-tick = To accept, please declare that you have no conflict of interest
invitation-how = You read the blind copy on our page or download it, and fill in one form beside it: an assessment for the editors, five scores, numbered suggestions for the author, and a verdict in three classes. It is saved as you write. From the day you accept you have { $days } days.
facts-type = Article type
facts-trial = Trial registration
facts-time = Time for the review
facts-time-days = { $days } days from your acceptance; { $grace } days later somebody else is asked
blind-title = How double-blind works here
blind-you = You are not told who the authors are. Their names, institutions and numbers have been taken out of the text and out of the files. Please do not try to find out.
blind-they = The authors never learn who you are. What reaches them are the suggestions that the editors choose, under a letter drawn at random for this manuscript alone; not your verdict, scores or remarks.
blind-keep = Title, abstract and manuscript are confidential, whether or not you accept.
accept-title = I accept
accept-conflict = Conflict of interest
accept-conflict-hint = For instance: you work at the same institution, have published with people who may be the authors, compete with this work, gain or lose by it, or believe that you know whose it is.
accept-no-conflict = I have no conflict of interest with this work, as far as I can tell
accept-button = Accept the invitation
refuse-title = I decline
refuse-why = Nobody holds it against you, and the author is never told.
refuse-conflict = It is a conflict of interest
refuse-conflict-hint = You will then not be asked about this manuscript again, and see no more of it.
refuse-reason = Why
refuse-suggestion = Whom could we ask instead?
refuse-suggestion-hint = Name and institution or address; only the editors see it.
refuse-button = Decline the invitation

## The reading desk
desk-title = Review { $number }
desk-files = The blind copies
desk-earlier = Files of round { $round }
desk-download = Download ({ $format }, { $size })
desk-no-files = No blind copy is here yet
desk-no-files-why = Only files from which the authors’ identity has been taken out are shown. Look again a little later; if nothing comes, write to the office.
desk-abstract = Abstract and keywords
desk-form = Your review
desk-late = The time for this review is over, and the office may have asked somebody else. What you send still reaches the editors until they decide.
desk-sent-on = You sent this review on { $day }. You may amend it until the editors decide.
desk-amend = Amend the review
desk-amending = You are amending a review that was sent. The editors keep the earlier version as well; nothing changes until you press the button below.
desk-closed = Nothing can be written here at present. Either the editors are deciding, or this round is over. If you are needed again, you get a letter.
desk-round = Round { $round }
desk-points = Your suggestions as they were sent to the author
desk-your-point = your suggestion
desk-answer = The author’s answer
desk-rebuttal = The author’s rebuttal
desk-others = Other suggestions that the author received
desk-own-review = Your review
desk-version = Earlier version, replaced on { $day }
desk-saved = Saved.
desk-not-saved = Not saved. Please check your connection; we shall try again.
outcome-ask-revision = revision asked for
outcome-accept = accepted
outcome-decline = declined

## How to review
how-title = How to review
how-work = Judge the work, not who may have done it: is the question worth asking, does the method answer it, do the results bear the conclusion?
how-one = One matter a suggestion: where it is, why it matters, what would mend it. Say what is good, too.
how-blind = Write nothing in the suggestions that tells who you are: no name, no institution, no “as we have shown”.
how-who = Suggestions go to the author if the editors choose them. The assessment, the scores, the verdict and the remarks stay with the editors.
how-secret = Keep the manuscript to yourself. Do not pass it to others or to services that keep what they are given.
how-more = The full guide for reviewers

## The form
review-verdict = Verdict
review-verdict-yours = Your verdict
review-scores = Scores
review-scores-hint = 1 poor, 5 good
review-assessment = Assessment for the editors
review-assessment-hint = What the manuscript does, how well, and what decides your verdict. The author does not see it.
review-suggestions = Suggestions for the author
review-suggestions-hint = One matter a field. Required if your verdict is “acceptable after revision”.
review-suggestion = Suggestion { $number }
review-add = Save and add another suggestion
review-confidential = Remarks for the editors alone
review-confidential-hint = For instance doubts about ethics, the data, or publication elsewhere.
review-send = Send the review
review-amend = Send the amended review
review-leave = Leave it as it was sent
review-not-amended = The amended review is not complete yet, and the one you sent still stands. The form says what is missing.
criterion-originality = Originality
criterion-significance = Significance
criterion-method = Method
criterion-evidence = Evidence
criterion-presentation = Presentation
lack-verdict = Choose your verdict
lack-assessment = Write an assessment for the editors
lack-scores = Give each of the five scores
lack-suggestions = “Acceptable after revision” needs at least one suggestion for the author

## One-time links
link-gone = This link does not work any more
link-gone-why = It was used already, has expired, or is not complete. If you want to look at something that you accepted or sent, sign in with the address to which the letter came.
link-accepted = You have accepted already
link-accepted-why = Thank you. Sign in with the address to which the letter came; the manuscript stands under “My reviews”.
link-refused = Thank you for answering
link-refused-why = The office will ask somebody else. You need do nothing more; please keep the title and the abstract confidential.
link-confirmed = Thank you, your authorship is confirmed
link-confirmed-why = Sign in with the address to which the letter came to see where the manuscript stands.
link-denied = Thank you for telling us
link-denied-why = The office has a record of your answer and will settle the question of authorship before anything else. You need do nothing more.
link-on = Go on
link-sign-in = Sign in

## A co-author's answer
coauthor-title = Are you an author of this manuscript?
coauthor-role = You are named as
coauthor-corresponding = corresponding author
coauthor-coauthor = co-author
coauthor-why = { $journal } has received a manuscript that names you as one of its authors. It cannot be accepted before everybody who is named has confirmed. Looking at this page changes nothing; one of its buttons does.
coauthor-yes-title = Yes, I am
coauthor-yes-means = You took part in the work, approve what was submitted, and agree to its submission here. From then on you can see where it stands.
coauthor-yes = Confirm my authorship
coauthor-no-title = No, I am not
coauthor-no-means = The office is told, and settles the question with whoever submitted it.
coauthor-note = What the office should know
coauthor-no = Say that I am not an author
