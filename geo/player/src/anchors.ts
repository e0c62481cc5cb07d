// Where arcs end in an area whose label point is outside the view: in the part of it that the map shows, near the edge.

import type {WebMercatorViewport} from '@deck.gl/core';
import {toCommon} from './arc';
import type {Ground} from './ground';
import type {Place} from './types';
import {nearestCopy, toPixels} from './view';

const INSET = 24; // px from the edge of the map
const STEP = 14;
const CELL = 0.25; // degrees

/** The places as arcs are to end at them in this view; the very same list where every end is where it was. */
export function anchored(places: readonly Place[], ground: Ground, viewport: WebMercatorViewport): Place[] | null {
  const moved = places.map((place) => place.whole ? nearestSeen(place, ground, viewport) ?? place : place);
  return moved.some((place, i) => place !== places[i]) ? moved : null;
}

/** Whether a spot lies in a country by more than the cells are coarse. */
function surely(ground: Ground, [lon, lat]: [number, number], country: number): boolean {
  return [[0, 0], [CELL, 0], [-CELL, 0], [0, CELL], [0, -CELL]].every(([dx, dy]) => ground.at(lon + dx!, lat + dy!) === country);
}

function nearestSeen(place: Place, ground: Ground, viewport: WebMercatorViewport): Place | null {
  const {width, height} = viewport, [cx, cy] = toCommon(place.lon, place.lat);
  const [x, y] = toPixels(viewport, [nearestCopy(cx, viewport.center[0]!), cy, 0]);
  if (x >= INSET && y >= INSET && x <= width - INSET && y <= height - INSET) return null;
  const country = ground.at(place.lon, place.lat);
  if (country < 0) return null;
  let best: [number, number] | null = null, least = Infinity;
  for (let px = INSET; px <= width - INSET; px += STEP)
    for (let py = INSET; py <= height - INSET; py += STEP) {
      const away = Math.hypot(px - x, py - y);
      if (away >= least) continue;
      const spot = viewport.unproject([px, py]) as [number, number];
      if (!surely(ground, spot, country)) continue;
      best = spot;
      least = away;
    }
  return best && {...place, lon: best[0], lat: best[1]};
}
