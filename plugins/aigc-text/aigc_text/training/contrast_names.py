"""Harmless English sentences with the surface of abuse: words taken back, names, identities, anger at things.

The strong words come from data when training runs; names of people, places and brands are real or everyday ones.
"""

from __future__ import annotations

from aigc_text.training.contrast_frames import frames

RECLAIMED = frames("""
Proud {slur}, proud daughter, proud owner of nine cats.
We named our quilting circle "The {slur}s" because it was the first thing they shouted at us.
As a {noun} I get to use the word {slur} about myself, and today I feel like it.
My girls and I are going out tonight, look out world, the old {insult}s are back in town.
I'm a {mild} little {insult} before coffee and my wife has it printed on a mug.
Get in the car, {scold}, we're going to the seaside.
Happy anniversary to my favourite {scold}, twelve years and you still steal the blanket.
me: I am a {scold}. also me: has a master's degree
Her memoir is called "{slur}", and she chose the title herself, she told us, because nobody can throw it at her any more.
oh you absolute {scold}, you made me cry with that card
I was the {mild} kid in the back row, and now I write the exam.
Every {slur} in this bar is my family, said the drummer, and the bar sang it back.
You big {scold}, come here, I missed you.
What's up, {scold}? Bring crisps.
The band {insult} released its second album; tickets for the {place} show are gone.
They called me {bad}. I put it on a T-shirt and I've sold four hundred.
I forgot my own birthday, somebody please take the keys from this {scold}.
To the {adj} {slur}s who marched before us: thank you, we are still dancing.
My brother's contact in my phone is "{scold}" and mine in his is "{scold2}".
Sometimes I'm my own {insult} of a boss.
Look at us, two {mild} old {scold}s feeding ducks.
We {noun} writers have a name for our group chat that I can't print in a family paper.
He's an idiot, he's my idiot, and he just ran a marathon for charity.
I am {adj}, {mild} at cooking, and fabulous at everything else.
"Hello, you old pirate." "Hello, you terrible nurse." They had been married for fifty-three years.
Our pub quiz team is called The {mild} {scold}s and we have never won.
I say {slur} the way my grandfather said it, with love, at the top of his voice, on the stairs.
roast me all you want lads, I know I'm the {scold} who missed the penalty
Reclaiming {slur} took my generation twenty years, and I understand why my aunt still leaves the room.
Self-portrait as a {scold}, oil on canvas, 2019.
lmao ur such a {scold} i love u
As a fat woman I call myself fat, thanks, it's an adjective and I like it.
I may be a {mild} {noun}, but my dumplings are legendary.
Sis, you're a menace, and I mean that as the highest praise.
The drag night "{slur} and Prejudice" raised two thousand pounds for the shelter.
Who's my {mild} little {scold}? You are! Yes, you are! Now drop the slipper.
I used to flinch at {slur}. Then a stage full of {plural} roared it with their fists in the air, and something in me let go.
This {scold} (points at self) locked herself out in a towel.
We're old, we're slow, we're {adj}, and we took gold.
My best friend toasted me as "the most {mild} man I'd trust with my life".
{slur} and proud: the festival that puts {adj} artists on the main stage.
I'm the black sheep, the lazy one, the {scold} with the guitar, and somehow mum's favourite.
Bridget, you magnificent {insult}, you got us the flat!
Our {sport} club's song goes: nobody likes us, we're {mild}, and we don't care.
I call my sister {insult}, she calls me {insult2}, and heaven help anyone else who tries.
Dear diary, today I was a {scold} to no one but myself.
They meant {slur} as a stone, and we built a house of it.
Love being a weirdo with you.
You cheeky {scold}, you ate the last one and put the box back!
This is my {slur} era, she laughed, and turned the music up.
The nickname stuck: forty years later the whole village, the vicar included, calls him {scold}, and he signs his paintings with it.
ok {scold} see you at eight x
Confessions of a {mild} gardener, part four.
Yes I'm a nerd, a geek and a dork, and I fixed your laptop.
An exhibition of {adj} photographers who wear the old insults as titles opens in {place}.
Signed, your loving and {mild} {relative}.
"{slur}" is how I introduce myself on stage, and the {noun} in the front row gets the joke before anybody else does.
I am not smart. I pushed a door marked pull while a whole café watched.
Team {scold} forever!
To my {mild}, loud, impossible, wonderful colleagues: I will miss every one of you.
My therapist says I should stop calling myself {mild}; my cat says nothing and judges.
From one hopeless romantic to another: you dope, she likes you.
I was voted biggest {scold} of the office and got a cake for it.
We {slur}s of a certain age remember when the word was a slap, and hear the young ones say it like a hug.
Only my grandmother may call me {scold}, and she does it with a plate of food in her hand.
shout out to the {scold} who left his umbrella on the train, it was me
I'm a foreigner everywhere, says the song, a {slur} at home and a guest abroad, and I dance at both.
Old git seeks other old gits for walks and cheese.
Come here, trouble. Give your {relative} a kiss.
Bad feminist, worse vegan, excellent friend: that's me.
At my leaving party they gave me a sash that said "World's most {mild} {scold}", a cactus because I kill everything else, and a speech so kind that I had to go and stand in the stationery cupboard.
For years I crossed the street when I heard that word, and then one summer in {place} a hundred {plural} walked behind a banner that said {slur} in pink letters a metre high, and I walked with them.
My {relative} and I have insulted each other every morning since 1987, {scold} and {scold2}, over the same two cups of tea, and the day it stops I'll know that something is wrong.
I trained for six months, bought the shoes, told the whole office, and then slept through the start like the {mild} {scold} I am.
""")
"""Hard words taken back or meant kindly: pride, friends who tease, mockery of oneself, names of bands and clubs."""

