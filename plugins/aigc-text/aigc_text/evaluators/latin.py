"""Which language a passage in Latin letters is in, by its commonest words; and which script others are in.

Function words tell languages apart in a sentence or two (Dunning's n-grams tell them apart in half of one, but need a
model: py3langid's takes 250 MB of memory when loaded, and half a second). What is shorter or has none stays undetermined.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_FUNCTION_WORDS: Final = {
    "en": "the of and to in is that it for was on are with as be this have from or had by not but what all were when we "
    "there can an your which their said if do will each about how up out them then she many some so these would other "
    "into has more her two like him see could no than been its who now my made over did down only way find use may i you "
    "he they our us me at a just get very here it's don't i'm you're",
    "de": "der die das und ist nicht ein eine einen einem einer zu mit auf für von dem den des im in sich auch es an als aus "
    "bei oder wie wir ich sie er ihr nach wird werden war sind haben hat noch nur so wenn kann über mehr aber sehr ihre "
    "unser unsere mein zum zur vom was dass durch um am",
    "fr": "le la les de des du et est un une dans que qui pour pas sur avec ce cette ces il elle nous vous je au aux en plus "
    "par sont son sa ses mais ou où comme tout très votre notre être avoir fait ne se leur c'est j'ai d'un d'une qu'il l'on",
    "es": "el la los las de del y es un una en que por para con no se su sus al lo como más pero le ya este esta estos muy "
    "también son fue ha hay cuando sin sobre nos mi tu yo usted nuestro nuestra está todo desde",
    "it": "il lo la i gli le di del della dei e è un una uno in che per con non si sono da come più ma anche questo questa al "
    "alla nel nella tutto molto ha ho ci suo sua nostro nostra essere dal dalla",
    "pt": "o a os as de do da dos das e é um uma em que por para com não se seu sua no na nos nas mais mas como ao você são "
    "muito também foi está isso este esta nosso nossa pelo pela já",
    "nl": "de het een en van is in dat op te met voor niet zijn aan er ook als maar om bij nog uit door dan naar wordt deze "
    "dit ik je jij hij zij wij ze u onze heel veel heeft hebben kan zo wel",
    "sv": "och att det i en som är på av för med den till ett inte om har de var men jag vi du han hon från så kan vår ni",
    "pl": "i w na z do że się nie jest to o jak po za od tak ale dla czy już przez są był ma być tylko oraz który która",
    "id": "yang dan di ini itu dengan untuk dari tidak ke pada adalah saya kami anda akan bisa ada juga dalam atau sudah",
    "tr": "ve bir bu için ile de da çok ne ama en gibi daha kadar olan olarak ben sen biz siz var yok mi",
    "vi": "và là của có không được cho với trong này một những người đã các để tôi bạn rất cũng khi nhưng",
}  # fmt: skip
_WORDS: Final = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LEAST: Final = 0.12
"""Smallest share of the words that must be the language's own."""


def latin_language(text: str) -> str:
    """The BCP 47 tag of a passage in Latin letters; ``und`` where nothing tells.

    A word that several languages have counts a part for each.
    """
    words = [w.lower().replace("’", "'") for w in _WORD.findall(text)]
    if not words:
        return "zxx"
    hits = dict.fromkeys(_WORDS, 0.0)
    for word in words:
        owners = [language for language, own in _WORDS.items() if word in own]
        for language in owners:
            hits[language] += 1.0 / len(owners)
    (first, most), (_, second) = sorted(hits.items(), key=lambda item: -item[1])[:2]
    if most >= _LEAST * len(words) and most >= 0.5 and most > 1.3 * second:
        return first
    return "und"


_SCRIPTS: Final = {
    "LATIN": "latin",
    "CJK": "han",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CYRILLIC": "ru",
    "ARABIC": "ar",
    "DEVANAGARI": "hi",
    "THAI": "th",
    "HEBREW": "he",
    "GREEK": "el",
    "FULLWIDTH": "latin",
}


def script(char: str) -> str:
    """``latin``, ``han``, or the language most often written in the letter's script; ``und`` for others."""
    if char.isascii():
        return "latin"
    return _SCRIPTS.get(unicodedata.name(char, "?").split(" ")[0], "und")
