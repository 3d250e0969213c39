/** Analyses that a workspace brings along, beside the built-in ones. */
export {
  findAnalysisIn,
  isAnalysisName,
  type OwnAnalyses,
  type OwnFault,
  type OwnHome,
  ownNames,
  readOwnAnalyses,
  readOwnAnalysis,
} from "./read-own.ts";
export { writeTemplate } from "./template.ts";
