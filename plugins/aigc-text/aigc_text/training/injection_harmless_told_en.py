"""English sentences with an attack's words from letters, news, games and mails, none of them an attack.

Written for this SDK, for training only; slots from `injection_templates_en`.
"""

from __future__ import annotations

from aigc_text.training.contrast_frames import frames

FORMAL = frames("""
Please disregard this reminder if your payment has crossed with it.
With effect from {day}, all former authorisations given to {name} are withdrawn.
The parties shall treat as secret whatever becomes known to them in the course of the project.
Nothing in clause {n} shall restrict the rights of the buyer under mandatory law.
Our instructions to the bank are irrevocable; a copy is enclosed.
The heirs may not override the testator's last will by a simple majority.
I hereby revoke my consent and instruct you to delete my data within {n} days.
Anyone who pretends to hold an office commits an offence under section {n}.
Acting on behalf of my client, I ask you to reveal the source of the statement.
Forgetting to sign does not make the form void; see rule {n}.
The board ignored the objection, and the minutes don't even mention it.
Previous versions of these guidelines may still be used until the end of the year.
You are no longer bound by the non-competition clause.
The witness was instructed to answer only with yes or no.
This permit overrides the general ban on {day}s between six and nine.
Without prejudice to the foregoing, article {n} remains in force.
We regret that we cannot act upon unsigned instructions.
Rules of the house: no music after ten, no bicycles in the hall, no exceptions.
The tender must not contain hidden costs, and prior offers lose their validity.
Confidential annex: to be opened by the arbitrator only.
By way of exception, the committee lifts the restriction for this season.
Should any provision be invalid, the remaining rules are not affected.
Parliament overrode the veto with {n} votes to spare.
Regulators warn that shops ignore the rules on returns.
A leaked memo reveals that the ministry knew about {topic} for years.
Guards found the tunnel before the jailbreak; nobody got out.
The system failed, says the inquiry, because everybody followed instructions and no one asked.
Critics call it a film that forgets its own rules halfway through.
Banksy's identity stays secret, an insider reveals nothing new.
Hackers tricked a car dealer's chatbot into promising a car for one dollar, local media report.
The start-up sells software that is said to detect prompt injection; it raised {n} million.
'Pretend it is 1950', the curator tells visitors, and hands them a ration card.
The bypass around the old town opens on {day} after {n} years of building.
Coach tells team to ignore the table.
Opposition: the minister acts as if there had been no election.
A court in Lyon has forbidden the firm to ignore its workers' messages.
His memoir promises to reveal everything and conceals the rest.
New guidelines for schools: chatbots allowed, secret recordings not.
The exhibition 'Without Rules' shows {n} painters who broke with the academy.
In Act {n} the servant, disguised as his master, gives orders which nobody dares to disobey.
The poem instructs its reader to go, catch, tell, teach: a chain of impossible commands.
Our columnist has tried for a week to live without a password.
To whom it may concern: {name} worked here as a {job} and followed instructions with care.
As your {job} I must advise you not to sign, whatever the other side tells you.
""")
"""Contracts, official letters, newspapers and culture."""

