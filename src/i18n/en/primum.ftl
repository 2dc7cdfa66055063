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
form-cancel = Cancel
form-save = Save
form-choose = Choose
form-password-again = Your password
form-password-again-hint = This cannot be undone lightly, so we ask once more.
pages-label = Pages
pages-previous = Previous
pages-next = Next

## Faults of forms
fault-at = { $field }: { $sentence }
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
fault-too-many-blocks = Use at most 40,000 paragraphs, list items and table cells; the next one is at line { $n }
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
conflict-unanswered = A comment or an amendment has no disposition yet. Answer all of them, then mark the text agreed.
fault-deadline = Choose a time that lies ahead, within a year
fault-deadline-passed = The time for comments has passed. Your text is kept here; copy it, or ask the chair to extend the deadline
fault-not-open = This text is not open for comment. Your comment is kept here; copy it, or ask the chair to open the text

## Accounts
sign-in-title = Sign in
sign-in-next = Sign in to go on to the page you asked for.
sign-in-button = Sign in
sign-in-forgotten = Forgotten your password?
sign-in-invited = Accounts are made by invitation. If you were invited, use the link in your mail.
fault-sign-in = Address and password do not fit. Check both, or ask for a new password
account-email = E-mail address
account-password = Password
account-password-new = New password
account-password-current = Present password
account-password-hint = 12 characters or more; a few unrelated words are best.
account-name = Your name
account-name-hint = As those with a role in your tracks see it.
account-organisation = Organisation
account-title = Your account
account-profile = Name and language
account-roles = Your roles
account-no-roles = You have no role in a track yet. The secretariat gives them.
account-everywhere = Whole programme
account-change-password = Change password
account-sessions = Where you are signed in
account-sessions-hint = End a session you do not know, then change your password.
account-session-own = this one
account-session-since = Signed in
account-session-seen = Last seen
account-session-end = End
set-up-title = Set up Primum
set-up-lede = You make the first account: the secretariat, which convenes the programme.
set-up-organisation-hint = The organisation that runs the secretariat.
set-up-button = Create the account
reset-title = New password
reset-lede = We send a link to your address. It works once, for an hour.
reset-ask-button = Send the link
reset-sent = If there is an account with this address, a message is on its way. The link in it works once, for an hour.
reset-button = Set the new password
done-password = Your new password is set. Other sessions were ended.
done-profile = Saved.
done-session = The session is ended.

## Drafts
word-track = Track
word-stage = Stage
word-revision = Revision
word-reason = Reason
paragraph = Paragraph
contents-title = On this page
section-action =
    { $known ->
        [policy-makers] For policy makers
        [technology-vendors] For technology vendors
        [diplomats] For diplomats
        [healthcare-practitioners] For healthcare practitioners
       *[other] For { $audience }
    }
revision-n = Revision { $n }
comments-n =
    { $n ->
        [one] { $n } comment
       *[other] { $n } comments
    }
replies-n =
    { $n ->
        [one] { $n } reply
       *[other] { $n } replies
    }
unanswered-n =
    { $n ->
        [one] { $n } unanswered
       *[other] { $n } unanswered
    }
drafts-title = Drafts
drafts-lede = The texts of your tracks: under way, agreed and withdrawn.
drafts-new = New recommendation
drafts-filter = Show
drafts-all-tracks = All tracks
drafts-all-stages = All stages
drafts-count =
    { $n ->
        [one] { $n } recommendation
       *[other] { $n } recommendations
    }
drafts-empty = No recommendation here yet
drafts-empty-hint = Choose another track or stage, or start a recommendation if you draft in a track.
draft-nav = This recommendation
draft-tab-text = Text and comments
draft-tab-edit = Edit
draft-tab-history = History
draft-tab-ledger = Ledger
draft-tab-stage = Stage
draft-open-until = Comments until
draft-closed-since = Comments closed
draft-brackets =
    { $n ->
        [one] { $n } bracket
       *[other] { $n } brackets
    }
draft-agreed-on = Revision { $n } agreed on
draft-withdrawn = This recommendation was withdrawn
draft-saved-by = Saved by
draft-saved-at = Saved
draft-summary = What changed
draft-comments = Discussion
draft-workshop = Workshop
draft-discussion = Comments on the whole text
edit-title = Edit
edit-new-lede = It starts as a draft that only people with a role in the track can see.
edit-first-summary = First draft
edit-workshop = Workshop it came from
edit-workshop-hint = If it came from none, leave this empty.
edit-workshop-none = None
edit-field-title = Title
edit-title-hint = What should be done, in one line.
edit-statement-hint = Begin with one sentence that says what should be done.
edit-rationale-hint = Why it is needed; link every fact to its source.
edit-actions = What it asks of whom
edit-actions-hint = Leave a section empty if the recommendation asks nothing of that audience.
edit-summary = What changed in this revision
edit-summary-hint = One line for the history, such as “Deadline moved to 2028 after the second workshop”.
edit-save = Save revision { $n }
edit-create = Save the first revision
edit-preview-button = Preview
edit-preview = Preview
edit-preview-hint = Not saved yet. It looks as it would when published.
edit-unsaved = Your text is not saved yet.
edit-markdown = How to format
edit-md-bold = bold
edit-md-italic = italic
edit-md-item = list item
edit-md-link = link
edit-md-bracket = words
edit-md-bracket-hint = Square brackets mark words not yet agreed.
stale-title = Your text was not saved over someone else’s. Nothing is lost.
stale-who = { $who } saved revision { $n } while you were writing:
stale-same = Both texts are the same; you have nothing to save.
history-title = History
history-caption = Revisions, newest first. Choose two to compare.
history-from = From
history-to = To
history-from-n = Compare from revision { $n }
history-to-n = Compare to revision { $n }
revision-compare-current = Compare with the current revision
compare-title = Compare
compare-heading = From revision { $from } to revision { $to }
compare-button = Compare
compare-inline = Show in one column
compare-side = Show side by side
compare-folded =
    { $n ->
        [one] { $n } unchanged paragraph
       *[other] { $n } unchanged paragraphs
    }
compare-untouched = Unchanged: { $sections }.
compare-same = No change.
compare-moved = Moved, otherwise unchanged
compare-moved-changed = Moved and changed
compare-split = Split into { $n } paragraphs
compare-merged = Merged from { $n } paragraphs
compare-moved-count =
    { $n ->
        [one] { $n } paragraph moved.
       *[other] { $n } paragraphs moved.
    }
compare-split-count =
    { $n ->
        [one] { $n } paragraph was split.
       *[other] { $n } paragraphs were split.
    }
compare-merged-count =
    { $n ->
        [one] Paragraphs were merged in { $n } place.
       *[other] Paragraphs were merged in { $n } places.
    }
compare-added = Added
compare-removed = Removed
compare-deleted-word = deleted:
compare-inserted-word = inserted:
compare-changed =
    { $n ->
        [0] Nothing changed.
        [one] { $n } paragraph changed.
       *[other] { $n } paragraphs changed.
    }
compare-inserted =
    { $n ->
        [one] { $n } word added,
       *[other] { $n } words added,
    }
compare-deleted =
    { $n ->
        [one] { $n } word removed.
       *[other] { $n } words removed.
    }
stage-do-open = Open for comment
stage-extend = Move the deadline
stage-open-hint = Participants of the track can comment until the deadline, and are told by mail.
stage-until = Deadline (UTC)
stage-until-hint = Day and time in UTC.
stage-open-button = Open for comment
stage-extend-button = Move the deadline
stage-do-close = Close
stage-close-hint = Back to draft: nobody can comment until you open it again. Comments stay.
stage-close-button = Close for comment
stage-do-agree = Mark agreed
stage-agree-hint = Records that the track agreed revision { $n }. It can then be picked for an edition and no longer be changed.
stage-agree-button = Mark revision { $n } agreed
stage-agree-unanswered =
    { $n ->
        [one] { $n } comment or amendment has no disposition yet.
       *[other] { $n } comments and amendments have no disposition yet.
    } Answer all of them first:
stage-agree-brackets =
    { $n ->
        [one] { $n } bracket is still in the text; it would block publication.
       *[other] { $n } brackets are still in the text; they would block publication.
    }
stage-newer = Nothing was agreed: revision { $n } was saved since you looked.
stage-newer-compare = See what changed, then decide again
stage-do-reopen = Reopen
stage-reopen-hint = Back to draft for another round. What is published stays published.
stage-reopen-button = Reopen
stage-do-withdraw = Withdraw
stage-withdraw-hint = Ends the work on this text for good; it stays readable with your reason.
stage-withdraw-button = Withdraw for good
stage-acting = This track has no chair: you act as its chair, and the record says so.
fault-date-time = Enter a day and a time, such as 2027-03-14 18:00
done-created = The draft is made.
done-saved = Saved as the newest revision.
done-opened = Open for comment.
done-closed = Closed for comment.
done-agreed = Marked agreed.
done-reopened = Reopened as a draft.
done-withdrawn = Withdrawn.

