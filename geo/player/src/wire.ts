// Arrow tables from Python -> SceneData. Its twin is geo/scene/wire.py; tests/fixtures/wire pins both.

import type {AllShapes, Bounds, Cargoes, Paths, Place, Report, SceneData, SceneEvent, Side, Style} from './types';

/** As much of an Arrow table as we need: Streamlit hands over its own build of apache-arrow. */
export interface Table {
  numRows: number;
  getChild(name: string): {toArray(): ArrayLike<unknown>} | null;
}
export type WireData = Record<string, unknown>;

interface SideJson { name: string; time: number[]; low: number[]; high: (number | null)[] }

export interface SceneJson {
  version: number; key: string; title: string; unit: string; start: string; seconds: number; lead: number;
  places: Place[]; events: SceneEvent[]; reports: Report[]; style: Style;
  landWindows: [number, number, number, number][];
  corridorInside: number[][]; bounds: (Omit<Bounds, 'sides'> & {sides: SideJson[]})[];
  paths?: {left: number; unstated: boolean; overlap: boolean};
  cargoes?: Pick<Cargoes, 'names' | 'stated'>;
}
export const WIRE_VERSION = 7;

/** Only the content key, without unpacking anything: tells whether a message brings a new scene. */
export function sceneJson(data: WireData): SceneJson {
  if (typeof data['scene'] !== 'string') throw new Error('The page sent no scene.');
  const scene = JSON.parse(data['scene']) as SceneJson;
  if (scene.version !== WIRE_VERSION)
    throw new Error(`This player reads scenes of version ${WIRE_VERSION}; the page sent version ${scene.version}. Reload the page.`);
  return scene;
}

export function decode(data: WireData, scene: SceneJson = sceneJson(data)): SceneData {
  const {corridors, legs, doubts, onward, spread, again} = {
    corridors: table(data, 'corridors'), legs: table(data, 'legs'), doubts: table(data, 'doubts'),
    onward: table(data, 'onward'), spread: table(data, 'spread'), again: table(data, 'again')
  };
  const count = corridors.numRows;
  return {
    key: scene.key, title: scene.title, unit: scene.unit, start: Date.parse(scene.start), seconds: scene.seconds, lead: scene.lead,
    places: scene.places, events: scene.events, reports: scene.reports, style: scene.style, bounds: scene.bounds.map((bounds) => ({...bounds, sides: bounds.sides.map(side)})),
    corridors: {
      count,
      id: Array.from(column(corridors, 'id') as ArrayLike<string>),
      origin: typed(corridors, 'origin', Uint32Array),
      destination: typed(corridors, 'destination', Uint32Array),
      mode: typed(corridors, 'mode', Uint8Array),
      reconciled: typed(corridors, 'reconciled', Uint8Array),
      counted: typed(corridors, 'counted', Uint8Array),
      contested: typed(corridors, 'contested', Float64Array),
      bow: typed(corridors, 'bow', Int8Array),
      about: typed(corridors, 'about', Uint8Array),
      inside: scene.corridorInside
    },
    legs: {
      count: legs.numRows,
      corridor: whole(legs, 'corridor'),
      depart: typed(legs, 'depart', Uint32Array),
      arrive: typed(legs, 'arrive', Uint32Array),
      best: typed(legs, 'containers', Float32Array),
      doubt: {leg: typed(doubts, 'leg', Uint32Array), low: typed(doubts, 'low', Float32Array), high: typed(doubts, 'high', Float32Array)},
      onward: typed(onward, 'leg', Uint32Array)
    },
    spread: {offsets: offsets(typed(spread, 'corridor', Uint32Array), count), ...curves(spread)},
    again: {offsets: Uint32Array.of(0, again.numRows), ...curves(again)},
    periods: periods(table(data, 'periods')),
    land: scene.landWindows.length ? land(data, scene.landWindows) : null,
    shapes: scene.places.some(({shape = -1}) => shape >= 0) ? shapes(data) : null,
    cargoes: scene.cargoes ? cargoes(data, scene.cargoes) : null,
    paths: scene.paths ? paths(table(data, 'paths'), scene.paths, count) : null
  };
}

function cargoes(data: WireData, told: Pick<Cargoes, 'names' | 'stated'>): Cargoes {
  const spread = table(data, 'cargo_spread');
  return {
    ...told, ofLeg: typed(table(data, 'leg_cargo'), 'cargo', Uint8Array),
    spread: {corridor: typed(spread, 'corridor', Uint32Array), cargo: typed(spread, 'cargo', Uint8Array), ...curves(spread)}
  };
}

