// How the volume of a corridor grew over the whole span: what the strip under the map and the small charts are drawn from.

import type {Band} from './band';
import {curveAt, type Range} from './curves';
import type {SceneData} from './types';
import type {Added} from './volumes';

const column = (points: readonly [number, Range][], value: (range: Range) => number): Float64Array => Float64Array.from(points, ([, range]) => value(range));

function bandOf(points: readonly [number, Range][]): Band {
  return {
    time: Float64Array.from(points, ([t]) => t), low: column(points, ({low}) => low), best: column(points, ({best}) => best),
    high: column(points, ({high, open}) => open > 0 ? Infinity : high)
  };
}

/** The course of a reconciled corridor, at the bends of its curve. */
export function curveBand({spread, seconds}: SceneData, corridor: number): Band {
  const points: [number, Range][] = [[0, curveAt(spread, corridor, 0)]];
  // The knots themselves, not what holds at their times: two at one time are a step.
  const first = spread.offsets[corridor]!, end = spread.offsets[corridor + 1]!;
  // Before its first knot a curve is nothing: it begins there with a step.
  if (first < end && spread.time[first]! > 0) points.push([spread.time[first]!, curveAt(spread, corridor, spread.time[first]!)]);
  for (let k = first; k < end; k++) {
    const time = spread.time[k]!, here = {low: spread.low[k]!, best: spread.best[k]!, high: spread.closed[k]!, open: spread.open[k]!};
    if (time < 0 || time >= seconds) continue;
    points.push([time, here]);
    // Up to a knot without an upper bound there is none on the way, either: it does not rise to it.
    if (here.open === 0 && k + 1 < end && spread.open[k + 1]! > 0) points.push([time, {...here, open: 1}]);
  }
  points.push([seconds, curveAt(spread, corridor, seconds)]);
  return bandOf(points);
}

/** Adds an amount that grows evenly between two places, in units of entries: entry i holds what is added up to i since i - 1. */
export function spreadOver(into: Float64Array, from: number, to: number, amount: number): void {
  if (amount === 0) return;
  // Half-open: what departs at the very time of an entry is not yet in it.
  const first = Math.max(0, Math.floor(from) + 1), last = Math.min(into.length - 1, Math.max(first, Math.ceil(to)));
  if (to <= from) { if (first < into.length) into[first]! += amount; return; }
  for (let i = Math.max(0, Math.floor(from) + 1); i <= last; i++)
    into[i]! += amount * (Math.min(to, i) - Math.max(from, i - 1)) / (to - from);
}

/** The courses of some corridors, at `parts` even times where nothing was reconciled. One pass over all legs. */
export function coursesOf(scene: SceneData, added: Added, corridors: readonly number[], parts: number): Map<number, Band> {
  const {legs, spread, seconds} = scene, {reconciled} = scene.corridors;
  const binned = corridors.filter((c) => !reconciled[c]);
  const sums = new Map(binned.map((c) => [c, Array.from({length: 4}, () => new Float64Array(parts + 1))]));
  for (let i = 0; i < legs.count; i++) {
    const into = sums.get(legs.corridor[i]!);
    if (!into) continue;
    const best = added.best[i]!, high = added.high?.[i] ?? best, open = Number.isFinite(high) ? 0 : best;
    const amounts = [added.low?.[i] ?? best, best, open ? best : high, open];
    into.forEach((each, k) => spreadOver(each, legs.depart[i]! / seconds * parts, legs.arrive[i]! / seconds * parts, amounts[k]!));
  }
  return new Map(corridors.map((c) => [c, sums.has(c) ? summedUp(sums.get(c)!, spread, c, seconds) : curveBand(scene, c)]));
}

function summedUp(steps: readonly Float64Array[], spread: SceneData['spread'], corridor: number, seconds: number): Band {
  const running = [0, 0, 0, 0], parts = steps[0]!.length - 1;
  return bandOf(Array.from({length: parts + 1}, (_, i): [number, Range] => {
    steps.forEach((each, k) => { running[k]! += each[i]!; });
    const t = i / parts * seconds, vague = curveAt(spread, corridor, t);
    return [t, {low: running[0]! + vague.low, best: running[1]! + vague.best, high: running[2]! + vague.high, open: running[3]! + vague.open}];
  }));
}
