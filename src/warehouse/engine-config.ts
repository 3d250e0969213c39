import { availableParallelism, totalmem } from "node:os";
import { revocations } from "./personal-columns.ts";

/** Names and one-start passwords of the engine's users. */
export interface EngineSecrets {
  readonly appPassword: string;
  /** Of both who read: `reader` and `patient_reader`. */
  readonly readerPassword: string;
}

export interface EngineLimits {
  /** Most memory one query may use before it fails; it spills to disk at half of it. */
  readonly maxMemoryBytes: number;
}

export const databaseName = "cartwright";

/** 40 % of the memory this process may use: of the machine, or of its container when that is less. */
export function defaultMaxMemoryBytes(): number {
  const constrained = process.constrainedMemory() ?? 0;
  const available = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.max(512 * 1024 * 1024, Math.floor(available * 0.4));
}

type Settings = Readonly<Record<string, number>>;

/**
 * A larger set is not looked up in a table's order: to tell which ranges may hold one of 300,000 keys takes ten times as long as to read
 * the column (0.8 s and 0.08 s of 8 million events).
 */
export const setSettings: Settings = { use_index_for_in_with_subqueries_max_values: 10_000 };

/** How short questions are asked. The engine knows an order among those that have a priority, and none for the others. */
export const readerSettings: Settings = { priority: 1 };

/** How what may take long lets short questions go first: while one of them runs, each of its threads waits before a block of rows. */
export const patience: Settings = { priority: 2 };

/** At most so long at a time that a thread still reads two million rows a second; a server of others waits for a second unless told. */
const longestPauseMs = 25;

/** Where no row is read there is no waiting, so it never has all processors either; and as it waits for others it may take longer in all. */
export const patientReaderSettings = (): Settings => ({
  ...patience,
  max_threads: Math.max(1, Math.floor(availableParallelism() / 2)),
  max_execution_time: 300,
});

const settingsXml = (settings: Settings): string =>
  Object.entries(settings)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join("\n      ");

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/**
 * The engine's configuration: caches sized for a laptop, grants checked for everything, backups in one folder. A mask, for which a build
 * waits, goes before the merges of large files.
 */
export function engineConfigXml(paths: { users: string; backups: string }): string {
  return `<clickhouse>
  <users_config>${escapeXml(paths.users)}</users_config>
  <mark_cache_size>268435456</mark_cache_size>
  <primary_index_cache_size>134217728</primary_index_cache_size>
  <index_mark_cache_size>33554432</index_mark_cache_size>
  <mmap_cache_size>256</mmap_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_merges_mutations_scheduling_policy>shortest_task_first</background_merges_mutations_scheduling_policy>
  <background_schedule_pool_size>8</background_schedule_pool_size>
  <keep_alive_timeout>30</keep_alive_timeout>
  <access_control_improvements>
    <select_from_system_db_requires_grant>true</select_from_system_db_requires_grant>
    <select_from_information_schema_requires_grant>true</select_from_information_schema_requires_grant>
    <users_without_row_policies_can_read_rows>true</users_without_row_policies_can_read_rows>
    <table_engines_require_grant>true</table_engines_require_grant>
  </access_control_improvements>
  <backups><allowed_path>${escapeXml(paths.backups)}</allowed_path></backups>
</clickhouse>
`;
}

/**
 * The engine's users. `app` does everything; `reader` may only select from the warehouse but for what says who people are, so `file()`, `url()`, inserts
 * and system commands are refused by the engine itself; `patient_reader` may do the same and lets `reader` go first; `default`,
 * which runs the listener, may do nothing else.
 */
export function engineUsersXml(secrets: EngineSecrets, limits: EngineLimits): string {
  const half = Math.floor(limits.maxMemoryBytes / 2);
  const loopback = "<networks><ip>127.0.0.1</ip></networks>";
  const reading = `<quota>default</quota>
      <grants>
        <query>GRANT SELECT, SHOW ON ${databaseName}.*</query>
        ${revocations(databaseName)
          .map((statement) => `<query>${statement}</query>`)
          .join("\n        ")}
        <query>GRANT SELECT ON system.parts_columns</query>
        <query>GRANT SELECT ON system.columns</query>
        <query>GRANT SELECT ON system.one</query>
        <query>GRANT SELECT ON system.numbers</query>
      </grants>`;
  const readerPassword = `<password>${escapeXml(secrets.readerPassword)}</password>`;
  return `<clickhouse>
  <profiles>
    <default>
      <max_memory_usage>${limits.maxMemoryBytes}</max_memory_usage>
      <max_bytes_before_external_group_by>${half}</max_bytes_before_external_group_by>
      <max_bytes_before_external_sort>${half}</max_bytes_before_external_sort>
      <output_format_json_quote_64bit_integers>1</output_format_json_quote_64bit_integers>
      <output_format_json_quote_decimals>1</output_format_json_quote_decimals>
      <output_format_json_quote_denormals>1</output_format_json_quote_denormals>
      <distributed_product_mode>global</distributed_product_mode>
      <use_hedged_requests>0</use_hedged_requests>
      <join_use_nulls>0</join_use_nulls>
      <allow_statistics_optimize>0</allow_statistics_optimize>
      <low_priority_query_wait_time_ms>${longestPauseMs}</low_priority_query_wait_time_ms>
      ${settingsXml(setSettings)}
    </default>
    <listener><profile>default</profile></listener>
    <reader>
      <profile>default</profile>
      <readonly>1</readonly>
      <max_execution_time>120</max_execution_time>
      <cancel_http_readonly_queries_on_client_close>1</cancel_http_readonly_queries_on_client_close>
      <http_wait_end_of_query>1</http_wait_end_of_query>
      <http_response_buffer_size>1048576</http_response_buffer_size>
      ${settingsXml(readerSettings)}
    </reader>
    <patient_reader>
      <profile>reader</profile>
      ${settingsXml(patientReaderSettings())}
    </patient_reader>
  </profiles>
  <quotas><default/></quotas>
  <users>
    <default>
      <password></password>${loopback}<profile>listener</profile><quota>default</quota>
      <grants><query>GRANT SYSTEM LISTEN ON *.*</query></grants>
    </default>
    <app>
      <password>${escapeXml(secrets.appPassword)}</password>${loopback}<profile>default</profile><quota>default</quota>
      <access_management>1</access_management>
    </app>
    <reader>
      ${readerPassword}${loopback}<profile>reader</profile>${reading}
    </reader>
    <patient_reader>
      ${readerPassword}${loopback}<profile>patient_reader</profile>${reading}
    </patient_reader>
  </users>
</clickhouse>
`;
}
