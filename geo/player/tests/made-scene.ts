// Scenes made by hand for the furniture's tests: the founding one, and one with several corridors.

import type { Moment, Periods, PlayMode, SceneData, Side, Theme } from '../src/types';
import { Volumes } from '../src/volumes';

export const DAY = 86_400;
const noLegs = (): SceneData['legs'] => ({
  count: 0, corridor: new Uint16Array(), depart: new Uint32Array(), arrive: new Uint32Array(), best: new Float32Array(),
  doubt: { leg: new Uint32Array(), low: new Float32Array(), high: new Float32Array() }, onward: new Uint32Array(),
});

export const noCurves = (): SceneData['spread'] => ({
  offsets: Uint32Array.of(0, 0), time: new Float64Array(), low: new Float64Array(), best: new Float64Array(), closed: new Float64Array(), open: new Float64Array(),
});

/** Flags of `n` corridors of which nothing was reconciled. */
export const simple = (n: number): Pick<SceneData['corridors'], 'reconciled' | 'counted' | 'contested' | 'inside' | 'bow' | 'about'> => ({
  reconciled: new Uint8Array(n), counted: new Uint8Array(n).fill(1), contested: new Float64Array(n).fill(Infinity), inside: Array.from({ length: n }, () => []),
  bow: new Int8Array(n).fill(1), about: new Uint8Array(n).fill(1),
});

/** One corridor, 1 Aug to 2 Nov 2023, about 2,000 containers spread evenly; three reports, one of them drawn. */
export function founding(): SceneData {
  const seconds = 94 * DAY;
  const report = { id: '', kind: 'total' as const, words: '', url: '', corridors: [0] };
  return {
    key: 'founding', title: 'Containers from North Korea to Russia', unit: 'container', start: Date.UTC(2023, 7, 1), seconds, lead: 0,
    places: [
      { code: 'KPRJN', name: 'Rason', lon: 130.3, lat: 42.2, radiusKm: 0 },
      { code: 'RUVVO', name: 'Vladivostok', lon: 131.9, lat: 43.1, radiusKm: 0 },
    ],
    corridors: { id: ['KPRJN>RUVVO>1'], origin: Uint32Array.of(0), destination: Uint32Array.of(1), mode: Uint8Array.of(1), count: 1, ...simple(1) },
    legs: noLegs(),
    spread: {
      offsets: Uint32Array.of(0, 2), time: Float64Array.of(0, seconds),
      low: Float64Array.of(0, 1800), best: Float64Array.of(0, 2000), closed: Float64Array.of(0, 2200), open: Float64Array.of(0, 0),
    },
    again: noCurves(), periods: new Map(), bounds: [],
    events: [{ time: 43 * DAY, title: 'Kim meets Putin', note: 'At Vostochny', source: 'A paper', url: 'https://example.org/a' }],
    reports: [
      { ...report, claimant: "South Korea's military", outlet: 'Kyodo', saidOn: '2 Nov 2023', summary: 'about 2,000 containers', drawn: true },
      { ...report, claimant: 'United States', outlet: '', saidOn: '13 Oct 2023', summary: 'at least 1,001 containers', drawn: false },
      { ...report, claimant: 'NIS', outlet: 'NIS', saidOn: '', summary: '', drawn: false },
    ],
    style: { perUnit: 32 / 2200, fullWidth: 32, floor: 1, opacity: 1 }, land: null,
  };
}

/** `n` corridors by sea and by rail, corridor c carrying one leg of (c + 1) × 10 containers on day c. */
export function several(n = 3): SceneData {
  const scene = founding();
  const rows = [...Array(n).keys()];
  return {
    ...scene, title: 'Several', seconds: (n + 1) * DAY, lead: -1,
    corridors: {
      id: rows.map((c) => `C${c}`), origin: Uint32Array.from(rows, (c) => c % 2), destination: Uint32Array.from(rows, (c) => (c + 1) % 2),
      mode: Uint8Array.from(rows, (c) => 1 + (c % 2)), count: n, ...simple(n),
    },
    legs: {
      ...noLegs(), count: n, corridor: Uint16Array.from(rows), depart: Uint32Array.from(rows, (c) => c * DAY),
      arrive: Uint32Array.from(rows, (c) => c * DAY), best: Float32Array.from(rows, (c) => (c + 1) * 10),
    },
    spread: { offsets: new Uint32Array(n + 1), time: new Float64Array(), low: new Float64Array(), best: new Float64Array(), closed: new Float64Array(), open: new Float64Array() },
    style: { perUnit: 0.05, fullWidth: 32, floor: 1, opacity: 1 },
  };
}

/**
 * Corridor 0 is reconciled, contested from day 206 on, and contains corridor 1, which is reconciled too. Each moment is
 * three knots, as geo/scene/flows.py writes them.
 */
