author-discard-link = Discard this draft
author-discard = Discard the draft
author-discard-what = The draft is deleted with its files. It cannot be brought back.
author-discard-who = Nobody else has seen it: a draft is yours alone until you send it.
author-discard-do = Discard the draft
author-discard-not = Keep the draft
done-draft-discarded = The draft and its files are gone.
