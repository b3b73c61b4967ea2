"""The sources file: which outlets there are, what is known of them, where their news is, how they are treated."""

from flows.sources.model import Source, SourceFile
from flows.sources.read import parse_sources, read_sources

__all__ = ["Source", "SourceFile", "parse_sources", "read_sources"]
