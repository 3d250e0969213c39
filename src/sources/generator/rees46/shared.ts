/** Arrays that worker threads see without a copy. */

export const sharedFloats = (count: number) => new Float64Array(new SharedArrayBuffer(count * 8));
export const sharedWords = (count: number) => new Uint32Array(new SharedArrayBuffer(count * 4));
export const sharedBytes = (count: number) => new Uint8Array(new SharedArrayBuffer(count));

/** A shared copy of some numbers. */
export function shareFloats(values: ArrayLike<number>): Float64Array {
  const shared = sharedFloats(values.length);
  shared.set(values);
  return shared;
}
