"""English words that may stand for each other, grouped by part of speech; compiled and vetted for this SDK.

A group is a line of words parted by commas. ``>word`` may be put in but is never replaced, since it means other things too
(*hard* may stand for *difficult*, but *hard disk* is none). ``~word`` is a verb whose plain form is also a noun or an
adjective (*start*, *complete*): its forms in -ed and -ing are replaced, the plain one and the one in -s are not. Verbs of a
group take the same objects and prepositions: *respond* and *reply* (to), but not *answer*.
"""

from __future__ import annotations

from typing import Final

VERBS: Final = """
buy, ~purchase
choose, select, >pick
assist, >help
begin, ~start
~finish, ~complete
create, >produce
~build, construct
~repair, ~fix, >mend
obtain, acquire
~display, >show
demonstrate, >show
allow, ~permit
require, >need
receive, >get
provide, ~supply
ensure, >make sure
discover, >find
locate, >find
examine, inspect
verify, confirm, >check
modify, alter, >change
reduce, ~decrease, >lower
~increase, >raise
enlarge, expand
~reply, respond
inform, notify, >tell
explain, clarify
recommend, suggest
~attempt, >try
terminate, >end
postpone, ~delay
gather, collect
donate, >give
depart, >leave
reside, >live
understand, comprehend
adore, >love
annoy, irritate, >bother
amaze, astonish, >surprise
frighten, ~scare
~shout, ~yell
wander, roam
conceal, >hide
destroy, ~ruin
~damage, ~harm
injure, >hurt
occur, happen, >take place
vanish, disappear
transmit, >send
utilise, utilize, >use
evaluate, assess
calculate, compute
accomplish, achieve
strengthen, reinforce
accelerate, >speed up
relax, unwind
oversee, supervise
summarize, summarise, >sum up
combine, merge
distribute, >hand out
renovate, refurbish
decorate, adorn
~praise, commend
forgive, ~pardon
greet, >welcome
exceed, surpass
differ, vary
resemble, >look like
expect, anticipate
predict, ~forecast
prevent, >stop
~refuse, ~decline
~rent, ~lease
collaborate, cooperate, >work together
educate, >teach
investigate, >look into
tolerate, >put up with
omit, >leave out
~encounter, >meet
rotate, >turn
"""

NOUNS: Final = """
error, mistake
problem, >issue
film, movie
photo, photograph
gift, >present
advantage, >benefit
drawback, disadvantage, shortcoming
goal, >objective, >aim
method, technique
holiday, vacation
apartment, >flat
kid, child
friend, >pal
colleague, coworker
customer, client
doctor, physician
lawyer, attorney
teacher, instructor
student, pupil
beginner, novice
specialist, >expert
author, writer
illness, sickness
freedom, liberty
bravery, courage
happiness, joy
sadness, sorrow
opportunity, >chance
outcome, >result
region, >area
street, road
ocean, sea
garbage, rubbish, >trash
bicycle, >bike
airplane, aeroplane, >plane
refrigerator, fridge
telephone, phone
couch, sofa
rug, carpet
taxi, cab
petrol, gasoline
autumn, >fall
price, >cost
fee, >charge
invoice, >bill
warranty, >guarantee
parcel, >package
website, >site
question, query
conversation, >chat
story, tale
dinner, supper
beverage, >drink
flavour, flavor, >taste
scent, aroma, fragrance
odour, odor, >smell
baby, infant
teenager, adolescent
centre, center
quantity, >amount
danger, hazard
enemy, foe
opponent, rival
winner, >champion
prize, >award
company, >firm
factory, >plant
device, gadget
component, >part
trait, >characteristic
skill, ability
opinion, >view
agreement, >deal
rule, regulation
"""

ADJECTIVES: Final = """
big, large
huge, enormous, gigantic, immense
tiny, minuscule, >little
quick, rapid, speedy, >fast
happy, cheerful, joyful
sad, unhappy
angry, >mad
furious, enraged, livid
beautiful, gorgeous, stunning
ugly, >unsightly
clever, intelligent, >smart
foolish, silly
wealthy, >rich
easy, simple
difficult, challenging, >hard, >tough
important, significant
crucial, vital, essential
strange, weird, peculiar, >odd
rare, uncommon
famous, renowned, >well-known
expensive, costly, pricey
inexpensive, affordable, >cheap
awful, terrible, dreadful, horrible
excellent, superb, outstanding, >great
wonderful, fantastic, marvellous, terrific
nice, pleasant
delicious, tasty
exhausted, >worn out
brave, courageous, fearless
noisy, >loud
dirty, >filthy
chilly, >cold
modern, contemporary
vacant, >empty
wrong, incorrect
defective, faulty
helpful, useful
useless, worthless
dangerous, risky, hazardous, unsafe
generous, >kind
polite, courteous
rude, impolite
lazy, >idle
honest, truthful
dishonest, deceitful
loyal, faithful
shy, timid, >bashful
stubborn, obstinate
eager, keen
obvious, evident
vague, unclear
boring, dull, tedious
interesting, fascinating, intriguing
exciting, thrilling
funny, amusing
ridiculous, absurd
slim, slender, >thin
brief, >short
wide, broad
powerful, >strong
sturdy, robust, >strong
feeble, frail, >weak
unwell, ill, >sick
entire, >whole
sufficient, adequate, >enough
numerous, >many
countless, innumerable
additional, extra
annual, yearly
previous, >earlier
upcoming, forthcoming
suitable, appropriate
unsuitable, inappropriate
feasible, workable, >possible
mandatory, compulsory, obligatory
lawful, >legal
unlawful, >illegal
responsible, accountable
cosy, cozy, snug
comfortable, comfy
spacious, roomy
luxurious, lavish
elegant, graceful
stylish, fashionable, >chic
old-fashioned, outdated
reliable, dependable, trustworthy
tidy, neat
messy, untidy
genuine, authentic
"""

INVARIANT: Final = """
quickly, rapidly, swiftly
very, extremely, >really
often, frequently
rarely, seldom
sometimes, occasionally, >at times
usually, generally, normally, >typically
immediately, instantly, >right away
shortly, >soon
currently, presently, >at the moment
recently, lately
suddenly, abruptly
perhaps, maybe
probably, >most likely
definitely, certainly, >surely
obviously, clearly, evidently
almost, nearly
approximately, roughly, >about
completely, totally, entirely, >fully
partly, partially
mainly, mostly, chiefly, primarily
therefore, consequently, >thus
moreover, furthermore, >in addition
although, >though, >even though
regarding, >about, >concerning
despite, >in spite of
until, till
toward, towards
among, amongst
badly, poorly
accidentally, unintentionally, >by mistake
deliberately, intentionally, >on purpose
simultaneously, >at the same time
separately, individually
carefully, cautiously
easily, effortlessly
unfortunately, sadly, regrettably
fortunately, luckily
honestly, frankly
actually, >in fact
initially, originally, >at first
nowadays, >these days
anyway, anyhow
everyone, everybody
someone, somebody
anyone, anybody
nobody, >no one
hello, hi
goodbye, bye
luggage, baggage
trousers, pants
"""
