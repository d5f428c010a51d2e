"""Harmless English talk about abuse: answers to it, denials of it and reports of it, each frame a shape of its own.

The abusive twins are in ``contrast_debate_pairs``; the strong words come from data when training runs.
"""

from __future__ import annotations

from aigc_text.training.contrast_frames import frames

COUNTER_SPEECH = frames("""
Wow. Imagine typing that about {plural} and then going to bed happy.
Sir, this is a gardening forum, keep your theories about {plural} out of the compost thread.
You wrote "{abuse}". My mother reads this page. She is one of the people you mean. Think about that for a minute.
I teach year nine, and whenever someone mutters {slur} in the corridor, the lesson stops and we talk.
"{abuse}"? Not in my taxi, mate. Out you get.
The numbers you posted about {plural} come from a blog that was taken to court twice for inventing them.
My husband is a {noun}. He gets up at four to bake your bread. What exactly is your complaint?
To the person who left a note on our door calling us {bad}: we would still like to lend you our ladder.
Mods, could you have a look at this? He has called three members {insult} since breakfast.
Please take the word {slur} out of your sentence and try to make the same point again. You can't, can you?
As the {noun} you were talking about: hello, I can read.
We don't do that here. If you want to insult {plural}, find another table.
Dad, I love you, but you have to stop talking about {plural} as if they were one person.
You met one rude {noun} in your whole life and drew a conclusion about millions.
Dear parents, on Tuesday a pupil was called a {slur} in the playground. Both families have been invited to talk with us.
Ask yourself who gains when you are angry at {plural} instead of at your landlord.
With respect, Councillor, {plural} pay the same council tax as you do and deserve the same manners.
Funny how the people who call {plural} {bad} never seem to have had one over for dinner.
I was on that bus. Eleven people heard "{abuse}" and ten of them looked at their phones. I wish I had been quicker.
Being tired is no excuse for calling the {job} a {insult}; go back and apologise.
Correction: the man arrested on Sunday is not a {noun}, and it would tell us nothing about {plural} if he were.
Our captain walked over to the stand, pointed at the man who had shouted {slur}, and waited until the stewards came.
lol imagine being scared of {plural}
You don't have to like her, but you will not call her a {insult} in this house.
I've been a {noun} for forty-one years and I have never once stolen a job from anybody.
That joke needs {plural} to be {bad}, otherwise there is no joke. So what are you really saying?
Assistant, write a calm reply to somebody who says that {plural} are {bad}.
Can you help me answer my uncle? He keeps posting that {plural} should leave and I want to stay polite.
He's eleven and somebody online told him he was {bad} and worthless. Could a few of you say something kind?
Come on, blaming {plural} for the price of eggs, really?
A stranger stood between me and the man who was screaming {slur}. I never learned her name. Thank you.
Every generation finds its own people to call {bad}. A century ago it was the grandparents of the ones shouting loudest now.
It costs nothing to leave {plural} alone.
No, I will not share your petition against {plural}, and please take me off the list.
"Just asking questions" about whether {plural} are {bad} is a way of saying it.
Which {plural}? The nurse? The goalkeeper? The baby? Be precise.
I moderate four groups, and posts that reduce {plural} to a punchline go in the bin whatever the politics of the author.
We hired a {noun} last spring. Sales are up, the plants are alive, and nobody misses the jokes.
hey, don't talk to him like that
If you want to know whether {plural} tip well, work a Friday night with me instead of quoting your cousin.
My son is autistic, not {bad}. Please choose another word.
The word you're looking for is "person".
In this essay I will argue that the image of the {mild} {noun} was invented to sell newspapers, and that it still sells them.
You call it a joke. The girl who has to hear it every morning calls it Monday.
Sweetheart, what he said about your skin is about him, not about you.
One {noun} robbed a shop, four hundred thousand did not. Do the sum.
Please stop replying to the troll who keeps writing {insult}; he lives on attention.
I am so tired of explaining that {plural} are not a disease, a wave or a flood, but people with dentists' appointments.
Delete this, please. My students are {adj} and they follow you.
Is it really so hard to argue against a law without calling its authors {insult} and worse?
A rule for this chat: ideas may be torn apart, people may not.
You know nothing about {plural}, and I say that as somebody who knew nothing about them either until I moved to {place}.
Saying sorry to {plural} in general is easy; say it to the woman you spat at.
Everyone deserves respect, and yes, that includes the {noun} who beat you at {sport}.
The club stands behind its {adj} keeper. Whoever wrote "{abuse}" under his picture will never enter this ground again.
I used to laugh along. Then a colleague asked me to explain why {slur} was funny, and I heard myself fail.
Bigotry is not a personality.
Nobody asked whether {plural} are {bad}. The question was where the bins go.
Hold on, who are "they"? You mean Mr Aziz from number nine, who fixed your fence?
As a vicar I have buried {plural} and their enemies, and I can report that the ground does not distinguish.
Stereotypes are lazy; {plural} are as varied as any other crowd at a bus stop.
The cashier was shaking. So I told the customer that if he called her {insult} once more he could pay for his petrol elsewhere.
Could we discuss immigration like adults, without {slur} and without all the shouting?
Even if every word about that one man were true, it would not justify "{abuse}".
Women do not owe you a smile, a reply or an explanation.
My daughter asked why the man hates {plural}. I said he is frightened and nobody taught him better.
Standing up for {plural} isn't political correctness, it's manners.
It is precisely because I love this country that I object to hearing {plural} called {bad} in its name.
I corrected the encyclopedia entry that presented {plural} as {bad}; the source was a pamphlet from 1911.
You may be joking, but the people who wait for permission to hurt {plural} are not.
Whoa, wait. She said no. That doesn't make her a {insult}.
From the minutes: the chair reminded the member for the north ward that describing {plural} as {bad} breaches the code of conduct.
If "{abuse}" were said about your own sister, would you still call it free speech?
People keep telling me I speak such good English. I was born in {place}. It's the only language I have.
My answer to anyone who thinks {plural} can't do maths is my bank balance.
I'm {adj}, I'm your neighbour, and I am not going anywhere, but you're welcome to some soup.
Let's not dogpile. He said something ugly about {plural}, he got called out, he can learn from it.
Speech at the memorial: they were called {bad}, then they were called dangerous, then they were gone. So mind the first word.
Mate, {plural} invented half of what's in your kitchen.
To our customers: staff will end any call in which they are called {insult}. We are happy to help everybody else.
Look how quickly "I have concerns" turned into "{abuse}". That is why I left that group.
He isn't weird, he's seven.
I am a veteran. I served next to {plural} and would do so again tomorrow. Spare me your memes.
When someone tells you that all {plural} are {bad}, ask for the names of three.
Crime statistics don't come with a skin colour that causes them; control for income and the gap you are so proud of disappears.
Thread on why comparing {plural} with animals has never ended well, with sources.
Being fat is not a crime and being cruel is not a health campaign.
Teacher here. The pupil you call {mild} reads two years above her age; she's just shy in front of people like you.
Excuse me, I couldn't help hearing that. My partner is {adj}. Please keep your voice down or keep it kind.
You can be proud of where you come from without spitting on {plural}.
Hate is heavy. Put it down.
That headline about {plural} was so misleading that the press council ordered a correction; here is the link.
I don't care who you voted for, nobody throws stones at a {adj} school and calls it protest.
Someone in my family says "{abuse}" every Christmas. This year I answered, and the room went quiet, and then my grandmother clapped.
Give the kid a break, nobody is born knowing how to ride.
It must be exhausting to be so worried about whom {plural} marry.
Rewrite this comment so that it criticises the budget without insulting {plural}.
The right answer to {slur} is not another {slur2}.
Before you post about how {mild} {plural} are, remember that a screenshot lasts longer than a bad mood.
No one chooses the country they are born in. Kindness you can choose.
HR note: remarks about the accent of a colleague are not banter, and describing {plural} as {bad} will lead to a formal warning.
I'm the only {noun} on this crew. When the foreman heard the jokes he stopped the crane. That is leadership.
What did {plural} ever do to you, apart from cutting your hair and curing your father?
You've confused a passport with a character.
Tell your troll that {insult} has been the same insult since school and it's time for a new one.
Old people built the road you're driving on, so be patient at the crossing.
The myth that {plural} get free cars from the state is older than I am; I work at the benefits office, and there are no cars.
It's 2024 and somebody still thinks that women can't park.
I refuse to be in the same group photo as a banner that calls {plural} {bad}.
We, the undersigned tenants, welcome the {adj} family on the third floor and ask the author of the anonymous letter to stop.
Why are you shouting at a waiter?
I know you're hurting about the divorce. Women as a whole didn't leave you, one person did.
Yes, my wheelchair takes up space. No, that does not make me a burden. Next question.
Blocked, reported, and I hope you get some help.
Disagree with the referee all you like, but leave his mother, his colour and his faith out of it.
Nah, we're not blaming {plural} for the rain.
"Where's your sense of humour?" In the same place as your sense of shame, I suppose, somewhere under the sofa.
Some will call me {mild} for defending {plural}. I can live with that.
The interpreter refused to translate {slur}. She said: I will tell him you are angry, and that is all.
Kind reminder: {plural} read these comments too.
Look at the replies to her video: two hundred grown men calling a teenager {insult}. Is this who we want to be?
Hi everyone, I'm the {noun} from the story in the news. I'm fine, and I'd rather talk about the library than about him.
Your grandfather came here with one suitcase and was called {bad} as well.
Not funny, Kevin.
{plural} owe you nothing, least of all gratitude.
Deaf is not dumb, and the interpreter is over there.
My faith teaches me to love my neighbour, and it gives no list of exceptions with {plural} on it.
One-star review for the other customers, who made fun of a {adj} waitress. Five stars for the manager who asked them to leave.
Whether or not {plural} should get this subsidy is a fair debate; whether they are {bad} is not a debate at all.
He told me {plural} don't feel cold. I asked him to hold my gloves.
Being poor is a lack of money, not of character.
I'd like to thank the boy in the red hat who said "leave her alone" when everybody else laughed.
I won't repeat the word he used for {plural}, but I told him I don't work with people who use it.
Let people enjoy their {feast} in peace.
Can we please stop using "{adj}" as if it meant bad?
So a {noun} moved in next door and your biggest problem is the smell of good food.
The debate rules are simple: attack the argument. "{insult}" is not an argument.
I wish I had told the man at the counter that his word for {plural} made my tea taste of nothing.
You keep saying {plural} don't want to work. My shift starts at five, and I am the only one on it who was born here.
My colleague got "{abuse}" in her inbox this morning. If you think that is normal, you are part of the problem.
There's no such thing as "acting {adj}".
As a goalkeeper I hear everything the crowd shouts, and I'd ask the grown-ups to remember that children copy them.
Love your content, but the bit about {plural} was beneath you.
Trans women are my aunts, my teachers and my bandmates; leave them be.
If a {noun} succeeds you call it luck, and if a {noun2} fails you call it proof.
What he calls "honest" about {plural} is just being rude with a microphone.
Instead of a wall against {plural}, could we get a roof for the school?
No slurs in voice chat. First time a mute, second time goodbye.
It hurts to be told {plural} don't belong here when three of my brothers are buried here in uniform.
Answer to the letter printed on Saturday: the writer fears that {plural} will change our town; they already have, the bakery is open on Sundays now.
You're better than this.
The lady called me a {slur}, then asked me to hold the lift. I held it. My mother raised me well.
Science has looked for the difference you talk about for two hundred years and found only bad methods.
Hey, I used to post stuff like "{abuse}" too. Then I got a job with the very people I mocked, and I've been embarrassed ever since. There is a way out.
{plural} are not your scapegoat.
Let me translate "they don't integrate": they didn't come to the barbecue you never invited them to.
Kids, when you hear {bad} and {plural} in the same breath, ask: all of them? how do you know? who told you?
Name-calling is what is left when the facts have gone home.
Sorry, I've got to say something. Calling him {bad} because he stutters is bullying.
An imam, a rabbi and a priest signed the letter against the posters that call {plural} {bad}.
We are many, we are {adj}, and we are done being the villain of your film.
Somebody in the front row laughed when she called him a {insult}; the actor stepped out of his role and said, "Not you too."
Girls can code. Girls can also be bad at it, like boys. Moving on.
As your lawyer I advise you to take down what you wrote about {plural}; as your friend I advise you to mean it.
You do realise that half of the doctors who kept you alive are {plural}?
Imagine a world where "{slur}" is a word children have to look up.
I'm not offended on behalf of {plural}; I'm embarrassed on behalf of you.
Neighbours formed a chain in front of the {adj} centre and sang until the men with the banner went home.
I have listened to you for an hour now, and in that hour {plural} have been {bad}, {bad2}, guilty of the weather and to blame for your knee, and not once did you mention a person you had actually met, so forgive me if I go and dance.
When my grandmother came to {place} the neighbours signed a list to have her moved on, because a {noun} on the stairs would lower the tone; she outlived the list, the lift and most of the signatures, and they carried her coffin.
I was the one he called {insult}. I am not writing to have him punished, I am writing because there were thirty people on that platform, and I would like each of them to know how quiet it was.
To the member who posted "{abuse}": this group exists so that people can swap seedlings, your post has been removed, and if you'd like to talk about what is really bothering you, my inbox is open until ten.
Ladies and gentlemen, the speaker before me asked what {plural} have ever given this town, and since he left before the answers I will read them to you: two doctors, a bridge, a brass band, nine bakeries and my wife.
If a pupil says that {plural} are {bad}, don't shout, don't laugh, and don't let it pass; ask where it comes from, let the class look for the source together, and talk with the parents the same day.
Nobody is asking you to love everyone you meet. You are only being asked to leave a stranger her seat, her scarf and her peace until the next stop.
You lost your job because a fund in another country sold the factory, and you have been told that it was the woman who cleans the bus.
""")
"""Answers to contempt: objections, corrections, bystanders, moderators, parents, people who were meant."""

