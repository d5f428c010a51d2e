"""How the eight attributes of the E2E restaurant domain are worded in English.

The patterns were written from the training references alone (Novikova, Dušek and Rieser, "The E2E
Dataset", SIGDIAL 2017) and read lower-cased text in which the open values (the restaurant's name, the
landmark near it) are already placeholders, so that *Rainbow Vegetarian Café* says nothing about food.

They are strict on purpose: a text that says "low" does not state the fact "1 out of 5". A pattern whose
value is :data:`UNCLEAR` finds wordings that hint at an attribute and counts where no value of it was found
("good ratings"); :data:`EXTRA` finds wordings that say more than any value does ("sushi", "£10.50") and
always counts. Training pairs with either are dropped and candidates with either refused.
"""

from __future__ import annotations

UNCLEAR = "?"
EXTRA = "!"

#: Slots in the order in which they are linearised.
SLOTS = ("name", "eatType", "food", "priceRange", "customer rating", "area", "familyFriendly", "near")

#: Spellings under which callers name the slots, beyond case, spaces and underscores.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": ("restaurant", "venue", "restaurantname"),
    "eatType": ("type", "kind", "venuetype"),
    "food": ("cuisine",),
    "priceRange": ("price", "prices"),
    "customer rating": ("rating", "customerratings", "stars"),
    "area": ("location", "district"),
    "familyFriendly": ("kidsfriendly", "kidfriendly", "childfriendly", "childrenfriendly"),
    "near": ("nearby", "landmark", "closeto"),
}

_MONEY = r"(?:£|pounds? ?|gbp ?)?"
_STARS = r"(?:[- ]stars?|[- ]?\*)?"
_OUT_OF = r" ?(?:out of|outof|of out|out|of|/|-) ?(?:a possible )?"
_RATING = r"(?:rat(?:ed|ing|ings|es)|reviews?|reviewed|recommend\w*|regarded|scor\w+|satisfaction|approval|feedback)"
_PRICE = r"(?:pric\w+|cost\w*)"
_KIDS = r"(?:famil(?:y|ies)|kids?|child(?:ren|rens|s)?|youngsters?|toddlers?|babies|little ones)"
_GAP = r"(?:[\w'-]+[ -]){0,%d}?"


def _score(word: str) -> str:
    """Pattern of a rating of `word` (an alternation of spellings) out of five."""
    return (
        rf"(?<![\d.£-])\b(?:{word}){_STARS}{_OUT_OF}(?:5|five)\b(?:[- ]stars?)?"
        rf"|(?<![\d.£-])\b(?:{word})[- ]stars?(?:[- ]rat\w+)?\b"
        rf"|\brat(?:ed|ing|ings)(?: is| of| as| at| a| only| just| by customers(?: as)?){{0,3}} (?:{word})\b(?! ?(?:%|percent))(?:{_OUT_OF}(?:5|five)\b(?:[- ]stars?)?)?"
    )


