/**
 * xoshiro128** 1.1, a 32-bit generator of period 2^128 - 1.
 *
 * Plain JavaScript because worker threads load it as it stands, from `src` under the tests and from `dist` when compiled.
 * Not for secrets: its outputs can be predicted.
 *
 * @see Blackman and Vigna (2021), "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47(4);
 *   reference code: https://prng.di.unimi.it/xoshiro128starstar.c
 */

const GOLDEN = 0x9e3779b9;

/**
 * A bijection of 32-bit words in which every input bit moves every output bit: the finaliser of MurmurHash3 (Appleby, public domain).
 *
 * @param {number} word any 32-bit integer
 * @returns {number} a signed 32-bit integer
 */
export function mix32(word) {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The generator. Its state lives in a typed array, which keeps the engine from boxing 32-bit words. */
export class Xoshiro128 {
  constructor() {
    /** @type {Int32Array} */
    this.state = new Int32Array(4);
  }

  /**
   * Sets the four words of state; they must not all be zero.
   *
   * @param {number} s0
   * @param {number} s1
   * @param {number} s2
   * @param {number} s3
   * @returns {Xoshiro128} itself
   */
  setState(s0, s1, s2, s3) {
    const s = this.state;
    s[0] = s0;
    s[1] = s1;
    s[2] = s2;
    s[3] = s3;
    return this;
  }

  /**
   * Starts the sequence named by a seed and two coordinates (say a cell and a number within it). Different coordinates
   * never share a state: for one seed, (s0, s1) is a one-to-one function of them.
   *
   * @param {number} seed 32-bit integer
   * @param {number} [first] 32-bit integer
   * @param {number} [second] 32-bit integer
   * @returns {Xoshiro128} itself
   */
  reseed(seed, first = 0, second = 0) {
    const s = this.state;
    const s0 = mix32(mix32(seed ^ 0x2545f491) + Math.imul(first, GOLDEN));
    const s1 = mix32(s0 + Math.imul(second, GOLDEN) + 0x3c6ef372);
    const s2 = mix32(s1 + GOLDEN);
    s[0] = s0;
    s[1] = s1;
    s[2] = s2;
    s[3] = mix32(s2 ^ s0) | 1;
    return this;
  }

  /** @returns {number} an integer in [0, 2^32) */
  uint32() {
    const s = this.state;
    const s1 = s[1];
    const times5 = Math.imul(s1, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9);
    const s2 = s[2] ^ s[0];
    const s3 = s[3] ^ s1;
    s[1] = s1 ^ s2;
    s[0] ^= s3;
    s[2] = s2 ^ (s1 << 9);
    s[3] = (s3 << 11) | (s3 >>> 21);
    return result >>> 0;
  }

  /** @returns {number} a multiple of 2^-32 in [0, 1) */
  uniform() {
    return this.uint32() * 2.3283064365386963e-10;
  }
}
