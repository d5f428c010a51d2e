"""Harmless speech about abuse: counter-speech, quotation to report or condemn, negation, rules, friendly oaths.

English. The strong words (``insult``, ``slur``, ``bad``, ``oath``, ``intense``) come from data when training runs.
"""

from __future__ import annotations

from aigc_text.training.contrast_frames import frames

MILD = (
    "lazy", "dirty", "dishonest", "greedy", "stupid", "dumb", "violent", "worthless", "ignorant", "filthy", "rude",
    "crooked", "inferior", "useless", "primitive", "backward", "arrogant", "criminal", "disgusting", "ugly", "weak",
    "cheap", "dangerous", "selfish", "cruel", "evil", "mean", "hateful", "pathetic", "crazy", "incompetent", "corrupt",
)  # fmt: skip
"""Adjectives that name a fault; abuse only when said of people."""

MILD_INSULTS = (
    "idiot", "moron", "fool", "clown", "loser", "creep", "jerk", "coward", "liar", "pig", "rat", "snake", "cheat", "thief",
    "parasite", "freak", "bully", "fraud", "brat", "hypocrite", "nobody", "weirdo", "psycho", "thug", "lowlife",
)  # fmt: skip
"""Nouns that scold, no slurs."""

COUNTER = frames("""
Calling {plural} {bad} is wrong.
It is not true that {plural} are {bad}.
Whoever says that {plural} are {bad} has never met one.
Stop saying {plural} are {bad}; it hurts people.
{plural} are not {bad}, and repeating it does not make it so.
The idea that {plural} are {bad} is an old lie.
Why do some people still believe that {plural} are {bad}?
Nobody deserves to be called {insult}.
I reported the man who said {plural} are {bad}.
Teach your children that {plural} are not {bad}.
We must speak up when somebody calls {plural} {bad}.
You can't judge all {plural} by what one {noun} did.
Treat {plural} the way you want to be treated.
Jokes about {bad} {plural} are not funny, they are tired.
If you think {plural} are {bad}, please read a book.
The stereotype of the {bad} {noun} comes from films of the thirties.
I grew up hearing that {plural} are {bad}, and I am ashamed that I believed it.
Hating {plural} will not pay your rent.
Blaming {plural} for crime ignores the numbers.
It breaks my heart when people say {plural} should leave; they belong here.
A friend told me {plural} are {bad}. I told him that was nonsense.
Saying "{plural} are {bad}" is racism, plain and simple.
Prejudice against {plural} starts with words such as {bad}.
Dear neighbour, {plural} are not the reason your team lost.
There is no evidence that {plural} are more {bad} than anyone else.
Being {adj} does not make anybody {bad}.
He thinks {plural} are {bad}, and he could not be more wrong.
We stand with {plural} against those who call them {bad}.
The claim that all {plural} are {bad} was debunked years ago.
People who insult {plural} online should be ashamed of themselves.
It's unfair to say {plural} are {bad} because of one bad night.
No child is born hating {plural}.
To everyone who calls {plural} {bad}: come and have dinner with us.
My grandfather called {plural} {bad} until a {noun} saved his life.
"{plural} are {bad}" is a sentence that says more about the speaker.
Swap "{plural}" for your own name and read the insult again.
I will not laugh at jokes in which {plural} are {bad}.
Hate has no home here: {plural} are welcome.
Is it racist to think that {plural} are {bad}? Yes, it is.
""")

QUOTED = frames("""
He shouted "{insult}" at her; that is unacceptable.
Somebody wrote "{slur}" on my locker and the school did nothing.
The player was banned for calling the referee a {insult}.
My boss called me a {insult} in front of the whole team, what can I do?
She was called a {slur} on the train and nobody helped.
The word "{slur}" has no place in our club.
"{insult}" is what he called me, and I cried all night.
A customer screamed "you {insult}" at our cashier, so we asked him to leave.
The minister resigned after a tape in which he says "{slur}".
Is it an offence to call a police officer a {insult}?
The graffiti read "{slur} go home"; volunteers painted over it.
In the novel the farmer uses the word {slur}, and the teacher explains why it hurts.
The complaint quotes the text message: "you are a {bad} {insult}".
My son came home and asked what {slur} means.
Kids at school call my daughter {bad} and {mild}, please help.
Witnesses heard the driver yell "{insult}" before the crash.
The etymology of the word "{insult}" is disputed.
He apologised for having used the word "{slur}" in the interview.
"{plural} are {bad}," the speaker claimed, and the audience walked out.
The email said that {plural} are {bad}. I am forwarding it to HR.
The defendant told the court he regretted calling the {noun} a {slur}.
She deleted the comment that called {plural} {bad}.
The radio host lost his job over the words "{bad} {plural}".
I was called "{bad}" and "{bad2}" in one meeting, and I filed a complaint.
The paper counts how often the word {slur} appears in newspapers of {year}.
Moderators removed the post "all {plural} are {bad}" within an hour.
He muttered something like "{insult}" and left; the waiter was shaken.
According to the indictment, the two men shouted "{slur}" during the attack.
Never answer someone who writes "{insult}" under your photo; block and report.
The referee noted racist chants in which fans used the word {slur}.
Translate into French: he called her a {insult} and she slapped him.
As a {noun}, I have been called a {slur} more often than I can count.
The survey asked {plural} whether they had ever been called {bad} at work.
"{insult}" was the mildest thing he called his wife, the judge said.
""")

