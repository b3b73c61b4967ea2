-- Nothing of a parent is listed, until it is put again. Writes entry.
update entry
set is_listed = 0
where parent_url = :parent_url;
