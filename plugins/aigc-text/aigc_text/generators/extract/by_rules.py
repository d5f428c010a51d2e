"""Filling a schema by rules: what the text labels, then entities of the kind that a property's name or format asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aigc_sdk.errors import OptionError, OutputError
from aigc_sdk.runtime.constrained_schema import CheckedSchema
from aigc_sdk.runtime.constrained_values import first_violation
from aigc_text.facts.labels import slug
from aigc_text.generators.extract.entities import Entity
from aigc_text.generators.extract.labelled import Labelled, find_labelled, names
from aigc_text.generators.extract.options import EntityKind
from aigc_text.generators.extract.record import Place, Record, plain_schema, pointer, type_of

_WORDS: dict[EntityKind, str] = {
    "people": "person persons people name names author authors customer client contact attendee attendees employee patient "
    "speaker signatory buyer seller 人 人名 姓名 人物 人员 联系人 客户 作者 负责人 经办人 参会人",
    "organisations": "organisation organisations organization organizations org orgs company companies employer vendor supplier "
    "institution school university bank 公司 机构 组织 单位 企业 学校 大学 银行 供应商 甲方 乙方",
    "places": "place places location locations city cities country countries address addresses venue region destination origin "
    "地点 地址 城市 国家 位置 地区 目的地 产地 场地",
    "dates": "date dates day deadline due birthday when 日期 时间 日子 截止日期 生日 期限",
    "amounts": "amount amounts price prices cost costs total sum fee fees budget value salary weight size duration quantity "
    "金额 价格 费用 总价 总额 预算 单价 数额 重量 数量 合同金额",
    "emails": "email emails mail mails e_mail 邮箱 电子邮箱 电子邮件 邮件",
    "phones": "phone phones telephone tel mobile fax 电话 手机 联系电话 手机号 传真",
    "urls": "url urls website websites link links homepage site web 网址 链接 官网 网站",
}
_KIND_OF = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_OF_FORMAT: dict[str, EntityKind] = {"date": "dates", "email": "emails", "uri": "urls"}
_HAN_ENDS = sorted((word for word in _KIND_OF if not word.isascii()), key=len, reverse=True)
_SPLIT = re.compile(r"\s*(?:[,，、;；/]|\s(?:and|or)\s|和|及)\s*")
_NUMBER = re.compile(r"[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|[-−]?\d{1,15}(?:\.\d{1,15})?")
_YES = frozenset(["yes", "y", "true", "on", "是", "有", "对", "√", "✓", "支持"])
_NO = frozenset(["no", "n", "false", "off", "none", "否", "无", "没有", "不", "×", "不支持"])


@dataclass(frozen=True, slots=True)
class _Found:
    """A part of the text that may be the value, with its forms: as it stands, or for machines."""

    start: int
    end: int
    forms: tuple[Any, ...]
    basis: str
    value: str | None = None


def fill(text: str, schema: CheckedSchema, entities: Sequence[Entity]) -> Record:
    """A record of what the text says, nothing else.

    Raises:
        OptionError: The schema asks for what rules cannot find, such as lists of objects.
        OutputError: What is required was not found.
    """
    root = plain_schema(schema, schema.root)
    if type_of(root) != "object" or not root.get("properties"):
        raise OptionError(
            "Rules fill the properties of an object, and the JSON schema's root names none.",
            hint="Give an object with properties, or use method llm.",
        )
    filler = _Filler(text, schema, entities)
    value = filler.object(root, "")
    broken = first_violation(value, schema)
    if broken is not None:
        raise OutputError(
            f"What rules find in the text does not satisfy the JSON schema at {broken}.",
            hint="Make the property optional, or use method llm.",
        )
    return Record(value, filler.places)


def fill_entities(entities: Sequence[Entity], text: str, kinds: Sequence[EntityKind]) -> Record:
    """The lists of the built-in schema: each text once, in the order of its first place, with all its places."""
    lists: dict[str, list[str]] = {kind: [] for kind in kinds}
    record = Record(lists)
    for entity in entities:
        if entity.kind not in lists:
            continue
        found = text[entity.start : entity.end]
        own = lists[entity.kind]
        if found not in own:
            own.append(found)
        path = pointer(pointer("", entity.kind), own.index(found))
        record.places.append(Place(path, entity.start, entity.end, "entity", entity.value))
    return record


def kind_of(name: str, subschema: dict[str, Any]) -> EntityKind | None:
    """The kind of entities that a property asks for, by its format or the last word of its name."""
    by_format = _OF_FORMAT.get(subschema.get("format", ""))
    if by_format is not None:
        return by_format
    key = slug(name)
    for word in (key, key.rpartition("_")[2]):
        if word in _KIND_OF:
            return _KIND_OF[word]
    return next((_KIND_OF[end] for end in _HAN_ENDS if key.endswith(end)), None)


class _Filler:
    def __init__(self, text: str, schema: CheckedSchema, entities: Sequence[Entity]) -> None:
        self._text, self._schema, self._entities = text, schema, entities
        self._labelled: list[Labelled] = list(find_labelled(text))
        self._used: set[tuple[int, int]] = set()
        self.places: list[Place] = []

    def object(self, schema: dict[str, Any], path: str) -> dict[str, Any]:
        properties = schema.get("properties", {})
        required = schema.get("required", ())
        filled: dict[str, Any] = {}
        # What a label names is certain and comes first; kinds share what is left, in the order of the properties.
        for certain in (True, False):
            for name, own in properties.items():
                if name in filled:
                    continue
                plain = plain_schema(self._schema, own)
                place = pointer(path, name)
                kind = type_of(plain)
                if kind == "object":
                    if not certain:
                        self._nested(filled, name, own, plain, place)
                    continue
                if kind == "array":
                    if not certain:
                        self._list(filled, name, own, plain, place)
                    continue
                self._single(filled, name, own, plain, place, labelled=certain)
        for name in required:
            own = properties.get(name, True)
            if name in filled:
                continue
            if first_violation(None, self._schema, own) is None and own is not True:
                filled[name] = None
            else:
                raise OutputError(
                    f"Rules find nothing for the required property {pointer(path, name)}.",
                    hint="Make it optional or nullable, or use method llm.",
                )
        return {name: filled[name] for name in (*properties, *required) if name in filled}

    def _nested(self, filled: dict[str, Any], name: str, own: Any, plain: dict[str, Any], path: str) -> None:
        before = len(self.places)
        value = self.object(plain, path)
        if value and first_violation(value, self._schema, own) is None:
            filled[name] = value
        else:
            del self.places[before:]

    def _list(self, filled: dict[str, Any], name: str, own: Any, plain: dict[str, Any], path: str) -> None:
        items = plain_schema(self._schema, plain.get("items", True))
        if type_of(items) in ("object", "array"):
            raise OptionError(
                f"Rules fill lists of texts and numbers; {path} is another list.", hint="Use method llm."
            )
        values: list[Any] = []
        places: list[Place] = []
        labelled = [part for whole in self._of_label(name) for part in self._parts(whole)]
        for found in labelled or [*self._of_choice(items), *self._of_kind(name, items, again=True)]:
            value = self._fitting(found, plain.get("items", True), items)
            if value is None or value in values or len(values) >= plain.get("maxItems", 1 << 30):
                continue
            places.append(Place(pointer(path, len(values)), found.start, found.end, found.basis, found.value))
            values.append(value)
        if first_violation(values, self._schema, own) is None:
            filled[name] = values
            self.places += places

    def _single(
        self, filled: dict[str, Any], name: str, own: Any, plain: dict[str, Any], path: str, *, labelled: bool
    ) -> None:
        found_here = (
            self._of_label(name) if labelled else [*self._of_choice(plain), *self._of_kind(name, plain)]
        )
        for found in found_here:
            value = self._fitting(found, own, plain)
            if value is not None:
                filled[name] = value
                self._used.add((found.start, found.end))
                # An entity inside a labelled value is told with it.
                self._used |= {
                    (e.start, e.end) for e in self._entities if found.start <= e.start and e.end <= found.end
                }
                self.places.append(Place(path, found.start, found.end, found.basis, found.value))
                return

    def _fitting(self, found: _Found, own: Any, plain: dict[str, Any]) -> Any:
        """The first form of what was found that the schema accepts, else None."""
        forms = found.forms
        if "format" in plain and found.value is not None:
            forms = (found.value, *forms)
        for form in forms:
            for value in _as_type(form, type_of(plain)):
                if first_violation(value, self._schema, own) is None and _has_format(value, plain):
                    return value
        return None

    def _of_label(self, name: str) -> Iterator[_Found]:
        for labelled in self._labelled:
            if names(name, labelled.label):
                inside = [e for e in self._entities if labelled.start <= e.start and e.end <= labelled.end]
                value = next((e.value for e in inside if e.value is not None), None)
                said = self._text[labelled.start : labelled.end]
                yield _Found(labelled.start, labelled.end, (said,), "label", value)
                # "Contact: Anna Lee (anna@example.com)": the e-mail is inside.
                for entity in inside:
                    form = self._text[entity.start : entity.end]
                    yield _Found(entity.start, entity.end, (form,), "label", entity.value)

    def _parts(self, whole: _Found) -> Iterator[_Found]:
        said = self._text[whole.start : whole.end]
        start = 0
        for split in (*_SPLIT.finditer(said), None):
            end = split.start() if split is not None else len(said)
            if end > start:
                yield _Found(whole.start + start, whole.start + end, (said[start:end],), "label")
            start = split.end() if split is not None else end

    def _of_choice(self, plain: dict[str, Any]) -> Iterator[_Found]:
        """Values of an ``enum`` that the text names."""
        for choice in plain.get("enum", ()):
            if isinstance(choice, str) and choice.strip():
                edge = r"(?<!\w){}(?!\w)" if choice[0].isascii() and choice[-1].isascii() else "{}"
                match = re.search(edge.format(re.escape(choice)), self._text, re.IGNORECASE)
                if match is not None:
                    yield _Found(*match.span(), (choice,), "choice")

    def _of_kind(self, name: str, plain: dict[str, Any], *, again: bool = False) -> Iterator[_Found]:
        kind = kind_of(name, plain)
        for entity in self._entities:
            place = (entity.start, entity.end)
            if entity.kind == kind and (again or place not in self._used):
                yield _Found(*place, (self._text[slice(*place)],), "kind", entity.value)


def _as_type(form: Any, wanted: str | None) -> Iterator[Any]:
    """The form as a value of the type: itself, the number in it, yes or no."""
    if not isinstance(form, str) or wanted in (None, "string"):
        yield form
    elif wanted in ("integer", "number"):
        match = _NUMBER.search(form)
        if match is not None:
            digits = match.group().replace(",", "").replace("−", "-")
            number = float(digits)
            yield int(number) if number.is_integer() else number
    elif wanted == "boolean":
        word = form.strip().lower()
        if word in _YES or word in _NO:
            yield word in _YES


def _has_format(value: Any, plain: dict[str, Any]) -> bool:
    """Formats are the grammar's; what rules find must be of the form they ask for all the same."""
    if plain.get("format") == "date":
        return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
    if plain.get("format") == "email":
        return isinstance(value, str) and re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", value) is not None
    if plain.get("format") == "uri":
        return isinstance(value, str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*://\S+", value) is not None
    return True
