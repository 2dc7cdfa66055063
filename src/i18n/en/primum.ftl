### Primum in English. Sections are in the order of src/web; keys start with
### the name of their page. Czech has the same keys in the same order.

## Frame
skip = Skip to main content
time-local = { "{" }time{ "}" } your time
bar-demo = A demonstration: nothing here was said by a real body.
bar-demo-link = Sign in as someone else
bar-mail =
    { $n ->
        [one] One message is waiting: nobody has said how mail is sent.
       *[other] { $n } messages are waiting: nobody has said how mail is sent.
    } Start Primum with --smtp-url and --mail-from; until then `primum invite` prints an invitation’s address.
nav-main = Main
nav-desk = Desk
nav-drafts = Drafts
nav-secretariat = Secretariat
nav-published = Published
nav-sign-out = Sign out
nav-recommendations = Recommendations
nav-workshops = Workshops
nav-editions = Editions
nav-about = About
nav-about-site = About this site
nav-accessibility = Accessibility
nav-privacy = Privacy
nav-licences = Licences
nav-language = Language
nav-crumbs = Breadcrumb
nav-home = Home
theme-auto = Theme: automatic
theme-light = Theme: light
theme-dark = Theme: dark
content-language = This text is in English.

## Words used everywhere
stage-draft = Draft
stage-open = Open for comment
stage-agreed = Agreed
stage-withdrawn = Withdrawn
role-observer = Observer
role-participant = Participant
role-drafter = Drafter
role-chair = Chair
role-secretariat = Secretariat
capacity-organisation = On behalf of the organisation
capacity-personal = Personally
rule-named = Named
rule-organisation = By organisation
rule-chatham-house = Chatham House
disposition-accepted = Accepted
disposition-accepted-in-part = Accepted in part
disposition-accepted-in-principle = Accepted in principle
disposition-noted = Noted
disposition-not-accepted = Not accepted
section-statement = Recommendation
section-rationale = Why
section-whole = The whole text
form-problem = There is a problem
form-error-prefix = Error:
form-optional = optional
form-cancel = Cancel
form-save = Save
form-choose = Choose
form-password-again = Your password
form-password-again-hint = This cannot be undone lightly, so we ask once more.
pages-label = Pages
pages-previous = Previous
pages-next = Next

## Faults of forms
fault-required = Fill in this field
fault-one-line = Use one line, without line breaks
fault-too-long = Use at most { $n } characters
fault-choose = Choose one of the options
fault-email = Enter one e-mail address, such as name@example.org
fault-password-short = Use at least { $n } characters; a few words are easy to remember
fault-password-long = Use at most { $n } characters
fault-password-common = This password is one that guessing programs try first; choose another
fault-password-personal = Leave your name, your address and the name of this site out of the password
fault-password-wrong = This is not your password
fault-comment-empty = Write your comment
fault-statement-empty = Write the recommendation itself
fault-text-long = The sections together are longer than { $n } KiB; shorten the text or split it into two recommendations
fault-too-deep = Lists or quotations are nested too deep at line { $n }; use fewer levels
fault-splits = Line { $n } would start another section when this text is exported: reword that heading or use a lower level (###)

## Errors
error-missing = There is no such page
error-missing-next = The address may be mistyped, or the page is not yours to see. Published addresses never change: look for the text among the recommendations.
error-conflict = That can no longer be done
error-form = The form could not be read
error-form-next = It held a field this page does not know. Go back, load the page again and send it once more.
error-forged = The form did not come from this site
error-forged-next = Your browser has not sent the form’s token, perhaps because you signed in or out in another tab. Go back, load the page again and send the form once more.
error-large = The form is too large
error-large-next = It is over 4 MiB. Your text is still in the form: go one step back, shorten it and send it again.
error-many = Too many attempts
error-many-next = Wait a quarter of an hour and try again, or ask for a new password.
error-unavailable = The database does not answer
error-unavailable-next = Nothing was saved. Try again in a minute; if you typed something, it is below.
error-internal = Something went wrong on our side
error-internal-next = Nothing was saved. Try again; if it happens twice, tell the secretariat the number below.
error-typed = What you typed
error-typed-hint = Copy it before you leave this page.
error-request = Number of this error:
error-home = To the home page
conflict-stage = The text has moved on: at its present stage this is not possible. Look at the page again.
conflict-stale = A newer revision was saved meanwhile. Look at it first, then decide.
conflict-form-token = The form was incomplete. Load the page again and send it once more.
conflict-invitation-over = This invitation was accepted or revoked before.
conflict-last-secretariat = This is the last account of the secretariat; give the role to somebody else first.
conflict-unanswered = A comment has no disposition yet. Answer every comment in the ledger, then mark the text agreed.
fault-deadline = Choose a time that lies ahead, within a year
fault-deadline-passed = The time for comments has passed. Your text is kept here; copy it, or ask the chair to extend the deadline
fault-not-open = This text is not open for comment. Your comment is kept here; copy it, or ask the chair to open the text
