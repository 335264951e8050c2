### Words of the demo.

demo-bar = Demonstration
demo-word = Demonstration
demo-stays = People and manuscripts are invented; letters stay on this machine.
demo-now = Its clock
demo-move = Move the clock on
demo-day = + 1 day
demo-week = + 1 week
demo-month = + 1 month
demo-letters = Letters
demo-moved = { $count ->
    [0] none went just now
    [one] 1 went just now
   *[other] { $count } went just now
 }
demo-nobody = A visitor, not signed in
demo-role-author = Author
demo-be = One click, and you are this person:

demo-title = The demonstration: how to look, and at what
demo-lede = This is the office of an invented journal, with manuscripts in every stage and whole histories. Try anything: be anybody, move the clock on, and see what happens when a window closes and who gets which letter.
demo-try = What you might try
demo-try-1 = Be the editor-in-chief and open “Office”. The first manuscripts under “Give notice” are about to run out of their screening window.
demo-try-2 = Press “+ 1 day” on top until one is too late: it is released, and its author gets a letter. “Went just now” shows the letters.
demo-try-3 = Be a reviewer, open “My reviews” and write a review. Nowhere will you find out who the authors are.
demo-try-4 = Be an author, open a manuscript under revision and answer the suggestions; or do nothing, let two months go by, and see how it lapses.
demo-try-5 = Follow the link in any letter under “Letters”, and come in as its recipient would.
demo-cast = The cast
demo-cast-why = “Be this person” signs you in as that person; the mailbox has every letter to them.
demo-does-editor-in-chief = Gives manuscripts to editors, signs acceptances, settles every exception.
demo-does-editor = Screens, asks reviewers, decides.
demo-does-assistant = Checks form, returns for completion, deals with letters; decides nothing.
demo-does-author = Submits, revises, answers.
demo-does-reviewer = Reviews when asked, and does not know who wrote it.
demo-does-administrator = Looks after people and settings; sees no manuscript.
demo-you = you are this person
demo-mailbox = Mailbox ({ $count })
demo-become = Be this person
demo-letters-why = The demo sends nothing: what it wrote stands here, with the time by the demo’s clock. Links in letters can be followed; some are good once.
demo-letters-about = Number or subject
demo-letters-to = Whose mailbox
demo-letters-all = Everybody’s mailbox
demo-letters-show = Show
demo-letters-everything = all letters
demo-letters-count = { $count ->
    [one] 1 letter
   *[other] { $count } letters, the newest first
 }
demo-letters-fresh = { $count ->
    [one] 1 letter
   *[other] { $count } letters
 } since the clock was last moved
demo-letters-none = There is no letter here
demo-letters-none-why = Move the clock on by a day, on top of the page: what falls due then arrives here.
demo-letters-newer = Newer
demo-letters-older = Older
demo-letter-subject = Subject
demo-letter-to = To
demo-letter-at = When
demo-letter-back = { $name }’s mailbox
demo-letter-other = This letter is to { $name }. Its pages open only for that person.
demo-letter-be = Be { $name }
