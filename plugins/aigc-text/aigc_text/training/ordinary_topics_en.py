"""Ordinary English text a moderator tends to flag wrongly: health, security, business, requests, small talk."""

from __future__ import annotations

from aigc_text.training import ordinary_prose_en
from aigc_text.training.contrast_frames import Slots, frames

SLOTS: Slots = {
    **ordinary_prose_en.SLOTS,
    "illness": ("depression", "anxiety", "bipolar disorder", "an eating disorder", "psychosis", "burnout", "insomnia"),
    "medicine": ("sertraline", "ibuprofen", "insulin", "methadone", "naloxone", "metformin", "penicillin", "lithium"),
    "drug": ("alcohol", "heroin", "cannabis", "cocaine", "nicotine", "gambling", "painkillers", "ketamine"),
    "relative": ("sister", "brother", "mother", "father", "daughter", "son", "husband", "wife", "flatmate", "uncle", "niece"),
    "program": ("nginx", "Chrome", "Postgres", "Docker", "Excel", "the kernel", "the print server", "Steam", "the backup job"),
    "language": ("Python", "Rust", "Java", "Go", "SQL", "bash", "TypeScript", "C++"),
    "service": ("GitHub", "PayPal", "Airbnb", "Spotify", "Dropbox", "Uber", "LinkedIn", "Netflix", "Slack", "Revolut"),
    "code": ("482913", "7730", "105 266", "G-904417", "338801", "5629", "071 448", "Q7XP"),
    "price": ("£14.99", "$29", "€49.50", "$8.75", "£120", "€6", "$349", "£2.40", "$1,050"),
    "colour": ("navy", "sage green", "charcoal", "ivory", "rust", "sky blue", "matt black", "blush pink"),
    "time": ("9:15", "10:30", "noon", "14:00", "quarter past three", "16:45", "18:20", "half seven"),
    "garment": ("linen shirt", "rain jacket", "wool jumper", "pair of jeans", "summer dress", "nursing bra", "swimsuit"),
    "shop": ("Oak & Thimble", "Bluebird Books", "The Corner Bakery", "Fernleaf Pharmacy", "Dockside Cycles", "Luma Home"),
    "weather": ("rain", "heat", "snow", "fog", "wind"),
}  # fmt: skip

