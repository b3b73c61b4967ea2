"""An explanation as a person reads it: sections of plain lines and small tables, as wide as the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.explanation import Explanation
from flows.terminal import make_printable

MAX_NEIGHBOUR_CHAR_COUNT: Final = 100
"""Of a paragraph beside a line that was taken out so much is shown: enough to find the place."""

_ARTICLE_LINES: Final = (
    *("article_id", "article_key", "version", "external_id", "url", "alternative_headline", "section", "keywords"),
    *("description", "image_url", "access", "article_type", "modified_at"),
)
_HASH_DIGIT_COUNT: Final = 16  # of the 64, and more than the eight that `dateline raw show` wants

Row = Mapping[str, Any]


def print_explanation(found: Explanation, console: Console) -> None:
    """Print what there is to say of an article.

    Args:
        found: From ``make_explanation``.
        console: Where to print.
    """
    article = found["article"]
    console.print(Text(make_printable(article["headline"] or "(no headline)"), style="bold"), soft_wrap=True)
    _print_pairs(console, _list_article_lines(found))
    _print_rows(console, "versions", found["versions"], _describe_version)
    _print_rows(console, "read from (dateline raw show ID)", found["provenance"], _describe_document)
    _print_rows(console, "dates", found["dates"], _describe_date)
    _print_rows(console, "authors", found["byline"]["authors"], _describe_author)
    if len(found["story"]) > 1:
        _print_rows(console, "story", found["story"], _describe_member)
    _print_text(console, found["text"])
    _print_run(console, found["run"])


def print_removed_line_counts(rows: Sequence[Row], console: Console) -> None:
    """Print how many lines each rule took out of the articles of each outlet."""
    _print_rows(console, "lines removed", rows, dict)


def _list_article_lines(found: Explanation) -> Iterator[tuple[str, object]]:
    """Yield names and values that fit on a line each."""
    article, byline, language = found["article"], found["byline"], found["language"]
    yield "outlet", f"{article['source_name']} ({article['source_id']})"
    yield from ((name.replace("_", " "), article[name]) for name in _ARTICLE_LINES)
    yield "published", article["published_at"] or "not known: no sound date"
    parts = (article["dateline_place"], article["dateline_agency"], article["dateline_date"])
    yield "dateline", ", ".join(str(part) for part in parts if part is not None) or None
    types = "" if byline["types"] is None else f" (structured data: {byline['types']})"
    yield "byline", None if byline["text"] is None else f"{byline['text']}{types}"
    detected = f"{language['detected_code']}, score {language['detected_score']:.2f}"
    yield "language", f"{language['language_code']} (its body reads as {detected})"


def _describe_version(row: Row) -> dict[str, object]:
    changes = ("headline" if row["is_headline_changed"] else "", "text" if row["is_body_changed"] else "")
    counted = "" if row["word_count_change"] is None else f" ({row['word_count_change']:+,} words)"
    changed = f"{' and '.join(filter(None, changes)) or 'nothing that is stored'}{counted}"
    return {
        "version": row["version"],
        "article key": row["article_key"],
        "valid from": row["valid_from"],
        "valid to": row["valid_to"] or "now",
        "changed": "first seen" if row["word_count_change"] is None else changed,
        "headline": row["headline"],
    }


def _describe_document(row: Row) -> dict[str, object]:
    return {
        "ID": row["raw_hash"][:_HASH_DIGIT_COUNT],
        "read as": row["reader"] or row["media_type"],
        "fetched": row["ingested_at"],
        "of this version": "yes" if row["is_of_version"] else "no",
        "from": row["ingested_final_uri"] or row["ingested_uri"],
    }


def _describe_date(row: Row) -> dict[str, object]:
    zone = "" if row["zone_source"] is None else f" (zone: {row['zone_source']})"
    return {
        "": "*" if row["is_chosen"] else "",
        "stands in": row["method"],
        "as written": row["raw_text"],
        "read as": "-" if row["candidate_at"] is None else f"{_show(row['candidate_at'])}{zone}",
        "why": row["reason"],
    }


def _describe_author(row: Row) -> dict[str, object]:
    return {
        "author": row["credited_name"],
        "type": row["credited_type"],
        "weight": f"{row['weight']:.2f}",
        "why": row["rule"],
    }


def _describe_member(row: Row) -> dict[str, object]:
    similarity = "-" if row["similarity_ratio"] is None else f"{row['similarity_ratio']:.2f}"
    return {
        "": "this article" if row["is_explained"] else "",
        "role": "original" if row["is_original"] else "copy",
        "published": row["published_at"],
        "similarity": "" if row["is_explained"] else similarity,
        "outlet": row["source_name"],
        "article": row["article_id"],
    }


def _print_pairs(console: Console, pairs: Iterator[tuple[str, object]]) -> None:
    """Print names and values, those without a value left out."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in pairs:
        if value is not None:
            table.add_row(name, Text(_show(value)))
    console.print(table)


def _print_rows(console: Console, title: str, rows: Sequence[Row], describe: Any) -> None:
    """Print rows as a table, nothing where there are none."""
    if not rows:
        return
    described = [describe(row) for row in rows]
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold", box=None, pad_edge=False)
    for name in described[0]:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in described:
        table.add_row(*(Text(_show(value)) for value in row.values()))
    console.print(table)


def _print_text(console: Console, parts: Sequence[Row]) -> None:
    """Print the lines that were taken out, each between the paragraphs that it stood between."""
    places = [place for place, part in enumerate(parts) if part["rule"] is not None]
    if not places:
        return
    console.print(Text("\nremoved from the text (-), with what stands beside it", style="bold"))
    shown = sorted({near for place in places for near in range(place - 1, place + 2) if 0 <= near < len(parts)})
    for before, place in zip([-1, *shown], shown, strict=False):
        if place > before + 1:
            console.print("  ...")
        console.print(_describe_part(parts[place]), soft_wrap=True)
    if shown[-1] < len(parts) - 1:
        console.print("  ...")


def _describe_part(part: Row) -> Text:
    text = make_printable(part["text"])
    if part["rule"] is not None:
        return Text(f"- [{part['rule']}] {text}", style="red")
    is_long = len(text) > MAX_NEIGHBOUR_CHAR_COUNT
    return Text(f"  {text[:MAX_NEIGHBOUR_CHAR_COUNT]}…" if is_long else f"  {text}")


def _print_run(console: Console, run: Row | None) -> None:
    """Print the load that last changed the article."""
    if run is None:
        return
    console.print(Text("\nloaded by", style="bold"))
    model = " ".join(run[name] for name in ("model_name", "model_version", "model_backend") if run[name] is not None)
    pairs = {
        "run": run["run_key"],
        "Prefect run": run["flow_run_id"],
        "at": run["started_at"],
        "code": run["code_version"],
        "model": model or None,
        "extraction": run["extraction_id"] or "none: its names were not looked for",
    }
    _print_pairs(console, iter(pairs.items()))


def _show(value: object) -> str:
    """Return a value on one line that cannot steer the terminal; times are UTC."""
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}" if value.second else f"{value:%Y-%m-%d %H:%M}"
    return make_printable(f"{value:,}" if isinstance(value, int) else str(value))
