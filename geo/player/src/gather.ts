// Which places lie so close on the map that their rings would overlap: they gather under one mark, and part as the map comes
// closer. What is gathered at one zoom is gathered at every zoom farther out, and moving the map gathers nothing. Two places
// with an arc between them never gather, lest the arc be lost. Pure; group-marks.ts draws the marks.

import {WORLD} from './arc';
import {LIMITS} from './view';

/** A place that may gather: where it lies in common space, the px of its ring, and how much goes through it. */
export interface Spot { place: number; x: number; y: number; radius: number; busy: number }
/** places: the busiest first, where the mark stands. parts: the zoom from which they are no longer all in one; Infinity for never. */
export interface Group { places: readonly number[]; parts: number }

/** Zooms at which groups are made anew. */
const STEP = 0.25;
/** px between two marks. */
const AIR = 2;
export const markRadius = (places: number): number => (places < 100 ? 11 : 15);

interface Cluster { spots: Spot[]; x: number; y: number; radius: number }

export class Gathering {
  /** Of each step from the farthest zoom to the closest. */
  private readonly levels: readonly (readonly Group[])[];

  /** joined: which places have an arc between them. */
  constructor(spots: readonly Spot[], joined: ReadonlyMap<number, ReadonlySet<number>>) {
    let clusters: Cluster[] = [...spots].sort((one, other) => one.x - other.x || byBusy(one, other)).map((spot) => ({spots: [spot], x: spot.x, y: spot.y, radius: spot.radius}));
    const levels: (readonly Group[])[] = [], last = Math.ceil(LIMITS.maxZoom / STEP), parted = new Map<Cluster, number>();
    let groups: readonly Group[] = [];
    for (let step = last; step >= 0; step--) {
      const merged = gathered(clusters, 2 ** (step * STEP), joined);
      if (merged !== clusters) {
        // A cluster that is new at this step parts at the next one.
        for (const cluster of merged) if (!parted.has(cluster)) parted.set(cluster, step === last ? Infinity : (step + 1) * STEP);
        groups = merged.filter(({spots: own}) => own.length > 1).map((cluster) => ({places: cluster.spots.map(({place}) => place), parts: parted.get(cluster)!}));
        clusters = merged;
      }
      levels[step] = groups;
    }
    this.levels = levels;
  }

  /** The groups at a zoom; the same array for as long as they are the same. */
  at(zoom: number): readonly Group[] {
    return this.levels[Math.max(0, Math.min(this.levels.length - 1, Math.floor(zoom / STEP + 1e-9)))]!;
  }
}

const byBusy = (a: Spot, b: Spot): number => b.busy - a.busy || a.place - b.place;

/** The clusters with those in one that overlap at a scale, px per common unit: the very same array where none do. */
function gathered(clusters: Cluster[], scale: number, joined: ReadonlyMap<number, ReadonlySet<number>>): Cluster[] {
  let found = clusters;
  for (;;) {
    const merged = once(found, scale, joined);
    if (merged === found) return found;
    found = merged;
  }
}

/** One pass: the busiest first, each with what overlaps it. clusters: by x, so that few pairs are looked at. */
function once(clusters: Cluster[], scale: number, joined: ReadonlyMap<number, ReadonlySet<number>>): Cluster[] {
  const beside = neighbours(clusters, scale, joined);
  if (!beside.size) return clusters;
  const grown = new Map<Cluster, Cluster>(), taken = new Set<Cluster>();
  for (const cluster of [...beside.keys()].sort((one, other) => byBusy(one.spots[0]!, other.spots[0]!))) {
    if (taken.has(cluster)) continue;
    taken.add(cluster);
    let own = cluster;
    for (const other of beside.get(cluster)!) {
      if (taken.has(other) || !overlap(own, other, scale) || areJoined(own, other, joined)) continue;
      taken.add(other);
      own = {spots: [...own.spots, ...other.spots].sort(byBusy), x: cluster.x, y: cluster.y, radius: 0};
      own.radius = markRadius(own.spots.length);
      grown.set(other, own);
    }
    grown.set(cluster, own);
  }
  // A merged cluster stays where its busiest place is, so that the order by x stays.
  return clusters.flatMap((cluster) => {
    const own = grown.get(cluster) ?? cluster;
    return own === cluster || own.spots[0] === cluster.spots[0] ? [own] : [];
  });
}

/** Of each cluster those that overlap it and may be one with it. */
function neighbours(clusters: Cluster[], scale: number, joined: ReadonlyMap<number, ReadonlySet<number>>): Map<Cluster, Cluster[]> {
  const found = new Map<Cluster, Cluster[]>(), reach = (2 * clusters.reduce((widest, {radius}) => Math.max(widest, radius), 0) + AIR) / scale;
  const add = (one: Cluster, other: Cluster): void => {
    const beside = found.get(one);
    if (beside) beside.push(other);
    else found.set(one, [other]);
  };
  const n = clusters.length;
  for (let i = 0; i < n; i++) {
    const one = clusters[i]!;
    // On past the edge of the world, from the first one on.
    for (let k = i + 1; k < i + n; k++) {
      const other = clusters[k % n]!;
      if (other.x + (k >= n ? WORLD : 0) - one.x >= reach) break;
      if (!overlap(one, other, scale) || areJoined(one, other, joined)) continue;
      add(one, other);
      add(other, one);
    }
  }
  return found;
}

/** The world is round: the shorter way counts. */
function overlap(one: Cluster, other: Cluster, scale: number): boolean {
  const dx = Math.abs(one.x - other.x) % WORLD;
  return Math.hypot(Math.min(dx, WORLD - dx), one.y - other.y) * scale < one.radius + other.radius + AIR;
}

function areJoined(one: Cluster, other: Cluster, joined: ReadonlyMap<number, ReadonlySet<number>>): boolean {
  const [few, many] = one.spots.length < other.spots.length ? [one, other] : [other, one];
  return few.spots.some(({place}) => {
    const arcs = joined.get(place);
    return arcs !== undefined && many.spots.some((spot) => arcs.has(spot.place));
  });
}
