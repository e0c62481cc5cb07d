import { describe, expect, it } from 'vitest';
import { placeRanges, type Drawn } from '../src/ranges';

const line = (corridor: number, from: [number, number], to: [number, number], width = 4): Drawn => ({
  corridor, width, points: Float32Array.from(Array.from({ length: 25 }, (_, i) => [from[0] + (to[0] - from[0]) * i / 24, from[1] + (to[1] - from[1]) * i / 24]).flat()),
});
const size = { width: 800, height: 600 }, wide = (): number => 80;

describe('ranges on the map', () => {
  it('stand beside their arc, off its body', () => {
    const [slot] = placeRanges([line(0, [100, 300], [700, 300], 20)], wide, size, []);
    expect(slot!.corridor).toBe(0);
    expect(Math.abs(slot!.y - 300)).toBeGreaterThan(10 + 8);
    expect(Math.abs(slot!.y - 300)).toBeLessThan(40);
  });

  it('are each nearer to their own arc than to any other', () => {
    const arcs = [line(0, [100, 200], [700, 200]), line(1, [100, 400], [700, 400]), line(2, [100, 100], [700, 500])];
    for (const { corridor, x, y } of placeRanges(arcs, wide, size, [])) {
      const away = arcs.map(({ points }) => Math.min(...Array.from({ length: 25 }, (_, i) => Math.hypot(points[2 * i]! - x, points[2 * i + 1]! - y))));
      expect(Math.min(...away)).toBe(away[corridor]);
    }
  });

  it('are left out where nothing tells whose they are', () => {
    const bundle = Array.from({ length: 20 }, (_, i) => line(i, [100, 200 + i * 8], [700, 200 + i * 8]));
    const inner = placeRanges(bundle, wide, size, []).filter(({ corridor }) => corridor > 2 && corridor < 17);
    expect(inner).toEqual([]);
  });

  it('cover no name, no other range, and stay on the map', () => {
    const taken = [{ left: 0, right: 800, top: 0, bottom: 310 }];
    const slots = placeRanges([line(0, [100, 300], [700, 300]), line(1, [100, 420], [700, 420])], wide, size, taken);
    for (const { x, y } of slots) expect([y > 310, x > 40, x < 760, y < 600]).toEqual([true, true, true, true]);
    expect(new Set(slots.map(({ y }) => Math.round(y))).size).toBe(slots.length);
    expect(placeRanges([line(0, [100, 300], [700, 300])], wide, { width: 60, height: 40 }, [])).toEqual([]);
  });
});
