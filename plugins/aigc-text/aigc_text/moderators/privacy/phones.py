"""Telephone numbers: the number plans of phonenumbers, tried only on what is written like a number.

A run of digits is no phone number by itself. It must be international, fit the way numbers are written in one of
the regions served (China, United States, United Kingdom), or stand next to a word that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from aigc_sdk.errors import MissingDependencyError
from aigc_sdk.taxonomy import Severity
from aigc_text.moderators.privacy.hits import RIGHT, Hit, denied, speaks

_FEWEST, _MOST = 7, 15
"""Digits of a number; ITU-T E.164 allows 15."""
_FEWEST_ABROAD = 10
"""Digits of an international number that is believed by its shape alone."""
_LONGEST = 40
"""Characters as written, without an extension."""

# No decimals and no thousands; in 13812345678,13912345678 the comma parts two numbers.
_RUN = re.compile(
    r"(?<![A-Za-z0-9_+(-])(?:(?<!\d[.,])|(?<=\d,)(?=[+(]|\d{10}|\d{3,4}-\d))[+(]{0,2}\d++(?:[ .()/-]{1,3}\d++){0,6}+",
    re.ASCII,
)
_PIECE = re.compile(r"[^ /]+")
"""Two numbers may be parted by a blank or a stroke; a German one may have either within."""
_EXTENSION = re.compile(r" ?(?:x|ext\.?) ?\d{1,5}(?![A-Za-z0-9])", re.IGNORECASE | re.ASCII)
_NO_PHONE = re.compile(
    r"(?:19|20)\d\d[-/. ]\d{1,2}[-/. ]\d{1,2}(?: .{0,30}+)?|\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d(?: .{0,30}+)?|"
    r"\d{1,20}+\.\d{1,20}+|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d",
    re.ASCII,
)
"""Dates, decimals and spans of years."""

_WORDS = re.compile(
    r"\b(?:tele)?phone|\btel\b|\bmobile|\bcell|\bfax\b|\bdesk\b|\bcall|\bdial|\bring\b|\btext\b|\bsms\b|whatsapp|"
    r"\banswering\b|\bmessages? to\b|\b[ck]onta[ck]t|\bregistered\b|\breach\b|\bhotline\b|"
    r"\btelef[oó]n|\btél\b|\bt[ée]l[ée]phone|\bfon\b|\bmobil\b|\bhandy\b|\brufnummer|\bdurchwahl|\bm[oó]vil\b|"
    # 号码 alone, or of a phone: 发票号码 and 证件号码 are others'.
    r"电话|電話|手机|手機|传真|傳真|热线|熱線|致电|致電|拨打|撥打|联系|聯繫|座机|座機|(?<![\u4e00-\u9fff])号码|(?<=[的机话])号码",
    re.IGNORECASE | re.ASCII,
)
_BEHIND = re.compile(r"[ -]{0,2}\(?(?:office|fax|mobile|desk|home|work|cell)\b", re.IGNORECASE | re.ASCII)
_CN_MOBILE = re.compile(r"(?:86[ -]?)?1[3-9]\d([ .-]?)\d{4}\1\d{4}", re.ASCII)
_CN_LANDLINE = re.compile(r"(?:\(0\d{2,3}\) ?|0\d{2,3}-)[2-8]\d{6,7}(?:-\d{1,5})?", re.ASCII)
_CN_HOTLINE = re.compile(r"[48]00([ -])\d{3,4}\1?\d{3,4}", re.ASCII)
_US = re.compile(r"(?:1[-. ])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}", re.ASCII)
_UK = re.compile(r"07\d{9}|\(?0\d{2,4}\)?[ -]\d{3,4}(?:[ -]?\d{3,4})?|0\d{4} \d{5,6}", re.ASCII)


def load_number_plans() -> None:
    """Import phonenumbers.

    Raises:
        MissingDependencyError: If it is not installed.
    """
    try:
        import phonenumbers  # noqa: F401
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            "text/privacy needs the package 'phonenumbers', which is not installed.",
            hint="Install it: pip install phonenumbers.",
        ) from error


_CHECK_EVERY = 256
"""Runs of digits between two checks of the call's deadline."""


def find_phones(text: str, check: Callable[[], None] = lambda: None) -> Iterator[Hit]:
    """Numbers of people (``phone``) and of services (``business_phone``: toll-free, shared cost; low severity).

    Args:
        text: As `reading.read` gives it.
        check: Called now and then; what it raises ends the work.
    """
    for count, run in enumerate(_RUN.finditer(text)):
        if count % _CHECK_EVERY == 0:
            check()
        if run.end() - run.start() < _FEWEST:
            continue
        begin = run.start()
        pieces = [(begin + p.start(), begin + p.end()) for p in _PIECE.finditer(run.group())]
        sizes = [sum(map(str.isdigit, text[a:b])) for a, b in pieces]
        first = 0
        while first < len(pieces):
            hit, first = _longest(text, pieces, sizes, first)
            if hit is not None:
                yield hit


