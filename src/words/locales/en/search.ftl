### The search of the office.

search-hint = Part of a number, words of title, keywords or abstract in either language. The newest come first.
search-any = Any
search-due = Time
search-due-overdue = Overdue
search-due-week = Due within 7 days
search-due-month = Due within 30 days
search-window = This window is open
search-reviewer = Reviewer’s name
search-clear = Start again
search-count = { $count ->
    [one] One manuscript
   *[other] { $count } manuscripts
}
search-newer = Newer
search-older = Older
search-nothing-why = Try fewer or shorter words. English words are found by their beginning, Chinese by any part. Drafts are not searched, and a manuscript in which you have a part yourself is not shown here.
search-author = Find by an author
search-author-why = Write the exact name, in either script, or the address. The search is recorded with your name, in the office’s log and in the history of every manuscript it shows; you can then no longer review these.
search-author-field = Author’s name or e-mail address
search-author-act = Find by author (recorded)
search-author-empty = Write a name or an address.
search-author-recorded = { $count ->
    [0] The search was recorded. Nothing was found.
    [one] The search was recorded. One manuscript has an author of this name or address.
   *[other] The search was recorded. { $count } manuscripts have an author of this name or address.
}
search-author-nothing = Names are compared as a whole: check the spelling, try the other script, or the address.
search-reason = Reason (goes into the record)
office-event-author-searched = Found by an author’s name
office-event-letter-mended = A letter was seen to
