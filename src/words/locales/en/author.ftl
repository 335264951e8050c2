### Words of the author's pages.

## What was done
done-draft-saved = Saved. You can go on whenever you like; nothing was sent.
done-step-saved = Saved.
done-file-uploaded = Uploaded. The original is kept sealed; the list of files shows how its blind copy stands.
done-file-removed = The file was removed.
done-findings-settled = Your decisions are saved.
done-answers-saved = Your answers are saved. Nothing was sent yet.
done-revision-sent = Revision and rebuttal were received. A receipt goes to your address.
done-manuscript-withdrawn = The manuscript was withdrawn.
done-reaffirmed = Thank you. The manuscript is in screening again, and its time begins anew.
done-decision-opened = You have received the decision. It stands below.
done-proof-confirmed = You have confirmed the proof. It can be published.

## My manuscripts
author-begin = Begin a submission
author-untitled = Untitled draft
author-empty = Your manuscripts will stand here
author-empty-why = Each with where it stands, how many days are left, and what you can do next. A submission is written in steps; each is saved, and you can stop and come back at any time.
author-list-what = Manuscript
author-list-stage = Stage
author-list-clock = Clock
author-list-act = Next
author-since = since { $day }
author-no-clock = no clock is running
author-clock-until = { $window } · until { $day }
author-list-wait = It is the office’s turn
author-list-open-decision = Open the decision
author-list-continue = Continue the draft
author-list-complete = Complete the submission
author-list-revise = Continue the revision
author-list-reaffirm = Say whether it is still offered here
author-list-check-proof = Check the proof
author-list-read = See the article’s page
author-list-look = Look

## Steps
author-optional = optional
author-steps = The steps
author-steps-all = all steps
author-step-now = Step { $n } of { $of }
author-step-type = Type and section
author-step-text = Title, abstract, keywords
author-step-authors = Authors
author-step-statements = Funding, ethics, conflicts, data
author-step-trial = Trial registration
author-step-files = Files and blind copies
author-step-reviewers = Reviewers to suggest or avoid
author-step-declarations = Declarations
author-step-check = Check and send
author-state-empty = empty
author-state-begun = begun
author-state-ready = ready
author-state-needs-you = needs you
author-state-optional = optional
author-state-not-yet = not yet
author-state-authors = { $count ->
    [one] 1 author
   *[other] { $count } authors
 }
author-state-files = { $count ->
    [one] 1 file
   *[other] { $count } files
 }
author-problems = { $count ->
    [one] Saved. One thing is still missing here
   *[other] Saved. { $count } things are still missing here
 }
author-save = Save and continue
author-save-later = Save and stop for now
author-saved = Saved.
author-save-failed = Not saved. Please check your connection; we shall try again.
author-skip = Continue all the same; I shall mend this later
author-previous = Back a step
author-next = Continue
author-change = Change

author-type-lede = The office uses these to find the right editor and reviewers.
author-article_type = Type of article
author-section = Section
author-language = Language of the manuscript
author-language-hint = A manuscript in Chinese also needs title, abstract and keywords in English.
author-language-zh = Chinese
author-language-en = English

author-text-lede = This is what editors and reviewers read first. Names, institutions and grant numbers are taken out of what reviewers see.
author-title_zh = Title in Chinese
author-title_en = Title in English
author-title-hint = Without names or institutions.
author-abstract_zh = Abstract in Chinese
author-abstract_en = Abstract in English
author-abstract-hint = Structured if the article reports a study: objective, methods, results, conclusion.
author-keywords_zh = Keywords in Chinese
author-keywords_en = Keywords in English
author-keywords-hint = Three to eight, separated by semicolons.

author-authors-lede = In the order of the article. Everything on this page is sealed: no reviewer sees it before publication, and the blind copies are made by it, so write every name as it stands in your files.
author-n = Author { $n }
author-native-name = Name in its own script
author-latin-name = Name in Latin letters
author-affiliations = Affiliations
author-affiliations-hint = One a line, as in the article.
author-email = E-mail
author-corresponding = Corresponding author: letters about the manuscript go here
author-corresponding-short = corresponding
author-joint-first = Joint first author: contributed equally with the others so marked
author-up = Move up
author-down = Move down
author-remove = Remove
author-add = Add an author

