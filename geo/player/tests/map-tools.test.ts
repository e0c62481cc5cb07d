// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MapName } from '../src/basemap';
import { el } from '../src/dom';
import { greatCircle, metresBetween } from '../src/geodesic';
import { MapButtons } from '../src/map-buttons';
import { PlaceSearch, findPlaces } from '../src/place-search';
import { Ruler, lengthWords } from '../src/ruler';
import { Screen } from '../src/screen';
import { sparePage } from '../src/wheel';
import { founding } from './made-scene';

beforeEach(() => document.body.replaceChildren());

describe('distances', () => {
  // Of pyproj.Geod(ellps="WGS84").inv, in metres.
  it.each([
    [[130.3, 42.23], [131.88, 43.11], 162_266.84],
    [[-0.13, 51.51], [-74.0, 40.71], 5_584_796.8],
    [[179, 0], [-179, 0], 222_638.98],
    [[0, 0], [0, 90], 10_001_965.73],
  ] as const)('from %j to %j', (from, to, metres) => {
    expect(Math.abs(metresBetween(from, to) - metres) / metres).toBeLessThan(2e-5);
    expect(metresBetween(to, from)).toBeCloseTo(metresBetween(from, to), 3);
  });

  it('are nothing from a place to itself, and a number at the antipode', () => {
    expect(metresBetween([10, 20], [10, 20])).toBe(0);
    expect(metresBetween([0, 0], [180, 0]) / 20_003_931).toBeCloseTo(1, 2);
  });

  it('are told in kilometres and nautical miles', () => {
    expect(lengthWords(1852)).toBe('1.9 km · 1 nm');
    expect(lengthWords(5_586_192)).toBe('5,586 km · 3,016 nm');
  });

  it('are drawn in one piece across the date line', () => {
    const points = greatCircle([170, 50], [-170, 50]);
    expect(points.every(([lon], i) => i === 0 || Math.abs(lon - points[i - 1]![0]) < 180)).toBe(true);
    expect(points.at(-1)![0]).toBeCloseTo(190);
    expect(Math.max(...points.map(([, lat]) => lat))).toBeGreaterThan(50);
  });
});

describe('the ruler', () => {
  it('measures between clicks, follows the pointer, and ends', () => {
    const toggled = vi.fn();
    const ruler = new Ruler({ toScreen: ([lon, lat]) => [lon, lat], toPlace: (x, y) => [x, y] }, toggled);
    const words = (): string => ruler.root.querySelector('p')!.textContent!;
    ruler.toggle();
    ruler.click(0, 0);
    expect(words()).toContain('next place');
    ruler.hover(1, 1);
    expect(words()).toContain('next place');
    ruler.hover(10, 0);
    expect(words()).toBe('1,113 km · 601 nm');
    ruler.click(20, 0);
    expect(words()).toBe('2,226 km · 1,202 nm');
    expect(ruler.root.querySelectorAll('circle')).toHaveLength(2);
    ruler.toggle();
    expect([ruler.active, toggled.mock.calls]).toEqual([false, [[true], [false]]]);
  });
});

describe('a place', () => {
  const name = (text: string, kind: MapName['kind'] = 'city', reach = 100): MapName => ({ kind, text, lon: 1, lat: 2, reach });

  it('is found by the beginning of its name or a word of it, without accents, those of the scene first', () => {
    const { places } = founding(), names = [name('Novorossiysk'), name('Đà Nẵng'), name('Russia', 'country', 3000), name('Sea of Japan', 'sea')];
    const texts = (typed: string): string[] => findPlaces(typed, places, names).map(({ text }) => text);
    expect(texts('da nang')).toEqual(['Đà Nẵng']);
    expect(texts('japan')).toEqual(['Sea of Japan']);
    expect(texts('vladi')).toEqual(['Vladivostok']);
    expect(texts('RUVVO')).toEqual(['Vladivostok']);
    expect(texts('rus')[0]).toBe('Russia');
    expect(texts('   ')).toEqual([]);
  });

  it('is offered once, and no more than a handful are', () => {
    expect(findPlaces('v', founding().places, [name('Vladivostok')]).map(({ what }) => what)).toEqual(['on this map']);
    expect(findPlaces('a', [], Array.from({ length: 50 }, (_, i) => name(`A${i}`)))).toHaveLength(8);
  });

  it('is shown on Enter, and the panel closes', () => {
    const show = vi.fn(), search = new PlaceSearch((typed) => findPlaces(typed, founding().places, []), show);
    document.body.append(search.root);
    search.open();
    const input = search.root.querySelector('input')!;
    input.value = 'vlad';
    input.dispatchEvent(new Event('input'));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
    expect(show.mock.calls[0]![0]).toMatchObject({ text: 'Vladivostok' });
    expect(search.root.querySelector('fieldset')!.hidden).toBe(true);
    input.value = 'Atlantis';
    input.dispatchEvent(new Event('input'));
    expect(search.root.textContent).toContain('No such place');
    expect(search.root.querySelector<HTMLElement>('[role=status]')!.hidden).toBe(false);
  });
});

describe('the wheel', () => {
  const wheel = (map: HTMLElement, ctrlKey = false): boolean => {
    const heard = vi.fn();
    map.firstElementChild!.addEventListener('wheel', heard, { once: true });
    // happy-dom's wheels know no keys.
    map.firstElementChild!.dispatchEvent(Object.defineProperty(new WheelEvent('wheel', { bubbles: true, composed: true }), 'ctrlKey', { value: ctrlKey }));
    return heard.mock.calls.length > 0;
  };

  it('belongs to a page that scrolls, but with ctrl, and on the whole screen to the map', () => {
    const map = el('div', {}, el('canvas'));
    document.body.append(map);
    Object.defineProperty(document.documentElement, 'scrollHeight', { value: 5000, configurable: true });
    let whole = false;
    const off = sparePage(map, () => whole);
    expect(wheel(map)).toBe(false);
    expect(map.querySelector<HTMLElement>('.wb-wheel')!.hidden).toBe(false);
    expect(wheel(map, true)).toBe(true);
    whole = true;
    expect(wheel(map)).toBe(true);
    whole = false;
    off();
    expect(wheel(map)).toBe(true);
    Reflect.deleteProperty(document.documentElement, 'scrollHeight');
  });
});

describe('the screen', () => {
  it('is presented on and left again, even where a page does not allow the whole of it', async () => {
    const root = el('div', { tabindex: 0 }), resized = vi.fn();
    document.body.append(root);
    root.requestFullscreen = () => Promise.reject(new TypeError('no'));
    const screen = new Screen(root, resized);
    screen.present();
    expect([root.dataset['present'], screen.presenting]).toEqual(['true', true]);
    screen.present();
    expect(screen.presenting).toBe(false);
    expect(resized).toHaveBeenCalledTimes(2);
    screen.destroy();
  });

  it('has buttons of which each does its own', () => {
    const actions = { zoom: vi.fn(), fit: vi.fn(), fullscreen: vi.fn(), present: vi.fn() };
    const buttons = [...new MapButtons(actions).root.querySelectorAll('button')];
    buttons.forEach((button) => button.click());
    expect(actions.zoom.mock.calls).toEqual([[1], [-1]]);
    for (const act of [actions.fit, actions.fullscreen, actions.present]) expect(act).toHaveBeenCalledOnce();
    const icons = buttons.map((button) => button.querySelector('svg')!.innerHTML);
    expect(new Set(icons).size).toBe(icons.length);
  });
});
