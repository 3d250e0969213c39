-- One row per category and month of the year (1 January), over the calendar months that lie wholly in [{period_start:Date},
-- {period_end:Date}), shop time zone; months without sales count as 0. The category is cut to its first {depth:UInt32} levels, 0
-- for the whole path; '(unknown)' without one. Strength and is_seasonal are null while a month of the year was never seen whole.
with

calendar as (

    select
        month_on,
        toMonth(month_on) as calendar_month
    from (
        select distinct toStartOfMonth({period_start:Date} + number) as month_on
        from numbers(dateDiff('day', {period_start:Date}, {period_end:Date}))
    )
    where month_on >= {period_start:Date} and addMonths(month_on, 1) <= {period_end:Date}

),

sales as (

    select
        if(
            {depth:UInt32} = 0,
            products.category,
            arrayStringConcat(arraySlice(splitByChar('.', products.category), 1, {depth:UInt32}), '.')
        ) as sold_category,
        toStartOfMonth(lines.line_on) as sold_on,
        sum(lines.revenue_minor) as sold_minor,
        countIf(lines.quantity > 0 and lines.unit_price_minor > 0) as line_count
    from scoped_lines as lines
    left any join dim_product as products on lines.product_key = products.product_key
    group by sold_category, sold_on

),

category_months as (

    select
        categories.sold_category as own_category,
        calendar.calendar_month as calendar_month,
        sum(sales.sold_minor) as net_revenue_minor,
        net_revenue_minor / count() as mean_minor,
        sum(sales.line_count) / count() as mean_line_count,
        count() as month_count
    from (select distinct sold_category from sales where sold_on in (select month_on from calendar)) as categories
    cross join calendar
    left any join sales on categories.sold_category = sales.sold_category and calendar.month_on = sales.sold_on
    group by own_category, calendar_month

),

shapes as (

    select
        own_category as shaped_category,
        avg(mean_minor) as level_minor,
        argMax(calendar_month, (mean_minor, -calendar_month)) as peak_calendar_month,
        count() as calendar_month_count,
        sum(greatest(mean_minor, 0)) as positive_minor,
        arraySum(month_minor -> abs(greatest(month_minor, 0) - positive_minor / 12), groupArray(mean_minor)) / 2
            / nullIf(positive_minor, 0) as hoover_rate,
        avg(mean_line_count) as line_level,
        sum(month_count * pow(mean_line_count - line_level_of_all, 2)) / nullIf(line_level, 0) as chi_squared
    from (
        select
            *,
            avg(mean_line_count) over (partition by own_category) as line_level_of_all
        from category_months
    )
    group by shaped_category

)

select
    if(months.own_category = '', '(unknown)', months.own_category) as category,
    months.calendar_month as month_of_year,
    months.net_revenue_minor as net_revenue_minor,
    months.mean_minor / nullIf(shapes.level_minor, 0) as seasonal_index,
    shapes.peak_calendar_month as peak_month,
    if(shapes.calendar_month_count < 12, null, shapes.hoover_rate) as seasonal_strength_rate,
    if(shapes.calendar_month_count < 12, null, toBool(ifNull(shapes.hoover_rate, 0) >= {min_strength_rate:Float64} and ifNull(shapes.chi_squared, 0) > 24.725)) as is_seasonal
from category_months as months
inner join shapes on months.own_category = shapes.shaped_category
order by category, month_of_year
