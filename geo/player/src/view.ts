// Where the map looks, and where things lie on it.

import {WebMercatorViewport} from '@deck.gl/core';
import {arcPoint, toCommon, type ArcShape} from './arc';
import {arcEnds, commonRadius} from './gpu';
import type {SceneData, View} from './types';

export interface Padding { left: number; right: number; top: number; bottom: number }
export type Bounds = [[number, number], [number, number]];

/** deck.gl's limits of a map view; deeper than zoom 14, float32 and 1:10 million coasts say nothing more. */
export const LIMITS = {minZoom: 0, maxZoom: 14, maxPitch: 60};
/** A fitted map goes no closer: a single port would otherwise fill the screen with nothing. */
const CLOSEST_FIT = 9;
const EQUATOR_M = 40_075_016.686; // WGS 84

export function metresPerPixel({latitude, zoom}: View): number {
  return EQUATOR_M * Math.cos(latitude * Math.PI / 180) / (512 * 2 ** zoom);
}

/** South-west and north-east corners of all arcs as drawn flat, and of all areas; null where there is nothing. */
export function sceneBounds(scene: SceneData, shape: ArcShape): Bounds | null {
  const xs: number[] = [], ys: number[] = [];
  for (let c = 0; c < scene.corridors.count; c++) {
    const [sx, sy, tx, ty] = arcEnds(scene, c, [0, 0]);
    for (let i = 0; i <= 8; i++) {
      const [x, y] = arcPoint(sx, sy, tx, ty, i / 8, shape);
      xs.push(x);
      ys.push(y);
    }
  }
  for (const place of scene.places) {
    const [x, y] = toCommon(place.lon, place.lat), r = commonRadius(place.radiusKm, place.lat);
    xs.push(x - r, x + r);
    ys.push(y - r, y + r);
  }
  if (!xs.length) return null;
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
  return [[longitude(least(xs)), latitude(least(ys))], [longitude(most(xs)), latitude(most(ys))]];
}

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

const longitude = (x: number): number => x / 512 * 360 - 180;
const latitude = (y: number): number => (2 * Math.atan(Math.exp((y / 512 * 2 - 1) * Math.PI)) - Math.PI / 2) * 180 / Math.PI;