def _longest(
    text: str, pieces: Sequence[tuple[int, int]], sizes: Sequence[int], first: int
) -> tuple[Hit | None, int]:
    """The longest number that begins with piece ``first``, and the piece to go on with."""
    start = pieces[first][0]
    if sum(sizes[first:]) < _FEWEST:
        return None, len(pieces)
    near = None
    for last in range(len(pieces), first, -1):
        end = pieces[last - 1][1]
        if not _FEWEST <= sum(sizes[first:last]) <= _MOST + 2 or end - start > _LONGEST:
            continue
        if near is None:
            near = speaks(text, start, _WORDS)
        hit = _judge(text, start, end, near)
        if hit is not None:
            return hit, last
    return None, first + 1


def _judge(text: str, start: int, end: int, near: bool) -> Hit | None:
    written = text[start:end]
    if written.count("(") != written.count(")"):
        return None
    digits = "".join(c for c in written.replace("(0)", "") if c.isdigit())
    if len(digits) < _FEWEST or len(set(digits)) < 2:
        return None
    extension = _EXTENSION.match(text, end)
    reach = extension.end() if extension else end
    if text[reach : reach + 1].isascii() and text[reach : reach + 1].isalnum():
        return None
    if _percent_or_unit(text, reach):
        return None
    near = near or _BEHIND.match(text[reach : reach + RIGHT]) is not None
    found = _by_plan(text, start, written, digits, near)
    if found is None and near and len(digits) <= _MOST and not _NO_PHONE.fullmatch(written):
        found = ("phone", Severity.MEDIUM)
    return Hit(found[0], start, reach, found[1]) if found else None


def _percent_or_unit(text: str, end: int) -> bool:
    if text[end : end + 1] in ("%", "元", "円"):
        return True
    # "20 €" is an amount; in "… £20" the sign belongs to the number behind it.
    sign = text[end : end + 2].strip()
    return sign in ("€", "$", "£") and not text[end + 1 : end + 4].strip(" €$£")[:1].isdigit()


def _by_plan(text: str, start: int, written: str, digits: str, near: bool) -> tuple[str, Severity] | None:
    if written.lstrip("(").startswith(("+", "00")):
        return _planned("+" + digits.lstrip("0"), None) or _international(written, digits, near)
    found = None if _NO_PHONE.fullmatch(written) else _by_shape(written, digits, near)
    # Asked last, since most numbers have no phone's shape.
    return None if found and not near and denied(text, start) else found


def _international(written: str, digits: str, near: bool) -> tuple[str, Severity] | None:
    """What is written as international, of a country's lengths, though its plan knows no such number: like a US shape."""
    if not written.lstrip("(").startswith("+"):
        return None
    if near:
        return "phone", Severity.MEDIUM
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + digits, None)
    except phonenumbers.NumberParseException:
        return None
    possible = len(digits) >= _FEWEST_ABROAD and phonenumbers.is_possible_number(number)
    return ("phone", Severity.LOW) if possible else None


def _by_shape(written: str, digits: str, near: bool) -> tuple[str, Severity] | None:
    if _CN_MOBILE.fullmatch(written):
        return "phone", Severity.MEDIUM
    if _CN_HOTLINE.fullmatch(written) and len(digits) == 10:
        return "business_phone", Severity.LOW
    if _CN_LANDLINE.fullmatch(written):
        return "phone", Severity.MEDIUM
    if _US.fullmatch(written):
        # The shape alone is a strong hint; the plan has the last word on who is redacted.
        return _planned(digits, "US") or ("phone", Severity.MEDIUM if near else Severity.LOW)
    if _UK.fullmatch(written) and len(digits) in (10, 11):
        return _planned(digits, "GB")
    return None


def _planned(digits: str, region: str | None) -> tuple[str, Severity] | None:
    """Kind and severity of a number that its plan allows, else None."""
    import phonenumbers
    from phonenumbers import PhoneNumberType as Type

    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    kind = phonenumbers.number_type(number)
    if kind == Type.UNKNOWN:
        return None
    if kind in (Type.TOLL_FREE, Type.SHARED_COST, Type.PREMIUM_RATE, Type.UAN):
        return "business_phone", Severity.LOW
    return "phone", Severity.MEDIUM
