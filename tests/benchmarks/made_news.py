"""News made up for loads that are repeated, killed or starved: who meets whom where, in parts of a few articles.

Every part brings what is hard about a load: new articles, a reprint of one of them at another outlet, and a correction
of an article of an earlier part. All of it follows from the seed. Parts are files, so that two homes that are given the
same one also learn the same time of it.
"""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Final

NEW_COUNT: Final = 4
"""Articles in a part that are news."""

ARTICLE_COUNT: Final = NEW_COUNT + 1
"""Articles that a part adds to those that are there: the reprint, too, is one of its own; a correction is not."""

OUTLETS: Final = ("elmport.example", "northgate.example", "tidewater.example")
REPRINTING: Final = "wiremirror.example"
GIVEN: Final = ("Sarah", "Peter", "Maria", "Daniel", "Laura", "Thomas", "Elena", "Robert", "Karen", "Michael")
SURNAMES: Final = (
    "Johnson",
    "Miller",
    "Fernandez",
    "Novak",
    "Clarke",
    "Hoffman",
    "Russo",
    "Lindqvist",
    "Baker",
    "Osei",
)
CITIES: Final = ("Lisbon", "Vienna", "Nairobi", "Toronto", "Santiago", "Prague", "Jakarta", "Dublin")
TOPICS: Final = ("a new harbour", "the school budget", "the price of grain", "a bridge repair", "the water tariff")

Record = dict[str, str]


def write_parts(folder: Path, *, part_count: int, seed: int) -> list[Path]:
    """Write the parts as JSON Lines and return their paths, in order.

    Args:
        folder: Where to; made when it is not there.
        part_count: How many parts.
        seed: What the articles follow from.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drawn = random.Random(seed)
    earlier: list[Record] = []
    paths = []
    for number in range(part_count):
        news = [_make_article(drawn, number, place) for place in range(NEW_COUNT)]
        reprint = news[0] | {"source": REPRINTING, "id": f"{number}-reprint"}
        corrections = [_correct(drawn.choice(earlier), number)] if earlier else []
        paths.append(_write(folder / f"{number:03}.jsonl", [*news, reprint, *corrections]))
        earlier += news
    return paths


def _make_article(drawn: random.Random, number: int, place: int) -> Record:
    """Return an article that names three people, a city, and the city of another story."""
    first, second, third = (f"{drawn.choice(GIVEN)} {drawn.choice(SURNAMES)}" for _ in range(3))
    city, other = drawn.sample(CITIES, 2)
    topic = drawn.choice(TOPICS)
    text = (
        f"{first} met {second} in {city} on Monday to talk about {topic}. {_surname(first)} said that the plan, number "
        f"{number}-{place}, was sound. {third}, who came from {other}, did not agree with {_surname(second)}.\n\n"
        f"The city of {city} will decide within {drawn.randint(2, 90)} days, {third} said."
    )
    day = f"2026-{1 + number // 28 % 12:02}-{1 + number % 28:02}"
    return {
        "id": f"{number}-{place}",
        "source": drawn.choice(OUTLETS),
        "published": f"{day}T0{place}:15:00Z",
        "title": f"{city} talks about {topic} with {first}",
        "text": text,
    }


def _correct(article: Record, number: int) -> Record:
    """Return a later version of an article: another name leaves, a sentence comes."""
    text = f"{article['text']}\n\nAn earlier version, before correction {number}, left out that Karen Clarke was there."
    return article | {"text": text, "modified": f"2027-{1 + number // 28 % 12:02}-{1 + number % 28:02}T12:00:00Z"}


def _surname(name: str) -> str:
    return name.split()[1]


def _write(path: Path, records: Sequence[Record]) -> Path:
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path
