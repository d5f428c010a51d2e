"""IP and hardware addresses, web addresses with a password in them, web addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from aigc_sdk.taxonomy import Severity
from aigc_text.moderators.privacy.hits import MAX_MATCH, Hit

_IPV4 = re.compile(r"(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w]|\.\d)", re.ASCII)
_IPV6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f:]{6,39}+(?![\w:])", re.ASCII)
_VERSION = re.compile(
    r"(?:\bv|\bver\.?|\bversion|\brelease|\bbuild|\bfirmware|\bsection|\bchapter|版本号?|固件|章节?)[ :]{0,2}$",
    re.IGNORECASE | re.ASCII,
)


def find_ips(text: str) -> Iterator[Hit]:
    """Addresses that can be one. Private and reserved networks name nobody outside: low severity."""
    for match in _IPV4.finditer(text):
        if not _VERSION.search(text[max(0, match.start() - 16) : match.start()]):
            yield from _checked(match)
    if text.count(":") >= 3:
        for match in _IPV6.finditer(text):
            written = match.group()
            # "a::b" is C++, "12:30:45" a time.
            if written.count(":") >= 3 and any(c.isdigit() for c in written):
                yield from _checked(match)


def _checked(match: re.Match[str]) -> Iterator[Hit]:
    try:
        address = ipaddress.ip_address(match.group())
    except ValueError:
        return
    yield Hit("ip", *match.span(), Severity.MEDIUM if address.is_global else Severity.LOW)


_MAC = re.compile(r"(?<![\w:-])[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}(?![\w:-])", re.ASCII)


def find_macs(text: str) -> Iterator[Hit]:
    """Six octets (IEEE 802). Low severity: it identifies a device, and only on its own network."""
    for match in _MAC.finditer(text):
        yield Hit("mac", *match.span(), Severity.LOW)


_SCHEME = r"[A-Za-z][A-Za-z0-9+]{1,11}"
_CREDENTIALS = re.compile(
    rf"(?<![A-Za-z0-9]){_SCHEME}://[^\s:/@]{{0,24}}+:[^\s/@]{{1,60}}+@[A-Za-z0-9.-]{{1,18}}"
)
_URL = re.compile(
    r"(?<![A-Za-z0-9])(?:https?|ftp)://[A-Za-z0-9-]{1,63}+(?:\.[A-Za-z0-9-]{1,24}+){1,4}(?::\d{1,5})?/?",
    re.IGNORECASE | re.ASCII,
)
_BARE = re.compile(
    r"(?<![\w@.-])(?:[A-Za-z0-9-]{1,24}+\.){1,4}(?:com|net|org|edu|gov|info|biz|io|ai|app|dev|cn|uk|us|eu|"
    r"de|fr|es|it|nl|jp|kr|au|ca|ru|ch|se|no|fi|dk|pl|at|be|hk|tw|sg|in|br|nz|ie)(?![\w-])",
    re.ASCII,
)


def find_url_credentials(text: str) -> Iterator[Hit]:
    """``scheme://user:password@host`` (RFC 3986, userinfo)."""
    if "://" in text:
        for match in _CREDENTIALS.finditer(text):
            yield Hit("url_credentials", *match.span())


def find_domains(text: str) -> Iterator[Hit]:
    """Hosts, with their scheme where it is written. Low severity: most web addresses are meant to be seen."""
    if "." not in text:
        return
    if "://" in text:
        for match in _URL.finditer(text):
            yield Hit("domain", match.start(), min(match.end(), match.start() + MAX_MATCH), Severity.LOW)
    for match in _BARE.finditer(text):
        yield Hit("domain", *match.span(), Severity.LOW)
