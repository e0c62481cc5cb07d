// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { flowOf } from '../src/place-flows';
import { PlaceTool, type PlaceHouse } from '../src/place-tool';
import { Tooltip } from '../src/tooltip';
import type { SceneData } from '../src/types';
import { Volumes } from '../src/volumes';
import { figures } from '../src/words';
import { DAY, HOSTILE, at, contradicting, several } from './made-scene';

beforeEach(() => document.body.replaceChildren());

describe('what goes in and out of a place', () => {
  it('is a sum where voyages are listed, and says so', () => {
    const scene = several(3), m = at(scene, scene.seconds);
    const { routes, told, note } = flowOf(scene, m, 0, 'out');
    expect(routes.map(({ corridor }) => corridor)).toEqual([2, 0]);
    expect([told!.best, note]).toEqual([40, 'The sum of listed voyages.']);
    expect(flowOf(scene, m, 0, 'in')).toMatchObject({ told: { best: 20 }, note: '' });
  });

  it('is nothing before anything moved', () => {
    const scene = several(3);
    expect(flowOf(scene, at(scene, 0), 0, 'out')).toMatchObject({ routes: [], told: null, note: '' });
  });

  it('is the one flow that holds the others, never their sum', () => {
    const scene = contradicting(), { told, note } = flowOf(scene, at(scene, scene.seconds), 1, 'in');
    expect([told!.low, told!.top]).toEqual([6030, 10001]);
    expect(note).toBe('As reported for the largest route; the others are part of it.');
  });

  it('is not added where reported totals may hold the same goods', () => {
    const scene = contradicting();
    scene.corridors.inside = [[], []];
    const { routes, told, note } = flowOf(scene, at(scene, scene.seconds), 1, 'in');
    expect([routes.length, told]).toEqual([2, null]);
    expect(note).toContain('Not added: some figures are reported totals');
  });

  it('is not added where a voyage carries on what another brought', () => {
    const scene = several(3);
    scene.legs.onward = Uint32Array.of(2);
    const { told, note } = flowOf(scene, at(scene, scene.seconds), 0, 'out');
    expect([told, note]).toEqual([null, 'Not added: some voyages carry on what others have brought.']);
  });
});

describe('a place that is looked at', () => {
  const opened = (scene: SceneData = several(3), t = scene.seconds) => {
    const stage = { placeAt: (place: number) => [place, 0], toScreen: () => [50, 60], toPlace: () => [0, 0], view: () => ({}), setView: vi.fn() };
    const now = () => at(scene, t), tooltip = new Tooltip(scene), mapBox = document.createElement('div');
    const routes = { select: vi.fn(), fit: vi.fn(), parts: () => null, courses: (found: number[]) => new Volumes(scene).courses(found, 4) };
    const house = { mapBox, stage: () => stage, now, tooltip, routes, changed: vi.fn(), covers: vi.fn() };
    const tool = new PlaceTool(scene, house as unknown as PlaceHouse), all = new Set(scene.corridors.id.keys());
    mapBox.append(...tool.ring.parts, tool.panel.root, tooltip.root);
    document.body.append(mapBox);
    tool.ring.update(now(), all);
    const button = (name: string) => [...tool.panel.root.querySelectorAll('button')].find(({ textContent }) => textContent === name)!;
    return { tool, house, all, button, now };
  };
  const press = (on: Element, key: string) => on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

  it('names its partners, and one side of it alone can be drawn', () => {
    const { tool, house, all, button, now } = opened();
    tool.open(0);
    expect(tool.panel.root.getAttribute('aria-label')).toBe('Place: Rason');
    expect(tool.panel.root.textContent).toContain('Out40 containers');
    expect([...tool.panel.root.querySelectorAll('.wb-route-name')].map(({ textContent }) => textContent)).toEqual(['Vladivostok', 'Vladivostok', 'Vladivostok']);
    expect([...tool.narrow(all)]).toEqual([0, 1, 2]);
    button('Out').click();
    expect(button('Out').getAttribute('aria-pressed')).toBe('true');
    expect([...tool.narrow(all)]).toEqual([0, 2]);
    expect(tool.shown).toEqual({ place: 'KPRJN', side: 'out' });
    expect(figures(several(3), { ...now(), only: { count: 2, words: tool.words! } })[1]).toBe('2 of 3 routes shown: out of Rason');
    button('Out').click();
    expect([tool.shown.side, tool.narrow(all)]).toEqual(['', all]);
    expect(house.changed).toHaveBeenCalledTimes(3);
  });

  it('selects the routes behind its figure, where there are any', () => {
    const { tool, house } = opened();
    tool.open(0);
    const [into, out] = [...tool.panel.root.querySelectorAll<HTMLButtonElement>('.wb-place-total')] as [HTMLButtonElement, HTMLButtonElement];
    out.click();
    expect(house.routes.select).toHaveBeenCalledWith([2, 0]);
    expect(into.disabled).toBe(into.textContent === 'nothing reported');
  });

  it('lets go on Escape of what is drawn alone first, then of the place', () => {
    const { tool, button } = opened();
    tool.open(0);
    button('All').click();
    press(tool.panel.root, 'Escape');
    expect(tool.shown).toEqual({ place: 'KPRJN', side: '' });
    expect(tool.escape()).toBe(true);
    expect([tool.panel.root.hidden, tool.shown.place, tool.escape()]).toEqual([true, '', false]);
  });

  it('is reached by keys, the largest first, and told as it is passed', () => {
    const { tool } = opened(), [ring, keys] = tool.ring.parts;
    keys.focus();
    expect(keys.querySelector('[aria-selected=true]')!.textContent).toBe('Rason');
    const stopped = press(keys, 'ArrowRight');
    expect([stopped, keys.getAttribute('aria-activedescendant')]).toEqual([false, 'wb-place-1']);
    press(keys, 'ArrowRight');
    press(keys, 'Enter');
    expect([tool.shown.place, ring.hidden]).toEqual(['KPRJN', false]);
  });

  it('is taken over from a link where the scene has it', () => {
    const { tool, all } = opened();
    tool.restore({ place: 'RUVVO', side: 'in' });
    expect([tool.panel.root.hidden, [...tool.narrow(all)]]).toEqual([false, [0, 2]]);
    tool.restore({ place: 'NOWHERE', side: 'in' });
    expect([tool.panel.root.hidden, tool.narrow(all)]).toEqual([true, all]);
    tool.restore({ place: 'RUVVO', side: 'sideways' });
    expect([tool.shown, tool.narrow(all)]).toEqual([{ place: 'RUVVO', side: '' }, all]);
  });

  it('shows markup as text', () => {
    const scene = several(3);
    scene.places[0]!.name = HOSTILE;
    const { tool } = opened(scene, DAY);
    tool.open(0);
    expect(document.querySelector('img')).toBeNull();
    expect(tool.panel.root.textContent).toContain(HOSTILE);
  });
});