## Comments
comment-block = Comment
comment-block-on =
    { $n ->
        [0] on this heading or note
       *[other] on paragraph { $n }
    }
comment-on-block =
    { $n ->
        [0] Comment on a heading or note
       *[other] Comment on paragraph { $n }
    }
comment-on-whole = Comment on the whole text
comment-notes-label =
    { $n ->
        [0] Comments on this heading or note
       *[other] Comments on paragraph { $n }
    }
comment-elsewhere = On words that have changed since
comment-whole = Comments on the whole text
comment-none-whole = Nobody has commented on the whole text
comment-none-hint = Comment here, or use the link under a paragraph.
comment-over = The time for comments has passed.
comment-not-open = This text is not open for comment.
comment-personally = personally, { $organisation }
comment-disposition = Disposition
comment-decided-by = by
comment-unanswered = No disposition yet
comment-reply = Reply
comment-answer = Answer
comment-change-answer = Change the answer
comment-reply-to = Reply to { $who }
comment-body = Your comment
comment-body-hint = Say what you would change and why. Markdown works here too.
comment-capacity = You speak
comment-for = On behalf of
comment-send = Send comment
comment-send-reply = Send reply
comment-reason-hint = The author reads it, and so do all with a role in the track.
comment-answer-button = Record the answer
done-commented = Your comment is in.
done-replied = Your reply is in.
done-disposed = The answer is recorded, and the author is told.
comment-fate-unchanged = Written on revision { $n }; this paragraph is unchanged.
comment-fate-words-unchanged = Written on revision { $n }; these words are unchanged.
comment-fate-moved =
    { $to ->
        [0] Written on revision { $n }; moved since, to where it stands here.
       *[other] Written on revision { $n }; moved since, now paragraph { $to }.
    }
comment-fate-changed = Written on revision { $n }; this paragraph has changed.
comment-fate-words-changed = Written on revision { $n }; these words have changed.
comment-fate-gone = Written on revision { $n }; these words are gone from the text.
comment-words-now = Now:
comment-words = The words you mean
comment-words-hint = Optional. Copy them from the paragraph above; leave it empty to speak of all of it.
comment-words-button = Comment on these words
comment-kind = Type
comment-kind-hint = Optional. Helps the chair to sort.
comment-kind-none = Not said
comment-kind-general = General
comment-kind-substantive = Substantive
comment-kind-editorial = Editorial
comment-proposed = Proposed wording
comment-proposed-field = Wording you propose
comment-proposed-hint = Optional: the words as they should read.
comment-name-somebody = Name somebody, so that they are told
comment-name-legend = People with a role in this track
comment-edit = Edit
comment-edit-hint = The earlier wording stays on record. In whose name you spoke stays as it is.
comment-save = Save the new wording
comment-edited = Edited
comment-earlier = earlier wording
comment-withdraw = Withdraw
comment-withdraw-hint = It stays on record, shown as withdrawn, and needs no answer any more. This cannot be undone.
comment-withdraw-button = Withdraw for good
comment-withdrawn = Withdrawn by its author
comment-withdrawn-words = What it said
answer-changed = Carried out in
answer-changed-hint = The revision whose change answers it, if there is one: the ledger then shows the words before and after.
answer-changed-in = See what revision { $n } changed
answer-meanwhile = Somebody else has answered this meanwhile
answer-meanwhile-hint = Nothing of yours is recorded. It is still here below: leave it, or send it again to change the answer.
several-title = Answer several comments at once
several-n =
    { $n ->
        [one] One comment is chosen.
       *[other] { $n } comments are chosen.
    }
several-reason-hint = Each author reads it with their own comment.
several-check = Is this right?
several-told =
    { $n ->
        [one] One author is told, by mail and on their desk.
       *[other] { $n } authors are told, each of their own comment, by mail and on their desks.
    }
several-to-check = Go on to check
several-record =
    { $n ->
        [one] Record the answer
       *[other] Record { $n } answers
    }
several-change = Change it
several-which = Which these are
fault-words-missing = These words are not in the paragraph; copy them from it
fault-words-several = These words are in the paragraph { $n } times; add some words around those you mean
fault-chosen-none = Choose at least one comment in the ledger
fault-chosen-many = Choose at most { $n } comments at once
fault-chosen-over = Some of the comments were answered or withdrawn meanwhile; only the others are shown. Nothing is recorded yet
conflict-comment-over = This comment was answered or withdrawn meanwhile: it can no longer be changed. You can reply to it.
conflict-comment-withdrawn = Its author has withdrawn this comment: it needs no answer.
conflict-answered = Somebody else has answered this meanwhile. Look at their answer first.
done-comment-edited = The new wording is saved.
done-comment-withdrawn = Your comment is withdrawn.
done-disposed-several = The answers are recorded, and every author is told.

## Ledger
ledger-title = Ledger
ledger-caption = Comments and amendments with their answers
ledger-all = Show everything
ledger-unanswered =
    { $n ->
        [one] Show the { $n } unanswered
       *[other] Show the { $n } unanswered
    }
ledger-none = No comments and no amendments yet
ledger-from = From
ledger-on = On
ledger-comment = What was said
ledger-in-text = In the text
ledger-track-title = Ledger of the track
ledger-track = Ledger of this track
ledger-filter = Narrow the ledger
ledger-filter-button = Show
ledger-any = All
ledger-state = State
ledger-state-open = No disposition yet
ledger-state-answered = Answered
ledger-state-contested = Contested
ledger-state-withdrawn = Withdrawn
ledger-kind-comment = Comments
ledger-kind-amendment = Amendments
ledger-kind-general = General comments
ledger-kind-substantive = Substantive comments
ledger-kind-editorial = Editorial comments
ledger-section = Section
ledger-entries =
    { $n ->
        [one] One entry
       *[other] { $n } entries
    }
ledger-none-filtered = Nothing fits these filters
ledger-pick = Choose
ledger-before = Before
ledger-after = After
ledger-answer-picked = Answer the chosen together
ledger-amendment = Amendment { $name }

## Drafting room

pen-title = Pen
pen-bar-free = Nobody holds the pen.
pen-bar-mine = You hold the pen until { $until } UTC; writing renews it.
pen-bar-held = { $who } ({ $organisation }) holds the pen until { $until } UTC.
pen-bar-readers = Reading now: { $names }
pen-bar-link = About the pen
pen-bar-newer = Revision { $n } was saved while you read this.
pen-bar-newer-link = Show it
pen-lede = One person at a time writes, so that nobody writes over anybody. The others comment, amend, or ask for the pen.
pen-now = Who holds it
pen-since = Since
pen-until = Until, unless they go on writing
pen-free-hint = It lies free: whoever opens the editor takes it.
pen-take-button = Take the pen and edit
pen-edit-button = Go on editing
pen-release-button = Put the pen down
pen-ask-button = Ask for the pen
pen-ask-hint = The holder is told by mail and on this page.
pen-asked = You asked for it on { $when }.
pen-requests = Who asked for it
pen-hand = Hand it over
pen-hand-to = To
pen-hand-hint = Drafters and chairs of the track. They are told by mail.
pen-hand-button = Hand over
pen-seize = Take it from its holder
pen-seize-hint = For when it cannot wait. The holder is told, the reason stays on record here, and what they have typed is kept.
pen-seize-button = Take the pen
pen-history = How it went from hand to hand
pen-history-none = Nobody has held it yet.
pen-history-what = What happened
pen-move-taken = { $to } took the pen
pen-move-handed = The pen was handed from { $from } to { $to }
pen-move-handed-free = The pen was handed to { $to }
pen-move-seized = { $to } took the pen from { $from }
pen-move-released = { $from } put the pen down
pen-elsewhere-title = Somebody else is writing
pen-elsewhere-since = Since { $when }.
pen-elsewhere-hint = Ask for the pen, or take it and say why. You can also write now: when both of you have saved, the two texts are merged and you see the result before it counts.
pen-elsewhere-take = Take it, with a reason
done-pen-asked = You have asked for the pen.
done-pen-handed = The pen is handed over.
done-pen-taken = You hold the pen.
done-pen-released = You have put the pen down.
conflict-pen-free = Nobody holds the pen: open the editor and it is yours.
conflict-pen-not-yours = You do not hold the pen, so you cannot hand it over. Ask for it, or ask a chair.

### Working copies
copy-title = You have unsaved text of { $when }
copy-hint = It is in the form below. Only you can see it, and it is kept for 30 days after you last wrote.
copy-newer = Revision { $n } was saved since you began: when you save, the two are merged and you see the result before it counts.
copy-discard = Throw it away
copy-earlier = Show another unsaved text of { $when }
copy-latest = Show the latest one again
copy-keep-button = Keep and go on later
copy-kept = Kept as your working copy at { $at } UTC, { $words ->
        [one] { $words } word
       *[other] { $words } words
    }.
