"""The frames that travel through Dateline: column names, dtypes and grain of each.

This is the contract between the layers. Transforms return frames of these shapes, stage files hold them, and the
warehouse loads them by name; ``tests/contract`` compares them with the migrated tables. All timestamps are UTC.
Those of outlets are in ``source_schemas``, those of stories in ``story_schemas``.
"""

from typing import Final

import polars as pl

UTC_TIMESTAMP: Final = pl.Datetime("us", "UTC")

RAW_DOCUMENT: Final = pl.Schema(
    {
        "uri": pl.String(),  # file:///abs/path, with #L<line> for a line of a file
        "external_id": pl.String(),  # path relative to the folder given, with #L<line>; a record's own id wins later
        "media_type": pl.String(),  # text/plain, text/html, application/json (one line of JSON Lines)
        "source_hint": pl.String(),  # the outlet, when the document does not say: --source, else a folder or file name
        "fetched_at": UTC_TIMESTAMP,  # when the file was last written, or the document fetched
        "raw_hash": pl.String(),  # sha256 of payload, hex
        "payload": pl.Binary(),  # the bytes as they came, unpacked
        "hints": pl.String(),  # JSON: what came with the bytes, see HINTS below; null for nothing
        "final_uri": pl.String(),  # where a fetched document was in the end, with all redirects; null where that is uri
        "reader": pl.String(),  # the format of the file or answer it was in: a name of flows.readers.detect.Format
        "container_offset": pl.Int64(),  # of a WARC record: where it begins in the unpacked file, in bytes; else null
    },
)
"""Grain: a document as it came. Written by flows/readers, kept in the raw store.

HINTS: names of DocumentFields; source_id, timezone (IANA) and country (ISO 3166-1) of the outlet it was fetched for;
encoding and last_modified as the server said them. All are text.
"""

_CANDIDATE: Final = {
    "method": pl.String(),  # where the date stands, one of transforms.date_evidence
    "raw_text": pl.String(),
    "candidate_at": UTC_TIMESTAMP,  # null when it cannot be read
    "zone_source": pl.String(),  # text, source or assumed; null when candidate_at is
    "is_chosen": pl.Boolean(),  # it is published_at
}

_REMOVED: Final = {
    "rule": pl.String(),
    "line": pl.String(),
    "paragraph_number": pl.Int32(),  # how many paragraphs of the content stand before it; null when not known
    "line_number": pl.Int32(),  # its place among the lines taken out there, from 1; null for a line that recurs
}

ARTICLE: Final = pl.Schema(
    {
        "article_id": pl.String(),  # canonical URL, else <source_id>|<external_id>
        "source_id": pl.String(),  # domain without www., else the folded name
        "source_name": pl.String(),
        "source_domain": pl.String(),  # the one it is given by, else that of the URL; null without either
        "external_id": pl.String(),
        "url": pl.String(),  # canonical; null when the document gives none
        "author": pl.String(),  # the byline as it came; null when none
        "headline": pl.String(),  # "" when the article has none
        "body": pl.String(),  # NFC, paragraphs divided by a blank line, static furniture removed
        "language_code": pl.String(),  # ISO 639-1, "und" when it cannot be told
        "word_count": pl.Int32(),
        "content_hash": pl.String(),  # of headline and body before learned furniture is removed
        "published_at": UTC_TIMESTAMP,
        "modified_at": UTC_TIMESTAMP,
        "dateline_place": pl.String(),  # as written; null when there is no dateline
        "dateline_agency": pl.String(),
        "dateline_date": pl.Date(),  # its year by published_at; null when that is not known
        "dates": pl.List(pl.Struct(_CANDIDATE)),
        "removed_lines": pl.List(pl.Struct(_REMOVED)),
        "ingested_uri": pl.String(),
        "ingested_at": UTC_TIMESTAMP,  # fetched_at of the raw document
        "raw_hash": pl.String(),
        "media_type": pl.String(),
        "reader": pl.String(),
        "ingested_final_uri": pl.String(),
        "ingested_offset": pl.Int64(),  # container_offset of the raw document
        "author_types": pl.String(),  # what the document says each entry of author is: Person, Organization, Thing
        "alternative_headline": pl.String(),
        "description": pl.String(),
        "section": pl.String(),
        "keywords": pl.String(),  # divided by "; "
        "image_url": pl.String(),
        "access": pl.String(),  # free or paywalled; null when it does not say
        "article_type": pl.String(),  # of schema.org, such as NewsArticle; null when it does not say
    },
)
"""Grain: a document that was understood. Written by transforms/articles."""

