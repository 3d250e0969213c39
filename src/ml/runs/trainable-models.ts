import { modelNames } from "../../config/model-names.ts";

export const trainableModels = modelNames;
export type TrainableModel = (typeof trainableModels)[number];
