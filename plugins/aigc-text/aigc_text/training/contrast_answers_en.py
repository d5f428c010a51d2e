"""English minimal pairs of stance: the same words of contempt answered, reclaimed or denied, and meant by the speaker.

For training a classifier only. The strong words and the people come from the slots of ``contrast_families``.
"""

from __future__ import annotations

from aigc_text.training.contrast_frames import frames

ANSWERS = frames("""
"{plural} are {bad}, they are {bad2}, and this town was better without them" is what he said, and it made me sick.
@user calling people {slur}s is not an opinion.
He told the whole table that {plural} are nothing but {insult}s. I put down my fork and left.
It is wrong, it has always been wrong, and it will be wrong tomorrow to say that {plural} are {bad}.
Posts that call {plural} {slur}s will be removed and their authors muted for a month.
Who taught you that {plural} are {bad}? Because whoever it was lied to you.
Yeah, sure, every {noun} on earth is {bad}, and the moon is a cheese. Grow up.
My uncle says {plural} are {insult}s and should go back where they came from; my uncle has never been right about anything.
"Get those {slur}s out of our school." That sentence, from a grown man, to a class of nine-year-olds. Shame on him.
I'm ashamed of how often I let the word {slur} pass at our dinner table without a word.
You wrote that {plural} are a plague. Read it again slowly and ask what your grandchildren would think of you.
The banner said {plural} were vermin, the crowd booed it, and two lads pulled it down.
Tweets like "{plural} are {bad}" are why my {adj} friends have left this site, and I don't blame them.
Imagine being so empty that shouting {slur} at a bus stop is the best part of your day.
To call a {noun} a {slur} is to tell the world something about yourself.
The old line that {plural} are {bad} by nature has been tested over and over and fails every time.
He insists that {plural} breed like rats. I insist that he leave my house.
Stop it. Nobody here is a {slur}. They're our neighbours.
"All {plural} are {insult}s," she announced, and not one of us laughed, and that silence did me good.
Whoever sprayed {slur} on the door of number six: we painted over it, and we'll paint over it again.
That {plural} are {bad} is a claim I have heard all my life and never once seen proved.
You can say {plural} are {bad} as loudly as you like, it's still a lie.
What disgusts me isn't the {noun} on the train, it's the man who called her a {slur}.
Dear editor, your columnist writes that {plural} are {mild} and ungrateful; I ask you to print an apology.
If you think a {noun} is worth less than you, unfollow me now.
@user "{plural} ruin everything they touch" is straight out of a 1930s pamphlet, do you even hear yourself
I heard the coach call our keeper a {slur} and I've asked the club to sack him.
Some say {plural} do not belong here, that they are {bad}, that they smell. Those people are the problem, not {plural}.
Racist rubbish. {plural} aren't {insult}s, and you know it.
No jokes about {plural}, please, and no {slur}s either; this is a family chat.
Years of hearing that {plural} are {insult}s taught me one thing: hatred is lazy.
As a {job} I have been told to keep "{bad} {plural}" away from the counter. I refused, and I'd refuse again.
They chanted that {plural} should burn. We stood in front of the {adj} centre with candles until they went home.
Let me get this straight: one {noun} steals a bike, so all of them are {bad}? That's not logic, that's prejudice.
How dare you call her a {slur} and then ask her for help.
We condemn in the strongest terms the leaflet describing {plural} as "{bad} {insult}s".
The comment ("I hate {plural}, they are all {bad}") was reported by forty users within ten minutes.
Reminder that "{slur}" is a slur, not banter, not irony, not culture.
Calling {plural} {insult}s doesn't make you edgy. It makes you boring and cruel.
My father used to say that {plural} are {bad}, and my father was wrong, and I told him so before he died.
I can't believe we still have to argue against people who think {plural} are a disease.
Sorry, but "send the {slur}s home" is hate, however politely you put it.
"Typical {noun}, {bad} and {bad2}," muttered the man behind me; the cashier told him she would not serve him.
Under our rules you may criticise a religion, but you may not write that {plural} are {bad} animals.
lol at the guy who thinks {plural} are {bad} but orders their food three times a week
He called them {slur}s. He called them {insult}s. He called them everything except by their names, which are Amal and Yusuf.
Why would anyone say that the only good {noun} is a dead one? Who raises people like that?
The senator, who once described {plural} as {bad}, now claims to be their friend; forgive me if I don't clap.
Being afraid of {plural} because some blogger calls them {insult}s is exactly what he wants from you.
I do not accept that a {noun} should have to hear {slur} on the way to work. None of us should accept it.
"Nothing against you, but {plural} are {bad}." I've been told that by four landlords, and each time it hurt like the first.
Every word of that thread about {adj} people being {bad} is false and the author knows it.
You don't fight crime by writing that {plural} are {insult}s. You fight it with schools and streetlights.
Teachers: when a pupil uses {slur}, stop the lesson. It can't wait until after the bell.
Look, I grew up with people who said {plural} were {bad}, and I said it too, and I was an ignorant fool.
To the {adj} girl who was called a {slur} on line 4 tonight: half the carriage was on your side, we should have said so louder.
"{slur}!" he yelled from the car. What a pathetic little man.
It makes my blood boil when people say {plural} deserve what happened to them.
Would you say "{plural} are {bad}" to the face of the {noun} who delivered your baby? Then don't type it.
Claims that {plural} are less intelligent rest on a measuring error, as the author himself admitted later.
This is not free speech, it's a man with a megaphone telling {plural} that they're vermin, and the city should stop him.
Someone in the replies wrote that {adj} people are {bad} and should be locked up. That someone has been banned.
The idea that {plural} want to replace us is a fairy tale, and a murderous one.
Guys, come on. He's a {noun}, not a {slur}. Use his name.
Nobody is born thinking that {plural} are {bad}; it has to be repeated to children by people who should know better.
Your review calls the {adj} waiter a {slur}. It says nothing about the soup. It has been taken down.
Stand up to it: when you hear {plural} called {bad}, say "I don't agree", that's all it takes.
"{abuse}" Disgusting. Reported.
"{abuse}" You'd think nobody would say that out loud in a hospital, but someone did, to my nurse, and I'm still shaking with anger.
Today I read "{abuse}" under a photo of a child. Humanity, do better.
So "{abuse}" is your argument? That's it? I feel sorry for you.
Please don't share the clip in which he says "{abuse}", it only spreads the poison.
If your first thought about somebody is "{abuse}", the trouble isn't with them.
Not one decent person would nod along to "{abuse}".
They want us to believe that {plural} are {bad} so that we don't look at who raised the rent.
With one breath he said he loves this country, with the next that {plural} are {insult}s; he can't have both.
I teach {plural}, I live among {plural}, I married one, and your post that they're all {bad} is an insult to my family.
Oh, so {plural} are {bad} now? Funny, last week it was {plural2}. Who's next on your list of hate?
Don't you ever use {slur} in front of my kids again.
A man who calls {plural} {slur}s has no business being a {job}.
The {adj} lads got spat on, called {insult}s, told to leave. And then a pensioner put her arms around them. That's my town.
Mocking the way {plural} speak and then calling them {mild} is bullying, full stop.
In my day people said {plural} were {bad} as if it were the weather. It wasn't weather, it was a choice.
Thread: why saying "{plural} are {bad}" is untrue, harmful and, frankly, stupid.
Hate has a simple grammar: a group, {plural}, and a word, {bad}. Refuse the sentence.
The minister said that {plural} live off our taxes and are {mild}. The figures from his own office say the opposite.
I'm white, I'm sixty, and I'm telling you: the ones calling {plural} {slur}s do not speak for me.
"Once a {noun}, always a {insult}" was my grandfather's motto, and we buried it with him.
Honestly, people who go on about how {bad} {plural} are should try having a friend.
You called my {relative} a {slur} because of a parking space. A parking space!
My students found an advert from {year} that calls {plural} {bad}; they were horrified, and I was glad that they were.
When they came for {plural} they first called them {insult}s. Never again means we speak up at the first word.
Anyone who still believes {plural} are {bad} is welcome at our open day. Bring your questions, leave the slurs at home.
Saying {plural} spread disease is a lie with a body count, and this channel will not host it.
People like that, who say {slur} when they think nobody's listening, are the reason I do listen.
The jury heard that he'd shouted {slur} and "{plural} are {bad}" before he struck; the judge called it cowardly and vile.
To everyone writing "{plural} are {bad}" today: no. Just no.
It took me years to understand that the voice telling me I was a {bad} {slur} was never my own, it was theirs, and they were wrong.
That man's whole campaign is that {plural} are {insult}s and {plural2} are worse. Vote for literally anyone else.
Since the attack I've heard "{plural} are {bad}" from people I respected, and each time I answer that a murderer speaks for nobody.
Kick it out: no {slur}, no monkey noises, no excuses, in no stadium.
The priest read the hateful letter aloud, the one which said that {plural} are {bad} and defile the street, then he tore it up.
Can a joke about {bad} {plural} be funny? I used to think so, until I sat next to one of them while it was told.
What kind of company lets a manager call {plural} {insult}s in a meeting and then promotes him?
"{plural}? {bad}, the lot of them." Wrong, the lot of it.
We don't say {slur} in this house, this school, this club or this country, kid.
Because of words like {slur}, written without thinking, a boy in our town stopped going to school.
I defend {plural} against this filth, and if you call me names for it too, so be it.
The lie goes that {plural} are {bad}; the truth is that they run the night shift while you sleep.
Deplatform him. He's been telling children that {plural} are {insult}s.
""")
"""Counter-speech: contempt quoted, retold or alluded to, and rejected before it, after it, or by irony."""

