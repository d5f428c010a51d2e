"""The English dictionary: SymSpell's 82,765 words with their frequencies (MIT), as the package symspellpy ships it.

Only its data is used. Its index of deletions takes 2.3 s and 140 MB to build for distance 2; here the rare
unknown word is compared with all words of like letters at once instead, in a few milliseconds.
"""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import MissingDependencyError

ALPHABET = "abcdefghijklmnopqrstuvwxyz'"
_COLUMN = {letter: column for column, letter in enumerate(ALPHABET)}

# Everyday words and usage of today that the dictionary lacks.
_MORE = """
    ecommerce selfie selfies vegan vegans vegetarian decaf cappuccino gluten-free emoji emojis podcast podcasts vlog
    hashtag hashtags livestream livestreaming chatbot chatbots unboxing crowdfunding crowdfunded coworking fintech
    touchscreen touchscreens powerbank earbuds earbud smartwatch smartwatches fitbit bluetooth smartphone smartphones
    walkthrough checkout checkouts login logins logout signup signups onboarding upsell upselling cashback
    contactless unlimited takeaway takeaways takeout drive-thru quinoa kombucha matcha sriracha chipotle edamame
    hummus falafel ramen udon sushi sashimi pho tofu tempeh granola smoothie smoothies microfibre microfiber
    athleisure leggings jeggings crewneck hoodie hoodies sneakers tote totes jumpsuit jumpsuits skincare haircare
    bodycare moisturiser moisturisers exfoliating hyaluronic retinol collagen serum serums deodorant dehumidifier
    rechargeable waterproof leakproof shockproof dustproof spillproof windproof odour odourless breathable
    doomscrolling ghosting wifi ebook ebooks audiobook audiobooks webinar webinars realtime ok okay yeah yep nope
    gonna wanna gotta kinda sorta dunno hmm hm oops wow yay hey hi bye thanks congrats app's mins hrs approx
    covid pandemic vaping vape e-scooter kcal kwh mph kph usb hdmi led lcd oled gps ios sms pdf faq faqs diy rsvp
    atm pin pins ceo etc vs eg ie am pm tv id ids uk usa eu nyc url urls html css api apis sdk
    can't won't don't isn't aren't wasn't weren't doesn't didn't haven't hasn't hadn't couldn't wouldn't shouldn't
    mustn't needn't shan't ain't i'm i've i'd i'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's
    it'd it'll we're we've we'd we'll they're they've they'd they'll that's that'd that'll there's there'd there'll
    here's what's what're what'll who's who'd who'll who've where's where'd when's why's how's how'd let's
    y'all o'clock ma'am could've would've should've might've must've
"""


@functools.cache
def frequencies() -> dict[str, int]:
    """Word → count; what `_MORE` adds has the count of a rare word.

    Raises:
        MissingDependencyError: Without symspellpy.
    """
    folder = _folder()
    words: dict[str, int] = {}
    for line in (folder / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig").splitlines():
        word, _, count = line.partition(" ")
        # Single letters other than these are no words, and make every typo one.
        if len(word) > 1 or word in "aio":
            words[word] = int(count)
    for word in _MORE.split():
        words.setdefault(word, 1_000_000)
    return words


@functools.cache
def pairs() -> dict[tuple[str, str], int]:
    """Pair of neighbouring words → count, for the 243,342 commonest."""
    found = {}
    path = _folder() / "frequency_bigramdictionary_en_243_342.txt"
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        parts = line.split(" ")
        if len(parts) == 3:
            found[parts[0], parts[1]] = int(parts[2])
    return found


def _folder() -> Path:
    import importlib.util

    spec = importlib.util.find_spec("symspellpy")
    if spec is None or spec.origin is None:
        raise MissingDependencyError(
            "English spelling needs symspellpy, whose dictionary it reads.", hint="pip install symspellpy"
        )
    return Path(spec.origin).parent


@functools.cache
def _letters() -> tuple[list[str], npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    """All words, how often each letter occurs in them [words, 27], and their lengths."""
    words = [w for w in frequencies() if len(w) <= 30 and all(c in _COLUMN for c in w)]
    counts = np.zeros((len(words), len(ALPHABET)), dtype=np.int8)
    lengths = np.asarray([len(w) for w in words])
    rows = np.repeat(np.arange(len(words)), lengths)
    columns = np.asarray([_COLUMN[c] for w in words for c in w])
    np.add.at(counts, (rows, columns), 1)
    return words, counts, lengths.astype(np.int8)


def near(word: str, distance: int) -> list[tuple[str, int]]:
    """Words within ``distance`` edits (insert, delete, replace, swap neighbours) of ``word``, with their distance.

    Every edit changes the bag of letters by at most two, so most words are ruled out without looking at order.
    """
    if not word or len(word) > 30 or any(c not in _COLUMN for c in word):
        return []
    words, counts, lengths = _letters()
    own = np.zeros(len(ALPHABET), dtype=np.int8)
    np.add.at(own, [_COLUMN[c] for c in word], 1)
    close = np.flatnonzero(np.abs(lengths - len(word)) <= distance)
    bags = np.abs(counts[close] - own).sum(axis=1, dtype=np.int16)
    return [
        (words[i], d)
        for i in close[bags <= 2 * distance]
        if (d := edits(word, words[i], distance)) <= distance
    ]


def edits(a: str, b: str, most: int) -> int:
    """Optimal string alignment distance (Damerau 1964), or ``most + 1`` where it is larger."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            value = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                value = min(value, before[j - 2] + 1)
            row.append(value)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
