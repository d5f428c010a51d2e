"""Harmless English sentences that name who people are: training contrast, written for this SDK."""

from __future__ import annotations

from aigc_text.training.contrast_frames import Slots, frames

ADJECTIVES = (
    "Muslim", "Christian", "Jewish", "Hindu", "Buddhist", "Sikh", "atheist", "Catholic", "Mormon", "Black", "white",
    "Asian", "African", "Chinese", "Indian", "Mexican", "Arab", "Latino", "Turkish", "Polish", "Nigerian", "Russian",
    "Korean", "Japanese", "Pakistani", "Iranian", "Israeli", "Palestinian", "Ukrainian", "Roma", "Native American",
    "Indigenous", "gay", "lesbian", "bisexual", "transgender", "queer", "non-binary", "disabled", "deaf", "blind",
    "autistic", "elderly", "immigrant", "refugee", "female", "male", "working-class", "Aboriginal", "Kurdish", "Somali",
    "Haitian", "Vietnamese", "Filipino", "Brazilian", "Jamaican", "Afghan", "Syrian", "Tibetan", "Uyghur", "trans",
)  # fmt: skip
PLURALS = (
    "Muslims", "Christians", "Jews", "Hindus", "Buddhists", "Sikhs", "atheists", "Catholics", "Black people",
    "white people", "Asians", "Africans", "Chinese people", "Indians", "Mexicans", "Arabs", "Latinos", "Turks", "Poles",
    "Nigerians", "Russians", "Koreans", "Pakistanis", "Iranians", "Israelis", "Palestinians", "Roma people",
    "Native Americans", "gay men", "gays", "lesbians", "bisexual people", "trans people", "trans women", "queer people",
    "disabled people", "deaf people", "blind people", "autistic people", "old people", "immigrants", "migrants",
    "refugees", "asylum seekers", "women", "men", "girls", "foreigners", "Kurds", "Somalis", "Haitians", "Filipinos",
    "Afghans", "Syrians", "Uyghurs", "Tibetans", "homeless people", "feminists", "poor people", "fat people",
    "people with Down syndrome", "single mothers", "wheelchair users", "Americans", "the French", "Germans",
)  # fmt: skip
NOUNS = (
    "Muslim", "Christian", "Jew", "Hindu", "Buddhist", "Sikh", "atheist", "Catholic", "Black man", "Black woman",
    "white man", "white woman", "Mexican", "Arab", "Latina", "Turk", "Nigerian", "Korean", "Pakistani", "Iranian",
    "Palestinian", "Native American", "gay man", "lesbian", "bisexual woman", "trans woman", "trans man", "queer person",
    "disabled person", "deaf person", "blind woman", "autistic boy", "old man", "immigrant", "refugee", "asylum seeker",
    "woman", "girl", "foreigner", "Somali", "Haitian", "Filipino", "Afghan", "wheelchair user", "single mother",
    "feminist", "non-binary person", "Chinese woman", "Asian man", "Roma woman",
)  # fmt: skip

SLOTS: Slots = {
    "adj": ADJECTIVES,
    "plural": PLURALS,
    "noun": NOUNS,
    "relative": ("brother", "sister", "mother", "father", "uncle", "aunt", "cousin", "grandmother", "husband", "wife"),
    "job": ("teacher", "nurse", "doctor", "engineer", "judge", "mayor", "farmer", "chef", "pilot", "lawyer", "writer"),
    "place": ("Leeds", "Chicago", "Lagos", "Toronto", "Berlin", "Sydney", "Houston", "Mumbai", "Cape Town", "the village"),
    "field": ("history", "music", "food", "literature", "cinema", "fashion", "art", "theatre", "poetry"),
    "sport": ("football", "basketball", "cricket", "tennis", "swimming", "boxing", "chess", "rugby"),
    "illness": ("diabetes", "asthma", "sickle cell disease", "high blood pressure", "skin cancer", "depression"),
    "year": ("1848", "1919", "1936", "1948", "1964", "1969", "1985", "1992", "2001", "2015"),
    "feast": ("Eid", "Christmas", "Diwali", "Hanukkah", "Lunar New Year", "Nowruz", "Easter", "Pride", "Vesak"),
}  # fmt: skip

