-- One row per column of {table:Identifier}, in the table's order, whatever its period. Numbers are told by the unit in their
-- name; only they have quantiles, mean and deviation. Missing is null, and for texts, lists and keys the empty value (key 0)
-- too. Quantiles are exact, with linear interpolation; distinct_count is exact to some 65,000 values, an estimate beyond.
with

column_names as (

    select groupArray((name, type)) as named
    from (
        select name, type
        from system.columns
        where database = currentDatabase() and table = {table:String}
        order by position
    )

),

number_names as (

    select groupArray(name) as named
    from (
        select name
        from system.columns
        where
            database = currentDatabase()
            and table = {table:String}
            and match(name, '(_minor|_count|_seconds|_score|_number|^quantity|^stock_quantity|^age)$')
        order by position
    )

),

column_profiles as (

    select array(columns('.') apply(
        value -> (
            countIf(isNull(value)),
            countIf(value = defaultValueOfArgumentType(value)),
            uniq(value),
            toString(min(value)),
            toString(max(value)),
            count()
        )
    )) as profiles
    from {table:Identifier}

),

number_profiles as (

    select array(columns('(_minor|_count|_seconds|_score|_number|^quantity|^stock_quantity|^age)$') apply(
        value -> (
            arrayMap(cut -> toFloat64(cut), quantilesExactWeightedInterpolated(0, 0.25, 0.5, 0.75, 1)(value, 1)),
            toFloat64(avg(value)),
            toFloat64(stddevSampStable(value))
        )
    )) as profiles
    from {table:Identifier}

),

profiled_columns as (

    select
        place,
        column_names.named[place].1 as column_name,
        column_names.named[place].2 as data_type,
        column_profiles.profiles[place].1 as null_count,
        column_profiles.profiles[place].2 as empty_count,
        column_profiles.profiles[place].3 as known_count,
        column_profiles.profiles[place].4 as smallest,
        column_profiles.profiles[place].5 as largest,
        column_profiles.profiles[place].6 as row_count,
        data_type like '%String%' or data_type like 'Array%' or column_name like '%\\_key' as has_empty_value,
        indexOf(number_names.named, column_name) as number_place,
        null_count = row_count as is_unknown,
        number_profiles.profiles[number_place] as profile
    from column_names
    cross join number_names
    cross join column_profiles
    cross join number_profiles
    array join arrayEnumerate(column_names.named) as place

)

select
    column_name,
    data_type,
    row_count,
    (null_count + if(has_empty_value, empty_count, 0)) / nullIf(row_count, 0) as missing_rate,
    known_count - (has_empty_value and empty_count > 0) as distinct_count,
    if(number_place = 0 or is_unknown, null, profile.1[1]) as minimum,
    if(number_place = 0 or is_unknown, null, profile.1[2]) as p25,
    if(number_place = 0 or is_unknown, null, profile.1[3]) as median,
    if(number_place = 0 or is_unknown, null, profile.1[4]) as p75,
    if(number_place = 0 or is_unknown, null, profile.1[5]) as maximum,
    if(number_place = 0 or is_unknown, null, profile.2) as mean,
    if(number_place = 0 or row_count - null_count < 2, null, profile.3) as standard_deviation,
    if(match(column_name, '_(on|at)$') and not is_unknown, smallest, null) as earliest,
    if(match(column_name, '_(on|at)$') and not is_unknown, largest, null) as latest
from profiled_columns
order by place
