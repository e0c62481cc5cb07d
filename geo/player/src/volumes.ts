// Volumes per corridor at any moment: exact on the CPU, and sampled on a grid for the GPU.

import type {Moment, PlayMode, SceneData, Stretch} from './types';

/** Cumulative volume of every corridor at one instant. `open` is the best volume of reports without an upper bound. */
interface Sums { low: Float64Array; best: Float64Array; high: Float64Array; open: Float64Array }

/**
 * Cumulative volumes at `stops`, for the GPU. values[(stop * corridors + corridor) * channels]: best alone where
 * nothing is in doubt (channels 1), else low, best, high, open. `rate` is what totals add per second after each stop.
 */
export interface Grid {
  stops: Float64Array;
  channels: 1 | 4;
  values: Float32Array;
  rate: Float32Array | null;
}

export class Volumes {
  readonly certain: boolean;
  private readonly low: Float32Array | null = null;
  private readonly high: Float32Array | null = null;
  private readonly onward: Uint8Array | null = null;

  constructor(private readonly scene: SceneData) {
    const {doubt, best, onward, count} = scene.legs;
    this.certain = doubt.leg.length === 0 && scene.spread.time.length === 0;
    if (doubt.leg.length) {
      this.low = best.slice();
      this.high = best.slice();
      doubt.leg.forEach((leg, i) => { this.low![leg] = doubt.low[i]!; this.high![leg] = doubt.high[i]!; });
    }
    if (onward.length) {
      this.onward = new Uint8Array(count);
      for (const leg of onward) this.onward[leg] = 1;
    }
  }

  /** Everything that a picture says at `t`, within `stretch`. Exact. */
  moment(t: number, stretch: Stretch, mode: PlayMode): Moment {
    const {scene} = this;
    const n = scene.corridors.count;
    const repeated = new Float64Array(3);
    const at = this.sums(stretch.to, 1, blank(n), repeated);
    if (stretch.from > 0) this.sums(stretch.from, -1, at, repeated);
    const width = new Float64Array(n);
    const sum = {low: -repeated[0]!, best: -repeated[1]!, high: -repeated[2]!};
    let visible = 0;
    for (let c = 0; c < n; c++) {
      if (at.open[c]! > 1e-9) at.high[c] = Infinity;
      clampDust(at, c);
      width[c] = this.width(at.best[c]!, at.high[c]!);
      if (width[c]! > 0) visible++;
      sum.low += at.low[c]!; sum.best += at.best[c]!; sum.high += at.high[c]!;
    }
    const behind = reportsBehind(scene, width);
    return {t, stretch, mode, low: at.low, best: at.best, high: at.high, width, sum, visible, ...behind};
  }

  /** px of the body of an arc; 0 where nothing has been carried. */
  width(best: number, high: number): number {
    const {perUnit, floor} = this.scene.style;
    return best > 0 || high > 0 ? Math.max(floor, best * perUnit) : 0;
  }

  /**
   * Adds `sign` times the cumulative volumes of [0, t) to `into`: a step at the very instant t is not yet in. Onward legs
   * are summed up in `repeated` (low, best, high).
   */
  private sums(t: number, sign: number, into: Sums, repeated: Float64Array): Sums {
    const {corridor, depart, arrive, best, count} = this.scene.legs;
    const {low, high, onward, scene} = this;
    for (let i = 0; i < count && depart[i]! < t; i++) {
      const span = arrive[i]! - depart[i]!;
      const part = sign * (span > 0 ? Math.min(1, (t - depart[i]!) / span) : 1);
      const c = corridor[i]!;
      const b = part * best[i]!;
      into.best[c]! += b;
      const l = low ? part * low[i]! : b;
      into.low[c]! += l;
      let h = high ? part * high[i]! : b;
      if (!Number.isFinite(h)) { into.open[c]! += b; h = b; }
      into.high[c]! += h;
      if (onward && onward[i]) { repeated[0]! += l; repeated[1]! += b; repeated[2]! += h; }
    }
    const {offsets} = scene.spread;
    for (let c = 0; c < scene.corridors.count; c++)
      if (offsets[c + 1]! > offsets[c]!) this.addSpread(c, t, sign, into);
    return into;
  }

  private addSpread(c: number, t: number, sign: number, into: Sums): void {
    const {time, low, best, closed, open, offsets} = this.scene.spread;
    const first = offsets[c]!, end = offsets[c + 1]!;
    const k = firstAtOrAfter(time, t, first, end) - 1;
    if (k < first) return;
    const next = Math.min(k + 1, end - 1);
    const span = time[next]! - time[k]!;
    const part = span > 0 ? Math.min(1, (t - time[k]!) / span) : 0;
    const mix = (column: Float64Array) => sign * (column[k]! + part * (column[next]! - column[k]!));
    into.low[c]! += mix(low);
    into.best[c]! += mix(best);
    into.high[c]! += mix(closed);
    into.open[c]! += mix(open);
  }

