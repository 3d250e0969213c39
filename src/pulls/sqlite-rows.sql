-- Rows of a table of a SQLite database from a watermark on, in its order; all that have one when {is_first:Bool}.
select *
from sqlite({path:String}, {table:String})
where {watermark:Identifier} is not null
    and ({is_first:Bool} or {watermark:Identifier} >= {since:String})
order by {watermark:Identifier}