DETAILS: Final = (
    "author_types",
    "alternative_headline",
    "description",
    "section",
    "keywords",
    "image_url",
    "access",
    "article_type",
)
"""The columns that say more of an article, and do not make a version of it."""

REJECT: Final = pl.Schema(
    {
        "uri": pl.String(),
        "external_id": pl.String(),
        "content_hash": pl.String(),  # raw_hash of the document; null when its bytes could not be read
        "reason": pl.String(),  # one of transforms.rejects.REASONS
        "detail": pl.String(),
    },
)
"""Grain: a document that was refused. Written by flows/readers and transforms/articles."""

WITHDRAWAL: Final = pl.Schema(
    {
        "article_id": pl.String(),  # as the notice itself would have it
        "source_id": pl.String(),
        "external_id": pl.String(),  # with source_id it names the article, too
        "method": pl.String(),  # one of transforms.withdrawals
        "stated_at": UTC_TIMESTAMP,  # when it was withdrawn, by what the document says of itself, else its fetched_at
        "raw_hash": pl.String(),
        "ingested_uri": pl.String(),
        "ingested_at": UTC_TIMESTAMP,
    },
)
"""Grain: a document that says that an article is withdrawn. Written by transforms/articles."""

OBSERVATION: Final = pl.Schema(
    {
        **{
            name: ARTICLE[name]
            for name in (
                "article_id",
                "source_id",
                "source_name",
                "source_domain",
                "external_id",
                "url",
                "author",
                "headline",
                "language_code",
                "word_count",
                "content_hash",
                "published_at",
                "modified_at",
                "ingested_uri",
                "ingested_at",
                "raw_hash",
            )
        },
        "text_hash": pl.String(),  # of headline and body as stored, learned furniture removed: the key of a TEXT
        **{name: ARTICLE[name] for name in DETAILS},
        **{name: ARTICLE[name] for name in ("dateline_place", "dateline_agency", "dateline_date")},
    },
)
"""Grain: one sight of an article with one content.

That is article_id, content_hash, published_at, modified_at; where it does not say when it was changed also ingested_at.
"""

PROVENANCE: Final = pl.Schema(
    {
        name: ARTICLE[name]
        for name in (
            "article_id",
            "content_hash",
            "source_id",
            "external_id",
            "media_type",
            "reader",
            "raw_hash",
            "ingested_uri",
            "ingested_final_uri",
            "ingested_offset",
            "ingested_at",
        )
    },
)
"""Grain: a document that an article, with one content, was read from."""

REMOVED_LINE: Final = pl.Schema(
    {**{name: ARTICLE[name] for name in ("article_id", "content_hash")}, **_REMOVED},
)
"""Grain: a line that was taken out of a content of an article. Written by flows/steps/plan."""

DATE_CANDIDATE: Final = pl.Schema(
    {**{name: ARTICLE[name] for name in ("article_id", "content_hash")}, **_CANDIDATE, "ingested_at": UTC_TIMESTAMP},
)
"""Grain: a date in or around a document of a content of an article, once a reading. Written by flows/steps/plan."""