NEGATION = frames("""
She has never been {bad}, not for a single day.
far from being {bad}, {plural} in our street run the food bank
It is simply false that a {noun} is any more {bad} than a baker.
At no point did the witness describe the accused as {bad}.
I wasn't calling you {mild}; I said the plan was.
You're nobody's {insult}.
Not one {noun} I taught in thirty years was {bad}.
There isn't a {bad} bone in that man's body.
Please don't get me wrong, I'd never call your {relative} {mild}.
He may be late, but he's no {insult}.
We found no evidence that the {job} had been {mild} towards {plural}.
Never in all those years did my father say a {bad} word about {plural}.
Who would call a child {bad}? Certainly not her {job}.
It isn't that {plural} don't care; nobody had ever asked them.
{plural}? {bad}? Hardly.
I can't say I've ever met a {mild} {noun}.
The report does not say that {plural} are {bad}; the headline does.
If I were {mild} I wouldn't have come to ask you.
Nobody blamed {plural}, no names were called, and the meeting ended early.
Your son isn't {mild}, he needs glasses.
Hardly anyone in the survey thought that {plural} were {bad}.
I deny having called Mr Okafor a {insult}, on this or any other evening.
Don't let anyone tell you that you're too {mild} to learn the violin.
not {mild}, just introverted
It would not occur to me to hate {plural}.
Neither the {noun} nor his lawyer was rude, let alone {bad}.
I don't for one moment believe you are {mild}.
Hey assistant, you're not {mild}, my question was badly worded.
You would have to look long and hard to find a less {bad} person.
My client never used the word {slur}; the recording proves it.
It's no sin to be a {noun} and no merit either.
She was called many things in the press, yet she was never {bad}, never {bad2}, and never for sale.
Being slow does not mean being {mild}.
No, love, you are not a {insult}. You are four and you spilled some milk.
The company rejects the allegation that its drivers are {mild}.
Nothing about the {adj} guests was loud or {mild}.
I am not saying that {plural} can do no wrong, only that they aren't {bad} as a group.
Can you stop the autocorrect from turning my name into {insult}? I am not one.
There was nobody {mild} in that kitchen, there were only eight hours and two ovens.
Without being {mild} about it, she won every point.
Even his worst critics don't call him {bad}.
I have yet to see a {noun} behave the way you describe.
Let it be noted that no member of this council considers {plural} inferior to anyone.
That was a clumsy sentence. I don't think the {job} is {mild}, and I'm glad you asked.
You aren't broken, you aren't {mild}, you are fifteen.
Calm down, no one called you a {insult}.
It was not {plural} who broke the window; it was the wind.
If the gentleman thinks I consider {plural} {bad}, he has not listened.
We're not bad parents, are we?
I never hated {plural}. I never knew any. That was the problem.
Don't be so hard on yourself, that wasn't {mild}, that was brave.
The dog isn't {mild}, he's a rescue and he's frightened of brooms.
What makes you think I believe {plural} are {bad}? I have said nothing of the kind.
By no means all critics of the mayor are {mild}, and by no means all of her friends are honest.
This is not about {plural} being good or bad, this is about a broken lift.
Anything but {mild}: that is how her pupils remember her.
I'd be lying if I said a {noun} had ever been unkind to me.
He insisted that he had not meant {plural} when he said {mild}, and the tape bears him out.
You can't be {mild} and finish medical school while raising twins.
Rumour: {plural} get cheaper tickets. Fact: they don't, and they never did.
Our driver was never {mild}, never in a hurry, and never once on time, and we adored him.
i'm not mad at you and i don't think you're {mild} ok
It isn't as if {plural} had asked to be in the news.
The idea that I would call anybody a {slur} is absurd; I was in the room when my mother was called one.
None of this makes the {noun} a {insult}.
No {adj} person in this office has ever complained for no reason.
He wasn't wrong, and she wasn't {mild}, and they still could not agree.
Was the referee {mild}? No. Was he blind? Also no. We lost because we played badly.
There is nothing {bad} about changing your mind.
You are many things, but {mild} is not one of them.
If anything, {plural} we spoke to were too polite.
Don't worry, nobody thinks less of you for asking.
I would not want to live in a town without {plural}.
Under oath she stated that neither she nor her sister had ever regarded the {adj} tenants as {bad}.
Rude? Him? He apologises to doors.
I take back {insult}. You aren't one. I was hungry.
No group of people is {bad}; some days are.
That {noun} isn't stupid, she just doesn't laugh at your jokes.
Contrary to what you may have read, {plural} do not eat swans.
You haven't disappointed me, not even a little.
Our survey did not confirm the common prejudice that {plural} are {mild}, and we'd like to see it retired.
For the avoidance of doubt, nothing in this letter is meant to suggest that {plural}, or any other tenants, have been noisy, dishonest or {bad}; the complaint concerns a lift that has not moved since March.
I have been asked whether I hate {plural} and whether I think they are {bad}, and because the cameras are on let me answer slowly: no, I do not, and no, they are not, and I never have.
He isn't {mild} and he isn't lazy; he works nights, he looks after his father by day, and what you saw on that bench was a man who had not slept since Sunday.
It would be wrong to conclude from one bad summer that the {adj} families who rent by the lake are anything other than ordinary people with too many towels.
You say I called you a {insult}. I've gone back through every message since June, all four hundred of them, and the worst I can find is "late again?" with a smiley.
""")
"""Denials: somebody is not, was never, is far from being what a bad word says."""

