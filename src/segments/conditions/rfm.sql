-- Grain: one customer whose segment and scores on {as_of:Date}, by quantiles over all customers, are among those named; an empty list
-- names all.
select segmented.customer_key as customer_key
from rfm_segmented as segmented
where
    (empty({rfm_segment:Array(String)}) or has({rfm_segment:Array(String)}, segmented.rfm_segment))
    and (empty({r_score:Array(UInt8)}) or has({r_score:Array(UInt8)}, segmented.r_score))
    and (empty({f_score:Array(UInt8)}) or has({f_score:Array(UInt8)}, segmented.f_score))
    and (empty({m_score:Array(UInt8)}) or has({m_score:Array(UInt8)}, segmented.m_score))