TEXT: Final = pl.Schema(
    {
        "text_hash": pl.String(),
        "headline": pl.String(),
        "body": pl.String(),
        "language_code": pl.String(),
    },
)
"""Grain: a distinct text (headline and body) as it is stored and analysed."""

SPAN: Final = pl.Schema(
    {
        "text_hash": pl.String(),
        "start_char": pl.Int32(),  # in the body, inclusive
        "end_char": pl.Int32(),  # exclusive
        "label": pl.String(),  # spaCy's, or transforms.spans.SENTENCE for a sentence
    },
)
"""Grain: a span the model marked in a body, or one of its sentences. Depends on the text and the model only."""

MENTION: Final = pl.Schema(
    {
        "text_hash": pl.String(),
        "entity_key": pl.Int64(),
        "field": pl.String(),  # headline or body
        "sentence_number": pl.Int32(),  # 1 is the first sentence of the body; 0 in the headline
        "start_char": pl.Int32(),
        "end_char": pl.Int32(),
        "surface_text": pl.String(),
        "label": pl.String(),  # as the model said; the entity's type for a mention found by its name
        "resolution_rule": pl.String(),  # one of transforms.resolution.RULES
        "resolution_score": pl.Float64(),  # 0 to 1
        "entity_id": pl.String(),  # <entity_type>:<name key>
        "entity_type": pl.String(),
        "country_code": pl.String(),  # ISO 3166-1 alpha-2 where the entity is a country, else null
        "full_name": pl.String(),  # the fullest form of the name in this text
        "alias_key": pl.String(),  # name key of surface_text
    },
)
"""Grain: one span of one text, with the entity it was resolved to. Written by transforms/resolution."""

ARTICLE_VERSION: Final = pl.Schema(
    {
        "article_key": pl.Int64(),
        "article_id": pl.String(),
        "version": pl.Int32(),
        "source_key": pl.Int64(),
        "external_id": pl.String(),
        "url": pl.String(),
        "author": pl.String(),
        "headline": pl.String(),
        "language_code": pl.String(),
        "word_count": pl.Int32(),
        "content_hash": pl.String(),
        "text_hash": pl.String(),
        "published_at": UTC_TIMESTAMP,
        "modified_at": UTC_TIMESTAMP,
        "valid_from": UTC_TIMESTAMP,
        "valid_to": UTC_TIMESTAMP,
        "is_current": pl.Boolean(),
        "ingested_uri": pl.String(),
        "ingested_at": UTC_TIMESTAMP,
        "raw_hash": pl.String(),
        **{name: ARTICLE[name] for name in DETAILS},
        **{name: ARTICLE[name] for name in ("dateline_place", "dateline_agency", "dateline_date")},
    },
)
"""Grain: a version of an article. Written by transforms/versions from all observations of the article."""

BYLINE: Final = pl.Schema({"author": ARTICLE["author"], "author_types": ARTICLE["author_types"]})
"""Grain: a byline as versions of articles have it."""

CREDIT: Final = pl.Schema(
    {
        **BYLINE,
        "author_key": pl.Int64(),
        "author_id": pl.String(),  # the folded name
        "name": pl.String(),  # as it is written here
        "author_type": pl.String(),  # one of transforms.bylines.AUTHOR_TYPES
        "position": pl.Int32(),  # from 1
        "weight": pl.Float64(),  # 1 divided by the authors of the byline
    },
)
"""Grain: an author of a byline. Written by transforms/authors."""

EVALUATION_SCORE: Final = pl.Schema(
    {
        "entity_type": pl.String(),  # of the gold file, or transforms.evaluation.ALL_TYPES
        "metric": pl.String(),  # one of transforms.evaluation.METRICS
        "value_ratio": pl.Float64(),
        "true_positive_count": pl.Int64(),  # null where nothing is counted, as the next two
        "false_positive_count": pl.Int64(),
        "false_negative_count": pl.Int64(),
    },
)
"""Grain: a metric of an entity type. Written by transforms/evaluation."""
