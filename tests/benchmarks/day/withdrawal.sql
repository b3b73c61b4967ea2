-- Grain: an article that is taken back. Reads: withdrawn. Writes: nothing.

from withdrawn;