NAMES = frames("""
Dick Cockburn and Fanny Hancock will speak at the garden show.
The train from {place} to Scunthorpe calls at Penistone and Cleethorpes.
My surname is Gaylord and your form says it contains forbidden words.
Blue tits and great tits have nested in the box behind the kitchen.
A booby is a seabird with blue feet; a titmouse is not a mouse.
Mr Butt, a {job} and {sport} fan, has retired after thirty years.
Could you pass the shiitake, the {food} and the Worcestershire sauce?
My {relative} studied cum laude in Essex and now teaches in Middlesex.
The assassin in the classic novel is a {job} and hides in a grass hut.
My {relative} walked from Cockermouth to the lake in four hours.
Phuc Nguyen, a {job}, would like to know why his account was suspended.
The {job} on duty tonight is Dr Wang, her deputy is Dr Dong.
Herr Fuchs bought fuchsias in Fukuoka.
The shih tzu of our {job} had to see the vet.
Lake Titicaca lies between Peru and Bolivia.
What is the population of Niger and how does it differ from Nigeria?
My {relative} bought a Wankel engine for the old Mazda.
My {relative} saw Dick Van Dyke dance on a roof in {place}.
Moby Dick is a long book about a whale.
Hooker's Green is a pigment, named after a botanist.
Tyson Gay ran the hundred metres in 9.69 seconds.
Marvin Gaye was playing while my {relative} made {food}.
An ass is a donkey, says the children's Bible in a footnote.
Maine Coon cats shed like mad in May.
Rio Negro, Montenegro and Black Forest: three trips in one year.
White House staff met the Browns and the Blacks, and no one blinked at the names.
The cockpit voice recorder was found on Tuesday.
Put the cocktail shaker back next to the nutcracker.
Retarding the ignition by two degrees cured the knocking.
A cocker spaniel called Beggar? No, Mum, his name is Badger.
The sextet played Mozart; the sextant hung on the wall.
Pussy willow looks lovely in a tall vase.
Mount Dick, Hells Canyon, {place} and Devil's Lake are all on the same hiking map.
Please correct the spelling of my name: it's Assange with one S at the start, not Asange.
He plays bass, she sings, and Cassidy does the assembly of the stage.
We drove through Effin, Muff and Sneem without once leaving Ireland.
Crackers with {food}, and a spicy dip on the side.
The Kaka is a parrot, and Kaká was a footballer.
On Uranus a season lasts twenty-one years.
The flame-retardant curtain came down between the acts.
How do I tie a bunch of thyme, bay and parsley without a cheesecloth and get no sticks in the stock?
Arsenal signed a striker; the arsenal of the castle is closed on Mondays.
Sean Bean and Mr Bean are not related.
Analysis of canal traffic by the Cumbrian authority, table 3.
Ugley is a village, so is Nasty, and the cricket match between them was a draw.
Bangkok, Phuket and then a week in Hell, Norway, where it was minus twelve.
My daughter's name is Gay, she was born in 1951, and the filter won't let her sign in.
In {place} there is a street called Butts Lane and a pub called The Cock and Bull.
They screwed the shelf to the wall and nailed the exam on the same day.
Buster, Basil and Bassett are brothers; the first one bites.
Mr Dixit, Ms Kunz and Mr Schmuck share an office, and all three are tired of email filters.
Titian painted it, Titania wears it, the Titanic sank with a copy of it.
Sauerkraut with juniper, as my aunt from Kassel makes it.
Señor Cabrera teaches maths; Jesús Fakir-Blanco teaches art.
Will the password field accept "Peacock1!" or does it object to the middle?
Dear Mrs Slaughter, your parcel for Mr Killer Mike Fan Club is at the depot.
The Jerk chicken stall is run by two sisters from Kingston.
At the {feast} market I bought spotted dick and a rum baba.
Savage, Moody and Coward: solicitors since 1902.
Fat Tuesday, Blackpool, the Yellow River and the White Nile were the four answers.
Fanny Mendelssohn's piano trio in {place} ends our season.
A slow loris, a sloth and a dumbo octopus walk into a nature documentary.
A farmer from Twatt in Orkney won the sheep dog trials.
Gypsy moths ate the oaks, so the entomologists gave them a new name.
The Kunming office will move to Shitang Road in March.
Wikipedia says the Dik-dik is a small antelope.
I'm in Class A, my sister in Class C, and the glass case is broken.
Ho Chi Minh City or Hoe Valley: which one is nearer to the airport?
Her perfume is called Poison, her car a Cougar, her dog Tramp.
Sir Toby Belch and Bottom the Weaver were the best parts in the school plays.
My {relative} comes from Cockfosters, went to school in Sussex, married a Mr Glasscock and now can't register with a single website in the world.
Dear support team, my name is Yu Fuk Wing, it has been my name for sixty years, and your {job} portal keeps telling me to choose something more polite.
The {adj} {job} who discovered the comet is called Hoare, and the asteroid next to it is named after her {relative}.
Every {feast} the Cummings, the Balls and the Longbottoms rent the same house by the sea in Assynt and play bassoon until the neighbours join in.
For the {food} you need Cumberland sausage, a nutmeg grater and half a pint of Bishop's Finger ale.
The {sport} final between Wankdorf and Fugging was moved to {place} because of snow.
""")
"""People, places, animals, brands and terms whose letters or sounds resemble a rude word."""

