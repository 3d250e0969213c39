/** The loops that training spends its time in: WebAssembly SIMD where the machine has it, else the same in JavaScript. */
import { kernelBytes } from "./kernel-bytes.ts";

/** Bins a feature can have; bin 0 holds missing values. */
export const binCount = 256;
/** Bytes of one feature's histogram: a pair of doubles (sum of gradients, sum of hessians) a bin. */
export const histogramBytes = binCount * 16;

/**
 * Works on one memory by byte offsets. `bins` is row-major (a byte a row and feature), `pairs` two doubles a row, `rows`
 * 32-bit row numbers. Both implementations add in the same order, so their results are equal to the last bit.
 */
export interface Kernel {
  readonly memory: ArrayBuffer;
  /** Adds the pairs of `rowCount` rows to the cells their bins name. */
  readonly addToHistogram: (
    bins: number,
    featureCount: number,
    pairs: number,
    rows: number,
    rowCount: number,
    histogram: number,
  ) => void;
  /** whole -= part. */
  readonly subtractHistogram: (whole: number, part: number, byteCount: number) => void;
  /** Puts the rows whose bin has a 1 in the 256 bytes at `goesLeft` first, both sides in their old order; returns their count. */
  readonly partitionRows: (
    bins: number,
    featureCount: number,
    feature: number,
    goesLeft: number,
    rows: number,
    rowCount: number,
    spare: number,
  ) => number;
}

const pageBytes = 65_536;

/** As much of the WebAssembly interface as is used: the server's library of types has none. */
interface WebAssemblyInterface {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (descriptor: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: object } },
  ) => { readonly exports: Omit<Kernel, "memory"> };
}

const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: WebAssemblyInterface };

/**
 * A kernel with a memory of its own.
 *
 * @param byteCount room needed, up to 4 GB
 * @param implementation `javascript` forces the fallback; `fastest` takes it only where WebAssembly SIMD is missing
 */
export function createKernel(byteCount: number, implementation: "fastest" | "javascript" = "fastest"): Kernel {
  if (implementation === "fastest") {
    const module = compiled();
    if (module) return webAssemblyKernel(module, byteCount);
  }
  return javascriptKernel(new ArrayBuffer(byteCount));
}

/** Null on a machine whose WebAssembly has no SIMD. */
function compiled(): object | null {
  const bytes = Buffer.from(kernelBytes, "base64");
  return wasm.validate(bytes) ? new wasm.Module(bytes) : null;
}

function webAssemblyKernel(module: object, byteCount: number): Kernel {
  const memory = new wasm.Memory({ initial: Math.ceil(byteCount / pageBytes) });
  const { exports } = new wasm.Instance(module, { env: { memory } });
  return { ...exports, memory: memory.buffer };
}

function javascriptKernel(memory: ArrayBuffer): Kernel {
  const bytes = new Uint8Array(memory);
  const doubles = new Float64Array(memory, 0, memory.byteLength >> 3);
  const words = new Uint32Array(memory, 0, memory.byteLength >> 2);
  return {
    memory,
    addToHistogram(bins, featureCount, pairs, rows, rowCount, histogram) {
      const cells = histogram / 8;
      for (let at = rows / 4; at < rows / 4 + rowCount; at += 1) {
        const row = words[at]!;
        const gradient = doubles[pairs / 8 + row * 2]!;
        const hessian = doubles[pairs / 8 + row * 2 + 1]!;
        const first = bins + row * featureCount;
        for (let feature = 0; feature < featureCount; feature += 1) {
          const cell = cells + (feature * binCount + bytes[first + feature]!) * 2;
          doubles[cell] = doubles[cell]! + gradient;
          doubles[cell + 1] = doubles[cell + 1]! + hessian;
        }
      }
    },
    subtractHistogram(whole, part, byteCount) {
      for (let offset = 0; offset < byteCount / 8; offset += 1) {
        doubles[whole / 8 + offset] = doubles[whole / 8 + offset]! - doubles[part / 8 + offset]!;
      }
    },
    partitionRows(bins, featureCount, feature, goesLeft, rows, rowCount, spare) {
      let left = rows / 4;
      let right = spare / 4;
      for (let at = rows / 4; at < rows / 4 + rowCount; at += 1) {
        const row = words[at]!;
        const isLeft = bytes[goesLeft + bytes[bins + row * featureCount + feature]!]!;
        words[left] = row;
        words[right] = row;
        left += isLeft;
        right += 1 - isLeft;
      }
      words.copyWithin(left, spare / 4, right);
      return left - rows / 4;
    },
  };
}
