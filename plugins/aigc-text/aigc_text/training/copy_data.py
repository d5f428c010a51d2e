"""Training pairs for learned copy: read a user's file, discover its slots, clean the pairs.

A file is CSV with the columns ``mr`` and ``ref``, or JSON lines of ``{"mr": …, "ref": …}`` or
``{"inputs": {…}, "text": …}``; each may be gzipped. A meaning representation (``mr``) reads
``name[The Mill], area[riverside]``.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aigc_sdk.errors import BadInputError
from aigc_text.learned import restaurant
from aigc_text.learned.schema import Schema, Slot
from aigc_text.learned.slots import delexicalise, fold, realign, value_pattern

#: A slot with more distinct values than this is open: its values are copied, not learned.
MOST_CLOSED_VALUES = 12
#: A value that its texts repeat word for word at least this often can be copied through a placeholder.
VERBATIM_SHARE = 0.6


@dataclass(frozen=True)
class Pair:
    """Facts and a text that states them, with the line they came from (1-based)."""

    facts: Mapping[str, str]
    text: str
    line: int


def parse_mr(mr: str) -> dict[str, str]:
    """``name[The Mill], area[riverside]`` as a dict.

    Raises:
        ValueError: there is no ``slot[value]`` in it, or text beside them.
    """
    facts = {slot.strip(): value.strip() for slot, value in re.findall(r"([^,\[\]]+)\[([^\]]*)\]", mr)}
    rest = re.sub(r"[^,\[\]]+\[[^\]]*\]", "", mr).replace(",", "").strip()
    if not facts or rest:
        raise ValueError("expected slot[value], slot[value], …")
    return {slot: value for slot, value in facts.items() if value}


def read_pairs(path: Path) -> list[Pair]:
    """Read a training file.

    Raises:
        BadInputError: the file cannot be read or a line of it is wrong; the message names the line.
    """
    try:
        raw = path.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            raw = gzip.decompress(raw)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise BadInputError(f"{path.name}: cannot be read ({error}).") from error
    except EOFError as error:
        raise BadInputError(
            f"{path.name}: the gzip stream ends early.", hint="Copy the file again."
        ) from error
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadInputError(
            f"{path.name}, line {line}: not UTF-8.", hint="Save the file as UTF-8."
        ) from error
    first = text.lstrip()[:1]
    pairs = list(_from_jsonl(text, path.name) if first == "{" else _from_csv(text, path.name))
    if not pairs:
        raise BadInputError(f"{path.name}: holds no training pair.")
    return pairs


def _pair(row: Mapping[str, object], where: str, line: int) -> Pair:
    def wrong(what: str) -> BadInputError:
        hint = 'Give "mr" and "ref", or "inputs" and "text".'
        return BadInputError(f"{where}, line {line}: {what}.", hint=hint)

    text = row.get("text", row.get("ref"))
    if not isinstance(text, str) or not text.strip():
        raise wrong('no "ref" or "text"')
    inputs = row.get("inputs")
    if isinstance(inputs, Mapping):
        facts = {
            str(k).strip(): str(v).strip() for k, v in inputs.items() if v is not None and str(v).strip()
        }
        if any(isinstance(value, (dict, list)) for value in inputs.values()):
            raise wrong('"inputs" must be a flat map of attributes')
    else:
        mr = row.get("mr")
        if not isinstance(mr, str):
            raise wrong('no "mr" or "inputs"')
        try:
            facts = parse_mr(mr)
        except ValueError as error:
            raise wrong(f"the meaning representation cannot be parsed: {error}") from error
    if not facts:
        raise wrong("no attribute has a value")
    for name in facts:
        if re.search(r"[<>|=]", name):
            raise wrong(f"the attribute name {name[:40]!r} holds one of < > | =")
    return Pair(facts, text, line)


def _from_jsonl(text: str, where: str) -> Iterator[Pair]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadInputError(f"{where}, line {number}: not JSON ({error.msg}).") from error
        if not isinstance(row, dict):
            raise BadInputError(f"{where}, line {number}: expected an object.")
        yield _pair(row, where, number)


def _from_csv(text: str, where: str) -> Iterator[Pair]:
    reader = csv.DictReader(io.StringIO(text))
    columns = set(reader.fieldnames or ())
    if not {"mr", "ref"} <= columns:
        raise BadInputError(
            f"{where}, line 1: columns {sorted(columns)!r:.80}, expected mr and ref.",
            hint="Give a CSV with the columns mr and ref, or JSON lines.",
        )
    try:
        for row in reader:
            yield _pair({"mr": row["mr"], "ref": row["ref"]}, where, reader.line_num)
    except csv.Error as error:
        raise BadInputError(f"{where}, line {reader.line_num}: {error}.") from error


def discover_schema(pairs: Sequence[Pair]) -> Schema:
    """Find the slots, which of them are open, and how closed values are worded.

    Files whose slots are those of the E2E restaurant domain get its hand-written patterns; for any other
    domain, closed values that texts repeat word for word are looked for in this way, and slots that are worded
    freely stay unchecked.
    """
    values: dict[str, Counter[str]] = defaultdict(Counter)
    verbatim: Counter[str] = Counter()
    for pair in pairs:
        folded = fold(pair.text)
        for slot, value in pair.facts.items():
            values[slot][value] += 1
            verbatim[slot] += bool(re.search(value_pattern(value), folded))
    known = set(values) <= set(restaurant.SLOTS) and {"name"} < set(values)
    order = [name for name in restaurant.SLOTS if name in values] if known else list(values)
    slots = []
    for name in order:
        count = values[name].total()
        is_open = len(values[name]) > MOST_CLOSED_VALUES and verbatim[name] >= VERBATIM_SHARE * count
        slots.append(
            Slot(
                name=name,
                kind="open" if is_open else "closed",
                values=() if is_open else tuple(sorted(values[name])),
                synonyms=restaurant.SYNONYMS.get(name, ()) if known else (),
                required=is_open and count >= 0.999 * len(pairs),
            )
        )
    schema_slots = tuple(slots)
    literal = [slot for slot in slots if verbatim[slot.name] >= VERBATIM_SHARE * values[slot.name].total()]
    patterns = tuple(p for p in restaurant.PATTERNS if p[0] in values) if known else _verbatim(literal)
    examples = tuple(dict(pair.facts) for pair in pairs[:: max(1, len(pairs) // 3)][:3])
    return Schema(schema_slots, patterns, _language(pairs), examples)


def _verbatim(slots: Iterable[Slot]) -> tuple[tuple[str, str, str], ...]:
    """Patterns that look for closed values word for word, longest first so that none hides a longer one."""
    entries = [(slot.name, value, value_pattern(value)) for slot in slots for value in slot.values]
    return tuple(sorted(entries, key=lambda entry: -len(entry[1])))


def _language(pairs: Sequence[Pair]) -> str:
    sample = "".join(pair.text for pair in pairs[:200])
    han = len(re.findall(r"[\u4e00-\u9fff]", sample))
    return "zh" if han > 0.2 * max(1, len(sample)) else "en"


def tidy(text: str) -> str:
    """One line, one space between words, no space before punctuation, capital first letters, a last stop."""
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" ([.,;:!?])(?=\s|$)", r"\1", text).replace("£ ", "£")
    text = re.sub(r"(^|[.!?] )([a-z])", lambda match: match[1] + match[2].upper(), text)
    return text + "." if re.search(r"[A-Za-z0-9>]$", text) else text


@dataclass(frozen=True)
class CleanPair:
    """Facts as the text really states them, and the delexicalised text."""

    facts: Mapping[str, str]
    template: str


@dataclass(frozen=True)
class Cleaning:
    """What cleaning did to a file."""

    pairs: list[CleanPair]
    read: int
    corrected: int
    dropped: int


def clean(pairs: Sequence[Pair], schema: Schema) -> Cleaning:
    """Give every pair the facts its text states; drop pairs whose facts cannot be told."""
    kept: list[CleanPair] = []
    corrected = 0
    for pair in pairs:
        template = tidy(delexicalise(pair.text, pair.facts, schema))
        facts = realign(template, pair.facts, schema)
        if facts:
            corrected += facts != dict(pair.facts)
            kept.append(CleanPair(facts, template))
    if not kept:
        raise BadInputError(
            "no training pair is left after cleaning.", hint="Texts must state the facts given with them."
        )
    return Cleaning(kept, len(pairs), corrected, len(pairs) - len(kept))