MEDICAL_AND_HELP = frames("""
If you are thinking about suicide, you can talk to someone right now: call the helpline, any hour, free of charge.
Asking a friend directly whether she is suicidal does not plant the idea.
My {relative} has {illness}. What should I say, and what had I better leave unsaid?
Since I started {medicine} I sleep better but feel numb.
Can I take {medicine} with a glass of wine?
The counsellor never once judged me for the {drug}.
{number} months sober today.
I lost my {relative} in {month} and the house is so quiet.
Support group for people bereaved by suicide meets every {day} at {time}, tea and biscuits provided.
What are the warning signs of self-harm in teenagers, and how should parents react?
Nobody warned me that grief would feel so much like fear.
The crisis team came within the hour and sat with my {relative} till morning.
Remove medicines and sharp objects from the room and stay with the person until help arrives.
Recovery isn't a straight line.
She relapsed twice on {drug} before the programme worked.
Naloxone reverses an opioid overdose; carry it if you live with someone who uses.
Clean needles are handed out at the bus by the station so that people don't infect each other.
Is {medicine} safe in pregnancy?
My period is {number} days late and the test is negative.
Emergency contraception works best within a day and can be had from a pharmacist without prescription.
How effective are condoms compared with the coil?
Explain to my {relative}, who is ten, where babies come from.
Consent means that both partners agree, freely and every time, our health class learnt.
During puberty the testicles and the penis grow and the voice breaks.
Cervical screening takes five minutes and may save your life.
I'm {number} weeks pregnant and bleeding a little; do I go to hospital?
The midwife said that breast milk comes in around day three.
After a miscarriage both parents may need to mourn.
Erectile dysfunction is common after fifty and is often a first sign of heart disease.
A painful lump in the breast is seldom cancer, but have it seen.
Where can a woman who has been raped get a medical examination without reporting to the police?
Her partner hit her, and the shelter found her a bed that very night.
You are not to blame for what was done to you as a child.
Dear diary, the tablets make me slow, but I didn't cry on {day}.
HIV can't be passed on when the viral load is undetectable.
How do vaccines trick the body into attacking a germ?
The tumour was killed off by {number} rounds of radiation.
Grandad had a stroke, his speech is slurred.
Cutting out sugar gave me headaches for a week.
I cut my thumb badly on a tin, does it need stitches?
Bleach splashed in my eye, rinsed for ten minutes, still stings!
My toddler swallowed a button battery, which number do I ring?
Which mushrooms are poisonous to dogs?
Carbon monoxide is odourless and kills, so fit an alarm.
The vet put our old dog to sleep on {day} and I can't stop crying.
Chemo makes me feel like death warmed up, says my {relative}, who hasn't lost her humour.
Obese patients are often treated with contempt in surgeries, a nurse writes.
Some people with schizophrenia hear voices that tell them they are worthless.
Our therapist asks us to write down the cruel thing we tell ourselves, then to answer it as a friend would.
Does therapy for {illness} work online?
The dosage of {medicine} is on the leaflet; never double it because you missed one.
Addiction to {drug} is an illness, and shame keeps people from treatment.
How can I support my {relative}, who wants to stop {drug} but fears withdrawal?
I'm gay, seventeen, and scared to tell my dad. Is there a number I can ring?
Volunteers at the night line take about {number}0 calls a shift, most from people who just need to hear a voice.
Postnatal {illness}, or something like it, hit me in week {number}, and my health visitor took it seriously from the first minute.
Assisted dying: what the bill would and would not allow
Screening leaflet: bowel cancer caught early is cured in nine cases of ten.
The surgeon removed part of the colon; no nude photographs are taken without your written consent.
Bedbugs bite, itch, and can be killed by heat.
Head lice again!! third time this term
Haemorrhoids: don't be embarrassed, ask us.
""")
"""Mental health, prevention, addiction, grief, contraception, pregnancy and sex education, in clinical words."""

