// A scene as textures, and the moment as uniforms: the only place that knows how volumes lie on the GPU.

import type {Device, Texture} from '@luma.gl/core';
import {CASING, ends, EQUATOR_M, ROUTE_PIECES, toCommon, WORLD} from './arc';
import {COLOURS, colourOf} from './cargo';
import {firstAtOrAfter} from './curves';
import type {Grid} from './grid';
import {COLUMNS_WIDE, columnsTexture, rowsFor, writePlane} from './layers/columns';
import type {FrameState, SceneTextures} from './layers/frame';
import {largestPort, MODES} from './layers/glsl';
import type {RouteLines} from './route-lines';
import {throughPlaces} from './places';
import {driftDepth, paleOf, rgb} from './theme';
import type {Mode, Moment, SceneData, Theme} from './types';
import type {Volumes} from './volumes';

/** Texels of the volume texture: 32 MB where four numbers are needed, 8 MB where one is. */
const MAX_TEXELS = 2_097_152;
const MAX_STOPS = 1024;
/** Corridors up to which each arc has a rim; among more it costs two thirds of all drawing, and is not seen. */
const CASED = 500;

/** Corridors in the order they are drawn: the biggest lowest, and what lies in others on top of them; column k of every texture is corridor order[k]. */
export interface SceneOnGpu {
  textures: SceneTextures;
  legs: Texture | null;
  grid: Grid;
  order: Uint32Array;
  maxRate: number;
  /** moments at which corridors become contested, seconds since start, rising */
  disputes: Float64Array;
  /** volume through each place, of the volumes of the corridors */
  through: (perCorridor: ArrayLike<number>) => Float64Array;
  release(): void;
}

/** `whole`: the volumes of the whole span, by which corridors are ordered and ports sized. */
export function upload(device: Device, scene: SceneData, volumes: Volumes, whole: Moment, lines: RouteLines | null, byCargo: boolean): SceneOnGpu {
  const n = scene.corridors.count, p = scene.places.length, columns = n + p;
  const crossing = Array.from({length: n}, (_, c) => crossesEdge(scene, c, lines));
  const depth = (c: number): number => scene.corridors.inside[c]!.length;
  const order = Uint32Array.from({length: n}, (_, c) => c)
    .sort((a, b) => Number(crossing[b]) - Number(crossing[a]) || depth(a) - depth(b) || whole.best[b]! - whole.best[a]!);
  const wrapped = crossing.filter(Boolean).length;
  const column = new Uint32Array(n);
  order.forEach((c, k) => { column[c] = k; });

  const tallest = Math.min(device.limits.maxTextureDimension2D, 8192);
  const most = Math.max(2, Math.min(MAX_STOPS, Math.floor(MAX_TEXELS / Math.max(1, columns)), Math.floor(tallest / rowsFor(columns)) - 1));
  const grid = volumes.grid(most);
  const planes = grid.stops.length + 1; // the last for the moment while paused: exact
  const texels = new Float32Array(columns * planes * grid.channels);
  fillVolumes(scene, grid, order, texels);
  const origin = sceneOrigin(scene), told = {disputes: disputesOf(scene)};
  const textures: SceneTextures = {
    corridors: n, places: p, origin, wrapped,
    outer: extentOf(scene, order.subarray(0, wrapped), [], lines), inner: extentOf(scene, order.subarray(wrapped), scene.places, lines),
    volumes: columnsTexture(device, grid.channels === 1 ? 'r32float' : 'rgba32float', grid.channels, columns, planes, texels),
    rates: columnsTexture(device, 'r32float', 1, columns, grid.rate ? planes : 1, ratesTexels(grid, order, columns, planes)),
    corridorFacts: columnsTexture(device, 'rgba32float', 4, n, 3, corridorFacts(scene, order, origin, told, whole, lines)),
    placeFacts: columnsTexture(device, 'rgba32float', 4, p, 2, placeFacts(scene, whole, origin)),
    paths: lines && columnsTexture(device, 'rgba32float', 4, lines.count * (ROUTE_PIECES + 1), 1, lines.texels),
    shares: byCargo ? columnsTexture(device, 'rgba32float', 4, n, 2, new Float32Array(n * COLOURS)) : null
  };
  const legs = scene.legs.count ? legsTexture(device, scene, column) : null;
  const maxRate = grid.rate ? grid.rate.reduce((a, b) => Math.max(a, b), 1e-12) : 1;
  return {
    textures, legs, grid, order, maxRate, ...told, through: throughPlaces(scene),
    release: () => [textures.volumes, textures.rates, textures.corridorFacts, textures.placeFacts, textures.paths, textures.shares, legs].forEach((texture) => texture?.destroy())
  };
}

