import { describe, expect, it } from 'vitest';
import type { Box } from '../src/base-labels';
import { boxOf, placeRanges, type Drawn, type RangeSlot } from '../src/range-slots';
import { toSegment } from '../src/picking';

const line = (corridor: number, from: [number, number], to: [number, number], width = 4): Drawn => ({
  corridor, width, points: Float32Array.from(Array.from({ length: 25 }, (_, i) => [from[0] + (to[0] - from[0]) * i / 24, from[1] + (to[1] - from[1]) * i / 24]).flat()),
});
const size = { width: 800, height: 600 }, wide = (): number => 80;

/** px from a point to the middle of an arc. */
const away = (points: ArrayLike<number>, x: number, y: number): number =>
  Math.min(...Array.from({ length: points.length / 2 - 1 }, (_, i) => toSegment(x, y, points[2 * i]!, points[2 * i + 1]!, points[2 * i + 2]!, points[2 * i + 3]!)));
const along = ([x1, y1, x2, y2]: readonly [number, number, number, number]): [number, number][] =>
  Array.from({ length: 41 }, (_, i) => [x1 + (x2 - x1) * i / 40, y1 + (y2 - y1) * i / 40]);
/** Arcs and names as they fall. */
function crowd(seed: number): { arcs: Drawn[]; names: Box[] } {
  let state = seed;
  const upTo = (most: number): number => { state = (state * 16807) % 2147483647; return most * state / 2147483647; };
  const arcs = Array.from({ length: 8 }, (_, i) => line(i, [upTo(800), upTo(600)], [upTo(800), upTo(600)], 1 + upTo(12)));
  const names = Array.from({ length: 16 }, () => { const left = upTo(720), top = upTo(580); return { left, right: left + 80, top, bottom: top + 17 }; });
  return { arcs, names };
}
/** Those that stand nearer to another arc than to their own, and have no leader that says so. */
const misplaced = (slots: readonly RangeSlot[], arcs: readonly Drawn[]): RangeSlot[] =>
  slots.filter((slot) => {
    const { left, right, top, bottom } = boxOf(slot), rim: [number, number][] = [];
    for (let share = 0; share <= 1; share += 1 / 16) {
      const x = left + share * (right - left), y = top + share * (bottom - top);
      rim.push([x, top], [x, bottom], [left, y], [right, y]);
    }
    const from = arcs.map(({ points, width }) => Math.max(0, Math.min(...rim.map(([x, y]) => away(points, x, y))) - width / 2));
    return !slot.leader && from.some((other, corridor) => corridor !== slot.corridor && other <= from[slot.corridor]!);
  });

describe('ranges on the map', () => {
  it('stand beside their arc, off its body', () => {
    const [slot] = placeRanges([line(0, [100, 300], [700, 300], 20)], wide, size, []);
    expect(slot!.corridor).toBe(0);
    expect(Math.abs(slot!.y - 300)).toBeGreaterThan(10 + 8);
    expect(Math.abs(slot!.y - 300)).toBeLessThan(40);
  });

  it('are each nearer to their own arc than to any other', () => {
    const arcs = [line(0, [100, 200], [700, 200]), line(1, [100, 400], [700, 400]), line(2, [100, 100], [700, 500])];
    expect(misplaced(placeRanges(arcs, wide, size, []), arcs)).toEqual([]);
  });

  it('are moved away on a leader where a name stands beside the arc', () => {
    const arc = line(0, [100, 300], [700, 300]), name = { left: 100, right: 700, top: 306, bottom: 325 }, above = { left: 100, right: 700, top: 275, bottom: 294 };
    const [slot] = placeRanges([arc], wide, size, [{ ...name, right: 380 }, { ...name, left: 420 }, { ...above, right: 380 }, { ...above, left: 420 }]);
    expect(slot!.leader).toBeDefined();
    const [x1, y1, x2, y2] = slot!.leader!;
    expect(y1).toBe(300);
    // Through the gap of 40 px between the names, and no further than its words.
    expect([x1 > 380 && x1 < 420, x2 > 380 && x2 < 420, Math.abs(y2 - boxOf(slot!)[y2 > 300 ? 'top' : 'bottom']) < 10]).toEqual([true, true, true]);
  });

  it('have a leader where they are nearer to another arc, which leads to its own alone', () => {
    let found = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { arcs, names } = crowd(seed), slots = placeRanges(arcs, wide, size, names), led = slots.filter(({ leader }) => leader);
      found += led.length;
      expect(misplaced(slots, arcs)).toEqual([]);
      for (const slot of led) {
        const [footX, footY] = slot.leader!, under = arcs.filter(({ points, width }) => away(points, footX, footY) <= width / 2);
        expect(under.map(({ corridor }) => corridor)).toEqual([slot.corridor]);
        expect(arcs.filter(({ corridor, points, width }) => corridor !== slot.corridor && along(slot.leader!).some(([x, y]) => away(points, x, y) <= width / 2)).length).toBeLessThan(4);
        for (const [x, y] of along(slot.leader!)) {
          const boxes = [...names, ...slots.filter((other) => other !== slot).map(boxOf)];
          expect(boxes.filter(({ left, right, top, bottom }) => x > left && x < right && y > top && y < bottom)).toEqual([]);
        }
      }
      for (const a of led) for (const b of led) if (a !== b)
        expect(Math.min(...along(a.leader!).flatMap(([x, y]) => along(b.leader!).map(([u, v]) => Math.hypot(x - u, y - v))))).toBeGreaterThan(0);
    }
    expect(found).toBeGreaterThan(10);
  });

  it('stand on no arc that runs between the corners of their box', () => {
    const arcs = [line(0, [100, 300], [700, 300]), ...[280, 300, 320, 340, 360, 380, 400, 420, 440, 460, 480, 500, 520].map((x, i) => line(i + 1, [x, 100], [x, 500], 1))];
    for (const slot of placeRanges(arcs, () => 90, size, []).filter(({ corridor }) => corridor === 0))
      for (const { points } of arcs.slice(1)) expect(points[0]! < boxOf(slot).left || points[0]! > boxOf(slot).right).toBe(true);
  });

  it('are left out deep in a bundle, where nothing tells whose they are', () => {
    const bundle = Array.from({ length: 20 }, (_, i) => line(i, [100, 200 + i * 8], [700, 200 + i * 8]));
    const inner = placeRanges(bundle, wide, size, []).filter(({ corridor }) => corridor > 3 && corridor < 16);
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