  /** Samples for the GPU: at every knot where `maxStops` allows (then the GPU is exact too), else evenly. */
  grid(maxStops: number): Grid {
    const {scene} = this;
    const stops = this.knotTimes(maxStops) ?? even(scene.seconds, maxStops);
    const n = scene.corridors.count;
    const channels = this.certain ? 1 : 4;
    const values = new Float32Array(stops.length * n * channels);
    const {best} = scene.legs;
    if (this.certain) this.sampleLegs(stops, best, values, 0, 1);
    else {
      const closed = (high: number, i: number) => Number.isFinite(high) ? high : best[i]!;
      this.sampleLegs(stops, this.low ?? best, values, 0, 4);
      this.sampleLegs(stops, best, values, 1, 4);
      this.sampleLegs(stops, this.high?.map(closed) ?? best, values, 2, 4);
      if (this.high) this.sampleLegs(stops, this.high.map((high, i) => Number.isFinite(high) ? 0 : best[i]!), values, 3, 4);
      this.sampleSpread(stops, values);
    }
    return {stops, channels, values, rate: scene.spread.time.length ? this.rates(stops, n) : null};
  }

  /** Distinct times at which any curve bends; a step is two stops at one time. Null where there are too many. */
  private knotTimes(most: number): Float64Array | null {
    const {legs, spread, seconds} = this.scene;
    const bends = new Set<number>([0, seconds]);
    const steps = new Set<number>();
    for (let i = 0; i < legs.count; i++) {
      bends.add(legs.depart[i]!).add(legs.arrive[i]!);
      if (legs.depart[i] === legs.arrive[i]) steps.add(legs.depart[i]!);
      if (bends.size + steps.size > most) return null;
    }
    spread.time.forEach((x, i) => { bends.add(x); if (i && spread.time[i - 1] === x) steps.add(x); });
    return bends.size + steps.size > most ? null : Float64Array.from([...bends, ...steps]).sort();
  }

  /** One pass over the legs, whatever the number of stops: each leg is a ramp, summed as slope and intercept. */
  private sampleLegs(stops: Float64Array, volume: Float32Array, values: Float32Array, channel: number, channels: number): void {
    const {legs: {corridor, depart, arrive, count}, corridors: {count: n}} = this.scene;
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

  private sampleSpread(stops: Float64Array, values: Float32Array): void {
    const n = this.scene.corridors.count;
    const {offsets} = this.scene.spread;
    stops.forEach((t, s) => {
      // The second of two stops at one time is the value just after the step.
      const at = blank(n), when = stops[s - 1] === t ? t + 1e-6 : t;
      for (let c = 0; c < n; c++) {
        if (offsets[c + 1]! === offsets[c]!) continue;
        this.addSpread(c, when, 1, at);
        [at.low, at.best, at.high, at.open].forEach((column, k) => { values[(s * n + c) * 4 + k]! += column[c]!; });
      }
    });
  }

  private rates(stops: Float64Array, n: number): Float32Array {
    const {time, best, offsets} = this.scene.spread;
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

  /** Volume added in each of `bins` equal parts of the span, each shipment counted once. */
  histogram(bins: number): Float64Array {
    const {legs, spread, seconds, corridors} = this.scene;
    const added = new Float64Array(bins);
    const share = bins / seconds;
    const ramp = (from: number, to: number, volume: number) => {
      const first = Math.min(bins - 1, Math.floor(from * share)), last = Math.min(bins - 1, Math.floor(to * share));
      if (first === last) { added[first]! += volume; return; }
      for (let b = first; b <= last; b++)
        added[b]! += volume * (Math.min(to, (b + 1) / share) - Math.max(from, b / share)) / (to - from);
    };
    for (let i = 0; i < legs.count; i++)
      if (!this.onward?.[i]) ramp(legs.depart[i]!, legs.arrive[i]!, legs.best[i]!);
    for (let c = 0; c < corridors.count; c++)
      for (let k = spread.offsets[c]!; k + 1 < spread.offsets[c + 1]!; k++)
        ramp(spread.time[k]!, spread.time[k + 1]!, spread.best[k + 1]! - spread.best[k]!);
    return added;
  }
}

function blank(n: number): Sums {
  return {low: new Float64Array(n), best: new Float64Array(n), high: new Float64Array(n), open: new Float64Array(n)};
}

/** What is left of a difference of equal sums is rounding, not containers. */
function clampDust(at: Sums, c: number): void {
  for (const column of [at.low, at.best, at.high]) if (column[c]! < 1e-6) column[c] = 0;
}

function reportsBehind(scene: SceneData, width: Float64Array): {reports: number; claimants: number} {
  const shown = scene.reports.filter((report) => report.corridors.some((c) => width[c]! > 0));
  return {reports: shown.length, claimants: new Set(shown.map((report) => report.claimant).filter(Boolean)).size};
}

function even(seconds: number, count: number): Float64Array {
  return Float64Array.from({length: count}, (_, i) => seconds * i / (count - 1));
}

function isEven(stops: Float64Array): boolean {
  const m = stops.length - 1;
  return m > 0 && stops.every((x, i) => Math.abs(x - stops[m]! * i / m) < 1e-6);
}

/** Index of the first entry >= t within [first, end), or end. */
export function firstAtOrAfter(sorted: ArrayLike<number>, t: number, first = 0, end = sorted.length): number {
  let lo = first, hi = end;
  while (lo < hi) { const mid = (lo + hi) >> 1; if (sorted[mid]! < t) lo = mid + 1; else hi = mid; }
  return lo;
}

/** Of two stops at one time the second holds the value after the step. */
function stepStop(stops: Float64Array, t: number): number {
  const s = firstAtOrAfter(stops, t);
  return stops[s + 1] === t ? s + 1 : s;
}
