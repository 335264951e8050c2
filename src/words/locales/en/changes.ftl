### What changed between two rounds

changes-title = What changed
changes-lede = The manuscript of round { $new } beside that of round { $old }, sentence by sentence. Another page or line break is no change; figures are not compared.
changes-count = { $count ->
    [one] One place changed.
   *[other] { $count } places changed.
 }
changes-gone = taken out
changes-new = new
changes-more = { $count ->
    [one] One more place is not shown.
   *[other] { $count } more places are not shown.
 }
changes-none = The text is the same in both rounds.
changes-unreadable = The two versions cannot be compared as text. Please read them side by side.