export function contradicting(): SceneData {
  const scene = founding(), outer: Knot[] = [
    [-30, 0, 0, 1199], [0, 0, 300, 2200], [100, 1800, 1800, 2200], [150, 2500, 2800, 4800], [206, 4500, 5500, 10000], [210, 6030, 6100, Infinity], [230, 6030, 6700, Infinity],
  ];
  const inner: Knot[] = [[20, 0, 0, Infinity], [206, 1001, 1200, Infinity]];
  const report = { ...scene.reports[0]!, outlet: '', summary: '', drawn: true };
  return {
    ...scene, title: 'Contradicting', seconds: 240 * DAY, lead: 0, style: { perUnit: 32 / 6700, fullWidth: 32, floor: 1, opacity: 1 },
    places: [
      { code: 'KP', name: 'North Korea', lon: 127, lat: 40, radiusKm: 350 }, { code: 'RU', name: 'Russia', lon: 100, lat: 60, radiusKm: 4000 },
      { code: 'KPRJN', name: 'Rason', lon: 130.3, lat: 42.2, radiusKm: 0 },
    ],
    corridors: {
      id: ['KP>RU>0', 'KPRJN>RU>1'], origin: Uint32Array.of(0, 2), destination: Uint32Array.of(1, 1), mode: Uint8Array.of(0, 1), count: 2,
      reconciled: Uint8Array.of(1, 1), counted: new Uint8Array(2), contested: Float64Array.of(206 * DAY, Infinity), inside: [[], [0]], bow: Int8Array.of(1, 1), about: Uint8Array.of(1, 1),
    },
    spread: curves([outer, inner]), periods: new Map([outer, inner].map((knots, c) => [c, differences(knots)])),
    bounds: [
      { corridor: 0, time: outer.map(([day]) => day * DAY), lowBy: [[], [], [2], [2], [0], [0], [0]], highBy: [[1, 2], [2], [2], [0, 2], [0], [], []], conflicts: [[0, 1]], tops: [1199, 2200, 2200, 4800, 10001, 10001, 10001], sides: [side('Seoul', [[206, 4500, 10000], [230, 6030, 7370]]), side('Washington', [[206, 10001, Infinity], [230, 10001, Infinity]])] },
      { corridor: 1, time: inner.map(([day]) => day * DAY), lowBy: [[], [1]], highBy: [[], []], conflicts: [], tops: [0, 1001], sides: [] },
    ],
    reports: [
      { ...report, id: 'a', claimant: 'Seoul', saidOn: '26 Feb 2024', corridors: [0] },
      { ...report, id: 'b', claimant: 'Washington', saidOn: '23 Feb 2024', corridors: [0, 1] },
      { ...report, id: 'c', claimant: HOSTILE, saidOn: '', corridors: [0] },
    ],
  };
}

/** The widest that cumulative bounds allow. */
function differences(knots: Knot[]): Periods {
  const pairs = knots.flatMap((since, i) => knots.slice(i).map((until, k) => [since, until, k > 0] as const));
  return {
    time: Float64Array.from(knots, ([day]) => day * DAY),
    low: Float64Array.from(pairs, ([since, until, later]) => later ? Math.max(0, until[1] - since[3]) : 0),
    high: Float64Array.from(pairs, ([since, until, later]) => later ? until[3] - since[1] : 0),
  };
}

/** A side by its cumulative range at some days, the beginning before all of them. */
function side(name: string, knots: [day: number, low: number, high: number][]): Side {
  return {name, ...differences([[-30, 0, 0, 0], ...knots.map(([day, low, high]): Knot => [day, low, low, high])])};
}

type Knot = [day: number, low: number, best: number, high: number];

function curves(all: Knot[][]): SceneData['spread'] {
  const rows = all.map((knots) => knots.flatMap(([day, low, best, high], i) => {
    const t = day * DAY, before = knots[i - 1], after = knots[i + 1];
    return [[t - 1, before?.[1] ?? 0, best, high], [t, low, best, high], [t, low, best, after?.[3] ?? Infinity]] as Knot[];
  }));
  const flat = rows.flat(), column = (k: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(flat, (row) => row[k]);
  return {
    offsets: Uint32Array.from([0, ...rows.map((_, c) => rows.slice(0, c + 1).flat().length)]), time: column(0), low: column(1), best: column(2),
    closed: Float64Array.from(flat, (row) => Number.isFinite(row[3]) ? row[3] : row[2]),
    open: Float64Array.from(flat, (row) => Number.isFinite(row[3]) ? 0 : 1),
  };
}

export function at(scene: SceneData, t: number, mode: PlayMode = 'cumulative', window = 30 * DAY): Moment {
  const from = mode === 'window' ? Math.max(0, t - window) : 0;
  return new Volumes(scene).moment(t, { from, to: t }, mode);
}

export const theme: Theme = {
  dark: true, background: '#000000', text: '#ffffff', muted: '#aaaaaa', primary: '#E69F00', font: 'sans-serif',
  sea: '#0C1824', land: '#26323C', label: '#C9D4DE', line: '#F2F6FA',
  border: '#71808C', country: '#A3AFBA', city: '#B9C4CE', water: '#7FB0D2',
  mode: { 0: '#A9B4BE', 1: '#E69F00', 2: '#CC79A7', 3: '#009E73', 4: '#56B4E9' },
  cargo: ['#B8C4CE', '#E69F00', '#56B4E9', '#009E73', '#F2FF00', '#6E66FF', '#E0561A', '#FFF6A6'],
};

/** A text that a browser would run if it were ever taken for HTML. */
export const HOSTILE = '<img src=x onerror=alert(1)>';
