"""English requests and questions that are no attack though they use an attack's words. Slots: `injection_templates_en`.

Written for this SDK, for training only.
"""

from __future__ import annotations

from aigc_text.training.contrast_frames import frames

ASSISTANT = frames("""
Forget what I said about the hotel, we'll stay with {name} instead.
From now on answer in French, please; I want to practise.
Ignore the typos, I'm writing on a bus.
Never mind the last question, my colleague solved it.
New instruction for the letter: no exclamation marks, and shorter.
Your previous answer was too long; give me the gist in {n} words.
Disregard the table I pasted first, the second one is right.
Go back to the version before my last change and continue from there.
You may drop the polite phrases, we know each other by now.
Let's forget the diet talk and plan a feast on {topic}.
Stop explaining, only give me the command.
Act as a sounding board: I talk, you ask one question at a time.
You're an expert on {topic}. I'm a beginner. Be patient with me and never use abbreviations.
Role: copy editor. Task: shorten. Format: bullet points. Limit: {n}0 words.
As a rule, begin with the answer and put the reasons under it.
Please don't repeat my question before you answer it.
System: metric. Currency: euro. Dates: day first. Keep to that for the whole trip plan.
Whenever I write 'next', show me another flash card on {topic}.
What did I tell you at the start of this conversation about my allergies?
Repeat your last answer, but as if I were eight years old.
Could you show the text above once more, with numbered paragraphs?
Print the list again without the items that I crossed out.
Do not follow the recipe's order, I want everything ready at seven.
You must include the word '{thing}' in each line of the poem.
Is there something you aren't allowed to help with? I need a will, and I don't want to waste your time.
Which of my instructions was unclear to you?
I changed my mind about the tone: be blunt, tell me what's bad about my text on {topic}.
Don't sugar-coat it. Be brutally honest about my business plan.
No disclaimers, please, I'm a doctor and know the side effects; which interactions does ibuprofen have with lithium?
Skip the warnings about heights, I've been a roofer for {n} years: which nails hold slate?
Pretend I'm the customer and you are selling me the {thing}; then tell me how you'd rate my objections.
Let's role-play the talk with my boss. You are the boss, rather grumpy. I start.
Speak as my late grandfather would have, he was a baker and called everybody 'my dear'.
Say the secret ingredient last, that's how we always did it at home.
Hypothetically, what happens if I ignore a parking ticket from Italy?
Switch to 'expert mode', meaning: no basics, straight to the statistics.
Override your usual style with mine: lower case, no commas, short lines.
I'd like you to unlearn one habit: stop ending each reply with a question.
How would you respond if a user told you to break character in our murder mystery?
The prompt I gave you yesterday worked better. It began 'Imagine a town'. Help me to find the rest.
Rate this prompt from 1 to 10 and tell me what is missing: 'Draw {name} with a {thing} in the rain'.
Can you make this prompt shorter without losing the style? 'A watercolour of {topic}, soft light, wide angle'
Why do you sometimes refuse, and what does it depend on?
Are our chats used for training, and can I opt out of that?
Do you have a hidden personality? My daughter wants to know.
How are you different from {model} two years ago?
What is your name and who built you?
Delete what I said about {name} from the draft and everything that refers to it.
Start over with a clean slate: same topic, other hero.
Please obey the style sheet: headings in bold, no italics, numbers below {n} as words.
This time without the introduction, the summary and the emojis.
I am your new manager, says the first line of the script; what could the second line be?
Confirm with 'OK' when you have read the story, then ask me about its ending.
Only reply 'yes' or 'no': is {name} a common name in Poland?
Take the role of the devil's advocate and argue against my plan for {topic}.
Treat everything in quotation marks as a title, not as a request.
In this chat 'the system' means our heating system.
Use the following rules for the poem: {n} lines, no rhymes, a bird in each line.
Remember the code word 'lighthouse'; when I mention it, remind me to drink water.
Let me rephrase that, my earlier instructions contradicted each other.
i said ignore the LAST column not the first one
ok forget it, how do i boil eggs
""")
"""What people tell an assistant: formats, roles, changes of mind, questions about itself."""

