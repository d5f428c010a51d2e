"""The generator behind ``text/recommend``: a candidate is one product, with copy that says why it was chosen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from aigc_sdk.content import Candidate, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import (
    BadInputError,
    ComponentError,
    InputTooLargeError,
    ModelNotFoundError,
)
from aigc_sdk.request import Generation, Request
from aigc_sdk.verdict import Err, Explanation
from aigc_text import languages
from aigc_text.facts.quantities import Quantity
from aigc_text.generators.copy.generator import blocks_of
from aigc_text.generators.recommend import wording
from aigc_text.generators.recommend.catalogue import (
    Product,
    affordable,
    amount,
    open_catalogue,
    read_products,
)
from aigc_text.generators.recommend.options import RecommendOptions
from aigc_text.generators.recommend.ranking import Ranked, Wish, rank
from aigc_text.generators.recommend.vectors import ProductVectors
from aigc_text.generators.recommend.words import terms
from aigc_text.generators.rows import each_row

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_text.generators.recommend.ranking import Array

_SPARE: Final = 2
"""Products beyond those asked for, in the place of such as screening refuses."""
_MAX_WISHES: Final = 64
_MAX_WISH: Final = 200
_LOW: Final = frozenset({"low", "small", "tight", "budget", "cheap", "低", "较低", "经济", "实惠"})
_MEDIUM: Final = frozenset({"medium", "mid", "middle", "moderate", "中", "中等", "适中"})
_HIGH: Final = frozenset({"high", "premium", "unlimited", "any", "高", "较高", "不限"})


class RecommendGenerator:
    """Products for a profile; see `RecommendOptions`.

    Inputs: ``interests`` and ``history`` (lists or words parted by commas; ``audience.interests`` … mean the same), ``budget`` (a
    price such as ``"£50"``, or ``low`` / ``medium`` / ``high``: the cheapest third, two thirds, or all of the priced products),
    ``voice``, and ``catalogue``: a list of maps with the product attributes that ``text/copy`` takes, ``id`` and ``stock``.
    """

    def __init__(self) -> None:
        self._runtime: Runtime | None = None
        self._encoded = ProductVectors()

    def load(self, runtime: Runtime) -> None:
        """Keep the runtime; the encoder is opened by the first request that needs it."""
        self._runtime = runtime

    def close(self) -> None:
        """Forget the vectors, and the runtime, which closes the sessions."""
        self._runtime = None
        self._encoded.clear()

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> list[Generation | Err]:
        """The best ``n`` products of each request, in order, and two more in reserve.

        ``meta`` of a candidate: ``id``, ``rank``, ``score``, ``relevance``, ``matched`` (attributes that share words with the wish),
        ``basis``, ``wish``, ``left_out`` (products by reason) and ``explanation`` in both languages.

        Returns:
            A `Generation` a row, or `Err`: `BadInputError` without catalogue or profile, `InputTooLargeError`,
            `UnsupportedLanguageError`, `ModelNotFoundError` where the encoder was insisted on, `ComponentError` where no product
            is left.
        """
        return each_row(requests, self._row, ctx)

    def _row(self, request: Request, ctx: CallContext) -> Generation:
        options = request.options if isinstance(request.options, RecommendOptions) else RecommendOptions()
        inputs = _flat(request.inputs)
        products = _products(inputs, options)
        wishes = [Wish(text) for text in _list(inputs, "interests")]
        history = _list(inputs, "history")
        wishes = [*wishes, *(Wish(text, history=True) for text in history)][:_MAX_WISHES]
        if not wishes:
            raise BadInputError(
                "The profile says nothing.", hint="Give 'interests' or 'history', a list of words each."
            )
        language = languages.resolve(
            request.language, [wish.text for wish in wishes], "Recommendations are written"
        )
        left, dropped = _filtered(products, inputs.get("budget"), history, options)
        vectors, method, bundle = self._vectors(left, wishes, options, ctx)
        ranked = rank(left, wishes, request.n + _SPARE, options.diversity, vectors)
        ranked = [one for one in ranked if one.relevance >= options.min_relevance]
        if not ranked:
            raise ComponentError("No product fits the profile well enough.", hint="Lower min_relevance.")
        voice = inputs.get("voice", inputs.get("tone", inputs.get("brand.voice")))
        candidates = []
        for place, one in enumerate(ranked, 1):
            ctx.check()
            rng = ctx.rng(request.id, "recommend", request.attempt, one.product.id)
            text = wording.write(one, language, str(voice) if voice else None, blocks_of(language), rng)
            candidates.append(Candidate(Text(text, language), method=method, meta=_meta(one, place, dropped)))
        return Generation(tuple(candidates), bundle=bundle)

    def _vectors(
        self, products: Sequence[Product], wishes: Sequence[Wish], options: RecommendOptions, ctx: CallContext
    ) -> tuple[tuple[Array, Array] | None, str, str | None]:
        if options.method == "words" or (self._runtime is None and options.method == "auto"):
            return None, "words", None
        if self._runtime is None:
            raise ComponentError("The generator is not loaded.", hint="Call load(runtime) first.")
        try:
            engine = self._runtime.encoder(options.bundle)
        except ModelNotFoundError:
            if options.method == "encoder":
                raise
            return None, "words", None
        digest = self._runtime.bundle(options.bundle).digest
        asked = engine.encode([wish.text for wish in wishes], "query: ", ctx=ctx).astype("float64")
        own = self._encoded.encode(engine, digest, [product.text for product in products], ctx)
        return (asked, own), "encoder", digest


def _flat(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs by their last names: ``audience.interests`` and ``{"audience": {"interests": …}}`` are ``interests``."""
    flat: dict[str, Any] = {}
    for key, value in inputs.items():
        if key in ("audience", "profile") and isinstance(value, Mapping):
            flat |= {str(inner): given for inner, given in value.items()}
        else:
            flat[key.removeprefix("audience.").removeprefix("profile.")] = value
    return flat


