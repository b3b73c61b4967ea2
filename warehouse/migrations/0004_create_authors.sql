-- Who wrote the articles, and what their publishers say of them beside headline and text.

create table dim_author (
    author_key bigint not null,
    author_id varchar not null,
    name varchar not null,
    author_type varchar not null
);
comment on table dim_author is
'A name that articles are signed with: one row a name, whoever bears it. -1 unknown, -2 not applicable';
comment on column dim_author.author_key is 'Surrogate key; -1 unknown, -2 not applicable';
comment on column dim_author.author_id is 'Durable key: the name without case, accents and punctuation';
comment on column dim_author.name is 'The spelling that most articles have; on a tie the first in code point order';
comment on column dim_author.author_type is
'What most articles say it is: person, desk ("Staff Reporter"), agency ("Reuters"), outlet; on a tie the first';

create table bridge_article_author (
    article_key bigint not null,
    author_key bigint not null,
    position integer not null,
    weight double not null,
    credited_name varchar not null,
    credited_type varchar not null
);
comment on table bridge_article_author is
'An author of a version of an article; a version whose byline names nobody has one row, with the author -1';
comment on column bridge_article_author.article_key is 'The version: dim_article';
comment on column bridge_article_author.author_key is 'The author: dim_author; -1 unknown';
comment on column bridge_article_author.position is 'Place in the byline, from 1';
comment on column bridge_article_author.weight is
'Part of the article: 1 divided by its authors, so that sums over authors count each article once';
comment on column bridge_article_author.credited_name is 'The name as this byline has it, upper case put right';
comment on column bridge_article_author.credited_type is 'person, desk, agency or outlet, as far as this byline says';

create table byline_rules (
    rules_id varchar not null
);
comment on table byline_rules is 'Internal. The rules that all bylines of bridge_article_author were read by: one row';
comment on column byline_rules.rules_id is 'Hash of the rules; with others all bylines are read anew';

alter table article_observation add column author_types varchar;
alter table article_observation add column alternative_headline varchar;
alter table article_observation add column description varchar;
alter table article_observation add column section varchar;
alter table article_observation add column keywords varchar;
alter table article_observation add column image_url varchar;
alter table article_observation add column access varchar;
alter table article_observation add column article_type varchar;
comment on column article_observation.author_types is 'As in dim_article';
comment on column article_observation.alternative_headline is 'As in dim_article';
comment on column article_observation.description is 'As in dim_article';
comment on column article_observation.section is 'As in dim_article';
comment on column article_observation.keywords is 'As in dim_article';
comment on column article_observation.image_url is 'As in dim_article';
comment on column article_observation.access is 'As in dim_article';
comment on column article_observation.article_type is 'As in dim_article';

alter table dim_article add column author_types varchar;
alter table dim_article add column alternative_headline varchar;
alter table dim_article add column description varchar;
alter table dim_article add column section varchar;
alter table dim_article add column keywords varchar;
alter table dim_article add column image_url varchar;
alter table dim_article add column access varchar;
alter table dim_article add column article_type varchar;
comment on column dim_article.author_types is
'What the document says each entry of author is: Person, Organization, Thing, "; " between; null if silent';
comment on column dim_article.alternative_headline is
'Another headline it goes by, such as the one for search engines; null when there is none';
comment on column dim_article.description is 'Its summary; null when there is none';
comment on column dim_article.section is 'The part of the outlet it stands in, in its own words; null when unknown';
comment on column dim_article.keywords is 'The outlet''s keywords, "; " between; null when there are none';
comment on column dim_article.image_url is 'Address of its main image; null when there is none';
comment on column dim_article.access is 'free or paywalled; null when it does not say';
comment on column dim_article.article_type is
'Type of schema.org, such as NewsArticle or OpinionNewsArticle; null when it does not say';

insert into dim_author values
(-1, '(unknown)', '(unknown)', '(unknown)'),
(-2, '(not applicable)', '(not applicable)', '(not applicable)');
