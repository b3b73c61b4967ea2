-- Grain: what changed since stories were settled.
-- Reads: nothing. Writes: temporary touched_article, changed_wording, changed_band, touched_wording: all is settled.

delete from touched_article;
delete from changed_wording;
delete from changed_band;
delete from touched_wording;
