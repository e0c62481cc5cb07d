// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Mirror } from '../src/mirror';
import { DAY, at, founding, several } from './made-scene';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

describe('the mirror', () => {
  it('carries the exact numbers of each visible corridor', () => {
    const scene = founding();
    const mirror = new Mirror(scene);
    expect(mirror.root.querySelectorAll('li').length).toBe(0);
    mirror.update(at(scene, scene.seconds), true);
    const { dataset } = mirror.root.querySelector('li')!;
    expect({ ...dataset }).toMatchObject({ corridor: 'KPRJN>RUVVO>1', volumeLow: '1800', volumeBest: '2000', volumeHigh: '2200' });
    expect(Number(dataset['width'])).toBeCloseTo((2000 * 32) / 2200);
  });

  it('keeps the corridors in their order and the same nodes as they come and go', () => {
    const scene = several(4);
    const mirror = new Mirror(scene);
    const ids = (): (string | undefined)[] => [...mirror.root.querySelectorAll('li')].map((item) => item.dataset['corridor']);
    mirror.update(at(scene, 5 * DAY), true);
    const nodes = [...mirror.root.querySelectorAll('li')];
    expect(ids()).toEqual(['C0', 'C1', 'C2', 'C3']);
    mirror.update(at(scene, 2.5 * DAY, 'window', DAY), true);
    expect(ids()).toEqual(['C2']);
    mirror.update(at(scene, 1.5 * DAY), true);
    expect(ids()).toEqual(['C0', 'C1']);
    mirror.update(at(scene, 5 * DAY), true);
    expect([...mirror.root.querySelectorAll('li')]).toEqual(nodes);
  });

  it('writes an open high as Infinity', () => {
    const scene = several(1);
    scene.legs.doubt = { leg: Uint32Array.of(0), low: Float32Array.of(10), high: Float32Array.of(Infinity) };
    const mirror = new Mirror(scene);
    mirror.update(at(scene, DAY), true);
    expect(mirror.root.querySelector('li')!.dataset['volumeHigh']).toBe('Infinity');
    expect(mirror.root.querySelector('li')!.textContent).toBe('Rason → Vladivostok, by sea: at least 10 containers');
  });

  it('speaks when the moment rests, not while it moves', () => {
    const scene = founding();
    const mirror = new Mirror(scene);
    const live = mirror.root.querySelector('[aria-live]')!;
    for (let day = 1; day <= 20; day++) {
      mirror.update(at(scene, day * DAY));
      vi.advanceTimersByTime(250);
    }
    expect(live.textContent).toBe('');
    vi.advanceTimersByTime(1000);
    expect(live.textContent).toContain('by 20 Aug 2023');
    mirror.update(at(scene, 30 * DAY), true);
    expect(live.textContent).toContain('by 30 Aug 2023');
  });

  it('writes nothing that is already there', () => {
    const scene = several(3);
    const mirror = new Mirror(scene);
    mirror.update(at(scene, 3 * DAY), true);
    const observer = new MutationObserver(() => undefined);
    observer.observe(mirror.root, { attributes: true, childList: true, characterData: true, subtree: true });
    mirror.update(at(scene, 3 * DAY), true);
    expect(observer.takeRecords()).toEqual([]);
  });
});
