author-discard-link = Discard this draft
author-discard = Discard the draft
author-discard-what = The draft is deleted with its files. It cannot be brought back.
author-discard-who = Nobody else has seen it: a draft is yours alone until you send it.
author-discard-do = Discard the draft
author-discard-not = Keep the draft
done-draft-discarded = The draft and its files are gone.
law-tab-matters = Special matters
law-held = On hold
law-held-office = All windows but screening stand still; it can be neither accepted nor published.
clock-held = stands still
law-asked-on = asked on { $day }
law-answered-on = answered on { $day }
law-request-extension = More time for the revision
law-request-appeal = Appeal
law-request-withdrawal = Withdrawal after acceptance
law-request-authors = Change of authors
law-request-state-open = waits for an answer
law-request-state-granted = granted
law-request-state-refused = refused
law-request-state-void = no longer open
law-asked-days = { $days ->
    [one] Asks for one more day.
   *[other] Asks for { $days } more days.
 }
law-asked-authors = { $count ->
    [one] The new list has one author; it is behind “Show the authors” (recorded).
   *[other] The new list has { $count } authors; it is behind “Show the authors” (recorded).
 }
law-authors-waiting = { $count ->
    [one] One of those concerned has not agreed yet.
   *[other] { $count } of those concerned have not agreed yet.
 }
law-authors-agreed = Everybody concerned, old and new, has agreed.
law-authors-proposed = The authors as they are to be (not agreed by the office yet)
law-answer-was = The office’s answer:
law-answer-extension = If you grant it, the window is moved by the days below and the author is told. Without an answer it runs on.
law-answer-appeal = If you grant it, the manuscript goes to review and the author is told; if not, the decision stands. There is one appeal for a manuscript.
law-answer-withdrawal = If you grant it, the manuscript is withdrawn and will not be published here.
law-answer-authors = If you grant it, the list changes at once, the files are made blind again, conflicts are looked at again, and the windows run on.
law-days = Days
law-answer-text = Your answer
law-answer-text-hint = The author reads it, unless it says otherwise above. A refusal needs a reason.
law-grant-extension = Give more time
law-grant-appeal = Grant the appeal
law-grant-withdrawal = Agree to the withdrawal
law-grant-authors = Agree to the change
law-refuse = Refuse
law-answer-who-extension = An editor answers this.
law-answer-who-appeal = An appeal is judged by an editor-in-chief who had no part in the decision, or by a handling editor who had none. The handling is given on the tab “Reading”, under “Give the handling to somebody”.
law-answer-who-withdrawal = The editor-in-chief answers this.
law-answer-who-authors = An editor answers this.
law-kin = Submissions like this one
law-kin-why = Only the office sees this. Being alike is not yet being the same: judge for yourself.
law-kin-anew = sent anew
law-kin-same-file = the same file
law-kin-same-title = nearly the same title
law-coauthors = Co-authors
law-coauthors-confirmed = { $count ->
    [one] One author has confirmed.
   *[other] { $count } authors have confirmed.
 }
law-coauthors-silent = { $count ->
    [one] One has not answered.
   *[other] { $count } have not answered.
 }
law-coauthors-excused = { $count ->
    [one] One is not waited for, for a recorded reason.
   *[other] { $count } are not waited for, for a recorded reason.
 }
