// What goes in and out of a place at a moment: each route with its own figure, and a total only where one can be said.

import type {End} from './places';
import {isListed, listedSum, routesOf, type Route} from './routes';
import type {Moment, SceneData} from './types';
import {toldOf, type Told} from './words';

/** Which routes of a place are drawn: those into it, out of it, both, or those between the places that it has routes with. */
export type Side = 'in' | 'out' | 'both' | 'between';

/** One direction: its routes, the largest first, and what is said of all of them together. */
export interface Flow { routes: Route[]; told: Told | null; note: string }

const ENDS: Record<Exclude<Side, 'between'>, readonly End[]> = {in: ['destination'], out: ['origin'], both: ['origin', 'destination']};
export const SIDES: readonly Side[] = ['in', 'out', 'both', 'between'];

/** The corridors of a side of a place, whether they carry anything yet or not. */
export function corridorsOf({corridors}: SceneData, place: number, side: Side): ReadonlySet<number> {
  const {origin, destination} = corridors, all = [...corridors.id.keys()];
  if (side !== 'between') return new Set(all.filter((c) => ENDS[side].some((end) => corridors[end][c] === place)));
  const partners = new Set(all.flatMap((c) => origin[c] === place ? [destination[c]!] : destination[c] === place ? [origin[c]!] : []));
  partners.delete(place);
  return new Set(all.filter((c) => partners.has(origin[c]!) && partners.has(destination[c]!)));
}

/** "into Rason", "out of Rason", "of Rason", "between partners of Rason". */
export const sideWords = (side: Side, name: string): string => `${{in: 'into', out: 'out of', both: 'of', between: 'between partners of'}[side]} ${name}`;

export function flowOf(scene: SceneData, m: Moment, place: number, side: Side): Flow {
  const own = corridorsOf(scene, place, side), routes = routesOf(scene, m).filter(({corridor}) => own.has(corridor));
  if (!routes.length && side !== 'between' && [...own].some((c) => m.zero[c]))
    return {routes, told: {low: 0, best: 0, high: 0, top: null}, note: ''};
  return {routes, ...totalOf(scene, m, routes.map(({corridor}) => corridor))};
}

/** Never a sum of ranges: of listed voyages a sum, else the one reconciled flow that holds all the others, else nothing. */
function totalOf(scene: SceneData, m: Moment, corridors: readonly number[]): {told: Told | null; note: string} {
  const {inside} = scene.corridors;
  if (corridors.length < 2) return {told: corridors.length ? toldOf(m, corridors[0]!) : null, note: ''};
  const sum = listedSum(scene, m, corridors);
  if (sum) return {told: {...sum, top: null}, note: 'The sum of listed voyages.'};
  const around = corridors.find((c) => corridors.every((other) => other === c || inside[other]!.includes(c)));
  if (around !== undefined) return {told: toldOf(m, around), note: 'As reported for the largest route; the others are part of it.'};
  const listed = corridors.every((c) => isListed(scene, c));
  return {told: null, note: `Not added: ${listed ? 'some voyages carry on what others have brought' : 'some figures are reported totals, which may hold the same goods'}.`};
}