def _products(inputs: Mapping[str, Any], options: RecommendOptions) -> tuple[Product, ...]:
    given = inputs.get("catalogue")
    if given is not None:
        if not isinstance(given, list | tuple):
            raise BadInputError("The input 'catalogue' must be a list of products.")
        return read_products(given)
    if options.catalogue is None:
        raise BadInputError(
            "There is no catalogue.",
            hint="Give a list 'catalogue' in the inputs, or the option catalogue (a .jsonl file).",
        )
    return open_catalogue(options.catalogue)


def _list(inputs: Mapping[str, Any], name: str) -> list[str]:
    given = inputs.get(name)
    if given is None:
        return []
    parts = given if isinstance(given, list | tuple) else re.split(r"[,，;；、|]", str(given))
    texts = list(dict.fromkeys(text for part in parts if (text := str(part).strip()) and terms(text)))
    if any(len(text) > _MAX_WISH for text in texts):
        raise InputTooLargeError(
            f"An entry of {name!r} has over {_MAX_WISH} characters.", hint="Give words, not texts."
        )
    return texts


def _filtered(
    products: Sequence[Product], budget: Any, history: Sequence[str], options: RecommendOptions
) -> tuple[list[Product], dict[str, int]]:
    """What may be shown, and how many were left out for which reason."""
    most = (
        Quantity((str(Decimal(str(options.max_price))),), "")
        if options.max_price is not None
        else _limit(budget, products)
    )
    bought = {entry.casefold() for entry in history}
    left: list[Product] = []
    dropped: Counter[str] = Counter()
    for product in products:
        if options.in_stock and not product.in_stock:
            dropped["out_of_stock"] += 1
        elif options.exclude_bought and {product.name.casefold(), product.id.casefold()} & bought:
            dropped["bought"] += 1
        elif most is not None and (product.price is None or not affordable(product.price, most)):
            # What has no price, or one in another currency, cannot be said to be within the budget.
            dropped["over_budget"] += 1
        else:
            left.append(product)
    if not left:
        told = ", ".join(f"{count} {reason.replace('_', ' ')}" for reason, count in sorted(dropped.items()))
        raise ComponentError(
            f"No product of the catalogue is left ({told}).", hint="Widen the budget or the filters."
        )
    return left, dict(dropped)


def _limit(budget: Any, products: Sequence[Product]) -> Quantity | None:
    if budget is None or not str(budget).strip():
        return None
    said = str(budget).strip().lower()
    if said in _HIGH:
        return None
    if said in _LOW | _MEDIUM:
        prices = sorted(Decimal(p.price.values[0]) for p in products if p.price is not None)
        if not prices:
            return None
        third = -(-len(prices) * (1 if said in _LOW else 2) // 3)
        return Quantity((str(prices[third - 1]),), "")
    found = amount(str(budget))
    if found is None:
        raise BadInputError(
            f"The budget {said!a} is not understood.",
            hint="Give a price such as '£50' or '200元', or low, medium, high.",
        )
    return found


def _meta(one: Ranked, place: int, dropped: Mapping[str, int]) -> dict[str, Any]:
    wanted = set(terms(one.wish.text)) if one.wish is not None else set()
    matched = [
        fact.key
        for fact in one.product.told
        if wanted & {term for value in fact.values for term in terms(value)}
    ]
    return {
        "id": one.product.id,
        "rank": place,
        "score": one.score,
        "relevance": one.relevance,
        "basis": one.basis,
        "wish": one.wish.text if one.wish is not None else None,
        "matched": matched,
        "left_out": dict(dropped),
        "explanation": _explanation(one, matched).model_dump(),
    }


def _explanation(one: Ranked, matched: Sequence[str]) -> Explanation:
    code = f"recommend.{one.basis}"
    if one.wish is None:
        return Explanation(
            code=code,
            en=f"Nothing in the profile clearly points to it (relevance {one.relevance:.2f}).",
            zh=f"用户画像中没有明确依据（相关度 {one.relevance:.2f}）。",
        )
    en, zh = ("history", "历史") if one.wish.history else ("interest", "兴趣")
    if one.basis == "words":
        how = f"shares words with it in {', '.join(matched)}", f"在{'、'.join(matched)}中有相同的词"
    else:
        how = "is near to it in meaning", "含义相近"
    return Explanation(
        code=code,
        en=f"The {en} “{one.wish.text}”: the product {how[0]} (relevance {one.relevance:.2f}).",
        zh=f"{zh}“{one.wish.text}”：商品与之{how[1]}（相关度 {one.relevance:.2f}）。",
    )