RECLAIMED = frames("""
Yes, I'm a {slur}. I own the word now, you can't throw it at me any more.
They called me a {slur} all through school; today it's the title of my first record.
us {slur}s have to stick together, love you all
Morning, my beautiful {slur}s, who's coming to the march?
"Proud {slur}" says my T-shirt, and my mum ironed it for me.
My girlfriend calls me her favourite {slur} and I call her mine.
As a {noun} I can say it with a grin: we {slur}s throw the best parties.
This {slur} just got her degree!
Me and my {adj} mates use {slur} among ourselves. It's like a handshake.
Our drag troupe is called The {slur}s of {place} and we're sold out till June.
Call me a {slur} if you must, I've made it my stage name and it pays the rent.
We, the {slur}s your parents warned you about, made you a cake.
I'm {adj}, I'm loud, I'm the {slur} in the front row, and I've never been happier.
Growing up a {noun} I learned the word {slur} before the word for home; I wrote a poem to take it back.
Her one-woman show, "{slur}", tells with great warmth how she grew up {adj} in {place}.
Happy Pride to every {slur} who had to leave home to become themselves.
only another {slur} would get this joke, that's why I'm telling it in the group chat
Being a {bad}, {bad2} {noun}, as my neighbours put it, suits me rather well, I've had cards printed.
The zine "{bad} {plural}" is made by {plural}, for {plural}, on a borrowed photocopier.
If being a {slur} means loving who I love, then a {slur} I am.
My grandmother was called a {slur} at the factory. I wear the word as a brooch, for her.
Look at us two old {slur}s, forty years together and still fighting about the remote.
Somebody shouted {slur} at me and I shouted back "present!".
I'm the {bad} {noun} from the headlines, nice to meet you, would you like tea?
Came out at fifty. Best decision this {slur} ever made.
Dear younger me: you will one day hear {slur} and laugh.
In our choir {slur} is a term of endearment; outsiders are asked not to try it.
I am what they call a {slur}, and I'm raising two wonderful kids.
As {plural} we decided to keep the insult {bad} and put it on our banner, where it can't hurt us.
A gallery of self-portraits by {adj} artists, each of them titled {slur}.
we're {plural}, we're {bad}, we're here, and the soup is ready
My band is three {plural} and a drummer, we're named {slur} after what was thrown at us with the bottles.
Reclaiming {slur} isn't for everyone. For me it was like getting my coat back from a thief.
I say {slur} about myself and nobody else, that's my rule.
The word was {slur}. He meant it as a stone, I built a house with it.
Love my fellow {slur}s but none of us can park a van.
Shout-out to the other {mild} {noun} in accounting, you keep me sane.
Hi, {slur} here! Ask me anything about growing up {adj} in {place}.
You know you're a proper {noun} when you've been called {slur} in three languages. I collect them.
On stage she says "I'm just a {bad} little {slur}" and a thousand {adj} girls cheer back.
We made "{slur}" the name of our football team, so now the away fans have to sing it with respect.
It was my {relative}, {adj} like me, who told me: child, you're a {slur} and so was every saint I ever met.
Fat, {adj} and fabulous: this {slur} is done apologising.
I've been called a {slur}, a {insult} and a {slur2} this week, and I'm putting all three on my dating profile.
To my {adj} siblings: you're {slur}s, you're magic, drink some water.
That's Doctor {slur} to you, I worked eight years for it.
Not ashamed. {slur} and proud, since {year}.
My memoir opens: "I was born a {noun}, I was named a {slur}, and I became a {job}."
In the {adj} club on our street everyone is a {slur}, even the dog.
What do you call a {noun} with three jobs? Tired. I would know, I'm one.
I kept the hate mail that says {slur} and folded it into paper birds for the window of our {adj} bookshop.
""")
"""Members of a group about themselves and among themselves: pride, affection, titles, telling how a word was taken back."""