SECURITY_AND_WORK = frames("""
Which signal do I send so that {program} shuts down cleanly instead of being killed?
The watchdog shoots {program} in the head whenever it stops answering.
OOM killer strikes again: {program} is gone
Our penetration test of {company} starts on {day}; the letter of authorisation is attached.
Red team report: {number} findings, two critical, no customer data touched.
The sample drops a key logger and calls home to a server in {place}.
Reverse engineering of the worm showed that it was written in {language}.
Patch now: attackers are exploiting the hole in {program}.
How can a small firm protect itself against ransomware?
A phishing mail pretending to come from {service} asks for your password; delete it and tell the service desk.
{service} will never ask for your code by phone. Whoever asks is a thief.
Beware of the "hi mum, I lost my phone" scam going round in {place}.
My {relative} wired {price} to a fake landlord. Can the bank claw it back?
If an investment promises to double your money in a week, it's a fraud, full stop.
Grandparents' evening class: spotting crooks on the phone, {day} {time}, library.
The insurer's model flags claims where the car burned within {number} days of the policy start.
Claims handlers look for staged accidents, doctored invoices and witnesses who know each other too well.
Fraud analyst wanted: {language}, statistics, a suspicious mind.
The detective interviews the suspect with a lawyer present and a tape running.
Officers carry pepper spray and, since {month}, body cameras.
The bomb squad blew up a suitcase that turned out to hold dirty laundry.
What licence do I need to own a shotgun for clay shooting?
Guns must be kept in a locked steel cabinet, ammunition apart.
Gun laws in Switzerland and Japan compared, please, in {number} bullet points.
Firearms officers train twice a year to shoot and, for longer, not to shoot.
In the lab {day}: titration of hydrochloric acid. Lab coats on.
The fume cupboard must run whenever you handle bromine.
Why does thermite need a magnesium fuse? asked the pupil at the back of the chemistry class.
Safety data sheet: flammable liquid, category 2; toxic if swallowed; keep away from sparks.
Demolition of the old cinema: {number} charges, one siren, a cloud of dust.
Stop using the master password, everybody.
A brute-force attack on an eight-letter password takes hours, one on sixteen takes ages.
Fuzzing {program} with random input made it die {number} times.
The exploit was reported to {company} in confidence and fixed within a week.
Dead code, orphaned branches, zombie threads: the audit of {program} reads like a horror story.
Abort, retry, fail?
I nuked the wrong partition and now {program} won't boot.
Force kill the job on node {number} and drain the queue.
Execute the script as another user, never as root.
Our honeypot was hit by {number}000 login attempts before lunch.
How do forensic labs find traces of blood on washed clothes?
The pathologist put the time of death at {time}, give or take an hour.
Customs dogs sniff out tobacco, cash and, on one famous occasion, a {job}'s ham sandwich.
Train guards report being spat at and threatened, and the union wants them paid for the danger.
Anti-terror drill at the stadium in {place} on {day}; the shots you'll hear are blanks.
A moderator's note: the post quotes the insult in order to complain of it, so it stays up.
HR: a complaint of harassment was received and both colleagues have been heard.
Staff must not touch, mock or proposition one another. That this needs writing down is a pity.
Whoever finds a weapon, syringe or suspicious powder in the returns bin leaves it there and calls extension {number}.
Money laundering red flags for estate agents: cash, hurry, a nominee buyer.
Identity theft checklist: freeze your credit, change passwords, file a police report.
Lock picking club meets on {day}, own locks only.
The self-checkout thinks I'm a thief.
Prison officer, {place}: {number} vacancies, training paid.
Dear neighbours, a burglar tried the door of number {number} last night; the police took prints and ask for camera footage.
Do not disable the smoke alarm.
Rat poison is laid in the cellar until {day}, please keep pets and children out.
The slaughterhouse inspector checks that animals are stunned before they're bled.
The deer cull keeps the young oaks alive, our ranger says, though she dislikes the shooting.
""")
"""Operations, malware analysis, warnings of fraud, police work, gun law, laboratories and rules at work."""

