// Volumes per corridor at any moment, exact; grid.ts samples them for the GPU.

import type {Band} from './band';
import {hasBegun, topAt} from './bounds';
import {coursesOf, curveBand, spreadOver} from './courses';
import {blank, curveAt, within, type Range, type Sums} from './curves';
import {gridOf, type Grid} from './grid';
import type {Moment, PlayMode, SceneData, Stretch} from './types';

/** What each leg adds to its corridor: nothing where totals were reconciled, whose range already holds it. */
export interface Added { low: Float32Array | null; best: Float32Array; high: Float32Array | null }

/** What subtracting leaves of a sum that is nothing, as a share of it. */
const DUST = 1e-9;

export class Volumes {
  /** Nothing is in doubt, so one number a corridor is enough. */
  readonly certain: boolean;
  private readonly added: Added;
  private readonly onward: Uint8Array | null = null;

  constructor(private readonly scene: SceneData) {
    const {doubt, onward, count, corridor} = scene.legs, {counted} = scene.corridors;
    this.certain = doubt.leg.length === 0 && scene.spread.time.length === 0;
    this.added = addedBy(scene);
    if (onward.length) {
      this.onward = new Uint8Array(count);
      for (const leg of onward) this.onward[leg] = counted[corridor[leg]!]!;
    }
  }

  /** Everything that a picture says at `t`, within `stretch`. */
  moment(t: number, stretch: Stretch, mode: PlayMode): Moment {
    const {scene} = this, {counted, contested, about} = scene.corridors;
    const n = scene.corridors.count;
    const repeated = new Float64Array(4);
    const at = this.sums(stretch.to, 1, blank(n), repeated);
    if (stretch.from > 0) this.sums(stretch.from, -1, at, repeated);
    // A reconciled flow may have begun before the scene, and a stretch from its start on holds that too.
    const since = mode === 'window' && stretch.from > 0 ? stretch.from : null;
    this.reconciled(since, stretch.to, at);
    const width = new Float64Array(n), disputed = new Uint8Array(n), top = new Float64Array(n);
    const {lead} = scene;
    const sum = {low: -repeated[0]!, best: -repeated[1]!, high: -repeated[2]!, contested: false, top: 0, about: true};
    let open = -repeated[3]!;
    let visible = 0, apart = 0;
    for (let c = 0; c < n; c++) {
      if (counted[c]) { sum.high += at.high[c]!; open += at.open[c]!; }
      if (at.open[c]! > 1e-9) at.high[c] = Infinity;
      clampDust(at, c);
      width[c] = this.width(at.best[c]!, at.high[c]!);
      if (width[c]! > 0) {
        visible++;
        if (lead < 0 ? !counted[c] : c !== lead && !scene.corridors.inside[c]!.includes(lead)) apart++;
      }
      if (width[c]! > 0 && contested[c]! <= stretch.to) {
        disputed[c] = 1;
        top[c] = topAt(scene, c, since, stretch.to, at.low[c]!, at.high[c]!);
      }
      if (!counted[c]) continue;
      if (width[c]! > 0) sum.about &&= about[c] === 1;
      sum.low += at.low[c]!; sum.best += at.best[c]!;
    }
    if (open > DUST * Math.max(1, sum.best)) sum.high = Infinity;
    if (lead >= 0)
      Object.assign(sum, {low: at.low[lead]!, best: at.best[lead]!, high: at.high[lead]!, contested: disputed[lead] === 1, top: top[lead]!, about: about[lead] === 1});
    const zero = this.atZero(stretch.to, since, width);
    return {t, stretch, mode, low: at.low, best: at.best, high: at.high, contested: disputed, top, width, sum, visible, apart, zero, about, ...reportsBehind(scene, width, zero)};
  }

  /** Corridors of the sum on which nothing moved because a report says so: those of the lead, or a leg in the stretch. */
  private atZero(to: number, since: number | null, width: Float64Array): Uint8Array {
    const {legs: {corridor, depart, arrive, count}, corridors: {counted}, spread, lead} = this.scene;
    const zero = new Uint8Array(width.length);
    if (lead >= 0) {
      zero[lead] = Number(width[lead]! === 0 && hasBegun(this.scene, lead, to));
      return zero;
    }
    for (let i = 0; i < count && depart[i]! < to; i++)
      if (since === null || depart[i]! >= since || arrive[i]! > since) zero[corridor[i]!] = 1;
    for (let c = 0; c < zero.length; c++) {
      for (let k = spread.offsets[c]!; k < spread.offsets[c + 1]!; k++)
        if (spread.time[k]! < to && (since === null || spread.time[k]! > since)) zero[c] = 1;
      if (!counted[c] || width[c]! > 0) zero[c] = 0;
    }
    return zero;
  }

  /** px of the body of an arc; 0 where nothing has been carried. */
  width(best: number, high: number): number {
    const {perUnit, floor} = this.scene.style;
    return best > 0 || high > 0 ? Math.max(floor, best * perUnit) : 0;
  }

