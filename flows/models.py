"""Which pipeline reads which language: one for a language and for what cannot be told, and others beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.errors import UsageError
from flows.nlp import ModelInfo, read_model_info
from flows.settings import Settings
from transforms.language import UNDETERMINED


@dataclass(frozen=True, kw_only=True)
class Models:
    """The pipelines of a run.

    Attributes:
        default: Reads its own language, or all that no other does when it is multilingual.
        by_language: ISO 639-1 -> the pipeline that reads it, before the default.
    """

    default: ModelInfo
    by_language: Mapping[str, ModelInfo]

    def find(self, language_code: str) -> ModelInfo | None:
        """Return the pipeline that reads texts in a language; None when none does.

        A text whose language cannot be told is taken for one in the language of the default.
        """
        if language_code == UNDETERMINED:
            language_code = self.default.language_code
        if language_code in self.by_language:
            return self.by_language[language_code]
        return self.default if self.default.supports(language_code) else None

    def find_fingerprint(self, language_code: str) -> str:
        """Return the fingerprint of the pipeline that reads texts in a language; "" when none does."""
        model = self.find(language_code)
        return "" if model is None else model.fingerprint

    @property
    def used(self) -> tuple[ModelInfo, ...]:
        """All pipelines that may read something, the default first, unless another reads its language."""
        is_replaced = self.default.language_code in self.by_language
        others = [self.by_language[code] for code in sorted(self.by_language)]
        return tuple(dict.fromkeys(others if is_replaced else [self.default, *others]))

    @property
    def name(self) -> str:
        """The names of all pipelines, divided by ", "."""
        return ", ".join(model.name for model in self.used)

    @property
    def version(self) -> str:
        """Their versions, in the order of the names."""
        return ", ".join(model.version for model in self.used)


def read_models(settings: Settings) -> Models:
    """Return the pipelines that the settings name, without loading any.

    Raises:
        UsageError: One is not installed, or reads another language than it is named for.
    """
    by_language = {code: read_model_info(name) for code, name in settings.models.items()}
    for code, model in by_language.items():
        if not model.supports(code):
            message = f"{model.name!r} reads {model.language_code!r} and not {code!r}: name it for its own language"
            raise UsageError(message)
    return Models(default=read_model_info(settings.model), by_language=by_language)


def parse_models(given: list[str]) -> dict[str, object]:
    """Return the settings that a person means by pipelines on the command line.

    Args:
        given: Each NAME, the default, or LANGUAGE=NAME.

    Raises:
        UsageError: Two are named for one language, or as the default.
    """
    settings: dict[str, object] = {}
    by_language: dict[str, str] = {}
    for word in given:
        code, divider, name = word.partition("=")
        is_named = bool(divider) and code.isalpha() and code.islower()
        if (code in by_language) if is_named else ("model" in settings):
            raise UsageError(f"--model {word}: there is another for the same; give NAME once, and LANGUAGE=NAME")
        if is_named:
            by_language[code] = name
        else:
            settings["model"] = word
    return {**settings, "models": by_language} if by_language else settings