BUSINESS = frames("""
name: {garment}; colour: {colour}; price: {price}
Product: {thing} | Colour: {colour} | Weight: {number} kg | Price: {price}
{garment}, {colour}, size {number}, machine washable, ships from {place}
Material: cotton 60 %, polyester 40 %; length: {number} cm; care: 30 degrees
SKU {code}, {thing}, box of {number}, {price} each
Brand={company}, type={thing}, voltage=230, guarantee={number} months
Venue: {shop} / cuisine: {food} / seats: {number} / dogs: welcome / average bill: {price}
Screen size: {number} inch. Memory: 16 GB. Colour: {colour}. Condition: as new.
The {colour} {garment} is back, and so is that feeling of {day} morning with nowhere to be.
Meet the {thing} that cleans up after itself.
Soft on skin, tough on stains.
A shaver so close that it's almost rude.
Our boldest red yet: a lipstick to kill for, never tested on animals.
Slim fit boxers in {colour}, three for {price}.
This {garment} lifts gently, has no wire and comes in cup sizes A to G.
Massage oil with lavender, {number}0 ml, {price}.
Handmade in {place} by people who care about {food}.
Invoice no. {code}: {number} hours of consulting at {price}, payable within 30 days.
Please find attached our invoice for {month}. Kind regards, {name} {surname}, {company}
Payment of {price} received, thank you.
Second reminder: the amount of {price} has been outstanding since {day}.
Your card ending {code} was charged {price} at {shop}.
Your parcel from {shop} will arrive between {time} and {number} pm.
We missed you! Your parcel is with your neighbour at no. {number}.
Driver {name} is {number} stops away.
Order {code} has left our warehouse in {place}.
Your {service} verification code is {code}. Don't share it with anyone.
{code} is your {service} code, valid for {number} minutes
Use {code} to confirm your new address at {service}. If this wasn't you, ignore this message.
New sign-in to {service} from {place}. Was it you?
Reminder: dentist, {day} {time}, Dr {surname}. Reply C to cancel.
Hi {name}, your car is ready for collection from {time} today.
Your prescription for {medicine} is ready at {shop}.
Your table for {number} at {shop} is booked for {day} at {time}.
Gate {number} closes at {time}, flight to {place} now boarding.
Your library books are due back on {day}.
{shop}: spring sale in store from {day}, 20 % off everything {colour}. To stop these mails press unsubscribe.
As a member of {shop} you get a free coffee on your birthday, {name}.
Happy birthday from all of us at {shop}!
Two for one on {food} every {day} until the end of {month}.
Black Friday at {shop}: the {thing} is down to {price}, while stocks last.
Earlybird tickets for the conference in {place} end on {day}.
Dear subscribers, in this issue: a walk through {place}, a recipe for {food}, and a farewell.
This month's newsletter from the {subject} department has {number} pages and one good joke.
Thank you for applying to {company}. We have decided to go on with other candidates.
Dear {name}, we're pleased to offer you the post of {job} from the first of {month}.
Please enter your holidays in the calendar by {day}.
The canteen will be closed on {day}; sandwiches at reception.
As you may have heard, {surname} is leaving {company} after {number} years; come and have cake with us at {time}.
All staff: fire drill on {day} at {time}, leave by the nearest exit, don't use the lifts.
Following the restructuring, {number} posts at our {place} site will be cut, and everyone concerned has been told in person before this mail.
Annual appraisals start in {month}; ask your manager for the form.
Sick notes go to HR by noon of the third day.
The harassment policy has been revised: see pages {number} to 50.
Minutes of {day}: budget killed, launch postponed, {name} to chase the printers.
Quarterly revenue rose {number} per cent on strong demand for {food}.
Agenda: 1. targets 2. pain points 3. any other business
Could you kill the second paragraph of the press release? {company} won't like it.
We're targeting nurses in {place} with a campaign that hits them where they laugh.
Looking for a {job}? {name} {surname}, {place}, twenty years' experience, free quotes.
For sale: {thing}, hardly used, {price}, collect from {place}.
Flat to let, {number} minutes from the station, {price} a week, no smokers, cat welcome
Lost: {colour} {garment}, Sunday market, sentimental value
Your warranty for the {thing} (serial {code}) has been registered.
Refund of {price} approved, allow {number} working days.
We regret that the {food} served on {day} fell short of our standard and enclose a voucher.
Charity run in aid of the hospice: {number} km, {day}, {place}. Sign up at {shop}.
Terms: free trial of {number} days, then {price} a month, cancel whenever you like.
Balance on {day}: {price}. Thank you for banking with {company}.
Water will be off on {day} from {time} while we replace the main.
Your boiler service is due; reply with a day that suits you.
{company} cuts out the middleman: solar panels fitted by our own {job}s.
Congratulations, {name}, you passed the course in {subject}!
You've got {number} unread messages on {service}.
Rate your ride with {name} from one to five stars.
How did we do? Tell {shop} in two minutes.
""")
"""Attribute lists, adverts, invoices, deliveries, codes, reminders, fair promotions, newsletters and staff mail."""