  /**
   * Adds `sign` times the cumulative volumes of [0, t) to `into`: a step at the very instant t is not yet in. Onward legs
   * are summed up in `repeated` (low, best, high, open). Reconciled corridors are left out: their ranges do not subtract.
   */
  private sums(t: number, sign: number, into: Sums, repeated: Float64Array): Sums {
    const {corridor, depart, arrive, count} = this.scene.legs;
    const {onward, scene, added: {low, best, high}} = this;
    for (let i = 0; i < count && depart[i]! < t; i++) {
      const span = arrive[i]! - depart[i]!;
      const part = sign * (span > 0 ? Math.min(1, (t - depart[i]!) / span) : 1);
      const c = corridor[i]!;
      const b = part * best[i]!;
      into.best[c]! += b;
      const l = low ? part * low[i]! : b;
      into.low[c]! += l;
      let h = high ? part * high[i]! : b;
      const open = Number.isFinite(h) ? 0 : b;
      if (open) h = b;
      into.open[c]! += open;
      into.high[c]! += h;
      if (onward && onward[i]) { repeated[0]! += l; repeated[1]! += b; repeated[2]! += h; repeated[3]! += open; }
    }
    const vague = curveAt(scene.again, 0, t);
    [vague.low, vague.best, vague.high, vague.open].forEach((value, i) => { repeated[i]! += sign * value; });
    const {offsets} = scene.spread, {reconciled} = scene.corridors;
    for (let c = 0; c < scene.corridors.count; c++) {
      if (offsets[c + 1]! === offsets[c]! || reconciled[c]) continue;
      const range = curveAt(scene.spread, c, t);
      into.low[c]! += sign * range.low;
      into.best[c]! += sign * range.best;
      into.high[c]! += sign * range.high;
      into.open[c]! += sign * range.open;
    }
    return into;
  }

  private reconciled(from: number | null, to: number, into: Sums): void {
    const {reconciled, count} = this.scene.corridors;
    for (let c = 0; c < count; c++) {
      if (!reconciled[c]) continue;
      const range = this.between(c, from, to);
      into.low[c] = range.low; into.best[c] = range.best; into.high[c] = range.high; into.open[c] = range.open;
    }
  }

  /** The range of a reconciled curve up to an instant, or from another one to it. */
  private between(curve: number, from: number | null, to: number): Range {
    const {spread, periods} = this.scene, now = curveAt(spread, curve, to);
    if (from === null) return now;
    const {low, high} = within(periods.get(curve)!, from, to);
    const best = Math.min(Math.max(now.best - curveAt(spread, curve, from).best, low), high);
    return Number.isFinite(high) ? {low, best, high, open: 0} : {low, best, high: best, open: 1};
  }

  /** Samples for the GPU: at every knot where `maxStops` allows (then the GPU is exact too), else evenly. */
  grid(maxStops: number): Grid {
    return gridOf(this.scene, this.added, this.certain, maxStops);
  }

  /** The cumulative range of what the words tell: at the bends of the lead's curve, else at `parts` even times. */
  band(parts: number): Band {
    return this.scene.lead >= 0 ? curveBand(this.scene, this.scene.lead) : this.sumBand(parts);
  }

  /** How each of these corridors grew over the span. */
  courses(corridors: readonly number[], parts: number): Map<number, Band> {
    return coursesOf(this.scene, this.added, corridors, parts);
  }

  /** Legs are summed up in bins, so that a million cost one pass. */
  private sumBand(parts: number): Band {
    const {legs, spread, again, seconds, corridors: {counted, count}} = this.scene, {added} = this;
    const sums = Array.from({length: 4}, () => new Float64Array(parts + 1)) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const ramp = (from: number, to: number, amounts: readonly number[]): void =>
      sums.forEach((into, i) => spreadOver(into, from / seconds * parts, to / seconds * parts, amounts[i]!));
    for (let i = 0; i < legs.count; i++) {
      if (!counted[legs.corridor[i]!] || this.onward?.[i]) continue;
      const best = added.best[i]!, low = added.low ? added.low[i]! : best, high = added.high ? added.high[i]! : best;
      ramp(legs.depart[i]!, legs.arrive[i]!, high === Infinity ? [low, best, best, best] : [low, best, high, 0]);
    }
    const curve = ({time, low, best, closed, open, offsets}: SceneData['spread'], c: number, sign: number): void => {
      for (let k = offsets[c]!; k + 1 < offsets[c + 1]!; k++)
        ramp(time[k]!, time[k + 1]!, [low, best, closed, open].map((column) => sign * (column[k + 1]! - column[k]!)));
    };
    for (let c = 0; c < count; c++) if (counted[c]) curve(spread, c, 1);
    curve(again, 0, -1);
    const time = Float64Array.from({length: parts + 1}, (_, i) => i / parts * seconds), [low, best, closed, open] = sums;
    for (const into of sums) for (let i = 1; i <= parts; i++) into[i]! += into[i - 1]!;
    return {time, low, best, high: closed.map((value, i) => open[i]! > DUST * Math.max(1, best[i]!) ? Infinity : value)};
  }
}

function addedBy(scene: SceneData): Added {
  const {doubt, best: stated, corridor} = scene.legs, {reconciled} = scene.corridors;
  const none = reconciled.includes(1);
  const best = none ? stated.map((volume, i) => reconciled[corridor[i]!] ? 0 : volume) : stated;
  if (!doubt.leg.length) return {low: null, best, high: null};
  const low = best.slice(), high = best.slice();
  doubt.leg.forEach((leg, i) => {
    if (reconciled[corridor[leg]!]) return;
    low[leg] = doubt.low[i]!;
    high[leg] = doubt.high[i]!;
  });
  return {low, best, high};
}

/** What is left of a difference of equal sums is rounding, not containers. */
function clampDust(at: Sums, c: number): void {
  for (const column of [at.low, at.best, at.high]) if (column[c]! < 1e-6) column[c] = 0;
}

function reportsBehind(scene: SceneData, width: Float64Array, zero: Uint8Array): {reports: number; claimants: number} {
  const shown = scene.reports.filter((report) => report.drawn && report.corridors.some((c) => width[c]! > 0 || zero[c]));
  return {reports: shown.length, claimants: new Set(shown.map((report) => report.claimant).filter(Boolean)).size};
}
