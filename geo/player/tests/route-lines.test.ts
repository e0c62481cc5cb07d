import { describe, expect, it } from 'vitest';
import { tableFromIPC } from 'apache-arrow';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEFAULT_SHAPE, ROUTE_PIECES, toCommon } from '../src/arc';
import { attribution, legendWords, used } from '../src/legend';
import { Picker, type Project } from '../src/picking';
import { RouteLines, type RouteView } from '../src/route-lines';
import type { Moment, Paths, SceneData } from '../src/types';
import { sceneBounds } from '../src/view';
import { decode, type WireData } from '../src/wire';
import { at, founding } from './made-scene';
import { wireData } from './wire-fixture';

const wholeOf = (scene: SceneData): Moment => at(scene, scene.seconds);
const POINTS = ROUTE_PIECES + 1;
/** Rason to Vladivostok around a corner at sea, so many containers to the left. */
function routed(points = [[130.3, 42.2], [130.9, 42.1], [131.9, 43.1]], aside = 0): SceneData {
  const [lon, lat] = [0, 1].map((k) => Float32Array.from(points, (point) => point[k]!));
  const paths: Paths = {
    offsets: Uint32Array.of(0, points.length), lon: lon!, lat: lat!, aside: new Float32Array(points.length).fill(aside), left: 0, unstated: false, overlap: false
  };
  return { ...founding(), paths };
}

/** A map of so many px a common unit around the sea between both ports. */
const viewOf = (scale: number): RouteView => {
  const [x, y] = toCommon(131, 42.5);
  return { scale, x, y, across: 700 / scale, up: 450 / scale };
};

function baked(scene: SceneData, view = viewOf(400)): { line: [number, number][]; share: number[]; run: number } {
  const lines = RouteLines.of(scene, wholeOf(scene))!;
  lines.bake(view, [0, 0]);
  const rows = Array.from({ length: POINTS }, (_, i) => [...lines.texels.subarray(4 * i, 4 * i + 4)]);
  return { line: rows.map(([x, y]) => [x!, y!]), share: rows.map((row) => row[2]!), run: rows[0]![3]! };
}

/** px from a point to a polyline. */
function away([x, y]: readonly [number, number], line: readonly (readonly [number, number])[], scale: number): number {
  return Math.min(...line.slice(1).map(([bx, by], i) => {
    const [ax, ay] = line[i]!, dx = bx - ax, dy = by - ay, s = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    return Math.hypot(ax + s * dx - x, ay + s * dy - y) * scale;
  }));
}

const corner = (): [number, number][] => [[130.3, 42.2], [130.9, 42.1], [131.9, 43.1]].map(([lon, lat]) => toCommon(lon!, lat!));

describe('the line of a route', () => {
  it('runs from port to port along the route, and turns no wider than its width', () => {
    const { line, share, run } = baked(routed());
    expect(away(line[0]!, [corner()[0]!, corner()[0]!].map(([x, y], i) => [x + i * 1e-9, y]), 400)).toBeLessThan(0.1);
    expect(Math.max(...line.map((point) => away(point, corner(), 400)))).toBeLessThan(8);
    expect(away(corner()[1]!, line, 400)).toBeLessThan(8);
    expect(share[0]).toBe(0);
    expect(share.at(-1)).toBeCloseTo(1, 5);
    expect(share.every((value, i) => i === 0 || value >= share[i - 1]!)).toBe(true);
    const length = corner().slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - corner()[i]![0], y - corner()[i]![1]), 0);
    expect(run).toBeGreaterThan(0.97 * length);
    expect(run).toBeLessThan(1.001 * length);
  });

  it('stands as many px to the left of its way as others need, at any zoom', () => {
    const volume = 1100; // 16 px
    for (const scale of [200, 400, 3200]) {
      const { line } = baked(routed([[130.3, 42.2], [131.9, 42.2]], volume), viewOf(scale)), [, y] = toCommon(0, 42.2);
      const middle = line[POINTS >> 1]!;
      expect((middle[1] - y) * scale).toBeCloseTo(16, 0);
      expect(Math.abs(line[0]![1] - y) * scale).toBeLessThan(0.5);
    }
  });

  it('is drawn finely where the map looks, however long it is', () => {
    const far = routed([[4, 52], [-9, 43], [33, 30], [43, 12], [131, 42.5], [131.9, 43.1]]);
    const { line } = baked(far, viewOf(400)), { x, across, y, up } = viewOf(400);
    const here = line.filter(([px, py]) => Math.abs(px - x) < across && Math.abs(py - y) < up);
    expect(here.length).toBeGreaterThan(20);
  });

  it('is none where no route came', () => {
    const scene = founding();
    expect(RouteLines.of(scene, wholeOf(scene))).toBeNull();
    const nothing = { ...scene, paths: { ...routed().paths!, offsets: Uint32Array.of(0, 0), lon: new Float32Array(), lat: new Float32Array(), aside: new Float32Array() } };
    expect(RouteLines.of(nothing, wholeOf(nothing))).toBeNull();
  });
});

