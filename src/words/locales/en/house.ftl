# What visitors of the whole house missed.
problem-file-too-large = The file is too large: at most { $mb } MB.
problem-review-elsewhere = This review was changed in another window since this page was opened. The form has what you wrote here, and above it stands what was saved there. What you send or save now replaces it.
own-desk-elsewhere = Not saved: this review was changed or sent in another window. Go on there, or press a button here to see both.
own-desk-other = What was saved in the other window
own-desk-to-form = To your review
own-coauthor-by = It was submitted by{" "}
own-coauthor-by-end = .
own-coauthor-authors = The authors, in their order
own-coauthor-abstract = Abstract
own-link-no-password = You need no password for it: on the page of signing in, enter that address under the link by letter, and the letter’s link lets you in. You can set a password then if you like.
office-waits-proof-corrected = The author sent corrections of the proof and waits for the corrected one
office-next-send-corrected = Send the corrected proof
office-proof-corrected-why = The proof no longer stands as it was sent. Look at what the author changed, then send the corrected proof; the author confirms it, and a week’s silence is consent.
office-publish-not-yet-proof-corrected = The author sent corrections of the proof. Send the corrected proof first.
author-missing-keywords_zh-count = Give three to eight keywords in Chinese, separated by semicolons
author-missing-keywords_en-count = Give three to eight keywords in English, separated by semicolons
office-own-where = Only a request for revision and a decline carry points; with any other decision nothing of this is sent.
clock-was = was due { $day }
office-then-invitation-alone = then it lapses; nobody stands on the list of alternates
author-silent-who = Still to confirm:{" "}
law-granted-days = { $days ->
    [one] One more day was granted.
   *[other] { $days } more days were granted.
 }
office-event-until = until { $day }
author-silent-again = Send them the letter again
done-coauthors-reminded = The letter has gone once more to those who have not answered it.
