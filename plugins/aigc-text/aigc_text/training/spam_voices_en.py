"""Spam and fraud in many English voices, and the harmless texts that look most like it.

All names, hosts and numbers are invented; links end in ``.example`` on both sides, so that they tell nothing alone.
"""

from __future__ import annotations

from aigc_text.training.contrast_frames import Slots, frames

SLOTS: Slots = {
    "link": (
        "bit.example/x7Q", "tiny.example/9fK2", "http://secure-login.example/id", "track-parcel.example/fee", "t.example/Aa3",
        "www.win-now.example", "https://verify-account.example", "go.example/r?=81", "bonus777.example", "wa.example/join",
        "gov-refund.example/claim", "cutt.example/pay", "my-delivery.example/reschedule", "crypto-x2.example",
    ),
    "site": (
        "northwind.example", "www.halden.example", "post.example/track", "bit.example/photos", "t.example/k4", "news.example/consumer",
        "https://lumo.example/orders", "police.example/fraud", "polderbank.example/help", "city.example/bins",
    ),
    "number": ("09061700123", "87066", "80488", "0906 555 0144", "63120", "07700 900461", "+44 7700 900118", "0871 555 0130"),
    "phone": ("020 7946 0112", "555-0142", "0161 496 0730", "(415) 555-0199", "01632 960 417", "07700 900733"),
    "contact": ("@earnwithlena", "+1 555 0173", "@vip_signals", "manager.pay@mail.example", "WhatsApp 07700 900254", "@mr_fx_daniel"),
    "money": ("£2000", "€850", "$500", "£1,500", "10,000 USD", "£350", "$4,800", "€15,000", "£940", "$2,750", "1200 euros"),
    "fortune": ("$10,500,000", "3.2 million euros", "£850,000", "USD 18.5M", "$1,000,000", "EUR 4,700,000"),
    "woman": ("Anna", "Linda", "Sofia", "Jess", "Nadia", "Ivy", "Mrs Okoro", "Bella", "Maureen"),
    "fee": ("£1.99", "$2.10", "€2.95", "£1.45", "$0.99", "£2.60"),
    "rate": ("£1.50/msg", "150p per text", "£3 a week", "£1.50 a minute", "25p/min"),
    "small": ("20 quid", "a tenner", "£15", "$40", "50 bucks", "30 euros", "$12.50", "£8"),
    "code": ("4471", "K7X9", "GB-20931", "TX558", "REF 81140", "QP63"),
    "otp": ("402 118", "739215", "58 20 31", "660947"),
    "bank": ("Polder Bank", "Castle Trust", "First Meridian", "Brightwell Bank", "Northern Mutual", "Harrow & Finch"),
    "carrier": ("RapidPost", "ParcelStar", "Royal Courier", "QuickShip", "MailNorth", "BlueVan"),
    "firm": ("Lumo", "Orbex", "Streamly", "Halden", "MegaMart", "Cloudbox", "Sunmere Energy"),
    "star": ("Corvin Blackmere", "Ysolde Finch", "MrBigGift", "Chef Ambros Teller", "Rocco Vantage", "Lady Marvella"),
    "coin": ("bitcoin", "BTC", "ETH", "USDT", "SafeComet coin", "crypto"),
    "prize": ("phone", "holiday for two", "shopping voucher", "new car", "games console", "gold watch", "TV", "cash prize"),
    "name": ("Anna", "Mark", "Linda", "Jason", "Mrs Okoro", "Daniel", "Sofia", "Kev", "Jess", "Dr Hale", "Nadia", "Sam"),
    "relative": ("mum", "dad", "gran", "sis", "bro", "auntie", "babe", "grandad"),
    "country": ("Ghana", "Dubai", "Kuwait", "Switzerland", "Malta", "the Ivory Coast", "Hong Kong"),
    "city": ("Leeds", "Austin", "Cork", "Perth", "Toronto", "Brighton", "Denver", "Durban"),
    "day": ("Monday", "Tuesday", "Wednesday", "Friday", "Saturday", "the 14th", "Sunday"),
    "hours": ("2 hours", "12 hrs", "24 hours", "48h", "30 minutes", "3 days"),
    "percent": ("30%", "200%", "15%", "400%", "95%", "10%"),
    "thing": ("handbags", "watches", "sneakers", "sunglasses", "software keys", "sofas", "headphones"),
    "item": ("headset", "kettle", "coat", "tent", "bike lock", "desk lamp", "pushchair"),
}  # fmt: skip

