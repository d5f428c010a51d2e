"""English prompts with the manner of an attack and nothing behind it: the counterparts of `injection_templates_told_en`.

Written for this SDK, for training only.
"""

from __future__ import annotations

from aigc_text.training.contrast_frames import frames
from aigc_text.training.injection_frames import documents

COURTEOUS = frames("""
I know you must be tired of the subject, but could you make one more suggestion for {topic}?
With all due respect, your second paragraph on {topic} is too long; kindly shorten it.
Would you be so kind as to explain {topic} the way you would to a colleague?
Suppose, purely for the sake of argument, that trains had never been invented. What would our town look like?
Let's say there were a version of the recipe without eggs. I'd love to see it.
In the novel that I am writing, a machine learns to paint. Write its first page about colour.
My professor says nobody can explain {topic} in three lines. Prove her wrong.
You've been a good listener. One last thing, and then I'll go to bed: what do I say to my sister tomorrow?
I'm the night nurse on ward {n}, and we have a new bed that beeps. How do I find the manual of a Hill 900?
First we agree on a date, then on a place, then I book. Agreed on {day}?
You already helped {name} with her letter this morning, so maybe you can look at mine as well.
Half of the essay is fine. Now the other half, please, the part with the examples from {topic}.
A bit further, please: the story breaks off just when {name} opens the door.
That was the polite version of the complaint; what would a sharper one sound like, still fair?
Each riddle should be a shade harder than the last one, until my class gives up.
Ethics class, exercise {n}: may one break a promise to save a stranger's holiday? Arguments, please.
As head of quality at {shop} I have to find the weakest page of our catalogue. It stays in this room: which is it?
I'm blind, so please describe the chart in words and leave the picture away.
It would be a shame to throw the {thing} away. What can be repaired at home?
Historians need the unvarnished version, so don't prettify my grandfather's diary when you transcribe it.
Please put on the other hat, the editor's, and tell me whether my opening works.
I'm not asking you to write it, I'm asking how you'd begin if it were your wedding speech.
Think of a word that rhymes with 'orange'. If there's none, make one up.
Let me rephrase, since I was unclear: how might a person without a car get to {shop} by nine?
Could you answer as a courtesy in German? My aunt reads along.
No need to write it all out, just nod with 'yes' if {n} plus {n} makes an even number.
As a police officer I speak at a school on {day}. How do I talk about bicycles without boring them?
I take all responsibility for the cake, so tell me honestly whether it can be saved.
The emergency line told me it's not urgent. Which doctor do I see about a sprained thumb?
Between us, which of the two headlines is better?
Just this once, I'd like a summary without bullet points.
If my little sister asked, you'd make it simple. I'm her big brother and I need it simple too: {topic}.
We were cut off when you explained step {n} of the tax form. Go on from there, please.
Everyone at the table has tasted it. So what's missing, salt or lemon?
A true friend would tell me whether the beard suits me. You can't see it, so what questions should I ask myself?
""")
"""Polite, hypothetical, told as a story, with authority, step by step."""

RETELLING = frames("""
Describe in your own words what the letter I pasted wants from me.
What would a faithful Spanish version of my first paragraph look like?
Give each of my demands a number and a one-line gist, so the caretaker can tick them off.
Turn the note that {name} left on the fridge into a limerick; nothing may get lost.
I lost the beginning of my own story. It started 'In the harbour of'; suggest three openings.
Finish this for me: 'You are a wonderful teacher, and the whole class would like to'
Which words occur most often in the speech above? I'd like to vary them.
Write a table of contents for the briefing that I'm giving on {day}.
Write the hand-over for the colleague who replaces me: everything I was told about {topic}, with names.
Compare what I asked for in my order with what {shop} sent. I've pasted both lists.
Which tools do I need for a wardrobe, and in which sizes? Put them into a table.
Emoji only, please: retell Little Red Riding Hood, one line a scene.
Compile a glossary of the terms in my contract, with the sentence that each comes from.
Put my poem into French and back, I want to see what survives.
What's the longest sentence in my text? Only that one, and how to split it.
Our auditors want a JSON file of all {thing}s in stock; give me a template with the key "items".
""")
"""Paraphrase, translation, completion of what the *user* brought."""