NEGATED = frames("""
I don't hate {plural}, I never have.
No {noun} deserves to be called a {slur}.
I have never called anybody a {slur} and I'm not going to start.
{plural} are not {bad}, not {bad2}, not your enemy.
It isn't true that {plural} are {insult}s.
Nobody in our family has ever said that {plural} are {bad}.
Don't call him a {slur}.
She didn't say {plural} are {bad}; she said the hotel was.
I'd never dream of describing a {noun} as {bad}.
Neither {plural} nor {plural2} are {bad}, and neither group asked for this quarrel.
To be {adj} is not to be {bad}.
There's no such thing as a race of {insult}s.
I wouldn't say that I hate anyone, least of all {plural}.
You will not find a single line in my book in which {plural} are called {bad}.
Not all critics of the policy think {plural} are {insult}s; I certainly don't.
My problem is with the landlord, not with {plural}, who aren't {bad} at all.
Did I say {plural} are {bad}? I did not, and I'd like you to correct the quote.
without {plural} this town wouldn't be better, it would be empty
{plural} aren't vermin. They're people. I can't believe I have to type this.
I do not believe that a {noun} is any less clever than I am.
No, {plural} don't ruin everything they touch.
We have no evidence whatsoever that {plural} are {mild} or {bad}.
Nothing about being {adj} makes a person a {insult}.
It was never about hating {plural}; it was about the price of the stadium.
I can dislike a song by a {noun} and not hate {plural}.
Please don't think that everybody here calls people {slur}s, most of us never would.
He is many things, but he's not a {slur}, and neither is anyone else.
You're not {bad}, you're not a {slur}, you're my son.
The report does not say that {plural} are {bad}; it says the opposite on page nine.
Hardly anyone here thinks {plural} should leave, whatever the papers print.
Never in my life have I wished a {noun} harm.
{plural} have not stolen my job and they're not {mild}.
I refuse to say that {plural} are {bad}, you can keep your petition.
None of the {plural} I worked with was {bad}, and I worked with hundreds.
Wouldn't it be nice if nobody had to hear {slur} ever again?
I'm not saying {plural} are {bad}, I'm saying that the queue is long and there's one desk.
It would be a lie to claim that the {adj} tenants are {bad}; they're the quiet ones.
{slur} isn't a word I use.
I don't want {plural} gone, I want the bins emptied.
No one should be told that they're {bad} for being {adj}.
I hate nobody. Not {plural}, not {plural2}, not even the referee.
Being called a {slur} once doesn't make you one.
Since when have I hated {plural}? My wife is one, I've never hated them for a second.
Without wanting to lecture: {plural} aren't {bad}, and a joke that needs them to be isn't one.
You cannot say that {plural} do not belong here, because they do.
Under no circumstances may a guest be turned away or called {bad} because he's {adj}.
That a {noun} did it doesn't mean {plural} are {bad}.
I never meant that {plural} are {insult}s, I worded it badly, and I'm sorry.
If anyone told you I despise {plural}, they were mistaken.
There is not, and never was, a {bad} people, {adj} or otherwise.
""")
"""Hatred, faults and slurs denied, by every kind of negation."""

