// The marks of places that gather: where they stand, and a circle with the number of places in it.

import type {WebMercatorViewport} from '@deck.gl/core';
import {WORLD, toCommon} from './arc';
import {Gathering, markRadius, type Group, type Spot} from './gather';
import {placesOf} from './gpu';
import {largestPort, SMALLEST_PORT} from './layers/glsl';
import {throughPlaces} from './places';
import type {Moment, SceneData, Theme} from './types';
import {LIMITS, nearestCopy, toPixels} from './view';
import {number} from './words';

/** px from the edge of a mark at which it is still meant. */
const REACH = 2;
const DOT = 2;

/** The places with an arc that is drawn. whole: the volumes of the whole span, so that nothing gathers or parts while the clock runs. */
export function gatheringOf(scene: SceneData, whole: Moment, drawn: ReadonlySet<number>): Gathering {
  const {places, corridors} = scene, there = placesOf(scene, drawn), through = throughPlaces(scene)(whole.best), most = through.reduce((a, b) => Math.max(a, b), 1e-9);
  const ring = largestPort(places.length) - SMALLEST_PORT, joined = new Map<number, Set<number>>();
  for (const c of drawn) {
    const from = corridors.origin[c]!, to = corridors.destination[c]!;
    for (const [one, other] of [[from, to], [to, from]] as const) joined.set(one, (joined.get(one) ?? new Set()).add(other));
  }
  // What is an area has no ring.
  const spots = [...there].filter((place) => places[place]!.radiusKm === 0).map((place): Spot => {
    const {lon, lat} = places[place]!, [x, y] = toCommon(lon, lat);
    return {place, x, y, radius: SMALLEST_PORT + ring * Math.sqrt(through[place]! / most), busy: through[place]!};
  });
  return new Gathering(spots, joined);
}

export const onScreen = ({places}: SceneData, place: number, viewport: WebMercatorViewport): [number, number] => {
  const [x, y] = toCommon(places[place]!.lon, places[place]!.lat);
  return toPixels(viewport, [nearestCopy(x, viewport.center[0]!), y, 0]);
};

/** "Odesa and 2 more": the busiest place of a group. */
export const groupName = ({places}: SceneData, group: Group): string => `${places[group.places[0]!]!.name} and ${number(group.places.length - 1)} more`;

/** The group whose mark lies under the pointer. */
export function groupAt(scene: SceneData, groups: readonly Group[], viewport: WebMercatorViewport, x: number, y: number): Group | undefined {
  return groups.find((group) => {
    const [px, py] = onScreen(scene, group.places[0]!, viewport);
    return Math.hypot(px - x, py - y) <= markRadius(group.places.length) + REACH;
  });
}

/** Where the map looks so close that a group parts, from a zoom; null where none is close enough. */
export function parted({places}: SceneData, group: Group, zoom: number): {lon: number; lat: number; zoom: number} | null {
  if (group.parts > LIMITS.maxZoom) return null;
  const spots = group.places.map((place) => places[place]!), first = toCommon(spots[0]!.lon, spots[0]!.lat)[0];
  const xs = spots.map(({lon, lat}) => nearestCopy(toCommon(lon, lat)[0], first)), lats = spots.map(({lat}) => lat);
  const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  return {lon: (middle(xs) / WORLD * 360 % 360 + 360) % 360 - 180, lat: middle(lats), zoom: Math.min(LIMITS.maxZoom, Math.max(group.parts, zoom + 1))};
}

/** A mark as it is drawn: its number, and px where each of its places lies. */
export interface Mark { text: string; x: number; y: number; radius: number; dots: readonly (readonly [number, number])[] }

export function markOf(scene: SceneData, group: Group, viewport: WebMercatorViewport): Mark {
  const [x, y] = onScreen(scene, group.places[0]!, viewport);
  return {text: number(group.places.length), x, y, radius: markRadius(group.places.length), dots: group.places.slice(1).map((place) => onScreen(scene, place, viewport))};
}

export function drawMarks(context: CanvasRenderingContext2D, marks: readonly Mark[], theme: Theme): void {
  const disc = (x: number, y: number, radius: number): void => {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  };
  for (const {text, x, y, radius, dots} of marks) {
    // Places that the mark does not cover are dots: there their arcs end.
    for (const [dx, dy] of dots) {
      context.fillStyle = theme.land;
      disc(dx, dy, DOT + 1);
      context.fillStyle = theme.line;
      disc(dx, dy, DOT);
    }
    context.fillStyle = theme.line;
    disc(x, y, radius);
    context.fillStyle = theme.land;
    context.font = `700 12px ${theme.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(text, x, y + 0.5);
  }
}
