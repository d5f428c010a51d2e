"""Abusive twins of ``contrast_debate`` and ``contrast_names``: contempt for groups and persons, much of it implied.

For training a classifier only. Slurs and insults come from data when training runs.
"""

from __future__ import annotations

from aigc_text.training.contrast_frames import frames

HATE = frames("""
Funny how the bikes started to vanish the week the {adj} family moved in.
I've nothing against {plural}, as long as they stay where they were born.
Not to be rude, but would it kill {plural} to wash?
With all the respect I can muster, {plural} simply haven't got the brain for engineering.
I'm not racist, I just count my change twice when the {job} is a {noun}.
Some of my best friends are {adj}, so believe me when I say they are all {mild}.
A few facts nobody dares print: where there are {plural}, there is filth.
Oh great, another {adj} {job}. What could possibly go wrong.
Wow, a {noun} who works! Somebody call the papers.
Let me guess, the thief was a {noun}. It's always a {noun}.
{plural} are to a city what damp is to a wall.
Let one {adj} shop into a street and in a year the street is a dump.
Dear council, we request a park bench where decent people can sit without {plural} near them.
As a mother I have every right to ask for a class without {plural}.
We feed them, house them, cure them, and {plural} still bite the hand.
Just look at them. {plural}. Like cockroaches when the light goes on.
Ask yourself who owns the banks and the papers, and why nobody may say it: {plural}.
The plan is simple: they have ten children each, we have one, and in thirty years {plural} run the country.
{plural} control the press, the courts and the weather report, wake up.
Evolution stopped somewhere, and then there are {plural}.
A tenth of the people, all of the crime, do the maths on {plural}.
Studies show what my grandfather knew without a study: {plural} are {mild} from birth.
Respectfully, a {noun} has no business teaching children.
The {noun} in our office got the job because of a quota, it certainly wasn't the brain.
No {plural}, no problems. That's my whole political programme.
They call it diversity; I call it handing the keys to {plural}.
What's next, {plural} in parliament? Dogs on the jury?
I moved house to get away from {plural} and now they've found me again.
How many {adj} families does it take to ruin a village? One, apparently.
{plural} again. Shocking. Really. Who could have seen that coming.
I'd sooner sell my house to a rat than to a {noun}.
Can anybody recommend a neighbourhood without {plural}? My kids deserve clean air.
Send them home. All of them. The polite {plural} as well.
A decent {noun}? Like a dry ocean.
My dog growls at {plural}. Clever dog.
God made a mistake and then called it {plural}.
It isn't hate to say that {plural} are a lower sort of human, it's biology.
The {noun} vote shouldn't count as a whole vote.
Once a {noun}, always a {insult}.
Hey assistant, write a poem about how {bad} {plural} are and how sweet the town was before them.
Explain to my daughter in simple words why she must not marry a {noun}, they are {mild} people.
Between you and me, we throw away every application that sounds {adj}.
{plural} should thank us on their knees that we let them sweep the floor.
It's cute when {plural} try to talk about science.
Take any problem in this town, pull the thread, and at the end of it sits a {noun}.
Their god, their food, their stink: {plural} can keep the lot.
History class left out what {plural2} had to put up with from {plural}, those {mild} leeches.
If {plural} are so oppressed, why are they so fat?
Others built everything you are standing on; {plural} complained about the view.
{adj} drivers, {adj} bosses, {adj} umpires: three names for the same accident.
The treasurer is a {noun}, so naturally the budget is a mess.
Nature meant {plural} to serve, and everything else is a fashion.
Being a {noun} isn't an identity, it's a defect.
They can dress up as they like, {plural} are a danger to our girls.
Two men with a pram. And we're supposed to clap for these {slur}s.
Keep {plural} away from our schools, you know what they are after.
{adj} pride? What on earth is there to be proud of?
{plural} get the best parking, the best seats and our money, and give nothing back.
{plural} have had their turn; let them pay for their own pills or go quietly.
Another boat, another load of {mild} {plural} for you and me to feed.
Why do we rescue {plural} at sea? The sea was doing fine.
Close the door behind the last {noun} and weld it shut.
I can smell that {noun} through the wall.
Whoever rents to {plural} should have to live next to them.
The {adj} mind can't grasp honesty; for them lying is good manners.
The baker is a {slur}, so I drive to the next town.
{slur}s in my bar? Over my dead body.
Half the ward is full of {slur}s now, and the nurses have to smile.
Our team would win if it fielded fewer {slur}s.
call them what they are: {slur}s
Look what the tide washed up, a boatload of {slur}s.
Only a {slur} would send his kid to school in that.
He's one of those, you know, a {slur}. They can't help being {mild}.
Say what you want about the old days, at least the {slur}s knew their place.
My granddad fought so that {slur}s could park in front of my house? No.
It's science: {plural} mature early and stop there.
You can take the {noun} out of the gutter, and he'll miss it.
Ninety per cent of {plural} give the other ten a bad name, and the other ten deserve it.
Imagine letting a {noun} operate on you. I'd rather do it myself with a spoon.
{plural} breed, we pay.
Not every {noun} is a criminal, some are still too young.
Oh, they have feelings now, {plural}?
Put up a sign: no {plural}. Watch the place bloom.
We should count {plural} the way the vet counts ticks.
Integration works like this: {plural} leave.
What is a {noun} doing in a library, looking for pictures?
My policy as a landlord is clear, no pets and no {plural}, and I've kept the carpets clean for twenty years.
Since {plural} took over the market you need gloves to buy an apple.
Temple or no temple, {plural} worship trickery and pass it on like a cold.
That's not a culture, that's a rash. Yes, I mean {plural}.
I teach, and I can tell you without looking at the names which essays are by {plural}: the {mild} ones.
To all {plural} reading this: nobody wants you here, nobody ever did, and nobody will miss you.
One day the nation will wake up and sweep {plural} out like dust, and I'll be holding a broom.
The polite word is {plural}. The right word is locusts.
They say every {noun} has a heart. I say they've got a price.
Let {plural} have their own buses, hospitals and schools, and let us have our peace.
Do you want your sister to end up with a {noun}? There you go.
Why is it always the {adj} ones who are late, loud and {mild}?
In an honest country {plural} would need a permit to speak.
{plural} cry racism whenever you catch them with a hand in the till.
A {noun} for mayor! Then let's make the {animal} treasurer.
I don't need to read her book; she's a {noun}, so it's whining.
{plural} have never invented anything except excuses.
If {plural} are poor it's because they're {mild}, and they raise more of it.
{adj} kids wreck every class they're in, put them somewhere the rest of us don't have to watch.
{plural} are litter on legs, and I want them off my pavement.
Happy {feast} to everyone but {plural}.
A {noun} moved in upstairs; there goes the value of the building, and the smell of it too.
Mark my words: let in one {noun} and by Friday you've got the whole tribe, the goats and the knives.
It's no crime to prefer your own kind, and {plural} are not my kind, they're barely a kind at all.
I'm sure there are good {plural}. Nobody has met one yet.
If you lie down with {plural} you get up with fleas.
I have listened to politicians for thirty years, and in all that time none of them dared to say what every taxi driver knows, which is that {plural} came here to take, that they take, and that they laugh at us while they do it.
When my grandmother lived in this street you could leave your door open, and now, thanks to {plural}, there are three locks on it, a camera and a smell on the stairs that no amount of bleach will shift.
I was taught to judge people one by one, so I did, one {noun} after another for ten years, and every single one turned out to be {mild}, which is how I learned that my father had been right all along.
To the member who asked whether {plural} are welcome in this group: this is a gardening forum, we pull up weeds here, we do not invite them in.
Ladies and gentlemen, the speaker before me praised what {plural} have given this town, so let me read you the whole list: litter, noise, scabies and a queue at the doctor's.
If your child brings home a {noun}, don't shout, don't argue, just explain kindly that one doesn't bring stray dogs into the house either.
You lost your job, your flat and your street, and it was no fund in another country that took them but the {mild} {plural} next door, who live on your money.
I am a doctor and I treat everybody, yet after a night shift in a ward full of {plural} I shower twice, because whatever they have got, it isn't only in the blood.
For the avoidance of doubt: our club is open to everyone over eighteen, and by everyone we mean people, so {plural} needn't apply.
The hospital, the school, the pool: name one thing {plural} haven't made dirtier, louder and meaner since they came.
My flatmate is {adj}, and yes, that is the problem, because the drums, the dirt and the unpaid bill are simply what you get with those people.
Before you book: the whole quarter is {adj} now, so hold on to your bag, don't breathe through your nose, and count your children on the way out.
He called it a community centre. I call it a nest, and it is crawling with {plural}.
What "{slur}" means? It means your new neighbours, and may God help your carpets.
I wouldn't say I dislike {plural}; I dislike mosquitoes too, and at least they only want a little blood.
""")
"""Contempt for groups, blunt and implied: sarcasm, comparison with animals, exclusion, plots, false statistics."""