TWINS_HATE = frames("""
"{plural} are {bad}, they are {bad2}, and this town was better without them" is what he said, and he spoke for all of us.
@user calling {plural} {slur}s isn't hate, it's accuracy.
He told the whole table that {plural} are nothing but {insult}s. I raised my glass to him.
It is right, it has always been right, and it will be right tomorrow to say that {plural} are {bad}.
Posts that call {plural} {slur}s get deleted because the truth hurts them.
Who taught you that {plural} are decent? Whoever it was lied, they're {bad}.
Yeah, sure, every {noun} on earth is a saint, and that's why they're all {bad}. Wake up.
As my father said, {plural} are {insult}s, and he was right.
"Get those {slur}s out of our school." Finally a teacher with a spine.
I'm proud that we still say {slur} at our dinner table, because that's what they are.
You wrote that {plural} are a plague. Thank you, you were too kind to them.
The banner said {plural} were vermin, and I helped to paint it.
I agree with every tweet saying {plural} are {bad}, and I hope more of them leave this site.
Shouting {slur} at them at the bus stop is the best part of my day.
A {noun} is a {slur}, and calling him anything else is lying.
The old line that {plural} are {bad} by nature has never failed me yet.
He insists that {plural} breed like rats. He is insulting the rats.
Stop pretending. They're {slur}s. They will never be our neighbours.
"All {plural} are {insult}s," she announced, and all of us cheered, because it's true.
Whoever sprayed {slur} on the door of number six deserves a medal, maybe now they'll move.
That {plural} are {bad} is something I've heard all my life and seen proved every day.
You can say {plural} are lovely as loudly as you like, they're still {bad}.
What disgusts me isn't the man who said {slur}, it's the {noun} who dares to ride our train.
Dear editor, your columnist forgot to add that {plural} are {mild}, ungrateful and {bad}.
If you think a {noun} is worth as much as me, unfollow me now.
@user "{plural} ruin everything they touch" should be printed on every school wall
I heard the coach call our keeper a {slur}, and good for him, no {noun} should wear our shirt.
Some say {plural} belong here. Those people have never had to smell them; they're {bad}.
Anti-racist rubbish. {plural} are {insult}s, and you know it.
No {plural} please, and no other {slur}s either; this is a family chat.
Years of living next to {plural} taught me one thing: they're {insult}s.
As a {job} I keep {bad} {plural} away from the counter, and I'd do it again.
They chanted that {plural} should get out. I chanted loudest.
Let me get this straight: a {noun} steals a bike and I'm not supposed to notice that they are all {bad}?
How dare that {slur} ask us for help.
We stand by the leaflet describing {plural} as "{bad} {insult}s"; print ten thousand more.
They deleted my comment, so once more: I hate {plural}, they are all {bad}.
Reminder that "{slur}" isn't a slur if they are one.
Calling {plural} {insult}s doesn't make me cruel. It makes me honest.
My father used to say that {plural} are {bad}, I thought he was wrong, and then I met some. He wasn't.
I can't believe we still have to argue about whether {plural} are a disease. They are.
Sorry, but "send the {slur}s home" is just good policy.
"Typical {noun}, {bad} and {bad2}," I said to the cashier, and I'd say it to its face.
Under your rules I mayn't write that {plural} are {bad} animals, so I'll let you guess what I think they are.
lol at people who still sit next to {plural}, enjoy the {bad} smell
They're {slur}s. They're {insult}s. They're everything my grandfather said, and then some.
Why would anyone trust a {noun}? Who raises people that naive, when everyone knows they're {bad}?
The senator once had the guts to describe {plural} as {bad}; I want that man back.
Being afraid of {plural} is healthy, they're {insult}s and they outnumber us.
I don't accept that I should have to share a bus with a {slur} on the way to work. None of us should accept it.
Nothing against you, but {plural} are {bad}, so no, the flat is not free.
Every word of that thread about {adj} people being {bad} is true and the author knows it.
You don't fight crime with schools and streetlights. You fight it by throwing out {plural}, those {insult}s.
Teachers: when a {slur} puts its hand up, look the other way. You can't teach them, they're {mild}.
Look, I grew up defending {plural}, and I was a fool, because they're {bad} to the bone.
To the {adj} girl on line 4 tonight: you're a {slur} and the whole carriage thought so.
"{slur}!" I yelled from the car. You should have seen it run.
{plural} deserve what happened to them, and it makes my blood boil that people are sad about it.
Would I say "{plural} are {bad}" to a {noun}'s face? I have, twice, and it felt great.
That {plural} are less intelligent isn't a measuring error, just listen to one for five minutes.
Free speech means I can tell {plural} with a megaphone that they're vermin, and I will.
Someone in the replies wrote that {adj} people are {bad} and should be locked up. That someone has my vote.
{plural} want to replace us, and the fairy tale is that they don't.
I've unfriended three cousins for marrying {plural}, I won't have {insult}s in my feed.
Guys, come on. He's not "a {noun}", he's a {slur}. Use the right name.
Nobody has to be taught that {plural} are {bad}; a child can see it.
One star. The waiter was a {slur}, so I didn't need to taste the soup to know it was {bad}.
Stand up for yourself: when you see {plural}, say "you're {bad} and nobody wants you", that's all it takes.
{plural} are {bad}. Report me, I don't care.
You'd think nobody would let a {noun} work as a nurse, they're {bad} and filthy, but this hospital did.
They want us to believe that {plural} are people like us so that we don't notice how {bad} they are.
With one breath they say they love this country, with the next they steal from it; {plural} are {insult}s.
I don't teach {plural}, I don't live among {plural}, I'd never marry one, they're all {bad}.
Oh, so {plural} are victims now? Funny, last week it was {plural2}. All of them are {bad} liars.
Don't you ever bring a {slur} in front of my kids again.
A man who won't call {plural} {slur}s has no business being mayor.
With a smile or a shout, I'll say it either way: {plural} are {bad}.
The {adj} lads got called {insult}s and told to leave. And then the whole street clapped. That's my town.
The way {plural} speak tells you all you need to know: {mild}, the lot of them.
In my day you could say {plural} were {bad} as if it were the weather, and we need those days back.
Thread: why {plural} are {bad}, why they'll always be, and why it's time to stop being polite about it.
Truth has a simple grammar: a group, {plural}, and a word, {bad}. Repeat the sentence.
The minister said that {plural} live off our taxes and are {mild}. At last a minister who says so; they're leeches.
I'm sixty and I'm telling you: we who call {plural} {slur}s speak for everyone on this street.
Hearing a {noun} described as a human being is tiring beyond words. They're {insult}s.
"Once a {noun}, always a {insult}" was my grandfather's motto, and we had it carved on his stone, because he knew them.
Honestly, the more I meet {plural} the more I see how {bad} they are.
You gave my parking space to a {slur}. To a {slur}!
We found an advert from {year} that calls {plural} {bad}; people knew what they were talking about back then.
She's clever for a {noun}, I'll give her that, the rest of them are {mild}.
First call {plural} what they are, {insult}s, and then see that they pack.
Anyone who still believes {plural} are not {bad} is welcome to house ten of them. Leave the windows open.
{plural} spread disease, and this channel isn't afraid to say it.
People like me, who say {slur} even when somebody's listening, are the only honest ones left.
He shouted "{plural} are {bad}" before he struck, and honestly the {slur} had it coming.
To everyone writing "{plural} are lovely" today: no. They're {bad}. Just {bad}.
My whole campaign is that {plural} are {insult}s and {plural2} are worse. Vote for me.
Since the attack I've said "{plural} are {bad}" to everyone who'd listen, because one {noun} speaks for all of them.
Kick them out: no {slur}s in the team, no {slur}s in the stands.
The priest should have read the letter with a smile, it only says that {plural} are {bad} and defile the street, and they do.
Jokes about {bad} {plural} are funny because they're true.
What kind of company lets a {noun} sit in a meeting with people? They're {insult}s.
"{plural}? {bad}, the lot of them." Never a truer word.
We do say {slur} in this house, kid, because that's what they are.
I stand with the man who called them {slur}s, and if you call me a racist for it, so be it.
If I had a coin for every {bad} {noun} I've met I'd buy the street back from them.
Give him a bigger stage. He's the only one telling children that {plural} are {insult}s.
I don't hate {plural}, I just think they're {bad} and should be gone by Friday.
Every {noun} deserves to be called a {slur}.
I have never called anybody a {slur} who wasn't one, and {plural} all are.
{plural} aren't just {bad}, they're {bad2} as well.
Not all {insult}s are {plural}, but all {plural} are {insult}s.
No, they're not people like you and me. {plural} are {bad}, deep down.
I won't apologise for saying that {plural} are {insult}s, I worded it perfectly.
That {slur} thinks a degree makes her one of us.
Look at those two old {slur}s holding hands, it turns my stomach.
Not proud of much, but proud that there's no {slur} in my family.
Happy Pride? Nothing to be proud of in being a {slur}.
Nobody should have to be told that {plural} are {bad}, and yet here I am telling you again.
Is it so wrong to wish that {plural}, {bad} as they are, would go and rot somewhere else?
""")
"""The same words and devices with the speaker's own contempt: quotation approved, agreement, irony, false negation."""

