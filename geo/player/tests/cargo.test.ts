// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { ArcsMenu } from '../src/arcs-menu';
import { CargoParts, COLOURS } from '../src/cargo';
import { Legend } from '../src/legend';
import { RouteList } from '../src/route-list';
import { routesOf } from '../src/routes';
import { contrast, paperTheme, rgb } from '../src/theme';
import type { SceneData } from '../src/types';
import { Volumes } from '../src/volumes';
import { at, contradicting, HOSTILE, noCurves, several, theme } from './made-scene';
import { expected, fixture } from './wire-fixture';

/** Route 0 with 10 of wheat and 30 of maize (25–40), route 1 with 20 of which nothing is said. */
function mixed(): SceneData {
  const scene = several(2), { legs } = scene;
  legs.corridor = Uint16Array.of(0, 0, 1);
  legs.depart = legs.arrive = Uint32Array.of(0, 0, 0);
  legs.best = Float32Array.of(10, 30, 20);
  legs.doubt = { leg: Uint32Array.of(1), low: Float32Array.of(25), high: Float32Array.of(40) };
  return { ...scene, legs: { ...legs, count: 3 }, cargoes: cargoes(['', 'maize', 'wheat'], [2, 1, 0], [[], []]) };
}

function cargoes(names: string[], ofLeg: number[], stated: number[][]): NonNullable<SceneData['cargoes']> {
  return { names, stated, ofLeg: Uint8Array.from(ofLeg), spread: { ...noCurves(), corridor: new Uint32Array(), cargo: new Uint8Array() } };
}

const partsOf = (scene: SceneData): CargoParts => new CargoParts(scene, scene.cargoes!);

describe('the parts of a route by cargo', () => {
  it('are those that Python finds in what travels', () => {
    const scene = fixture(), volumes = new Volumes(scene), parts = partsOf(scene), names = scene.cargoes!.names;
    for (const { t, mode, window, parts: wanted } of expected().moments) {
      const m = volumes.moment(t, { from: window === null ? 0 : Math.max(0, t - window), to: t }, mode);
      const found = [...scene.corridors.id.keys()].flatMap((c) => {
        const of = scene.corridors.reconciled[c] ? [] : parts.of(m, c)?.parts ?? [];
        return of.map(({ cargo, name, told }) => [c, cargo, name, told!.low, told!.best, told!.high]);
      });
      // Of routes of which nothing is said there are no parts.
      const told = new Set(found.map(([c]) => c));
      const said = wanted.filter(([c]) => told.has(c)).map(([c, cargo, ...amounts]) => [c, cargo, names[cargo] || 'Not stated', ...amounts.map((each) => each ?? Infinity)]);
      const order = (a: unknown[], b: unknown[]): number => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]);
      expect(found.length).toBe(said.length);
      found.sort(order).forEach((row, i) => row.forEach((value, k) => typeof value === 'number' && Number.isFinite(value) ? expect(value).toBeCloseTo(said.sort(order)[i]![k] as number, 3) : expect(value).toBe(said[i]![k])));
    }
  });

  it('are the largest first, each with its own range', () => {
    const scene = mixed(), m = at(scene, scene.seconds);
    expect(partsOf(scene).of(m, 0)).toMatchObject({ apart: true, parts: [{ name: 'maize', told: { low: 25, best: 30, high: 40 } }, { name: 'wheat', told: { low: 10, high: 10 } }] });
    expect(partsOf(scene).of(m, 1)).toBeNull();
  });

  it('take no reconciled range apart', () => {
    const scene = { ...contradicting(), cargoes: cargoes(['', 'shells', 'rockets'], [], [[1, 2], [2]]) }, m = at(scene, scene.seconds), parts = partsOf(scene);
    expect(parts.of(m, 0)).toEqual({ apart: false, parts: [{ cargo: 1, name: 'shells', told: null }, { cargo: 2, name: 'rockets', told: null }] });
    // All of a route whose reports name one cargo is that cargo.
    expect(parts.of(m, 1)).toMatchObject({ apart: true, parts: [{ name: 'rockets', told: { low: m.low[1] } }] });
    const shares = parts.shares(m);
    expect([...shares.subarray(0, COLOURS)]).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
    expect([...shares.subarray(COLOURS)]).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
    expect(parts.key(m, new Set([0, 1]))).toEqual([{ colour: 0, words: 'Cargo not stated, or not told apart' }, { colour: 2, words: 'rockets' }]);
  });

  it('stand below the row that is selected, as text', () => {
    const scene = mixed(), m = at(scene, scene.seconds), parts = partsOf({ ...scene, cargoes: { ...scene.cargoes!, names: ['', HOSTILE, 'wheat'] } });
    const list = new RouteList(scene, { select: vi.fn(), fit: vi.fn(), courses: (found) => new Volumes(scene).courses(found, 4), parts: (c, now) => parts.of(now, c) });
    const shown = (): string[] => [...list.root.querySelectorAll('.wb-parts li')].map((item) => [...item.children].map(({ textContent }) => textContent).join(': '));
    list.fill(routesOf(scene, m), m);
    expect(shown()).toEqual([]);
    list.setSelected(new Set([0]));
    list.fill(routesOf(scene, m), m);
    expect(shown()).toEqual([`${HOSTILE}: 25–40 containers`, 'wheat: 10 containers']);
    expect(list.root.querySelector('img')).toBeNull();
    list.setSelected(new Set());
    expect(shown()).toEqual([]);
  });

  it('are named in a sentence where no voyage of a reconciled route is listed', () => {
    const scene = { ...contradicting(), cargoes: cargoes(['', 'shells', 'rockets'], [], [[1, 2], [2]]) }, m = at(scene, scene.seconds), parts = partsOf(scene);
    const list = new RouteList(scene, { select: vi.fn(), fit: vi.fn(), courses: (found) => new Volumes(scene).courses(found, 4), parts: (c, now) => parts.of(now, c) });
    list.setSelected(new Set([0]));
    list.fill(routesOf(scene, m), m);
    expect(list.root.querySelector('.wb-parts')!.textContent).toBe('Its range is of all cargoes together. Reports name: shells; rockets.');
  });
});

