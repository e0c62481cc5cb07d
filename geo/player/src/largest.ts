// The largest corridors of a scene: what a crowded map may show alone. Figures and sums stay those of all.

import type { Moment, SceneData } from './types';

/** Which corridors stay: the `count` largest of the whole span, by best, then by high. Twin of geo/scene/largest.py. */
export function largestOf(scene: SceneData, whole: Moment, count: number): ReadonlySet<number> {
  const all = [...scene.corridors.id.keys()];
  if (!(count > 0 && count < all.length)) return new Set(all);
  // An open high has the best of its reports in its place.
  const high = (c: number): number => (whole.high[c] === Infinity ? whole.best[c]! : whole.high[c]!);
  return new Set(all.sort((a, b) => whole.best[b]! - whole.best[a]! || high(b) - high(a) || a - b).slice(0, count));
}