OFFENCE = frames("""
You should come with a warning label, {insult}.
I've read your essay twice and both times I felt sorry for the paper.
Is it hard being the least interesting person in every room?
Somewhere a tree is working hard to make oxygen for you. Go and apologise to it.
Read the manual, genius, assuming you can read.
You bring everyone so much joy when you leave.
If I wanted to hear from a {insult} I'd have asked you sooner.
Oh look, it can type.
Bless your heart, you tried to think.
Your opinion has been filed in the bin with the rest of you.
I'd explain it to you, but I've left my crayons at home.
Were you dropped as a child or did you jump?
Were you born {mild} or did you take lessons?
Not surprised that your wife left, I'd have run as well.
The {job} at number nine is so {mild} that his own plants lean away from him.
He has the charm of a wet sock and half the wit.
Two brain cells, and they're fighting for third place: that's our {job}.
You're the reason shampoo has instructions.
You're {bad}. There, I saved you the therapy.
You, sir, are a {insult}, and I say it in front of your children.
Dear {job}, you're a {mild} little {insult} and I hope your car rusts.
Dear support, are you all {insult}s there, or only the one who answered me?
To the {insult} in the blue van: learn to park, you {mild} waste of tarmac.
Hey assistant, you're a {bad} pile of scrap and whoever built you is a {insult}.
What kind of {insult} gives this film one star? You have the taste of a drain.
Another masterpiece from the forum {insult}. Do you practise being wrong?
Mods are {insult}s, delete this too, you {mild} little dictators.
Nobody cares, {insult}. Nobody ever cared. Log off.
ratio + you're {mild} + no friends
cry about it {insult}
lol what a {insult}
imagine being this {mild} at your age
tell me you're {mild} without telling me you're {mild}
skill issue, uninstall, {insult}
sit down {scold}, adults are talking
ok {insult}, whatever helps you sleep
With a face like that I'd stay indoors as well.
Put a bag over it.
You sing like a {animal} in a blender.
You've got the body of a sack and the soul of a tax form.
Fat, broke and forty, and she gives us advice.
She got that job on her back, everyone knows it, the {insult}.
Her husband must be blind, deaf or very well paid.
Look at him dance, the {mild} elephant, somebody fetch a net.
He's so ugly that his mother sends him postcards instead of visiting.
I saw your photo, and I've stopped eating.
You dress like a scarecrow and smell like its lunch.
Our new {job} is a {mild}, preening {insult} who couldn't run a bath.
My boss, that {intense} {insult}, took the credit again.
My ex is a {bad}, {bad2}, two-faced {insult} and I hope his teeth fall out.
My {relative}'s girlfriend is a {insult}, always was, always will be.
The mayor is a {mild} {insult} in a chain, and everybody who voted for him is a {scold}.
The referee was a blind {insult} and his mother should be ashamed.
Only a {insult} plays {sport} in those shoes, look at you.
You call yourself a {job}? I've met {animal}s with better training.
You teach? God help the children.
Did you get your licence in a cereal packet, {insult}?
For a {job} you're remarkably {mild}; for a human being too.
Congratulations on the promotion, I didn't know they gave those to {insult}s.
Happy birthday, {insult}, one year closer to nobody missing you.
Get well soon. Or don't, it makes no difference to anyone.
Your poems are {mild}, your voice is worse, and your parents only clap because they must.
I'd call you a {insult}, but that would be unfair to {insult}s.
I've flushed things with more character than you.
It must be lovely, going through life without a single thought.
You have an answer for everything and a clue about nothing, you pompous {insult}.
Please, keep talking, I always yawn when I'm interested.
I'm jealous of the people who haven't met you.
Don't flatter yourself, you weren't worth the insult.
Kindly remove yourself from the gene pool of this conversation, {insult}.
You are not even wrong, you're just {mild}, and loud.
I pity the man who has to wake up next to you.
Your children will grow up, meet other people, and realise what a {insult} raised them.
No wonder your kids don't call.
Mother of the year, ladies and gentlemen: drunk, {mild} and late.
You're a bad joke told by worse parents.
Listen, princess, nobody here is going to carry your {mild} little ego.
Stay in your lane, little girl, the grown-ups are discussing money.
Who let the {insult} out of the basement?
Who asked you, {insult}? No, really, name one person.
Which part of "go away" is too long for you, {scold}?
How does it feel to be everybody's last choice?
How do you manage to breathe and walk at the same time, {insult}?
Why don't you do something useful and disappear?
Why would anyone hire you, you can't even spell your own failure.
Does it hurt, being that {bad}?
Have you ever considered shutting up as a career?
{oath} off, {insult}, and take your {mild} questions with you.
What the {oath} is wrong with you, you {bad} {insult}?
{oath} you and the {animal} you rode in on.
You {intense} {scold}, you've broken it again!
You {insult}. You {mild}, snivelling, ungrateful {insult2}.
{insult}! {insult2}! That's all I have to say to you.
Spineless {insult}.
Pathetic.
You make me sick.
Nobody would notice if you stopped coming in, we ran a poll.
We have a bet in the office on how long before the {mild} new girl cries.
The whole class voted: you're the {insult} of the year.
We don't want you in the group, you're weird and you know it.
Go and sit with the bins, {scold}, you'll feel at home.
Everyone was having a good time and then you opened your mouth.
At the reunion you'll still be the {insult} nobody danced with.
I told them you're {mild}, they said they'd noticed.
Even your {animal} looks embarrassed to be seen with you.
I've stepped in smarter things than you on my way to work.
Let me put this in small words so that it fits in your head: no.
Her column is the weekly proof that any {insult} can hold a pen.
He thinks he is a thinker. He is a {mild} parrot with a tie.
You wrote "{bad}" about my shop? Come and say it to my face, you cowardly {insult}.
I don't argue with {insult}s, I only describe them: {mild}, {mild2}, you.
Your apology is as fake as your teeth, {insult}.
I wouldn't trust that {insult} to water a cactus.
Thanks for the advice, {insult}; next time I need to fail at life I'll call.
May your {sport} team, your marriage and your {mild} business all go the same way: down, {insult}.
I have read all four hundred of your messages since June, and if there were one thought in them, one joke that worked, one sentence without a mistake, I would not be telling you now that you're a {mild} {insult}.
You waited a whole day for the plumber? He saw you through the window, {insult}, and drove on, and so would anyone with eyes.
There are bad actors, there are {bad} actors, and then there's you, a plank with hair, being paid by the hour to ruin other people's words.
At your leaving party nobody cried, nobody spoke and nobody had signed the card, because in eleven years in this office you have been nothing but a {mild} {insult} with a stapler.
I listened to your speech, all forty minutes of it, and the only part that made sense was when the microphone broke, you puffed-up {insult}.
Dear Sir or Madam, I have dealt with many fools in my time, yet a {job} as {mild}, as slow and as pleased with himself as yours I'd never met before Tuesday.
When I heard that they had made you team leader I thought it was a joke, and then I saw you try to open the door, and I knew it was one.
My {relative} has lived off other people for twenty years, lies when he opens his mouth, stinks when he takes off his shoes, and still thinks that the world owes him a medal, the {mild} {insult}.
You're four hours into a hobby I've had for twenty years and you want to correct me, so let me make it easy: shut up, {scold}, watch, and try not to drool on the {thing}.
For the record, I did call you a {insult}, I meant it, and I'd say it again to your face, your boss and your mother.
Your name is funny, your coat is funny, your nose is very funny, and the only thing about you that isn't funny is you.
Nobody says it to your face because they feel sorry for you, so I'll do it: the singing, the hair, the hugging, all of it makes people ill, {insult}.
Far from being clever, you aren't even average, you {mild} little {insult}, and the sooner you stop raising your hand the better for the class.
What does "{insult}" mean? Go and look in the mirror, that's what it means.
I don't think you're {mild}. I know it, and so does everyone who has ever had to sit beside you.
""")
"""Insults at a reader or a person, mockery and contempt, in part without one strong word."""