author-statements-lede = All but the last field are published with the article. Reviewers do not see funding and ethics numbers.
author-funding = Funding
author-funding-hint = Funder and grant number, one a line; or “none”.
author-ethics = Ethics approval
author-ethics-hint = Committee and approval number; or why none was needed.
author-conflicts = Conflicts of interest
author-conflicts-hint = For all authors; or “none”.
author-data = Data statement
author-data-hint = Where the data can be had, or why they cannot.
author-giveaways = Other words that would give you away
author-giveaways-hint = One a line: a repository account, the name of a cohort or device of yours, a ship, a study site. They are taken out of the blind copies.

author-trial-question = Does this manuscript report a clinical trial?
author-trial-question-hint = Any study that prospectively assigns people to interventions to see their effect on health.
author-trial-yes = Yes, an interventional trial
author-trial-yes-hint = Please give its registration below.
author-trial-no = No
author-trial-none = No clinical trial
author-trial-registration = Registration
author-trial-registration-hint = Only needed for a trial. The number is sealed until publication, since a registry names the investigators.
author-trial-numbers = Registration numbers
author-trial-numbers-hint = All of them, as they stand in the registry, with their letters: ChiCTR2400087654, NCT06312345.
author-trial-submitted = Registration first submitted
author-trial-enrolled = First participant enrolled
author-trial-actual = Actual date
author-trial-estimated = Estimated date
author-date-hint = Year, month and day, such as 2025-03-17; or only the month, 2025-03.
author-date-empty = There is no date.
author-date-shape = This could not be read as a date. Write 2025-03-17 or 2025-03.
author-date-no-such-day = There is no such day.
author-date-year = The year must lie between 1900 and 2199.
author-trial-do-read = Save and show how this is read
author-trial-read = How we read this
author-trial-odd = Please compare the digits once more: such numbers have not been given so far.
author-trial-malformed = “{ $text }” looks like a number of { $registry }, but digits are missing or too many. Copy it from the registry’s page, with its letters, as in ChiCTR2400087654 or NCT06312345.
author-trial-unknown = “{ $text }” is no number of a registry that we know. Copy it from the registry’s page, with its letters, as in ChiCTR2400087654 or NCT06312345.
author-trial-standing-yes = counts as registration
author-trial-standing-confirm = to be confirmed by an editor
author-trial-standing-universal-number = kept, but a universal trial number is no registration
author-trial-standing-drug-platform = kept, but the drug trials platform is no WHO registry
author-trial-standing-research-filing = kept, but filing a study is no registration
author-trial-standing-predecessor = kept, but its successor’s number counts
author-trial-standing-not-primary = kept, but not a WHO primary registry
author-trial-follows = What follows
author-trial-verdict-prospective = Registered before the first participant was enrolled.
author-trial-verdict-retrospective = Registered after the first participant was enrolled.
author-trial-verdict-undetermined = These dates do not tell whether it was registered before the first enrolment. Give both with their day, and choose “Actual date” or “Estimated date” for the enrolment.
author-trial-fine = As far as registration goes, nothing stands in the way of acceptance.
author-trial-hurdle-needs-chief-exception = It can be reviewed. It can only be accepted by the editor-in-chief’s exception, which is published with the article.
author-trial-hurdle-needs-editors-confirmation = An editor will confirm the registry’s standing.
author-trial-hurdle-needs-editors-reason = An editor will settle it with a reason; a day instead of a month may spare that.
author-trial-hurdle-no-number = Without a number that counts as registration it can be screened, but never accepted.

author-files-lede = Send the files as they are. You need not take names out: we make a blind copy of each and show it to you before anything is sent. Office papers (cover letter, undertaking, ethics approval) stay with the office.
author-files-list = Files
author-files-none = No files yet. Begin with the manuscript.
author-files-all = All files
author-files-back = Back to where you were
author-file-waiting = blind copy in the making
author-file-refused = no blind copy
author-file-sealed = only for the office
author-file-findings = { $count ->
    [one] 1 matter for you to decide
   *[other] { $count } matters for you to decide
 }