describe('a route on the map', () => {
  it('is found by the pointer where it is drawn, and its arc is not', () => {
    const scene = routed(), whole = wholeOf(scene), lines = RouteLines.of(scene, whole)!, picker = new Picker(scene, DEFAULT_SHAPE, lines);
    lines.bake(viewOf(400), [7, 9]);
    picker.routesMade([7, 9]);
    const project: Project = Object.assign(([x, y]: readonly [number, number, number]) => [x * 400, y * 400] as const, { centre: viewOf(400).x });
    const [cx, cy] = corner()[1]!;
    expect(picker.pick(cx * 400, cy * 400, whole.width, project)).toEqual({ corridor: 0 });
    const [a, b] = [corner()[0]!, corner()[2]!];
    expect(picker.pick((a[0] + b[0]) * 200, (a[1] + b[1]) * 200 + 60, whole.width, project)).toEqual({});
  });

  it('is in the view that is fitted', () => {
    const [[west, south], [east]] = sceneBounds(routed([[130.3, 42.2], [135, 38], [131.9, 43.1]]), DEFAULT_SHAPE)!;
    expect(south).toBeCloseTo(38, 4);
    expect([west, east]).toEqual([expect.closeTo(130.3, 4), expect.closeTo(135, 4)]);
  });

  it('is told as indicative, and nothing is told where all are arcs', () => {
    const scene = routed();
    expect(used(scene).routes).toBe(true);
    expect(legendWords(scene).route).toBe('Indicative sea route, not observed');
    expect(attribution(scene)).toContain('Sea routes: indicative, not observed');
    expect(legendWords({ ...scene, paths: { ...scene.paths!, left: 12, unstated: true, overlap: true } }).route)
      .toBe('Indicative sea route, not observed; between two ports also where no mode is stated; crowded ones overlap, narrower than their sum; 12 of the smaller ones are arcs');
    expect(used(founding()).routes).toBe(false);
    expect(attribution(founding())).not.toContain('outes');
    expect(used(scene, new Set()).routes).toBe(false);
  });

  it('comes over the wire as Python wrote it', () => {
    const file = fileURLToPath(new URL('../../../tests/fixtures/wire/paths.arrow', import.meta.url));
    const data: WireData = { ...wireData(), paths: tableFromIPC(readFileSync(file)) };
    expect(decode(data).paths).toBeNull();
    const scene = decode({ ...data, scene: JSON.stringify({ ...JSON.parse(data['scene'] as string), paths: { left: 3, unstated: false, overlap: false } }) });
    const { offsets, lon, lat, aside, left } = scene.paths!;
    expect(offsets.length).toBe(scene.corridors.count + 1);
    expect(offsets.at(-1)).toBe(lon.length);
    expect([lat.length, aside.length, left]).toEqual([lon.length, lon.length, 3]);
    expect(lon[0]).toBeCloseTo(130.299, 1);
    expect(lat[offsets[1]! - 1]).toBeCloseTo(43.1, 1);
    expect(aside.every((value) => value < 0)).toBe(true);
  });
});
