/** SQL functions that read out of an event's properties who made it. */

/** The user agent, under the names that sources give it; empty where none is told. */
const userAgentFunction = `create or replace function user_agent_of as (properties) -> if(
    not match(properties, '(?i)"(http_)?user[ _-]?agent"'), '',
    arrayFirst(pair -> match(pair.1, '(?i)^(http_)?user[ _-]?agent$') and pair.2 != '', JSONExtractKeysAndValues(properties, 'String')).2)`;

const isTrue = (...path: readonly string[]): string =>
  `JSONExtractRaw(properties, ${path.map((name) => `'${name}'`).join(", ")}) in ('true', '1', '"true"', '"1"')`;

/**
 * Whether its source says that an event is a test: `is_test`, or `test` of the context; Google Analytics' `debug_mode` and `debug_event`,
 * and its `traffic_type` of a company's own people.
 */
const saysTestFunction = `create or replace function says_test as (properties) -> match(properties, '"(is_test|test|debug_mode|debug_event|traffic_type)"') and (
    ${isTrue("is_test")} or ${isTrue("context", "test")} or ${isTrue("debug_mode")} or ${isTrue("debug_event")}
    or JSONExtractString(properties, 'traffic_type') in ('internal', 'developer'))`;

export const trafficFunctions: readonly string[] = [userAgentFunction, saysTestFunction];