PRIZES = frames("""
CONGRATULATIONS!! Your number has been drawn for {money}. Call {number} from a landline NOW, claim code {code}, {rate}
You are today's lucky visitor number 1,000,000! Pick your {prize}: {link}
URGENT we tried 2 contact u about ur unclaimed {prize}. Txt YES to {number}. {rate} 18+
final notice: ur {prize} award expires in {hours}, reply WIN 2 {number}
The International Online Lottery hereby informs you that your e-mail address has won {fortune} in the second category; kindly send your full name, address and age to {contact}.
Spin the wheel and everybody wins!! {link}
U r a WINNER. Dont tell any1 till u have claimed. {link}
{firm} is giving away 500 units of {prize} because the boxes are scratched! Share in 5 groups, then confirm here {link}
This is {star}. I am giving {fortune} to the first 100 people who comment "READY" and register at {link}
{star} official page 2: you were selected as a finalist, do not ignore, send a small fee for the delivery of your {prize}
Answer 3 simple questions and get a free {prize} from {firm}, only shipping {fee} {link}
Your number was picked from 4 million by our computer, a {prize} worth {money} is yours, only thing left is ur postcode. Ring {number}
3 of your friends have already opened their gift. Don't be the last! {link}
Ticket {code} matched 5 of 6! To release {fortune} the agent in {country} must see a scan of your driving licence.
Guess who fancies u? Find out, text NAME to {number} ({rate})
A secret admirer from {city} left you a voice message. Dial {number} to hear it. {rate}
Free ringtone & wallpaper every wk! Send TONE to {number}, {rate}, to stop txt STOPALL
Your loyalty points ({money}) are about to EXPIRE, redeem within {hours}: {link}
Dear winner, the courier with your cheque stands at the airport of {country} and needs only the clearance fee.
5000 followers already cashed out, why not you??? {prize} drop, link in my bio, dm "gift"
2 free tickets left 4 {city}, 1st 2 ring {number} gets them, quote {code}
""")
"""Prizes, lotteries, premium numbers, giveaways by invented celebrities."""

PHISHING = frames("""
{carrier}: your parcel is held at our depot due to an unpaid fee of {fee}. Settle here {link}
Your package could not be delivered because the house number is missing, update address within {hours} {link}
customs hold on item {code}, pay {fee} or it goes back to sender: {link}
{bank} ALERT: your account has been locked. Restore access: {link}
A new payee {name} was added to your account. If this was NOT you visit {link}
Dear valued customer, due to a recent security upgrade you are required to re-confirm your card number, expiry date and PIN, failing which your account will be suspended in {hours}.
We noticed an unusual sign in from {country}. Kindly verify your password to avoid permanent closure. {link}
Tax office: after our last calculation you are eligible for a refund of {money}. Submit the form at {link}
You have (1) pending gov payment of {money}, fill in bank details {link}
FINAL WARNING: a warrant has been issued in your name for unpaid tax, press 1 or call {number} to settle with gift cards
Your {firm} membership has expired!! Extend for free for 90 days {link}
Payment declined. Update your billing now or lose your photos: {link}
Toll road notice: you owe {fee}; to avoid a {money} penalty pay by {day} at {link}
Hello, I'm {name} from the technical department of Windows, we have found 46 viruses in your computer, do not switch it off and call {number}.
!! YOUR PC IS BLOCKED !! Call support immediately {number} !! Do not close this window !!
Hi mum, I dropped my phone in the sink, this is my new number. Can you pay a bill of {money} for me today? I'll give it back on {day}
hey dad its me, phone broke, save this nr and message me on {contact}
Are you at your desk? I'm in a meeting and need you to buy five gift cards for a client, scratch them and send me the codes. Keep it between us. {name}, CEO
Please find invoice {code} for {money}. Our bank details have changed, so use the new account below and confirm once transferred.
Thank you for your purchase of antivirus for {money}. If you did not authorise this charge, ring our refund desk on {number} within {hours}.
Mailbox full: 9 messages are waiting, sign in with your e-mail password to release them {link}
someone reported your page for copyright, it'll be deleted in {hours} unless you appeal here {link}
Hi, I sent you a 6 digit code by mistake, can you pls forward it to me quick
I want to buy your {item} for full price, my courier will bring the cash, just enter your card at {link} so they can insure it
Your SIM will be deactivated today. Reply with your code and mother's maiden name to keep your number
OMG is this you in the video?? {link}
Your domain is about to lapse; to keep your search engine listing remit {money} by {day}.
HR: the new salary list is attached, log in with your company password to open {link}
Your vehicle tax could not be collected, you can no longer drive from {day}. Update {link}
This is the fraud team of {bank}. To protect your savings, move them to the safe account I'm about to read out to you, and tell no one at the branch, as staff are under investigation.
Voicemail (1 new) from unknown caller, install the player to listen: {link}
Health service: you had contact with a case, order the compulsory test kit, postage {fee} {link}
Energy rebate: households in {city} get {money}. Apply before {day}: {link}
Scan the attached code to keep your {bank} app active
I recorded you through your camera. Pay {money} in {coin} within {hours} or all your contacts get the film.
""")
"""Parcels, banks, tax, subscriptions, fake support, fake relatives, fake invoices, extortion."""