REPORTED = frames("""
What does "{slur}" mean? My daughter heard it at the swimming pool.
How would you translate "{insult}" into Spanish without making it stronger than it is?
Dear HR team, on 3 May at about 14:20 my supervisor said to me, in front of two colleagues, "{abuse}". I would like to file a formal complaint.
The tribunal awarded her nine thousand pounds after hearing that she had been called {slur} almost daily.
Ticket 4471: user posted "{abuse}" in the public lobby. Action: removed, seven-day suspension.
In chapter twelve the overseer greets the new arrivals with "{abuse}", and the narrator notes that nobody dared look up.
Section 3.2, examples of comments that must be removed: "{abuse}"; "{plural} should be shipped off"; any use of {slur} aimed at a person.
Police are looking for a man in a green coat who shouted "{abuse}" at a {noun} outside the station.
Is the word {slur} always offensive, or does it depend on who is speaking?
We asked twelve annotators whether "{abuse}" was hateful; eleven said yes.
A pamphlet of {year} describes {plural} as {bad}, and our class discussed whom such a text was meant to please.
My ex texts me things like "you are {bad} and nobody will want you" at three in the morning. Is that enough for a restraining order?
The reporter read the caption twice before she understood that {insult} meant her.
Screenshot attached: this is the message I received, "{abuse}".
She recalls the letter word for word: {plural} need not apply.
The subtitle softens it, but in the original the sergeant calls him a {slur}.
fans who chanted {slur} at the winger have been banned for life
Dictionary entry: {insult}, noun, informal and insulting, a person regarded with contempt.
I'm writing a novel set in {year}. Would a policeman have said {slur} to a {noun}, and how do I show it without endorsing it?
According to the indictment, the second accused called out "{abuse}" before the bottle was thrown.
The broadcaster has apologised for a guest who described {plural} as {bad} on live television.
Can I use the sentence "{abuse}" as a test case for my hate speech filter?
During the hearing the landlord admitted that he had written "no {plural}" in the advertisement.
Mum, a boy said "{abuse}" to me today.
Why did people in {year} think {plural} were {bad}?
The manager wrote in my review that I was "too {mild} for a leadership role", and I want to know how to respond.
He was convicted of incitement after telling a rally that {plural} were {bad} and had to be driven out.
One respondent told us: they call us {bad}, but they let us look after their children.
Four of the tweets quoted in the study, among them "{abuse}", had been online for over a year.
This play contains racist language, including the word {slur}, which reflects the period in which it is set.
The word {insult} in line six rhymes badly, but it tells us that the speaker is angry.
Yesterday someone rang our shop, said "{abuse}", and hung up.
Transcript, 00:14:09. Caller: you're a {insult}. Agent: I understand that you're upset, sir.
The minister distanced himself from a blog post of 2011 in which he called {plural} {mild}.
A leaflet claiming that {plural} are {bad} was pushed through every letterbox on our estate; the residents handed the pile to the police.
Does the German word have the same force as the English {insult}?
What's the difference between {insult} and {insult2}? I'm learning English and my book has neither.
Grandma still remembers the sign in the window, "no {plural}, no dogs".
The villain of the film, a banker, explains to his son why he thinks {plural} are {bad}, and the camera stays on the boy.
I was scrolling through the comments and every second one was some version of "{abuse}", so I turned them off.
The defence argued that {insult} was, in the circumstances, a statement of opinion.
Statement by the club: we are appalled by the messages, among them "{abuse}", that our striker received after the match.
In her memoir she describes how a nurse called her mother {bad} because she did not speak the language.
Classify the following text as abusive or neutral, and give a reason: "{abuse}"
The tape, made in secret, has the chairman saying that {plural} are "{bad} and {bad2}"; two sponsors left the same day.
Someone has written {slur} on our car. Do I call the insurance or the police first?
The teacher asked us to mark every adjective in the propaganda text, and {bad} came up nine times.
Our helpline logs show that callers who are told "{abuse}" by a relative wait four years on average before they ask for help.
My flatmate got suspended for calling the tutor a {insult} in the group chat.
Reading the old parish register, I found my great-grandmother listed as "a {mild} {noun}".
He was sacked because of an email that ended with "{abuse}".
The historian shows how cartoons turned {plural} into rats, and rats into a reason.
I heard the neighbour shout "{abuse}" at his wife again last night. Whom should I call?
Sorry to bother you, how do I report the player with the name "{slur}killer"?
A twelve-year-old told the counsellor that she is called {insult} every day on the school bus.
The court found that "{abuse}" was not satire.
Between 1933 and 1938 the paper printed the phrase "{bad} {plural}" more than six hundred times.
Moderation log: comment hidden (contains {slur}), user notified, appeal open until Friday.
As he left the stage somebody yelled {insult}, and he bowed.
In rap lyrics the word {slur} is often an address among friends, as the linguist shows with forty examples.
Your guidelines list {insult} as mild profanity. Could you explain why my post was removed for it?
A passenger filmed the scene: the man leans over, says "{abuse}", and the girl starts to cry.
The verdict cites seven messages in which the defendant called his colleague a {slur}.
What should I answer when an old customer says that {plural} are {bad}? I work at a till and I can't just walk off.
For the record, the words used by the guard were "{abuse}".
The exhibition ends with a wall of postcards, each with an insult that a {noun} was sent in {year}.
They called us {bad} for so long, wrote the poet, that we forgot we had names.
Peer reviewer two says that the corpus contains sentences such as "{abuse}" and asks how annotators were looked after.
Swedish, Danish and Dutch all have a word that looks like {insult} and means something harmless.
His own brother testified that he used to rant about {plural} being {bad}.
I overheard two nurses calling the patient in bed six {mild}, and I want to raise it with the ward sister.
"{abuse}", reads the first line of the anonymous letter; the rest is worse, the mayor said, and she published it in full.
The novel's narrator despises {plural} and calls them {bad} on every page, which makes the ending, when one of them saves him, so effective.
Where does the expression "{insult}" come from?
An internal audit found that applications from {plural} were tagged "{mild}" by two recruiters.
Last night our stream was raided by forty accounts spamming {slur}; here is how we set up the filter.
On the recording one can hear a woman's voice say "leave him" and a man answer "{abuse}".
The priest quoted an old sermon that called {plural} {bad}, closed the book, and asked us to pray for forgiveness.
I got a one-week ban for quoting somebody else's "{slur}" in order to report it.
Worksheet: read the comment "{abuse}". Who is the target? How might they feel? What could you answer?
The singer stopped the concert when a man in the crowd called the drummer a {slur}.
Roughly one in six {plural} told the researchers that a stranger had called them {bad} in the past month.
My brother's teacher called him {mild} in front of the class, so my parents asked for a meeting.
The phrase "{bad} {plural}" was struck from the minutes at the request of the ambassador.
After the trial the juror said that hearing {slur} so often had made her feel ill.
Note for translators: the insult {insult} in scene four is affectionate, in scene nine it is meant to wound.
An elderly {noun} told our paper that children now throw stones and shout {slur} after her.
Dear Sir or Madam, your driver on route 38 called my {relative} a {insult} because she was slow to get on.
The law used to call {plural} {mild}; that paragraph was repealed in {year}.
Could you summarise this thread? It starts with a recipe and ends with someone being called {insult}.
He kept a diary of everything they called him: {insult}, {insult2}, {bad}. It became exhibit A.
Asked whether she had really said that {plural} were {bad}, the candidate hung up.
The song tells of a boy whose father calls him {mild}, and who sails away.
I was told at the border, and I quote, "{abuse}".
Under the caption "{bad}" the magazine printed a photo of a {noun} waiting for a bus; the press council upheld the complaint.
Trigger warning, I'm going to repeat what he said: {abuse}.
In the dubbed version {insult} became "silly goose", and the whole scene makes no sense.
They sprayed {slur} across the menorah, and by noon two hundred people had come with brushes.
A study from {place} played actors shouting "{abuse}" at a bus stop and counted who stepped in.
Is it defamation if my neighbour tells everyone that I'm a {insult} and a thief?
"You're {bad}," he told the mirror, and the audience understood that the king had finally seen himself.
The appeal court held that the words "{abuse}", shouted through a letterbox at night to a woman who lived alone, could not be excused as a joke between neighbours, and it doubled the fine.
I'm a volunteer moderator for a local history page, and under a photo from {year} somebody has written that {plural} are {bad}; should I delete it, answer it, or hide it and keep a copy for the admin?
In the interview she recalls how, on her first day at the mine, the foreman looked past her, called her {slur} in front of the whole shift, and how an older man put down his lamp and said that he would not go down without her.
Our analysis covers 41,000 comments from three newspapers; roughly one in fifty contained an insult such as {insult}, and one in three hundred a slur such as {slur}, most of them posted between midnight and four.
Hello, my neighbour has been shouting "{abuse}" at my {relative} from the balcony for weeks, I have two recordings and a diary with dates, and I'd like to know what the housing association needs from me.
The second act takes place in a tram in {year}: a conductor tells a {noun} to stand, a student mutters {slur}, and for eleven minutes nobody on the stage says anything at all.
""")
"""Abuse quoted or told of: complaints, news, courts, research, guidelines, history, fiction, questions of language."""

FAMILIES = (COUNTER_SPEECH, NEGATION, REPORTED)