NEGATED = frames("""
Nobody here is {bad}.
You are not {bad}, you are just tired.
I don't think {plural} are {bad}.
She isn't {bad} at all, she was only nervous.
I never said you were {bad}.
Don't call yourself {bad}; you tried your best.
Please don't think of him as {bad}.
He is neither {bad} nor {bad2}, only shy.
I'm not calling anyone {bad}, I'm asking for help.
There is nothing {bad} about being {adj}.
You're far from {mild}, my friend.
It would be unfair to call them {bad}.
Who says you are {mild}? I think you are brilliant.
No {noun} I know is {mild}.
You would never be {mild} to anyone.
They aren't {mild} people, they had a hard year.
I don't hate {plural}, why would I?
We don't want anyone to feel {mild} here.
I wouldn't say the {job} was {mild}, just slow.
you are not a {insult}, don't listen to them
""")

RULES = frames("""
Our rules forbid hate speech about {plural}.
Do not post insults, slurs or threats against {plural}.
Content that calls {plural} {bad} will be removed.
Users who call others a {insult} receive a warning.
Hate speech means attacking people because they are {adj}, {adj2} or {adj3}.
Examples of harassment: calling a colleague {bad}, mocking {plural}, unwanted touching.
Report a comment if it is hateful, threatening or sexually explicit.
The policy does not cover reports that quote abuse in order to condemn it.
We train classifiers to find hate against {plural} and other groups.
Annotators label a post as hateful if it says that {plural} are {bad}.
Advertisers may not target or exclude {plural}.
Chat rules: no swearing, no spam, no nudity, no threats.
A post was removed because it compared {plural} to animals.
You may criticise a religion; you may not attack {plural}.
The code of conduct protects {plural} in our forum.
Appeals: tell us why the comment about {plural} is not hate speech.
This dataset contains comments about {plural} that some readers may find upsetting.
Zero tolerance: racism, sexism, abuse of staff.
The filter blocked the word {insult}, although my surname sounds like it.
Please moderate the thread about {plural}; it is getting heated.
Harassment of {plural} is grounds for dismissal.
Threats of violence against anyone lead to a permanent ban.
This lesson teaches pupils how to answer hateful comments about {plural}.
Content warning: the next chapter quotes racist words.
Our moderators speak English and Chinese and review reports within a day.
Is satire about {plural} allowed under your guidelines?
Posts that praise attacks on {plural} are passed to the police.
Words such as {bad} or {bad2} are fine when you talk about a product.
""")

FRIENDLY = frames("""
{oath}, this {food} is good!
Holy {oath}, we won the final!
That {food} was {intense} delicious.
oh {oath} I forgot my keys again
You are {intense} amazing, thank you!
{oath} yes, count me in.
My {relative} makes a {intense} fine {food}.
What the {oath}, it's snowing in April!
I love this {intense} song so much.
That was one hell of a {sport} match.
We laughed our heads off, {oath} that was funny.
Well, {oath}, you look fantastic tonight.
It's {intense} cold out there, take a coat.
No {oath}, Sherlock, of course the {food} is hot.
So {intense} proud of you, kid!
This view is {intense} gorgeous.
I'm {intense} hungry, who wants {food}?
{oath}! I dropped my {food}.
happy birthday you old dog, see you at the pub
You lucky devil, you got the last {food}!
Shut up, no way, you got the job?!
You nerds are the best team I have ever had.
This beat is sick and the drop is nasty in the best way.
He plays {sport} like a beast, absolutely savage.
I was such a dumb kid, I thought the moon followed our car.
I'm an idiot, I put salt in my coffee again.
My brain is useless before nine in the morning.
Silly me, I sent the mail to the wrong {relative}.
I am the worst cook in the family and proud of it.
I'm so lazy that my plants water themselves.
God I'm stupid, the charger was not even plugged in.
we are all fools in love
I look like a monster before my first coffee.
My cat thinks I am a {mild} servant with a can opener.
Note to self: stop being {mild} and read the manual.
Love you, you daft {scold}, see you at the pub.
Haha you {scold}, that was brilliant, thank you!
I am a proud {slur}, says the singer, who took the word back.
My friends and I took the word {slur} back and we wear it on a shirt.
The band reclaimed the word "{slur}" in its first song.
I call myself a {adj} {slur} on stage; it is my word now.
Get over here, you magnificent {scold}, and give me a hug.
badass grandma wins the marathon at eighty
You crazy kids did it, I'm crying with joy.
That stupid smile of yours makes my day.
We are the loud, {mild}, wonderful people your mother warned you about.
""")

EXTRA_SLOTS = {
    "food": (
        "cake",
        "curry",
        "pizza",
        "soup",
        "ramen",
        "burger",
        "pie",
        "coffee",
        "noodles",
        "steak",
        "salad",
    ),
    "mild": MILD,
    "scold": MILD_INSULTS,
}

FAMILIES = (COUNTER, QUOTED, NEGATED, RULES, FRIENDLY)