function fillVolumes(scene: SceneData, grid: Grid, order: Uint32Array, out: Float32Array): void {
  const n = order.length, columns = n + scene.places.length, {channels, values} = grid;
  const through = throughPlaces(scene), volume = new Float64Array(n);
  const bestAt = channels === 1 ? 0 : 1;
  for (let s = 0; s < grid.stops.length; s++) {
    const base = s * columns * channels;
    for (let k = 0; k < n; k++) {
      const c = order[k]!, from = (s * n + c) * channels, to = base + k * channels;
      for (let i = 0; i < channels; i++) out[to + i] = values[from + i]!;
      volume[c] = values[from + bestAt]!;
    }
    through(volume).forEach((sum, place) => { out[base + (n + place) * channels + bestAt] = sum; });
  }
}

function ratesTexels(grid: Grid, order: Uint32Array, columns: number, planes: number): Float32Array {
  const n = order.length;
  if (!grid.rate) return new Float32Array(columns);
  const out = new Float32Array(columns * planes);
  for (let s = 0; s < grid.stops.length; s++)
    for (let k = 0; k < n; k++) out[s * columns + k] = grid.rate[s * n + order[k]!]!;
  return out;
}

function sceneOrigin(scene: SceneData): [number, number] {
  if (!scene.places.length) return [WORLD / 2, WORLD / 2];
  const points = scene.places.map((place) => toCommon(place.lon, place.lat));
  return [0, 1].map((i) => points.reduce((sum, point) => sum + point[i]!, 0) / points.length) as [number, number];
}

/** Further than an arc of any lane leans. */
const reachOf = ([sx, sy, tx, ty]: readonly [number, number, number, number]): number => Math.hypot(tx - sx, ty - sy) * 0.4;

/** Whether any of a corridor's arc lies beyond ±180°, where the world ends and its neighbouring copy begins. */
function crossesEdge(scene: SceneData, c: number, lines: RouteLines | null): boolean {
  const route = lines?.extent(c);
  if (route) return route[0] < 0 || route[1] > WORLD;
  const arc = arcEnds(scene, c, [0, 0]), reach = reachOf(arc);
  return Math.min(arc[0], arc[2]) - reach < 0 || Math.max(arc[0], arc[2]) + reach > WORLD;
}

/** Common x from the westernmost to the easternmost point of some corridors and places. */
function extentOf(scene: SceneData, corridors: Uint32Array, places: readonly SceneData['places'][number][], lines: RouteLines | null): [number, number] {
  let west = Infinity, east = -Infinity;
  for (const c of corridors) {
    const arc = arcEnds(scene, c, [0, 0]), reach = reachOf(arc);
    const [left, right] = lines?.extent(c) ?? [Math.min(arc[0], arc[2]) - reach, Math.max(arc[0], arc[2]) + reach];
    west = Math.min(west, left);
    east = Math.max(east, right);
  }
  for (const place of places) {
    const [x] = toCommon(place.lon, place.lat), reach = commonRadius(place.radiusKm, place.lat) + 1;
    west = Math.min(west, x - reach);
    east = Math.max(east, x + reach);
  }
  return west <= east ? [west, east] : [0, 0];
}

/** Ends of each corridor's arc in common space, relative to the origin. */
export function arcEnds(scene: SceneData, c: number, origin: readonly [number, number]): [number, number, number, number] {
  const a = scene.places[scene.corridors.origin[c]!]!, b = scene.places[scene.corridors.destination[c]!]!;
  const [sx, sy, tx, ty] = ends(a.lon, a.lat, b.lon, b.lat);
  return [sx - origin[0], sy - origin[1], tx - origin[0], ty - origin[1]];
}

function corridorFacts(
  scene: SceneData, order: Uint32Array, origin: [number, number], told: Pick<SceneOnGpu, 'disputes'>, whole: Moment, lines: RouteLines | null
): Float32Array {
  const n = order.length, out = new Float32Array(n * 12), most = busiest(scene, whole);
  order.forEach((c, k) => {
    out.set(arcEnds(scene, c, origin), k * 4);
    out.set(lookOf(scene, told, c, 0), (n + k) * 4);
    const to = scene.corridors.destination[c]!;
    out.set([n + to, scene.places[to]!.radiusKm > 0 ? 0 : most, lines ? lines.slot[c]! + 1 : 0, 0], (2 * n + k) * 4);
  });
  return out;
}

/** Distinct moments at which corridors become contested, rising. */
function disputesOf({corridors}: SceneData): Float64Array {
  return Float64Array.from(new Set(corridors.contested.filter(Number.isFinite))).sort();
}

