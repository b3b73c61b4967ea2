-- Nothing is known of any page any more; what lists hold stays. Writes page.
delete from page;