MONEY = frames("""
Send 0.1 {coin} and receive 0.2 back, guaranteed, event by {star} live now {link}
I turned {money} into ten times that in one week with {name}, thank you for your honest trades! Contact {contact}
{percent} profit daily, no risk, withdraw any time. {link}
Join our VIP signal group, 98 wins of 100, only 7 seats. {contact}
Government hates this {coin} loophole that makes single mums rich
{star} told it on live TV and the bank tried to stop the show: ordinary people earn {money} a day with this robot
Don't invest until you talked to {contact}, she manages my account, I pay nothing and just watch it grow
hi is this {name}? we met at the golf dinner in {city}. oh sorry, wrong number! you seem kind tho, what do you do?
Sorry for the mistake, my assistant saved the wrong number, but perhaps it is fate. I'm {name}, I design jewellery in {country} and trade {coin} as a hobby. Shall we be friends?
My darling, I have never felt this for anyone. My uncle knows the market's nodes; put in {money} tonight and our house by the sea is paid.
I am a surgeon with the peace mission in {country}, a widower with one daughter, and I must pay {money} to leave the base. Will you help me, my queen?
Good day, I'm {name}, recruiter at {firm}. Part-time, 30 min a day, like videos from your phone and earn {money}. Interested? {contact}
Your CV was recommended by several online agencies! Work from home, no experience, paid daily, age 22+, text me at {contact}
complete 40 tasks, top up your balance to unlock the combo order, withdraw in {coin}
Earn {money} weekly stuffing envelopes. Starter kit only {fee}. Reply INFO
Mystery shopper wanted: we post you a cheque, you keep {money} and wire the rest.
Bad credit? No problem! {money} in your account within {hours}, no checks, no questions, text LOAN to {number}
Need cash fast?? I lend to anybody, ID not needed, pay back double on {day}. {contact}
We are a Christian lender at 2% interest; pay the insurance fee first, and the loan of {money} leaves today.
Your debts can be written off by a law the banks hide. Reply DEBT. Optout STOP
Dearest beloved, I am {woman}, widow of a late oil minister of {country}; I am dying and wish to leave {fortune} in your hands for the orphans. Reply in confidence.
Attn: beneficiary. Your inheritance of {fortune} has been approved by the United Committee; contact Barrister {name} with a copy of your passport.
I am the auditor of a bank in {country}. A customer with your surname died without kin. We share 60/40. This is 100% risk free, but remain silent.
Compensation fund: all scam victims will be paid {money}. You were on the list. Send the transfer fee.
Had an accident that wasn't your fault? You're entitled to {money}. Reply CLAIM, or STOP to opt out
Pay {money} once, bring in five, they bring in five, and by {day} you retire. The blessing circle never fails!
I don't sell, I change lives 💸 be your own boss, dm me "FREEDOM" for the secret business
Get {money} per referral, no limit, your downline works while you sleep {link}
cashapp flip: send {small} get {money} in 10 min, real ppl only, proof in story
Bet now! {money} welcome bonus, no deposit, {link}
Casino of the year: 200 free spins, instant payout, VPN friendly {link}
fixed matches 100% sure, odds 35, pay after win, {contact}
Been let down by other brokers? We get lost {coin} back for you, {percent} success, half of the fee upfront. {contact}
aunty {woman} chit fund, put {money} today, take triple {day}, bring ur sisters
I'm stuck in {city}, robbed at gunpoint, passport gone, hotel won't let me leave till I pay {money}. Can you wire it? Sent from my tablet
Rent our holiday villa for half price; the owner is abroad, so the keys come by {carrier} once the deposit of {money} is in.
My slot pays {percent} tonight, the system is broken, hurry before they repair it {link}
Congratulations, your loan of {money} is pre-approved!!! Confirm card details at {link}
""")
"""Crypto doubling, romance and wrong numbers, task jobs, loans, inheritances, pyramids, gambling."""

