/** Simulated shoppers: for demos and for load. */
export { loopbackOrigin } from "./loopback.ts";
export { type Simulation, type SimulationSummary, simulate } from "./simulate.ts";
