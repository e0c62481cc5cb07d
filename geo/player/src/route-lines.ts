// Corridors along their routes (geo/scene/paths.py): centre lines for one view, as geo/brief/plate/route_curves.py makes them
// for a plate. A route is smoothed no farther than its width hides, and moved aside where it shares its way with others.

import {ROUTE_PIECES, toCommon} from './arc';
import type {Moment, SceneData} from './types';
import {nearestCopy} from './view';

const POINTS = ROUTE_PIECES + 1;
/** Points that are smoothed, for each piece. */
const FINE = 3;
/** px around the map within which a route is drawn in full, and the share of its pieces that it has farther out. */
const BEYOND = 60, FAR = 0.05;
/** px of smoothing: at least, at most, and the share of a route's width and of how far it stands aside. */
const LEAST_BLUR = 1.5, MOST_BLUR = 7, OF_WIDTH = 0.2;
/** Common units by which a route may reach beyond its own points, since it stands aside. */
const REACH = 10;

/** What a map shows: px of a common unit, the middle and half the size of it in common units. */
export interface RouteView { scale: number; x: number; y: number; across: number; up: number }
/** A polyline: x and y in turn. */
type Line = Float64Array;

export class RouteLines {
  /** Row of each corridor in `texels`, -1 for one with an arc. */
  readonly slot: Int32Array;
  readonly count: number;
  /** Of each route its points in common space: x, y, share of its length, and all of its length (common units). */
  readonly texels: Float32Array;
  private readonly lines: Line[] = [];
  private readonly asides: Float64Array[] = [];
  private readonly widths: number[] = [];

  /** null where no corridor of the scene has a route. `whole`: the volumes of the whole span. */
  static of(scene: SceneData, whole: Moment): RouteLines | null {
    return scene.paths?.lon.length ? new RouteLines(scene, scene.paths, whole) : null;
  }

  private constructor(scene: SceneData, {offsets, lon, lat, aside}: NonNullable<SceneData['paths']>, whole: Moment) {
    this.slot = new Int32Array(scene.corridors.count).fill(-1);
    for (let c = 0; c < scene.corridors.count; c++) {
      const first = offsets[c]!, end = offsets[c + 1]!;
      if (end - first < 2) continue;
      this.slot[c] = this.lines.length;
      const line = new Float64Array((end - first) * 2);
      for (let i = first; i < end; i++) line.set(toCommon(lon[i]!, lat[i]!), (i - first) * 2);
      this.lines.push(line);
      this.asides.push(Float64Array.from(aside.subarray(first, end), (volume) => volume * scene.style.perUnit));
      this.widths.push(whole.width[c]!);
    }
    this.count = this.lines.length;
    this.texels = new Float32Array(this.count * POINTS * 4);
  }

  /** West and east of a corridor's route, common x; null for an arc. */
  extent(c: number): [number, number] | null {
    const line = this.lines[this.slot[c]!];
    if (!line) return null;
    let west = Infinity, east = -Infinity;
    for (let i = 0; i < line.length; i += 2) { west = Math.min(west, line[i]!); east = Math.max(east, line[i]!); }
    return [west - REACH, east + REACH];
  }

  /** The points of a corridor's route as it came, common space; null for an arc. */
  points(c: number): Line | null {
    return this.lines[this.slot[c]!] ?? null;
  }

  /** Makes all lines for a view, relative to a position in common space. */
  bake(view: RouteView, origin: readonly [number, number]): void {
    this.lines.forEach((line, slot) => this.bakeOne(line, slot, view, origin));
  }

  private bakeOne(line: Line, slot: number, view: RouteView, origin: readonly [number, number]): void {
    const counted = count(line, view), pieces = ROUTE_PIECES * FINE;
    let furthest = 0;
    for (const out of this.asides[slot]!) furthest = Math.max(furthest, Math.abs(out));
    const step = counted.at(-1)! / pieces, blur = Math.min(MOST_BLUR, Math.max(LEAST_BLUR, OF_WIDTH * (this.widths[slot]! + furthest)));
    const where = spots(counted, pieces);
    let drawn = smooth(pick(line, 2, where), 2, blur / step);
    if (furthest > 0) {
      const along = reach(drawn).map((length) => length * view.scale), run = along.at(-1)!;
      const out = smooth(pick(this.asides[slot]!, 1, where), 1, 2 * blur / step);
      drawn = smooth(beside(drawn, out.map((px, i) => px * eased(Math.min(along[i]!, run - along[i]!) / (3 * furthest)) / view.scale)), 2, blur / step);
    }
    const found = pick(drawn, 2, spots(count(drawn, view), ROUTE_PIECES)), length = reach(found), run = Math.max(length.at(-1)!, 1e-9);
    for (let i = 0; i < POINTS; i++)
      this.texels.set([found[2 * i]! - origin[0], found[2 * i + 1]! - origin[1], length[i]! / run, run], (slot * POINTS + i) * 4);
  }
}