law-coauthors-ask = Ask them once more
law-coauthors-excuse = Go on without their word
law-coauthors-excuse-why = For somebody who has died or cannot be reached. The reason is written into the history.
law-coauthors-excuse-do = Record it and go on
law-reason = Reason
law-reaffirm = Ask if it is still offered here
law-reaffirm-why = The time for screening ran out and the author is free. You may ask once, by one letter; if the author confirms, screening begins again.
law-reaffirm-do = Ask by letter
law-notices = Notices on the article
law-notices-why = A notice is dated and linked with the article both ways; the article’s page stays, and the author is told.
law-notice-kind = Kind of notice
notice-correct = Correction
notice-concern = Expression of concern
notice-retract = Retraction
law-notice-hint-correct = Something is wrong; the conclusions stand.
law-notice-hint-concern = There are doubts that are being looked into.
law-notice-hint-retract = The article is not to be relied on. This cannot be taken back.
law-notice-zh = The notice in Chinese
law-notice-en = The notice in English
law-notice-do = Publish the notice
law-hold = Hold
law-hold-why = For disputes and inquiries. All windows but screening stand still and are moved by the days of the hold when it goes on; the author is told.
law-hold-do = Put on hold
law-hold-reason = The reason (the author is told)
law-hold-hint = Name neither reviewers nor whoever raised the matter.
law-resume-why = When it goes on, each window is moved by the days of the hold.
law-resume-text = Words to the author (optional)
law-resume-do = Resume work on the manuscript
law-quiet = Nothing out of the ordinary
law-quiet-why = When the author asks for more time, appeals, or asks to withdraw or to change the authors, it waits here for your answer.
done-office-answered = The author has been answered.
done-office-held = The manuscript is on hold; the author is told.
done-office-resumed = The work goes on; the windows have been moved.
done-office-coauthors-asked = The letters are written once more; “Letters” shows when they have gone.
done-office-coauthors-excused = Recorded; acceptance does not wait any more.
done-office-reaffirmation-asked = The letter is written; “Letters” shows when it has gone.
done-office-notice = The notice is published.
problem-authors-missing = Not all co-authors have confirmed. Under “Special matters” you can ask them once more.
problem-held = The manuscript is on hold: it can be neither accepted nor published.
problem-days = The number of days is outside the range that the field allows. Change it and send it again.
problem-no-change = The list is the same as before.
problem-authors = Please check the list. Each author needs a name and an e-mail address. At least one is a corresponding author. Joint first authors are at least two, and come first.
problem-authors-wait = Not everybody concerned has agreed yet.
problem-needs-guest = The editor-in-chief is an author. Please appoint an editor first who acts in that place for this manuscript.
problem-last-chief = The journal needs an editor-in-chief. Please appoint another one first.
problem-once = This can be done only once, and has been done. Nothing was changed.
office-waits-request = The author’s request waits for the office’s answer
office-next-answer = See the request
office-event-held = Put on hold
office-event-resumed = Goes on
office-event-request-asked = The author asks
office-event-request-granted = Request granted
office-event-request-refused = Request refused
office-event-authors-agreed = Somebody concerned agrees to the change of authors
office-event-authors-changed = The authors were changed
office-event-coauthor-excused = Acceptance does not wait for a co-author
office-event-coauthors-asked = Co-authors asked once more
office-event-reaffirmation-asked = Asked if it is still offered here
office-event-review-entered = A review was entered for its reviewer
office-event-handling-lost = The handling editor is one no more
office-event-guest-appointed = Guest editor appointed
office-event-kin-found = A submission like another one
office-event-entered = Entered by the office
office-event-notice-published = Notice published
office-request-extension = More time for the revision
office-request-appeal = Appeal
office-request-withdrawal = Withdrawal
office-request-authors = Change of authors
law-denies = says they are not an author
law-held-author = The reason is in the history below. All time limits but that of screening stand still and are moved by the days of the hold when it goes on.
law-silent-author = { $count ->
    [one] One of your co-authors has
   *[other] { $count } of your co-authors have
 } not confirmed yet. Acceptance waits for all of them: please remind them of our letter.
