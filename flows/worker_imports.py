"""Imported by the fork server before it forks, for its side effect: what workers need is in memory they share."""

import spacy
import thinc.api

from flows import worker_tasks

__all__ = ["spacy", "thinc", "worker_tasks"]
