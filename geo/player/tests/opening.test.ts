// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SHAPE, WORLD } from '../src/arc';
import { Clock } from '../src/clock';
import { Controls } from '../src/controls';
import { keepLastUsed } from '../src/last-used';
import { Lost } from '../src/lost';
import { Picker, type Project } from '../src/picking';
import { founding } from './made-scene';

beforeEach(() => document.body.replaceChildren());

describe('the play button', () => {
  const button = (clock: Clock) => new Controls(founding(), clock).transport.querySelector<HTMLElement>('.wb-play')!;

  it('invites at the end, until it was played', () => {
    const scene = founding(), clock = new Clock({ seconds: scene.seconds, step: 86_400 });
    const controls = new Controls(scene, clock), word = controls.transport.querySelector<HTMLElement>('.wb-invitation')!;
    expect(word.hidden).toBe(false);
    clock.play();
    controls.update();
    expect([word.hidden, clock.t]).toEqual([true, 0]);
    clock.end();
    controls.update();
    expect(word.hidden).toBe(true);
  });

  it('invites nobody who opened another moment', () => {
    expect(button(new Clock({ seconds: 100, step: 1, t: 50 })).querySelector<HTMLElement>('.wb-invitation')!.hidden).toBe(true);
  });
});

describe('a map that shows none of its arcs', () => {
  const project = (dx: number): Project => Object.assign(
    ([x, y]: readonly [number, number, number]) => [x / WORLD * 1000 + dx, y / WORLD * 1000], { centre: WORLD / 2 });

  it('is told from one that shows some', () => {
    const scene = founding(), all = scene.corridors.id.keys();
    expect(new Picker(scene, DEFAULT_SHAPE).anyWithin([...all], 1000, 1000, project(0))).toBe(true);
    expect(new Picker(scene, DEFAULT_SHAPE).anyWithin([...scene.corridors.id.keys()], 1000, 1000, project(5000))).toBe(false);
    expect(new Picker(scene, DEFAULT_SHAPE).anyWithin([], 1000, 1000, project(0))).toBe(false);
  });

  it('offers the way back', () => {
    const fit = vi.fn(), lost = new Lost(fit);
    expect(lost.root.hidden).toBe(true);
    lost.show(true);
    expect(lost.root.hidden).toBe(false);
    lost.root.click();
    expect(fit).toHaveBeenCalledOnce();
    expect(lost.root.hidden).toBe(true);
  });
});

describe('the data set last used', () => {
  it('is kept, everything by its name, and nothing that is no id', () => {
    keepLastUsed('wider');
    expect(document.cookie).toContain('waybill_data=wider');
    keepLastUsed('');
    expect(document.cookie).toContain('waybill_data=everything');
    for (const none of [undefined, 3, 'a; domain=evil.example', 'x'.repeat(65)]) keepLastUsed(none);
    expect(document.cookie).toContain('waybill_data=everything');
  });
});
