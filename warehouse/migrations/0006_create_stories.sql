-- Stories: an article and its copies; and what they are found by, kept so that a load compares only what is new.

create table dim_story (
    story_key bigint not null,
    story_id varchar not null,
    headline varchar not null,
    first_published_at timestamp,
    article_count integer not null,
    source_count integer not null
);
comment on table dim_story is
'A cluster of near-duplicate articles: one, and those that are copies of it. -1 unknown, -2 not applicable';
comment on column dim_story.story_key is 'Surrogate key; -1 unknown, -2 not applicable';
comment on column dim_story.story_id is
'Durable key: article_id of the article of the story that was published first; on a tie, or undated, the smallest';
comment on column dim_story.headline is 'Headline of the original, as its current version has it';
comment on column dim_story.first_published_at is
'When its first article was published, UTC; null when none of them is dated';
comment on column dim_story.article_count is 'Articles of the story, each counted once whatever its versions';
comment on column dim_story.source_count is 'Outlets that have an article of the story';

comment on column fact_article.story_key is 'The story its article belongs to: dim_story';
comment on column fact_article.is_duplicate is
'The article is not the original of its story: the agency''s own, else one that credits an agency, else the earliest';

create table text_sketch (
    text_hash varchar not null,
    sketch_id varchar not null,
    wording_key bigint not null,
    word_count integer not null
);
comment on table text_sketch is
'Internal. The wording of a text: texts of one wording are equal but for case and marks';
comment on column text_sketch.text_hash is 'The text: dim_article';
comment on column text_sketch.sketch_id is 'What code made it';
comment on column text_sketch.wording_key is
'Hash of the words of the body; of a short body, with those of the headline';
comment on column text_sketch.word_count is 'Words of the body';

create table wording_band (
    wording_key bigint not null,
    band_hash bigint not null
);
comment on table wording_band is 'Internal. A band of MinHash values: wordings that share one may be copies';
comment on column wording_band.wording_key is 'The wording: text_sketch; none for a text too short to be compared';
comment on column wording_band.band_hash is 'Hash of the band and its number';

create table wording_pair (
    wording_key_a bigint not null,
    wording_key_b bigint not null,
    similarity_ratio double not null,
    containment_ratio double not null,
    figure_ratio double not null,
    is_copy boolean not null
);
comment on table wording_pair is 'Internal. Two wordings that share a band, compared in full';
comment on column wording_pair.wording_key_a is 'The wording with the smaller key';
comment on column wording_pair.wording_key_b is 'The other';
comment on column wording_pair.similarity_ratio is 'Of the runs of five words in both, those they share (Jaccard)';
comment on column wording_pair.containment_ratio is
'Of the runs of five words in the one with fewer, those they share';
comment on column wording_pair.figure_ratio is 'Of the figures in the one with fewer, those they share';
comment on column wording_pair.is_copy is 'One is a copy of the other';

insert into dim_story values
(-1, '(unknown)', '', null, 0, 0),
(-2, '(not applicable)', '', null, 0, 0);
