import {describe, expect, it} from 'vitest';
import {COLUMNS_WIDE, padded, rowsFor} from '../src/layers/columns';
import {readTriangles, windowTriangles} from '../src/layers/land';
import {UnderWay} from '../src/layers/pulses';
import {Picker, toSegment} from '../src/picking';
import {BODY_OPACITY, contrast, coreOf, driftDepth, paleOf, rgb} from '../src/theme';
import type {Theme} from '../src/types';
import {fixture} from './wire-fixture';

describe('columns as textures', () => {
  it('fill rows of 4096 and pad each plane by itself', () => {
    expect([rowsFor(0), rowsFor(1), rowsFor(COLUMNS_WIDE), rowsFor(COLUMNS_WIDE + 1)]).toEqual([1, 1, 1, 2]);
    expect([...padded(Float32Array.from([1, 2, 3, 4, 5, 6]), 1, 3, 2, 4)]).toEqual([1, 2, 3, 0, 4, 5, 6, 0]);
  });

  it('are not copied where they fit', () => {
    const values = Float32Array.from([1, 2, 3, 4]);
    expect(padded(values, 2, 2, 1, 2)).toBe(values);
  });
});

describe('legs under way', () => {
  const legs = (rows: [number, number][]) => ({
    ...fixture().legs, count: rows.length, depart: Uint32Array.from(rows, (row) => row[0]), arrive: Uint32Array.from(rows, (row) => row[1])
  });

  it('are all inside the runs that are drawn, and long gone chunks are not', () => {
    const rows = Array.from({length: 10_000}, (_, i): [number, number] => [i, i + 50 + (i * 7) % 100]);
    const under = new UnderWay(legs(rows), 0);
    for (const t of [0, 60, 4000, 9999, 10_100]) {
      const runs = under.runs(t);
      rows.forEach(([depart, arrive], i) => {
        if (depart < t && t <= arrive) expect(runs.some(([first, end]) => first <= i && i < end)).toBe(true);
      });
      expect(runs.reduce((sum, [first, end]) => sum + end - first, 0)).toBeLessThanOrEqual(2 * 2048 + 150);
    }
    expect(under.runs(20_000)).toEqual([]);
  });
});

describe('land', () => {
  it('is read from its packed form', () => {
    const bytes = new ArrayBuffer(8 + 3 * 8 + 12);
    new Uint32Array(bytes, 0, 2).set([3, 1]);
    new Float32Array(bytes, 8, 6).set([0, 0, 1, 0, 1, 1]);
    new Uint32Array(bytes, 32, 3).set([0, 1, 2]);
    const {positions, triangles} = readTriangles(bytes);
    expect([...positions]).toEqual([0, 0, 1, 0, 1, 1]);
    expect([...triangles]).toEqual([0, 1, 2]);
  });

  it('hides the coarse coast under a window of sea', () => {
    const two = windowTriangles([[1, 2, 3, 4], [5, 6, 7, 8]]);
    expect([...two.positions].slice(0, 8)).toEqual([1, 2, 3, 2, 3, 4, 1, 4]);
    expect([...two.triangles]).toEqual([0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7]);
  });
});

describe('picking', () => {
  const scene = fixture();
  const picker = new Picker(scene, {height: 0.5, tilt: 35});
  const flat = Object.assign((point: readonly [number, number, number]) => [point[0] * 40 - 17_000, 13_000 - point[1] * 40], {centre: 440});

  it('finds no corridor that is not drawn', () => {
    const none = new Float64Array(scene.corridors.count);
    for (let x = 0; x < 2000; x += 50) expect(picker.pick(x, 400, none, flat).corridor).toBeUndefined();
  });

  it('knows the distance to a piece of a curve', () => {
    expect(toSegment(0, 5, -1, 0, 1, 0)).toBe(5);
    expect(toSegment(4, 4, 0, 0, 1, 0)).toBe(5);
    expect(toSegment(1, 1, 1, 1, 1, 1)).toBe(0);
  });

  it('finds each arc at the middle of its own curve', () => {
    for (let c = 0; c < scene.corridors.count; c++) {
      const only = new Float64Array(scene.corridors.count);
      only[c] = 4;
      const {sx, sy} = picker.middle(c, flat);
      expect(picker.pick(sx, sy, only, flat)).toEqual({corridor: c});
    }
  });
});

describe('colours', () => {
  const dark = {dark: true, line: '#F2F6FA'} as Theme, light = {dark: false, line: '#17212B'} as Theme;

  it('reads hex and rgb()', () => {
    expect(rgb('#B35900')).toEqual([179, 89, 0]);
    expect(rgb('#fff')).toEqual([255, 255, 255]);
    expect(rgb('rgb(1, 2, 3)')).toEqual([1, 2, 3]);
    expect(rgb('nonsense')).toEqual([128, 128, 128]);
  });

  it.each([
    ['dark', dark, ['#E69F00', '#CC79A7', '#009E73', '#56B4E9'], ['#26323C', '#0C1824']],
    ['light', light, ['#B35900', '#9A3E75', '#00704F', '#1F6FA8'], ['#F7F4EE', '#C9DBE7']]
  ] as const)('keeps arcs at 3:1 against land and sea, drift and all: %s', (_, theme, hues, grounds) => {
    const least = BODY_OPACITY - driftDepth(theme);
    for (const hue of [...hues, paleOf(theme)])
      for (const colour of [hue, coreOf(hue, theme)]) {
        for (const ground of grounds) {
          const over = rgb(colour).map((value, i) => Math.round(value * least + rgb(ground)[i]! * (1 - least)));
          expect(contrast(`rgb(${over.join(' ')})`, ground), colour).toBeGreaterThanOrEqual(3);
        }
      }
  });
});