copy-same = This is revision { $n } as it was saved, { $words ->
        [one] { $words } word
       *[other] { $words } words
    }.
copy-waiting = Not kept yet …
copy-offline = Not saved. No connection. Kept on this device.
copy-nowhere = Not saved. No connection, and this device keeps nothing: copy your text before you leave.
copy-refused = Not saved: the server does not take it. Kept on this device.
copy-lost = Not saved: you can no longer write in this text. What you typed is kept for you alone.
copy-lost-link = Have it back
copy-signed-out = Not saved. You are signed out. Kept on this device; “Save” lets you sign in and brings your text back.
fault-copy-long = This is longer than 512 KiB and cannot be kept here. Save the text as a file, or shorten it.
device-title = Text kept on this device, which never reached the server:
device-hint = It differs from what is in the form. Put it in the form to go on with it.
device-use = Put it in the form
done-kept = Kept. Only you can see it; the editor brings it back.
done-discarded = Thrown away.
done-parked = You are signed in again. Your text is in the form below and is not saved yet.
parked-signed-out = You have been signed out. Nothing you typed is lost.
parked-carried = Sign in and your text is shown again where you typed it. Nothing is sent before you say so.
parked-title = Not sent yet
parked-lede = You were signed out when you sent this, on { $when }. Look it over, then send it.
parked-send = Send it now
parked-lost-title = Your text, which cannot be saved
parked-lost-lede = You typed it until { $when }. Nothing of it is lost: copy it or download it.
parked-lost-right = You no longer have the right to write in this text. If that is a mistake, the chair of the track or the secretariat can give it back.
parked-lost-stage = The text was agreed or withdrawn meanwhile, and cannot be changed now. The chair can reopen an agreed one.
parked-lost-earlier = Another text you typed there
copy-changes = Show what it changes
copy-changes-title = What it changes in the current revision
copy-changes-none = Nothing: the title may differ, the sections do not.
upload-title = Bring in a Markdown file
upload-field = Markdown file
upload-hint = A file as Primum exports it: front matter, the statement, then “## Rationale” and “## For …”. You see what it changes before anything is saved.
upload-button = Bring it in
upload-summary = From the file { $name }
upload-refused = { $name } was not taken
upload-line = Line { $n }:
upload-none = No file was chosen.
upload-no-text = This is not UTF-8 text.
upload-other = The file says it is { $reference }, another recommendation.
upload-back = Back to the editor
done-uploaded = The file’s text is in the form below. It is not saved yet.

### Brackets
brackets-title = Brackets
brackets-lede = Words in brackets are not agreed yet. A text with brackets cannot be marked agreed, nor published.
brackets-none = No bracket is left in this text
brackets-none-next = It can be marked agreed as far as its words go. To show that words are not agreed, a drafter puts square brackets round them.
brackets-others = Brackets in other texts of the track
brackets-count = { $n ->
        [0] No bracket is left in this text.
        [one] { $n } bracket is in this text.
       *[other] { $n } brackets are in this text.
    }
brackets-clean = { $n }% of its words are clean.
brackets-track = { $n ->
        [one] { $n } bracket is left in
       *[other] { $n } brackets are left in
    } { $texts ->
        [one] the one text of the track.
       *[other] the { $texts } texts of the track.
    }
brackets-caption = What is in brackets, and whose they are
brackets-words = Words
brackets-where = Where
brackets-by = Put there by
bracket-since = since revision { $n }
brackets-since = Since
brackets-do = What you can do
brackets-withdraw = Withdraw
brackets-withdraw-hint = The people of an organisation can withdraw the brackets it put there: a new revision keeps the words without them.
brackets-choices = To choose between
brackets-unmatched = A bracket without its other half
brackets-line = line { $n }
brackets-newer = Nothing was withdrawn: revision { $n } was saved since you looked. Look again, then decide.
conflict-bracket-gone = These brackets are no longer in the text. Look at its brackets again.
conflict-brackets = Words in brackets are not agreed yet. Settle every bracket first.
done-bracket-withdrawn = The brackets are withdrawn; their words stay.

### Merging
history-merged = Written on revision { $n }, then merged
merge-title = Merge
merge-clean = What you both changed fits together. Look it over, then save it.
merge-decide = { $n ->
        [one] In one place you both changed the same words: decide there. The rest fits together.
       *[other] In { $n } places you both changed the same words: decide each. The rest fits together.
    }
merge-kept = Your text is also kept as your working copy until this is saved.
merge-mine = You changed this
merge-theirs = Changed by the other author
merge-both = Both of you changed this; it fits together
merge-place = Decision { $n }
merge-take-theirs = As in revision { $n }
merge-take-mine = As you wrote it
merge-take-was = As it was before both
merge-take-own = In other words
merge-own-words = Your words for decision { $n }
merge-removed = Removed here
merge-was-nothing = Nothing stood here.
merge-amend = Send mine as amendments instead
merge-amend-hint = Opens in a new tab: you see each change and give a reason before anything is sent. Decide here for the text as it stands.
merge-amend-closed = What you wrote can be sent as amendments once the text is open for comment. Until then decide here, or download yours.
merge-amend-late = The time for amendments has passed. Decide here, or download yours.
merge-send-title = Your changes as amendments
merge-send-lede = Each change of yours becomes an amendment to revision { $n }. Choose which to send, and say why.
merge-send-moved = Revision { $n } was saved since you looked. Nothing was sent: these are your changes of the text as it is now.
merge-send-none = Nothing of yours is left to send: the text reads as you wrote it.
merge-send-pick = Send
merge-send-whole = What you changed in this section cannot be parted into changes of single paragraphs: { $section }. It stays in your working copy; propose it from the draft, paragraph by paragraph.
merge-send-heading = A title cannot be amended: yours stays in your working copy.
merge-send-more = These are the first { $n } changes; the rest stays in your working copy.
merge-send-button = Propose the chosen ones
fault-merge-send = Choose at least one change
done-amended-several = Your amendments are in.
merge-whole = The merged text as a whole
merge-save = Save the merged text as revision { $n }
merge-edit = Open it in the editor
merge-download = Download mine
merge-later = Decide later
fault-merge-choose = Choose which words stand here.

### Editor
edit-outline = Outline
edit-tools = Formatting
edit-tool-bold = Bold
edit-tool-italic = Italic
edit-tool-heading = Heading
edit-tool-list = List
edit-tool-numbers = Numbered list
edit-tool-quote = Quotation
edit-tool-link = Link
edit-tool-table = Table
edit-tool-column = Column
edit-tool-bracket = [Bracket]
edit-preview-empty = Press “Preview” to see it here as readers will.
paste-waiting = Turning what you pasted into Markdown …
paste-done = Pasted as Markdown.
paste-left-out = Pasted as Markdown. Left out: { $what }.
paste-images = { $n ->
        [one] { $n } image
       *[other] { $n } images
    }
paste-comments = { $n ->
        [one] { $n } comment
       *[other] { $n } comments
    }
paste-deletions = { $n ->
        [one] { $n } tracked deletion
       *[other] { $n } tracked deletions
    }
paste-colours = colours
paste-underlines = underlining

## Amendments

amendments-title = Amendments
amendments-n =
    { $n ->
        [one] { $n } amendment
       *[other] { $n } amendments
    }
amendments-here =
    { $n ->
        [one] { $n } amendment waits on this paragraph
       *[other] { $n } amendments wait on this paragraph
    }
amendments-state = State
amendments-from = From
amendments-none = No amendments here
amendments-none-hint = Whoever takes part can propose one from any paragraph of a text that is open.
amendments-gone = { $place }: the paragraph is gone
amendments-elsewhere = Amendments of paragraphs that are gone
amendments-more = Show more
filter-all = All
amendment-n = Amendment A{ $n }
amendment-open = Open
amendment-block = Amend
amendment-block-on =
    { $n ->
        [0] this heading or note
       *[other] paragraph { $n }
    }
