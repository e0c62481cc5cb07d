import {describe, expect, it} from 'vitest';
import {Volumes} from '../src/volumes';
import type {Grid} from '../src/grid';
import type {SceneData} from '../src/types';
import {simple} from './made-scene';
import {expected, fixture} from './wire-fixture';

const scene = fixture();
const volumes = new Volumes(scene);
const inf = (value: number | null) => value ?? Infinity;

/** What the GPU does with a grid: mix two stops. */
function mixed(grid: Grid, n: number, t: number, corridor: number, channel: number): number {
  let k = 0;
  while (k + 2 < grid.stops.length && grid.stops[k + 1]! < t) k++;
  const at = (stop: number) => grid.values[(stop * n + corridor) * grid.channels + channel]!;
  const span = grid.stops[k + 1]! - grid.stops[k]!, part = span > 0 ? (t - grid.stops[k]!) / span : 0;
  return at(k) + part * (at(k + 1) - at(k));
}

describe('volumes at a moment', () => {
  it.each(expected().moments.map((m) => [`${m.t} s, ${m.mode} ${m.window ?? ''}`, m] as const))('agree with Python at %s', (_, m) => {
    const from = m.mode === 'window' ? Math.max(0, m.t - m.window!) : 0;
    const now = volumes.moment(m.t, {from, to: m.t}, m.mode);
    m.best.forEach((best, c) => {
      expect(now.best[c]).toBeCloseTo(best, 3);
      expect(now.low[c]).toBeCloseTo(m.low[c]!, 3);
      if (m.high[c] === null) expect(now.high[c]).toBe(Infinity);
      else expect(now.high[c]).toBeCloseTo(m.high[c]!, 3);
      expect(now.width[c]).toBeCloseTo(m.width[c]!, 3);
    });
    expect(now.sum.best).toBeCloseTo(m.sum.best, 2);
    expect(now.sum.low).toBeCloseTo(m.sum.low, 2);
    if (m.sum.high === null) expect(now.sum.high).toBe(Infinity);
    else expect(now.sum.high).toBeCloseTo(inf(m.sum.high), 2);
  });

  it('never fall while time passes, and low ≤ best ≤ high', () => {
    let before = volumes.moment(0, {from: 0, to: 0}, 'cumulative');
    for (let i = 1; i <= 200; i++) {
      const t = scene.seconds * i / 200;
      const now = volumes.moment(t, {from: 0, to: t}, 'cumulative');
      now.best.forEach((best, c) => {
        expect(best).toBeGreaterThanOrEqual(before.best[c]! - 1e-6);
        expect(now.low[c]).toBeLessThanOrEqual(best + 1e-6);
        expect(best).toBeLessThanOrEqual(now.high[c]! + 1e-6);
      });
      before = now;
    }
  });
});

describe('the grid for the GPU', () => {
  it('is exact between all stops when every bend has one', () => {
    const grid = volumes.grid(1024), n = scene.corridors.count;
    expect(grid.channels).toBe(4);
    const steps = [...scene.spread.time].flatMap((t) => [t - 1, t - 0.5, t, t + 1e-3, t + 1]).filter((t) => t >= 0 && t <= scene.seconds);
    for (const t of [...Array.from({length: 98}, (_, i) => scene.seconds * i / 97), ...steps]) {
      const now = volumes.moment(t, {from: 0, to: t}, 'cumulative');
      for (let c = 0; c < n; c++) {
        expect(mixed(grid, n, t, c, 0)).toBeCloseTo(now.low[c]!, 2);
        expect(mixed(grid, n, t, c, 1)).toBeCloseTo(now.best[c]!, 2);
        if (Number.isFinite(now.high[c]!)) expect(mixed(grid, n, t, c, 2)).toBeCloseTo(now.high[c]!, 2);
        else expect(mixed(grid, n, t, c, 3)).toBeGreaterThan(0);
        if (Number.isFinite(now.high[c]!) && scene.corridors.reconciled[c]) expect(mixed(grid, n, t, c, 3)).toBe(0);
      }
    }
  });

  it('falls back to even stops, exact at each of them', () => {
    const grid = volumes.grid(8), n = scene.corridors.count;
    expect(grid.stops.length).toBe(8);
    grid.stops.forEach((t, s) => {
      const now = volumes.moment(t, {from: 0, to: t}, 'cumulative');
      for (let c = 0; c < n; c++) expect(grid.values[(s * n + c) * 4 + 1]).toBeCloseTo(now.best[c]!, 2);
    });
  });

  it('needs one number where nothing is in doubt, steps included', () => {
    const certain = itemised([[0, 100, 200, 10], [0, 150, 150, 5], [1, 0, 1000, 7]]);
    const own = new Volumes(certain), grid = own.grid(64);
    expect(grid.channels).toBe(1);
    expect(grid.rate).toBeNull();
    for (const t of [0, 99, 100, 149.9, 150, 175, 200, 600, 1000]) {
      const now = own.moment(t, {from: 0, to: t}, 'cumulative');
      for (let c = 0; c < 2; c++) expect(mixed(grid, 2, t, c, 0)).toBeCloseTo(now.best[c]!, 4);
    }
    // Half-open: what departs at the instant 150 is in (150, …), not in [0, 150).
    expect(own.moment(150, {from: 0, to: 150}, 'cumulative').best[0]).toBe(5);
    expect(own.moment(150.001, {from: 0, to: 150.001}, 'cumulative').best[0]).toBeCloseTo(10, 2);
  });
});

describe('the histogram', () => {
  it('holds all that is added, whatever the number of bins', () => {
    const whole = volumes.moment(scene.seconds, {from: 0, to: scene.seconds}, 'cumulative');
    for (const bins of [1, 7, 120]) {
      const sum = volumes.histogram(bins).reduce((a, b) => a + b, 0);
      expect(sum / whole.sum.best).toBeCloseTo(1, 5);
    }
  });
});

/** A scene of two corridors from [corridor, depart, arrive, containers] rows. */
function itemised(rows: [number, number, number, number][]): SceneData {
  const sorted = [...rows].sort((a, b) => a[1] - b[1]);
  const none = {leg: new Uint32Array(0), low: new Float32Array(0), high: new Float32Array(0)}, empty = new Float64Array(0);
  return {
    key: 'k', title: '', unit: 'container', start: 0, seconds: 1000, places: [], events: [], reports: [], bounds: [], land: null,
    corridors: {count: 2, id: ['a', 'b'], origin: new Uint32Array(2), destination: new Uint32Array(2), mode: new Uint8Array(2), ...simple(2)},
    legs: {
      count: sorted.length, corridor: Uint16Array.from(sorted, (row) => row[0]), depart: Uint32Array.from(sorted, (row) => row[1]),
      arrive: Uint32Array.from(sorted, (row) => row[2]), best: Float32Array.from(sorted, (row) => row[3]), doubt: none, onward: new Uint32Array(0)
    },
    spread: {offsets: new Uint32Array(4), time: empty, low: empty, best: empty, closed: empty, open: empty},
    style: {perUnit: 1, fullWidth: 28, floor: 1}
  };
}