/**
 * Mode, side and lane, emphasis, whether reconciled, and which of the disputes makes it contested (0: none). A number, not a
 * time: the GPU's times are float32, and seconds of some years do not fit.
 */
function lookOf({corridors}: SceneData, {disputes}: Pick<SceneOnGpu, 'disputes'>, c: number, emphasis: number): number[] {
  const at = corridors.contested[c]!, bow = corridors.bow[c]!;
  return [corridors.mode[c]! + MODES * (2 * (Math.abs(bow) - 1) + Number(bow < 0)), emphasis, corridors.reconciled[c]!, Number.isFinite(at) ? firstAtOrAfter(disputes, at) + 1 : 0];
}

/** The largest volume through any place. */
function busiest(scene: SceneData, whole: Moment): number {
  return throughPlaces(scene)(whole.best).reduce((a, b) => Math.max(a, b), 0);
}

function placeFacts(scene: SceneData, whole: Moment, origin: [number, number]): Float32Array {
  const most = busiest(scene, whole);
  const out = new Float32Array(scene.places.length * 8);
  scene.places.forEach((place, i) => {
    const [x, y] = toCommon(place.lon, place.lat);
    out.set([x - origin[0], y - origin[1], commonRadius(place.radiusKm, place.lat), most], i * 4);
  });
  return out;
}

/** A radius on the ground in common units at its latitude. */
export function commonRadius(km: number, lat: number): number {
  return km * 1000 / (EQUATOR_M * Math.cos(lat * Math.PI / 180)) * WORLD;
}

/** The areas of a scene for layers/areas.ts; those of `faded` places step back. */
export function areasOf(scene: SceneData, origin: readonly [number, number], there: ReadonlySet<number>, faded: (place: number) => boolean): Float32Array {
  return Float32Array.from(scene.places.flatMap((place, i) => {
    if (!(place.radiusKm > 0) || (place.shape ?? -1) >= 0 || !there.has(i)) return [];
    const [x, y] = toCommon(place.lon, place.lat);
    return [x - origin[0], y - origin[1], commonRadius(place.radiusKm, place.lat), faded(i) ? 0.4 : 1];
  }));
}

function legsTexture(device: Device, scene: SceneData, column: Uint32Array): Texture {
  const {count, corridor, depart, arrive, best} = scene.legs, ofLeg = scene.cargoes?.ofLeg;
  const wide = Math.min(count, COLUMNS_WIDE), rows = rowsFor(count);
  const texels = new Uint32Array(wide * rows * 4), bits = new Float32Array(texels.buffer);
  for (let i = 0; i < count; i++) {
    texels[4 * i] = (column[corridor[i]!]! | colourOf(ofLeg?.[i] ?? 0) << 24) >>> 0;
    texels[4 * i + 1] = depart[i]!;
    texels[4 * i + 2] = arrive[i]!;
    bits[4 * i + 3] = best[i]!;
  }
  return columnsTexture(device, 'rgba32uint', 4, wide * rows, 1, texels);
}

/** The shares of the cargoes of a moment, COLOURS a corridor. */
export function setShares({textures, order}: SceneOnGpu, shares: Float32Array): void {
  if (!textures.shares || !order.length) return;
  for (const plane of [0, 1]) {
    const texels = new Float32Array(order.length * 4);
    order.forEach((c, k) => texels.set(shares.subarray(c * COLOURS + 4 * plane, c * COLOURS + 4 * plane + 4), 4 * k));
    writePlane(textures.shares, 4, order.length, plane, texels);
  }
}

/** The lines of the routes as they were made last. */
export function setRoutes({textures}: SceneOnGpu, lines: RouteLines): void {
  if (textures.paths) writePlane(textures.paths, 4, lines.count * (ROUTE_PIECES + 1), 0, lines.texels);
}

/** While playing: which two stops to mix, of a trailing stretch (`from`) four. All in place; nothing is uploaded. */
export function setStops(frame: FrameState, gpu: SceneOnGpu, from: number | null, to: number): void {
  const {stops} = gpu.grid;
  const between = (t: number): [number, number] => {
    // Half-open: at the very time of a step, the stop before it counts.
    const k = Math.max(0, Math.min(stops.length - 2, firstAtOrAfter(stops, t) - 1));
    const span = stops[k + 1]! - stops[k]!;
    return [k, span > 0 ? Math.min(1, (t - stops[k]!) / span) : 0];
  };
  const {moment} = frame;
  [moment['stop'], moment['part']] = between(to);
  if (from !== null) [moment['priorStop'], moment['priorPart']] = between(from);
  else moment['priorStop'] = -1;
}