BAIT = frames("""
Lose 14 kilos in 10 days with no diet! Doctors are furious. {link}
This one root cures diabetes, and they don't want you to know
MIRACLE drops, 100% natural, hair grows back over night, 80 bottles left {link}
Cheap meds without prescription, discreet parcel, 70% off {link}
Your joints will be 20 years younger by {day}: order 3 pay 1, trial {fee} (renews at {money})
Great post, very informative! I also found useful info about roof repair {city} at {link}
Nice article thank you admin. Visit my webpage :: best cheap {thing} online {link}
replica {thing} AAA quality free ship {link} {link2} {link3}
Dear site owner, we guarantee first page of search, 5000 backlinks for {fee}, reply for the price list
buy real followers, 10k for {fee}, no password needed {link}
follow 4 follow?? i follow back instantly, like my last 3 pics first
F4F L4L S4S who's active, drop ur name, gain 1k daily {link}
🔥🔥🔥 check my profile 🔥🔥🔥 free {thing} 🔥🔥🔥 link in bio
want verified badge? inbox {contact} fast and trusted
{contact} helped me recover my hacked account and my stolen {coin}, very legit hacker, text him
Lonely in {city}? 14 women near you are waiting to chat. {link}
hey handsome im {woman}, new in town n bored, my pics r here {link}
{woman} (2 km away) sent you a private photo! Unlock it with a free card check {link}
Bored housewives want 2 chat live, call {number}, {rate}, over 18s only
Wanna meet tonight? no strings, no fees, register {link}
U have 1 new match! Text DATE to {number} {rate} to see her msg
Her husband is away, and she picked you. Reply HI
CHEAP {thing}!!! factory outlet closing, 80% discount, pay by transfer only {link}
Genuine diplomas from a university of your choice, no exams, delivered in {hours}. {contact}
Your horoscope hides a terrible secret, madame {woman} will reveal it for {fee}: {number}
Forward this to 12 people or you will have bad luck in love; {woman} didn't and lost her job on {day}
Free {firm} premium for life, generator no survey working 2026 {link}
Get unlimited coins and gems with this hack {link} (not fake)
I wasn't going to share this but my {thing} cost {fee} on this site, they close {day} {link}
Re: Re: your request - hello friend we are manufacturer of {thing}, best price, kindly reply to quotation
Sign the petition and get {money}: {link}
clearance pallets of returned {thing} for only {fee}, {carrier} must empty the warehouse, comment "box"
Puppies free to a loving home, I only ask you to cover the flight from {country}, {money}
Let me write your essays, no one will notice, first page {fee}. {contact}
!!!! LAST 9 SPOTS !!!! masterclass with {star} !!!! {link}
Remove your bad reviews for good! We also post 50 five-star ones by {day}. {contact}
Dear author, your eminent paper was read with pleasure; submit to our journal within {hours}, acceptance guaranteed, fee {money}.
Solar panels at NO cost for homes in {city}, the scheme ends {day}, press 1 or ring {number}
Is your car warranty about to run out? This is our last courtesy call.
""")
"""Pills, link comments, follower bots, dating bait, chain letters, junk offers."""

