-- Grain: an article.
-- Reads: incoming_member. Writes: temporary story_member.

insert into story_member by name
select * from incoming_member;
