"""What a source is expected to bring: the ``expect`` table of a block of the sources file.

Measures have the names of fact_source_expectation, bounds those that Great Expectations has (min and max, both
inclusive).
"""

from collections.abc import Iterator
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_STRICT: Final = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

MAX_COUNT: Final = 1_000_000_000

Count = Annotated[int, Field(ge=0, le=MAX_COUNT)]
Ratio = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class CountRange(BaseModel):
    """From how many to how many, each end included; None for no bound.

    Raises:
        ValidationError: Neither bound is there, or they are crossed.
    """

    model_config = _STRICT

    min: Count | None = None
    max: Count | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_bounds(self.min, self.max)
        return self


class RatioRange(BaseModel):
    """From which part to which, 0 to 1, each end included; None for no bound.

    Raises:
        ValidationError: Neither bound is there, or they are crossed.
    """

    model_config = _STRICT

    min: Ratio | None = None
    max: Ratio | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_bounds(self.min, self.max)
        return self


def _check_bounds(low: float | None, high: float | None) -> None:
    if low is None and high is None:
        raise ValueError("give min, max or both")
    if low is not None and high is not None and low > high:
        raise ValueError(f"min is {low}, and max only {high}")


class ExpectTable(BaseModel):
    """What a day of a source is like; for what is left out, what its last weeks were like is expected.

    Attributes:
        article_count: New articles a day.
        word_count_median: Words of an article, headline and body, in the median.
        author_ratio: Of the new articles, those of which an author is known.
        date_ratio: Those of which it is known when they were published.
        section_ratio: Those that stand in a section.
        language_ratio: Those in the language of the source; in any that could be told where the block names none.
        rejected_ratio: Of the pages asked for, those that did not come or were refused.
    """

    model_config = _STRICT

    article_count: CountRange | None = None
    word_count_median: CountRange | None = None
    author_ratio: RatioRange | None = None
    date_ratio: RatioRange | None = None
    section_ratio: RatioRange | None = None
    language_ratio: RatioRange | None = None
    rejected_ratio: RatioRange | None = None

    def list_bounds(self) -> Iterator[tuple[str, float | None, float | None]]:
        """Yield measure, lowest and highest value of what is expected."""
        for measure in type(self).model_fields:
            bounds: CountRange | RatioRange | None = getattr(self, measure)
            if bounds is not None:
                yield measure, bounds.min, bounds.max