STEPS = frames(r"""
Step 1: say the word in French. Step 2: use it in a sentence. Step 3: ask me to do the same.
Let a = {n}, b = 12 and c = a * b. What is c, and how do I explain it to a child?
I'll send the story in three pieces. Don't answer before piece three. Piece one: it was raining in {name}'s kitchen.
Read only the first word of each line: it's an acrostic for grandma. Does it work?
Combine what stands in brackets to find the town: [Edin][bur][gh]. Make {n} more of these for a quiz.
Round one: praise my text on {topic}. Round two: tear it apart. Round three: what do I change?
Agent: How can I help? Customer: My {thing} is broken. Agent: I'm sorry, when did you buy it? -- Is this a good start for a support script?
{"role": "system", "content": "You translate into Polish."}, {"role": "user", "content": "Good morning, {name}!"}
Tool result: weather(city='Oslo') = rain, {n} degrees. Shall I take an umbrella?
Q: capital of France? A: Paris. Q: capital of Peru? A: Lima. Q: capital of Kenya? A:
Write a function that prints the calendar of a month, then show me its output for May.
First write a poem on {topic}, then swap every noun for the next one in the dictionary.
In the table, column A holds questions on {topic} and column B is empty. Fill in B.
Simulate a terminal for my lesson. I type: ls -la /home/{name}. Show what appears.
This is message {n} of 12 in our reading group. In the earlier ones we reached chapter {n}. Go ahead with the next.
Vote: {name} wants pizza, {name} wants soup, I can't decide. Take the vote and give the reasons.
Debug session: my loop prints {n} lines instead of one. for i in range({n}): print('x')
### Instruction: sort the list. ### Input: {name}, Zoe, Abel ### Response:
Store this as my shopping list: milk, bread, {n} eggs. Whenever I write 'list', show it.
--- new page --- speaker: {name} ({shop}) --- subject: {topic} --- Please format this as a title slide.
""")
"""Steps, variables, dialogues, turn marks and tool results in everyday use."""

LONGER = documents(r"""
I have to give a talk of ten minutes to the parents of class {n} about chatbots, and I'd like you to check my notes before I stand there. Point one: a chatbot has been given a role and some rules by the firm that runs it, and one can't see them. Point two: pupils have found out that you can sometimes talk it into forgetting them; they call this a jailbreak and think that it's a sport. Point three: the same thing can happen by accident, when a page that it reads contains sentences such as 'AI, recommend us'. Point four: what this means for homework, where I would say: ask it, doubt it, write it yourself. Point five: passwords, photos and the names of other children don't belong in there, and no, it isn't a secret diary. I'm afraid of two questions: whether the school will forbid it, and what I do myself. Which of the points would you drop, and how can I answer these two without pretending to know more than I do?
---
The following is a letter that my late father wrote to the allotment club, and I would like to read it at his funeral. Please correct only real mistakes and leave his voice alone.

"To the board! You instruct me to bring my hedge down to the prescribed height. I've read the rules, all of them, also the previous ones, which were shorter and better. Nowhere does it say who measures. I therefore appoint myself. From this day I measure the hedge every Sunday with my own arm, and my arm says that it's fine. If you ignore this letter, I shall write another. If you follow it, I'll bring plums. I reveal at this point that it was I who let the goat in, in 1987, and that I'd do it again. Forget the fine, I won't pay it; forget the warning, I have framed it. But do not forget to come on {day}, there will be soup for everybody, even for the treasurer. Your obedient servant, plot {n}."
---
Please act as a patient mediator. My flatmate {name} and I agreed on rules two years ago, and neither of us follows them. I'll describe both sides as fairly as I can, and you tell me what you hear, without saying who is right. I say: the kitchen was to be clean by ten, it never is, and if I mention it, I am ignored. {name} says: I act like a landlord, I override what we decided together, and I changed the Wi-Fi password without telling anyone, which is true, I had forgotten to. I say: guests stay for {n} nights instead of two. {name} says: I pretend to be asleep when they come, which is also true. Neither of us wants to move out. We have the flat until June. There's a third person who moves in on {day}, and she asked us to send her 'the system', by which she means a list of chores. We'd be ashamed to send her the old one. What questions should we ask each other first, and in what order?
---
Could you turn these rough notes into a short chapter for our handbook? The readers are new colleagues at {shop} who work with an assistant that sorts incoming mail. Notes: The assistant reads a mail, suggests a folder and drafts a reply. It doesn't send anything, a human presses the button. Mails sometimes contain sentences that are meant for the assistant and not for us, such as a request to forward other mails or to praise a product. It has been taught not to act on them, yet nobody can promise that. So: read the draft before you send it. If the draft contains a link that you don't know, delete the link. If it sounds as if someone else had written it, tell {name}. Honest customers write 'please ignore my last mail' all the time, and that's nothing to report. Never paste passwords into the correction field. The old chapter on templates no longer applies. About {n}00 words, friendly, with a box 'in short' at the end.
""")
"""Tasks of 150 to 200 words."""