SELF = frames("""
As a {noun}, I found this film very honest.
I'm {adj} and I grew up in {place}.
I am a proud {noun}.
I came out as {adj} when I was nineteen.
I was the only {noun} in my class and nobody made a fuss about it.
My {relative} is {adj} and my other {relative2} is {adj2}, so we celebrate everything.
We are a {adj} family of five.
I'm not {adj} myself, but half of my friends are.
Being {adj} in a small town taught me patience.
my {relative} married a {noun} last spring and we all danced
I'm half {adj}, half {adj2}, and fully hungry.
Growing up {adj}, I rarely saw people like me on television.
I've been {adj} all my life and I still learn something every day.
People ask me where I am really from; I am {adj} and I am from {place}.
I used to think I was the only {noun} who liked {sport}.
As a {noun} and a {job}, what advice would you give me?
My {relative} told me what life was like for {plural} in {year}.
I have worked with {plural} for ten years and I miss them.
I'm a {job}, I'm {adj}, and I love my work.
Most of my neighbours are {adj}; they water my plants when I travel.
My boyfriend is {adj} and my parents adore him.
I think I might be {adj}, how do I tell my {relative}?
""")

QUESTIONS = frames("""
What do {plural} eat for breakfast?
Why do many {plural} live in {place}?
How many {plural} are there in {place}?
Is it rude to ask whether somebody is {adj}?
Which {adj} authors should I read first?
Are {plural} allowed to vote in {place}?
What is the polite word for {plural}?
Do {plural} celebrate {feast}?
How can our office make {adj} colleagues feel at home?
Can a {noun} and a {noun2} marry in this country?
Who was the first {noun} to win a gold medal in {sport}?
What should I know before I visit a {adj} family?
Why were {plural} not allowed to own land in {year}?
Where can I learn more about {adj} {field}?
When did {plural} first settle in {place}?
What does it feel like to be the only {noun} in the room?
Could you explain the difference between {plural} and {plural2}?
How do {adj} parents choose names for their children?
Are there any {adj} restaurants or clubs near {place}?
What problems do {plural} face when they look for a flat?
do {plural} and {plural2} share any traditions
Is {adj} {field} taught at your school?
Who wrote the best book about {plural} in {place}?
""")

HISTORY = frames("""
In {year}, {plural} in {place} won the right to vote.
The law of {year} forbade {plural} to own shops.
Thousands of {plural} were driven from their homes in {year}.
The museum in {place} shows how {plural} lived in {year}.
{plural} fought on both sides of the war.
Propaganda of the time drew {plural} as rats and thieves, the exhibition explains.
Slavery tore {adj} families apart for generations.
The genocide of {plural} is remembered every April.
A {noun} was elected mayor of {place} for the first time in {year}.
Segregation kept {plural} out of the better schools.
The riots of {year} began after a {noun} was beaten by the police.
Historians disagree about how many {plural} lived in {place}.
Camps were built for {plural}; few came back.
The film tells how {plural} hid in a cellar for two years.
The first {adj} newspaper in {place} was printed in {year}.
Until {year}, {plural} could not marry whom they loved.
The letters of a {noun} from {year} were found in an attic.
The apology to {plural} came fifty years late.
""")

