// Curves of cumulative volume at one instant.

import type {Periods, SceneData} from './types';

/**
 * Cumulative volumes, one entry per curve. `open` is the best volume of reports without an upper bound; for a reconciled
 * curve it is a flag.
 */
export interface Sums { low: Float64Array; best: Float64Array; high: Float64Array; open: Float64Array }
export interface Range { low: number; best: number; high: number; open: number }

export function blank(n: number): Sums {
  return {low: new Float64Array(n), best: new Float64Array(n), high: new Float64Array(n), open: new Float64Array(n)};
}

/** The cumulative volume of [0, t) on curve `c` of the totals: at a step, what was there before it. */
export function curveAt({time, low, best, closed, open, offsets}: SceneData['spread'], c: number, t: number): Range {
  const first = offsets[c]!, end = offsets[c + 1]!;
  const k = firstAtOrAfter(time, t, first, end) - 1;
  if (k < first) return {low: 0, best: 0, high: 0, open: 0};
  const next = Math.min(k + 1, end - 1);
  const span = time[next]! - time[k]!;
  const part = span > 0 ? Math.min(1, (t - time[k]!) / span) : 0;
  // At a knot its own value, not one that misses it by a last bit.
  const mix = (column: Float64Array) => part === 1 ? column[next]! : column[k]! + part * (column[next]! - column[k]!);
  return {low: mix(low), best: mix(best), high: mix(closed), open: mix(open)};
}

/**
 * What a reconciled flow carried from one instant to another: nothing is known of when it grew between two of its moments,
 * so the least is that of the longest period inside, and the most that of the shortest around.
 */
export function within({time, low, high}: Periods, from: number, to: number): {low: number; high: number} {
  const n = time.length, row = (i: number, j: number): number => i * n - i * (i - 1) / 2 + j - i;
  const firstIn = firstAtOrAfter(time, from), lastIn = firstAfter(time, to) - 1;
  const around = Math.max(firstAfter(time, from) - 1, 0), after = firstAtOrAfter(time, to);
  return {
    low: firstIn < lastIn ? low[row(firstIn, lastIn)]! : 0,
    high: to <= from || after === 0 ? 0 : after >= n ? Infinity : high[row(around, after)]!
  };
}

function firstAfter(sorted: Float64Array, t: number): number {
  const at = firstAtOrAfter(sorted, t);
  return sorted[at] === t ? at + 1 : at;
}

/** Index of the first entry >= t within [first, end), or end. */
export function firstAtOrAfter(sorted: ArrayLike<number>, t: number, first = 0, end = sorted.length): number {
  let lo = first, hi = end;
  while (lo < hi) { const mid = (lo + hi) >> 1; if (sorted[mid]! < t) lo = mid + 1; else hi = mid; }
  return lo;
}
