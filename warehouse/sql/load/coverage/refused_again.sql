-- Grain: a page that is unmodified since it was refused, as often as it was asked for.
-- Reads: incoming_fetch, article_provenance, rejected_document. Writes: nothing.
-- A page that holds several documents has them at its address with an anchor. Of several reasons that of the copy we
-- have goes first, which has a hash: a page may have failed to come, too.

with known_page as (
    select distinct split_part(ingested_uri, '#', 1) as page_url
    from article_provenance
),

refused as (
    select
        split_part(uri, '#', 1) as page_url,
        external_id,
        content_hash,
        reason,
        detail
    from rejected_document
    qualify
        row_number() over (
            partition by split_part(uri, '#', 1)
            order by
                content_hash is null asc, rejected_at desc, uri asc, reason asc, content_hash asc, external_id asc
        ) = 1
)

select
    incoming.url as uri,
    coalesce(refused.external_id, incoming.url) as external_id,
    refused.content_hash,
    coalesce(refused.reason, 'no_article') as reason,
    coalesce(refused.detail, 'unmodified since it was refused') as detail
from incoming_fetch as incoming
anti join known_page on incoming.url = known_page.page_url
left join refused on incoming.url = refused.page_url
order by incoming.url;