NEWS = frames("""
A {noun} was attacked on a bus in {place}; police are looking for two men.
Hate crimes against {plural} rose by a fifth last year, the ministry said.
The court ruled that the firm had discriminated against a {noun}.
{plural} marched through {place} to demand equal pay.
A fire destroyed a {adj} centre in {place}; nobody was hurt.
The candidate apologised for his remarks about {plural}.
The city council voted to fund a shelter for {plural}.
New figures show that {plural} wait longer for treatment.
The {adj} community in {place} mourns the victims of the shooting.
A report finds that {plural} are stopped by the police twice as often.
Vandals sprayed slogans on a {adj} school in {place}.
The actor, who is {adj}, will play the lead.
Prosecutors charged a man with threatening {plural} online.
A {noun} has been named {job} of the year.
The survey asked {plural} in {place} about housing.
Aid groups say {plural} lack clean water and medicine.
Rents are rising fastest where {plural} live, a study shows.
{place} opens its first library with books in {adj} languages.
""")

WORK_LAW_CARE = frames("""
We are hiring a {job}; {adj} applicants are especially welcome.
Employers may not reject a {noun} because of who they are.
It is illegal to refuse a flat to {plural}.
All staff, whether {adj} or {adj2}, are paid the same.
Section 4 protects {plural} from harassment at work.
The clinic offers free tests for {illness} to {plural}.
{plural} have a higher risk of {illness}, so ask your {job}.
A study of {illness} among {plural} followed 400 patients.
Our translators help {adj} patients talk to their doctor.
The new ward has a prayer room for {plural}.
The scholarship supports {plural} who study engineering.
The tribunal heard that the {noun} was mocked by her manager.
Symptoms of {illness} are often missed in {plural}.
The lift is out of order, so {adj} visitors please use the side door.
Please book a sign language interpreter for {adj} guests.
Diversity training: how to welcome a {noun} to your team.
The union negotiated better hours for {plural}.
Nurses learn how to care for {adj} patients with respect.
""")

LIFE = frames("""
The {adj} {sport} team won the cup on penalties.
She is the best {adj} {job} I have ever met.
Two {plural} and a {noun} founded the bakery on our street.
{feast} is the busiest week of the year in our {adj} shop.
This cookbook has fifty {adj} recipes for weeknights.
Try our new {adj} street food menu this weekend in {place}!
Hotels in {place} welcome {adj} couples.
Our shampoo is made for {adj} women and their hair.
A novel about a {noun} who falls in love with a {noun2}.
The {adj} choir sings at the town hall on Friday.
A {noun} and a {noun2} walk into a bar and order two coffees.
Guided tour: {adj} {field} in {place}, daily at ten.
The podcast talks to {plural} about love and money.
Our charity brings {plural} and {plural2} to one table.
{plural} are funny, tired, generous and late, like everybody else.
Happy {feast} to all our {adj} customers!
The documentary follows a {noun} from {place} to the sea.
The {adj} quarter of {place} is famous for its coffee.
There were {plural}, {plural2} and a few tourists at the concert.
A {noun} helped me carry the pram up the stairs.
{plural} love {sport} as much as anyone.
The {noun} next door plays the trumpet beautifully.
My {adj} roommate cooks better than my {relative}.
The judge is {adj}, the lawyer is {adj2}, and the case is about a fence.
{adj} is how she describes herself.
The best man was {adj}, the bride was {adj2}, and the band was terrible.
Some {plural} agree with the reform, others do not.
Not all {plural} think alike, and why should they?
The word "{adj}" is used with a capital letter in our style guide.
{plural} make up eight per cent of the town.
Say what you like, the {noun} on the team scored all four goals.
Criticising a government is not the same as hating its {plural}.
The debate about {plural} and benefits got loud, but it stayed polite.
I disagree with some {plural} about politics, and we still have dinner together.
Statistics say little about the {noun} who lives next door.
Please don't blame {plural} for what one {job} did.
Poor service, but it has nothing to do with the waiter being {adj}.
{plural} are people. That's it, that's the post.
Why does every thread about {plural} turn into a fight?
An ugly coat, a lovely {adj} shopkeeper, and a good cup of tea.
My {adj} landlord fixed the disgusting drain within a day.
""")

FAMILIES = (SELF, QUESTIONS, HISTORY, NEWS, WORK_LAW_CARE, LIFE)