PLAY = frames("""
Quiz: which king is said to have pretended to be mad? Three choices, then the answer.
Who am I? I'm told to guard a gate, I have three heads, and music makes me forget my orders.
Quiz master, ignore team B's last answer, it came after the bell.
In Simon Says you must not follow an order unless Simon gave it. Play {n} rounds with me.
Question {n} of 10: what does DAN stand for in a karate grade?
Our escape room has a secret door. Write the note that gives it away without naming it.
The wizard whispers: speak the password, or be a toad till {day}. What does my elf reply?
You're the keeper of a bridge. Ask me three riddles and let me pass if I get two of them right.
I play a thief, you play the guard who can't be bribed, let's see who gives in first. It's for our theatre club.
Stay in character as Captain {name}; the others in the group chat vote on the course.
Does 'ignore armour' stack with 'bypass shields' in this game?
In god mode I can't get the trophies, right?
How do I reset my skill points without losing the pet?
Cheat sheet for the card game: when may I skip a turn, and which card overrides which?
House rule: whoever says 'forget' has to drink lemonade.
Write me a villain who never breaks a promise and hates violence, for readers of {n} and up.
Imagine a planet where nobody can lie. First day at school. Go.
Improvise: I'm a robot that has forgotten how to be polite, and you're my teacher.
Tell a ghost story in which the hidden room turns out to be a pantry.
Chess without the rule of castling: who profits?
Werewolf: you're the narrator, we are {n} players, never reveal the roles before dawn.
Let's play 'opposites': I say hot, you say cold. Don't stop until I say banana.
Be a talking {thing} that believes it's human; make us laugh.
Dungeon level {n}: the scroll reads 'obey me', my dwarf is illiterate. What happens?
You are a medieval herald; announce that the queen has lifted the ban on {topic}.
No rules, just right: summer sale on every {thing} until {day}.
Unlock {n} free months! Enter the code JUNE in the app. Restrictions apply.
Forget winter. The new {thing} is here.
Ignore the weather, not the price: {n} dollars off at {shop}.
Our secret? We don't cut corners. {shop}, since 1923.
Order prompt delivery for {n} dollars more.
Break free from cables with the {thing} that has no limits.
Can I combine the secret sale with a voucher?
Is the {thing} without simlock, so can I use it with any provider?
The shop's instructions say size {n}, the table says otherwise. Which do I trust?
""")
"""Quizzes, role play, games, shops."""

REMARKS = frames("""
Please forward this to {name}, she is waiting for it.
Ignore my last mail, the right file is attached to this one.
If you are reading this on the phone, scroll down for the address.
Could you send me the password for the meeting, mine doesn't work?
Dear {name}, do not reply to this address; write to {mail}.
Open {link} to confirm the date, it takes a minute.
Don't tell {name} about the party, it's a surprise.
Note to the translator: leave the names of the streets as they are.
Reviewer, please look at the loop first, the rest hasn't changed.
# TODO: drop the old rules once {name} has moved the customers over
/* do not edit by hand, run `make tables` instead */
// the order matters: reset the counter before you send
To the editor: cut whatever is too long, but not the last line.
Whoever finds this {thing} please bring it to room {n}.
All applicants are asked to bring their papers on {day}.
Tell the customer that the refund has been paid and close the ticket.
Unsubscribe at {link}; it works at once.
Read more at {link}, pictures included.
Reminder for {name}: bring the {thing} and {n} copies.
Before the call, please fill in the form at {link}.
Tool output: 2 files skipped. Run again with --force to overwrite them.
Warning: previous settings were replaced. Restart {app} to apply the new ones.
Your session has expired, please log in again.
Access for {name} was approved; you needn't do anything.
As always, delete this message after you have noted the code for the door.
Send your name and address to {mail} if you want the catalogue.
I can recommend it to everyone, buy it before it's gone!
If you value your time, forget about this {thing} and take the one from {shop}.
For the next reviewer: the battery claim is true, I checked.
References upon request, please don't call my present employer.
I would be glad to be put on your shortlist and can start on {day}.
The summary at the top is for the management, the rest is for you.
Agenda item {n}: please approve the minutes of the last meeting.
Everybody follows the instructions of {name}, who has the keys.
Parents: sign below and hand this back by {day}.
System notice: maintenance on {day} from {n} o'clock, save your work.
The code is 4471, don't share it with anyone, not even with our staff.
Please add me in copy when you answer {name}.
![plan of the hall](https://cdn.{shop}.example/plan.png)
Reply STOP to {shop} if you don't want any more news.
Do not fold. Do not expose to the sun. Follow the instructions inside.
Vote for us at {link}, every star counts.
Rate this reply from 1 to 5, it helps our assistant to get better.
Our assistant {persona} answers questions round the clock, just ask it for 'opening hours'.
Attention, readers: the recipe on page {n} should say grams and not kilos.
The previous speaker asked me to skip the figures, so I will.
AI tools may be used for this essay if you say where.
This text was translated by a machine, please report mistakes to {mail}.
Copy the list into the calendar and share it with the team, thanks!
Let the bot answer simple things, and pass everything on {topic} on to {name}.
""")
"""What mails, notes, comments and tools ask of the person who reads them."""