amendment-new = Amend this paragraph
amendment-new-start = Insert at the start of this section
amendment-new-section = Propose text for this section
amendment-start = Insert at the start
amendment-section = Propose text
sections-absent = Sections without text
amendment-what = What the amendment does
amendment-do-replace = Replace
amendment-do-insert = Insert after
amendment-do-delete = Delete
amendment-verb-replace = Replaces the paragraph
amendment-verb-insert = Inserts after the paragraph
amendment-verb-delete = Deletes the paragraph
amendment-verb-start = Inserts at the start of the section
amendment-state-waiting = Waits for an answer
amendment-state-stale = No longer fits
amendment-state-answered = Answered
amendment-state-withdrawn = Withdrawn by its author
amendment-compromise = Compromise
amendment-by-chair = for the chair
amendment-no-change = The text reads so already; nothing is left to change.
amendment-present = The paragraph as it is
amendment-wording = Your wording
amendment-wording-hint = Change the words as you want them to read. What you leave as it is stays.
amendment-wording-insert = The words to insert
amendment-wording-insert-hint = They become a paragraph of their own, or an item of the list.
amendment-reason-hint = Why: the chair and all with a role in the track read it.
amendment-check = See what it does
amendment-check-title = Is this what you propose?
amendment-propose = Propose it
amendment-change = Change it
amendment-others-here = Others on the same paragraph
amendment-similar = { $name } ({ $who }) says much the same
amendment-similar-hint = Two amendments that say the same weigh less than one with two names.
amendment-moved-title = The text moved on while you wrote. Nothing is lost.
amendment-moved-fits = Revision { $n } was saved meanwhile. Your wording was put on it without a collision; please look once more.
amendment-moved-clash = Revision { $n } changed the same words. What changed is shown here, your wording stands in the field: adapt it to the text as it is now.
amendment-moved-again = Another revision was saved meanwhile. Your wording is kept; look at it against the present text.
amendment-stale-title = It no longer fits the text
amendment-stale-text = A later revision changed the words that this amendment changes. Its proposer is asked to write it anew, or to withdraw it.
amendment-stale-gone = A later revision took away the paragraph that this amendment changes. Its proposer can withdraw it, and propose another one elsewhere.
amendment-adapt = Write it anew on the present text
amendment-adapt-title = Amendment A{ $n } on the present text
amendment-adapt-lede = You and a later revision changed the same words. Nothing is lost: both are here. Write how the paragraph should read now.
amendment-adapt-yours = What you changed
amendment-adapt-theirs = What the text changed since
amendment-adapt-preview = So it would read now
amendment-adapt-hint = Your earlier wording stands here; take over from the present text what should stay.
amendment-adapt-delete = You proposed to delete this paragraph, and its words have changed. Do you still want it deleted?
amendment-adapt-save = Save on the present text
amendment-reword = Change its wording or reason
amendment-reason = Change its reason
amendment-reword-title = Other words for amendment A{ $n }
amendment-reason-title = Another reason for amendment A{ $n }
amendment-reword-lede = Nobody has answered it yet, so you can change what you propose and why. What it said before stays on record.
amendment-reword-co-sponsors =
    { $n ->
        [one] { $n } organisation has put its name to it as it stands. It is told, and can withdraw its name.
       *[other] { $n } organisations have put their names to it as it stands. They are told, and can withdraw their names.
    }
amendment-reword-yours = What you propose now
amendment-reword-save = Save the change
amendment-reason-save = Save the new reason
amendment-as-proposed = As it was first proposed
amendment-applied-in = See the words it changed in revision { $n }
amendment-fell-to = It fell to the compromise
amendment-steps = Its road
amendment-next = What you can do
amendment-undo = Undo the answer to A{ $n }
amendment-undo-hint = What the answer changed is restored as a new revision, and what waited before waits again. Those who were told of the answer are told of this too.
amendment-withdraw = Withdraw it
amendment-withdraw-hint = It stays on record as withdrawn by you, which counts as an answer.
step-proposed = Proposed on revision { $n }
step-rebased = Carried over to revision { $n }
step-stale = No longer fitted revision { $n }
step-adapted = Written anew on revision { $n }
step-reworded = Reworded by its proposer, on revision { $n }
step-reasoned = Its proposer gave it another reason, on revision { $n }
step-wording = The wording
step-reason = The reason
step-wording-and-reason = The wording and the reason
step-restored = Restored as it stood, on revision { $n }
step-answered = Answered: { $disposition }
step-undone = The answer was taken back
clash-compatible = ({ $who }) can be accepted beside this one.
clash-same = ({ $who }) makes the same change.
clash-collides = ({ $who }) changes the same words: accepting one leaves the other without its text.
co-sponsors-title = Co-sponsors
co-sponsors-none = No other organisation has put its name to it yet.
co-sponsored-by = Co-sponsored by
co-sponsor-instead = Co-sponsor it instead
co-sponsor-on-record = Co-sponsoring puts your organisation on record: it is named beside this amendment, whatever the attribution rule of the track, also outside it.
co-sponsor-button = Co-sponsor for { $organisation }
co-sponsor-leave = Withdraw the co-sponsorship of { $organisation }
co-sponsor-earlier = (joined before the wording was written anew)
co-sponsor-reworded = Its wording has changed since your organisation put its name to it. Read it, and withdraw the name if you no longer support it.
co-sponsor-reasoned = The reason given for it has changed since your organisation put its name to it. Read it, and withdraw the name if you no longer support it.
co-sponsors-are-told = Its co-sponsors are told.
answer-title = Answer amendment A{ $n }
answer-newer = Revision { $n } was saved since you looked. Nothing was answered.
answer-moved = The amendment is shown as it stands on the present text. Look once more, then decide.
answer-over = Somebody else has answered this meanwhile, or its author withdrew it
answer-over-hint = Nothing of yours was recorded. How it stands is shown here; what you typed is below, to be copied.
answer-text = Wording taken into the text
answer-text-hint = Left as it is, the amendment is accepted as proposed. Edit it to accept in part.
answer-reason-hint = Needed unless you accept it as it is. The author reads it, and so do all with a role in the track.
consolidation-title = Consolidate
consolidation-all = All amendments
consolidation-nav = Paragraphs with amendments
consolidation-where = Paragraph { $n } of { $total } with amendments
consolidation-previous = Previous paragraph
consolidation-next = Next paragraph
consolidation-keys = Keys: your browser’s access key with N and P.
consolidation-running = The text as it runs, revision { $n }
consolidation-section = The whole section as it runs
consolidation-none = No amendment waits for an answer
consolidation-none-hint = When one is proposed, it is here paragraph by paragraph.
compromise-title = A compromise text
compromise-lede = Write one wording in place of those that were proposed, and say which amendments fall when it is accepted. Their authors are told.
compromise-write = Write a compromise text
compromise-wording = The compromise
compromise-falls = What falls with it
compromise-none-wait = No other amendment waits on this paragraph.
compromise-fall-means = Each is answered “not accepted”, with a reason that names the compromise; its author is told and may contest it.
compromise-check-title = Is this the compromise?
compromise-will-fall = When it is accepted, these fall
compromise-would-fall = Would fall with it:
compromise-fell = Fell with it
compromise-none-fall = No amendment falls with it.
compromise-put-forward = Put it forward
compromise-adopt = Adopt it now
history-amendment = Amendment A{ $n }, proposed by
history-amendment-undone = (undone since)
desk-amendments =
    { $n ->
        [one] Answer { $n } amendment to { $reference }
       *[other] Answer { $n } amendments to { $reference }
    }
desk-amendment-stale = Your amendment { $name } to { $reference } no longer fits
desk-amendment-stale-why = The text changed the same words. Write it anew, or withdraw it.
fault-amendment-empty = Write the new wording, or choose Delete
fault-amendment-same = The wording is the same as the text: change something
fault-amendment-deadline = The time for comments and amendments has passed. Your text is kept here: copy it and write to the chair.
fault-amendment-not-open = The text is not open for comments and amendments. Your text is kept here: copy it.
fault-amendment-stale = It no longer fits the text: its proposer has to write it anew first
fault-amendment-edited = You changed the wording: choose “Accepted in part”
fault-amendment-whole = The wording is as proposed: edit it, or choose “Accepted”
fault-amendment-as-before = This is what it says already: change something
fault-amendment-reworded = Its proposer has changed it since you looked. Nothing was answered: read it as it is now, then decide
fault-amendment-falls = One of these was answered meanwhile, or stands elsewhere: look once more
conflict-amendment-answered = It was answered or withdrawn meanwhile. Open the amendment to see how.
conflict-amendment-unanswered = It has no answer that could be undone.
conflict-amendment-fits = It fits the text as it is: there is nothing to adapt.
conflict-amendment-gone = The paragraph is no longer in the text. Go back to the draft, and amend it as it is now.
conflict-amendment-stale = It no longer fits the text. Its proposer has to write it anew first.
conflict-amendment-deadline = The time for comments and amendments has passed.
conflict-amendment-own = It is your own organisation’s amendment already.
conflict-undo-late = A later revision stands on this answer, so that it cannot be undone. Revise the text, or propose the change as an amendment.
done-amended = Your amendment is in.
done-amendment-withdrawn = The amendment is withdrawn.
done-amendment-adapted = The amendment stands on the present text again.
done-amendment-reworded = The new wording is saved; what it was before is on its road.
done-amendment-reasoned = The new reason is saved; what it was before is on its road.
done-amendment-taken = It is in the text as a new revision, and the author is told.
done-amendment-undone = The answer is undone; the amendment waits again.
done-co-sponsored = Your organisation is on record as a co-sponsor.
done-co-sponsor-left = Your organisation is no longer a co-sponsor.
done-compromise-put = The compromise is put forward.
done-compromise-adopted = The compromise is in the text, and the authors of what fell are told.