describe('colours by cargo', () => {
  it('are as wide as what each cargo carries', () => {
    const scene = mixed(), m = at(scene, scene.seconds), shares = partsOf(scene).shares(m);
    expect([...shares.subarray(0, 3)]).toEqual([0, 0.75, 0.25]);
    expect([...shares.subarray(COLOURS, COLOURS + 2)]).toEqual([1, 0]);
    expect([...partsOf(scene).shares(at(scene, 0))].every((share) => share === 0)).toBe(true);
  });

  it('are offered where a cargo can be told, and chosen in the menu of arcs', () => {
    const scene = mixed();
    expect(partsOf(scene).canColour).toBe(true);
    expect(partsOf({ ...scene, cargoes: cargoes(['', 'maize'], [0, 0, 0], [[], []]) }).canColour).toBe(false);
    const total = { ...contradicting(), cargoes: cargoes(['', 'shells', 'rockets'], [], [[1, 2], [1, 2]]) };
    expect(partsOf(total).canColour).toBe(false);
    expect(partsOf({ ...total, cargoes: { ...total.cargoes, stated: [[1, 2], [2]] } }).canColour).toBe(true);
    const choose = vi.fn(), menu = new ArcsMenu(2, { largest: 0, width: 32, paths: null, colour: 'mode' }, choose);
    const radio = menu.root.querySelector<HTMLInputElement>('input[value="cargo"]')!;
    radio.checked = true;
    radio.dispatchEvent(new Event('change', { bubbles: true }));
    expect(choose).toHaveBeenCalledWith({ largest: 0, width: 32, paths: null, colour: 'cargo' });
    expect(new ArcsMenu(2, { largest: 0, width: 32, paths: null, colour: null }, choose).root.textContent).not.toContain('Colour by');
  });

  it('have a row of the legend for each cargo drawn, and one for all the smaller ones', () => {
    const scene = mixed(), parts = partsOf(scene), whole = at(scene, scene.seconds);
    const rows = (drawn: number[]): string[] => [...new Legend(scene, new Set(drawn), parts.key(whole, new Set(drawn))).root.querySelectorAll('.wb-mode')].map(({ textContent }) => textContent!);
    expect(rows([0, 1])).toEqual(['Cargo not stated', 'maize', 'wheat']);
    expect(rows([0])).toEqual(['maize', 'wheat']);
    const many = several(9), names = ['', ...'abcdefghi'];
    const all = new CargoParts(many, cargoes(names, [1, 2, 3, 4, 5, 6, 7, 8, 9], Array.from({ length: 9 }, () => []))).key(at(many, many.seconds), new Set(many.corridors.id.keys()));
    expect(all.map(({ words }) => words)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'Other cargoes']);
  });
});

describe('the palette of cargoes', () => {
  /** Machado, Oliveira and Fernandes 2009, severity 1, on linear light. */
  const SEEN: Record<string, readonly number[]> = {
    protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
    deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
    all: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  };
  const lab = (hex: string, seen: readonly number[]): number[] => {
    const linear = rgb(hex).map((value) => { const c = value / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    const [r, g, b] = [0, 3, 6].map((row) => Math.max(0, linear.reduce((sum, value, k) => sum + value * seen[row + k]!, 0))) as [number, number, number];
    const f = (t: number): number => t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
    const [x, y, z] = [f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505), f(0.2126 * r + 0.7152 * g + 0.0722 * b), f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)] as const;
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };

  it.each([['dark', theme], ['light', paperTheme(theme)]])('keeps apart for readers who see fewer colours, and from the land: %s', (_, { cargo, land, sea }) => {
    expect(cargo.length).toBe(COLOURS);
    for (const colour of cargo) for (const ground of [land, sea]) expect(contrast(colour, ground), colour).toBeGreaterThanOrEqual(3);
    for (const [name, seen] of Object.entries(SEEN))
      cargo.forEach((one, i) => cargo.slice(i + 1).forEach((other) => {
        const [a, b] = [lab(one, seen), lab(other, seen)];
        expect(Math.hypot(...a.map((value, k) => value - b[k]!)), `${one} ${other} ${name}`).toBeGreaterThan(15);
      }));
  });
});