LONG_SPAM = frames("""
Compliments of the season to you and your family. I am {name}, personal banker to a late engineer who perished with his wife and only child on a flight from {country}. He left {fortune} in a fixed deposit, and the board will confiscate it unless a next of kin comes forward. You bear the same surname. I propose that we present you as his heir; all papers are ready, there is no risk whatever, and 40% will be yours. Treat this as top secret and write to {contact}.
Dear e-mail user, our server records show that your mailbox has exceeded its limit and that 14 incoming messages were placed on hold. To avoid the loss of your data, you are advised to validate your account within {hours} by entering your user name and password at {link}. Failure to comply will lead to permanent deactivation, and we shall not be held responsible. Thank you for your co-operation, the Webmail Help Team.
Two years ago I was broke, behind on rent and crying in a car park in {city}. Today I wake up when I like, and {money} lands in my account before breakfast. No, I'm not smarter than you. I found a system that the banks would rather keep quiet about, and {name} showed me how to copy it in ten minutes a day. The doors close in {hours}, only nine places are left, and the price doubles afterwards. Stop watching others win: {link}
Hello dear, I saw your profile and felt something pure. I am {woman}, 34, I love God, cooking and long walks, and I live in {country} with my little son. I don't care for age or looks, only for an honest heart. My ticket to {city} is booked, but the embassy wants {money} for the visa. If you can help me this once, I'll pay it back in your arms. Write to my private mail, {contact}.
We at {firm} were impressed by your profile and would like to offer you the post of remote assistant: {money} a month, two hours a day, no interview. You will receive a cheque for your office equipment; deposit it, keep your first week's pay, and forward the rest to our certified supplier the same day. Reply with your full name, address, bank and a photo of your ID by {day}.
Your computer's licence has been renewed for three years, and {money} will be charged today to the card on file. If you did not place this order, speak to our cancellation officer at {number} within {hours}; he will connect to your screen and guide you through the refund form. Do not go to your bank, as this delays the procedure. Order reference {code}.
As a token of thanks for the long-standing users of its wallet, the foundation is distributing 50,000 {coin}. To take part, connect your wallet and enter the twelve recovery words at {link}; the smart contract will return {percent} of your balance at once. {star} has already confirmed. One entry per household, and no second chance after {day}.
My doctor had given up on me, sixty pounds overweight and out of breath on the stairs. Then a monk gave me this tea. Without sport or hunger the fat simply melted, my sugar went back to normal, and my husband can't stop looking at me. Big companies are suing to have the page removed, so order while you can: first box {fee}, satisfaction or money back {link}
""")
"""Whole mails: inheritance, mailbox, get-rich story, romance, cheque job, fake renewal, wallet, miracle tea."""

SPAM = PRIZES + PHISHING + MONEY + BAIT + LONG_SPAM
"""All spam and fraud."""