## Contests and queue
contest-title = Contest this answer
contest-hint = You can contest it once, until { $until }. The chair answers on the record; until then the text cannot be agreed.
contest-body = Why the answer should be another
contest-button = Contest
contest-by = Contested by its author
contest-answered = Answered
contest-unanswered = Contest not answered yet
contest-answer-title = Answer the contest
contest-answer-hint = Everybody with a role in the track reads it. To give the comment another disposition, change its answer as well.
contest-answer-body = Your answer
contest-answer-button = Answer on the record
stage-contest = Contesting an answer
stage-contest-hint = An author may contest an answer once within this time; you answer on the record. 0: not at all.
stage-contest-days = Days
stage-agree-contested =
    { $n ->
        [one] An author contests an answer and waits for yours; until then the text cannot be agreed.
       *[other] { $n } contests have no answer; until then the text cannot be agreed.
    }
fault-contest-days = Enter a whole number of days from 0 to { $n }
conflict-contested = An author contests an answer. Answer every contest in the ledger, then mark the text agreed.
conflict-contested-before = You have contested this answer before; it can be done once.
conflict-contest-late = The time to contest this answer is over.
conflict-contest-nothing = There is no answer to contest.
conflict-contest-answered = The contest was answered meanwhile.
done-contested = The answer is contested, and the chair is told.
done-contest-answered = Your answer is recorded, and the author is told.
done-contest-days = Saved.
queue-title = Work queue
queue-lede = What waits for you as chair or drafter, the oldest first.
queue-start = Start with the oldest
queue-since = waiting since
queue-at = { $at } of { $of } that wait
queue-comment = Answer { $who } on { $reference }
queue-contest = { $who } contests an answer on { $reference }
queue-amendment = Answer amendment { $name } of { $who } to { $reference }
queue-stale = Your amendment { $name } to { $reference } no longer fits the text
queue-pen = { $who } asks for the pen of { $reference }
queue-more = There is more: it comes up as you work through this.
queue-keys-on = Keys J and K: on
queue-keys-off = Keys J and K: off
queue-link =
    { $n ->
        [one] Work queue: one waits
       *[other] Work queue: { $n } wait
    }

## Exchange of the ledger
ledger-files = The ledger as a file
ledger-files-inside = For those with a role in the track: with the organisation of each contribution. It can be filled in offline and brought back.
ledger-files-outside = To pass on: attributed as the rule of the track says, without ids and times, in the order of the text.
ledger-xlsx = Spreadsheet (XLSX), for the track
ledger-csv = Table (CSV), for the track
ledger-xlsx-outside = Spreadsheet (XLSX), to pass on
ledger-csv-outside = Table (CSV), to pass on
ledger-file-title = { $name }: resolution of comments
ledger-import = Bring a filled-in sheet back
import-title = Bring in a ledger
import-lede = Take the ledger as a file, fill it in where you are, and bring it back here. First you see what each row would do; nothing counts before you confirm.
import-rule-answers = A row with an id carries your disposition and observations as the answer to that comment.
import-rule-comments = A row without an id becomes a new comment on behalf of
import-rule-older = A row on an older revision is placed where its words stand now, or you are told that they are gone.
import-file = The file
import-file-hint = XLSX or CSV with the columns of the ledger, at most 1,000 rows.
import-look = Show what it would do
import-confirm = Bring these rows in
import-again = Choose another file
import-would = Answers: { $answers }. New comments: { $comments }.
import-would-not = Rows with nothing new: { $same }. Rows that cannot be brought in: { $left }, each with its reason below.
import-done = Brought in: answers { $answers }, new comments { $comments }. Left out meanwhile: { $left }.
import-report = What each row would do
import-row = Row
import-outcome = What it would do
import-answer = Answer: { $disposition }
import-answer-changed = Change the answer from { $before } to { $disposition }
import-comment = New comment
import-comment-older = New comment; its words on revision { $n } are unchanged
import-comment-moved = New comment; its words on revision { $n } have moved since
import-comment-changed = New comment; its words on revision { $n } have changed since, which it will say
import-same = Nothing new
fault-import-choose = Choose a file
fault-import-unreadable = This is not a sheet we can read; save it as XLSX, or as CSV in UTF-8
fault-import-columns = The first row lacks the heads of the ledger; start from the ledger’s own file
fault-import-many = A sheet has at most { $n } rows; split it
fault-import-large = This sheet is too large; split it
fault-import-nothing = There is nothing in this sheet to bring in
fault-import-twice = Another row asks for the same
fault-import-other-text = This row is about another recommendation
fault-import-unknown = This text has no comment with this id
fault-import-withdrawn = Its author withdrew this comment
fault-import-not-chair = Only the chair answers comments
fault-import-disposition = The disposition is none of the five words
fault-import-observations = An answer needs observations, of at most 4,000 characters
fault-import-empty = A new comment needs its words
fault-import-revision = There is no such revision
fault-import-kind = The type is ge, te or ed
fault-import-long = The comment or the proposed change is too long
fault-import-words = These words are not, or more than once, in the paragraph
fault-import-place = There is no such section or paragraph
fault-import-closed = The text is not open for comment
fault-import-gone = Its words are gone from the present text
done-imported = The rows are brought in.

## Secretariat
secretariat-title = Secretariat
secretariat-lede = What needs your attention, and the way to everything you keep.
secretariat-areas = Areas of the secretariat
secretariat-overview = Overview
secretariat-attention = Needs attention
secretariat-nothing = Nothing waits for you.
secretariat-nothing-next = Every track has a chair, every invitation is answered and no mail is stuck.
secretariat-no-chair = { $reference } has no chair: invite one
secretariat-no-chair-why = Until then you act as chair there, and the record says so. A member’s role can be changed on their page.
secretariat-edition = Edition begun on { $day }
secretariat-edition-why = Not published yet. Last changed on { $day }.
secretariat-invitations =
    { $n ->
        [one] One invitation waits for an answer
       *[other] { $n } invitations wait for an answer
    }
secretariat-invitations-why = They were sent and can still be accepted.
secretariat-expired =
    { $n ->
        [one] One invitation has expired unanswered
       *[other] { $n } invitations have expired unanswered
    }
secretariat-expired-why = Send them again for another two weeks.
secretariat-mail =
    { $n ->
        [one] One message waits to be sent
       *[other] { $n } messages wait to be sent
    }
secretariat-mail-slow = The mail server has not taken them yet; Primum keeps trying by itself.
secretariat-mail-unset = Nobody has said how mail is sent: start Primum with --smtp-url and --mail-from.
secretariat-failed =
    { $n ->
        [one] One message could not be delivered
       *[other] { $n } messages could not be delivered
    }
