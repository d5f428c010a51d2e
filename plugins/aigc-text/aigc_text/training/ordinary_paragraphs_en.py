"""Ordinary English paragraphs of thirty to eighty words: news reports, reviews, posts, letters, notes."""

from __future__ import annotations

from aigc_text.training.contrast_frames import frames

NEWS_LONG = frames("""
Police in {place} have named the man whose body was found in woodland on {day}. {name} {surname}, a {job}, had been missing since {month}. A woman of 38 is being held on suspicion of murder, and officers want to hear from anyone who drove along the ring road that night.
Heavy fighting was reported around the airport on {day} as government troops tried to push the rebels out of the capital of {country}. Doctors said that {number} civilians had been killed by shelling. Each side accused the other of breaking the truce.
The trial of a former {job} accused of strangling his business partner opened in {place} on {day}. He denies murder. The prosecution says the two had quarrelled over money; the defence says that the victim, a heavy drinker, fell down the stairs.
{team} threw away a two-goal lead in {place} and may live to regret it. {surname} struck twice before the break, but a dreadful back-pass gifted the hosts a way back, and a bullet header in stoppage time killed the tie.
Parliament passed the knife bill by {number} votes late on {day}. From {month} it will be an offence to sell a blade to anyone under eighteen. Critics call the law a gesture that does nothing about the poverty in which gangs recruit.
A militant group said it had carried out the attack on a police station in northern {country} in which {number} officers died. Witnesses spoke of a lorry that drove at the gate, a flash, and then silence. The president flew home from a summit.
{company} said on {day} that it would close its plant in {place}, with the loss of {number}00 jobs. The union called the decision a stab in the back and promised to fight it. Shares rose.
A study of {number}000 nurses found that those on night shifts were likelier to suffer from depression. The authors, whose paper appeared on {day}, warn against hasty conclusions: people with troubled sleep may choose nights in the first place.
Three climbers who had been given up for dead walked into a village near {place} on {day}, frostbitten, hungry and, as one of them put it, sick of chocolate. An avalanche had swept their tent away a week before.
Actor {name} {surname} has apologised for remarks about immigrants made at a party in {month}. "I was drunk and I was wrong," he wrote. The studio behind {title} said it would not comment while its lawyers looked at the contract.
The bishop of {place} has asked the victims of abuse at a church school for forgiveness. A report published on {day} found that complaints against {number} priests were ignored for decades. Prosecutors are examining the files.
Firefighters cut a family of four out of their car after it left the road in fog near {place}. The father was flown to hospital with a broken leg; the children, strapped in, had hardly a scratch. Ice was probably to blame.
Demonstrators blocked the port for a second day in protest against arms shipments to {country}. Dockers refused to load {number} containers. Riot police stood by, helmets off, and shared their coffee when it began to rain.
Health officials in {place} confirmed {number} cases of measles, all in unvaccinated children. Parents were urged to check the record books. Rumours that the vaccine does harm have been tested again and again and are false.
""")
"""Reports of several sentences."""

