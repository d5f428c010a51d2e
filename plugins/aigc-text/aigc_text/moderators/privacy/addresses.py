"""Street addresses by their shape, in English, Chinese and other European languages. Heuristics: of low severity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aigc_sdk.taxonomy import Severity
from aigc_text.moderators.privacy.hits import Hit

# Words of a street's name begin with a capital or are ordinals; a few small words stand between them.
_CAP = r"[A-ZÀ-ÖØ-ÞŁŚŠŽŻĆČĐ0-9][\w'’.-]{0,24}"
_SMALL = r"(?:of|the|de|du|des|da|do|dos|la|le|les|el|los|las|di|del|della|dei|van|den|der|am|an|im|zum|zur|und|y|e)"
_NAME = rf"(?:{_CAP} |{_SMALL} )"
# What is counted is no house: 24 Hour Drive, 5 Star Hotel Place, 7 Day Trail.
_COUNTED = (
    r"(?!(?:Hours?|Hrs?|Days?|Weeks?|Months?|Years?|Minutes?|Mins?|Stars?|Doors?|Pieces?|Packs?"
    r"|Million|Billion|Percent|Wonders|Goals|Tickets?)\b)"
)
_STREET = re.compile(
    r"(?<![\w.,/€£$-])(?!(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince ))(?:19|20)\d\d )(?:No\.? ?)?\d{1,6}(?:[-/]\d{1,4})?[A-Za-z]?,? (?!\d+[A-Za-z]? )(?:[NSEW]\.? |[NS][EW] |North |South |East |West )?"
    rf"{_COUNTED}{_NAME}{{1,4}}?"
    r"(?:Street|Str|St|Road|Rd|Avenue|Ave|Av|Lane|Ln|Drive|Dr|Drv|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|Way|Wy"
    r"|Close|Cl|Crescent|Cres|Cr|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Trail|Trl|Loop|Mews|Gardens|Gdns|Grove|Row|Walk|Alley"
    r"|Quay|Parade|Esplanade|Expressway|Freeway|Turnpike|Pike|Plaza|Rise|Path|Heights|Hollow|Ridge|Crossing|Cove|Run|Hill|Green"
    r"|Vale|View|Bypass|Promenade|Embankment|Wharf|Yard)\b\.?(?![\w'])"
)
# "Lindenweg 12", "Rådhusgatan 3 B", "Keizersgracht 4": the kind of street is the end of its name.
_COMPOUND = re.compile(
    r"(?<![\w-])[A-ZÄÖÜÅØÆÉ][\w'’.-]{1,30}(?:straße|strasse|str\.|weg|gasse|allee|platz|ufer|damm|chaussee|steig|straat|laan"
    r"|gracht|plein|kade|dijk|singel|gatan|vägen|gränd|torget|gate|gata|veien|vegen|vej|gade|allé|katu|kuja|polku|utca"
    r"|stræti|braut|vegur)\.? \d{1,4}(?: ?[A-Za-z])?(?!\w|[.,]\d)"
    # Friedrich-Ebert-Str. 14, Leipziger Straße 5.
    r"|(?<![\w-])(?:(?:[A-ZÄÖÜ][\w'’.]{1,24}-){1,3}(?:Straße|Strasse|Str\.|Weg|Gasse|Allee|Platz|Ufer|Damm|Chaussee|Ring)"
    r"|(?!(?:Der|Die|Das|Den|Dem|In|An|Auf)\b)[A-ZÄÖÜ][\w'’.]{1,24} (?:Straße|Strasse|Str\.|Allee|Chaussee|Gasse))"
    r" \d{1,4}(?: ?[A-Za-z](?!\w))?(?!\w|[.,]\d)"
    r"|(?<![\w.,/-])\d{1,4}[A-Za-z]?,? [A-ZÄÖÜÅØÆÉ][\w'’.-]{1,30}(?:straße|strasse|straat|gasse|gatan|vägen|gata|veien|gracht|plein)(?!\w)"
)
# "rue de la Paix 12", "Calle Mayor, 5", "Via Roma 10", "ul. Długa 7", "Hauptstr. 5".
_LEADING = re.compile(
    r"(?<!\w)(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]hemin|[Aa]llée|[Ii]mpasse|[Qq]uai|Calle|C/|Avenida|Avda\.?|Paseo|Plaza|Carrer|Carretera|Camino"
    r"|Via|Viale|Piazza|Corso|Strada|Largo|Vicolo|Rua|Travessa|Praça|Alameda|Estrada|[Uu]l\.|ulica|Ulica|ulice|Strada|Bulevardul|Jalan|Jl\.|An der|Auf der|Unter den)"
    r" (?:(?:de|del|della|delle|degli|dei|di|da|do|dos|das|la|le|les|los|las|el|du|des|l'|d'|y|e|i) ?){0,3}"
    rf"(?:{_CAP.replace('.', '')} ?){{1,4}}?,? ?(?:n[.º°o]\.? ?)?\d{{1,4}}(?:[-/ ]?[A-Za-z](?!\w))?(?![\w]|[.,:]\d|%)"
)
# "12 rue de la Paix", "5, avenue Foch".
_FRENCH = re.compile(
    r"(?<![\w.,/-])\d{1,4}(?: ?(?:bis|ter))?,? (?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]hemin|[Aa]llée|[Pp]lace|[Ii]mpasse|[Qq]uai|[Rr]oute|[Cc]ours|[Pp]assage|[Ff]aubourg) "
    r"(?!of |in |at |to |and )"
    rf"(?:(?:de|du|des|la|le|les|l'|d') ?){{0,3}}{_CAP}(?: {_CAP}| (?:de|du|des|la|et) {_CAP}){{0,3}}"
)
_UNIT = re.compile(
    r"(?<!\w)(?:[Aa]pt|[Aa]partment|[Ss]uite|[Ss]te|[Uu]nit|[Ff]lat|P\.? ?O\.? ?[Bb]ox|[Pp]ost(?:fach|bus)|[Aa]partado)\.? ?(?:#|[Nn]o\.? ?)?\d{1,6}[A-Z]?(?!\w|[.,]\d)",
    re.ASCII,
)
_UK_POSTCODE = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z0-9]? \d[ABD-HJLNP-UW-Z]{2}(?!\w)", re.ASCII)
_CA_POSTCODE = re.compile(r"(?<!\w)[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d(?!\w)", re.ASCII)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN"
    "|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR|NSW|VIC|QLD|TAS|ACT|NT"
)
# "Springfield, IL 62704"; Australia's codes have four digits.
_STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa"
    "|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada"
    "|New (?:Hampshire|Jersey|Mexico|York)|North (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island"
    "|South (?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
)
_CITY_STATE = re.compile(
    rf"(?<!\w)[A-Z][A-Za-z'.-]{{1,24}}(?: [A-Z][A-Za-z'.-]{{1,24}}){{0,3}}(?:, (?:{_STATE_NAMES})(?=,? \d{{5}})|,? (?:{_STATES})),? \d{{4,5}}(?:-\d{{4}})?(?!\w|[.,]\d)",
    re.ASCII,
)
# "D-10115 Berlin", "75002 Paris": only behind a comma or a new line, else any number before a name would count.
_CODE_CITY = re.compile(
    r"(?:(?<=[,\n])|(?<=, ))(?:[A-Z]{1,3}-)?(?:\d{5}|(?!19\d\d|20\d\d)\d{4}|\d{4} [A-Z]{2}|\d{3} \d{2}|\d{2}-\d{3}|\d{5}-\d{3}) [A-ZÀ-ÖØ-Þ][\w'’.-]{2,24}(?: [A-ZÀ-ÖØ-Þ][\w'’.-]{2,24}){0,2}"
)
_CAPITAL = r"(?![A-Z]{2,}\b)[A-ZÀ-ÖØ-ÞŁŚŠŽŻĆČĐ][\w'’-]{0,24}+"
_CAPS = rf"{_CAPITAL}(?: {_CAPITAL}){{0,4}}"
_TOWN = rf"(?:(?:[A-Z]{{1,3}}-)?(?!(?:19|20)\d\d\b)\d{{4,5}},? {_CAPS}|{_CAPS},? (?:[A-Z]{{2,3}},? )?(?!(?:19|20)\d\d\b)\d{{4,6}}(?!\d))"
# A line with a number and a name, and below it or behind a comma a town with its code.
_BLOCK = re.compile(
    rf"(?<![\w.,/€£$-])(?:\d{{1,5}}[A-Za-z]? {_CAPS}|(?:{_CAPITAL} {_SMALL} )?{_CAPS},? \d{{1,5}}[A-Za-z]?) ?(?:\n|,) ?{_TOWN}"
)
_KINDS_LOW = r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|place|square|terrace|way|close|crescent)\b"
# "lives at 12 Something Else": the words before say what it is.
_SAID = re.compile(
    r"(?:\b[Aa]ddress(?: is|:| :)|\b(?:live[sd]?|living|located|resid(?:es?|ed|ing)|stay(?:s|ed|ing)?) at|\b(?:deliver|ship|mail|send)(?:ed)?(?: it| this| them)? to"
    rf"|\bmoved to)\s(?=\d)(\d{{1,6}}[A-Za-z]?,? (?:{_CAPS}|(?:[a-z]{{2,20}} ){{1,3}}{_KINDS_LOW}))"
)
_WEST = (
    _BLOCK,
    _STREET,
    _COMPOUND,
    _LEADING,
    _FRENCH,
    _UNIT,
    _UK_POSTCODE,
    _CA_POSTCODE,
    _CITY_STATE,
    _CODE_CITY,
)

_UNITS = (
    r"(?:[\u4e00-\u9fffA-Za-z]{0,8}?[A-Za-z]?\d{1,4}(?:号楼|號樓|[栋棟幢座楼樓层層室单單元户戶号號])){0,5}"
    # 15楼A室, 1单元602
    r"(?:[A-Z]\d{0,3}[室座]|(?<=[元楼樓栋棟幢座])\d{3,4}(?!\d))?"
)
_NUMBER_ZH = re.compile(
    r"(?:路|街|道|巷|胡同|弄|里|大街|大道|段)(?:[一二三四五六七八九十]段)?(?:\d{1,4}巷)?(?:\d{1,4}弄)?(?:\d{1,5}(?:[之-]\d{1,3})?(?:号|號|弄)(?![线線])|[一二三四五六七八九十百]{1,5}[号號](?![线線]))"
    + _UNITS
)
# A village's group, or a named estate with building and room.
_VILLAGE_ZH = re.compile(
    r"(?:[村镇鎮乡鄉][\u4e00-\u9fff]{0,4}\d{1,3}[组組队隊]|(?:[村镇鎮乡鄉屯庄莊])\d{1,4}[号號](?![线線]))"
)
_ESTATE_ZH = re.compile(
    r"(?:小区|小區|花园|花園|公寓|大厦|大廈|广场|廣場|新村|苑|府|城|家园|嘉园|名邸|社区|[东西南北]区|[一二三四五六七八九十]区|[东西南北一二三四五]里)[A-Za-z]?\d{1,3}(?:号楼|號樓|栋|棟|幢|座|号|號)"
    r"(?:[\u4e00-\u9fff]{0,2}\d{1,2}单元)?[\u4e00-\u9fff]{0,2}\d{1,4}(?:室|房|户|戶|号|號)?"
)
_ADMIN_ZH = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:省|自治区|市)[\u4e00-\u9fff]{2,8}(?:市|区|區|县|縣|州|盟)[\u4e00-\u9fff]{2,12}(?:路|街|大道|街道|镇|鎮|乡|鄉|村|小区|花园|大厦)"
    r"[\u4e00-\u9fff]{0,12}\d{1,5}(?:号|號|组|弄|栋|幢|室|单元)" + _UNITS
)
_HAN = (_ADMIN_ZH, _NUMBER_ZH, _ESTATE_ZH, _VILLAGE_ZH)
_NAME_ZH = 24
"""Han characters before the street's number that are taken for the street, district and town."""
_NOT_NAME = frozenset("在住到于址是为寄送往至，。：；、")
_NO_PLACE = "在住址是寄送"
"""Those of them that stand in no place's name at all."""
_LEAD_ZH = 4
_FAR_LEAD_ZH = 8
_LONGEST = 100
_DIGIT = re.compile(r"\d")
_HAS_HAN = re.compile("[\u4e00-\u9fff]")