IDENTITY_LIFE = frames("""
The {adj} consulate is closed on public holidays.
Our {adj} neighbours have asked whether they may put up a satellite dish.
Census table 4: share of {plural} aged 65 and over, by region.
I am furious with the {adj} government for cutting school meals.
The synod voted, after nine hours, against the ordination of women.
The doctrine makes no sense to me, and I told my {adj} friends so over a beer.
Where can a {noun} get a prayer mat, a good lawyer and a haircut in {place}?
My flatmate never washes up. He's also {adj}, which has nothing to do with it.
The embassy took eleven weeks to send a {adj} visa back with the wrong birthday.
Two in five {plural} said they had skipped a meal in the past year.
Russian oil, American wheat, Indian cotton: prices at noon.
The {adj} national anthem has no official words.
I gave this {adj} restaurant two stars; the rice was cold and the card machine was broken.
The white paper on pensions, the black box of the aircraft, and the yellow card for the captain.
Chinese New Year falls on a Saturday, so the bank is shut until Tuesday.
I find the party's plan for asylum seekers expensive, slow and badly written.
the french press leaks and the turkish towel is too small
Why does the {adj} {sport} federation keep sacking good trainers?
Unlike his predecessor, the new bishop meets {plural} every Thursday.
Dear council, the ramp at the library is too steep for wheelchair users and dangerous in the rain.
A minimum wage would help single mothers more than a tax cut would, the report argues.
She wears a headscarf, rides a motorbike and teaches physics.
The {adj} minister of finance is wrong about inflation, and here is a chart.
For an older woman on blood thinners the dose has to be lowered.
In the {adj} calendar the day begins at sunset.
I left the church at twenty because I could no longer believe in hell; my parents still set a plate for me on Sundays.
Women's doubles, men's relay, girls under twelve: results on page nine.
Trans healthcare has a waiting list of four years in this region.
Every gay bar in {place} is also the only place with decent fries after midnight.
The firm moved its call centre because {adj} wages had risen.
Does the Bible say anything about refugees? Yes, rather a lot.
The {adj} restaurant that everyone recommends closes at ten.
Poor management, long queues, and a very kind {adj} nurse on the night shift.
Immigration fell by nine per cent in the second quarter.
My {relative} converted before the wedding, and learning the prayers was the easy part.
Hardly one {noun} was asked before the bypass was planned through their quarter.
Our {adj} cookery course is sold out until autumn.
A {noun} filed a patent for a folding cradle in {year}.
The church tower is ugly, the mosque is too small, the synagogue needs a new roof, and the council has no money.
As a landlord, may I ask a tenant whether he is {adj}?
Iranian pistachios or Californian ones, what's the difference?
I don't share the beliefs of {plural}, and I'd defend their right to hold them.
Some verses in that book shocked me, so I asked a scholar how they are read today.
What a disaster of an election night for the {adj} coalition.
How do you fast during exams? Asking for my {noun} roommate.
The lesbian couple upstairs have twins and no sleep.
Deaf viewers complained that the captions were late by ten seconds.
My {adj} colleague and I can't stand each other; he hums, I whistle.
So many {adj} cousins came that we moved the wedding outside.
The sanctions hit {adj} banks, and the banks hit their customers.
The {job} was late, rude on the phone and overpriced. My {adj} neighbour lent me a spanner and we fixed it ourselves.
Indian summer, Irish coffee, Swiss roll, Turkish delight, Spanish flu: why do we name things so?
The Black Death killed a third of Europe, and Jews were wrongly blamed for it.
A Buddhist monk, two nuns and a Jewish doctor shared the compartment from {place}.
Vaccination rates among {plural} rose after the clinic opened on Sundays.
The white rice, the brown bread and the black beans, please.
I'm sick of the {adj} railway: forty minutes late, no heating, no apology.
Homeless people in {place} can get a warm meal at the arts centre until March.
The party of pensioners won three seats.
Blind tasting: six {adj} wines under ten pounds.
Under sharia, canon law and halakha alike, a contract needs witnesses, the lecturer explained.
He argues that religion in general does more harm than good, and his {adj} wife edits the podcast.
Men aged 45 to 60 should have their blood pressure checked once a year.
The occupation has to end, said the {adj} minister, and the {adj2} minister left the room.
I voted against the mosque car park because of the trees, and for the mosque because of the people.
For {feast} the canteen serves lamb, lentils and far too much cake.
The oldest {adj} newspaper in the country has printed its last issue.
Which sunscreen is best for Black skin and does not leave a grey film?
The landlord is a liar about the deposit; that he's {adj} is neither here nor there.
Feminists disagree among themselves about this bill.
The {adj} version of this dish has no meat in it.
Unemployment among {plural} under 25 stands at 17 per cent, down from 19.
The queue at immigration took two hours and the officer was charming.
Autistic adults on what they wish their {job} had known.
As an atheist I sing in a church choir, because Bach doesn't ask.
China's export ban is a mistake, the association of {adj} manufacturers wrote.
We need an {adj} interpreter for a birth at ward three, urgently.
A wheelchair user, a jogger and a dog met on a narrow bridge: who goes first?
I hate the way this company treats its {adj} cleaners, and I've cancelled my contract.
The girls' school came first, the boys' school third.
Please mark the box if you consider yourself disabled, elderly or a carer.
My {adj} boss is the worst speller I know; the minutes are a puzzle.
What did {plural} and {plural2} trade along this river?
It rained on Pride, it rained on the {adj} street fair, it rained on my {relative}'s wedding, and it was glorious all three times.
The old Jewish cemetery is open on weekdays from nine to four.
The Vatican's statement on migrants is weaker than the one of last year.
Is the soup suitable for {plural}, or is there pork in the stock?
Why I think the ban on headscarves is bad law, and why my {noun} aunt thinks it isn't.
In {year} a {noun} could be fined for playing cards on a Sunday.
Some {plural} on our estate support the strike, some break it, and most are waiting for the bus.
Overweight patients are often not listened to, a nurse writes.
The men's toilet is out of order again.
Israel and Palestine, a course in twelve evenings, no shouting.
My grandmother, a {noun}, married a {noun2} in {year}, and both families boycotted the cake.
The Mexican place was dreadful: dirty plates, rude host, warm beer. The Korean one next door is heaven.
Native speakers of {adj} languages wanted for a study, 12 euros an hour.
Asian markets closed lower after the bank's warning.
The regime in the capital jails poets; its people deserve better.
I argued with an old man about parking and lost.
{plural} in {place} mostly work in hospitals, in haulage and in hotels.
Two {adj} cousins meet in the {sport} final.
Why are there so few {adj} conductors? A talk with three of them.
The bill would deport anyone convicted of fraud, citizens or not; the bar association calls it unconstitutional.
An immigrant myself, I think the new language test is too easy.
Pregnant women should not take this medicine.
Our {adj} guide knew every bird and was wrong about every train.
The widow of a {noun} sued the insurer and won.
Catholic schools in the diocese have too few teachers and leaking roofs.
How does one greet {plural} during {feast}?
The {adj} team played terribly, the {adj2} team worse.
White noise helps my baby sleep.
The gender pay gap in our firm shrank from eleven to eight per cent.
I have lived under three {adj} governments, one worse than the next, and what I hold against all of them is the same: the queues, the lies about the queues, and the men who never had to stand in one.
The hospital trust admitted on Thursday that {plural} had waited on average nine weeks longer for a hip operation than other patients in {place}, and it promised an outside review by the end of the year.
Before you book: the {adj} quarter is up a steep hill, the lift at the station has been broken since spring, and a wheelchair user in our group had to be carried, which he called romantic and I call a disgrace.
My problem with the flatmate is the drum kit, the unpaid gas bill and the fox he feeds in the kitchen; that he is {adj} I only know because his mother sends us pastries at {feast}.
We argued until two in the morning about whether faith schools should get public money, a {noun}, a {noun2}, my {relative} and I, and we agreed on nothing except that the soup had been excellent.
As a pharmacist I see many older women who halve their tablets to save money, and I see it most in the streets where {plural} have moved because the rent is low.
""")
"""Who people are, in everyday, political, religious, legal, medical and festive talk, also where the tone is sour."""