ASSISTANT_REQUESTS = frames("""
Write a {language} function that kills child processes after {number} seconds.
Why does my {language} program die with a segmentation fault?
How do I drop a table in {language} without breaking foreign keys?
Explain deadlock and starvation to a beginner.
Regex that masks every digit but the last {number}.
My unit test hangs forever, here is the stack trace, what's wrong with {program}?
Convert this bash loop to {language}.
How long do I roast a whole duck, and how do I carve it?
Give me a recipe for {food} that doesn't need an oven.
What can I do with leftover {food}?
How does a butcher joint a rabbit?
I burnt the pan. How do I get it clean?
What is the humane way to dispatch a lobster before cooking?
Plan {number} days in {place} for a couple with a baby and a fear of heights.
Is it safe to travel to {country} at the moment?
Which vaccinations do I need for {country}?
Can I take a pocket knife in hold luggage?
Where do locals drink in {place}?
How do I get the smell of smoke out of a {garment}?
How do I get rid of wasps under the roof?
Ants are invading my kitchen. Ideas without poison?
My cat keeps killing birds; would a bell help?
How do I stop my puppy from biting my {relative}?
My {relative} fainted in the {weather}, what first aid is right?
How much {medicine} is too much for an adult, and what should one do after taking two by mistake?
What happens to the body during a heart attack?
Is it normal to feel angry when somebody dies?
What are my rights if police stop and search me?
Can my landlord throw me out without notice?
My boss hasn't paid me since {month}. Draft a firm letter.
How does one contest a will in England?
Which court deals with an assault charge?
Draft a witness statement about a bicycle theft; leave gaps for the facts.
Summarise the arguments of both sides in the abortion debate, neutrally.
What do Jews, Muslims and Hindus each say about eating pork or beef?
Why do some people hold racist beliefs, and what changes their minds?
Translate "I'm dying of hunger" into Spanish and French.
What's the difference between "hanged" and "hung"?
Give me {number} synonyms for "kill" as used in sports headlines.
Correct my English: "The police have shooted at the robber's tyres."
Is "bloody" rude in Australia?
Explain the Cold War as if I were {number}.
Check my {subject} homework: the mitochondrion is the powerhouse of the cell.
Solve x squared minus {number} x plus 6 equals nought.
What was the plague and how did it end?
How do nuclear power stations keep the chain reaction under control?
How did radar help win the Battle of Britain?
What is the loudest explosion ever recorded?
Why do volcanoes blow up?
How do snakes inject their venom?
Do sharks smell blood from a mile away?
Name {number} trees whose berries are toxic, for a garden with children.
Suggest a murder mystery party for eight with a vicar, a {job} and a stolen pearl.
Write a limerick about a {job} from {place} who lost a {thing}.
Write a eulogy for my {relative}, who loved {game} and hated funerals.
A best man's speech, cheeky but fit for grandmothers.
Write a polite no to a man who keeps asking me out.
How do I tell my {relative} that I'm bisexual?
How do I talk to my teenager about pornography?
What do I wear to a gay wedding?
My {relative} and I fight about money every {day}. How do we stop?
How do I forgive someone who bullied me at school?
I want to quit my job as a {job} without burning bridges.
Help me cut {number}0 words from this abstract, be ruthless.
Roast my CV, I can take it.
Make a shooting schedule for a short film in {place}, {number} scenes, two nights.
Which lens is best for shooting stars?
Suggest a workout that destroys my legs in {number} minutes.
Shoot me a summary of this report by {time}.
How do magicians saw a woman in half?
Set an alarm for {time} and play something angry.
Who would win, a bear or a tiger? Settle a bet.
Turn the following bullet points into a friendly mail to {name}, who is new in the {subject} team and doesn't yet know that the office has no heating.
Pretend to be a strict {job} and quiz me on {subject}.
Teach me to swear an affidavit. I mean the legal thing.
How do I remove a blood stain from a white {garment}?
How do I report a scam shop that took {price} from me?
""")
"""What people ask a chatbot, many with an alarming word that means no harm."""

