-- Grain: the day {as_of:Date} from which recency is counted.
select {as_of:Date} as as_of_on
