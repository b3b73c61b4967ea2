-- A week of ISO 8601 belongs to a year of its own: days about New Year are in a week of the other year. By year and
-- iso_week some weeks have eight days, and others six.

alter table dim_date add column iso_year smallint;
alter table dim_date alter column iso_year set data type smallint using coalesce(isoyear(date), 0);
alter table dim_date alter column iso_year set not null;
comment on column dim_date.iso_year is
'Year of iso_week, by ISO 8601: about New Year another than year; 0 for the special members';
comment on column dim_date.iso_week is
'ISO 8601 week, 1 to 53; 0 for the special members. Group by iso_year and iso_week, or by week_start_date';

alter table dim_date add column week_start_date date;
alter table dim_date alter column week_start_date set data type date using cast(date_trunc('week', date) as date);
comment on column dim_date.week_start_date is 'Monday of its ISO 8601 week; null for the special members only';

comment on column dim_entity.first_seen_date is
'First day (UTC) an article with it was published, even if only a later version of it has the name; null when undated';
