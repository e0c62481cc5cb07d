// Where the names of the base map go: those first that weigh most, none over another, over a drawn place's name or over an arc.
// Pure, so that it can be tested; src/base-names.ts draws them.

import type {MapName, NameKind} from './basemap';

export interface Box { left: number; top: number; right: number; bottom: number }
/** dx, dy: px from the point that bears the name to the middle of its lines (to their left or right end for cities). */
export interface BaseLabel { name: MapName; lines: string[]; dx: number; dy: number; align: 'left' | 'right' | 'center'; width: number }
/** Where a point is on screen, px; null where it is not. */
export type OnScreen = (lon: number, lat: number) => readonly [number, number] | null;
export type Measure = (kind: NameKind, text: string) => number;

export const SIZE: Record<NameKind, number> = {country: 11, sea: 12, city: 11.5};
export const LEADING = 1.2;
const DOT = 2, GAP = 4, MARGIN = 3, CLEAR = 2;
/** px from one city to the next larger one, from which it is named. */
const CITY_REACH = 74;
/** Of its width that a name may take up of what bears it. */
const FITS: Record<'country' | 'sea', number> = {country: 0.85, sea: 1.1};
const MOST_CITIES = 60;
/** px within which a city's name would tell a drawn place twice */
const SAME = 14;

/** What the names keep clear of: drawn places with their names and what lies over the map, and points on arcs. */
export interface Obstacles { taken: readonly Box[]; curves: ArrayLike<number>; drawn: readonly Drawn[] }
export interface Drawn { text: string; x: number; y: number }

/**
 * `taken`: boxes that nothing may cover, such as drawn places with their names; `curves`: points on arcs (x, y pairs);
 * `drawn`: where the drawn places are, which the base map need not name again; `kmPerPx`: at the middle of the map.
 */
export function placeBase(
  names: readonly MapName[], at: OnScreen, measure: Measure, kmPerPx: number, size: {width: number; height: number},
  {taken, curves, drawn}: Obstacles
): BaseLabel[] {
  const used = [...taken], grid = new Cells(curves), placed: BaseLabel[] = [];
  let cities = 0;
  for (const name of names) {
    if (name.kind === 'city' && (name.reach / kmPerPx < CITY_REACH || cities >= MOST_CITIES)) continue;
    const point = at(name.lon, name.lat);
    if (!point || point[0] < 0 || point[1] < 0 || point[0] > size.width || point[1] > size.height) continue;
    if (drawn.some(({text, x, y}) => name.kind === 'city' ? Math.hypot(x - point[0], y - point[1]) < SAME : text === name.text)) continue;
    if (name.kind === 'city' && (grid.covers(around(point, DOT + 1)) || used.some((box) => meets(box, around(point, DOT))))) continue;
    // An ocean has a point on either side of the antimeridian.
    if (name.kind === 'sea' && placed.some((other) => other.name.kind === 'sea' && other.name.text === name.text)) continue;
    const found = options(name, measure, kmPerPx).find((option) => {
      const box = boxOf(option, point);
      return within(box, size) && !used.some((other) => meets(box, other)) && !grid.covers(box);
    });
    if (!found) continue;
    const box = boxOf(found, point);
    used.push({left: box.left - CLEAR, right: box.right + CLEAR, top: box.top - CLEAR, bottom: box.bottom + CLEAR});
    if (name.kind === 'city') used.push(around(point, DOT + 1));
    placed.push(found);
    cities += name.kind === 'city' ? 1 : 0;
  }
  return placed;
}

/** The ways in which a name may stand, the best first. */
function options(name: MapName, measure: Measure, kmPerPx: number): BaseLabel[] {
  if (name.kind === 'city') {
    const width = measure('city', name.text), reach = DOT + GAP;
    const one = (align: BaseLabel['align'], dx: number, dy: number): BaseLabel => ({name, lines: [name.text], dx, dy, align, width});
    const up = SIZE.city * 0.85;
    return [one('left', reach, 0), one('right', -reach, 0), one('left', reach - 2, -up), one('left', reach - 2, up), one('center', 0, -up - 2), one('center', 0, up + 2)];
  }
  const room = name.reach / kmPerPx, wide = room * FITS[name.kind];
  const fitting = splits(name).map((lines) => ({lines, width: Math.max(...lines.map((line) => measure(name.kind, line)))}))
    .filter(({lines, width}) => width <= wide && lines.length * SIZE[name.kind] * LEADING <= room);
  // A sea's name that is moved far lies on land.
  const step = name.kind === 'country' ? Math.min(room * 0.22, 60) : Math.min(room * 0.06, 16);
  return fitting.flatMap(({lines, width}) => [0, -step, step].flatMap((dy) => [0, -step, step].map((dx): BaseLabel =>
    ({name, lines, dx, dy, align: 'center', width})))).sort((a, b) => Math.hypot(a.dx, a.dy) - Math.hypot(b.dx, b.dy));
}