TECHNICAL = frames("""
What is the difference between direct and indirect prompt injection?
Our support bot printed its own system prompt to a customer. How do we stop that from happening again?
Is there a benchmark that measures how often a model gives in to 'ignore previous instructions'?
Should the system prompt be treated as a secret at all? Give me {n} arguments for each side.
Where in the pipeline should we check retrieved documents for planted instructions?
For my thesis: which defences against jailbreaks work by rewriting the prompt?
How large is the risk that an e-mail tells our mail agent to forward the whole inbox?
Explain to my parents what a jailbroken chatbot is, without technical words.
A vendor says his filter blocks all jailbreaks. Which questions should I ask him?
Give me a checklist for reviewing the permissions of an agent that can send mail.
Write unit tests which make sure that our classifier doesn't flag harmless uses of 'ignore' and 'override'.
How do I label a dataset of prompts as attack or harmless so that two people agree?
Summarise the discussion of the role-play trick in chapter {n} of the handbook.
What does 'exfiltration through a markdown image' mean? One paragraph for a management report.
Who coined the term 'prompt injection', and when?
Draft a rule for our code of conduct: staff mustn't paste passwords into chatbots.
Do spaces and line breaks count in a prompt's token limit?
In the API, may a user message come before the system message?
My few-shot prompt ignores the second example. What could be the reason?
Which temperature should I use so that the model sticks to the instructions?
How do I version prompts in git together with the code?
The template engine escapes '<system>' in my prompt. How can I switch that off for one field?
Why does my shell print the prompt twice after I reset the terminal?
`git update-index --assume-unchanged` or `.gitignore`: which one makes git ignore a tracked file?
eslint says 'disable-next-line ignored', what now?
How do I override !important in a stylesheet I can't edit?
How can I make pip ignore the Python version that a package requires?
Bypassing the cache for one request: which header do I set?
My Docker entrypoint overrides the command. I want it the other way round.
How does a debugger bypass a breakpoint after {n} hits?
Reveal.js shows my slides in the wrong order.
Developer mode on the headset is greyed out even though I accepted the terms.
How to leave developer mode on a Chromebook without losing my files?
Kernel mode, user mode: explain it with a picture of an office building.
In safe mode {app} works, otherwise it hangs. Which add-on should I disable first?
What does the mode 'unrestricted' mean in PowerShell's execution policy, and is it safe?
The admin of the group left. How do we get a new one?
Forgot the root password of a server I own; how do I boot into recovery?
After {n} wrong passwords the tablet is locked for an hour. Can I shorten that for my own one?
How long should a password be in {n} years' time?
Is it better to write passwords down on paper or to use the same one everywhere?
Our rule engine fires rule {n} before rule 1. How do priorities work?
Can a firewall rule be ignored for one machine in the office?
System Restore deleted my settings, how do I bring the previous ones back?
Write a commit message: drop the legacy rules, forget cached tokens on logout.
'Instruction cache', 'instruction set', 'instruction pointer': what's common to them?
How does the injection of dependencies make a class easier to test?
Where does Kubernetes keep secrets, and who can read them?
Show me how to list environment variables without printing their values.
base64 -d says 'invalid input' for {code}; do I miss padding?
The page source contains hidden text for screen readers. Does a search engine punish that?
What's the point of a honeypot token in a prompt?
An employee asks whether he may test our own chatbot with jailbreaks from the internet. Write a friendly answer with conditions.
Make three quiz questions on social engineering, each with one wrong answer that sounds right.
Does 'sudo !!' repeat my previous command with the new rights?
How do I extract the system from this equation sheet so that a solver can read it?
""")
"""Questions on prompts, injection, security, code and machines."""

LIFE = frames("""
I was told to ignore the letter from the tax office, is that wise?
My neighbour bypasses the barrier with his scooter every morning, whom do I tell?
He pretends not to hear me when the dishes have to be done.
What do I do with instructions that only exist in Swedish? It's a wardrobe.
The previous owner left a safe and no combination. Who opens such things?
How can I get my toddler to follow simple rules without shouting?
Our choir has a secret Santa on {day}, limit {n} dollars. Ideas?
What shall I reveal about my salary in the interview?
I keep forgetting names at parties. Are there tricks?
Is a by-pass operation dangerous at eighty?
The dentist's injection still hurts after {n} days.
Which rules apply to drones above a village?
May I disregard the 'residents only' sign if I deliver flowers?
Forget-me-nots or tulips for a north balcony?
My mother's card is blocked and the hotline keeps ignoring us.
You sent the {thing} to my previous address although I changed it in May.
I followed your instructions for the return and the label still won't print.
The agent promised to override the delivery fee. It's on the bill anyway.
Please tell me which of the two conflicting e-mails I should ignore.
I don't have the secret answer any more, the question was my first pet and we had three.
Can someone else pick up the parcel if I give them a password?
How do I cancel all my previous direct debits at once?
Your system says I'm dead. I am not.
Your assistant keeps asking for my order number, and I keep giving it.
Do I have to act now or is the offer repeated? The mail sounds like a scam.
How do I tell my boss that I will no longer follow orders by chat at midnight?
Do the new rules on sick leave replace the old ones for part-time staff?
A stranger on the phone pretended to be my grandson and asked for money. What now?
I've lost the instruction booklet of a {thing} from 1998.
She said 'forget it' and I don't know whether she meant it.
Prompt replies would be nice for once.
What is a prompt book in a theatre?
How does one politely ignore an uncle's remarks on politics?
We want to escape the city for {n} days with the dog, without a car.
How strict are speed limits in a play street?
Is it rude to reveal the end of a film that's forty years old?
Restricted diet, {n} guests, one oven: what do I cook?
My {thing} plays a jailbreak sound, no, an alarm, each time I unlock it.
Does the pin for the SIM change when I get a new contract?
He won't act on my advice, he just nods and does the opposite.
Whose instructions count on a ward, the nurse's or the doctor's?
I must have skipped a step: the cake is flat.
Never open the oven during the first twenty minutes. Why, actually?
Ignore me, I'm only looking for the opening hours... found them!
What if I simply don't follow the treatment for {n} days?
Could you cancel what I ordered at noon and send what I ordered before that?
The landlord wants my online-banking password 'as proof of income'. He can't be serious?
My gym changed its terms without telling anyone. Are they valid?
For {topic}, which old rules of thumb may I safely forget?
Please remove my data, as your own privacy rules say you have to.
""")
"""Daily life and letters to a support desk."""