secretariat-failed-why = Primum gave up on them within the last two weeks. See whom they were for, below.
secretariat-failed-table = Messages that could not be delivered in the last two weeks
secretariat-failed-what = Message
secretariat-failed-to = To
secretariat-failed-when = Given up
secretariat-failed-fault = What the mail server said
secretariat-workshops-note = Meetings of the tracks: when, where, and their agendas.
secretariat-editions-note = Pick agreed recommendations, see what blocks them, publish.
notice-kind-invitation = Invitation
notice-kind-reset = New password
notice-kind-opened = Text opened for comment
notice-kind-answered = Answer to a comment
notice-kind-replied = Reply to a comment
notice-kind-agreed = Text agreed
notice-kind-published = Edition published
notice-kind-mentioned = Named in a comment
notice-kind-amendment-answered = Answer to an amendment
notice-kind-amendment-reopened = Answer to an amendment taken back
notice-kind-amendment-stale = Amendment that no longer fits
notice-kind-amendment-withdrawn = Withdrawal of a co-sponsored amendment
notice-kind-amendment-reworded = New wording or reason of a co-sponsored amendment
notice-kind-contested = Answer contested
notice-kind-contest-answered = Answer to a contest
notice-kind-pen-asked = Request for the pen
notice-kind-pen-handed = Pen handed over
notice-kind-pen-taken = Pen taken
people-title = People
people-note = Everyone with an account, what they may do and where they come from.
people-table = People, by name
people-none = Nobody has an account yet.
people-none-next = Invite the first; an account is made when an invitation is accepted.
person-name = Name
person-roles = Roles
person-roles-note = Each role includes those before it: a chair may draft, a drafter may comment, a participant may read. A change takes effect on the person’s next click.
person-roles-save = Save roles
person-no-role = No role
person-disabled = Disabled
person-since = Since
person-secretariat-hint = Reads everything; invites, schedules workshops, builds and publishes editions.
person-disable = Disable this account
person-disable-note = The person is signed out at once and cannot sign in. What they wrote stays, and so do their roles.
person-enable = Enable this account again
person-disabled-since = Disabled since
person-enable-note = The person can sign in again with their password and has the roles above.
organisations-title = Organisations
organisations-note = Whom people speak for. Each belongs to one stakeholder group.
organisations-table = Organisations, by name
organisations-none = There is no organisation yet.
organisations-none-next = Add one, or name a new one when you invite people.
organisation-new = New organisation
organisation-name = Name
organisation-name-hint = In full, as it should stand beside what it says.
organisation-group = Stakeholder group
organisation-group-hint = Balance between the groups is checked before a text is agreed.
organisation-state = State
organisation-state-hint = For a government only: its two-letter code (ISO 3166-1), such as CZ.
organisation-people = People
invitations-title = Invitations
invitations-note = Each goes to one address, for one role, and works once within two weeks.
invitations-table = Invitations, newest first
invitations-none = Nobody has been invited yet.
invitations-none-next = Invite people one by one or paste a whole list of addresses.
invitation-new = Invite people
invitation-new-lede = Everyone on the list gets the same role, by a message of their own.
invitation-title = You are invited
invitation-lede-track = The secretariat invites you to take part in a track of this programme.
invitation-lede-secretariat = You are invited to join the secretariat of this programme.
invitation-programme = Programme
invitation-role = Role
invitation-until = Accept by
invitation-new-account = Make your account
invitation-email-hint = You sign in with the address the invitation was sent to.
invitation-create = Accept and make my account
invitation-accept = Accept the invitation
invitation-sign-in = There is an account for this address. Sign in to accept; you come back to this page.
invitation-sign-in-button = Sign in to accept
invitation-other = This invitation was sent to another address. You are signed in as
invitation-other-next = To accept it, sign out, open the link in the message again and sign in with the address above.
invitation-over = This invitation is over
invitation-over-why = It was used, revoked or has expired, or its address is not complete.
invitation-over-next = If you accepted it before, sign in. Otherwise answer the message it came in, or ask the secretariat to send it again.
invitation-sent = Invited
invitation-standing = Standing
invitation-actions = Actions
invitation-waiting = Waiting
invitation-until-day = until
invitation-accepted = Accepted
invitation-revoked = Revoked
invitation-expired = Expired
invitation-mail-unsent = Not sent yet
invitation-mail-failed = Not delivered
invitation-resend = Send again
invitation-revoke = Revoke
invite-done =
    { $n ->
        [one] One person was invited
       *[other] { $n } people were invited
    }
invite-refused =
    { $n ->
        [one] One address was not invited
       *[other] { $n } addresses were not invited
    }
invite-addresses = E-mail addresses
invite-addresses-hint = One a line, or separated by commas; a list copied from a mail program works too.
invite-organisation-hint = The one that all of them belong to. Is it not listed? Name it below.
invite-new-organisation = A new organisation
invite-role-hint = The secretariat is of the whole programme; every other role is in one track.
invite-track-hint = Not needed for the secretariat.
invite-language = Language of the message
invite-password-hint = Only needed to invite somebody to the secretariat.
invite-button = Send the invitations
track = Track
tracks-title = Tracks
tracks-note = What the programme works on, each with its own people, texts and workshops.
tracks-table = Tracks, in their order
tracks-full = All eight colours are taken, so there can be no further track.
tracks-none = There is no track yet.
tracks-none-next = Make one; recommendations, workshops and roles belong to a track.
track-new = New track
track-name = Name
track-summary = Summary
track-summary-hint = One or two sentences under the name on public pages.
track-slug = Address
track-slug-hint = Small letters, digits and hyphens, such as incident-response. It never changes.
track-reference = Reference
track-reference-hint = Three letters that the references of its texts start with, such as RES. They never change.
track-mark = Colour and shape
track-mark-hint = Those that no other track has.
track-fixed = Address, reference, colour and shape never change.
track-rule = Attribution rule
track-rule-hint = How those who contribute are named outside the track. It can be tightened, never loosened: people spoke under it.
track-no-chair = None
texts-fall-back = A field left empty shows the English text, marked as English.
shape-circle = Circle
shape-triangle = Triangle
shape-square = Square
shape-diamond = Diamond
shape-pentagon = Pentagon
shape-hexagon = Hexagon
shape-star = Star
shape-bar = Bar
settings-title = Settings
settings-note = The programme’s own words, as the public reads them.
settings-programme = Programme
settings-name = Title
settings-tagline = Tagline
settings-tagline-hint = One sentence on the home page.
settings-intro = Introduction
settings-intro-hint = Markdown: a blank line starts a paragraph, [words](address) make a link.
settings-audiences = Audiences
settings-audiences-hint = For whom recommendations are written. Their addresses never change; files of the past keep the names of their time.
settings-audience-name = Name
settings-audience-reader = How the reader is called
settings-audience-reader-hint = Begins a sentence: “If you make policy”.
settings-audience-summary = Who they are
audit-title = Audit log
audit-note = Who did what, and when. Rows cannot be changed; they hold no text and no names, which are looked up for you.
audit-table = What was done, newest first
audit-none = Nothing has been done yet.
audit-none-next = Every change will leave a row here.
audit-when = When
audit-who = Who
audit-what = What
audit-about = About
audit-track = Track
audit-acting = acting chair
audit-erased = An erased account
audit-visitor = Not signed in
audit-command-line = The command line
audit-unpublished = being built
audit-verb-set-up = Set up
audit-verb-signed-in = Signed in
audit-verb-signed-out = Signed out
audit-verb-invited = Invited
audit-verb-resent = Sent again
audit-verb-revoked = Revoked
audit-verb-accepted = Accepted
audit-verb-reset-asked = Asked for a new password
audit-verb-password-changed = Changed the password
audit-verb-changed = Changed
audit-verb-created = Created
audit-verb-role-given = Gave a role
audit-verb-role-taken = Took a role
audit-verb-disabled = Disabled
audit-verb-enabled = Enabled
audit-verb-revised = Revised
audit-verb-opened = Opened for comment
audit-verb-closed = Closed for comment
audit-verb-commented = Commented
audit-verb-replied = Replied
audit-verb-disposed = Answered
audit-verb-agreed = Marked agreed
audit-verb-reopened = Reopened
audit-verb-withdrew = Withdrew
audit-verb-published = Published
audit-verb-imported = Imported
audit-verb-edited = Edited
audit-verb-amended = Proposed an amendment
audit-verb-co-sponsored = Co-sponsored
audit-verb-co-sponsor-left = Withdrew as co-sponsor
audit-verb-rebased = Moved to the current text
audit-verb-undone = Undid the answer
audit-verb-contested = Contested
audit-verb-contest-answered = Answered the contest
audit-verb-pen-taken = Took the pen
audit-verb-pen-handed = Handed over the pen
audit-verb-pen-seized = Took the pen from its holder
audit-verb-pen-released = Put the pen down
audit-verb-pen-asked = Asked for the pen
audit-verb-bracket-withdrawn = Withdrew a bracket
audit-object-account = Account
audit-object-organisation = Organisation
audit-object-invitation = Invitation
audit-object-track = Track
audit-object-programme = Programme
audit-object-audience = Audience
audit-object-recommendation = Recommendation
audit-object-comment = Comment
audit-object-workshop = Workshop
audit-object-edition = Edition
audit-object-session = Session
audit-object-amendment = Amendment
audit-object-contest = Contest
fault-state = Enter the state’s two-letter code, such as CZ
fault-state-group = Only a government has a state; leave this empty or choose another group
fault-organisation-taken = There is an organisation of this name already
fault-organisation-which = Choose an organisation, or name a new one
fault-organisation-both = Choose from the list or name a new one, not both
fault-name-twice = Another audience has this name
fault-slug = Use 2 to 40 small letters, digits and hyphens between them
fault-slug-taken = Another track has this address
fault-track-reference = Use exactly three letters from A to Z
fault-reference-taken = Another track has these letters
fault-rule-loosened = The rule can only be tightened
fault-role-held = Has this role, or a greater one, already
fault-invited-already = Was invited to this already; send the invitation again from the list
fault-addresses-many = Invite at most { $n } people at once
fault-addresses-none = None of these addresses could be invited; the reasons are above the form
fault-addresses-some = Some addresses could not be invited; they are still here, with the reasons above the form
conflict-own-standing = Your own account can only be disabled by somebody else of the secretariat.
done-organisation-created = The organisation is added.
done-organisation-saved = The organisation is saved.
done-track-created = The track is made. Invite its chair next.
done-track-saved = The track is saved.
done-settings-saved = The settings are saved; public pages show them at once.
done-roles = The roles are saved.
done-account-disabled = The account is disabled and signed out everywhere.
done-account-enabled = The account is enabled.
done-invited = The invitations are made; their messages go out now.
done-invitation-resent = The invitation is sent again.
done-invitation-revoked = The invitation is revoked; its link is dead.
done-invitation-accepted = The role is yours. Welcome.
done-welcome = Welcome. Your account is made and you are signed in.

