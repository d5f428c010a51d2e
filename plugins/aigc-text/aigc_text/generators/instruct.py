"""Instruct models, as the generators that write with one open them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aigc_sdk.errors import ComponentError

if TYPE_CHECKING:
    from aigc_sdk.runtime.chat_template import ChatTemplate
    from aigc_sdk.runtime.decode import DecoderEngine
    from aigc_sdk.runtime.runtime import Runtime

DEFAULT_BUNDLE: Final = "smollm2-135m-instruct"


@dataclass(frozen=True, slots=True)
class InstructModel:
    """A decoder and how conversations are put to it."""

    engine: DecoderEngine
    template: ChatTemplate


def open_instruct(runtime: Runtime | None, bundle: str) -> InstructModel:
    """The instruct model of a bundle.

    Raises:
        ComponentError: There is no runtime: the generator is not loaded.
        ModelNotFoundError: The bundle is not on this machine.
        BundleError: It is no instruct decoder.
    """
    if runtime is None:
        raise ComponentError("The generator is not loaded.", hint="Call load(runtime) first.")
    from aigc_sdk.runtime.chat_template import ChatTemplate

    engine = runtime.decoder(bundle)
    return InstructModel(engine, ChatTemplate.from_bundle(engine.bundle, runtime.tokenizer(bundle)))