author-file-blind = blind copy ready
author-file-decide = Decide
author-file-look = Blind copy
author-file-original = Original
author-file-remove = Remove
author-upload-role = What is it?
author-upload-file = Choose a file
author-upload-hint = Manuscript: DOCX, ODT, PDF, LaTeX (.tex, or a .zip or .tar.gz with its figures), Markdown or plain text. Figures: PNG, JPEG, TIFF, GIF, WebP or SVG. Up to { $mb } MB; office papers in any format. A new manuscript takes the place of the one before.
author-upload-progress = Upload
author-upload-sending = Sending…
author-upload-failed = The file did not arrive. Please try again; nothing else was changed.
author-upload-do = Upload the file
author-upload-refused = The file was not taken
author-refusal-empty = There is nothing in this file. Please send it again.
author-refusal-too-large = The file is too large to be made anonymous. Please send smaller pictures, or part of it as a supplement.
author-refusal-encrypted = The file is locked with a password, so we cannot look into it. Please send it without.
author-refusal-signed = The file is digitally signed; the signature names its signer and would break. Please send it without.
author-refusal-macros = The file contains macros. Please save it as an ordinary DOCX or ODT.
author-refusal-legacy = Files of this old format (.doc, .rtf) cannot be cleaned with certainty. Please save it as DOCX, ODT or PDF.
author-refusal-unsupported = We cannot look into files of this format and so cannot vouch for them. Please send a manuscript as DOCX, ODT, PDF, LaTeX, Markdown or plain text, a figure as PNG, JPEG, TIFF, GIF, WebP or SVG.
author-refusal-broken = The file does not hold together. Please save it anew and send that.
author-refusal-bomb = The file unpacks to far more than it weighs. Please save it anew and send that.
author-refusal-undecodable = The text of this file cannot be read: its encoding or fonts do not say which letters stand there. Please export it anew, with fonts embedded.
author-refusal-identity-remains = After cleaning, an author could still be found in it, so there is no blind copy. Check that the names in the step “Authors” are written as in the file, or take the place out yourself, and upload the file again.
author-refusal-too-slow = Making the blind copy took too long. Please send a simpler or smaller file.
author-refusal-killed = The blind copy could not be made. Please save the file anew, or send it as DOCX or PDF.

author-reviewers-lede = Optional. The editors see that these are your wishes; they need not follow them.
author-suggested = Suggested reviewers
author-suggested-hint = Up to { $max }. Nobody from your own institutions or recent co-authors. Empty the fields to take somebody off.
author-suggested-n = Suggested reviewer { $n }
author-opposed = Reviewers to avoid
author-opposed-hint = Up to { $max }. Please say why.
author-opposed-n = Reviewer to avoid { $n }
author-reviewer-name = Name
author-reviewer-reason = Why
author-reviewer-more = Save and add another

author-declarations-lede = In the name of all authors:
author-declare-original = This work is our own and unpublished.
author-declare-not-elsewhere = It is not under consideration elsewhere, and will not be while it is here.
author-declare-all-agree = All authors have read it, agree to its submission and answer for it.
author-declare-anonymous = We will not make ourselves known to reviewers while it is reviewed.

## What is missing
author-missing-article_type-choose = Choose the type of article
author-missing-section-choose = Choose a section
author-missing-language-choose = Choose the language
author-missing-title_zh-empty = Give the title in Chinese
author-missing-title_en-empty = Give the title in English
author-missing-abstract_zh-empty = Give the abstract in Chinese
author-missing-abstract_en-empty = Give the abstract in English
author-missing-keywords_zh-empty = Give keywords in Chinese
author-missing-keywords_en-empty = Give keywords in English
author-missing-authors-empty = Name at least one author
author-missing-corresponding-choose = Mark at least one corresponding author
author-missing-joint_first-order = There must be two or more joint first authors, at the head of the list
author-missing-email-twice = Two authors have the same e-mail address
author-missing-latin_name-empty = Author { $n }: give the name in Latin letters
author-missing-email-address = Author { $n }: give a valid e-mail address
author-missing-affiliations-empty = Author { $n }: give an affiliation
author-missing-orcid-orcid = Author { $n }: the ORCID iD does not fit its check digit
author-missing-funding-empty = Name the funding, or write “none”
author-missing-ethics-empty = Name the ethics approval, or why none was needed
author-missing-conflicts-empty = Declare conflicts of interest, or write “none”
author-missing-data_statement-empty = Say where the data can be had
author-missing-interventional-choose = Say whether it reports a clinical trial
author-missing-suggested-too-many = There are too many suggested reviewers
author-missing-opposed-too-many = There are too many reviewers to avoid
author-missing-file-none = Upload the manuscript file
author-missing-file-waiting = “{ $name }”: the blind copy is still being made
author-missing-file-refused = “{ $name }”: there is no blind copy; send a better file
author-missing-file-findings = “{ $name }”: something waits for your decision

