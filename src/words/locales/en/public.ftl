### Words of the public site.

home-title = Home
home-promise = Every manuscript is judged on its words alone: authors and reviewers do not learn of each other.
home-submit = Submit a manuscript
home-how = How it goes from here
home-notice = What we promise, and what we ask
home-notice-lede = Almost every manuscript that passes screening is read by reviewers whom the journal appoints. They are not told who wrote it, and authors are not told who read it, so that the work is judged and not its authors.
home-notice-screening = Screening. Within { $span } of receipt you have our notice. If none has reached you by then, you are free to submit elsewhere.
home-notice-review = Review. Each reviewer fills in a review form and gives one of three verdicts: acceptable, acceptable after revision, not suitable. The form is for the editors, who decide; if they ask for a revision, you receive the concrete suggestions.
home-notice-revision = Revision. You have { $span }. The revised manuscript and a rebuttal that answers every point come back together. If they do not come in time, you have given up publication here.
home-notice-re-review = Re-review. The editors look at the revision within { $span }, ask the reviewers again where needed, and decide.
home-notice-person = Send manuscripts to the office through this site, never to a person.
home-latest = Latest articles
home-all = All articles
home-submit-how = How to submit
home-submit-1 = Send your files as they are. The program takes your names, institutions and numbers out of a copy for the reviewers.
home-submit-2 = Look at the blind copy, settle what the program was not sure about, then send.
home-submit-3 = Hear from us within { $span }. Until then the page of your manuscript shows what we are doing and how much time is left.
span-months = { $n ->
    [one] one month
   *[other] { $n } months
 }
span-days = { $n ->
    [one] one day
   *[other] { $n } days
 }
list-sign = ,{" "}

## Articles
articles-title = Articles
articles-list = The articles
articles-search = Title, author or trial number
articles-find = Find
articles-found = { $count ->
    [0] Nothing was found for “{ $q }”.
    [one] One article for “{ $q }”.
   *[other] { $count } articles for “{ $q }”.
 }
articles-more = There are more; please give another word.
articles-all = all articles
articles-empty = No article has been published yet
articles-empty-why = The articles of this journal will stand here, the newest first.
articles-pages = Pages
articles-newest = The newest
articles-older = Older articles
article-published = published on { $day }
article-funding = Funding
article-trials = Trial registration
article-registered = registered on { $day }
article-exception = Editor-in-chief’s note on the registration:
article-ethics = Ethics
article-conflicts = Conflicts of interest
article-data = Data
article-cite = How to cite
article-review = How it was reviewed
article-review-how = Double-blind: the reviewers did not know the authors, nor the authors the reviewers.

## Guides
guides = Guides
guide-authors = For authors
guide-reviewers = For reviewers
guide-stages = What each stage means
guide-privacy = Privacy and anonymity
