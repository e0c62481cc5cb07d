// Volumes sampled on a grid of stops, for the GPU.

import {curveAt, firstAtOrAfter} from './curves';
import type {SceneData} from './types';
import type {Added} from './volumes';

/**
 * Cumulative volumes at `stops`. values[(stop * corridors + corridor) * channels]: best alone where nothing is in doubt
 * (channels 1), else low, best, high, open. `rate` is what totals add per second after each stop.
 */
export interface Grid {
  stops: Float64Array;
  channels: 1 | 4;
  values: Float32Array;
  rate: Float32Array | null;
}

/** Just after a step: far less than the second that knots lie apart, far more than the last bit of a float64 time. */
const AFTER = 1e-6;

export function gridOf(scene: SceneData, {low, best, high}: Added, certain: boolean, maxStops: number): Grid {
  const stops = knotTimes(scene, maxStops) ?? even(scene.seconds, maxStops);
  const n = scene.corridors.count;
  const channels = certain ? 1 : 4;
  const values = new Float32Array(stops.length * n * channels);
  if (certain) sampleLegs(scene, stops, best, values, 0, 1);
  else {
    const closed = (volume: number, i: number) => Number.isFinite(volume) ? volume : best[i]!;
    sampleLegs(scene, stops, low ?? best, values, 0, 4);
    sampleLegs(scene, stops, best, values, 1, 4);
    sampleLegs(scene, stops, high?.map(closed) ?? best, values, 2, 4);
    if (high) sampleLegs(scene, stops, high.map((volume, i) => Number.isFinite(volume) ? 0 : best[i]!), values, 3, 4);
    sampleSpread(scene, stops, values);
  }
  return {stops, channels, values, rate: scene.spread.time.length ? rates(scene, stops) : null};
}

/** Distinct times at which any curve bends; a step is two stops at one time. Null where there are too many. */
function knotTimes(scene: SceneData, most: number): Float64Array | null {
  const {legs, spread, seconds, corridors: {reconciled}} = scene;
  const bends = new Set<number>([0, seconds]);
  const steps = new Set<number>();
  for (let i = 0; i < legs.count; i++) {
    if (reconciled[legs.corridor[i]!]) continue;
    bends.add(legs.depart[i]!).add(legs.arrive[i]!);
    if (legs.depart[i] === legs.arrive[i]) steps.add(legs.depart[i]!);
    if (bends.size + steps.size > most) return null;
  }
  spread.time.forEach((x, i) => {
    if (x < 0 || x > seconds) return;
    bends.add(x);
    if (i && spread.time[i - 1] === x) steps.add(x);
  });
  return bends.size + steps.size > most ? null : Float64Array.from([...bends, ...steps]).sort();
}

/** One pass over the legs, whatever the number of stops: each leg is a ramp, summed as slope and intercept. */
function sampleLegs(
  scene: SceneData, stops: Float64Array, volume: Float32Array, values: Float32Array, channel: number, channels: number
): void {
  const {legs: {corridor, depart, arrive, count}, corridors: {count: n}} = scene;
  const m = stops.length;
  const level = new Float64Array((m + 1) * n), slope = new Float64Array((m + 1) * n);
  const uniform = isEven(stops), step = stops[m - 1]! / (m - 1);
  const after = (x: number) => uniform ? Math.min(m, Math.ceil(x / step - 1e-9)) : firstAtOrAfter(stops, x);
  for (let i = 0; i < count; i++) {
    const d = depart[i]!, a = arrive[i]!, v = volume[i]!, c = corridor[i]!;
    if (a > d) {
      const from = after(d) * n + c, to = after(a) * n + c, k = v / (a - d);
      slope[from]! += k; level[from]! -= k * d;
      slope[to]! -= k; level[to]! += k * d + v;
    } else level[(uniform ? Math.floor(d / step + 1e-9) + 1 : stepStop(stops, d)) * n + c]! += v;
  }
  for (let s = 0, at = 0; s < m; s++)
    for (let c = 0; c < n; c++, at++) {
      if (s) { level[at]! += level[at - n]!; slope[at]! += slope[at - n]!; }
      values[at * channels + channel] = level[at]! + slope[at]! * stops[s]!;
    }
}

function sampleSpread(scene: SceneData, stops: Float64Array, values: Float32Array): void {
  const {spread, corridors: {count: n}} = scene;
  for (let c = 0; c < n; c++) {
    if (spread.offsets[c + 1]! === spread.offsets[c]!) continue;
    stops.forEach((t, s) => {
      // The second of two stops at one time is the value just after the step.
      const range = curveAt(spread, c, stops[s - 1] === t ? t + AFTER : t), at = (s * n + c) * 4;
      values[at]! += range.low; values[at + 1]! += range.best; values[at + 2]! += range.high; values[at + 3]! += range.open;
    });
  }
}

function rates(scene: SceneData, stops: Float64Array): Float32Array {
  const {time, best, offsets} = scene.spread, n = scene.corridors.count;
  const rate = new Float32Array(stops.length * n);
  for (let c = 0; c < n; c++)
    for (let k = offsets[c]!; k + 1 < offsets[c + 1]!; k++) {
      const span = time[k + 1]! - time[k]!;
      if (span <= 0) continue;
      const from = firstAtOrAfter(stops, time[k]!), to = firstAtOrAfter(stops, time[k + 1]!);
      for (let s = from; s < to; s++) rate[s * n + c] = (best[k + 1]! - best[k]!) / span;
    }
  return rate;
}

function even(seconds: number, count: number): Float64Array {
  return Float64Array.from({length: count}, (_, i) => seconds * i / (count - 1));
}

function isEven(stops: Float64Array): boolean {
  const m = stops.length - 1;
  return m > 0 && stops.every((x, i) => Math.abs(x - stops[m]! * i / m) < 1e-6);
}

/** Of two stops at one time the second holds the value after the step. */
function stepStop(stops: Float64Array, t: number): number {
  const s = firstAtOrAfter(stops, t);
  return stops[s + 1] === t ? s + 1 : s;
}
