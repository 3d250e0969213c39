-- Grain: one user agent of a known robot among the events that are being marked; a step of an import and of a build.
create table if not exists robot_agents (
    user_agent String
)
engine = MergeTree
order by user_agent