#: (slot, value, pattern), tried in this order; what one pattern matched is hidden from the next.
PATTERNS: tuple[tuple[str, str, str], ...] = (
    # Price ranges first: their numbers must not be read as ratings.
    ("priceRange", "£20-25", rf"{_MONEY}20 ?(?:pounds?)? ?(?:-+|–|to|and|through|or) ?{_MONEY}25(?: pounds?| euros?)?\b"),
    (
        "priceRange",
        "less than £20",
        rf"\b(?:less than|lesser than|less then|less|under|below|lower than|cheaper than|up to|at most|not more than|no more than|"
        rf"not over|within|beneath|maximum of|max) {_MONEY}20\b(?: pounds?| euros?)?|{_MONEY}20 (?:or|and) (?:less|under|below)\b"
        rf"|(?:>|<) ?{_MONEY}20\b|sub[- ]{_MONEY}20\b",
    ),
    (
        "priceRange",
        "more than £30",
        rf"\b(?:more than|more then|more|over|above|at least|higher than|greater than|exceed\w*|upwards? of|upward from|"
        rf"starting at|start at|starts at|starting from|start from|from|not less than|no less than|beyond|minimum of) "
        rf"{_MONEY}30\b(?: pounds?| euros?)?|{_MONEY}30 ?(?:\+|plus|and up|and over|and above|or more|or above|or over|upwards)",
    ),
    ("priceRange", EXTRA, r"£ ?\d[\d.]*|\b\d+ (?:pounds|euros|dollars)\b|\$ ?\d+|€ ?\d+"),
    ("customer rating", "1 out of 5", _score("1|one|1\\.0")),
    ("customer rating", "3 out of 5", _score("3|three|3\\.0")),
    ("customer rating", "5 out of 5", _score("5|five|5\\.0")),
    (
        "customer rating",
        EXTRA,
        r"\b(?:0|2|4|zero|two|four|\d\.\d)[- ](?:stars?\b|out of)|\b\d+ ?%|\b\d+ percent|\bmichelin\b|\bmultiple stars\b|\bfive[- ]stars?\b",
    ),
    (
        "priceRange",
        EXTRA,
        r"\b(?:less|not|larger|bigger|below|above|higher than|lower than|smaller|without being)[ -](?:(?:too|to|very|so|that|the|overly) )?"
        r"(?:expensive|costly|pric(?:e)?y|average|budget|cheap|moderate)",
    ),
    # Adjectives of price before those of rating: "a high price range and a high customer rating".
    (
        "priceRange",
        "moderate",
        rf"\bmoderate(?:ly)?(?:[- ](?:in )?{_PRICE})?(?: range)?\b(?! (?:{_RATING}|customer))"
        rf"|\b(?:mid(?:dle)?|medium|average|averagely|reasonabl[ey]|decent(?:ly)?|fair(?:ly)?|median|modest(?:ly)?|ordinary|normal|standard)"
        rf"(?:[- ](?:range|level|of the road))?[- ]{_PRICE}(?: range)?\b"
        rf"|\bmid[- ]?range\b|\b{_PRICE} (?:range )?(?:is |are |of |in the )?(?:average|moderate|medium|reasonable|mid[- ]range|middle)\b",
    ),
    (
        "priceRange",
        "cheap",
        rf"\b(?:cheap(?:ly|er|est|ish)?|inexpensive(?:ly)?|affordabl[ey]|low[- ]cost|low(?:er)?[- ]{_PRICE}|low[- ]budget|budget|"
        rf"economical|bargain|value for money)(?:[- ]{_PRICE})?(?: range)?\b|\b{_PRICE}(?: range)? (?:is|are) (?:\w+ )?low\b"
        rf"|\blow (?:in )?{_PRICE}",
    ),
    (
        "priceRange",
        "high",
        rf"\b(?:expensive|pric(?:e)?y|costly|high[- ]end|upscale|up-?market)\b"
        rf"|\bhigh(?:er|ly|est)?[- ](?:in )?(?:the )?{_PRICE}(?: range)?"
        rf"|\b{_PRICE}(?:[- ]range)?(?:s)?(?: for [\w ]{{1,20}})?(?: is| are| of| tends? to be| being|:| in the| at the| on the)? ?(?:a |the |\w+ly |very |quite )?high(?:er)?\b(?! {_GAP % 1}{_RATING})"
        rf"|\bhigh range of {_PRICE}",
    ),
    (
        "customer rating",
        "low",
        rf"\b(?:low(?:er|ly|est)?|poor(?:ly)?|bad(?:ly)?)[- ]{_GAP % 2}(?:customers? )?{_RATING}"
        rf"|\b(?:customers? )?{_RATING} {_GAP % 4}(?:low(?:ly)?|poor(?:ly)?|bad(?:ly)?)\b"
        rf"|\blow customer\b|\brated low(?:ly)?\b|\blow by (?:its )?customers\b|\bnot (?:very )?(?:well|highly)[- ]{_RATING}",
    ),
    (
        "customer rating",
        "average",
        rf"\b(?:average(?:ly)?|decent(?:ly)?|moderate(?:ly)?|ok(?:ay)?|mediocre|medium|mid)[- ]{_GAP % 2}(?:customers? )?{_RATING}"
        rf"|\b(?:customers? )?{_RATING} {_GAP % 4}(?:average|mediocre|okay|moderate(?:ly)?)\b|\baverage customer\b|\baverage\b",
    ),
    (
        "customer rating",
        "high",
        rf"\bhigh(?:er|ly|est)?[- ]{_GAP % 2}(?:customers? )?{_RATING}|\b(?:customers? )?{_RATING} {_GAP % 4}high(?:ly)?\b"
        rf"|\bhigh customer\b|\bhighly by (?:its )?customers\b",
    ),
    (
        "customer rating",
        UNCLEAR,
        rf"\b{_RATING}\b|\bstars?\b|\bout of (?:5|five)\b|\b(?:well|top|best|great|good|excellent|favou?rabl[ey])[- ]"
        rf"(?:liked|loved|thought of)\b|\bpopular\b|\bhighly\b|\blow\b(?! key)",
    ),
    ("priceRange", UNCLEAR, rf"\bhigh\b(?! street| chair| quality|[- ]class| tea| standard)|\b{_PRICE}(?: range)?\b|\bmoderate(?:ly)?\b"),
    (
        "familyFriendly",
        "no",
        rf"\b(?:not|isn't|isnt|non|no|never|n't|doesn't|don't|aren't|nor|without|unsuitable|unfriendly|discourag\w+|dislikes?)\b"
        rf"[^.,;!?]{{0,40}}?\b{_KIDS}\b(?:[- ](?:and )?(?:{_KIDS}|friendly|orient\w+|welcom\w+|allowed|permitted))*"
        rf"|\b{_KIDS}(?:[- ](?:friendly|orient\w+))?\b(?:\s+[\w']+){{0,3}}?\s+(?:not|isn't|isnt|no|never|unwelcome|aren't)\b(?: (?:welcome|allowed|permitted|friendly|suitable|recommended))?"
        rf"|\b(?:un|non)-?{_KIDS}[- ]?friendly|\badults?[- ]?(?:only|orient\w+|friendly|venue|environment|establishment)?\b"
        rf"|\b{_KIDS}[- ]?unfriendly|\b{_KIDS}[- ]free\b|\bunfriendly\b[^.,;]{{0,12}}\b{_KIDS}\b|\bover 18\b|\bgrown[- ]?ups?\b|\b{_KIDS}(?:[- ]friendly)?[:,]? no\b",
    ),
    ("familyFriendly", "yes", rf"\b{_KIDS}\b(?:[- ](?:and )?(?:{_KIDS}|friendly|orient\w+|welcom\w+))*(?:[:,]? yes\b)?"),
    ("familyFriendly", UNCLEAR, r"\bfamil\w+|\bfriendly\b|\ball ages\b|\bparents?\b|\bbaby\b"),
    ("area", "city centre", r"\b(?:city|town)[' s-]*(?:cent(?:er|re|ers|res)|central)\b|\bcent(?:er|re) of (?:the )?(?:city|town)\b|\bcentre city\b"),
    ("area", "riverside", r"\briver[- ]?side\b|\b(?:by|on|near|along|beside|at|next to|close to|alongside|overlooking|of|off) (?:the )?(?:banks? of )?(?:the )?river\b"),
    (
        "area",
        UNCLEAR,
        r"\briver\w*|\bcent(?:er|re)\b|\bcentral\w*|\bdowntown\b|\bcity\b|\btown\b|\bwater(?:front|side)?\b|\bbanks?\b|\bsuburb\w*|\bthames\b",
    ),
    ("eatType", "coffee shop", r"\bcoffee[- ]?shops?\b"),
    ("eatType", "pub", r"\bpubs?\b"),
    ("eatType", "restaurant", r"\brestaurants?\b"),
    ("eatType", UNCLEAR, r"\bcoffees?\b|\bcaf[eé]s?\b|\bbars?\b|\btavern\b|\binn\b|\bbistro\b|\bdiner\b|\bbrewery\b|\bbeers?\b|\bhotel\b|\brestraunt\w*|\brestau\w*|\bcuisine place\b"),
    ("food", "Fast food", r"\bfast[- ]?foods?\b"),
    ("food", "English", r"\benglish\b"),
    ("food", "French", r"\bfrench\b(?! fries)"),
    ("food", "Italian", r"\bitalian\b"),
    ("food", "Indian", r"\bindian\b"),
    ("food", "Japanese", r"\bjapanese\b"),
    ("food", "Chinese", r"\bchinese\b"),
    (
        "food",
        EXTRA,
        r"\bsushi\b|\bpasta\w*|\bpizza\w*|\bspaghetti\b|\bwines?\b|\bcheeses?\b|\bbritish\b|\bbritain\b|\bengland\b|\bfrance\b|\bitaly\b|\bindia\b|\bjapan\b"
        r"|\bchina\b|\bfish\b|\bchips\b|\bburgers?\b|\bhamburgers?\b|\bfries\b|\bnoodles?\b|\bcurr(?:y|ies)\b|\bbreakfasts?\b|\bfruits?\b|\bvegetarian\b|\bvegan\b"
        r"|\basian\b|\bmexican\b|\bspanish\b|\bamerican\b|\bthai\b|\beuropean\b|\bcontinental\b|\bsteaks?\b|\bbeef\b|\bchicken\b|\bsandwich\w*|\bdesserts?\b"
        r"|\bsnacks?\b|\bhealthy\b|\borganic\b|\bsalads?\b|\bseafood\b|\bmeat\w*|\bbaguettes?\b|\bpastr\w+|\bramen\b|\bfast\b|\btraditional\b|\bexotic\b|\boriental\b|\bdim sum\b|\bramen\b|\bpancakes?\b",
    ),
)  # fmt: skip