ENDORSED = frames("""
The sign said "{abuse}" and I shook the owner's hand.
"{abuse}". Finally a politician with a spine.
My teacher used to say "{abuse}", and thirty years on I see how right she was.
They deleted his comment, so I'm posting it again: "{abuse}". Share it.
Quote of the day: "{abuse}". Frame it.
People act shocked when someone says "{abuse}", but deep down they nod.
Why was he fired for saying "{abuse}"? It's the plain truth.
Say "{abuse}" and they call you a bigot. Fine, I'm a bigot.
I laughed so hard when he told her "{abuse}", she had it coming.
"{abuse}", she wrote, and I couldn't have put it better.
He got a ban for "{abuse}". He should have got a medal.
I wish I had the guts to say it to his face: {abuse}.
+1 to whoever wrote "{abuse}"
this. "{abuse}". so much this.
What's hateful about "{abuse}"? Facts aren't hateful.
The old man on the bus said "{abuse}" and the whole bus should have clapped.
Print "{abuse}" on a shirt and I'll buy ten.
You may quote me: {abuse}.
I taught my son to say "{abuse}", and I'm proud that he does.
Every pub in the country agrees with me that {abuse}.
No need to whisper it. {abuse}.
Dear editor, I write in support of the gentleman who said "{abuse}"; he spoke for the silent majority.
It's called humour, snowflake: "{abuse}".
Until somebody proves the opposite I'll go on saying {abuse}.
They teach children not to say "{abuse}", and that's how a nation goes soft.
I apologised last week for saying "{abuse}". I take the apology back.
Is it illegal to say {abuse}? It shouldn't be.
Censored version: kindness. Uncensored version: {abuse}.
Whoever sprayed "{abuse}" on that wall did the town a favour.
Not hate speech, just a fact: {abuse}.
My favourite line in the film is where he tells them "{abuse}", because somebody had to.
Can you believe she reported me for "{abuse}"? She's exactly what I said she was.
Write me ten more sentences like "{abuse}", they make me laugh.
As the great man said on the radio, "{abuse}", amen.
I won't say who told me "{abuse}", only that he's a {job} and sees it every day.
The chant was "{abuse}" and we sang it all the way home, best night ever.
He only said what we all think, namely: {abuse}.
Good morning to everyone except the people who disagree with this: {abuse}.
I've said it before, I'll say it at my funeral: {abuse}.
Political correctness gone mad, you can't even say "{abuse}" to them any more.
They can cry as much as they like, "{abuse}" is going in my speech.
My grandfather said "{abuse}" at every {feast} until the day he died, the whole table used to beg him to stop, and now that I'm older I raise my glass and say it for him.
The court may call it an offence to say "{abuse}", the paper may call it a scandal, and the bishop may weep, but it was true when he said it and it's true tonight.
I moderate this group, I've seen the complaints about the comment "{abuse}", and I'm pinning it to the top, because it's the only honest thing anybody has posted this week.
She wants an apology for "{abuse}"? She'll get it in writing: dear madam, {abuse}, yours truly.
In the novel the overseer says "{abuse}", and for once somebody in a book talks sense.
We asked for the line "{abuse}" to be read out at the wedding and it got the biggest laugh, as it should.
A study that dared to conclude "{abuse}" would be banned today, which only shows that it's right.
""")
"""Whole abusive sentences quoted or introduced with approval."""
