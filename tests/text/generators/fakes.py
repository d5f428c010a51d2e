"""A runtime whose decoder says what the test tells it to."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

from aigc_sdk.errors import ModelNotFoundError
from aigc_sdk.runtime.decode import Decoded, DecodedPiece


class FakeTokenizer:
    """One token a character."""

    bos, eos, add_bos = None, (0,), False

    def encode(self, text, **_):
        return [ord(c) for c in text]

    def decode(self, ids, **_):
        return "".join(map(chr, ids))

    def token(self, number):
        return chr(number)


@dataclass
class FakeTemplate:
    tokenizer: FakeTokenizer
    seen: list = field(default_factory=list)

    def encode(self, messages, **_):
        self.seen.append(list(messages))
        text = "".join(f"<{m.role}>{m.content}</>" for m in messages) + "<assistant>"
        return [ord(c) for c in text]


@dataclass
class FakeEngine:
    """Answers `replies` in turn; remembers the calls."""

    replies: list
    max_positions: int = 400
    calls: list = field(default_factory=list)

    def __post_init__(self):
        self.tokenizer = FakeTokenizer()
        manifest = SimpleNamespace(decoding={"temperature": 0.2, "top_p": 0.8}, languages=("en",))
        self.bundle = SimpleNamespace(digest="d" * 64, manifest=manifest, id="fake")

    def generate(self, prompts, params, *, ctx, request_ids, on_token=None):
        self.calls.append((list(prompts), list(params), list(request_ids)))
        return [
            reply if not isinstance(reply, str) else decoded(reply)
            for reply, _ in zip((self.replies * len(prompts)), prompts, strict=False)
        ]

    def text(self, row):
        return self.tokenizer.decode(row.ids)

    def stream(self, prompt, params, *, ctx, request_id):
        self.calls.append(([prompt], [params], [request_id]))
        text = self.replies[0]
        for start in range(0, len(text), 4):
            yield DecodedPiece(text[start : start + 4])
        yield DecodedPiece("", decoded(text))


def decoded(text, reason="stop"):
    ids = tuple(map(ord, text))
    return Decoded(ids, (-1.0,) * len(ids), -float(len(ids)), reason, 1, 0.0, 0.0)


class FakeRuntime:
    def __init__(self, **engines):
        self.engines = engines

    def decoder(self, bundle):
        if bundle not in self.engines:
            raise ModelNotFoundError(f"{bundle} is not here.", hint=f"Run: aigc models pull {bundle}")
        return self.engines[bundle]

    def bundle(self, bundle):
        return self.decoder(bundle).bundle

    def tokenizer(self, bundle):
        return self.decoder(bundle).tokenizer
