/** Questions the SQL console opens with: each runs in any shop, and shows one thing about the warehouse's tables. */

export interface SqlExample {
  readonly title: string;
  /** What it shows, and what to mind when it is changed. */
  readonly words: string;
  readonly sql: string;
}

const counted = "has_positive_line and not is_cancelled";

export const sqlExamples: readonly SqlExample[] = [
  {
    title: "Net revenue by month",
    words:
      "Lines carry their own day: returns count on the day they came back, with a negative amount. Amounts are minor units: a hundredth of a pound or dollar, a whole yen.",
    sql: "select\n    toStartOfMonth(line_on) as month,\n    sum(revenue_minor) / 100 as net_revenue\nfrom fct_order_lines\nwhere not is_cancelled\ngroup by month\norder by month",
  },
  {
    title: "Orders by country",
    words: "An order counts when it has a line of positive quantity and price and was not cancelled.",
    sql: `select\n    country,\n    count() as orders\nfrom fct_orders\nwhere ${counted}\ngroup by country\norder by orders desc\nlimit 20`,
  },
  {
    title: "Products that sell best",
    words:
      "Facts carry keys; names stand in the dimensions. `any join` takes one row of the dimension and never multiplies lines.",
    sql: "select\n    products.product_name,\n    sum(lines.quantity) as units,\n    sum(lines.revenue_minor) / 100 as net_revenue\nfrom fct_order_lines as lines\nleft any join dim_product as products on lines.product_key = products.product_key\nwhere not lines.is_cancelled\ngroup by products.product_name\norder by net_revenue desc\nlimit 20",
  },
  {
    title: "Median and ninth decile of an order",
    words: "A mean hides large orders; quantiles show them.",
    sql: `select\n    round(avg(net_minor)) / 100 as mean,\n    quantileExact(0.5)(net_minor) / 100 as median,\n    quantileExact(0.9)(net_minor) / 100 as ninth_decile\nfrom fct_orders\nwhere ${counted}`,
  },
  {
    title: "First and repeat orders by month",
    words: "`row_number` numbers the orders of a customer in time; key 0 is the unknown customer and is left out.",
    sql: `select\n    toStartOfMonth(ordered_on) as month,\n    countIf(place = 1) as first_orders,\n    countIf(place > 1) as repeat_orders\nfrom (\n    select\n        ordered_on,\n        row_number() over (partition by customer_key order by placed_at, order_key) as place\n    from fct_orders\n    where customer_key != 0 and ${counted}\n)\ngroup by month\norder by month`,
  },
  {
    title: "Customers of the largest value",
    words: "Sums by customer first, names afterwards: only the rows that are shown are joined.",
    sql: "select\n    people.customer_id,\n    people.name,\n    best.net_minor / 100 as net_revenue\nfrom (\n    select customer_key, sum(revenue_minor) as net_minor\n    from fct_order_lines\n    where customer_key != 0 and not is_cancelled\n    group by customer_key\n    order by net_minor desc\n    limit 20\n) as best\nleft any join dim_customer as people on best.customer_key = people.customer_key\norder by net_revenue desc",
  },
  {
    title: "Days between two orders",
    words: "`lagInFrame` looks at the order before; its frame must be written out.",
    sql: `select\n    quantileExact(0.5)(days) as median_days,\n    count() as pauses\nfrom (\n    select\n        dateDiff('day', lagInFrame(ordered_on) over own, ordered_on) as days,\n        row_number() over own as place\n    from fct_orders\n    where customer_key != 0 and ${counted}\n    window own as (partition by customer_key order by placed_at rows between unbounded preceding and current row)\n)\nwhere place > 1`,
  },
  {
    title: "Share of revenue of the best tenth",
    words: "`ntile` makes ten equal groups of customers, the best first.",
    sql: "select\n    tenth,\n    count() as customers,\n    round(sum(net_minor) / sum(sum(net_minor)) over (), 3) as revenue_share\nfrom (\n    select\n        net_minor,\n        ntile(10) over (order by net_minor desc rows between unbounded preceding and unbounded following) as tenth\n    from (\n        select customer_key, sum(revenue_minor) as net_minor\n        from fct_order_lines\n        where customer_key != 0 and not is_cancelled\n        group by customer_key\n    )\n)\ngroup by tenth\norder by tenth",
  },
  {
    title: "Events by kind and month",
    words: "`countIf` turns kinds into columns in one pass over the events.",
    sql: "select\n    toStartOfMonth(event_on) as month,\n    countIf(event_type = 'view') as views,\n    countIf(event_type = 'cart_add') as carts,\n    countIf(event_type = 'purchase') as purchases\nfrom fct_events\ngroup by month\norder by month",
  },
  {
    title: "Sessions by hour of the day",
    words: "Instants are kept in UTC; `toHour` takes the zone to read them in. Put your shop's zone in place of UTC.",
    sql: "select\n    toHour(started_at, 'UTC') as hour,\n    count() as sessions,\n    round(countIf(purchase_count > 0) / count(), 3) as conversion\nfrom fct_sessions\ngroup by hour\norder by hour",
  },
  {
    title: "Sessions by channel",
    words: "The channel of a session is that of its first event that names one.",
    sql: "select\n    if(channel = '', '(unknown)', channel) as source,\n    count() as sessions,\n    countIf(purchase_count > 0) as purchasing,\n    round(avg(duration_seconds)) as mean_seconds\nfrom fct_sessions\ngroup by source\norder by sessions desc",
  },
  {
    title: "Products viewed and never ordered",
    words: "`not in` with a question of its own finds what is missing.",
    sql: "select\n    products.product_name,\n    count() as views\nfrom fct_events as events\nleft any join dim_product as products on events.product_key = products.product_key\nwhere events.event_type = 'view'\n    and events.product_key != 0\n    and events.product_key not in (select product_key from fct_order_lines)\ngroup by products.product_name\norder by views desc\nlimit 20",
  },
  {
    title: "Carts without a purchase",
    words: "`sum` over events of a session; a session with carts and no purchase was left.",
    sql: "select\n    started_on,\n    count() as sessions_with_cart,\n    countIf(purchase_count = 0) as left_behind\nfrom fct_sessions\nwhere cart_count > 0\ngroup by started_on\norder by started_on",
  },
  {
    title: "Refunds by product",
    words: "Returns are lines of negative quantity; the reason a sum can fall below zero.",
    sql: "select\n    products.product_name,\n    -sum(lines.quantity) as units_back,\n    -sum(lines.revenue_minor) / 100 as refunded\nfrom fct_order_lines as lines\nleft any join dim_product as products on lines.product_key = products.product_key\nwhere lines.is_return and not lines.is_cancelled\ngroup by products.product_name\norder by refunded desc\nlimit 20",
  },
  {
    title: "Margin by category",
    words: "The margin is null where a cost is not known, so its revenue is left out of the rate too.",
    sql: "select\n    products.category,\n    sum(lines.margin_minor) / 100 as margin,\n    round(sum(lines.margin_minor) / sumIf(lines.revenue_minor, lines.margin_minor is not null), 3) as margin_rate\nfrom fct_order_lines as lines\nleft any join dim_product as products on lines.product_key = products.product_key\nwhere not lines.is_cancelled\ngroup by products.category\nhaving margin is not null\norder by margin desc",
  },
  {
    title: "Products ordered together",
    words:
      "Orders against themselves; `<` counts each pair once. Of very many lines it takes long: prefer the analysis product-pairs.",
    sql: "select\n    a.product_key as one,\n    b.product_key as other,\n    uniqExact(a.order_key) as orders\nfrom fct_order_lines as a\ninner join fct_order_lines as b on a.order_key = b.order_key\nwhere a.product_key < b.product_key and a.quantity > 0 and b.quantity > 0 and a.product_key != 0\ngroup by one, other\norder by orders desc, one, other\nlimit 20",
  },
  {
    title: "Days without an order",
    words: "The calendar joins what happened; a day without a partner had nothing.",
    sql: `select day_on\nfrom agg_daily\nwhere day_on not in (select ordered_on from fct_orders where ${counted})\norder by day_on`,
  },
  {
    title: "Running total of revenue",
    words: "A window without an end adds up from the first day.",
    sql: "select\n    day_on,\n    net_minor / 100 as net_revenue,\n    sum(net_minor) over (order by day_on rows between unbounded preceding and current row) / 100 as so_far\nfrom (\n    select line_on as day_on, sum(revenue_minor) as net_minor\n    from fct_order_lines\n    where not is_cancelled\n    group by day_on\n)\norder by day_on",
  },
  {
    title: "Segments by RFM, from the view",
    words: "Views with customary names answer like the analyses; the data dictionary lists them.",
    sql: "select\n    rfm_segment,\n    count() as customers,\n    sum(monetary_minor) / 100 as net_revenue\nfrom vw_customer_rfm_scores\ngroup by rfm_segment\norder by net_revenue desc",
  },
  {
    title: "What was imported",
    words:
      "Every file is a batch; its highest version is its present state. Rows read are rows loaded, known before or refused.",
    sql: "select\n    batch_key,\n    argMax(source, version) as source,\n    argMax(state, version) as state,\n    argMax(read_rows, version) as read_rows,\n    argMax(rejected_rows, version) as rejected_rows\nfrom ops_batches\ngroup by batch_key\norder by batch_key",
  },
];
