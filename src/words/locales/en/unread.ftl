### What nobody has read in a file: pages that are pictures, letters without a meaning, pictures

unread-page = page { $page }
unread-letters = page { $page }, { $n ->
    [0] some letters
    [one] one letter
   *[other] { $n } letters
 }
unread-pictures = page { $page }, { $n ->
    [one] one picture
   *[other] { $n } pictures
 }
unread-picture = picture { $n }
unread-more = { $n ->
    [one] one more place
   *[other] { $n } more places
 }
unread-looked = I have looked at it: it shows nobody
unread-confirmed = looked at by the author
