import { describe, expect, it } from 'vitest';
import { Emphasised } from '../src/emphasis';
import { founding, several } from './made-scene';

/** A ring of three places. */
const all = { ...several(), corridors: { ...several().corridors, origin: Uint32Array.of(0, 1, 2), destination: Uint32Array.of(1, 2, 0) } }, { count } = all.corridors;

describe('arcs that stand out', () => {
  it('are those of the place or the group that the pointer is on, or the one arc', () => {
    const arcs = new Emphasised();
    arcs.show(all);
    expect([...arcs.drawn]).toHaveLength(count);
    expect(arcs.light(all, { place: 0 })).toBe(true);
    expect([...arcs.lit]).toEqual([0, 2]);
    expect(arcs.light(all, { place: 0 }), 'the same once more').toBe(false);
    arcs.light(all, { group: { places: [0, 1], parts: 5 } });
    expect([...arcs.lit]).toEqual([0, 1, 2]);
    arcs.light(all, { corridor: 1 });
    expect([...arcs.lit]).toEqual([1]);
    expect(arcs.light(all, {})).toBe(true);
    expect(arcs.lit.size).toBe(0);
  });

  it('are none while some are selected, and none where there is only one', () => {
    const arcs = new Emphasised();
    arcs.show(all);
    arcs.light(all, { corridor: 0 });
    arcs.select([1]);
    expect([arcs.lit.size, [...arcs.selected]]).toEqual([0, [1]]);
    expect(arcs.light(all, { corridor: 0 })).toBe(false);
    const alone = new Emphasised();
    alone.show(founding());
    expect(alone.light(founding(), { corridor: 0 })).toBe(false);
  });

  it('are drawn anew only where others are drawn', () => {
    const arcs = new Emphasised();
    arcs.show(all);
    expect(arcs.draw(new Set([0]))).toBe(true);
    expect(arcs.draw(new Set([0]))).toBe(false);
    expect(arcs.draw(new Set([1]))).toBe(true);
    arcs.show(all);
    expect(arcs.drawn.size).toBe(count);
  });
});
