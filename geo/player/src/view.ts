// Where the map looks, and where things lie on it.

import {WebMercatorViewport} from '@deck.gl/core';
import {arcPoint, bowed, EQUATOR_M, toCommon, WORLD, type ArcShape} from './arc';
import {arcEnds, commonRadius} from './gpu';
import type {SceneData, View} from './types';

export interface Padding { left: number; right: number; top: number; bottom: number }
export type Bounds = [[number, number], [number, number]];

/** deck.gl's limits of a map view; deeper than zoom 14, float32 and 1:10 million coasts say nothing more. */
export const LIMITS = {minZoom: 0, maxZoom: 14, maxPitch: 60};
/** A country's circle says little: a fitted map is about what moved, and need not hold all of it. */
const MOST_AREA_KM = 400;
/** A fitted map goes no closer: a single port would otherwise fill the screen with nothing. */
const CLOSEST_FIT = 9;

export function metresPerPixel({latitude, zoom}: Pick<View, 'latitude' | 'zoom'> & Partial<View>): number {
  return EQUATOR_M * Math.cos(latitude * Math.PI / 180) / (WORLD * 2 ** zoom);
}

/**
 * South-west and north-east corners of all arcs as drawn flat, and of all areas but countries, or of `only` one arc; null where there is nothing. The widest
 * stretch of the globe without anything stays outside, so that a scene across ±180° is shown in one piece.
 */
export function sceneBounds(scene: SceneData, shape: ArcShape, only?: number): Bounds | null {
  const spans: [number, number][] = [];
  let south = Infinity, north = -Infinity;
  const add = (west: number, east: number, ...ys: number[]): void => {
    spans.push([west, east]);
    south = Math.min(south, ...ys);
    north = Math.max(north, ...ys);
  };
  for (let c = 0; c < scene.corridors.count; c++) {
    if (only !== undefined && c !== only) continue;
    const route = routeOf(scene, c);
    if (route) {
      add(Math.min(...route.map(([x]) => x)), Math.max(...route.map(([x]) => x)), ...route.map(([, y]) => y));
      continue;
    }
    const own = bowed(shape, scene.corridors.bow[c]!);
    const points = Array.from({length: 9}, (_, i) => arcPoint(...arcEnds(scene, c, [0, 0]), i / 8, own));
    const xs = points.map((point) => point[0]);
    add(Math.min(...xs), Math.max(...xs), ...points.map((point) => point[1]));
  }
  for (const place of only === undefined ? scene.places : []) {
    const [x, y] = toCommon(place.lon, place.lat), r = commonRadius(Math.min(place.radiusKm, MOST_AREA_KM), place.lat);
    add(x - r, x + r, y - r, y + r);
  }
  if (!spans.length) return null;
  const [west, east] = tightest(spans);
  return [[longitude(west), latitude(south)], [longitude(east), latitude(north)]];
}

/** The points of a corridor's route, common space; null for an arc. */
function routeOf({paths}: SceneData, c: number): [number, number][] | null {
  const first = paths?.offsets[c] ?? 0, end = paths?.offsets[c + 1] ?? 0;
  return end > first ? Array.from({length: end - first}, (_, i) => toCommon(paths!.lon[first + i]!, paths!.lat[first + i]!)) : null;
}

/** The shortest stretch of a round world that holds all `spans` (west, east; common space). */
export function tightest(spans: readonly (readonly [number, number])[]): [number, number] {
  const round = spans.map(([west, east]): [number, number] => {
    const start = ((west % WORLD) + WORLD) % WORLD;
    return [start, start + east - west];
  }).sort((a, b) => a[0] - b[0]);
  const first = round[0]![0];
  let reached = round[0]![1], gap = 0, begin = first;
  for (const [west, east] of round.slice(1)) {
    if (west - reached > gap) { gap = west - reached; begin = west; }
    reached = Math.max(reached, east);
  }
  // The gap from the last span round to the first one leaves the order as it is.
  if (first + WORLD - reached >= gap) begin = first;
  const end = Math.max(...round.map(([west, east]) => west < begin ? east + WORLD : east));
  return end - begin >= WORLD ? [0, WORLD] : [begin, end];
}

/** Moves x by whole worlds to where it is nearest to `centre`: which copy of a place a reader sees. */
export const nearestCopy = (x: number, centre: number): number => x + WORLD * Math.round((centre - x) / WORLD);

/** The closest view that shows `bounds` inside any one of the paddings; null where the map has no room. */
export function fitView(bounds: Bounds, width: number, height: number, paddings: readonly Padding[]): View | null {
  let best: View | null = null;
  for (const padding of paddings) {
    if (width - padding.left - padding.right < 40 || height - padding.top - padding.bottom < 40) continue;
    const found = new WebMercatorViewport({width, height}).fitBounds(bounds, {padding, maxZoom: CLOSEST_FIT});
    if (!best || found.zoom > best.zoom)
      best = {longitude: found.longitude, latitude: found.latitude, zoom: Math.max(0, found.zoom), pitch: 0, bearing: 0};
  }
  return best;
}

/** The view moved north or south so far that a map `height` px tall shows no emptiness past the ends of the world. */
export function onWorld(view: View, height: number): View {
  const half = Math.min(WORLD / 2, height / 2 / 2 ** view.zoom);
  const y = toCommon(0, view.latitude)[1], kept = Math.max(half, Math.min(WORLD - half, y));
  return kept === y ? view : {...view, latitude: latitude(kept)};
}

/** Common space to CSS px from the top left corner. */
export function toPixels(
  {viewProjectionMatrix: m, width, height}: {viewProjectionMatrix: number[]; width: number; height: number},
  [x, y, z]: readonly [number, number, number]
): [number, number] {
  const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
  return [
    ((m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w + 1) / 2 * width,
    (1 - (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w) / 2 * height
  ];
}

const longitude = (x: number): number => x / WORLD * 360 - 180;
const latitude = (y: number): number => (2 * Math.atan(Math.exp((y / WORLD * 2 - 1) * Math.PI)) - Math.PI / 2) * 180 / Math.PI;
