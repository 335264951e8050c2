### The first-run guide.

nav-start = First steps
start-title = Before the office opens
start-count = { $done } of { $of } done
start-lede = The office of { $journal } is still empty. When these things are done, it can receive manuscripts; in any order, and you can come back at any time.
start-done = done
start-open = to do
start-password = Give yourself a password
start-password-why = The first link worked once. With a password you can sign in without waiting for a letter.
start-journal = Give the journal its name
start-journal-why = Pages and letters now say “{ $journal }” ({ $other }).
start-journal-look = See what the home page looks like
start-people = Invite people: editors, an assistant, reviewers
start-people-why = Each gets a letter and accepts by its link, without signing up. It takes at least one editor and two reviewers to get a manuscript through.
start-people-now = Now there { $editors ->
    [0] is no editor
    [one] is one editor
   *[other] are { $editors } editors
 } and { $reviewers ->
    [0] no reviewer
    [one] one reviewer
   *[other] { $reviewers } reviewers
 }
start-people-act = Invite somebody
start-mail = Try the mail
start-mail-why = A mail server is set. Send yourself a letter and see whether it arrives.
start-mail-none = No mail server is set: letters only become files in { $outbox }, and reach nobody. Put smtp_url into bauta.toml, start again, and try.
start-mail-act = Send a test letter to { $email }
start-mail-way = The letter is on its way; this page looks again by itself.
start-mail-sent = The mail server took the letter on { $day } at { $time }. Look into the mailbox of { $email }; if it is not there, look among the spam.
start-mail-folder = The letter became a file on { $day } at { $time }, in { $outbox }. That is good for trying out alone: without a mail server neither authors nor reviewers receive anything.
start-mail-timeout = It did not go: the mail server did not answer in time. Check host and port in smtp_url. The program tries again by itself.
start-mail-tls = It did not go: there was no encrypted connection. Port 465 wants smtps://, port 587 wants smtp:// with ?tls=required. The program tries again by itself.
start-mail-unreachable = It did not go: the mail server cannot be reached. Check host and port in smtp_url, and the firewall. The program tries again by itself.
start-mail-refused = It did not go: the mail server refused it with code { $code }. 535 means that user name or password is wrong; 550 and 553 mostly mean that it does not let you send from the address in mail_from.
start-mail-other = It did not go; the program’s log says why. It tries again by itself.
start-then = And then
start-then-notice = The home page says what the journal promises. Read it: the program keeps to it.
start-then-notice-act = Home page
start-then-try = Submit something yourself, and see what an author sees.
start-then-try-act = My manuscripts
start-then-demo = To see an office in full swing first, run in another window, at another address:
start-close = Put the guide away
start-close-why = It leaves the menu; what you have done stays.
public-articles-none-why = Try another word; shorter ones find more. An author’s family name or a trial’s number will do as well.
public-authors-more = { $count ->
    [one] and one other
   *[other] and { $count } others
 }
done-guide-closed = The guide is put away. It can be opened again from your account’s page.
start-again = First steps of the office
start-journal-act = Name and ISSN
start-lists = Set sections and types of articles
start-lists-why = Authors choose from these lists. Those that are there are examples: change them, take some away, add yours. Criteria of the review form, declarations and office papers can be set on the same page, later.
start-lists-sections = Sections
start-lists-types = Types of articles
office-letter-mail-test = Test of the mail
