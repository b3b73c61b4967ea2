-- Where the lines stood that were taken out of a body, so that they can be read in their place.

alter table article_removed_line add column paragraph_number integer;
alter table article_removed_line add column line_number integer;
comment on column article_removed_line.paragraph_number is
'Paragraphs of the content before it, a recurring line being one of them; null when loaded before places were kept';
comment on column article_removed_line.line_number is
'Place among the lines taken out there, from 1; null for a recurring line, or when loaded before places were kept';