law-requests-yours = Your requests
law-own-state-open = waits for an answer
law-own-state-granted = granted
law-own-state-refused = not granted
law-own-state-void = no longer open
law-ask-extension = Ask for more time
law-ask-extension-means = You can ask once in each revision. Until the office answers, your time runs on; without an answer nothing changes.
law-ask-extension-do = Ask for more time
law-ask-appeal = Appeal against the decision
law-ask-appeal-means = You can appeal once. An editor who had no part in the decision judges it. Say what was mistaken, and on what grounds.
law-ask-appeal-do = Send the appeal
law-ask-withdrawal = Ask to withdraw the accepted manuscript
law-ask-withdrawal-means = The manuscript is accepted; withdrawing it needs the editor-in-chief’s consent. Until then it goes its way.
law-ask-withdrawal-do = Ask to withdraw
law-ask-authors = Ask for a change of authors
law-ask-authors-means = This is for adding or removing an author, for another order, or for another corresponding author. Write the list as it is to be. Everybody on the old and the new list is then asked by letter; when all have agreed, the editors decide.
law-ask-authors-do = Send the new list
law-ask-days = How many days
law-ask-days-hint = 1 to { $most }.
law-ask-why-extension = Why
law-ask-why-appeal = Your grounds
law-ask-why-withdrawal = Why
law-ask-why-authors = Why
law-ask-why-hint = The office reads this.
law-ask-not = Go back
law-not-sent = This was not sent
done-request-sent = Your request has been sent; the office will answer.
author-event-authors-changed = The authors were changed
author-event-entered = Entered by the office
author-event-held = The work was put on hold.
author-event-resumed = The work went on.
author-event-request-asked-extension = You asked: more time
author-event-request-granted-extension = Granted: more time
author-event-request-refused-extension = Not granted: more time
author-event-request-asked-appeal = You asked: an appeal
author-event-request-granted-appeal = Granted: an appeal
author-event-request-refused-appeal = Not granted: an appeal
author-event-request-asked-withdrawal = You asked: withdrawal
author-event-request-granted-withdrawal = Granted: withdrawal
author-event-request-refused-withdrawal = Not granted: withdrawal
author-event-request-asked-authors = You asked: a change of authors
author-event-request-granted-authors = Granted: a change of authors
author-event-request-refused-authors = Not granted: a change of authors
author-event-notice-correct = A correction was published
author-event-notice-concern = An expression of concern was published
author-event-notice-retract = A retraction was published
office-notice-correct = Correction
office-notice-concern = Expression of concern
office-notice-retract = Retraction
law-concerned-title = Do you agree to the change of authors?
law-concerned-why = It was submitted to { $journal }. When everybody on the old and the new list has agreed, the office decides; if one person does not, the list stays as it is.
law-concerned-after = The authors as they are to be
law-concerned-before = The authors as they are
law-corresponding = corresponding
law-concerned-yes = I agree
law-concerned-no = I do not agree
own-link-agreed = You have agreed
own-link-agreed-why = When everybody concerned has agreed, the office decides; the authors are told.
own-link-disagreed = You do not agree
own-link-disagreed-why = The list of authors stays as it is. The authors and the office are told that the change was not agreed to; the authors are not told by whom.
law-guest = Appoint a guest editor
law-guest-why = You are the editor-in-chief and an author of this manuscript. Appoint an editor to act in your place; once it is sent you are only its author, and see nothing of its review.
office-letter-request-refused = Request not granted
office-letter-appeal-granted = Appeal granted
office-letter-withdrawal-granted = Withdrawal granted
office-letter-confirm-authors-change = Change of authors: your consent
office-letter-authors-changed = Authors changed
office-letter-held = On hold
office-letter-resumed = Goes on
office-letter-ask-reaffirmation = Asked if still offered
office-letter-notice-published = Notice published
office-letter-entered = Entered by the office
office-letter-request-in = A request of the author
office-letter-coauthor-denied = A named author denies
office-letter-authors-disagree = No consent to new authors
office-letter-handling-lost = Another editor is needed
office-letter-kin-found = Like another submission
office-letter-review-held = Review on hold
office-letter-review-resumed = Review goes on
office-letter-review-entered = Review entered for you
law-attachments = Attachments
law-attachments-hint = Up to { $most }, such as an annotated manuscript. Your name and the file’s properties are taken out; the office gets the blind copy only, and the author none.
law-attachment-upload-hint = DOCX, ODT, PDF, LaTeX, Markdown or plain text, or a picture as PNG, JPEG, TIFF, GIF, WebP or SVG. Up to { $mb } MB.
law-attachment-removed = { $count ->
    [one] 1 thing taken out
   *[other] { $count } things taken out
 }
