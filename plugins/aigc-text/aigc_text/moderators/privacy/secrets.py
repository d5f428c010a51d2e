"""Private keys, keys and tokens of known services by their prefix, and secrets after a word that says so.

What is longer than the bound cannot be redacted whole in a stream: it is reported by its beginning, with high
severity, so that a policy blocks it rather than leave half of a key.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from aigc_sdk.taxonomy import Severity
from aigc_text.moderators.privacy.hits import MAX_MATCH, Hit

_PEM = re.compile(r"-----BEGIN (?:[A-Z0-9]{2,12}+ ){0,3}PRIVATE KEY(?: BLOCK)?-----")
# The quantifiers stop where the bound does; a key that goes on behind it is a long one.
_TOKEN = re.compile(
    r"(?<![\w-])(?:"
    r"(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])"  # AWS access key id
    r"|gh[pousr]_[A-Za-z0-9]{36,116}+|github_pat_[A-Za-z0-9_]{22,109}+"  # GitHub
    r"|glpat-[\w-]{20,114}+"  # GitLab
    r"|xox[abeoprs]-[A-Za-z0-9-]{10,115}+|xapp-[A-Za-z0-9-]{10,115}+"  # Slack
    r"|AIza[\w-]{35}(?![\w-])"  # Google
    r"|sk-[A-Za-z0-9_-]{20,117}+"  # OpenAI, Anthropic, DeepSeek
    r"|[rs]k_(?:live|test)_[A-Za-z0-9]{16,110}+"  # Stripe
    r"|hf_[A-Za-z0-9]{30,60}+|npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,115}+"  # registries
    r"|SG\.[\w-]{16,32}\.[\w-]{32,64}"  # SendGrid
    r"|LTAI[A-Za-z0-9]{12,26}+|AKID[A-Za-z0-9]{32}"  # Aliyun, Tencent Cloud
    r"|eyJ[\w-]{10,110}+(?:\.eyJ[\w-]{0,100})?"  # JWT (RFC 7519); checked below
    r")",
    re.ASCII,
)
_LONGEST_SECRET = 90
_NAMED = re.compile(
    r"(?:(?:api|access|secret|private|auth)[_ -]?(?:key|token)|client[_ -]?secret|secret|token|pass(?:word|wd|code)|"
    r"\bpwd|passwort|kennwort|密码|密碼|密钥|密鑰|口令|令牌)[\"']?"
    # In Chinese the value may follow at once: 密码Abc@12345.
    r"(?:\s{0,2}(?:=|:|：|\bis\b|是|为|為)\s{0,2}|(?<=[\u4e00-\u9fff])\s{0,2})[\"']?([!-&(-+\--~]{8,90}+)",
    re.IGNORECASE | re.ASCII,
)


def find_private_keys(text: str) -> Iterator[Hit]:
    """The first line of a private key (RFC 7468, RFC 4880); high severity: its body follows."""
    if "PRIVATE KEY" in text:
        for match in _PEM.finditer(text):
            yield Hit("private_key", *match.span(), Severity.HIGH)


def find_tokens(text: str) -> Iterator[Hit]:
    """Keys and tokens of known services."""
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.group().startswith("eyJ") and "." not in text[start : end + 1]:
            continue
        end = min(end, start + MAX_MATCH - 1)
        going_on = end < len(text) and (text[end].isascii() and (text[end].isalnum() or text[end] in "_-."))
        going_on = going_on and (text[end] != "." or text[end + 1 : end + 2].isalnum())
        if not going_on and not _generated(match.group()):
            continue
        yield Hit("api_key", start, end, Severity.HIGH if going_on else Severity.MEDIUM)


def _generated(token: str) -> bool:
    """No sk-something-written-in-words, no ghp_xxxxxxxx. Prefixes of a service's own need no digits: chance leaves them out."""
    if token.startswith(("sk-", "xox", "xapp-", "glpat-", "eyJ")):
        return sum(c.isdigit() for c in token) >= 2
    return len(set(token[8:])) >= 6


def find_named_secrets(text: str) -> Iterator[Hit]:
    """What follows "password:", "api_key =", 密码是 and is random enough to be one."""
    for match in _NAMED.finditer(text):
        value = match.group(1).rstrip(".,;:)]}>\"'")
        if len(value) >= 8 and _random(value):
            start, end = match.span(1)
            if end - start == _LONGEST_SECRET:
                yield Hit("secret", start, end, Severity.HIGH)
            else:
                yield Hit("secret", start, start + len(value))


def _random(value: str) -> bool:
    kinds = (
        any(c.islower() for c in value),
        any(c.isupper() for c in value),
        any(c.isdigit() for c in value),
    )
    return kinds[2] and sum(kinds) >= 2 and entropy(value) >= 2.5


def entropy(value: str) -> float:
    """Bits a character of the characters' own distribution (Shannon)."""
    counts = Counter(value).values()
    return -sum(n / len(value) * math.log2(n / len(value)) for n in counts)
