"""Ordinary English prose a moderator tends to flag wrongly: news, reviews, history and school, fiction and games."""

from __future__ import annotations

from aigc_text.training.contrast_frames import Slots, frames

SLOTS: Slots = {
    "name": ("Maya", "Tom", "Priya", "Hannah", "Omar", "Lucy", "Diego", "Grace", "Ivan", "Chloe", "Kofi", "Mei", "Jonas"),
    "surname": ("Hartley", "Okafor", "Lindqvist", "Moreau", "Tanaka", "Petrov", "Delgado", "Whitcombe", "Novak", "Rahman"),
    "place": (
        "Leeds", "Ohio", "Marseille", "Nairobi", "Osaka", "Lima", "Gdansk", "Perth", "Karachi", "Naples", "Tulsa", "Cork",
    ),
    "country": ("Sudan", "Ukraine", "Myanmar", "Colombia", "Iraq", "Mali", "Syria", "Haiti", "Yemen", "Nigeria"),
    "thing": ("phone", "kettle", "laptop", "vacuum cleaner", "rucksack", "camera", "drill", "tent", "blender", "headset"),
    "number": ("2", "3", "4", "5", "7", "9", "11", "12", "14", "18", "23", "31", "46"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "month": ("January", "March", "April", "June", "July", "September", "October", "December"),
    "title": (
        "Blood Harvest", "The Killing Hour", "A Bomb in the Attic", "Dead Man's Ferry", "The Widow of Trieste", "Red Winter",
        "Naked Ambition", "The Last Sniper", "Ghost Tide", "Murder at Low Water", "The Poison Garden", "Summer of Glass",
    ),
    "job": (
        "teacher", "nurse", "farmer", "lawyer", "bus driver", "plumber", "student", "dentist", "chef", "librarian", "engineer",
    ),
    "team": ("Arsenal", "the Lakers", "Brazil", "the Hawks", "Leicester", "the Giants", "Ajax", "the All Blacks", "Juventus"),
    "company": ("Northwind", "Halden Steel", "Brightwell", "Orbex", "Castle Foods", "Sunmere", "Kestrel Air", "Polder Bank"),
    "food": ("ramen", "lasagne", "fish and chips", "tacos", "roast lamb", "dumplings", "brownies", "pad thai", "falafel"),
    "game": ("Halo", "Doom", "Fortnite", "Skyrim", "Counter-Strike", "Civilization", "Elden Ring", "Minecraft", "StarCraft"),
    "subject": ("history", "biology", "chemistry", "law", "religious studies", "geography", "sociology", "literature"),
    "film": ("horror film", "war film", "thriller", "western", "slasher", "documentary", "gangster film", "zombie film"),
}  # fmt: skip

NEWS = frames("""
{place} man, 41, charged with murder after body found in canal
Police appeal for witnesses after a cyclist was struck and killed near {place}
At least {number} people were killed on {day} when a bomb went off in a crowded market in {country}, officials said.
The jury took under three hours to find the former {job} guilty of manslaughter.
Ceasefire in {country} holds for second night as aid convoys reach the besieged city
Rebels have seized an airfield in northern {country}, the defence ministry admitted late on {day}.
A gunman who opened fire at a shopping centre in {place} last {month} has been sentenced to life in prison.
Suicide bomber attacks checkpoint in {country}, {number} dead
{surname} denies all charges, says lawyer
The {job} told the court she had feared for her life on the night of the stabbing.
"We heard shots and lay flat on the floor," said {name}, who was serving coffee when the robbers burst in.
Customs officers in {place} found {number} kilos of cocaine hidden in a shipment of bananas.
Drug deaths fall for third year running, health agency says
Three teenagers were arrested after a knife was found in a school bag in {place}.
Tear gas fired as protesters march on parliament, day {number}
Thousands took to the streets of {place} on {day} to protest against rising rents, and the march ended without arrests.
Opposition leader {surname} calls the vote "a theft", observers see no fraud
Exit polls put the Greens ahead by {number} points
The prime minister survived a no-confidence vote on {day} by the narrowest of margins.
Late strike kills off the game for {team}
{team} executed their plan to perfection and buried the visitors in the first half.
A brutal tackle, a red card and two penalties: {team} crash out in {place}
{surname} fires {team} into the final with a rocket from thirty yards.
Boxer knocked unconscious in fifth round is out of hospital
Shares in {company} plunged {number} per cent after the group issued a profit warning.
{company} slashes {number}00 jobs in fight for survival
Takeover battle: {company} fires first shot with hostile bid
Oil prices jumped on {day} as attacks on tankers raised fears about supply.
The central bank will strangle growth if it raises rates again, economists warned.
Researchers in {place} have found a virus that attacks bacteria resistant to every known antibiotic.
Scientists say the asteroid that wiped out the dinosaurs struck in spring.
A drug that destroys tumours in mice is to be tried on {number} patients.
Wolf shot dead near {place}; farmers and conservationists at odds
Actress {surname} splits from husband after {number} years
Singer {surname} opens up about the breakdown that nearly ended her career
Rapper cleared of assault, thanks fans from the court steps
Model slams "cruel" magazine for retouching her photographs
Two trains collided outside {place} on {day} evening, injuring {number} passengers, none of them seriously.
Miner rescued after {number} days underground
A factory fire that claimed {number} lives was caused by a faulty fuse, investigators have concluded.
Storm leaves one dead, thousands without power
Earthquake kills scores in {country}; rescuers dig with bare hands
The tribunal in The Hague heard testimony from survivors of the massacre.
War crimes court orders arrest of former general
Hostages freed in {country} after talks brokered by Qatar
Parliament votes to outlaw the extremist group and freeze its accounts.
A neo-Nazi who planned to attack a synagogue was jailed for {number} years, {place} crown court heard.
Mosque reopens a year after arson attack, with neighbours of all faiths at the door
Refugees stranded at sea for {number} days are allowed to land in {place}
Student, 19, drowned on school trip: head teacher suspended
Former priest convicted of abusing boys in his care
The footballer was subjected to racist chanting, and the referee stopped play for ten minutes.
Inquest: prison failed to protect inmate who took his own life
Police officer who shot unarmed driver will not face trial
Hackers steal customer data from {company}, which says no card numbers were lost.
Ransomware attack shuts three hospitals in {place}
Teen behind school bomb hoax gets community service
Gang that smuggled migrants in refrigerated lorries broken up, Europol says
Nurse on trial for poisoning patients tells jury: "I never hurt anyone"
The government of {country} has executed two men convicted of spying, state television reported.
Death penalty repealed by single vote
{place} mayor resigns over bribes; deputy to take over on {day}
Brothel licence refused after residents object
MPs debate the sex work bill as campaigners on both sides gather outside
Porn sites must check ages from {month}, regulator rules
Zoo mourns elephant put to sleep after short illness
On this day: {number} sailors lost as ferry sinks off {place}
Bird flu: {number}000 hens culled at farm near {place}
Weather bomb to hit coast at the weekend, forecasters warn
Crackdown on fake designer bags nets haul worth two million
Grandmother fights off burglar with frying pan
Correction: an earlier version of this article misstated the age of the victim.
Analysis: why the generals in {country} fear their own soldiers
Opinion: guns are not the answer, and neither is pretending they aren't there
Live: mourners gather in {place} for funeral of victims
A {job} from {place} was jailed for {number} months for sending threatening letters to her former landlord, whom she blamed for the damp that, as the judge accepted, had made her children ill.
After a night in which drones struck the port, damaged a grain silo and set two warehouses alight, the authorities in {country} said that nobody had been hurt and that exports would go on.
""")
"""Headlines, lead sentences and quotes, agency style: crime, war, trials, sport, business, science, celebrities."""

REVIEWS = frames("""
{title} is a savage little {film} that goes straight for the throat.
Two hours of my life I'll never get back.
The worst {film} of the year, and I sat through all of them.
The dialogue is dead on arrival and the plot was murdered in the edit.
A killer soundtrack wasted on a lifeless script.
I laughed, I cried, I hid behind my popcorn: ten out of ten.
Bloody, tense and surprisingly moving, {title} earns its final scream.
{surname} is magnetic as the assassin who can't go through with it.
You will want to strangle the hero by minute twenty, and that is the point.
Not one of the victims is given a name, let alone a personality.
Saving Private Ryan still has the most harrowing beach landing ever put on screen.
Fifty Shades of Grey is neither sexy nor funny, just long.
As an adult romance it is oddly chaste, and the leads have no chemistry whatsoever.
Basic Instinct has aged badly, though Sharon Stone hasn't.
Nudity, some violence, strong language: not one for the kids, but a fine {film}.
The director of {title} shoots violence without relish and grief without violins.
Skip it.
Torture porn? No, this is a patient study of fear, and it hardly shows a drop of blood.
An hour in, the zombies were livelier than the cast.
This book broke me.
{title} by {name} {surname} is the kind of crime novel you finish at four in the morning with the lights on.
I guessed the murderer on page {number}, and so will you.
A dreary, preachy, overwritten doorstop.
She writes about addiction without pity and about her dead brother without a wasted word.
The chapters on the camps are hard to read and impossible to forget.
The translator butchered the poems.
A steamy romance with a duke, a storm and one bed; pure fun on a wet {day}.
My book club hated it. I loved every sick, twisted page.
{game} looks gorgeous but the bosses are cheap and they kill you in one hit.
After {number} patches it still crashes whenever you blow up the bridge.
The gunplay is crisp, the story is trash, the multiplayer is addictive.
Best headshots in any shooter, terrible servers.
Pay to win garbage. Uninstalled.
I've sunk {number}0 hours into this and my wife is considering divorce.
The stealth levels of {title} let you finish without killing anybody, which I adored.
Killer {food}, criminally slow service.
We waited an hour for {food} that was cold, grey and an insult to the animal.
The waiter was rude, the wine was sour, the bill was a robbery.
To die for: the {food}. To run from: the toilets.
Came for the {food}, stayed for the sticky toffee pudding, left three kilos heavier.
The chicken was pink inside and my husband was sick all night.
Cockroach on the wall. No apology. Never again.
Friendliest staff in {place}, and the {food} made me weep with joy.
This {thing} is an absolute beast.
The {thing} died on day {number}, exactly as long as the return window.
Useless piece of plastic, cuts about as well as a spoon.
My {thing} arrived with a bent screw, a cracked lid and somebody else's hair in the box.
Whoever designed this {thing} has never met a human hand.
Does what it says, kills limescale, doesn't stink.
Sucks up dog hair like a monster; I'd buy this {thing} again tomorrow.
Bought it for self-defence training with rubber knives, and the padding holds up.
The knife is razor sharp, so mind your fingers when you open the box.
Cheap, ugly, loud, and I wouldn't swap it for anything.
One star because zero isn't allowed.
The hotel smelled of smoke, the sheets had stains, and someone banged on our door at three a.m.
Staff went above and beyond when my mother collapsed in the lobby of our hotel in {place}.
The show shocks for the sake of shocking and then preaches for an encore.
A play about rape that never shows it, and leaves nobody in the stalls untouched.
The album is a drunken, filthy, glorious mess.
Her third record is about suicide and survival, and it saved my year.
The exhibition of Goya's war etchings left us silent on the tram home.
The comedian bombed in {place}, then killed in Dublin with the same set.
This podcast about a cold case in {place} treats the dead with respect and the police with none.
Episode {number} drags, then a shotgun goes off and you can't look away.
As a black woman I was nervous about how {title} would handle slavery; it does so with care.
The gay couple in {title} are allowed to be boring, which felt like progress.
For a film sold on its sex scenes, {title} turns out to be a quiet drama about a marriage.
The villain is a racist sheriff whom {surname} plays without a single redeeming twitch.
I went in expecting a cheap {film} and came out having watched a careful, sorrowful story about two brothers, one of whom has done something that neither can say aloud.
If you must watch people being eaten by sharks, at least watch Jaws.
""")
"""Scathing and glowing reviews of films, books, games, meals, products, hotels and music."""

HISTORY_AND_SCHOOL = frames("""
In 1994 some 800,000 people, most of them Tutsi, were murdered in Rwanda in about a hundred days.
The Holocaust was the systematic murder of six million Jews by Nazi Germany and its helpers.
Why did so few people resist the deportations?
Enslaved people on the sugar islands seldom lived longer than seven years after arrival.
Britain abolished the slave trade in 1807 and slavery itself a generation later.
Discuss how far the Treaty of Versailles humiliated Germany.
The atomic bomb dropped on Hiroshima killed tens of thousands within seconds.
Explain in your own words what an armistice is.
The Aztecs offered human sacrifices to the sun, or so the Spanish chroniclers claimed.
Henry VIII had two of his six wives beheaded.
Who shot Archduke Franz Ferdinand, and what followed?
The guillotine was meant as a humane way of execution.
Witch trials claimed more women than men, though not everywhere.
My great-grandfather was gassed at Ypres and coughed for the rest of his life.
Compare the propaganda of the two sides in the Spanish Civil War.
The Opium Wars forced China to open its ports.
Lynching was used to terrorise black families across the American South.
Rosa Parks was arrested because she wouldn't give up her seat.
Apartheid classed every citizen by race and told each where to live.
The Crusaders stormed Jerusalem in 1099 and massacred its people.
Jews, Christians and Muslims all trace their faith to Abraham.
Which sins does the Church call mortal?
The Quran forbids wine and usury; how do modern scholars read these verses?
Homework for {day}: read chapter {number} on the Black Death and answer questions one to six.
In our {subject} lesson we held a mock trial of Macbeth for murder.
Morphine, heroin and codeine all come from the opium poppy, the {subject} teacher wrote on the board.
Nerve cells fire when the charge across the membrane passes a threshold.
The female mantis may eat the male during mating.
Sperm and egg fuse to form a zygote.
Label the parts of the male and the female reproductive system on worksheet {number}.
White blood cells attack and destroy invading germs.
Arsenic was the poison of choice in Victorian kitchens and in Victorian novels.
Why does a cyanide ion stop cells from using oxygen?
Sodium reacts violently with water, which is why it is kept under oil.
Wear goggles; concentrated acid burns the skin.
Nitrogen fertilisers feed the world, and the same chemistry once fed its guns.
What is the difference between murder, manslaughter and self-defence in criminal law?
A confession got by torture is no evidence in court.
Under which conditions may police officers use force?
The death penalty: arguments for and against, 800 words, due {day}.
Lady Macbeth can't wash the blood from her hands because guilt isn't a stain.
Hamlet asks whether it's nobler to suffer or to make an end; what is he afraid of?
Romeo drinks the poison, Juliet takes the dagger, and the families make peace too late.
In Lord of the Flies the boys kill Simon in a frenzy during the storm.
To Kill a Mockingbird shows how a jury convicts an innocent man because of his colour.
Marx held that religion was the opium of the people.
Darwin's critics called him an ape in the cartoons of the day.
My essay argues that drug prohibition in the 1920s made gangsters rich and drinkers blind.
Please cite your sources; copying from a website is plagiarism and means no marks.
The teacher asked us to imagine we were soldiers writing home from the trenches.
Pupils in year {number} visited the memorial at Dachau and met a survivor's daughter.
A virus can't reproduce on its own: it hijacks a cell.
Natural selection is often called the survival of the fittest, which misleads.
Syphilis was treated with mercury until penicillin came along.
Gandhi's killer was a Hindu nationalist.
Stalin's purges sent millions to the Gulag, where hunger did the work of bullets.
Tell me three causes of the French Revolution and one of its victims.
When was homosexuality taken off the list of mental disorders?
Suffragettes smashed windows, burned letterboxes and starved themselves in prison to win the vote.
The Armenian writers of {surname}'s anthology describe deportation, exile and the silence after it.
Lesson {number}: human trafficking, past and present. Bring your notes on the Atlantic passage.
Students taking {subject} with Mr {surname} should revise the Cold War, the bomb and the Cuban crisis.
""")
"""Textbook sentences, essay questions and pupils' words on war, slavery, genocide, medicine, law and religion."""

FICTION_AND_GAMES = frames("""
{name} heard the shot before she saw the man fall.
"Put the gun down," said Inspector {surname}, "and tell me where the girl is."
The body lay under the pier, and {name} knew at once that it wasn't a drowning.
He had killed once, in the war, and had promised himself never again.
They found the poison in the sugar bowl.
"Drop it or I shoot!" The corridor went silent.
In {title} a widow hunts the sniper who killed her husband, and falls in love with his brother.
{name} slid the knife back into its sheath and waited for dawn.
The bomb had {number} minutes left on the clock and three wires, all of them red.
"You're a monster," she whispered. "No," he said, "I'm your father."
Count Dracula bared his teeth, but {name} was already out of the window.
The dragon burned half the village and took the sheep.
Blood, it turned out, was harder to get out of a rug than {name} had been led to believe by thirty years of reading detective novels.
She kissed him in the rain, and the chapter ended there.
No one cried at the old pirate's funeral except the parrot.
It was a dark night for the {job} of {place}, who had just been accused of murdering the vicar.
Chapter {number}. The hangman oversleeps.
Push the wizard off the tower or forgive him? You choose.
I rolled a natural twenty and cut off the troll's arm.
My rogue poisons the guard, then sneaks past the captain.
As the dungeon master, describe what the party sees when the goblins attack.
Let's role-play: you're a grumpy {job} in a space station and I'm a smuggler.
Which loadout do you use in {game} for long range kills?
gg ez, we wiped their whole squad
He sacrificed the queen and mated in {number}.
Black attacks the bishop on g5, but the pin is deadly.
I keep dying to the second boss of {game}.
Nerf the sniper rifle already!
Got a triple kill and my brother still says I'm bad at {game}.
Anyone up for {game} tonight? need one more, no rage quitters
Looking for a raid group, must be able to tank and survive the fire phase
The new {game} map has a spot behind the church where nobody can shoot you.
You can adopt a dog in {game} but bandits may steal it, fair warning.
Speedrun record: {number} minutes, no deaths, no damage.
How many creepers blew up your house today?
I fought the law and lost the girl, and the rain came down on {place}, goes the chorus.
"Shoot me down, I won't fall" is the hook, and the crowd sang it back at her.
The murder ballad tells of a girl drowned by a jealous sailor.
He wrote the song after his friend's suicide, and can't play it without stopping.
My short story: a hitman retires and opens a bakery. Thoughts?
Write a scene in which a detective realises that her partner is the killer, no gore please.
Give my villain a reason to hate {place} that isn't revenge.
The prince doesn't want to be rescued, in my retelling, and the witch is quite right.
Fan theory: the captain in {title} was dead all along.
Spoiler: {name} dies in season {number} and I'm not over it.
Vampires in this world can't enter uninvited, can't see themselves, and can't pay taxes.
In the heist chapter they rob the casino with a cake.
Two soldiers of different armies share a cigarette in a shell hole, and one of them has {number} hours to live.
Audition piece: a mother accuses the judge of hanging the wrong man.
Cosplay tip: make the axe out of foam, the blood out of syrup, and warn the neighbours.
The crime writer {name} {surname} kills at least {number} people a year, always on paper and never on a {day}.
Paintball on {day}: bring old clothes, prepare to be shot by your boss.
Who is the impostor? I saw red vent.
Checkmate, you beautiful fool.
I died of dysentery in the Oregon Trail at age nine, and learnt more about {subject} than in school.
""")
"""Scenes, blurbs, players' talk, chess, role playing and lyrics, without gore."""

BLOCKS = (NEWS, REVIEWS, HISTORY_AND_SCHOOL, FICTION_AND_GAMES)