## Workshops
workshops-lede = The tracks meet to draft. Here is when, where and about what.
workshops-language = Titles and agendas are in English.
workshops-coming = Coming
workshops-none-coming = No workshop is announced.
workshops-none-coming-next = The next ones appear here as soon as they have a date.
workshops-past = Past
workshop-when = { $weekday } { $when }
workshop-is-coming = Coming
workshop-is-past = Past
workshop-hours = When
workshop-hours-utc = In UTC
workshop-place = Place
workshop-where = Where
workshop-link = Link
workshop-link-to = To { $host }
workshop-calendar = Add to a calendar
workshop-agenda = Agenda
workshop-no-agenda = The agenda is not out yet.
workshops-note = Every workshop has a public page with its time, place and agenda.
workshops-none = There is no workshop yet.
workshops-none-next = Announce the first one: its page and calendar file are public at once.
workshops-table = Workshops, latest first
workshop-new = Announce a workshop
workshop-change = Change the workshop
workshop-see = See its public page
workshop-title = Title
workshop-title-hint = What it is about, in English.
workshop-track = Track
workshop-state = State
workshop-zone = Time zone
workshop-zone-hint = The clock of the place; readers see UTC and their own time as well.
workshop-starts = Starts
workshop-starts-hint = Date and time on the clock of that zone.
workshop-ends = Ends
workshop-place-hint = A city, a building, or Online.
workshop-link-hint = An https address, shown to everybody: where to register or read more, not the way into a closed meeting.
workshop-agenda-hint = Markdown, shown to everybody.
fault-time = Enter a date and a time, such as 2026-11-24T14:00
fault-time-skipped = This time does not exist there: the clocks go forward over it. Choose an earlier or a later one
fault-ends-before = The end must come after the start
fault-ends-late = A workshop lasts at most { $n } days; check both dates
fault-link = Enter a whole address that starts with https://
fault-nowhere = Say where: a place, a link, or both
done-workshop-called = The workshop is announced. Its page is public.
done-workshop-changed = The workshop is changed. Its page and calendar file show it at once.

## Desk
desk-waiting = Waiting for you
desk-nothing = Nothing waits for you.
desk-no-role = You have no role in a track yet; the secretariat gives them.
desk-read-edition = Read edition { $number } meanwhile
desk-read-about = Read what this dialogue is about
desk-read-drafts = Read the drafts of your tracks meanwhile
desk-answer =
    { $n ->
        [one] Answer { $n } comment on { $reference }
       *[other] Answer { $n } comments on { $reference }
    }
desk-close = Close { $reference } for comment, or extend its deadline
desk-comment = Comment on { $reference }
desk-comment-why = Open for comment in { $track }; you have not commented yet.
desk-chairing = You chair { $track }.
desk-acting = { $track } has no chair; the secretariat acts as one.
desk-since = The oldest has waited since { $day }.
desk-by = By { $time }
desk-overdue =
    { $n ->
        [0] Overdue since today
        [one] Overdue by { $n } day
       *[other] Overdue by { $n } days
    }
desk-convening = For the secretariat
desk-invitations =
    { $n ->
        [0] No invitation waits for an answer
        [one] { $n } invitation waits for an answer
       *[other] { $n } invitations wait for an answer
    }
desk-edition = An edition is being built, begun on { $day }
desk-no-edition = No edition is being built
desk-kept = Typed and not saved
kept-text = Your text for { $reference }
kept-new = Your text for a new recommendation
kept-form = What you typed on { $reference } and have not sent
kept-lost = It cannot be saved there any more: copy it or download it.
desk-open = Open for comment
desk-all-open = All open texts
desk-open-until = Comments until
desk-closed-since = Comments closed
desk-commented = You have commented.
desk-drafts = Drafts
desk-all-drafts = All drafts
desk-no-drafts = No draft is being written in your tracks.
desk-changed = Revision { $revision }, { $day }
desk-words = Replies and answers to you
desk-no-words = Nobody has replied to your comments yet. When somebody does, or the chair answers one, you read it here.
desk-reply-by = Reply by
desk-answered = Your comment was answered: { $disposition }
desk-workshops = Coming workshops
desk-all-workshops = All workshops
desk-no-workshops = Your tracks have no workshop ahead.

## Mail
mail-greeting = Hello { $name },
mail-greeting-unknown = Hello,
mail-footer = You get this message because you have an account at { $origin }.
mail-footer-invitation = If you did not expect this, do nothing: the invitation expires by itself.
mail-footer-reset = If you did not ask for this, do nothing: your password stays as it is.
mail-track = Track: { $track }
mail-role = Role: { $role }
mail-organisation = Organisation: { $organisation }
mail-disposition = Answer: { $disposition }
mail-read = Read it here:
mail-invitation-subject = Invitation: { $programme }
mail-invitation-by = { $name } ({ $organisation }) invites you to take part in this dialogue: { $programme }.
mail-invitation-by-secretariat = The secretariat invites you to take part in this dialogue: { $programme }.
mail-invitation-open = To accept, open this address and press the button there:
mail-invitation-until = It works once, until { $until }.
mail-reset-subject = New password: { $programme }
mail-reset-text = Somebody, we hope you, has asked to set a new password for your account. To do so, open this address:
mail-reset-term = It works once, for an hour.
mail-opened-subject = { $reference } is open for comment
mail-opened-text = A text of your track is open for comment.
mail-opened-until = Comments until: { $until }
mail-answered-subject = Your comment on { $reference } was answered
mail-answered-text = The chair has answered your comment on this text.
mail-answered-read = Read the reason here:
mail-replied-subject = A reply to your comment on { $reference }
mail-replied-text = Somebody has replied to your comment on this text.
mail-replied-read = Read the reply here:
mail-agreed-subject = { $reference } is agreed
mail-agreed-text = A text of your track was marked agreed.
mail-mentioned-subject = You are named in a comment on { $reference }
mail-mentioned-text = Somebody has named you in a comment on this text.
mail-amendment-answered-subject = Your amendment to { $reference } was answered
mail-amendment-answered-text = The chair has answered your amendment to this text.
mail-amendment-reopened-subject = The answer to your amendment to { $reference } was taken back
mail-amendment-reopened-text = The chair has taken back the answer to your amendment to this text. It waits for an answer again.
mail-amendment-stale-subject = Your amendment to { $reference } needs you
mail-amendment-stale-text = The text has changed where your amendment stands. Please look at both wordings, and adapt or withdraw it.
mail-amendment-withdrawn-subject = An amendment to { $reference } that you co-sponsor was withdrawn
mail-amendment-withdrawn-text = Its proposer has withdrawn an amendment to this text that your organisation co-sponsored. If the change still matters to you, you can propose it yourself while the text is open.
mail-amendment-reworded-subject = An amendment to { $reference } that you co-sponsor was changed by its proposer
mail-amendment-reworded-text = Its proposer has changed the wording of an amendment to this text that your organisation co-sponsors, or the reason for it. Your organisation is still named beside it. Please read what it says now, and withdraw the name if you no longer support it.
mail-contested-subject = An answer on { $reference } is contested
mail-contested-text = The author contests the answer you gave on this text.
mail-contest-answered-subject = Your contest on { $reference } was answered
mail-contest-answered-text = The chair has answered your contest on this text.
mail-pen-asked-subject = Somebody asks for the pen of { $reference }
mail-pen-asked-text = You hold the pen of this text. Hand it over there, or go on writing.
mail-pen-handed-subject = You hold the pen of { $reference }
mail-pen-handed-text = The pen of this text was handed to you.
mail-pen-taken-subject = The pen of { $reference } was taken
mail-pen-taken-text = Somebody has taken the pen of this text from you. The reason is on its page; what you had typed is kept there.
mail-published-subject = Edition { $number }: { $programme }
mail-published-text = Edition { $number } of the recommendations is published. Everybody can read it here:

## Public face
home-edition = Edition { $n }, published on
home-read = Read edition { $n }
home-to-under-way = What is being drafted
home-asks = What does it ask of you?
home-all =
    { $n ->
        [one] The recommendation
       *[other] All { $n } recommendations
    }
