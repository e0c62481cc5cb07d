// Curves of cumulative volume at one instant.

import type {SceneData} from './types';

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
 * What a reconciled flow carried between two instants. The range at either end is not that of one known history, so
 * the least is the later low less the earlier high, and the most the later high less the earlier low.
 */
export function within(now: Range, before: Range): Range {
  const best = now.best - before.best;
  return {
    low: before.open > 0 ? 0 : Math.max(0, now.low - before.high), best,
    high: now.open > 0 ? best : now.high - before.low, open: now.open
  };
}

/** Index of the first entry >= t within [first, end), or end. */
export function firstAtOrAfter(sorted: ArrayLike<number>, t: number, first = 0, end = sorted.length): number {
  let lo = first, hi = end;
  while (lo < hi) { const mid = (lo + hi) >> 1; if (sorted[mid]! < t) lo = mid + 1; else hi = mid; }
  return lo;
}