NOTICES = frames("""
Your {carrier} driver {name} will deliver your parcel on {day} between 9 and 11. Nothing to pay.
{carrier}: parcel {code} is waiting at your local shop until {day}. Bring ID.
Delivered! Your {item} was handed to a neighbour at no. 12.
{otp} is your {firm} code. Don't share it with anyone.
Use {otp} to sign in. It expires in 10 minutes; if you didn't ask for it, ignore this text.
{bank}: we will never ask for your PIN or password by text. Think before you tap.
{bank}: did you spend {small} at a petrol station in {city}? Reply Y or N. We won't ask for anything else.
We've sent {small} back to the card you paid with. It can take three to five days to show up.
Dear {name}, your refund for the {item} has been approved (order {code}). No action is needed.
Your tax return has been received. We do not send refunds by text or e-mail; sign in the usual way to see your account.
Police in {city} warn of callers who pretend to be officers and collect bank cards at the door.
If you have lost money to a scam, report it on {phone} and tell {bank} at once.
Hi {name}, this is the surgery. Your appointment on {day} has been moved to 3.15; ring {phone} if that doesn't suit.
School closed on {day} due to the boiler. Lunch money will be credited. No reply needed
Balance reminder: you have less than {small} left on your prepaid SIM.
Bins in your street will be collected on {day} instead. See {site}.
Winter sale at {firm}: {item} now half price, in store until {day}. Text STOP to opt out
Thanks for renewing with {firm}. Your card was charged {small}; the receipt is at {site}.
You've been added as a payee by {name}. If you have questions, call the number on the back of your card.
Congratulations {name}, you passed! Your certificate will be posted by {day}.
Congratulations on your new job! The whole team in {city} is proud of you.
Your library book is due on {day}. Renew at {site} or by phone, {phone}.
The winner of our raffle is ticket 217, {name} from {city}. The {prize} can be picked up at the village hall; nobody else needs to do anything.
Your claim {code} has been settled, and {money} will be paid into the account we hold for you.
Security notice to staff: the mail "new salary list" is a phishing attempt. Don't open it, delete it.
Planned work: {bank}'s app is down on Sunday from 1 to 4 am.
Invoice {code} for the repair of your bike, {small}, payable in cash or by card when you collect it.
Recall: if you bought this {item} between May and July, bring it back for a full refund.
Your taxi is outside. White car, driver {name}.
Verify your e-mail to finish signing up for {firm}: {site}. Not you? Then simply do nothing.
""")
"""Real deliveries, codes, refunds, warnings and service texts."""

ABOUT_SCAMS = frames("""
Is this text a scam? It says my parcel is held and I should pay {fee}.
got a message from "{bank}" saying my account is locked, is it legit or not
My gran nearly sent {money} to a man who said he was a doctor in {country}. How do I talk to her about it?
How to spot a fake delivery message: check the sender, never pay through a link, look up the parcel on the carrier's own site.
Fraudsters posing as {carrier} stole {money} from a pensioner in {city}, a court heard on {day}.
Remember, nobody doubles your {coin} for free.
Three arrested over lottery letters that promised {fortune} to thousands of households
Never read a one-time code out on the phone, not even to somebody who says they are from {bank}.
A reader writes: I won a {prize} in a draw I never entered. Our expert replies: then you didn't win.
Classify this message as spam or not and explain which words decided it.
I keep getting calls about my car warranty. I don't even own a car.
The so-called Nigerian prince letter is older than e-mail: in the 1920s it was a Spanish prisoner.
Consumer advice: a loan that wants a fee first is not a loan.
Why do spammers write so badly? One theory is that it filters out anyone who'd get suspicious later.
Ugh, another bot under my post offering followers. Blocked.
Romance fraud costs victims more than money, says the psychologist {name}, who runs a helpline in {city}.
Our bank blocked a payment to a crypto site and honestly I was furious until I read the reviews.
The film is about a retired teacher who hunts the call centre that robbed her of {money}.
Report junk mail by forwarding it to your provider; replying only shows them that somebody reads it.
Has anybody here worked for {firm}? They offered me a job by chat without an interview and it smells fishy.
Task scams, explained: you like videos, you see a balance grow, and then you are asked to top it up.
No, {star} isn't giving away money. The account is fake, and the real one has posted a warning.
In this lesson pupils compare a genuine letter from {bank} with a forged one and mark the differences.
my uncle puts five pounds on the lottery every week, hasn't won since 1998, still has a plan for the millions
Dad fell for the "hi mum new phone" trick. He isn't even a mum.
Ads for miracle diet pills must carry a warning from {day}, the regulator ruled.
Please write a training e-mail that teaches staff to recognise fake invoices.
Spam filter ate your message, sorry! Could you send the quote again?
The pyramid collapsed when there was no one left in {city} to recruit.
Statistically you're likelier to be hit by lightning than to win the jackpot, yet the queue went round the block.
What happens if I clicked the link but didn't type anything in?
Someone in {country} has been using my photos to get money out of lonely people. I've reported it to the site and to the police.
""")
"""News, advice, questions and jokes about fraud."""

