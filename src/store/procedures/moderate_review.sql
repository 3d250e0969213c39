-- Approves or rejects a review; the first approval earns its writer points.
create or replace function store.moderate_review(p_review_id bigint, p_is_approved boolean)
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_review reviews%rowtype;
begin
    select reviews.* into v_review from reviews where review_id = p_review_id for update;
    if not found then
        raise exception 'there is no review %', p_review_id using errcode = 'EC404', hint = 'list the reviews for their ids';
    end if;
    update reviews set status = case when p_is_approved then 'approved' else 'rejected' end where review_id = p_review_id;
    if p_is_approved and v_review.status = 'pending' and v_review.is_verified and v_review.created_at = v_review.updated_at then
        insert into loyalty_entries (customer_id, points, reason) values (v_review.customer_id, 20, 'review');
    end if;
end
$$;