const eased = (t: number): number => { const s = Math.max(0, Math.min(1, t)); return s * s * (3 - 2 * s); };

/** The length of a line up to each of its points. */
function reach(line: Line): Float64Array {
  const found = new Float64Array(line.length / 2);
  for (let i = 1; i < found.length; i++)
    found[i] = found[i - 1]! + Math.hypot(line[2 * i]! - line[2 * i - 2]!, line[2 * i + 1]! - line[2 * i - 1]!);
  return found;
}

/** px up to each point of a line, of which those far from the map count little. */
function count(line: Line, {scale, x, y, across, up}: RouteView): Float64Array {
  const found = new Float64Array(line.length / 2), margin = BEYOND / scale;
  for (let i = 1; i < found.length; i++) {
    const [ax, ay, bx, by] = [line[2 * i - 2]!, line[2 * i - 1]!, line[2 * i]!, line[2 * i + 1]!];
    const middle = (ax + bx) / 2, off = Math.abs(nearestCopy(middle, x) - x) - Math.abs(bx - ax) / 2;
    const near = off <= across + margin && Math.abs((ay + by) / 2 - y) - Math.abs(by - ay) / 2 <= up + margin;
    found[i] = found[i - 1]! + Math.hypot(bx - ax, by - ay) * scale * (near ? 1 : FAR) + 1e-9;
  }
  return found;
}

/** Where `pieces` even pieces of a rising row begin and end: places in it, with fractions. */
function spots(rising: Float64Array, pieces: number): Float64Array {
  const found = new Float64Array(pieces + 1), last = rising.length - 1;
  for (let i = 0, at = 0; i <= pieces; i++) {
    const wanted = rising[last]! * i / pieces;
    while (at < last - 1 && rising[at + 1]! < wanted) at++;
    found[i] = Math.min(last, at + (wanted - rising[at]!) / (rising[at + 1]! - rising[at]!));
  }
  return found;
}

/** Rows of `wide` numbers at places between them. */
function pick(values: Float64Array, wide: number, where: Float64Array): Float64Array {
  const found = new Float64Array(where.length * wide), last = values.length / wide - 1;
  where.forEach((at, i) => {
    const row = Math.min(last - 1, Math.floor(at)), part = at - row;
    for (let k = 0; k < wide; k++) found[i * wide + k] = values[row * wide + k]! * (1 - part) + values[(row + 1) * wide + k]! * part;
  });
  return found;
}

/** Rows of `wide` numbers blurred by so many rows; both ends stay where they are. */
function smooth(values: Float64Array, wide: number, sigma: number): Float64Array {
  const rows = values.length / wide, half = Math.min(Math.ceil(3 * sigma), rows - 1);
  if (half < 1) return values;
  const taps = 2 * half + 1, weights = Float64Array.from({length: taps}, (_, i) => Math.exp(-0.5 * ((i - half) / sigma) ** 2));
  const sum = weights.reduce((a, b) => a + b, 0), last = rows - 1, found = new Float64Array(values.length);
  const row = new Float64Array(rows + 2 * half);
  for (let k = 0; k < wide; k++) {
    for (let i = 0; i < rows; i++) row[half + i] = values[i * wide + k]!;
    // Beyond an end the line is mirrored at it.
    const begin = row[half]!, end = row[half + last]!;
    for (let i = 1; i <= half; i++) {
      row[half - i] = 2 * begin - row[half + i]!;
      row[half + last + i] = 2 * end - row[half + last - i]!;
    }
    for (let i = 0; i < rows; i++) {
      let total = 0;
      for (let tap = 0; tap < taps; tap++) total += weights[tap]! * row[i + tap]!;
      found[i * wide + k] = total / sum;
    }
  }
  return found;
}

/** A line moved to the left of its travel, so far at each point; y runs north. */
function beside(line: Line, out: Float64Array): Line {
  const last = line.length / 2 - 1;
  return line.map((value, at) => {
    const i = at >> 1, a = Math.max(0, i - 1), b = Math.min(last, i + 1);
    const dx = line[2 * b]! - line[2 * a]!, dy = line[2 * b + 1]! - line[2 * a + 1]!, size = Math.hypot(dx, dy) || 1;
    return value + (at % 2 ? dx : -dy) / size * out[i]!;
  });
}
