-- Grain: an article. Reads: chosen. Writes: nothing.

from chosen;
