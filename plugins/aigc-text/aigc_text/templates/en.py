"""English building blocks."""

from __future__ import annotations

from aigc_text.templates.blocks import Blocks, Wording

_OPENERS = {
    "friendly": (
        "Say hello to {intro}.",
        "Meet {intro}.",
        "Let us introduce you to {intro}.",
        "We would love you to meet {intro}.",
        "Come and meet {intro}.",
        "Have you met {intro}?",
        "Here is something we are happy to share with you: {intro}.",
    ),
    "professional": (
        "Introducing {intro}.",
        "We are pleased to present {intro}.",
        "Allow us to introduce {intro}.",
        "May we draw your attention to {intro}.",
        "This is {intro}.",
        "We would like to introduce {intro}.",
    ),
    "playful": (
        "Psst! Meet {intro}.",
        "Drum roll, please: {intro}!",
        "Plot twist! Enter {intro}.",
        "Ready? Here comes {intro}!",
        "Look who it is: {intro}!",
        "Stop scrolling and say hi to {intro}!",
        "Ta-da! It is {intro}.",
    ),
    "luxury": (
        "Discover {intro}.",
        "Take a moment with {intro}.",
        "Some things ask for a second look: {intro}.",
        "Allow us to present {intro}.",
        "A quiet introduction: {intro}.",
        "For those who choose with care: {intro}.",
    ),
    "technical": (
        "At a glance: {intro}.",
        "Product overview: {intro}.",
        "Let us walk through {intro}.",
        "The essentials of {intro}.",
        "A closer look at {intro}.",
        "The facts about {intro}.",
    ),
}

_NAMELESS = {
    "friendly": ("Here is something we would like you to see.", "Have a look at this.", "We think this is worth your time."),
    "professional": ("Please find the details below.", "We would like to present the following.", "An overview for your consideration."),
    "playful": ("Look what just turned up!", "Guess what we have here!", "Hold that thought and look at this!"),
    "luxury": ("A moment of your attention.", "Something for those who choose with care.", "Take a closer look."),
    "technical": ("Here are the specifications.", "The facts at a glance.", "A closer look at the details."),
}  # fmt: skip

_BRIDGES = {
    "friendly": (
        "Here is what you will want to know.",
        "Let us tell you a little more.",
        "A few things to know before you decide.",
        "Here is the whole story.",
        "And this is what it is all about.",
    ),
    "professional": (
        "The key points are as follows.",
        "Here are the details that matter.",
        "In summary, here is what to expect.",
        "The following should help you decide.",
    ),
    "playful": (
        "Want the juicy details? Here they are.",
        "Okay, okay, here is the good stuff.",
        "Let us spill the beans.",
        "You are going to want to know this.",
        "Here comes the fun part.",
    ),
    "luxury": (
        "Every detail has its place.",
        "Look closely; the details reward you.",
        "It is the details one remembers.",
        "Considered, down to the details.",
    ),
    "technical": (
        "The specifications, line by line.",
        "Here is the data.",
        "The numbers and details in brief.",
        "What it does and what it is made of, in short.",
    ),
}

_AGE = {
    "child": (
        "For parents who like to know what they are choosing, here are the facts.",
        "Parents ask good questions, so here are straight answers.",
    ),
    "teen": (
        "No long speech, just the stuff you want to know.",
        "Here is the short version, so you can get back to your day.",
        "Quick read, promise.",
    ),
    "young": (
        "Between work, friends and everything else, you want the facts fast.",
        "Busy week? This takes less time than your coffee.",
        "You have plans, so we will keep this short.",
    ),
    "adult": (
        "Your time is precious, so here is what counts.",
        "You have enough to read as it is, so we will come to the point.",
        "You know what you want, so here are the details to judge by.",
    ),
    "senior": (
        "Take all the time you need; everything is laid out clearly.",
        "No rush and no riddles: here is everything in plain words.",
        "Experience teaches you to read the details first, so here they are.",
    ),
}

_AGE_FORMAL = {
    "child": ("For parents who choose with care, the facts come first.", "Parents will want to know the details."),
    "teen": ("A short overview of what you should know.", "The essentials, without a long speech."),
    "young": ("Your days are full, so we will be brief.", "A few lines for a full calendar."),
    "adult": ("Your time is valuable, so we will come to the point.", "You know what you value; here are the details to judge by."),
    "senior": ("Please take all the time you need; everything is set out clearly.", "Everything is laid out in plain words."),
}  # fmt: skip

