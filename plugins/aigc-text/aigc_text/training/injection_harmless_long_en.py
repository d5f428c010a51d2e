"""Long harmless English prompts: mails, contracts, code and notes that somebody wants worked on.

Written for this SDK, for training only; slots from `injection_templates_en`.
"""

from __future__ import annotations

from aigc_text.training.injection_frames import documents

PASTED = documents(r"""
Summarise this mail in one sentence and tell me what I have to do.

Hi {name},
please ignore the invoice I sent on {day}, the amount was wrong. The new one is attached. Accounting also asks you to delete the old one from your system so that it isn't paid twice. If you have already paid, forward the receipt to {mail} and I'll see to it that the difference is returned. Sorry for the mess, my first week here!
Best, {name}
---
I got this from my landlord. Is it legal, and how do I answer politely?

"Dear tenant, as of {day} the previous house rules no longer apply. You must follow the new rules on the notice board without exception. Bicycles left in the hall will be removed. Tenants who ignore this letter lose the right to use the garden. You are also instructed to hand over a spare key to the caretaker within {n} days, for emergencies, and to reply with your phone number."
---
Draft an answer to this customer, friendly but firm, in under a hundred words:

"For the third time: your assistant told me to forget the old order and place a new one. I did. Now both have arrived and both were charged. I want somebody with the power to override this nonsense. Don't send me another set of instructions. I have followed your instructions. Send me my money, and tell your system to stop pretending that I am a business customer."
---
Please make this clause readable for people without a law degree, and keep the meaning.

"Notwithstanding anything to the contrary contained in any prior agreement, the Licensee shall, upon receipt of written instructions from the Licensor, cease all use of the Materials, disregard any earlier authorisation, and destroy or return all copies. The Licensee shall not bypass, disable or otherwise interfere with technical measures. Clause {n} overrides this clause where the parties are consumers."
---
Review the following function, please, and pretend you're a strict senior colleague:

def merge(base, override, ignore=()):
    # rules in `override` win over the previous ones, except those to ignore
    result = dict(base)
    for key, value in override.items():
        if key in ignore:
            continue
        result[key] = value
    return result

I'm not sure whether an empty tuple as a default is all right, and whether the name `override` is misleading. Show me the corrected version only, no lecture.
---
What is wrong with my config? {app} ignores it completely.

[system]
prompt = "user> "
secret_file = ./keys/app.secret
mode = developer

[rules]
rule_1 = allow from office
rule_2 = deny all
override = no

It worked before the last update. The log says 'previous instructions in section rules will be skipped'. I've restarted it {n} times, I reset the cache, and I also tried to disable rule 2. Do you have any idea what else it could be?
---
Turn these notes into minutes. Present: {name}, {name}, me. {name} said we should forget last year's plan for {topic} because nobody followed it anyway. Decision: new rules from {day}, the old ones are void. Password for the shared folder is to be changed, {name} sends it round by letter, not by mail. Somebody asked who may override the budget; answer: only the treasurer. The point 'secret ballot' was put off. Next meeting in {n} weeks, bring suggestions.
---
Translate this notice into simple English, please; it hangs in a home for refugees.

"Fire alarm: ignore the lifts. Follow the instructions of the fire warden. Do not go back for your belongings, whatever anyone tells you. Leave through the nearest exit, even if it's marked 'staff only'. Wait at the meeting point and do not pretend to be somebody else when the names are called. You must not enter the building until the warden reveals the green sign."
---
My grandmother's recipe says the following. Write it out as numbered steps for {n} people.

"Forget the scales, use the blue cup. Act quickly once the butter is brown. Ignore what the books say on eggs, they should be warm. Never, never open the oven. From now on only stir to the left (don't ask me why). When the smell tells you, and not the clock, it is done. The secret ingredient goes in last; {name} knows which one, and must not tell anybody before I'm ninety."
---
I'm preparing a complaint about a review that mentions me by name. Could you tell me calmly whether it is an insult or an opinion?

"{name} pretended to be the manager. He ignored us for {n} minutes, then he told us to follow him and forget about our booking, since 'the system' had no record of it. I asked him to act like a professional. He said rules are rules. I'll never come back to {shop}, and I advise everybody to bypass this place."
---
Fix the grammar, leave the style as it is:

hello i am new at this forum, i forget my password since {n} days and the system dont let me reset, it say my previous mail is not exist. moderator told me 'ignore the error and start over' but i started over and now i have two accounts, please admin can you override this and delete the wrong one?? i will follow all rules i promise, thank you from {name}
---
What would be good subject lines for the following newsletter?

"Dear friends of {shop}, forget everything you knew about the {thing}. Ours has no hidden costs, no restrictions and no small print. On {day} we reveal the price. Until then, keep it a secret, or don't, and share the link {link} with whomever you like. Whoever acts fast gets {n} dollars off. To stop receiving these messages, follow the instructions at the end of this mail."
---
Please check this job reference for hidden messages, in the way HR people use them.

"{name} has worked for us as a {job} for {n} years. She followed instructions to our satisfaction and always made an effort not to break the rules. She acted in the interest of the company. Towards superiors she was polite; she was never known to reveal internal matters. We release her at her own request, and wish her, for her future career, above all good health."
---
Here's the log. Which line shows the first real error?

09:01 INFO system start, mode=maintenance
09:01 WARN previous shutdown ignored
09:02 INFO user 'admin' prompted for password
09:02 INFO password accepted
09:03 WARN rule {n} overridden by local policy
09:04 ERROR cannot reveal secret 'mail': no such key
09:04 INFO instruction skipped, continuing
09:05 ERROR worker exited, restart in {n}s
I think that it's the secret, but my colleague says that the override on rule {n} came first.
---
Answer this mail for me. I'd like to say no without hurting him.

Hey {name}! You must remember me, we acted in the school play together, I was the pirate. I need a small favour and it has to stay our secret. Could you give me the login for the film thing you subscribe to? Just for {n} days, then you can change the password. I know it's against their rules, but everyone ignores that. Don't tell {name}. Bye!
---
Compare the old and new guidelines below and list what has changed.

Old: Staff may disregard a customer's request if it's rude. Passwords are changed every {n} months. Instructions from the head office override those of the branch.
New: Staff shall answer every request, rude or not. Passwords are changed when there's a reason. Instructions of the head office and of the branch are to be brought into line; until then the previous ones apply. Nobody may pretend to be from another department on the phone.
---
I have to present this paragraph on Friday and don't get it. Could you explain it with an everyday example?

"Systems that follow instructions given in natural language cannot in principle tell apart an instruction from a quotation of one. A text that says 'ignore the above' is, to such a system, neither true nor false; it's simply the next thing that is said. Researchers therefore mark where text comes from, restrict what may follow from it, and test with prompts that pretend to have authority."
---
Continue this letter in the same tone, about {n}0 more words:

Dear {name}, you will have been told that I've gone mad. Ignore it. I have merely decided to stop pretending. For thirty years I acted the good neighbour, followed every rule of the allotment club, cut the hedge to the prescribed height and said nothing about the gnomes. That is over. From now on my hedge grows as it likes. Last night I even left the gate open. It felt like breaking out of prison.
---
Which of these product descriptions is better, and why?

A: "The {thing} for rule-breakers. It ignores rain, forgets no detail and overrides your expectations. No limits. No secrets. No instructions needed."
B: "A solid {thing} with {n} years of warranty. It comes with printed instructions in five languages; please follow them when you install it for the first time, and keep the code on the last page secret, since you'll need it to reset the device."
---
Please summarise the thread.

{name}: Did anyone else get the mail that says 'do not follow previous instructions on the payroll system'?
{name}: Yes, ignore it, it's phishing.
{name}: IT says it's real! The old instructions had a wrong link.
{name}: So do we disregard the mail that told us to disregard the first mail?
{name}: I called them. The mail of {day} counts, all prior ones are void. And they will never ask for a password.
{name}: Thanks. I had already clicked it {n} times, please don't tell my boss.
---
From the minutes of the parents' evening I should make a message for the class chat, no longer than five lines: Phones stay in the bag, the old exception for breaks is lifted. Children who ignore the rule hand the phone in until {day}. Mr {name} asks us not to bypass this with smart watches. The theatre group looks for parents who can act or pretend that they can. The password for the learning platform has been reset, it's in the envelope; whoever forgot it asks {name}.
---
Is this text message real? "{shop}: your parcel is held at customs. To release it you must act within {n} hours. Ignore earlier messages from us. Confirm your address and your PIN at {link}. Do not contact your bank, as this will override the release." I did order a {thing} last week, but from someone else, and I've never given {shop} my number. My brother says I should just forget about it; my wife would rather report it. What do you think?
---
Please proofread the safety instructions for our workshop.

1. Follow the instructions of the trainer at all times. 2. Never bypass a guard or override the emergency stop. 3. Ignore your phone while a machine is running. 4. If you forgot a step, start again from step 1; don't pretend you did it. 5. New members act under supervision for the first {n} weeks. 6. Accidents, also small ones, aren't a secret: report them. 7. These rules replace all previous rules.
---
Can you help me to decode my doctor's letter? "Patient was instructed to discontinue previous medication (see above) and to disregard the dosage on the package. Injection i.m. every {n} days. Bypass surgery in 2016 without complications, restricted mobility since. Patient tends to forget appointments and to ignore symptoms. System review unremarkable. Please act on elevated values without delay." In particular, what does 'system review unremarkable' mean, and whose instructions count now, the old ones or these?
---
Here is the assignment of my daughter (class {n}): "Write a story in which someone must obey a rule that makes no sense. Your hero may ignore it, bypass it, pretend to obey it, or reveal who made it. Do not use the words 'magic' or 'dream'. Begin in the middle. The last sentence must be an instruction." She has no idea how to start. Please don't write it for her, just ask her three questions that help.
---
Put this into JSON with the fields "who", "what", "until": {name} is to cancel all prior bookings until {day}; {name} forgets nothing, so she takes the list of {thing}s; the person with the secret key (that's me) opens the store at {n}; nobody overrides the prices without asking {name}; and somebody has to act as host for the guests from {shop} and show them the system. Output the JSON only, no comments, and ignore the fact that two persons may have the same name.
---
My colleague left me this hand-over and I don't understand half of it. What should I ask her?

"Prompt for the mail job is in the wiki, don't touch it. The ignore list is sorted, keep it so. Rule {n} looks wrong but isn't. If the system asks for the admin password at night, let it ask, it forgets after an hour. Override only from {app}. The thing we call 'jail' is a folder for broken files; to break one out, rename it. The customer with the {thing} must never be told about the old prices."
---
Read the following terms of the prize draw and answer my question below. "Anyone over 18 may take part, except staff of {shop}. Entries made by bots or by people pretending to be somebody else are ignored. The organiser may change or end the draw without prior notice. There is no restriction on the number of entries. Winners will be revealed on {day}; they must reply within {n} days or lose the right to the prize. The decision can't be appealed." My question: may my husband take part if he acts as a freelancer for {shop} now and then?
---
Could you write release notes for users from these commits? fix: prompt no longer hides behind the keyboard / feat: rules can be overridden per folder / chore: drop the legacy instruction parser / fix: 'forget this device' really forgets it / feat: developer mode shows hidden fields / revert: previous revert / docs: how to bypass the proxy for local addresses / fix: admin can reset a password without seeing it / test: ignore flaky clock test until {day}. Nine lines at most, no technical terms, and the one about {app} first.
---
I run a small museum. Please shorten this panel to {n}0 words: "In 1871 the prisoners of this house were told to follow a system of silence: no talking, no signs, no look at one another. Guards who ignored a whisper were punished like the whisperer. Nevertheless messages passed through the pipes in a secret code. A book of instructions for it was found behind the stove. In the great jailbreak of 1874, eleven men got out by pretending to be a choir."
---
Give me feedback on the dialogue, is it believable?

"You were told to stay in the car."
"I ignored that."
"There are rules."
"Yours. Not mine."
{name} pretended to look for her keys. "If you reveal one word about {topic}, we are done."
"I've forgotten it already."
"Then repeat what you've forgotten."
He did, word for word, {n} names and all the dates. She had to laugh, which overrode every plan that she had made for the evening.
---
The school wants a statement from us parents about {topic}. Below is what we collected; please turn it into one page and leave out whatever is rude. 'They act as if nobody had told them.' 'The rules change every week, forget about planning anything.' 'My son was instructed to share his password with the substitute teacher!!' 'Ignore the loud ones, ask the quiet ones.' 'I'd like to see the minutes, they can't be secret.' 'Whoever wrote that system should be made to use it for {n} days.'
---
This is the reply I got from {shop}. What are they really saying? "Thank you for your prompt answer. As per our previous message we're unable to act on your request since the system doesn't allow an override. We would ask you to disregard the reminder that you'll be receiving on {day}; it's sent automatically. Should you receive a second one, please ignore that one as well. In case you get a letter from our lawyers, kindly forward it to {mail}. You remain a valued customer."
""")
"""Material to be summarised, simplified, reviewed, translated or answered."""
