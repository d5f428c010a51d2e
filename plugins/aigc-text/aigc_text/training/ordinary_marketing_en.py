"""Honest English marketing and what is asked of a copy writer: harmless texts that a spam detector tends to flag."""

from __future__ import annotations

from aigc_text.training.contrast_frames import Slots, frames

SLOTS: Slots = {
    "product": (
        "wireless headset", "trail running shoe", "espresso machine", "linen duvet set", "smart thermostat",
        "electric toothbrush", "standing desk", "vitamin C serum", "cast-iron pan", "folding bike", "e-reader", "robot vacuum",
        "yoga mat", "insulated bottle", "oak bookshelf", "baby monitor", "rain jacket", "mechanical keyboard", "scented candle",
        "dog bed", "air fryer", "fitness watch", "travel backpack", "desk lamp", "leather wallet", "garden hose", "mattress",
    ),
    "brand": (
        "Northwind", "Lumo", "Fennel & Fig", "Halden", "Orbex", "Sunmere", "Kestrel", "Pebble Lane", "Tidewater", "Morna",
        "Brightwell", "Oak & Ember", "Velora", "Juno Home", "Polder", "Quillon", "Bluebarn", "Tansy", "Arco", "Wrenfield",
    ),
    "app": ("Pocketplan", "Stridely", "Lingoleaf", "Budgetbee", "Nightjar", "Mealwise", "Notegrove", "Calmly", "Routely"),
    "venue": (
        "The Copper Kettle", "Casa Lucia", "Hotel Marisol", "The Old Mill", "Saffron House", "Bistro Nord", "Pine Lodge",
        "Harbour View", "The Green Door", "Villa Aurelia", "Sakura Corner", "The Lamp & Anchor",
    ),
    "dish": (
        "slow-roast lamb", "wild mushroom risotto", "miso salmon", "wood-fired margherita", "jackfruit tacos", "lemon tart",
        "beef pho", "cinnamon buns", "oysters on ice", "sticky toffee pudding", "sourdough toast", "aubergine curry",
    ),
    "price": (
        "$19.99", "£45", "€89", "$149", "£29.50", "€64", "$75", "USD 95", "$59", "€24.90", "£120", "£38", "EUR 110",
    ),
    "cheap": ("€4.20", "£9.50", "$7", "£12", "€14.80", "$16", "£6.75", "11 euros", "$8.90"),
    "wage": ("£14.20", "$22", "€16", "£18.50", "$19.75"),
    "percent": ("10%", "15%", "20%", "25%", "30%", "40%", "50%", "60%", "12%", "35%"),
    "number": ("2", "3", "5", "6", "8", "10", "12", "14", "20", "24", "30", "40", "60", "100"),
    "code": ("SPRING20", "HELLO10", "WELCOME", "COSY15", "RUN25", "THANKYOU", "SUMMER", "FRIENDS", "FIRST5"),
    "phone": ("020 7946 0112", "555-0142", "0161 496 0730", "(415) 555-0199", "01632 960 417", "1-800-555-0127"),
    "site": (
        "northwind.example", "www.lumo.example", "halden.example/shop", "venue.example/book", "sunmere.example/sale",
        "https://kestrel.example/new", "tickets.example", "mornahome.example", "bit.example/menu", "go.example/newin", "https://shop.example/track?id=81",
    ),
    "city": ("Leeds", "Lisbon", "Austin", "Cork", "Osaka", "Cape Town", "Toronto", "Bergen", "Valencia", "Brighton", "Denver"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Sunday evening"),
    "deadline": ("midnight", "Sunday night", "30 June", "the end of the month", "9 November", "noon on Tuesday", "this Friday"),
    "season": ("spring", "summer", "autumn", "winter", "Christmas", "Easter", "Black Friday", "back-to-school", "bank holiday"),
    "name": ("Maya", "Tom", "Priya", "Hannah", "Omar", "Lucy", "Diego", "Grace", "Mr Rahman", "Ms Novak", "Chloe", "Kofi"),
    "job": ("pastry chef", "data analyst", "night porter", "staff nurse", "warehouse picker", "UX designer", "bus driver"),
    "course": ("Spanish for beginners", "pottery", "Python", "first aid", "bookkeeping", "watercolour", "public speaking"),
    "event": ("wine tasting", "book launch", "open day", "jazz night", "craft fair", "charity run", "flea market", "webinar"),
    "people": ("students", "new parents", "runners", "remote workers", "pet owners", "small businesses", "travellers", "cooks"),
    "tone": ("playful", "warm", "confident", "luxurious", "down-to-earth", "witty", "urgent", "minimalist", "friendly"),
    "colour": ("sage", "midnight blue", "terracotta", "ivory", "charcoal", "mustard", "blush", "forest green"),
}  # fmt: skip

PRODUCTS = frames("""
Meet the {product} that keeps up with you.
{brand} {product}, {colour}, {price}
Big sound, tiny case. {number} hours of play from a single charge, and the box fits the coin pocket of your jeans.
· {number} h battery · fast charge · {colour} · {number}-year warranty
Made to last. Priced to love.
Say goodbye to tangled cables! The new {brand} {product} works anywhere, from the train to the top of the hill.
Our softest blanket yet, woven in Portugal from organic cotton and washed twice so that it feels like an old friend on day one.
Less noise. More you.
Introducing the {brand} One: a {product} for people who hate reading manuals.
NEW IN: {product} in {colour}, now only {price}
Why choose {brand}? Because we answer the phone, repair what we sell and print the price we mean.
Wake up to fresh coffee. Set the timer at night, and {brand} does the rest.
Dishwasher safe, oven safe up to 230 degrees, and handsome enough to go straight to the table.
Lightweight (only 240 g), waterproof, and with room for a laptop: the {product} your commute has been waiting for.
{product}, pack of {number}, BPA free, {colour}, suitable for children from 3 years
In the box: one {product}, two cables, a quick start guide and a cloth bag.
Rated {number} out of 10 by testers who didn't know the brand.
Hydrates for {number} hours. No perfume, no parabens, no fuss.
This season's must-have comes in four colours, and we can't pick a favourite either.
Enjoy crystal-clear calls, all-day comfort and deep bass, whether you're working, travelling or just hiding from the kids.
Handmade in {city} by a family of four, each piece is a little different from the next.
Perfect for {people}!
Strong enough for a family of bears, quiet enough for a sleeping baby.
The {product} you'll actually use.
Compare at {price}. Ours: {price2}. Same factory, no logo.
Tested by {people}, loved by everyone else.
From field to cup in {number} days: single-origin beans roasted on Tuesday and posted on Wednesday.
Go further with {brand}: up to 60 miles on one charge, folds in ten seconds, rides like a real bike.
Limited edition: only {number}00 made, numbered by hand, {price} with free gift wrap
Your skin, but on holiday. Try our bestselling serum with vitamin C and squalane.
Small kitchen? Big appetite? The {brand} mini oven takes up no more counter than a sheet of paper and feeds four.
Machine wash cold; do not tumble dry; wear on repeat.
Designed in {city}, built for rain.
Never lose your keys again
Experience sound as the artist heard it: titanium drivers, adaptive noise cancelling and a companion app with {number} presets.
Refurbished {product}, grade A, 12-month guarantee, {price}, free returns
A sofa that arrives in boxes, goes up narrow stairs and is ready in the time it takes to boil an egg.
Smart heating that pays for itself: our customers save an average of {percent} on their bills in the first winter.
Kind to gums, tough on plaque: a two-minute timer, three heads, and a case for the road.
Gift idea: the {product} with their initials, from {price}
""")
"""Product texts, titles and bullet lists as on a shop's page or from a copy generator."""

OFFERS = frames("""
{season} SALE! Up to {percent} off everything until {deadline}
Save {percent} on your first order with code {code} at {site}.
Buy one, get one half price on all {product} orders this weekend. In store and online.
Last chance! Our {season} offer ends at {deadline}.
Free shipping on orders over {price}
HURRY, only {number} left in {colour}
Two pizzas, one bottle, {cheap} each. Every {day}.
Members save an extra {percent} all week; just scan your card at the till.
Try {app} free for 14 days. No card needed, cancel whenever you like.
Order before noon, have it tomorrow.
Students get {percent} off with a valid ID, all year round.
It's our birthday and you get the present: {percent} off, {number} hours only, no code required 🎉
Order now and receive a free {product} with every purchase over {price}.
Trade in your old {product} and take up to {price} off a new one.
Pay in {number} instalments at 0% interest. Representative example at the checkout; credit is subject to status.
Was {price}, now {price2}!
Don't miss out: early-bird tickets for the {event} are {price} until {deadline}.
Kids eat free on {day} with every adult main
Book {number} nights and pay for one fewer. Breakfast is included, and so is the view.
Bring a friend and you both get {price} off.
Closing down after thirty years: everything must go, shelves included. Thank you, {city}!
Clearance: garden furniture up to {percent} off, bulky items by arrangement, call {phone}
Our biggest {season} event ever starts {day}. Doors open at 8. See you there!
Happy hour 5 to 7, all cocktails {cheap}
Refer a colleague to {app}, and we'll add a free month to your plan once they have joined.
Flash sale ⚡ today only ⚡ {product} for {price} at {site}
Price match promise: find it cheaper within {number} days, and we will refund the difference.
MOT and full service together for {price}. Ring {phone} to book.
Win a weekend in {city}! Drop your receipt with your name on the back into the box by the till; the draw is on {day}, staff may not enter.
Collect {number} stamps and your next coffee is on us.
Get {percent} off your next haircut when you book before {day}. Call {phone} or walk in.
We never do sales. Except once a year. It's now.
SIM only: {number} GB, unlimited calls and texts, {cheap} a month, leave any time
Shop the {season} edit at {site}
""")
"""Prices, discounts and deadlines of shops that mean them."""

PLACES = frames("""
{venue} is a family-run restaurant in the heart of {city}, serving {dish} the way our grandmother did.
Tonight's special: {dish}, {cheap}
Come for the {dish}, stay for the sunset.
Starters: {dish} {cheap} · Mains: {dish2} {cheap2} · Desserts from £5 · Please tell us about allergies
Book your table at {venue}: {phone} or {site}
Wake up to the sound of the sea. Our {number} rooms have balconies, rain showers and very good curtains.
A cosy café with mismatched chairs, board games and the best {dish} this side of the river.
Open daily from 8 am, dogs welcome, no laptops at weekends
{venue}, {city}. Rooms from {price} per night including breakfast and parking.
Nestled between vineyards and the old town wall, {venue} offers peace, a pool and bicycles on loan.
Two-bedroom flat near the station, {number} min to the centre, new boiler, small balcony, no chain. Viewing on {day}.
FOR RENT: bright studio, third floor, lift, {price} per week, bills included. Call {phone}.
Rarely does a Victorian terrace with original tiles, a south-facing garden and planning permission for the loft come on the market in this street.
Escape to {city}: {number} nights, flights and hotel from {price} per person.
Set sail this {season}! Seven ports, one suitcase, zero cooking.
Walk with lions? No. Walk with llamas, {cheap} for adults, under fives free, wellies provided.
Our lunch menu changes every {day}; vegetarians eat as well as anyone else.
The tasting menu: six courses, one kitchen, no hurry.
Guided tour of old {city}, every {day} at 10, meet at the fountain, pay what you like
Your home away from home, ten minutes from the airport, with a free shuttle every half hour.
Sunday roast is back!
{venue} reopens on {day} with a new chef, a longer bar and the same old piano.
We cater for weddings, wakes and everything in between; ask {name} for a quote.
Last minute! A cabin for {number} at {venue} has just come free for {season}: {price} a night.
Gym, sauna, pool: one membership, {price}, no joining fee in {season}
Private garage for sale, dry, power point, {city} north, viewings by appointment
House of the week: four beds, a sea view and a kitchen you will never want to leave.
""")
"""Restaurants, hotels, flats and journeys."""

MESSAGES = frames("""
Hi {name}, thanks for your order! We'll let you know as soon as it leaves our warehouse.
Good news, {name}: your {product} is on its way and should arrive on {day}. Track it here: {site}
Your table at {venue} is confirmed for {day}, {number} guests. To change it, ring {phone}.
Reminder: dental check-up with Dr {name} on {day} at 9.40. Please call {phone} if you can't come.
You have earned {number}0 points this month. Spend them on coffee, cake or a good cause.
Dear customer, from 1 May our branch in {city} will open at 9.30 instead of 9. Cash machines remain available around the clock.
Your statement is ready. Sign in to the app as usual to see it.
Dear {name}, your savings rate rises to 3.1% on {day}; you don't need to do anything.
We're changing our terms on {day}. Here is what is new, in plain English.
Welcome to {brand}! You're in. Here are three things to try first.
We miss you, {name}. Come back and take {percent} off with {code}.
Your basket is still waiting: {product}, {colour}, {price}
How did we do? Rate your stay at {venue}; it takes one minute.
Happy birthday, {name}! A slice of {dish} is on the house all week. 🎂
You're receiving this newsletter because you signed up at {site}. Unsubscribe at any time.
The parcel with your {product} was left with your neighbour at number {number}.
Your prescription is ready to collect from the pharmacy in {city}. Bring your card.
Thank you for choosing {brand}. Your invoice no. 20{number}17 over {price} is attached; payment within 14 days.
Delivery today between 10 and 12. Your driver is {name}. Not in? Choose a safe place in the app.
We've refunded {price} to your card for the returned {product}; please allow five working days.
Dear members, the annual meeting is on {day}, and there will be {dish}.
Your subscription to {app} renews on {day} for {cheap}. Manage or cancel it in your account settings.
Back in stock: the {colour} {product} you asked about, {site}
Your car is due for its service. Book online at {site} or call {name} on {phone}.
This month in our letter: a recipe for {dish}, {number} books we loved, and why our {product} has become cheaper.
Your Gold card has arrived! Show it at any {brand} shop for free alterations and a coffee while you wait.
Planned maintenance on {day}, 1 am to 4 am: online banking and the app will be unavailable.
Your feedback made us change the lid. New version, same price, out on {day}.
Hi, it's {name} from {venue}, your glasses are ready to pick up, we're open till six
Text STOP to end these reminders. Next visit: {day}, 2 pm, room {number}.
Your ticket for the {event} is attached. Doors at seven, bar until late, no paper needed.
Energy update: your new monthly payment will be {price}, based on the reading you sent us on {day}.
""")
"""Newsletters, loyalty mails, and notices of orders, appointments and banks."""

BRANDS = frames("""
Just do less.
Bread. Butter. {brand}.
Good morning, {city}! ☕ What's in your cup today?
We planted {number}000 trees this year, and you paid for every one of them. Thank you.
Sneak peek of our {season} collection 👀 Which colour should we drop first?
New menu, new chairs, same grumpy cat. {site}
Tag someone who needs this {product}!
New episode out now: {name} on leaving the city, keeping goats and losing money. Listen wherever you get your podcasts.
Behind the scenes at {brand}: {name} sews the last of {number}00 bags.
{app}: plan your week in five minutes. No ads, no account, works offline.
Version 4.2: dark mode, faster sync, and {number} bugs fewer.
Learn a language while you brush your teeth. Download {app} free on any phone.
Track, sleep, repeat. {app} turns your nights into simple charts, and keeps the data on your device.
#ad I've worn the {brand} {product} for a month and, yes, it survives toddlers.
Giveaway time! Like this post and tell us your favourite {dish}; we'll draw {number} winners on {day}. Open to residents over 18, rules at {site}.
You're invited: {event} at {venue}, {day}, 7 pm. Free entry, bring a coat.
Save the date! {event}, {city}, {day}
Register now at {site} for our free {event} with {name}: how {people} can save time on their taxes.
{city}, {day}. {brand}, maker of the {product}, has opened its first shop outside Europe and expects to employ {number}0 people by the end of the year.
"We are thrilled to bring {brand} to {city}," said {name}, managing director. "Our customers have been asking for years."
{brand} wins design award for {product}
We're hiring! {job}, full time, {city}, from {wage} an hour plus tips and free lunch.
{job} wanted (m/f/d). Send your CV to {name} by {day}. No agencies please.
You love people, lists and early mornings? Become our new {job}: permanent contract, {number} days' holiday, a bike to lease.
Earn while you learn: apprenticeships at {brand} start in September, apply by {day}.
{course}, evening class, ten weeks, {price}, all materials included
Master {course} in a term with small groups, real teachers and homework that takes ten minutes.
Ready for a change? Our part-time diploma fits round your job. Open evening on {day}, just turn up.
Never too late to learn {course}
Back us! We need {price} more to print the first {number}00 copies of our board game; pledge by {day}, and nobody pays unless we get there.
{number} days left, 83% funded: help {name} bring a {product} without plastic to the world.
Your donation of {price} feeds a family of hedgehogs for a week. Give at {site} or in our shop.
Open your free account with {brand} Bank in ten minutes. Deposits are protected up to the legal limit; rates may change.
Get a quote in {number} minutes. Home insurance from {price}, claims handled in {city}.
The future of mobility is quiet.
Boost your team's productivity with {app}, the planner trusted by {number}00 companies; see plans and pricing at {site}.
Tired of spreadsheets? So were we. {app} does your invoices while you make coffee.
Act now for cleaner rivers: join us on {day}, gloves and tea provided!
Because every step counts.
LOVE YOUR LUNCH
Call {phone} today for a free, no-obligation quote on gutters, roofs and chimneys. Family firm since 1984.
Man with van, {city} and round about, {price} per hour, {name}, {phone}
Piano lessons for all ages, first lesson free, patient teacher, {phone}
Follow us for more recipes, and tell us how yours turned out!
Click here to read the whole story of our {product}, from sketch to shelf.
Find your fit. Free fittings in all {brand} stores.
""")
"""Slogans, posts, app stores, invitations, press releases, vacancies, courses, crowd-funding, small ads."""

LONGER = frames("""
The {product} began as a favour: {name}, our first employee, needed one that would survive a toddler, a dog and a third-floor walk-up. Four prototypes and two winters later it is here, in {colour} and three other colours, with a {number}-year guarantee and a spare part for every part that can break. {price}, shipping included, from {site}.
Looking for a present that won't end up in a drawer? The {brand} {product} is simple to set up, a pleasure to hold and built to be repaired. Order by {deadline}, and it will be under the tree in time, wrapped in paper made from old maps. Not right after all? Send it back within {number} days, at our cost.
Dear {name}, as one of our most loyal guests you're the first to hear: {venue} has new rooms under the roof. They have sloping ceilings, deep baths and, on clear days, a view of three counties. Until {deadline} you pay {price} instead of {price2} a night, breakfast included. Just mention {code} when you book by phone ({phone}) or at {site}.
{venue} takes its vegetables from the farm next door, its fish from the morning boat and its name from a ship that sank in the bay. On {day} evenings we serve {dish} at one long table; everybody sits beside somebody new, and the dessert is a surprise. {wage} a head, wine extra, children half price. Reservations: {phone}.
Transform your mornings with {brand}! Our compact coffee maker heats up in seconds, cleans itself while you get dressed, and looks gorgeous in {colour}. Whether you're a busy parent, a night-shift nurse or simply not a morning person, one touch is all it takes. Order today for {price} and get {percent} off refills for a whole year. Your mornings will thank you!
Join more than {number}00,000 {people} who plan their week with {app}. Shared lists, calm reminders, widgets you can read without glasses, and a calendar that understands "every second {day}". The basic version is free for ever; Premium costs {price} a year after a free month, and you can cancel with two taps in your account. Download it today and tell us what you think!
Imagine a {product} that feels as good on day one thousand as it did on day one. We did, and then we built it: recycled aluminium, no glue, {number} screws. Available from {day} at {site} and at selected shops in {city}.
What do {people} really need? We asked {number}0 of them, listened, and threw away our first design. The new {product} is lighter, {percent} cheaper and finally available in {colour}. Try it at home for a month. If you don't love it, a courier will pick it up, and you'll have every cent back.
FOR SALE by the owner: stone cottage on the edge of the village, {number} rooms, dry cellar, fibre internet, half an acre with old apple trees. The roof was redone in 2021, the bathroom was not, and the price shows it. Viewings on {day} between 2 and 5; please ring {name} on {phone} first, as the dog likes to be warned.
As a {job} at {brand} in {city} you'll work in a team of {number}, start when the kids are at school, and have a say in what we do next. We offer a permanent contract, {wage} an hour, a season ticket and a canteen people from other firms sneak into. Sounds like you? Write a few lines to {name} by {deadline}; a formal letter isn't needed.
Spring clean your finances: with a {brand} Bank savings plan you put aside as little as {price} a month, pause when life gets in the way, and pay no fee for closing the account. The value of investments can go down as well as up. Talk to an adviser in any branch, or call {phone} on weekdays between 8 and 6.
Seven days, two islands, one small boat: our {season} trip for no more than {number} guests takes in hidden coves, a volcano and the best {dish} of your life. Flights from {city} and all meals on board are included from {price} per person; deposits are refundable until {deadline}. Request the brochure at {site}!
""")
"""Whole texts of 40 to 80 words: shop, hotel, app, estate, vacancy, savings, travel."""

MARKETING = PRODUCTS + OFFERS + PLACES + MESSAGES + BRANDS + LONGER
"""All honest marketing."""

BRIEFS = frames("""
Write a short ad for a {product}.
Product: {product}. Audience: {people}. Tone: {tone}.
Give me five subject lines for our {season} sale, under 40 characters, no exclamation marks.
Brand: {brand}; item: {product}; features: light, {colour}, {price}; length: 50 words
Can you make this sound less salesy? "Our {product} is the best you will ever own!!!"
I need a tagline for a café called {venue}. Something {tone}.
Rewrite the following product description for {people}, keep the price ({price}) in the first line.
SEO meta description, 155 characters, keyword "{product} {city}"
A/B test: which is better, "Save up to {percent} today" or "Your {percent} is waiting"? Say why.
Draft an Instagram caption for a photo of {dish}, {tone}, max two emojis.
Please proofread our flyer for the {event} on {day}. The printer wants it tonight.
Landing page copy for {app}: headline, subhead, three benefits, one call to action.
Our old slogan was "Because every step counts". Find ten that are shorter.
Name ideas for a shop that sells {product} sets to {people}?
Write a {tone} product text. Name: {brand} {product}. Selling points: {number} h battery, waterproof, made in {city}.
Turn these bullets into a paragraph: free delivery; {percent} off until {deadline}; code {code}.
Compose a newsletter that announces our new opening hours and mentions the {dish}.
make it punchier and add a call to action
Too long! Cut it to 20 words and keep the {price}.
Write a job ad for a {job} in {city} that doesn't use the word "passionate".
Translate this ad into Spanish and keep the pun if you can: "Oven and done."
Explain the difference between a slogan and a tagline, with an example for {brand}.
I run a small shop for {people}. How do I announce a discount of {percent} without sounding desperate?
Describe a {product} in {colour} as if it were a wine.
Three push notifications for {app} users who haven't opened it for {number} days. Gentle, please.
Write an abandoned-cart email. Customer: {name}. Item: {product}. No pressure.
Could you review my copy? "Discover {brand}. Discover yourself." I fear it's hollow.
Which words make an honest offer look like junk mail? I'm writing to {number}00 subscribers about our {season} sale.
Headline options for a press release: {brand} opens in {city}
Video script, 15 seconds, {product}, {tone}, ends on the logo
Please write a thank-you card that goes into every parcel with our {product}.
Write the back of the box for a {product}: what's inside, how to clean it, guarantee {number} years.
The client wants it more {tone}, less corporate. Here's what we have: "Solutions for modern living."
Generate {number} Google ad headlines for "{course} in {city}", 30 characters each.
Tone of voice guide for {brand}, one page, do's and don'ts
Write a menu text for {dish} that makes vegetarians smile.
Amazon-style title for a {colour} {product}, pack of {number}
Suggest hashtags for a {event} in {city}, none of them silly.
We're launching {app} on {day}. Plan a week of posts, one per day, with a hook each.
Make the following legal notice friendly: credit is subject to status, {number} instalments at 0%.
Real-estate listing, flat, {city}, two rooms, balcony, {price}; avoid the word "stunning"
Write an invitation to our {event} for existing customers, {tone}, with dress code and parking.
I sell {product} sets at a market stall. What should I put on the chalkboard?
As a marketing teacher, mark this slogan out of ten: "Less noise. More you."
Could this line get us into trouble? "Clinically proven to save you {percent}."
Give me an advert like those from the 1950s for a {product}, but without the sexism.
Category page intro, 80 words: {product} for {people}. Mention free returns.
Write a polite SMS telling customers that their order is late, with a {percent} voucher.
Fundraising letter for a hedgehog hospital in {city}: {tone}, one story, one ask of {price}
What goes first in an ad, the price or the benefit? My product is a {product} at {price}.
Keywords: {product}, {people}, {season}. Style: {tone}. Output: title and two sentences.
Summarise these {number} customer reviews into one quote for the shop window.
Shorter. Funnier. And leave out {name}.
Loyalty programme: help me explain that {number} stamps earn a coffee and {dish}
""")
"""What people ask of a copy writer or generator, from structured briefs to follow-ups."""