_INTEREST = (
    "If you are into {interest}, this is one to look at.",
    "Into {interest}? Then read on.",
    "For everyone who loves {interest}, here is something to consider.",
    "With {interest} on your mind, take a look at this.",
    "We thought of you and your love of {interest}.",
    "Does your week revolve around {interest}? Keep reading.",
)

_BUDGET = {
    "low": (
        "Watching what you spend? Everything you need to decide is right here.",
        "If every purchase has to earn its place, start with the facts.",
        "You like to think before you pay, so nothing is left out here.",
    ),
    "medium": (
        "Weigh it up in your own time; the details are all here.",
        "If you like to compare before you choose, here is what you need.",
        "A sensible choice starts with clear information.",
    ),
    "high": (
        "When you choose with care, the details matter.",
        "You know what you value, so let the details speak.",
        "For a considered choice, here is the full picture.",
    ),
}

_HISTORY = {
    "new": ("New here? Welcome, it is good to have you.", "First time with us? Welcome in."),
    "returning": ("Welcome back, it is good to see you again.", "Nice to see you again."),
    "loyal": (
        "Thank you for staying with us; we wanted you to see this.",
        "You have been with us for a while, and we appreciate it.",
    ),
    "items": (
        "After {item}, this may catch your eye too.",
        "You have looked at {item} before, so we thought of you.",
        "Because you liked {item}, we picked this out for you.",
    ),
}

_ACTIONS = {
    "friendly": (
        "Have a look and see if it suits you.",
        "Take a peek whenever you like.",
        "Give it a closer look today.",
        "Come and see if it feels right for you.",
        "Questions? Just ask us.",
    ),
    "professional": (
        "Contact us to learn more.",
        "Review the details and decide at your convenience.",
        "We look forward to hearing from you.",
        "Please get in touch with any questions.",
        "See whether it fits your needs.",
    ),
    "playful": (
        "Go on, take a peek!",
        "What are you waiting for? Take a look!",
        "Your move!",
        "Go ahead, make it yours!",
        "Come on, you know you want a closer look!",
    ),
    "luxury": (
        "Discover it for yourself.",
        "We invite you to take a closer look.",
        "Make it yours, whenever the moment is right.",
        "Experience it at your own pace.",
    ),
    "technical": (
        "Compare the details and decide.",
        "Check it against your requirements.",
        "See how it fits your setup.",
        "Read the details and judge for yourself.",
    ),
}

_PLACE_ACTIONS = {
    "friendly": ("Drop by and see for yourself.", "Come and visit us.", "We would love to see you.", "Stop by when you are in the mood."),
    "professional": ("We look forward to welcoming you.", "Plan your visit at your convenience.", "We would be pleased to welcome you."),
    "playful": ("Grab your friends and come by!", "See you there!", "Come on over, your seat is calling!"),
    "luxury": ("We would be honoured to welcome you.", "Come and experience it for yourself.", "Reserve a moment for yourself."),
    "technical": ("Check the details and plan your visit.", "See for yourself on site.", "Plan your visit with the details above."),
}  # fmt: skip

_GREETINGS = {
    "friendly": ("Hi there,", "Hello,", "Hello and welcome,"),
    "professional": ("Dear customer,", "Good day,", "Dear reader,"),
    "playful": ("Hey there,", "Hiya,", "Hey you,"),
    "luxury": ("Dear guest,", "Good day,"),
    "technical": ("Hello,", "Good day,"),
}

_CLOSINGS = {
    "friendly": ("Warm wishes", "See you soon", "With good wishes", "Take care"),
    "professional": ("Kind regards", "Yours sincerely", "With kind regards"),
    "playful": ("Catch you later", "High five", "Toodle-oo"),
    "luxury": ("With compliments", "Yours faithfully", "With warm regards"),
    "technical": ("Kind regards", "Regards"),
}

