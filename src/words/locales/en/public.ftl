home-title = Home
home-promise = Every manuscript is judged on its words alone: authors and reviewers do not learn of each other.