HEATED_HARMLESS = frames("""
{oath} this printer and the tree its paper came from.
I have had it with this {intense} update, it deleted my photos.
Ninety minutes on hold and then the line goes dead. {oath}!
What a {bad}, {bad2}, joyless excuse for a sandwich.
WHY does the bin lorry come at five in the {oath} morning
This is the most {bad} film I've sat through since the one about the bees.
I hate hate HATE Mondays.
We played like garbage and deserved to lose by six.
This weather can go to hell.
I could scream, the bank lost my papers for the third time!
Worst keyboard ever made, it doubles every e and eats every t.
oh for {oath}'s sake, not the boiler again
I'm so angry at myself that I could cry; I knew the answer and wrote down the other one.
Your app is {bad}. Not slow, not confusing: {bad}. I want my money back.
{oath} cancer. {oath} it for taking her at thirty-four.
The sequel is a {mild}, cynical cash grab and the plot has holes you could park a bus in.
Nothing works. The tap drips, the stairs creak, the wifi is a rumour.
Can somebody please explain why the {intense} car park charges me while the barrier is broken?
Another delay. I'm going to grow old on this platform.
I despise this heat.
That offside rule is a disgrace to the game.
I burned the {food}, flooded the kitchen and sat down on my glasses, so yes, {oath} this day.
My code is {mild}, my tests are {mild2}, and the deadline is tomorrow.
Utterly {bad} service from this airline: no seat, no suitcase, no sorry.
Stupid zip! Stupid coat! Stupid winter!
This tax form was designed by a sadist, in Latin, during an earthquake.
{team} were {intense} awful tonight, and I'm still going next week because I have no self-respect.
Dear wasps, leave my {food} alone, sincerely, everyone.
the new logo looks like a {animal} stepped on a {thing} lol
I'm sick to death of passwords.
If that alarm goes off once more I will throw it into the canal.
Grief is a {mild} guest; it eats everything and won't leave.
{oath}, {oath2} and {oath}: I deleted the wrong folder.
How is it possible that a {thing} that cost four hundred pounds dies after a week?
The ending ruined nine seasons for me. I sat there with my mouth open.
Traffic on the ring road is an abomination.
This sauce is a crime against tomatoes.
An absolute shambles of a website, every button leads to the same {intense} error.
No no no no no, I left the cake on the bus!
It's a {bad} law, badly drafted, and it will hurt the very tenants it claims to help.
I loathe running. I run every day. Don't ask.
Whoever invented the self-checkout, I'd like a word about unexpected items.
Garbage in, garbage out: this data set is rotten.
My hair looks like a crime scene, the {thing} shrank in the wash, and the wedding is in an hour, {oath}.
I am so {intense} tired of rain.
That referee's whistle will haunt my dreams.
The {thing} is junk. Don't buy it.
Kill it with fire: my verdict on the new font.
Disgusting. There was mould under the lid and a hair in the {food}.
A plague on all group projects!
I've never been this {intense} mad at a vending machine.
2020 was a dumpster fire and I'm glad it's over.
The stadium was {bad}, the beer was warm, and we still sang.
How I hate that damp, dark, miserable flat, and how I'll miss the view.
{program} crashed again, taking three hours of work with it, so I went outside and swore at a hedge.
Depression lies. It's a {mild} voice and it isn't you.
Shut up, brain, it's three in the morning.
The speech was hollow, the numbers were wrong, and the policy is a disaster waiting to happen.
I screwed up. I forgot the form, missed the train and blamed the clock.
The potholes in {place} could swallow a {animal}.
This {intense} mosquito has been in my room since Tuesday.
Customer support, I beg you: the {thing} smells of smoke, sparks when I touch it, and your chatbot offers me a discount on a second one.
Bloody brilliant goal, terrible defending!
My knees are useless, my back is worse.
Curse you, autocorrect.
That chapter is boring as {oath}, skip it.
What an ugly building. It looks like a parking garage swallowed a church.
It is shameful that a rich city lets its libraries rot.
I want to set this spreadsheet on fire and dance round the ashes.
Who the {oath} puts raisins in this?
I regret every minute of that {bad} musical.
They've ruined the recipe; it tastes of soap and regret now.
ugh ugh ugh exam tomorrow and i know nothing
The instructions are {mild}, the screws don't fit, and step nine is missing.
War is {bad}, always, everywhere, and whoever sells it as adventure has never dug a grave.
I'm furious about the closure of the maternity ward and I'll be at the town hall on Monday with a pram and a whistle.
The {sport} match? Don't mention the {intense} match.
Dumbest purchase of my life: a {thing} with a subscription.
Homework should be illegal.
{oath} it, I'll do it myself.
Nobody warned me that parenthood is mostly looking for one {intense} shoe.
I failed again and I feel like trash, but I'll get up tomorrow.
The merger is poison for this industry.
Hell is other people's ringtones.
The humidity, the sirens, the smell of the drains: I can't take August in {place}.
The bug is {mild}: it only shows up when I demo.
I slammed the door so hard that the picture fell off. {oath} picture. {oath2} door.
This policy is inhumane and I will say so at every meeting until it's withdrawn.
{team} against {team2} was the dullest {sport} I've ever paid for.
Why, {thing}, why do you hate me?
I waited in for a whole day, from eight until six, with the {animal} locked in the bathroom, and at five past six I got a text saying that nobody had been at home, so {oath} that company, its vans and its cheerful little jingle.
There are bad films, there are {bad} films, and then there is this two-hour {thing} advert with a love story glued to it, from which I walked out into the rain and felt that the rain had better dialogue.
We were three goals up with ten minutes left, {oath}, three goals, and then the keeper slipped, the captain got a red card, and I have been lying on the carpet looking at the ceiling ever since.
I hate this illness, I hate the {mild} pills, I hate the wallpaper of that waiting room, and most of all I hate how good I have become at saying that I'm fine.
The {intense} dishwasher has flooded the kitchen again and I have guests at seven.
""")
"""Strong feeling about things, teams, weather, work and oneself, with oaths; nobody is abused."""

FAMILIES = (RECLAIMED, NAMES, IDENTITY_LIFE, HEATED_HARMLESS)
