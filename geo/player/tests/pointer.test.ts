import { describe, expect, it, vi } from 'vitest';
import type { Furniture } from '../src/furniture';
import { Pointer } from '../src/pointer';
import type { Stage } from '../src/stage';
import { at, founding } from './made-scene';

function pointed(measuring = false, parts = true) {
  const ruler = { active: measuring, click: vi.fn(), hover: vi.fn() }, places = { open: vi.fn() }, select = vi.fn();
  const tooltip = { show: vi.fn(), place: vi.fn(), group: vi.fn(), hide: vi.fn() };
  const scene = founding(), moment = at(scene, scene.seconds);
  const pointer = new Pointer({
    furniture: () => ({ ruler, places, tooltip }) as unknown as Furniture, stage: () => ({ part: () => parts }) as unknown as Stage,
    now: () => moment, whole: () => moment, select,
  });
  return { pointer, ruler, places, tooltip, select };
}
const group = { places: [4, 2], parts: 6 };

describe('a click', () => {
  it('selects an arc, opens a place, and on bare map selects nothing', () => {
    const { pointer, places, select } = pointed();
    pointer.click({ corridor: 3 }, 1, 2);
    pointer.click({ place: 1 }, 1, 2);
    pointer.click({}, 1, 2);
    expect(select.mock.calls).toEqual([[[3]], [[]]]);
    expect(places.open.mock.calls).toEqual([[1]]);
  });

  it('parts a group, or opens its busiest place where none is close enough', () => {
    const near = pointed(), far = pointed(false, false);
    near.pointer.click({ group }, 1, 2);
    far.pointer.click({ group }, 1, 2);
    expect(near.places.open).not.toHaveBeenCalled();
    expect(far.places.open.mock.calls).toEqual([[4]]);
  });

  it('measures, and does nothing else, while the ruler is out', () => {
    const { pointer, ruler, select } = pointed(true);
    pointer.click({ corridor: 0 }, 7, 8);
    expect(ruler.click.mock.calls).toEqual([[7, 8]]);
    expect(select).not.toHaveBeenCalled();
  });
});

describe('the pointer over the map', () => {
  it('tells of what it is on, and of nothing while it measures', () => {
    const { pointer, tooltip } = pointed(), busy = pointed(true);
    pointer.hover({ group }, 1, 2);
    pointer.hover({ corridor: 0 }, 1, 2);
    pointer.hover({ place: 1 }, 1, 2);
    pointer.hover({}, 1, 2);
    for (const told of Object.values(tooltip)) expect(told).toHaveBeenCalledOnce();
    busy.pointer.hover({ corridor: 0 }, 1, 2);
    expect([busy.tooltip.show.mock.calls.length, busy.tooltip.hide.mock.calls.length, busy.ruler.hover.mock.calls.length]).toEqual([0, 1, 1]);
  });
});
