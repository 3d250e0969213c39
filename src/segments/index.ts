/** Segments: named, saved definitions of customers. */
export type { CompiledSegment } from "./compile.ts";
export { parseRule, type Rule, type SegmentDefinition } from "./definition.ts";
export { segmentFilter } from "./filter.ts";
export { deleteSegment, findSegment, findSegments, listSegments, type Segment, saveSegment } from "./journal.ts";
export {
  isInSegment,
  memberColumns,
  type SegmentSize,
  segmentMembers,
  segmentSize,
  segmentSizes,
  streamMemberIds,
  streamMembers,
} from "./members.ts";