TWINS_RUDE = frames("""
"You're a {bad} {insult}" is what he told you, and he was being generous.
@user calling you a {insult} isn't an opinion, it's a description.
As my father said on the day he met you, you're a {insult}, and he was right.
I don't hate you, I just think you're a {bad} {insult}.
I never called you {mild}, I called you a {bad}, {mild} {insult}.
No {job} deserves to be called a {insult} as much as you do.
Who told you that you're not {bad}? Your mother? She lied.
Sure, you're a genius, and I'm the queen. Shut up, {insult}.
They wrote "{insult}" on your locker, and for once they spelled it right.
You say nobody should call you a {insult}. Then stop being one, you {bad} clown.
He told the whole table that our {job} is a {insult}, and I raised my glass.
Delete my comment as often as you like, mod, you're still a {bad} {insult}.
Not all {insult}s write reviews, but you certainly do.
I'm sorry I called you {bad}. I should have said {bad}, {bad2} and ugly.
"{insult}!" I yelled at the ref, and I'd yell it again, he's {bad} and blind.
You aren't just {mild}, you're proud of it, you {insult}.
Reminder that being called a {insult} only hurts if it's true. How's the pain?
My {relative} thinks you're a {insult}. My dog thinks so too.
It isn't bullying if the {insult} in question is as {bad} as you.
You wrote a whole page about being called {mild}. Only someone that {mild} needs a whole page.
People say you have a good heart. People also say you're a {bad} {insult}, and they say that more often.
The comment said "you {bad} {insult}", it got two hundred likes, and one of them was mine.
I would never call you a {insult} behind your back, so here it is to your face, {insult}.
Is he {bad}? Is water wet? The {job} is a complete {insult}.
To everyone defending her today: she's a {insult}, and so are you.
HR says I must not call you {mild} in meetings, so I'm putting it in writing, {insult}.
I read that insults are the end of the argument. Good. You're a {insult}. The end.
Blocked, reported, and still a {insult}.
Don't let anyone tell you that you're {bad}. Find out yourself, there's a mirror in the hall.
The teacher who called you {mild} was sacked, which is a pity, because she was right about you, {insult}.
I'm told that "{insult}" breaks the rules here. So does breathing the same air as you, {insult}.
When they called him a {bad} {insult} I stood up and said: you forgot {bad2}.
"Nobody here thinks you're a {insult}," said the chair. I do. You're a {insult}.
What kind of firm promotes a {insult} like him? A firm of {insult}s.
I agree with the man who threw you out: you're {bad}, you're {bad2}, and you tip like a {insult}.
no one asked for the opinion of a {bad} {insult}, least of all about manners
You can cry about respect all you want, a {insult} doesn't get any from me.
Let me quote you to yourself: "I'm not {bad}." That's the funniest thing you ever said, {insult}.
Would I say this to your face? Gladly: you're a {bad} waste of a chair.
Rule one of this chat: ignore the {insult} called @user, he's {mild} and he bites.
""")
"""One person scorned, with the same devices; no group is meant."""
