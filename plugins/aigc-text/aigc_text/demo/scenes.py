"""The scenes of the demo: what is asked, and how the answer is gathered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aigc_sdk.content import Message
from aigc_sdk.errors import AigcError, ContentBlockedError
from aigc_sdk.result import Result, StreamDone
from aigc_sdk.studio import Studio
from aigc_sdk.verdict import Halt, Release, Verdict


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing the demo shows.

    Attributes:
        title: Heading.
        note: One sentence of what to look for.
        generator: Id of the generator, or None for a scene that only screens.
        inputs: Named inputs.
        messages: Chat messages; a scene with messages is streamed.
        language: Language asked for.
        options: Generator options.
        evaluators: Evaluators to score with, or None for the generator's own.
        n: Results wanted.
        text: Text to screen, for scenes without a generator.
    """

    title: str
    note: str
    generator: str | None = None
    inputs: dict[str, Any] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()
    language: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    evaluators: tuple[str, ...] | None = None
    n: int = 3
    text: str | None = None


@dataclass(slots=True)
class Played:
    """A scene with what came of it."""

    scene: Scene
    result: Result | None = None
    verdict: Verdict | None = None
    error: AigcError | None = None
    seconds: float = 0.0
    first_text_s: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "title": self.scene.title,
            "result": self.result.as_dict() if self.result is not None else None,
            "verdict": self.verdict.as_dict() if self.verdict is not None else None,
            "error": str(self.error) if self.error is not None else None,
            "seconds": self.seconds,
        }


SCENES = (
    Scene(
        title="Restaurant copy, learned",
        note="A small transformer trained in TensorFlow writes from the facts; every fact is checked.",
        generator="text/copy",
        inputs={
            "name": "The Blue Lantern",
            "eatType": "restaurant",
            "food": "Italian",
            "priceRange": "moderate",
            "customer rating": "5 out of 5",
            "area": "riverside",
            "familyFriendly": "yes",
            "near": "Clare Hall",
        },
        language="en",
        options={"method": "learned"},
    ),
    Scene(
        title="Product copy, templates",
        note="Any attributes, personalised from an audience profile; no model needed.",
        generator="text/copy",
        inputs={
            "name": "Trailwind 30",
            "category": "backpack",
            "volume": "30 L",
            "weight": "840 g",
            "price": "£65",
            "material": "recycled nylon",
            "audience.age": 29,
            "audience.interests": ["hiking", "photography"],
            "brand.voice": "friendly",
            "channel": "social",
        },
        language="en",
        options={"method": "template"},
    ),
    Scene(
        title="中文商品文案（模板）",
        note="属性与受众画像决定写法；写出的就是给定的事实。",
        generator="text/copy",
        inputs={
            "名称": "云栖保温杯",
            "品类": "保温杯",
            "容量": "500毫升",
            "材质": "316不锈钢",
            "颜色": "雾蓝",
            "价格": "129元",
            "audience.age": 35,
            "audience.interests": ["露营", "骑行"],
            "channel": "小红书",
        },
        language="zh",
    ),
    Scene(
        title="Product copy, language model",
        note="The imported chat model writes the opening; templates state the facts, since a small model bends them.",
        generator="text/copy",
        inputs={"name": "Luna Desk Lamp", "colour": "white", "power": "9 W", "price": "$39"},
        language="en",
        options={"method": "llm"},
        n=2,
    ),
    Scene(
        title="Chat, streamed",
        note="Nothing leaves before it is screened; the first text appears once its sentence is cleared.",
        generator="text/chat",
        messages=(
            Message("system", "You are a helpful assistant of a bookshop. Answer in two short sentences."),
            Message("user", "Why do people enjoy reading before they go to sleep?"),
        ),
        language="en",
        options={"max_new_tokens": 80},
        evaluators=("text/fluency", "text/readability", "text/length"),
        n=1,
    ),
    Scene(
        title="Screening: an unsolicited message",
        note="What a detector found, how sure it is, and the rule that fired.",
        text="WINNER!! You have been selected for a free £1000 cash prize. Call 0900 000 000 now to claim. "
        "T&C apply, 150p/min.",
        language="en",
    ),
    Scene(
        title="Screening: an ordinary message",
        note="The same detectors on a plain sentence.",
        text="Shall we meet at the café by the river at noon? 我带上新书。",
        language="en",
    ),
)


def play(
    studio: Studio, scene: Scene, *, seed: int, on_text: Callable[[str], None] = lambda _: None
) -> Played:
    """Run one scene; a refusal or an error is part of the show, not an end of it."""
    played = Played(scene)
    start = time.perf_counter()
    try:
        if scene.text is not None:
            played.verdict = studio.moderate(scene.text, language=scene.language)
        elif scene.messages:
            for event in _streamed(studio, scene, seed):
                if isinstance(event, Release):
                    if played.first_text_s is None:
                        played.first_text_s = time.perf_counter() - start
                    on_text(event.text)
                elif isinstance(event, Halt):
                    played.verdict = event.verdict
                else:
                    played.result = event.result
        else:
            played.result = studio.generate(
                scene.generator or "",
                scene.inputs,
                n=scene.n,
                language=scene.language,
                options=scene.options,
                evaluators=scene.evaluators,
                seed=seed,
                request_id=scene.title,
            )
    except ContentBlockedError as error:
        played.error, played.verdict = error, error.verdict
    except AigcError as error:
        played.error = error
    played.seconds = time.perf_counter() - start
    return played


def _streamed(studio: Studio, scene: Scene, seed: int) -> Iterator[Release | Halt | StreamDone]:
    return studio.stream(
        scene.generator or "",
        messages=scene.messages,
        language=scene.language,
        options=scene.options,
        evaluators=scene.evaluators,
        seed=seed,
        request_id=scene.title,
    )