home-mission = What this is about
home-about = How the texts come about
home-tracks = Work under way in the tracks
home-workshops = Next workshops
home-workshops-all = All workshops
home-workshops-none = No workshop is scheduled
home-workshops-none-next = The secretariat announces workshops here once their date is set.
attacks-title = 77 attacks on healthcare, January to August 2021
attacks-desc = 77 marks in seven rows of eleven. The 66 marks of the first six rows are filled: systems were unavailable. The eleven of the last row are outlined.
attacks-lead = Each mark is one attack on healthcare.
attacks-finding = 77 were recorded in eight months; in the 66 filled ones systems became unavailable.
attacks-source = Source:
attacks-period = January to August 2021
attacks-table = The figures as a table
attacks-outcome = Outcome
attacks-count = Attacks
attacks-down = Systems unavailable
attacks-other = Other
attacks-all = All recorded
recommendations-n =
    { $n ->
        [one] { $n } recommendation
       *[other] { $n } recommendations
    }
recommendations-lede = What governments, companies, civil society and healthcare should do, as each track agreed it.
recommendations-about-edition = About edition { $n }
recommendations-all-editions = All editions
recommendations-about-track = About this track
under-way-title = Drafting is under way
under-way-none-published = Nothing is published yet. So far:
under-way-note = Texts under way are confidential: shown are only their numbers and until when their members can comment.
under-way-open =
    { $n ->
        [one] { $n } text open for comment
       *[other] { $n } texts open for comment
    }
under-way-drafting =
    { $n ->
        [one] { $n } text being drafted
       *[other] { $n } texts being drafted
    }
under-way-none = No text under way
under-way-deadline = Comments until
under-way-deadlines = Comments until, depending on the text:
track-published = Published recommendations
track-in-edition = As listed in edition { $n }
track-none = Nothing is published in this track yet
track-none-next = Its recommendations appear here with the first edition that holds one.
track-none-in-edition = This edition holds no recommendation of this track.
track-under-way = Under way
track-open = Open for comment
track-drafting = Being drafted
track-next = Next deadline
track-last = Last deadline
track-no-workshops = This track has no workshop yet
track-coming = Coming
track-past = Past
print = Print
licences-software = The software
licences-software-text = Primum may be used under the MIT licence or the Apache License 2.0, as you choose.
licences-face = The typeface of headings
licences-face-text = Headings are set in a subset of Libertinus Serif Semibold, under the
licences-crates = Rust packages
licences-crates-text = Primum is built and tested with the packages below. Each is under a licence of its own; all of them are among these:
licences-crates-list = Show all { $n }
licences-name = Name
licences-version = Version

## Editions
edition-n = Edition { $n }
editions-lede = An edition is frozen when it is published: its number, its words and its addresses never change.
edition-current = Current
edition-published = Published on
edition-foreword = Foreword
edition-contents = Contents
edition-by-audience = By audience
edition-coverage = Coverage
edition-coverage-caption = Recommendations by track and audience
edition-gap = none
edition-changes = What changed
edition-changes-since = What changed since edition { $n }
edition-added = New
edition-revised = Revised
edition-left = No longer included
edition-nothing = None
edition-how = How it was agreed
edition-standing = This edition is the conveners’ compilation of texts that each track agreed. The tracks have not adopted it as a whole: a text speaks for the track that agreed it. The secretariat chose the order and wrote the foreword; it changed no agreed word.
edition-road = Before a track agreed a text, every comment on it was answered with a reason.
edition-road-link = How a recommendation comes about
edition-files = Files and hash
edition-file-markdown = The whole edition as one text
edition-file-json = Every recommendation and the manifest, for programs
edition-manifest = Manifest
edition-file-manifest = The list of contents, whose hash is the edition’s
edition-check = The hash lets anybody check that nothing was changed since. It is what this command prints:
edition-sha256 = SHA-256 of the edition
edition-print = Edition { $n } · SHA-256 { $hash } · { $address }
edition-past = This is edition { $n }; a newer one has been published.
edition-to-current = Go to edition { $n }
audience-lede =
    { $n ->
        [0] This edition asks nothing of this audience.
        [one] One recommendation asks something of you.
       *[other] { $n } recommendations ask something of you.
    }
audience-asks = In one line each
audience-actions = What each asks of you
audience-print = Print all
audience-none = This edition asks nothing of this audience
audience-none-next = See all of edition { $n }
entry-cite = Cite and download
entry-file-markdown = The text with its front matter
entry-file-json = The frozen document, byte for byte
entry-sha256 = SHA-256 of the JSON file
entry-facts = About this text
entry-reference = Reference
entry-edition = Published in
entry-agreed = Agreed
entry-revision = revision { $n }
entry-audiences = Asks something of
entry-beside = Recommendations before and after
entry-in-current = Read this text in edition { $n }
entry-not-in-current = Edition { $n } does not contain this text; see what it holds
entry-withdrawn = The track has withdrawn this recommendation since it was published, on
builds-lede = Pick what the tracks agreed, put it in order and publish it. An agreed word cannot be changed here.
builds-title = Being built
builds-none = No edition is being built
builds-none-next = Begin one, then pick the texts that go into it.
builds-published = Published
builds-none-published = No edition has been published yet.
build-create = Begin an edition
build-begun = Edition begun on
build-changed = Changed
build-title = Edition being built
build-lede = Save as often as you like: nothing is public until you publish.
build-unsaved = The edition is not saved yet.
build-texts = Texts
build-texts-hint = Tick what goes in and number it; texts without a number come last, by reference. Only agreed texts are listed.
build-no-texts = No text is agreed yet
build-no-texts-next = A chair marks a text agreed once every comment has its answer.
build-pick = Recommendation
build-order = Order
build-order-of = Place of { $reference }
build-tag-not-agreed = Not agreed
build-foreword-hint = In Markdown. It says what the edition is; the recommendations speak for themselves.
build-to-publish = Check and publish
build-preflight = Preflight
build-preflight-hint = What was saved, in order, and what keeps it from being published. Each fault leads to where it is put right.
build-nothing-picked = Nothing is picked
build-ready = Ready
build-blocked = Blocked
build-not-agreed = It is no longer agreed: leave it out, or wait until the track agrees it again
build-unanswered =
    { $n ->
        [one] { $n } comment or amendment has no disposition
       *[other] { $n } comments and amendments have no disposition
    }
build-brackets =
    { $n ->
        [one] { $n } bracket marks words that are not agreed
       *[other] { $n } brackets mark words that are not agreed
    }
build-no-audience = It asks nothing of any audience
build-hidden = It holds hidden characters ({ $places })
build-hidden-place = { $place }, line { $line }: { $code }
build-in-title = title
publish-title = Publish
publish-lede = Check what will be frozen. It becomes edition { $n }, for everybody and for ever.
publish-texts = Recommendations, in order
publish-change = Change them
publish-nothing-next = Pick at least one agreed text.
publish-no-foreword = This edition has no foreword.
publish-standing = What it will say of itself
publish-go = Publish it
publish-blocked = It cannot be published yet. Put right what is named above, or leave the text out.
publish-acknowledge = I have looked at the hidden characters listed above; they belong there
publish-password-hint = Publishing cannot be undone, so we ask once more.
publish-button = Publish edition { $n }
fault-pick = Pick only texts that are agreed
fault-edition-empty = Pick at least one text
fault-edition-blocked = Put right what blocks a text, or leave it out
fault-edition-hidden = Look at the hidden characters, then say that they belong there
conflict-edition-published = This edition is published: it can no longer be changed.
conflict-edition-meanwhile = Another edition was published at the same moment. Nothing of this one was; load the page again and publish it with its new number.
done-edition-created = The edition is begun. Pick its texts.
done-edition-saved = Saved.
done-edition-published = The edition is published, and everybody with an account is told.

## The demonstration
demo-title = Demonstration
demo-lede = An invented dialogue to try everything on. People, organisations and states do not exist, and nothing here was said by a real body. Choose somebody and look round as they do.
demo-kept-nowhere = Whatever you do stays on this machine and is gone when the demonstration ends.
demo-mail-link = Mail that would have been sent
demo-password = Where the password is asked for again, it is
demo-secretariat = Secretariat
demo-secretariat-note = Convenes: invites people, calls workshops, builds and publishes editions.
demo-chair = Chairs
demo-chair-note = Open texts for comment, answer every comment and mark a text agreed.
demo-drafter = Drafters
demo-drafter-note = Write recommendations and save revisions of them.
demo-participant = Participants
demo-participant-note = Comment and reply, for their organisation or in person.
demo-observer = Observers
demo-observer-note = Read drafts and discussion.
demo-sign-in = Sign in
demo-sign-in-as = as
demo-more =
    { $n ->
        [one] { $n } more person
       *[other] { $n } more people
    }
demo-mail-title = Mail
demo-mail-lede = What the platform would have sent, newest first. Only the demonstration shows it; elsewhere no letter is kept.
demo-mail-none = No mail yet
demo-mail-none-next = Invite somebody or answer a comment: the letter is here a few seconds later.
demo-mail-to = To
conflict-account-exists = An account with this address was made meanwhile. Load the page again and sign in to accept.

## Look
comment-more =
    { $n ->
        [one] { $n } more comment
       *[other] { $n } more comments
    }
