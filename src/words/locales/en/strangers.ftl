error-password-long = The password can have two hundred characters at most
code-title = The second step of signing in
code-lede = Your password or link was right. Now give the code from your authenticator app.
code-field = Code
code-hint = Six digits, or one of your recovery codes.
code-wrong = This code is not right, is too old, or was used already: each works once. Wait for the next one.
code-late = Ten minutes have gone by, or this step was taken already. Please sign in again.
code-lost = Device lost and no recovery code at hand? An administrator or the editor-in-chief can reset your second step.
confirm-title = Is it you?
confirm-lede = What comes next touches other people’s names or rights, or the ways into your account. Please prove once more who you are; it then counts for a while.
confirm-held = What comes next touches other people’s names or rights, or the ways into your account. Please prove once more who you are: what you have just sent then goes on by itself.
confirm-wrong = That is not right. What you sent is still here; try again.
confirm-or-code = Or the code from your app
confirm-button = Go on
confirm-by-link = Without a password
confirm-by-link-why = We mail a link to { $email }. It signs you in afresh, which counts as well.
second-step-title = Second step of signing in
second-step-lede = Besides your password or a mailed link, signing in then takes a code that only your phone shows. Nobody who steals one of the two gets in.
second-step-app = Have an authenticator app on your phone: any that shows six-digit codes.
second-step-scan = Scan this picture with the app.
second-step-picture = QR code for the authenticator app
second-step-by-hand = Type the key by hand instead
second-step-by-hand-why = Time-based, six digits, every 30 seconds, SHA-1.
second-step-code = The code that the app shows now
second-step-button = Turn on the second step
second-step-wrong = This code does not fit. Is the phone’s clock right? Try with the next code.
second-step-on-lede = It is on: signing in takes a code from your app.
second-step-left = { $count ->
    [0] No recovery code is left. Make new ones now.
    [one] One recovery code is left. Make new ones soon.
   *[other] { $count } recovery codes are left.
}
second-step-new-codes = Make new recovery codes
second-step-kept = The journal wants everybody of the office to have it, so it cannot be turned off.
second-step-off-title = Turn it off
second-step-off-why = Signing in then takes a password or a mailed link alone. You are signed out everywhere else.
second-step-off-button = Turn off the second step
recovery-title = Your recovery codes
recovery-done = The codes are made. This page shows them only now.
recovery-lede = Each lets you in once instead of the app’s code, when the phone is lost or broken.
recovery-keep = Print them or write them down, and keep them apart from the phone. Older codes no longer work.
recovery-kept = I have kept them
account-second-step-on = It is on: signing in takes a code from your app.
account-second-step-off = It is not set up. With it, a stolen password is not enough to get in.
account-second-step-see = See or change it
account-second-step-set = Set it up
problem-second-step-wanted = The journal wants everybody of the office to sign in with a second step. Please set it up first.
problem-own-second-step = Your own second step is changed on the page of your account, or reset by somebody else.
done-second-step-off = The second step is off.
done-second-step-reset = The second step is reset; the person is signed out everywhere and can set it up again.
done-recovery = You are signed in with a recovery code. It no longer works; see here how many are left.
people-second-step = second step
people-reset-why = If this person has lost the phone and all recovery codes: make sure that it is really this person who asks. The reset is recorded.
people-reset = Reset the second step
people-log = Who changed what
people-log-roles = Roles of { $name }:
people-log-second-step = Second step of { $name } reset
people-log-none = Nothing yet. Changes of roles and resets of the second step are listed here.
people-log-by-nobody = The command line
set-group-sign-in = Signing in
set-unit-hours = hours
set-figure-session-idle-hours = A sign-in ends after so long without use
set-figure-office-idle-hours = The same for the office and administrators
set-figure-session-days = A sign-in ends at the latest after
set-figure-confirm-minutes = A confirmation of who one is holds (for roles, names and passwords) for
set-figure-office-second-step = Office and administrators must sign in with a second step
problem-many-files = A submission can have at most 60 files, and at most 200 can be uploaded in an hour. Combine small ones, or go on later.
office-letter-account-changed = Something of the account changed
set-var-what = what changed: password, second-step-on …
people-log-show = { $count ->
    [one] The newest change
   *[other] The newest { $count } changes
}
