### Words of the public site's further pages, and of help.

public-feed = Feed

help-title = Help
help-anonymous = How to prepare an anonymous manuscript
help-review = How to review
help-revise = How to revise
help-stages = What each stage means
help-more = More help
help-guide-authors = The whole guide for authors
help-guide-reviewers = The whole guide for reviewers
help-guide-stages = All stages and ways out