function curves(of: Table): Omit<SceneData['spread'], 'offsets'> {
  const [time, low, best, closed, open] = ['time', 'low', 'best', 'closed', 'open'].map((name) => typed(of, name, Float64Array));
  return {time: time!, low: low!, best: best!, closed: closed!, open: open!};
}

function periods(of: Table): SceneData['periods'] {
  const corridor = typed(of, 'corridor', Uint32Array), found: SceneData['periods'] = new Map();
  const [since, until, low, high] = ['since', 'until', 'low', 'high'].map((name) => typed(of, name, Float64Array));
  for (let first = 0, end = 0; first < corridor.length; first = end) {
    while (end < corridor.length && corridor[end] === corridor[first]) end++;
    // Each moment with each later one, and with itself: the rows of the first moment name them all.
    let own = first;
    while (own < end && since![own] === since![first]) own++;
    found.set(corridor[first]!, {time: until!.subarray(first, own), low: low!.subarray(first, end), high: high!.subarray(first, end)});
  }
  return found;
}

function side({name, time, low, high}: SideJson): Side {
  return {name, time: Float64Array.from(time), low: Float64Array.from(low), high: Float64Array.from(high, (each) => each ?? Infinity)};
}

function paths(of: Table, told: {left: number; unstated: boolean; overlap: boolean}, count: number): Paths {
  const [lon, lat, aside] = ['lon', 'lat', 'aside'].map((name) => typed(of, name, Float32Array));
  return {offsets: offsets(typed(of, 'corridor', Uint32Array), count), lon: lon!, lat: lat!, aside: aside!, ...told};
}

function land(data: WireData, windows: [number, number, number, number][]): SceneData['land'] {
  return {windows, positions: pairs(table(data, 'land')), triangles: typed(table(data, 'land_triangles'), 'index', Uint32Array)};
}

function shapes(data: WireData): AllShapes {
  const rows = table(data, 'areas'), points = pairs(rows), starts = offsets(typed(rows, 'line', Uint32Array), lastOf(rows) + 1);
  const region = typed(rows, 'region', Uint8Array), area = typed(rows, 'area', Uint16Array), ground = table(data, 'area_land');
  const lines = (wanted: number): number[] => Array.from({length: starts.length - 1}, (_, i) => i).filter((i) => region[starts[i]!] === wanted);
  const pointsOf = (of: number[]): Float32Array[] => of.map((i) => points.subarray(2 * starts[i]!, 2 * starts[i + 1]!));
  const areaOf = (of: number[]): number[] => of.map((i) => area[starts[i]!]!);
  return {
    outlines: pointsOf(lines(0)), outlineOf: areaOf(lines(0)), regions: pointsOf(lines(1)), regionOf: areaOf(lines(1)),
    positions: pairs(ground), positionOf: typed(ground, 'area', Uint16Array), triangles: typed(table(data, 'area_triangles'), 'index', Uint32Array)
  };
}

const lastOf = (rows: Table): number => rows.numRows ? Number(column(rows, 'line')[rows.numRows - 1]) : -1;

function pairs(points: Table): Float32Array {
  const lon = typed(points, 'lon', Float32Array), lat = typed(points, 'lat', Float32Array);
  const positions = new Float32Array(lon.length * 2);
  lon.forEach((x, i) => { positions[2 * i] = x; positions[2 * i + 1] = lat[i]!; });
  return positions;
}

function table(data: WireData, name: string): Table {
  const found = data[name] as Table | undefined;
  if (!found || typeof found.getChild !== 'function') throw new Error(`The page sent no table "${name}".`);
  return found;
}

function column(from: Table, name: string): ArrayLike<unknown> {
  const found = from.getChild(name);
  if (!found) throw new Error(`A table from the page has no column "${name}".`);
  return found.toArray();
}

type TypedArray = Int8Array | Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/** The column as it came, without a copy where the type already fits. */
function typed<T extends TypedArray>(from: Table, name: string, Type: {new (values: ArrayLike<number>): T; new (length: number): T}): T {
  if (from.numRows === 0) return new Type(0);
  const values = column(from, name);
  return values instanceof Type ? values : new Type(values as ArrayLike<number>);
}

/** Corridor numbers are sent in two bytes where they fit. */
function whole(from: Table, name: string): Uint16Array | Uint32Array {
  if (from.numRows === 0) return new Uint16Array(0);
  const values = column(from, name);
  return values instanceof Uint16Array || values instanceof Uint32Array ? values : new Uint32Array(values as ArrayLike<number>);
}

/** Row ranges of each curve in a table sorted by curve. */
function offsets(corridor: Uint32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (const c of corridor) starts[c + 1]! += 1;
  for (let c = 0; c < count; c++) starts[c + 1]! += starts[c]!;
  return starts;
}