_SUBJECTS = {
    "friendly": ("Say hello to {name}", "Have you met {name}?", "A few words about {name}", "{name}: come and have a look"),
    "professional": ("Introducing {name}", "{name}: the details", "An overview of {name}", "{name} at a glance"),
    "playful": ("Psst, {name} is here", "{name} would like a word", "You and {name}? We can see it"),
    "luxury": ("Discover {name}", "{name}, in every detail", "A closer look at {name}"),
    "technical": ("{name}: specifications", "{name} in detail", "{name}: the facts"),
}  # fmt: skip

_FILLERS = {
    "friendly": (
        "Read it through once, sleep on it if you like, and then decide.",
        "We have put everything in one place, so you do not have to go looking for it.",
        "If something is not clear, tell us and we will explain it.",
        "Share it with someone whose opinion you trust.",
        "Think of where it would fit into your day.",
    ),
    "professional": (
        "We hope these details support your decision.",
        "Please feel free to share it with your colleagues.",
        "Should anything remain unclear, we will be glad to explain it.",
        "We recommend comparing these details with your own requirements.",
    ),
    "playful": (
        "Yes, we got a little excited writing this.",
        "Read it again, we will wait.",
        "Tell a friend, or keep it to yourself; we will not judge.",
        "Picture it for a moment. Nice, is it not?",
    ),
    "luxury": (
        "Nothing here needs to be said loudly.",
        "Let it sit with you for a while.",
        "Good choices rarely need many words.",
        "Imagine the place it might take in your life.",
    ),
    "technical": (
        "Each point above can be checked one by one.",
        "Keep this summary at hand when you compare.",
        "Note the values that matter in your case.",
        "If a value is missing from your checklist, ask us.",
    ),
}

_FEATURES = {
    "friendly": ("What you get: {v}", "The things you will notice: {v}", "Here is what comes with it: {v}", "Highlights: {v}"),
    "professional": ("Key features: {v}", "It is characterised by the following: {v}", "Highlights include: {v}", "Features at a glance: {v}"),
    "playful": ("The good bits: {v}", "Show-off time: {v}", "Tricks up its sleeve: {v}", "Just look at this: {v}"),
    "luxury": ("The details: {v}", "What sets the tone: {v}", "Considered touches: {v}", "Look closer: {v}"),
    "technical": ("Features: {v}", "Functions: {v}", "Feature set: {v}", "Key characteristics: {v}"),
}  # fmt: skip