## The blind copy
author-blind-title = The blind copy
author-blind-lede = This is what a reviewer will see; beside it is what we took out.
author-blind-open = { $count ->
    [one] One matter waits for your decision; nothing can be sent before.
   *[other] { $count } matters wait for your decision; nothing can be sent before.
 }
author-blind-download = Download the blind copy ({ $format })
author-blind-waiting = The blind copy is being made. This page shows it as soon as it is ready.
author-blind-sealed = Office papers have no blind copy: no reviewer sees them.
author-blind-report = What was removed, and what is for you to decide
author-blind-other-file = Upload another file
author-blind-settled = Nothing waits for your decision in this file.
author-decide = Please decide
author-decide-open = { $count } open
author-decide-save = Save these decisions
author-finding-keep = Keep it: it identifies nobody
author-finding-remove = Remove it
author-finding-other = I shall send a better file
author-finding-self-citation = Own work in the first person
author-finding-self-citation-why = It reads as if you cited your own work. Write “an earlier study” instead, or keep it if it gives nobody away.
author-finding-own-reference = A reference of your own
author-finding-own-reference-why = An author of this entry has the name of one of you. The name is replaced in the blind copy; title and DOI still lead to the paper. Cited like anybody else’s work, it can stay. If the text says that it is yours (“as we showed”), reword that, or remove the entry.
author-finding-in-press = Unpublished work of your own
author-finding-in-press-why = Work in press or unpublished can only be known to those who wrote it.
author-finding-institution = A named institution
author-finding-institution-why = It may be where you work, or only where others do.
author-finding-initials = Initials
author-finding-initials-why = These letters are the initials of an author. They may mean something else.
author-finding-address = An address on the web
author-finding-address-why = A page, a repository or a data address may lead to you.
author-finding-picture = A picture
author-finding-picture-why = The program does not read what a picture shows. Please look whether a name, a face or an institution is in it. If so, send another one: a picture cannot be cleaned in part.
author-finding-undecodable-text = Text that cannot be read
author-finding-undecodable-text-why = The file does not say which letters these are. Look at the page: do they name anybody?
author-finding-scanned-page = A page that is only a picture
author-finding-scanned-page-why = Its words cannot be searched. Look at the page, or send a file with text.
author-finding-possible-name = Perhaps a name
author-finding-possible-name-why = This looks like a person’s name that does not stand in the step “Authors”.
author-removed = Removed
author-removed-count = { $count } in all
author-removed-none = There was nothing to take out.
author-kept = Settled by you
author-times = { $count } ×
author-what-name = Authors’ names
author-what-email = E-mail addresses
author-what-orcid = ORCID iDs
author-what-affiliation = Institutions
author-what-number = Funding, ethics and trial numbers
author-what-term = Words that you named
author-what-author-block = The lines with authors below the title
author-what-section = Acknowledgements, funding, contributions
author-what-running-head = Running heads with names
author-what-properties = Document properties
author-what-comments = Comments
author-what-tracked-changes = Tracked changes, now resolved
author-what-revision-ids = Revision marks that tie files together
author-what-hidden-parts = Hidden parts
author-what-attachments = Files inside the file
author-what-scripts = Scripts and actions
author-what-picture-metadata = Data inside pictures
author-what-earlier-revisions = Earlier states of the file
author-what-links = Links to persons or private places
author-what-fields = Field codes
author-what-paths = Paths and file names
author-place-page = page { $page }
author-place-document = the file
author-place-body = the text
author-place-header = header
author-place-footer = footer
author-place-footnotes = footnotes
author-place-endnotes = endnotes
author-place-properties = properties
author-place-pictures = pictures
author-place-table = tables
author-place-references = references

## Check and send
author-check-missing = { $count ->
    [one] One thing needs you before this can be sent
   *[other] { $count } things need you before this can be sent
 }
author-check-lede = Once it is sent, the time for screening begins. Please read it through once more.
author-check-lede-returned = Everything is there. Please check that what the office asked for is done, then send it again.
author-check-blind = As reviewers will read it; what would name you is taken out.
author-check-questions = { $count ->
    [one] One place may say who or where you are. Reviewers read it as it stands: reword it if it does.
   *[other] { $count } places may say who or where you are. Reviewers read them as they stand: reword those that do.
 }