def find_addresses(text: str) -> Iterator[Hit]:
    """Number and street, flat, post box, postcode with town; in Chinese the number with what leads to it."""
    if not _DIGIT.search(text):
        return
    for pattern in _WEST:
        for match in pattern.finditer(text):
            if match.end() - match.start() <= _LONGEST:
                yield Hit("address", *match.span(), Severity.LOW)
    yield from (Hit("address", *match.span(1), Severity.LOW) for match in _SAID.finditer(text))
    if text.isascii() or not _HAS_HAN.search(text):
        return
    for pattern in _HAN:
        for match in pattern.finditer(text):
            start = match.start() + _led_by(text[match.start() : match.end()])
            while start > max(0, match.start() - _NAME_ZH) and _names(text[start - 1]):
                start -= 1
            if match.end() - start <= _LONGEST:
                yield Hit("address", start, match.end(), Severity.LOW)


def _led_by(found: str) -> int:
    """Characters that lead to the place: a region's name is whatever stands before its kind, 邮寄地址是 included."""
    nearest = max(found[:_LEAD_ZH].rfind(char) for char in _NOT_NAME)
    return max(nearest, *(found[:_FAR_LEAD_ZH].rfind(char) for char in _NO_PLACE)) + 1


def _names(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and char not in _NOT_NAME