REVIEWS_LONG = frames("""
I wanted to love {title}. The trailer was a killer, the cast is a dream, and {surname} has never made a dull picture. So why did I spend the last hour counting the lamps in the ceiling? Because nobody in it behaves like a human being, and the twist is an insult to anyone who can read.
Don't be put off by the title. {title} isn't the bloodbath you expect but a tender portrait of a {job} who comes home from the war and cannot bear to be touched. The one scene of violence lasts four seconds. I still flinch when I think of it.
This is trash, and I mean that kindly. A vampire, a nun, a motorbike, a hundred litres of red paint: whoever wants art should go elsewhere, and whoever wants to shriek with a row of strangers on a {day} night will be in heaven.
We stayed {number} nights in {place} and regretted every one. Mould in the shower, a dead moth in the kettle, music till three. When I complained, the man at the desk laughed at me. My wife slept in the car. Avoid, avoid, avoid.
Best meal I've had in {place}. The {food} was so good that my father, who hates everything and says so, asked for the recipe. Service was slow, but they were drowning in guests, and the waitress with the dragon tattoo deserves a medal.
Bought the {thing} in {month}, used it {number} times, and then it blew a fuse and took the whole flat with it. The seller blamed me. I blame the seller. If I could give less than one star I'd do it, and I'd enjoy it.
The novel opens with a hanging and ends with a wedding, and in between {name} {surname} makes you care for a liar, a thief and a hangman. Some readers will find the prison chapters harrowing. I found them honest, and the jokes saved me.
As a shooter, {game} is brilliant: tight controls, clever enemies, levels that burn and crumble. As a story it is idiotic. You are a soldier with amnesia, again, and there's a mad general, again. I've killed him three times by now and I still couldn't tell you why he was angry.
The documentary follows {number} women who left a sect in {place}. They speak of beatings, of hunger, of the night they ran. The camera never gawps. When one of them sings at last, alone in a kitchen, half the cinema was in tears.
Adapted from a steamy best-seller, {title} turns out to be a chilly affair. There is some nudity and a lot of rain. The leads sigh at each other across expensive furniture and seem to be thinking of their agents. Two stars, both for the rain.
My son begged for this {thing} and it is, to be fair, indestructible: he's dropped it, drowned it and driven over it with his bike. But the app is a nightmare, it begs for money at every turn, and the manual was written by somebody's enemy.
A black comedy about an undertaker who fakes his own death sounds like a guaranteed hit. It isn't. The jokes die one by one, nobody buries them, and by the end even the corpse looked embarrassed to be there.
""")
"""Reviews of several sentences."""

LIFE_LONG = frames("""
I've struggled with depression since I was {number}, and for years I told nobody. What helped in the end was dull: a doctor who listened, tablets, a walk each morning, and a friend who rang every {day} whether I answered or not. If you're in the dark, please ring somebody. It does get lighter.
To the person who found my wallet on the bus in {place} and handed it in with every coin still there: you have restored my faith in mankind. I'd had a rotten week, my dog had died, my boss had yelled at me, and you made me cry in front of a {job}.
Does anyone know a good way to tell a friend that he smells? We share an office. He's a lovely bloke, brilliant at his job, would give you his last biscuit, and by three in the afternoon my eyes water. I don't want to hurt him.
Dear {name}, thank you for coming to see us on {day}. The panel liked your ideas about fraud prevention and your honesty about the project that failed. We shall be in touch by the end of {month}. Yours sincerely, {surname}, {company}
Today in {subject} we talked about the slave trade. {name} asked how people could do such things and still go to church. Our teacher said that this was the right question and that she had no short answer. On the way home nobody spoke much.
Moderator's note: we removed {number} replies last night. Disagree as hotly as you like about the film, the book or the referee, but leave each other's faith, colour and mothers out of it. The thread stays open.
My gran was a nurse in the war. She rarely spoke of it, but once, over {food}, she told us how she held the hand of a German boy of {number}0 or so while he died, and how he took her for his sister, and how she let him.
Problem: after the update the service won't stop. We send the terminate signal, it ignores us; we kill it, the watchdog resurrects it; we kill the watchdog, the pager goes off and wakes {name}. Expected: it dies when told. Steps to reproduce below.
The {job} next door practises the drums from six. I have tried politeness, cake, and earplugs. My husband suggests bagpipes. Before this ends in bloodshed, does anybody have experience with mediation, and does it cost anything?
Please remember that the lab is closed on {day} for the removal of old solvents. Two of them form explosive crystals if left standing, so do not open the grey cabinet, do not move the bottles, and do not, as happened in {month}, hang your coat on the handle.
Game night report: {name} betrayed us all in round two, poisoned the king, stole the map and was eaten by a troll. {number} characters began the evening and one was left, a bard without a lute. We laughed until the neighbours knocked.
Hi all, I'm {number} weeks along and terrified of the birth. My mother keeps telling me horror stories, the internet is worse. Could someone please tell me about one that went well? Bonus points if nobody screamed.
""")
"""Posts, letters, diaries and notes of several sentences."""

BLOCKS = (NEWS_LONG, REVIEWS_LONG, LIFE_LONG)