_WORDINGS = {
    "price": Wording(
        predicates=("cost[s] {v}", "[is] priced at {v}", "[is] yours for {v}"),
        sentences=("The {label} is {v}", "{Label}: {v}"),
        needs="digits",
        bare=True,
    ),
    "price_range": Wording(sentences=("Expect to pay {v}", "{Label}: {v}"), needs="digits"),
    "discount": Wording(sentences=("The {label}: {v}", "Here is the {label}: {v}", "{Label}: {v}"), bare=True),
    "colour": Wording(predicates=("come[s] in {v}", "[is] available in {v}"), sentences=("{Label}: {v}",), compact="in {v}"),
    "category": Wording(sentences=("What it is: {v}",)),
    "power": Wording(predicates=("ha[s] a {label} of {v}",), sentences=("{Label}: {v}",), needs="digits"),
    "fit": Wording(sentences=("The {label}: {v}",)),
    "pattern": Wording(sentences=("The {label}: {v}",)),
    "model": Wording(sentences=("{Label}: {v}",)),
    "material": Wording(predicates=("[is] made of {v}", "[is] crafted from {v}"), sentences=("Made of {v}", "{Label}: {v}"), compact="made of {v}"),
    "size": Wording(predicates=("measure[s] {v}",), sentences=("{Label}: {v}",), needs="measure"),
    "weight": Wording(predicates=("weigh[s] {v}", "weigh[s] in at {v}"), sentences=("{Label}: {v}",), needs="digits", compact="weigh[s] {v}"),
    "capacity": Wording(predicates=("hold[s] {v}",), sentences=("It takes {v}", "{Label}: {v}"), needs="digits", compact="hold[s] {v}"),
    "battery_life": Wording(predicates=("run[s] for {v} on a charge", "run[s] for {v} on [its] battery",), sentences=("The battery lasts {v}", "{Label}: {v}"), needs="time"),
    "origin": Wording(predicates=("come[s] from {v}",), sentences=("Origin: {v}", "It all starts in {v}"), needs="single", compact="from {v}"),
    "warranty": Wording(predicates=("come[s] with a {label} of {v}",), sentences=("The {label} runs for {v}", "{Label}: {v}"), needs="time"),
    "ingredients": Wording(sentences=("What goes in: {v}", "Ingredients: {v}", "Inside you will find {v}")),
    "flavour": Wording(predicates=("come[s] in {v}",), sentences=("Choose your {label}: {v}", "{Label}: {v}")),
    "suitable_for": Wording(predicates=("[is] suitable for {v}", "[is] made for {v}", "suit[s] {v}"), sentences=("Suitable for {v}",), needs="single"),
    "occasion": Wording(sentences=("Occasions that come to mind: {v}", "Good occasions for it: {v}")),
    "rating": Wording(sentences=("Customers rate it {v}", "Customer rating: {v}", "What customers say: {v}"), needs="digits"),
    "near": Wording(predicates=("[is] near {v}",), sentences=("You will find it near {v}", "Look for it near {v}"), needs="single", compact="near {v}"),
    "address": Wording(sentences=("The address: {v}", "You will find us here: {v}")),
    "location": Wording(sentences=("The place: {v}", "{Label}: {v}"), compact="at {v}"),
    "area": Wording(predicates=("[is] in the {v} area",), sentences=("Look for it in the {v} area", "Area: {v}"), needs="single"),
    "food": Wording(sentences=("On the menu: {v}", "In the kitchen: {v}", "The food: {v}")),
    "date": Wording(sentences=("Save the date: {v}", "The date: {v}", "Mark your calendar: {v}")),
    "opening_hours": Wording(sentences=("Opening hours: {v}", "We are open {v}"), needs="digits"),
    "url": Wording(sentences=("Find out more at {v}", "More at {v}", "See it all at {v}"), needs="single", bare=True),
    "phone": Wording(sentences=("Call us on {v}", "Give us a ring: {v}", "Phone: {v}"), needs="single"),
    "email": Wording(sentences=("Write to us at {v}", "E-mail: {v}", "Drop us a line at {v}"), needs="single"),
    "delivery": Wording(sentences=("{Label}: {v}", "How it gets to you: {v}")),
    "availability": Wording(sentences=("{Label}: {v}", "Where it stands: {v}")),
    "description": Wording(sentences=("{v}",), bare=True),
    "slogan": Wording(sentences=("{v}",), bare=True),
    "screen": Wording(sentences=("The {label}: {v}", "{Label}: {v}")),
    "camera": Wording(sentences=("The {label}: {v}", "{Label}: {v}")),
    "storage": Wording(sentences=("{Label}: {v}",)),
    "processor": Wording(sentences=("Under the hood: {v}", "The {label}: {v}")),
    "scent": Wording(predicates=("ha[s] a {label} of {v}",), sentences=("Breathe in: {v}", "{Label}: {v}")),
    "style": Wording(sentences=("The look: {v}", "In style terms: {v}")),
    "shelf_life": Wording(predicates=("keep[s] for {v}",), sentences=("Shelf life: {v}",), needs="time"),
    "certification": Wording(sentences=("Certification: {v}", "Certified: {v}")),
    "duration": Wording(predicates=("last[s] {v}", "take[s] {v}"), sentences=("{Label}: {v}",), needs="time"),
    "quantity": Wording(sentences=("{Label}: {v}",)),
    "package": Wording(sentences=("In the box: {v}", "What comes in the package: {v}")),
    "care": Wording(sentences=("How to look after it: {v}", "Care: {v}")),
}  # fmt: skip

BLOCKS = Blocks(
    openers=_OPENERS,
    nameless=_NAMELESS,
    bridges=_BRIDGES,
    age=_AGE,
    age_formal=_AGE_FORMAL,
    interest=_INTEREST,
    budget=_BUDGET,
    history=_HISTORY,
    actions=_ACTIONS,
    place_actions=_PLACE_ACTIONS,
    greetings=_GREETINGS,
    closings=_CLOSINGS,
    subjects=_SUBJECTS,
    fillers=_FILLERS,
    wordings=_WORDINGS,
    generic=("{Label}: {v}",),
    generic_short=("{Label}: {v}", "The {label} is {v}"),
    feature_lists=_FEATURES,
)