law-attachment-refused = After cleaning, your own name, address or institution could still be found in it, so it cannot be attached. Take it out yourself and upload the file again.
law-attachment-waiting = being made blind
law-attachment-look = The blind copy
law-attachment-remove = Remove
law-attachment-keep = Keep: it is not about me
law-attachment-cut = Take it out
law-attachment-file = Add an attachment
law-enter-review = Enter a review that came another way
law-enter-review-why = For a review that reached the office by mail or on paper. The history says that it was entered; the reviewer is told, and can look it over and amend it.
law-enter-review-do = Enter the review
done-office-review-entered = The review is entered; the reviewer has been told.
done-attached = The attachment is here.
done-detached = The attachment is gone.
done-finding-settled = Settled.
problem-enough = There are as many attachments as there can be. Remove one first.
problem-attachment = An attachment is not ready: wait for its blind copy, settle what is marked in it, or remove it.
law-certificates = Certificates
law-certificates-why = They say how many reviews you wrote in which year, and nothing of any manuscript.
law-certificate-of = { $year }: { $count ->
    [one] one review
   *[other] { $count } reviews
 }
law-certificate = Certificate of reviewing
law-certificate-words = This is to certify that { $person } wrote { $count ->
    [one] one review
   *[other] { $count } reviews
 } for { $journal } in { $year }.
law-certificate-thanks = With our thanks.
law-certificate-print = Print it, or save it as a PDF, with your browser.
law-anew = Submit anew from this one
law-anew-why = A new draft takes over title, abstract, authors and statements; files are uploaded again. It gets a number of its own, and the office sees that the two belong together.
done-begun-anew = A new draft is here; please go through its steps.
set-figure-coauthor-years = Warn of co-authors of an article in this journal for
set-unit-years = years
set-var-request = what the author asks for
set-var-notice = the kind of notice
problem-confirmed-author = Somebody who has confirmed to be an author is missing from the list. Put that person back, send the manuscript, and then ask for a change of authors on its page: all of them agree to it.
done-request-taken-back = Your request is taken back. Nothing has changed.
done-concerned-asked = Those who have not agreed were asked again.
law-concerned-again = Ask them again
law-take-back = Take the request back
law-answer-silent = You can refuse the change now. It can be agreed to when everybody concerned has agreed, or by the editor-in-chief.
law-answer-silent-chief = Somebody concerned has not answered. Where that person cannot be reached, or the address is wrong, you can agree without waiting: what you write below is then recorded as the reason, and the authors do not read it. If you refuse, they do.
office-event-request-taken-back = The author took the request back
office-event-concerned-asked = Those concerned by the change of authors asked again
office-event-details-changed = The author corrected the details
author-event-request-taken-back = You took a request back.
author-event-details-changed = You corrected the details.
office-letter-reaffirmation-reminder = Reminder: still offered here?
office-letter-proof-reminder = Reminder of the proof
office-letter-find-reviewers-reminder = Reminder: reviewers are wanted
office-letter-details-changed = The author corrected the details
problem-often = That was done often enough for today. Please wait until tomorrow.
law-coauthors-denied = { $count ->
    [one] One person in the list says they are not an author.
   *[other] { $count } people in the list say they are not authors.
 } It cannot be accepted while such a name stands there; the name leaves the list by a change of authors, for which the author asks on the manuscript’s page.
law-granted-days = { $days ->
    [one] One more day was granted.
   *[other] { $days } more days were granted.
 }