author-check-authors = Sealed: reviewers do not see this.
author-check-later = It is saved as it is; come back whenever you like.
author-send = Send the manuscript
author-send-later = Send it later
author-receipt = The manuscript was received
author-receipt-lede = Its number is
author-receipt-title = Title
author-receipt-day = Received on
author-receipt-next = A receipt goes to the corresponding authors, and each co-author is asked to confirm. There is nothing you need to do now.
author-receipt-go = See where it stands

## Clocks: what happens then
author-then-screening = then you may submit elsewhere
author-then-completion = then it is closed, and you may submit anew
author-then-revision = after that the manuscript counts as given up
author-then-re-review = by then the editors decide
author-then-appeal = then the decision stands
author-then-reaffirmation = then it is closed
author-then-proof = then the proof counts as confirmed

## The manuscript's page
author-round = round { $n }
author-line = Where it stands
author-line-draft = Draft
author-line-screening = Screening
author-line-returned = Completion
author-line-in-review = In review
author-line-revising = Revision
author-line-re-review = Re-review
author-line-accepted = Accepted
author-line-published = Published
author-line-corrected = Corrected
author-line-concern = Concern
author-line-retracted = Retracted
author-line-declined = Declined
author-line-released = Released
author-line-lapsed = Given up
author-line-withdrawn = Withdrawn
author-act-open-decision = A decision is waiting for you
author-act-open-decision-why = It takes effect, and its time begins, when you open it here or receive its letter.
author-do-open-decision = Open the decision
author-act-continue = Please finish the draft and send it
author-act-continue-why = Only you see it so far. Nothing is sent before you say so.
author-do-continue = Continue the draft
author-act-wait-screening = The office is screening your manuscript
author-act-wait-screening-why = You will have a notice before the time above is over. There is nothing you need to do.
author-act-complete = The office asks you to complete the submission
author-act-complete-why = Please supply what is listed, then check and send it again. Screening then begins anew.
author-do-complete = Complete the submission
author-act-wait-review = Your manuscript is with reviewers
author-act-wait-review-why = You will have a letter as soon as the editors have decided. There is nothing you need to do.
author-act-revise = Please revise the manuscript
author-act-revise-why = The revised files and the rebuttal, with an answer to every suggestion, go back together.
author-do-revise = Continue the revision
author-act-wait-re-review = The editors have your revision
author-act-wait-re-review-why = They decide on it, or ask the reviewers again. There is nothing you need to do.
author-mend = For one of the revised files there is no blind copy yet. You were in time; please mend it soon, so that it can be read.
author-do-mend = Mend the files
author-act-check-proof = Please check the proof
author-act-check-proof-why = This is the article’s page as it will be published, with your names.
author-do-check-proof = Check the proof
author-act-wait-publication = Your manuscript is accepted
author-act-wait-publication-why = The office is making it ready for publication. You are shown the proof before, and a new one after each correction.
author-act-read = Your article is published
author-act-read-why = Its page is public, with your names and, for a trial, its registration. The journal produces the full text outside this site.
author-do-read = See the article’s page
author-act-declined = The manuscript was declined
author-act-declined-why = You are free to submit it elsewhere. What the editors wrote stands below.
author-act-reaffirm = You may submit it elsewhere
author-act-reaffirm-why = No notice reached you in time, so you are free to submit it elsewhere. If you still offer it here and nowhere else, say so, and screening begins anew.
author-do-reaffirm = It is still offered here, and nowhere else
author-act-lapsed = The manuscript counts as given up
author-act-lapsed-why = No revision came in time. You may submit it anew, here or elsewhere.
author-act-withdrawn = The submission is closed
author-act-withdrawn-why = It was withdrawn, or what was asked of you did not come in time. You are free to submit it elsewhere.
author-decisions = Decisions
author-decision-return-for-completion = Returned for completion
author-decision-return-for-completion-plain = The office asked for completion.
author-decision-send-to-review = Screening passed, sent to review
author-decision-send-to-review-plain = The manuscript went to reviewers.
author-decision-ask-revision = Revision asked for
author-decision-ask-revision-plain = The editors asked for a revision.
author-decision-accept = Accepted
author-decision-accept-plain = The manuscript was accepted.
author-decision-decline = Declined
author-decision-decline-plain = The manuscript was declined.
author-decision-rescind = Acceptance rescinded
author-decision-rescind-plain = The acceptance was taken back.
author-sent-answers = Answers and rebuttals
author-sent-round = Round { $n }
author-sent-files = Files
author-history = What happened
author-event-note = ({ $note })
author-event-submitted = The office received the manuscript.
author-event-completed = The completed submission was received; screening began anew.
author-event-reaffirmed = You said that it is still offered here; screening began anew.
author-event-revision-returned = Revision and rebuttal were received.
author-event-reviewed-again = The revision went to reviewers.
author-event-coauthor-confirmed = A co-author confirmed.
author-event-proof-sent = The office showed you the proof.
author-event-proof-confirmed = The proof was confirmed.
author-event-published = The article was published.
author-event-withdrawn = The manuscript was withdrawn.
author-event-received-return-for-completion = You received the request to complete the submission.
author-event-received-send-to-review = Screening passed; the manuscript went to reviewers.
author-event-received-ask-revision = You received the request to revise; the time for it began.
author-event-received-accept = You received the acceptance.
author-event-received-decline = You received the decision: declined.
author-event-received-rescind = You received word that the acceptance was taken back.
author-event-closed-screening = The time for screening ended without a notice; the manuscript was released.
author-event-closed-completion = The time for completion ended; the manuscript was closed.
author-event-closed-revision = The time for revision ended; the manuscript counts as given up.
author-event-closed-appeal = The time to appeal ended.
author-event-closed-reaffirmation = There was no word after the release; the manuscript was closed.
author-event-closed-proof = The time to answer about the proof ended; it counts as confirmed.
author-event-extended = The office gave you more time, until { $until }.

