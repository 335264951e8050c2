## When the database or the disk does not answer
error-unavailable = The office cannot answer just now
error-unavailable-why = This is not your doing, and what was saved before is safe. Try again in a few minutes.
error-try-again = Try again
error-kept = What you sent has not been saved, and it is not lost either: all of it stands on this page. Send it again in a few minutes, or copy your text from here.
error-kept-text = Your text
error-send-again = Send again
error-file-again = The file has not been taken. Go back and choose it again in a few minutes.

## What is stuck in the office
letter-why-late = It has been waiting for more than a quarter of an hour, and was not tried: letters before it are stuck, or the program cannot write to its database.
stuck-copies = { $count ->
    [one] One file has been waiting for its blind copy for more than ten minutes
   *[other] { $count } files have been waiting for their blind copies for more than ten minutes
}. They are made as soon as the disk and the database take them; if this stays, the program’s log has the cause.
