-- Grain: what changed since stories were settled.
-- Reads: nothing. Writes: temporary touched_article, dropped_text (what versions had that were replaced),
-- changed_wording, changed_band, touched_wording, added_version: empty unless this connection loaded something.

create temp table if not exists touched_article (article_id varchar);
create temp table if not exists dropped_text (text_hash varchar);
create temp table if not exists changed_wording (wording_key bigint);
create temp table if not exists changed_band (band_hash bigint);
create temp table if not exists touched_wording (wording_key bigint);
create temp table if not exists added_version (article_id varchar, article_key bigint);