## Withdrawal
author-withdraw-link = Withdraw this manuscript
author-withdraw = Withdraw the manuscript
author-withdraw-what = The manuscript leaves this journal; you are free to submit it elsewhere.
author-withdraw-whom = The office is told at once; anybody who is reviewing it is told that it is no longer needed.
author-withdraw-after = It cannot be taken back. To offer it here again you would submit it anew.
author-withdraw-reason = Why
author-withdraw-reason-hint = Only the office reads this.
author-withdraw-do = Withdraw the manuscript
author-withdraw-not = Do not withdraw

## Revision
author-revision = Revision and rebuttal
author-revision-letter = The editors’ letter of { $day }
author-answered = Suggestions answered
author-answered-count = { $answered } of { $total } answered
author-points = Suggestions
author-point-answered = answered
author-point-open = not answered yet
author-answer = Your answer
author-answer-hint = If you do not follow it, say why.
author-answer-open = Suggestion { $n } has no answer yet
author-rebuttal = Rebuttal: covering words
author-rebuttal-label = Covering words to editors and reviewers
author-rebuttal-hint = Your answers above are the rebuttal. Here you can add what you changed on the whole. Names are taken out of both.
author-revision-save = Save the answers
author-revision-files = Revised files
author-revision-files-lede = Upload the revised manuscript, and figures and supplements that changed.
author-revision-send = Send revision and rebuttal
author-revision-left = { $count ->
    [one] One suggestion still waits for your answer.
   *[other] { $count } suggestions still wait for your answer.
 }
author-revision-no-file = Every suggestion is answered. Upload the revised manuscript, then send everything together.
author-revision-ready = Everything is there. Answers, rebuttal and files go back together.
author-revision-refused = Nothing was sent yet; what you wrote is saved

## Proof
author-proof = Proof
author-proof-lede = This is the article’s page as it will be published: title, authors, abstract, statements and registration. The journal produces the full text outside this site. Please check names, institutions and registration letter by letter.
author-proof-trials = Trial registration
author-proof-question = Is everything right?
author-proof-question-why = If something is wrong, correct it before you confirm: the office looks at the correction and sends you a new proof.
author-proof-confirm = Confirm the proof
author-proof-later = Decide later
author-proof-settled = The proof is settled; the page can be published.
author-missing-corresponding-unconfirmed = Letters must reach a corresponding author: mark one who has an account here with a confirmed address, for example yourself
author-missing-keywords_zh-count = Give three to eight keywords in Chinese, separated by semicolons
author-missing-keywords_en-count = Give three to eight keywords in English, separated by semicolons
author-silent-who = Still to confirm:{" "}
author-silent-again = Send them the letter again
done-coauthors-reminded = The letter has gone once more to those who have not answered it.