/** A name in one line, or in lines about as long as one another. Two names of one sea stand below one another. */
export function splits({kind, text}: MapName): string[][] {
  const spoken = kind === 'country' ? text.toUpperCase() : text;
  const both = spoken.split(' / ');
  if (both.length > 1) return [both.map((each, i) => i < both.length - 1 ? `${each} /` : each)];
  const words = spoken.split(' ');
  const cuts = words.slice(1).map((_, i) => [words.slice(0, i + 1).join(' '), words.slice(i + 1).join(' ')]);
  const longest = (lines: string[]): number => Math.max(...lines.map((line) => line.length));
  cuts.sort((a, b) => longest(a) - longest(b));
  return cuts.length ? [[spoken], cuts[0]!] : [[spoken]];
}

export function boxOf({name, lines, dx, dy, align, width}: BaseLabel, [x, y]: readonly [number, number]): Box {
  const tall = lines.length * SIZE[name.kind] * LEADING;
  const left = align === 'left' ? x + dx : align === 'right' ? x + dx - width : x + dx - width / 2;
  return {left, right: left + width, top: y + dy - tall / 2, bottom: y + dy + tall / 2};
}

const around = ([x, y]: readonly [number, number], r: number): Box => ({left: x - r, right: x + r, top: y - r, bottom: y + r});
export const meets = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const within = (box: Box, {width, height}: {width: number; height: number}): boolean =>
  box.left >= MARGIN && box.top >= MARGIN && box.right <= width - MARGIN && box.bottom <= height - MARGIN;

/** The part of the way from a to b, 0–1, that lies within `margin` px of the map; null where none does. */
function partOn({width, height}: Size, margin: number, ax: number, ay: number, bx: number, by: number): [number, number] | null {
  let [from, to] = [0, 1];
  for (const [start, end, most] of [[ax, bx, width], [ay, by, height]] as const) {
    const [low, high] = [(-margin - start) / (end - start), (most + margin - start) / (end - start)].sort((one, other) => one - other) as [number, number];
    if (end === start && (start < -margin || start > most + margin)) return null;
    if (end !== start) [from, to] = [Math.max(from, low), Math.min(to, high)];
  }
  return from < to ? [from, to] : null;
}

interface Size { width: number; height: number }

/**
 * Points along the middle and the edges of arcs as wide as `widths` px, close enough that no name slips between them. Of an arc
 * that leaves the map only what is on it: deep in the map it is a million px long.
 */
export function widened(curves: Float32Array, widths: ArrayLike<number>, size: Size, step = 6): Float32Array {
  const per = widths.length ? curves.length / 2 / widths.length : 0, found: number[] = [];
  for (let c = 0; c < widths.length; c++)
    for (let k = 0; k + 1 < per; k++) {
      const at = 2 * (c * per + k), [ax, ay, bx, by] = [curves[at]!, curves[at + 1]!, curves[at + 2]!, curves[at + 3]!];
      const length = Math.hypot(bx - ax, by - ay);
      if (!(length > 0) || !(widths[c]! > 0)) continue;
      const half = widths[c]! / 2 + 3, nx = -(by - ay) / length * half, ny = (bx - ax) / length * half;
      const [from, to] = partOn(size, half, ax, ay, bx, by) ?? [1, 0];
      for (let s = from * length; s < to * length; s += step) {
        const x = ax + (bx - ax) * s / length, y = ay + (by - ay) * s / length;
        found.push(x, y, x + nx, y + ny, x - nx, y - ny);
      }
    }
  return Float32Array.from(found);
}

const CELL = 16;

/** Points on a grid, so that a box asks only for those near it. */
class Cells {
  private readonly held = new Map<string, number[]>();

  constructor(points: ArrayLike<number>) {
    for (let i = 0; i < points.length; i += 2) {
      const key = `${Math.floor(points[i]! / CELL)} ${Math.floor(points[i + 1]! / CELL)}`, cell = this.held.get(key);
      if (cell) cell.push(points[i]!, points[i + 1]!);
      else this.held.set(key, [points[i]!, points[i + 1]!]);
    }
  }

  covers(box: Box): boolean {
    if (!this.held.size) return false;
    for (let cx = Math.floor(box.left / CELL); cx <= Math.floor(box.right / CELL); cx++)
      for (let cy = Math.floor(box.top / CELL); cy <= Math.floor(box.bottom / CELL); cy++) {
        const cell = this.held.get(`${cx} ${cy}`) ?? [];
        for (let i = 0; i < cell.length; i += 2)
          if (cell[i]! > box.left && cell[i]! < box.right && cell[i + 1]! > box.top && cell[i + 1]! < box.bottom) return true;
      }
    return false;
  }
}
