### Letters that did not go.

undelivered-title = Letters that did not go
undelivered-why = Letters that are held because they name somebody, that were given up, or that are being tried again. Each can be seen to here or in its manuscript’s log.
undelivered-manuscript = Manuscript
undelivered-none = No letter is held up
undelivered-none-why = A letter that is held or cannot be delivered will stand here, with the reason and what to do. Without a mail server, letters only become files and never stand here.
undelivered-accounts = Letters about accounts
undelivered-accounts-again = Send these again
letter-why-held = Held: it names somebody whom its recipient must not learn.
letter-why-refused = The recipient’s mail server refuses it (code { $code }). The address may be wrong or its mailbox closed.
letter-why-later = The mail server put it off (code { $code }); tried { $attempts ->
    [one] once
   *[other] { $attempts } times
 }. It is tried again by itself.
letter-why-silent = The mail server did not answer in time; tried { $attempts ->
    [one] once
   *[other] { $attempts } times
 }.
letter-why-tls = No secure connection to the mail server could be made. The administrator should look at its certificate.
letter-why-garbled = The mail server gave an answer that cannot be read; tried { $attempts ->
    [one] once
   *[other] { $attempts } times
 }.
letter-why-unreachable = The mail server cannot be reached; tried { $attempts ->
    [one] once
   *[other] { $attempts } times
 }.
letter-why-address = The recipient’s address cannot be written in a letter. It must be corrected first.
letter-why-other = It could not be written or handed over; tried { $attempts ->
    [one] once
   *[other] { $attempts } times
 }. The program’s log has the cause.
letter-again = Send again
letter-again-why-sent = Has it not arrived? It can go once more as it is, with a new link if it had one.
letter-again-why-filed = No mail server was set: it is an open file in the folder of letters, and nobody has received it. It can go once more when there is one.
letter-see = See to it
letter-held = { $count ->
    [one] The letter is held: it contains one name or word that its recipient must not learn.
   *[other] The letter is held: it contains { $count } names or words that its recipient must not learn.
}
letter-held-chief = Below it stands with these taken out. Correct it and let it go, or discard it.
letter-held-other = The editor-in-chief can correct or discard it.
letter-correct = Correct the letter
letter-correct-why = What must not be in it is taken out already and shows as a gap; mend the sentence around it. { $name } stands for the recipient’s name, { $link } for the link: leave them where they belong. The letter is checked again before it goes.
letter-correct-text = Letter
letter-correct-act = Send the corrected letter
letter-discard = Discard the letter
letter-discard-why = The letter will never go. If it carries a decision, the decision takes effect only when the author opens it on the site.
letter-discard-act = Discard this letter
done-letter-again = The letter goes again with the next round.
done-letter-corrected = The corrected letter goes with the next round.
done-letter-discarded = The letter is discarded.
problem-letter-lacks = A letter needs a subject, a text, and the link it had. Nothing was sent.
