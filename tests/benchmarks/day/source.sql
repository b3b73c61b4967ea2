-- Grain: an outlet. Reads: dim_source. Writes: nothing.

from dim_source where source_key >= 0;
