-- Grain: the two days {from:Date} and {to:Date}.
select distinct arrayJoin([{from:Date}, {to:Date}]) as as_of_on
