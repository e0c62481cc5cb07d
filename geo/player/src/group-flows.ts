// What goes into and out of several places together: a sum of listed voyages, or a reconciled flow that is all of it. Never a sum
// of ranges: where there is neither, each place tells its own.

import {listedSum} from './routes';
import type {Moment, SceneData} from './types';
import {corridorName, toldOf, type Told} from './words';

/** told: null where only each place has a figure; of: where the figure comes from. */
export interface GroupFlow { told: Told | null; of: string }

/** Of routes between a place of the group and one outside it; null where none carries anything. */
export function groupFlow(scene: SceneData, m: Moment, places: readonly number[], way: 'in' | 'out'): GroupFlow | null {
  const {origin, destination, inside} = scene.corridors, own = new Set(places);
  const [here, there] = way === 'out' ? [origin, destination] : [destination, origin];
  const carrying = [...m.width.keys()].filter((c) => m.width[c]! > 0), routes = carrying.filter((c) => own.has(here[c]!) && !own.has(there[c]!));
  if (!routes.length) return null;
  if (routes.length === 1) return {told: toldOf(m, routes[0]!), of: ''};
  const sum = listedSum(scene, m, routes);
  if (sum) return {told: {...sum, top: null}, of: 'the sum of listed voyages'};
  // A flow between areas is theirs where nothing else that is drawn lies in it.
  const held = (around: number): number[] => carrying.filter((c) => c !== around && inside[c]!.includes(around));
  const around = carrying.filter((c) => routes.every((route) => route === c || inside[route]!.includes(c)) && held(c).every((c2) => routes.includes(c2)));
  const nearest = around.sort((a, b) => inside[b]!.length - inside[a]!.length)[0];
  return nearest === undefined ? {told: null, of: ''} : {told: toldOf(m, nearest), of: `as reported for ${corridorName(scene, nearest)}`};
}