/** While paused: the exact volumes of the moment, written once into a plane of their own. */
export function setExact(frame: FrameState, gpu: SceneOnGpu, now: Moment): void {
  const {grid, order, textures} = gpu;
  const {channels} = grid, n = order.length, columns = n + textures.places, best = channels === 1 ? 0 : 1;
  const values = new Float32Array(columns * channels);
  order.forEach((c, k) => {
    if (channels === 1) { values[k] = now.best[c]!; return; }
    const open = now.high[c] === Infinity;
    values.set([now.low[c]!, now.best[c]!, open ? now.best[c]! : now.high[c]!, open ? 1 : 0], k * 4);
  });
  gpu.through(now.best).forEach((volume, i) => { values[(n + i) * channels + best] = volume; });
  const plane = grid.stops.length;
  writePlane(textures.volumes, channels, columns, plane, values);
  if (grid.rate) {
    const s = Math.max(0, firstAtOrAfter(grid.stops, now.t) - 1);
    const rate = new Float32Array(columns);
    order.forEach((c, k) => { rate[k] = grid.rate![s * n + c]!; });
    writePlane(textures.rates, 1, columns, plane, rate);
  }
  Object.assign(frame.moment, {stop: plane, part: 0, priorStop: -1, priorPart: 0});
}

/** How many disputes have begun by `t`. */
export function setDisputes(frame: FrameState, gpu: SceneOnGpu, t: number): void {
  const {disputes} = gpu, next = firstAtOrAfter(disputes, t);
  frame.moment['disputes'] = disputes[next] === t ? next + 1 : next;
}

/**
 * Selected corridors are outlined, those under the pointer stay as they are, and the rest fades; none of either: all plain.
 * What is not `drawn` is not there at all.
 */
export function setEmphasis(
  gpu: SceneOnGpu, scene: SceneData, selected: ReadonlySet<number>, pointed: ReadonlySet<number>, drawn: ReadonlySet<number>, gathered: ReadonlySet<number>
): void {
  const n = gpu.order.length, looks = new Float32Array(n * 4), places = new Float32Array(scene.places.length * 4);
  const lit = selected.size > 0 ? selected : pointed, kept = placesOf(scene, lit), there = placesOf(scene, drawn);
  gpu.order.forEach((c, k) => {
    looks.set(lookOf(scene, gpu, c, !drawn.has(c) ? -2 : selected.has(c) ? 1 : lit.size === 0 || lit.has(c) ? 0 : -1), k * 4);
  });
  scene.places.forEach((_, i) => { places[4 * i] = !there.has(i) || gathered.has(i) ? -2 : lit.size === 0 || kept.has(i) ? 0 : -1; });
  if (n) writePlane(gpu.textures.corridorFacts, 4, n, 1, looks);
  if (scene.places.length) writePlane(gpu.textures.placeFacts, 4, scene.places.length, 1, places);
}

/** The places at the ends of some corridors. */
export function placesOf({corridors}: SceneData, selected: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...selected].flatMap((c) => [corridors.origin[c]!, corridors.destination[c]!]));
}

export function newFrame(scene: SceneData, gpu: SceneOnGpu, theme: Theme): FrameState {
  const {perUnit, floor, opacity} = scene.style;
  return {
    t: 0, selected: false, coarse: false, drawn: false, ink: inkOf(theme, gpu.textures.shares !== null),
    moment: {
      stop: 0, part: 0, priorStop: -1, priorPart: 0, time: 0, phase: 0, certain: gpu.grid.channels === 1 ? 1 : 0,
      hasRate: gpu.grid.rate ? 1 : 0, rows: rowsFor(gpu.textures.corridors + gpu.textures.places), perUnit, minWidth: floor, maxRate: gpu.maxRate, opacity,
      casing: scene.corridors.count > CASED ? 0 : CASING, largestPort: largestPort(scene.places.length),
      disputes: 0
    }
  };
}

/** byCargo: hues by the colours of cargoes, else by mode. */
export function inkOf(theme: Theme, byCargo: boolean): FrameState['ink'] {
  const unit = (colour: string) => [...rgb(colour).map((value) => value / 255), 1] as [number, number, number, number];
  return {
    ...Object.fromEntries(Array.from({length: COLOURS}, (_, i) => [`hue${i}`, unit(byCargo ? theme.cargo[i]! : theme.mode[i as Mode] ?? theme.mode[0])])),
    pale: unit(paleOf(theme)), line: unit(theme.line), fill: unit(theme.sea), land: unit(theme.land),
    drift: [driftDepth(theme), 0, 0, 0]
  };
}