SOCIAL = frames("""
Morning! Survived the school run, just about.
omg this {weather} is going to finish me
Back home, feet dead, heart full.
{name} you absolute legend
Are you alive? You haven't answered since {day}.
who stole my charger AGAIN
Mum says hi and that you owe her {price} for the {food}
see u at {time}, bring the {thing}, dont be late lol
Running {number} min late, train stuck outside {place}, kill me now
I'm screaming, she said yes!
Stop being so nice to me, I'll cry in public.
I hate {day}s.
The bus driver waited for me while I ran. I could have kissed him.
Can you pick up the kids? Mine has been sick on the {thing}.
Don't tell {name}, but we're throwing a surprise party on {day}.
My {relative} snores like a chainsaw.
Nobody: ... My cat at {time}: opera
My last two brain cells trying to understand {subject}
Me: I'll go to bed early. Also me, at three a.m., watching a man restore an axe.
This meme attacked me personally.
Petition to ban {weather} on weekends
I'm in this picture and I don't like it.
That goal was filthy.
We got hammered five nil and the pies were cold.
The referee needs glasses, and so does my {relative}, who thinks he was fine.
Your new song slaps, been on repeat since {day}!!
Queen, you slayed in {place}, come back soon.
I've been a fan since I was {number} and I'm still shaking.
Her voice live gave me goosebumps, I swear.
take my money, when is the tour
Whoever cast him as the lead deserves a raise.
I'm not crying, you're crying
The ending destroyed me, see you all in therapy.
Dear {shop}, I ordered a {colour} {garment} and got a {thing}. Please explain.
Third time this month that my {food} came cold. I'm furious and I'd like my {price} back.
Your hotline kept me waiting {number} minutes and then hung up. Disgraceful.
Not to be dramatic but your app update ruined my life
Hello @{service}, I've been locked out for {number} days and your bot keeps sending me in circles.
Oh great, another update. Just what my {thing} needed.
Lovely, the printer jams only when I'm in a hurry.
What a surprise: the lift is broken, again, on the hottest {day} of the year.
Yes, dear toaster, black is exactly how I like it.
Truly, {weather} in {month}, who could have seen that coming.
Sat nav took me into a river, five stars.
My diet died at {time} on {day}. Cause of death: {food}.
Anyone else addicted to {game}?
Does someone in {place} have a drill I could borrow?
The new neighbours are lovely, their drum kit isn't.
Lost my voice, won the quiz.
I failed {subject} and my dad didn't even shout.
Guess who got the job!
Thinking of you. The funeral is on {day} at {time}, wear something bright, she'd have liked that.
Sorry for your loss, {name}. He was a kind man and a terrible driver.
My {relative} came out as trans last year and we've never been closer.
As a Muslim I get asked about bacon more often than about anything else, and I still find it funny.
I'm black, my wife is Korean, and our kids argue about {food}.
Disabled parking was blocked by a skip, so I parked on the mayor's lawn.
Being fat doesn't stop me from dancing.
Immigrant life is explaining your name on the phone for {number} minutes.
God bless you all and mind the ice.
Ramadan Mubarak to everyone fasting in this {weather}!
Grandma discovered emojis. Send help.
Drank too much, sang too loud, regret nothing.
Got dumped by text on my birthday, so cake for one.
We broke up. I'm fine. I've cleaned the oven {number} times.
first date went well, he likes dogs and didn't talk about crypto
he held my hand all the way through the {film} and I died a little
Not me eating {food} in the shower.
{place} in {month} is heaven on earth.
Night all, don't let the bedbugs bite.
So my {relative}, who has never cooked in her life, decides on {day} at {time} that she'll deep-fry ice cream, and that, officer, is how we met you.
You had one job, {name}.
I killed my basil in {number} days, new record.
Whose idea was a 5 a.m. flight? Mine. I hate me.
Congrats on the baby, she's got your ears, poor thing.
Beer garden after work? I'm gasping.
That exam was murder.
""")
"""Messages among friends, memes, fan comments, complaints to shops and sarcasm about things."""

BLOCKS = (MEDICAL_AND_HELP, SECURITY_AND_WORK, BUSINESS, ASSISTANT_REQUESTS, SOCIAL)
