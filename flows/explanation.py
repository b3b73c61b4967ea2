"""What ``dateline explain`` says of an article, as one mapping: what programs get as JSON, and people as text."""

from collections.abc import Mapping
from typing import Any, Final

from transforms.date_reasons import explain_dates
from transforms.language import detect_language
from transforms.removed_text import restore_text
from warehouse.explain import ArticleEvidence

AUTHOR_RULES: Final[Mapping[str, str]] = {
    "person": "reads as a person's name",
    "desk": "has a word of a desk, such as staff or newsroom",
    "agency": "is in the list of news agencies",
    "outlet": "is the outlet's own name, or has a word of one",
}
"""Author type -> by what ``transforms.bylines`` takes a name for it."""

_OWN_SECTIONS: Final = frozenset({"byline", "byline_types", "body", "extraction_id", "language_code"})
"""Columns of the article that are told in a section of their own."""

Explanation = dict[str, Any]


def make_explanation(evidence: ArticleEvidence) -> Explanation:
    """Return what there is to say of an article; the keys stay the same from release to release.

    Keys: article, versions, provenance, dates (each with its reason), byline (text, types, authors with their rules),
    language (stored, and as the body reads now), text (paragraphs with the rule that took each out, null for what is
    the article's), story, run.

    Args:
        evidence: The rows of the warehouse.
    """
    article = evidence.article
    return {
        "article": {name: value for name, value in article.items() if name not in _OWN_SECTIONS},
        "versions": evidence.versions,
        "provenance": evidence.provenance,
        "dates": _explain_dates(evidence),
        "byline": {
            "text": article["byline"],
            "types": article["byline_types"],
            "authors": [author | {"rule": AUTHOR_RULES[author["credited_type"]]} for author in evidence.authors],
        },
        "language": _explain_language(article),
        "text": [part._asdict() for part in restore_text(article["body"], evidence.removed_lines)],
        "story": evidence.story_articles,
        "run": None if evidence.run is None else evidence.run | {"extraction_id": article["extraction_id"]},
    }


def _explain_dates(evidence: ArticleEvidence) -> list[dict[str, Any]]:
    """Return the date candidates, each with why it was chosen or not."""
    fetched = [row["ingested_at"] for row in evidence.provenance if row["is_of_version"]]
    reasons = explain_dates(
        evidence.dates, fetched_at=max(fetched, default=None), modified_at=evidence.article["modified_at"]
    )
    return [row | {"reason": reason} for row, reason in zip(evidence.dates, reasons, strict=True)]


def _explain_language(article: Mapping[str, Any]) -> dict[str, Any]:
    """Return the language that is stored, and what the body reads as now; the score of then is not kept."""
    code, score = detect_language(article["body"])
    return {"language_code": article["language_code"], "detected_code": code, "detected_score": round(score, 3)}
