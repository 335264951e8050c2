### Words of the public site.

home-title = Home
home-promise = Every manuscript is judged on its words alone: authors and reviewers do not learn who the other is.
public-home-submit = Submit a manuscript
public-home-how = How it goes from here
public-home-notice = What we promise, and what we ask
public-home-notice-lede = Almost every manuscript that passes screening is read by reviewers whom the journal appoints. They are not told who wrote it, and authors are not told who read it, so that the work is judged and not its authors.
public-home-notice-screening = Screening. Within { $span } of receipt you have our notice. If none has reached you by then, you are free to submit elsewhere.
public-home-notice-review = Review. Each reviewer fills in a review form and gives one of three verdicts: acceptable, acceptable after revision, unsuitable. The form is for the editors, who decide; if they ask for a revision, you receive the concrete suggestions.
public-home-notice-revision = Revision. You have { $span }. The revised manuscript and a rebuttal that answers every point come back together. If they do not come in time, you have given up publication here.
public-home-notice-re-review = Re-review. The editors look at the revision within { $span }, ask the reviewers again where needed, and decide.
public-home-notice-person = Send manuscripts to the office through this site, never to a person.
public-home-latest = Latest articles
public-home-all = All articles
public-home-submit-how = How to submit
public-home-submit-1 = Send your files as they are. The program takes your names, institutions and numbers out of a copy for the reviewers.
public-home-submit-2 = Look at the blind copy, settle what the program was not sure about, then send.
public-home-submit-3 = Hear from us within { $span }. Until then the page of your manuscript shows what we are doing and how much time is left.
public-span-months = { $n ->
    [one] one month
   *[other] { $n } months
 }
public-span-days = { $n ->
    [one] one day
   *[other] { $n } days
 }
public-list-sign = ,{" "}

## Articles
public-articles-title = Articles
public-articles-list = The articles
public-articles-search = Title, author or trial number
public-articles-find = Find
public-articles-found = { $count ->
    [0] Nothing was found for “{ $q }”.
    [one] One article for “{ $q }”.
   *[other] { $count } articles for “{ $q }”.
 }
public-articles-more = There are more; please give another word.
public-articles-all = all articles
public-articles-empty = No article has been published yet
public-articles-empty-why = The articles of this journal will stand here, the newest first.
public-articles-pages = Pages
public-articles-newest = The newest
public-articles-older = Older articles
public-article-published = published on { $day }
public-article-joint-first = These authors contributed equally.
public-article-corresponding = Corresponding author.
public-article-funding = Funding
public-article-trials = Trial registration
public-article-registered = registered on { $day }
public-article-exception = Editor-in-chief’s note on the registration:
public-article-ethics = Ethics
public-article-conflicts = Conflicts of interest
public-article-data = Data
public-article-cite = How to cite
public-article-review = How it was reviewed
public-article-review-how = Double-blind: the reviewers did not know the authors, nor the authors the reviewers.

## Guides
public-guides = Guides
public-guide-authors = For authors
public-guide-reviewers = For reviewers
public-guide-stages = What each stage means
public-guide-privacy = Privacy and anonymity
