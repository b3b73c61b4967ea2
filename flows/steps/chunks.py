"""Chunks: distinct texts of one language packed into units of NLP work, and the stage files of each.

A text belongs to one chunk for good, unless that has to be cut to find the text that cannot be read. A chunk is named
by its texts, its spans and mentions by what made them besides, so that a crashed run goes on where it stopped and no
text is read twice by the same model. So are its sketches.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.context import RunContext
from flows.stage import locate_chunk_file, read_parquet, write_parquet
from flows.steps.bodies import Firsts, find_firsts, hash_bodies, write_bodies
from flows.worker_tasks import EnrichOrder
from transforms.keys import compute_hash
from transforms.schemas import TEXT


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """Some texts that are read together.

    Attributes:
        chunk_id: A hash of its texts.
        language_code: Of its texts.
        texts_path: ``schemas.TEXT``.
        text_count: How many.
    """

    chunk_id: str
    language_code: str
    texts_path: Path
    text_count: int

    def locate(self, kind: str, made_by: str, context: RunContext) -> Path:
        """Return where a stage file of the chunk is: kind is spans, sketches or mentions."""
        return locate_chunk_file(context.home.stage_path / kind / made_by, self.chunk_id)

    def mentions_path(self, context: RunContext) -> Path:
        """Return where the chunk's mentions are or go."""
        return self.locate("mentions", context.identify_extraction(self.language_code), context)

    def sketches_path(self, context: RunContext) -> Path:
        """Return where the chunk's sketches are or go."""
        return self.locate("sketches", context.sketch_id, context)

    def is_done(self, context: RunContext) -> bool:
        """Tell whether all stage files of the chunk are there."""
        return self.mentions_path(context).exists() and self.sketches_path(context).exists()

    def order(self, context: RunContext) -> EnrichOrder:
        """Return the work to be done on the chunk."""
        return EnrichOrder(
            texts_path=self.texts_path,
            bodies_path=locate_chunk_file(context.home.stage_path / "bodies", self.chunk_id),
            spans_folder=context.home.stage_path / "spans" / context.identify_spans(self.language_code),
            chunk_id=self.chunk_id,
            sketches_path=self.sketches_path(context),
            mentions_path=self.mentions_path(context),
            model=context.models.find(self.language_code),
        )


def assign_chunks(text_paths: Sequence[Path], *, context: RunContext) -> list[Chunk]:
    """Return the chunks that hold the texts, those that are there and new ones for the rest.

    Args:
        text_paths: Files of ``schemas.TEXT`` with the column body_hash; a text may be in several.
        context: The run.
    """
    placed = _find_placed(text_paths, context.home.stage_path / "texts")
    chunks = [_open_chunk(Path(path)) for path in placed["path"].unique().sort()]
    done = set(placed["text_hash"])
    firsts = find_firsts(text_paths, context.home.stage_path / "bodies")
    for language_code, texts in _pack(_read_new(text_paths, done), context.settings.chunk_char_count):
        chunks.append(_write_chunk(language_code, texts, firsts, context))
    return chunks


def cut_chunk(chunk: Chunk, context: RunContext) -> list[Chunk]:
    """Return two chunks that stand in for one, each with half of its texts; none for a single text.

    The one goes before the two come: whatever happens in between, no text is in two chunks, and those that are in none
    get one from the next run.

    Args:
        chunk: Its file of texts is there.
        context: The run.
    """
    if chunk.text_count == 1:
        return []
    texts = hash_bodies(read_parquet(chunk.texts_path))
    chunk.texts_path.unlink()
    locate_chunk_file(context.home.stage_path / "bodies", chunk.chunk_id).unlink(missing_ok=True)
    half, firsts = texts.height // 2, dict[str, tuple[str, str]]()
    return [_write_chunk(chunk.language_code, part, firsts, context) for part in (texts.head(half), texts.slice(half))]


def _write_chunk(language_code: str, texts: pl.DataFrame, firsts: Firsts, context: RunContext) -> Chunk:
    """Return a new chunk, its texts and bodies written.

    Args:
        language_code: Of the texts.
        texts: TEXT with the column body_hash.
        firsts: Who had which body first; those of the chunk are added.
        context: The run.
    """
    chunk_id = compute_hash("chunk", *sorted(texts["text_hash"]))
    path = locate_chunk_file(context.home.stage_path / "texts" / language_code, chunk_id)
    write_parquet(texts.select(TEXT.names()), path)
    write_bodies(texts, chunk_id, firsts, context.home.stage_path / "bodies")
    return _open_chunk(path)


def _open_chunk(path: Path) -> Chunk:
    """Return a chunk whose texts are there."""
    text_count = read_parquet(path, ["text_hash"]).height
    return Chunk(chunk_id=path.stem, language_code=path.parts[-3], texts_path=path, text_count=text_count)


def _find_placed(text_paths: Sequence[Path], folder: Path) -> pl.DataFrame:
    """Return the texts that have a chunk already: columns text_hash, path."""
    empty = pl.DataFrame(schema={"text_hash": pl.String(), "path": pl.String()})
    held = sorted(folder.glob("*/*/*.parquet"))
    if not text_paths or not held:
        return empty
    # Without globs of polars: the home may have brackets in its name.
    needed = pl.scan_parquet(list(text_paths), glob=False).select("text_hash").unique()
    there = pl.scan_parquet(held, include_file_paths="path", glob=False).select("text_hash", "path")
    return there.join(needed, on="text_hash", how="semi").unique("text_hash").collect(engine="streaming")


def _read_new(text_paths: Sequence[Path], done: set[str]) -> Iterator[pl.DataFrame]:
    """Yield the texts that have no chunk yet, each once."""
    for path in text_paths:
        texts = read_parquet(path)
        fresh = texts.filter(pl.Series([text_hash not in done for text_hash in texts["text_hash"]], dtype=pl.Boolean))
        done.update(fresh["text_hash"])
        yield fresh


def _pack(frames: Iterator[pl.DataFrame], char_count: int) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield frames of about so many characters of text, each of one language, its texts in the order given."""
    pending: dict[str, pl.DataFrame] = {}
    for frame in frames:
        for (language_code,), part in frame.group_by("language_code", maintain_order=True):
            waiting = pl.concat([pending[language_code], part]) if language_code in pending else part
            while (cut := _find_cut(waiting, char_count)) is not None:
                yield language_code, waiting.head(cut)
                waiting = waiting.slice(cut)
            pending[language_code] = waiting
    yield from ((language_code, rest) for language_code, rest in pending.items() if not rest.is_empty())


def _find_cut(texts: pl.DataFrame, char_count: int) -> int | None:
    """Return how many of the first texts reach the number of characters, None when all together do not."""
    reached = texts["body"].str.len_chars().cum_sum() >= char_count
    first = reached.arg_max()
    return first + 1 if first is not None and reached.any() else None
