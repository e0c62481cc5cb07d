// What goes through a place, when corridors may lie in one another.

import type {Moment, SceneData} from './types';

export type End = 'origin' | 'destination';

/**
 * Corridors that end at one place and are added up there. `overlap`: some may speak of the same containers; `around`:
 * the corridors that hold all of them.
 */
export interface Through { corridors: number[]; overlap: boolean; around: number[] }

/** The corridors of one end of a place, without those that lie in another of them. */
export function throughEnd({corridors}: SceneData, place: number, end: End): Through {
  const here: number[] = [];
  corridors[end].forEach((at, c) => { if (at === place) here.push(c); });
  const own = new Set(here);
  const outer = here.filter((c) => !corridors.inside[c]!.some((other) => other !== c && own.has(other)));
  const [first, ...others] = outer.map((c) => corridors.inside[c]!);
  const around = (first ?? []).filter((c) => others.every((rows) => rows.includes(c)));
  return {corridors: outer, overlap: outer.filter((c) => !corridors.counted[c]).length > 1, around};
}

/**
 * Low, best and high of one end of a place: no less than the largest of what may overlap, no more than all of it, and no
 * more than what holds it.
 */
export function amountAt({corridors, overlap, around}: Through, m: Moment): {low: number; best: number; high: number; about: boolean} {
  const add = overlap ? Math.max : (a: number, b: number): number => a + b;
  const sum = {low: 0, best: 0, high: 0};
  for (const c of corridors) {
    sum.low = add(sum.low, m.low[c]!);
    sum.best = add(sum.best, m.best[c]!);
    sum.high += m.high[c]!;
  }
  for (const c of around) sum.high = Math.min(sum.high, m.high[c]!);
  return {...sum, about: corridors.every((c) => m.about[c] === 1)};
}

/** Volume through each place, what leaves it and what arrives: function of the volume of each corridor. */
export function throughPlaces(scene: SceneData): (perCorridor: ArrayLike<number>) => Float64Array {
  const {corridors, places} = scene, {inside} = corridors;
  const nested = inside.some((rows) => rows.length > 0) || !corridors.counted.every(Boolean);
  const ends: [End, Uint32Array][] = [['origin', corridors.origin], ['destination', corridors.destination]];
  if (!nested) return (volume) => {
    const through = new Float64Array(places.length);
    for (let c = 0; c < corridors.count; c++)
      for (const [, at] of ends) through[at[c]!]! += volume[c]!;
    return through;
  };
  const sums = places.flatMap((_, place) => ends.map(([end]) => ({place, ...throughEnd(scene, place, end)})));
  return (volume) => {
    const through = new Float64Array(places.length);
    for (const {place, corridors: rows, overlap} of sums) {
      const volumes = rows.map((c) => volume[c]!);
      through[place]! += overlap ? Math.max(...volumes) : volumes.reduce((a, b) => a + b, 0);
    }
    return through;
  };
}
