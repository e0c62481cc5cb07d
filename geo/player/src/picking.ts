// Which arc or place lies under the pointer: on the CPU, from the very curve that is drawn. No GPU read-back.

import {arcPoint, bowed, ROUTE_PIECES, toCommon, type ArcShape} from './arc';
import {arcEnds, commonRadius} from './gpu';
import {SMALLEST_AREA} from './layers/areas';
import type {Group} from './gather';
import type {RouteLines} from './route-lines';
import type {SceneData} from './types';
import {nearestCopy} from './view';

/** Common-space point to CSS pixels, and the x of the view's centre. */
export interface Project { (point: readonly [number, number, number]): readonly number[]; centre: number }
/** group: places that gather under one mark, the busiest first. */
export interface Picked { corridor?: number; place?: number; group?: Group }

const REACH = 5;      // px beyond the edge of what is drawn
const SAMPLES = 24;
const LARGE_AREA = 150; // px of radius
const NONE: ReadonlySet<number> = new Set();

export class Picker {
  private readonly curves: Float64Array;
  private screen: Float32Array | null = null;
  /** Pieces of every curve: more where some are routes. */
  private readonly samples: number;

  constructor(private readonly scene: SceneData, shape: ArcShape, private readonly lines: RouteLines | null = null) {
    const n = scene.corridors.count, samples = this.samples = lines ? ROUTE_PIECES : SAMPLES;
    this.curves = new Float64Array(n * (samples + 1) * 3);
    for (let c = 0, at = 0; c < n; c++) {
      const [sx, sy, tx, ty] = arcEnds(scene, c, [0, 0]), own = bowed(shape, scene.corridors.bow[c]!);
      for (let i = 0; i <= samples; i++, at += 3)
        this.curves.set(arcPoint(sx, sy, tx, ty, i / samples, own), at);
    }
  }

  /** Routes were made anew, relative to `origin`. */
  routesMade([x, y]: readonly [number, number]): void {
    const {lines, curves, samples} = this;
    if (!lines) return;
    lines.slot.forEach((slot, c) => {
      if (slot < 0) return;
      for (let i = 0; i <= samples; i++) {
        const from = (slot * (ROUTE_PIECES + 1) + i) * 4;
        curves.set([lines.texels[from]! + x, lines.texels[from + 1]! + y, 0], (c * (samples + 1) + i) * 3);
      }
    });
    this.screen = null;
  }

  /** Forgets where curves lie on screen; they are projected again when the pointer next moves. */
  viewChanged(): void {
    this.screen = null;
  }

  /** Where the middle of a corridor's arc lies on screen. */
  middle(corridor: number, project: Project): {sx: number; sy: number} {
    const at = (corridor * (this.samples + 1) + this.samples / 2) * 2, points = this.curvesOn(project);
    return {sx: points[at]!, sy: points[at + 1]!};
  }

  /** Points of the curves on screen, x and y in turn. */
  curvesOn(project: Project): Float32Array {
    return this.screen ??= this.projected(project);
  }

  /** Whether a point of one of these corridors' curves lies on a map of so many px. */
  anyWithin(corridors: Iterable<number>, width: number, height: number, project: Project): boolean {
    const of = (this.samples + 1) * 2, own = new Float32Array(of);
    for (const c of corridors) {
      // Nearly always the first is: the others need not be projected for that.
      const points = this.screen?.subarray(c * of, (c + 1) * of) ?? own;
      if (points === own) this.projectCurve(c, project, own);
      for (let at = 0; at < of; at += 2)
        if (points[at]! >= 0 && points[at]! <= width && points[at + 1]! >= 0 && points[at + 1]! <= height) return true;
    }
    return false;
  }

  /** gathered: places that have no ring of their own just now. */
  pick(x: number, y: number, width: ArrayLike<number>, project: Project, gathered: ReadonlySet<number> = NONE): Picked {
    const {places} = this.scene;
    for (let i = 0; i < places.length; i++) {
      const place = places[i]!;
      if (gathered.has(i)) continue;
      const [cx, cy] = toCommon(place.lon, place.lat);
      const [px, py] = project([nearestCopy(cx, project.centre), cy, 0]) as [number, number];
      if (place.radiusKm === 0 && Math.hypot(px - x, py - y) <= 9) return {place: i};
    }
    const corridor = this.nearest(x, y, width, project);
    if (corridor >= 0) return {corridor};
    const place = this.areaAt(x, y, project);
    return place < 0 ? {} : {place};
  }

  /** The smallest area under the pointer; of one that fills much of the map only its edge counts. */
  private areaAt(x: number, y: number, project: Project): number {
    let found = -1, least = Infinity;
    this.scene.places.forEach(({lon, lat, radiusKm, shape = -1}, i) => {
      if (!(radiusKm > 0)) return;
      const [cx, cy] = toCommon(lon, lat), at = nearestCopy(cx, project.centre);
      const [px, py] = project([at, cy, 0]) as [number, number], [ex, ey] = project([at + commonRadius(radiusKm, lat), cy, 0]) as [number, number];
      // Of an area with a shape its label point is hit, where its arcs end.
      const radius = shape >= 0 ? 2 * SMALLEST_AREA : Math.max(SMALLEST_AREA, Math.hypot(ex - px, ey - py)), beyond = Math.hypot(px - x, py - y) - radius;
      const hit = radius > LARGE_AREA ? Math.abs(beyond) <= REACH : beyond <= 0;
      if (hit && radius < least) { least = radius; found = i; }
    });
    return found;
  }

  /** The arc whose drawn edge is nearest, within reach; of several that cover the point, the thinner, lest it be lost. */
  private nearest(x: number, y: number, width: ArrayLike<number>, project: Project): number {
    const points = this.curvesOn(project);
    let best = -1, least = REACH;
    for (let c = 0; c < this.scene.corridors.count; c++) {
      if (!(width[c]! > 0)) continue;
      const distance = this.distance(points, c, x, y) - width[c]! / 2;
      const score = Math.max(distance, -1) + Math.min(distance, 0) * 1e-3;
      if (score < least || (score === least && best >= 0 && width[c]! < width[best]!)) { least = score; best = c; }
    }
    return best;
  }

  private projected(project: Project): Float32Array {
    const of = (this.samples + 1) * 2, points = new Float32Array(this.curves.length / 3 * 2);
    for (let c = 0; c < this.scene.corridors.count; c++) this.projectCurve(c, project, points.subarray(c * of, (c + 1) * of));
    return points;
  }

  /** Points of one curve on screen, in the copy of the world nearest to the middle. */
  private projectCurve(c: number, project: Project, points: Float32Array): void {
    const {curves, samples} = this, first = c * (samples + 1) * 3;
    const middle = curves[first + samples / 2 * 3]!, shift = nearestCopy(middle, project.centre) - middle;
    for (let k = 0, at = first; k <= samples; k++, at += 3)
      points.set(project([curves[at]! + shift, curves[at + 1]!, curves[at + 2]!]), 2 * k);
  }

  private distance(points: Float32Array, c: number, x: number, y: number): number {
    let least = Infinity;
    const first = c * (this.samples + 1) * 2;
    for (let k = 0; k < this.samples; k++) {
      const at = first + 2 * k;
      least = Math.min(least, toSegment(x, y, points[at]!, points[at + 1]!, points[at + 2]!, points[at + 3]!));
    }
    return least;
  }
}

/** Distance from a point to a segment. */
export function toSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
  const s = length2 > 0 ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length2)) : 0;
  return Math.hypot(ax + s * dx - x, ay + s * dy - y);
}
