// What goes in and out of a place at a moment: each route with its own figure, and a total only where one can be said.

import type {End} from './places';
import {isListed, listedSum, routesOf, type Route} from './routes';
import type {Moment, SceneData} from './types';
import {toldOf, type Told} from './words';

/** Which routes of a place are drawn: those into it, out of it, or both. */
export type Side = 'in' | 'out' | 'both';

/** One direction: its routes, the largest first, and what is said of all of them together. */
export interface Flow { routes: Route[]; told: Told | null; note: string }

const ENDS: Record<Side, readonly End[]> = {in: ['destination'], out: ['origin'], both: ['origin', 'destination']};
export const SIDES = Object.keys(ENDS) as Side[];

/** Whether a corridor is one of a side of a place. */
export function isOf({corridors}: SceneData, corridor: number, place: number, side: Side): boolean {
  return ENDS[side].some((end) => corridors[end][corridor] === place);
}

/** "into Rason", "out of Rason", "of Rason". */
export const sideWords = (side: Side, name: string): string => `${{in: 'into', out: 'out of', both: 'of'}[side]} ${name}`;

export function flowOf(scene: SceneData, m: Moment, place: number, side: 'in' | 'out'): Flow {
  const routes = routesOf(scene, m).filter(({corridor}) => isOf(scene, corridor, place, side));
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
