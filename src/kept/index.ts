/** What people keep on the dashboard: saved views, start pages, viewpoints, annotations, boards, queries. */
export { type Annotation, annotations } from "./annotation.ts";
export { type AutomaticAnnotation, automaticAnnotations } from "./automatic.ts";
export { type Board, type BoardCard, boards, parseBoardCard } from "./board.ts";
export {
  deleteKept,
  findKept,
  type Kept,
  type KeptKind,
  listKept,
  parseKept,
  readKept,
  saveKept,
  type Writing,
} from "./journal.ts";
export type { Place } from "./place.ts";
export { placeFields } from "./place.ts";
export { type SavedQuery, savedQueries } from "./query.ts";
export { type StartPage, startOf, startPages } from "./start-page.ts";
export { type SavedView, savedViews, titleField } from "./view.ts";
export { type ViewpointName, viewpointNames, viewpointOf, viewpoints } from "./viewpoint.ts";