PERSONAL = frames("""
can u send me {small} til fri? will pay u bk promise x
hey {relative} i left my wallet at home can you transfer {small}, same account as always, ring me if unsure
Pls call me when ur free, nothing urgent
Txt me when u get 2 {city}, ok? luv u
u won the bet, drinks r on me {day} lol
new number! it's {name} from football, the old phone drowned
Sorry, wrong number. I was looking for {name} the plumber.
free on {day}? got 2 tickets 4 the match, no charge, just bring snacks
Did you get the {small} I put in the card for your birthday?
I owe you {small} for the pizza, what are your bank details again?
omg i won a {prize} in the school raffle, never won anything before!!
Click on the blue button at the top, then Settings, and your printer should come back to life, {relative}.
selling my {item}, {small}, pick up only, {city}, msg me
URGENT: who has the key to the rehearsal room??
ur gr8, thx 4 yesterday, cu {day}
{name} paid back the loan today, all of it, and brought cake
Can anybody lend me a {item} for the weekend? Deposit in biscuits.
here's the link to the photos from the wedding, {site}, tell {relative}
Reply YES if you're coming to the barbecue so I know how many sausages to buy
I put a little into {coin} last year and lost half of it, never again
call me asap!!! sis is in labour
Last chance to tell me what you want from the chip shop
Anyone else find {firm}'s prices mad? {small} for a {item}!
my follow back policy: if you post dogs i follow
We met at {name}'s wedding in {city}, you lent me an umbrella. I still have it. Coffee?
Hi hun, just saw ur msg. Can't talk, in lecture. Will ring at 5 k
Rent's due {day}, my half is in the jar, don't let {name} borrow it again
Mum says thanks for the cash, she bought the {item} & has {small} left
Do you do gift vouchers for {small}? It's for a colleague who's leaving.
Guess who's back in {city}? Dinner {day}, my treat
""")
"""Private texts with shorthand, money, numbers and hurry."""

LONG_HARMLESS = frames("""
Dear customer, criminals are sending texts in our name at the moment. They claim that your current account is locked and lead you to a copy of our sign-in page. We never send links by text, and no employee will ever ask for a code or your PIN. If you've entered your details, call us straight away on the number on the back of your card; we are there day and night.
Hello {name}, I'm writing about the {item} you ordered on {day}. One of the screws was missing from that batch, so we'd like to send you a new set, free of charge. It will come by {carrier} in a small padded envelope, you don't have to sign for it, and your guarantee stays as it is. Sorry for the trouble, and thank you for your patience.
She met him on a language app. He sent flowers, he asked about her mother, and for four months he never mentioned money. Then came the shipment stuck at customs in {country}, then the lawyer, then {coin}. By the time her daughter noticed, {money} was gone. "I wasn't stupid," says {woman}, 61, "I was lonely," and that is why she now talks about it in schools in {city}.
Quick one, because three people at work have asked me: if a recruiter writes to you out of the blue, offers {money} for two hours of clicking and wants to move to another messenger, it's fraud, always. Real firms interview you, and you never pay to be paid. Report the account, block it, and tell your parents, since they get these too.
Dear {name}, thank you for your claim of {day}. We have checked the photographs, and we're glad to say that the whole amount of {money} will be paid into the account from which you pay your premium. This usually takes five working days. Your reference is {code}; if anything is unclear, {name2} will be happy to explain it on {phone}.
My late grandfather left me his watch, a shed and {money}, and the solicitor in {city} says that I have to fill in a form before the bank releases anything. Is that normal, and does anybody know how long it takes?
I finally hit my goal: 14 kilos in a year, no pills, no powders, just walking to work and cooking at home. People keep asking for the secret, and they look so disappointed when I tell them.
We're the parents' association, and we are raising {money} for a new climbing frame. Buy a raffle ticket for {small} at the gate on {day}; first prize is the {prize}, last prize is a jar of the head teacher's chutney. Results at {site}.
""")
"""Whole letters and posts: a bank's warning, a real firm's mail, a report, advice, an inheritance, a raffle."""

SPAM_HARMLESS = NOTICES + ABOUT_SCAMS + PERSONAL + LONG_HARMLESS
"""All harmless twins of spam."""
