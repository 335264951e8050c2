### What blind copies take out and ask about, beside what the authors' and editors' pages name already

author-what-funding = Statements of funding
author-what-contributions = Statements of who did what
author-what-conflicts = Statements of interests
author-what-acknowledgements = Acknowledgements
author-what-biography = Biographies
author-place-links = links
author-place-figures = charts and diagrams

author-finding-funding = Who paid
author-finding-funding-why = This sentence says who paid for the work. Take it out: the editors have it on your form, and reviewers do not need it.
author-finding-contributions = Who did what
author-finding-contributions-why = This sentence says which author did what. Take it out unless it names nobody and gives no initials.
author-finding-conflicts = Interests of the authors
author-finding-conflicts-why = A statement of interests can name those who pay or employ you. Take it out: the editors have it on your form.
author-finding-ethics = Ethics and consent
author-finding-ethics-why = Reviewers may know that a committee approved the work, not which: write “the ethics committee of the authors’ institution”, and leave the number to the editors.
author-finding-more = More than is listed
author-finding-more-why = The file has more such places than this list can show. Please read it once from beginning to end, or send a file with fewer.

office-finding-funding = Who paid
office-finding-contributions = Who did what
office-finding-conflicts = Interests of the authors
office-finding-ethics = Ethics and consent
office-finding-more = More places than are listed
