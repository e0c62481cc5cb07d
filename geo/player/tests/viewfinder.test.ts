// @vitest-environment happy-dom
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import mount from '../src/viewfinder';
import {ALL, boxOf, cornered, moved, same, scaled, within} from '../src/viewfinder/part';
import type {Asked, PlateData} from '../src/viewfinder/plate';
import type {Asked as Pointed, MapData} from '../src/viewfinder/pointing';
import mountPointing from '../src/viewfinder/position';

const HOSTILE = '<img src=x onerror=alert(1)>';

describe('a part of the map', () => {
  it('moves against the hand that pulls the map', () => {
    expect(moved(ALL, {x: 0.25, y: -0.5})).toEqual({left: -0.25, top: 0.5, size: 1});
    expect(moved({left: 0, top: 0, size: 2}, {x: 0.25, y: 0})).toEqual({left: -0.5, top: 0, size: 2});
  });

  it('zooms around a point that stays', () => {
    const part = scaled({left: 0.2, top: 0.4, size: 0.5}, 0.5, {x: 1, y: 0});
    expect(part.size).toBe(0.25);
    expect(part.left + part.size).toBeCloseTo(0.7);
    expect(part.top).toBeCloseTo(0.4);
    expect(scaled(ALL, 1e9).size).toBeLessThan(100);
    expect(scaled(ALL, 0).size).toBeGreaterThan(0.01);
  });

  it('keeps its ratio and the corner opposite the one that is dragged', () => {
    expect(cornered([1, 1], {x: 0.5, y: 0.3})).toEqual({left: 0, top: 0, size: 0.5});
    expect(cornered([0, 0], {x: 0.5, y: 0.25})).toEqual({left: 0.25, top: 0.25, size: 0.75});
    expect(cornered([1, 0], {x: 1.5, y: 0})).toEqual({left: 0, top: -0.5, size: 1.5});
    expect(cornered([0, 1], {x: 2, y: -3}).size).toBeGreaterThan(0);
  });

  it('is told as shares of the picture', () => {
    const half = within({left: 0.5, top: 0, size: 0.5}, {left: 0.5, top: 0.5, size: 0.5});
    expect(half).toEqual({left: 0.75, top: 0.25, size: 0.25});
    expect(boxOf(half, [0.1, 0.2, 0.5, 0.6])).toEqual([0.4, 0.3, 0.5, 0.4].map((each) => expect.closeTo(each)));
    expect(same(half, ALL)).toBe(false);
  });
});

describe('the plate on the page', () => {
  let host: HTMLElement, told: Asked[], away: () => void;
  const one = <T extends HTMLElement>(selector: string): T => host.querySelector<T>(selector)!;
  const map = () => one('.vf-map');
  const button = (name: string) => [...host.querySelectorAll('button')].find((each) => (each.getAttribute('aria-label') ?? each.textContent)!.startsWith(name))!;
  const words = (name: string, shown: string, there: boolean) => ({
    name, label: name === 'title' ? 'Title' : 'Note', given: '', shown, box: [0.1, 0, 0.9, 0.1] as const, size: 0.04, bold: true,
    centred: false, there
  });
  const data = (id = 'first'): PlateData => ({
    id, picture: 'data:,', alt: HOSTILE, wide: 1600, tall: 900, map: [0.1, 0.2, 0.6, 0.7], ink: '#000000', paper: '#ffffff', whole: false,
    words: [words('title', HOSTILE, true), words('note', '', false)]
  });
  const show = (given: PlateData) => mount({data: given, parentElement: host, setTriggerValue: (name, value) => {
    expect(name).toBe('asked');
    told.push(value);
  }});

  /** The map as if it were 100 px wide and 100 px tall. */
  function pointer(type: string, x: number, y: number, target: Element = map()): void {
    map().getBoundingClientRect = () => ({left: 0, top: 0, width: 100, height: 100}) as DOMRect;
    target.dispatchEvent(new PointerEvent(type, {clientX: x, clientY: y, button: 0, pointerId: 1, bubbles: true}));
  }
  const key = (name: string, target: HTMLElement = map()) => {
    const event = new KeyboardEvent('keydown', {key: name, bubbles: true, cancelable: true});
    target.dispatchEvent(event);
    return event;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    document.body.replaceChildren(host = document.createElement('div'));
    told = [];
    away = show(data());
  });
  afterEach(() => {
    away();
    vi.useRealTimers();
  });

  it('tells once, when a drag has ended', () => {
    pointer('pointerdown', 50, 50);
    pointer('pointermove', 60, 40);
    pointer('pointermove', 70, 30);
    expect(told).toEqual([]);
    expect(map().dataset['state']).toBe('moving');
    pointer('pointerup', 70, 30);
    expect(told).toEqual([{of: 'first', part: [0, 0.3, 0.5, 0.8].map((each) => expect.closeTo(each))}]);
    expect(map().dataset['state']).toBe('waiting');
    show(data('second'));
    expect(map().dataset['state']).toBe('still');
    expect(one('.vf').dataset['id']).toBe('second');
  });

  it('marks where the next callout is about', () => {
    expect(one('.vf-mark').hidden).toBe(true);
    show({...data('second'), spot: [0.3, 0.4]});
    expect([one('.vf-mark').hidden, one('.vf-mark').style.left, one('.vf-mark').style.top]).toEqual([false, '30.0000%', '40.0000%']);
  });

  it('moves the box of a callout by hand and by keys, and tells where it comes to rest', () => {
    show({...data('second'), callouts: [{turn: 2, text: HOSTILE, box: [0.2, 0.2, 0.4, 0.3]}]});
    const note = one('.vf-note');
    one('.vf-notes').getBoundingClientRect = () => ({left: 0, top: 0, width: 1000, height: 500}) as DOMRect;
    expect(host.querySelector('.vf-notes img')).toBeNull();
    const at = (type: string, x: number, y: number) => note.dispatchEvent(new PointerEvent(type, {clientX: x, clientY: y, button: 0, pointerId: 1, bubbles: true}));
    at('pointerdown', 300, 120);
    at('pointermove', 400, 70);
    expect(told).toEqual([]);
    at('pointerup', 400, 70);
    expect(told).toEqual([{of: 'second', callout: 2, by: [0.1, -0.1].map((each) => expect.closeTo(each))}]);
    at('pointerdown', 300, 120);
    at('pointerup', 300, 120);
    expect(told).toHaveLength(1);
    key('ArrowRight', note);
    key('ArrowRight', note);
    expect(key('ArrowDown', note).defaultPrevented).toBe(true);
    vi.runAllTimers();
    expect(told.slice(1)).toEqual([{of: 'second', callout: 2, by: [0.03, 0.015].map((each) => expect.closeTo(each))}]);
  });

  it('zooms by a corner', () => {
    const corner = one('.vf-bottom.vf-right');
    pointer('pointerdown', 100, 100, corner);
    pointer('pointermove', 50, 40, corner);
    pointer('pointerup', 50, 40, corner);
    expect(told).toEqual([{of: 'first', part: [0.1, 0.2, 0.35, 0.45].map((each) => expect.closeTo(each))}]);
  });

  it('takes a click for the place of a callout, and a drag that the system ends for none', () => {
    pointer('pointerdown', 50, 50);
    pointer('pointerup', 51, 50);
    expect(told).toEqual([{of: 'first', point: [0.355, 0.45].map((each) => expect.closeTo(each))}]);
    told.length = 0;
    show(data());
    pointer('pointerdown', 50, 50);
    pointer('pointermove', 90, 90);
    pointer('pointercancel', 90, 90);
    expect(told).toEqual([]);
    expect(map().dataset['state']).toBe('still');
  });

  it('lets a new picture wait while a hand is on the map', () => {
    pointer('pointerdown', 50, 50);
    pointer('pointermove', 60, 50);
    show(data('second'));
    expect(one('.vf').dataset['id']).toBe('first');
    pointer('pointermove', 50, 50);
    pointer('pointerup', 50, 50);
    expect(told).toEqual([]);
    expect(one('.vf').dataset['id']).toBe('second');
  });

  it('hears the keyboard, waits for the last key, and lets no key through to the page', () => {
    const heard: string[] = [];
    host.addEventListener('keydown', (event) => heard.push(event.key));
    key('ArrowRight');
    key('-');
    key('c');
    expect(told).toEqual([]);
    vi.runAllTimers();
    expect(told).toHaveLength(1);
    expect(heard).toEqual([]);
    expect(key('x').defaultPrevented).toBe(false);
    key('0');
    expect(told[1]).toEqual({of: 'first', whole: true});
  });

  it('shows the whole scene on a double click and by its button', () => {
    map().dispatchEvent(new MouseEvent('dblclick', {bubbles: true}));
    button('All data').click();
    expect(told).toEqual([{of: 'first', whole: true}, {of: 'first', whole: true}]);
  });

  it('leaves the wheel to the page until the map was taken in hand', () => {
    const wheel = () => {
      const event = new WheelEvent('wheel', {deltaY: -120, bubbles: true, cancelable: true});
      map().dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(wheel()).toBe(false);
    map().focus();
    expect(wheel()).toBe(true);
    vi.runAllTimers();
    expect(told).toHaveLength(1);
  });

  it('writes words where they stand, and sends them on Enter alone', () => {
    button('Title').click();
    const field = one<HTMLInputElement>('.vf-field');
    expect(field.value).toBe(HOSTILE);
    expect(host.querySelectorAll('[onerror]')).toHaveLength(0);
    field.value = ' Another ';
    expect(key('a', field).defaultPrevented).toBe(false);
    expect(told).toEqual([]);
    expect(key('Enter', field).defaultPrevented).toBe(true);
    expect(told).toEqual([{of: 'first', name: 'title', text: 'Another'}]);
    expect(one('.vf-field')).toBeNull();
  });

  it('forgets words on Escape, and asks nothing for words that stay', () => {
    button('Title').click();
    one<HTMLInputElement>('.vf-field').value = 'Another';
    show(data('second'));
    expect(one('.vf').dataset['id']).toBe('first');
    key('Escape', one('.vf-field'));
    expect(one('.vf').dataset['id']).toBe('second');
    button('Add note').click();
    key('Enter', one('.vf-field'));
    expect(told).toEqual([]);
  });

  it('tells nothing of a page that is being left', () => {
    const link = document.createElement('a');
    link.dataset['testid'] = 'stPageLink-NavLink';
    document.body.append(link);
    link.click();
    button('All data').click();
    expect(told).toEqual([]);
  });
});

describe('the map to point at', () => {
  let host: HTMLElement, told: Pointed[], away: () => void;
  const map = () => host.querySelector<HTMLElement>('.vf-map')!;
  const data: MapData = {id: 'first', turn: 0, picture: 'data:,', alt: HOSTILE, wide: 1000, tall: 440, ink: '#000000', paper: '#ffffff', whole: true};

  function pointer(type: string, x: number, y: number): void {
    map().getBoundingClientRect = () => ({left: 0, top: 0, width: 100, height: 100}) as DOMRect;
    map().dispatchEvent(new PointerEvent(type, {clientX: x, clientY: y, button: 0, pointerId: 1, bubbles: true}));
  }

  beforeEach(() => {
    vi.useFakeTimers();
    document.body.replaceChildren(host = document.createElement('div'));
    told = [];
    away = mountPointing({data, parentElement: host, setTriggerValue: (_, value) => told.push(value)});
  });
  afterEach(() => { away(); vi.useRealTimers(); });

  it('tells where it was clicked, and nothing of a drag but the part', () => {
    pointer('pointerdown', 75, 30);
    pointer('pointerup', 75, 30);
    expect(told).toEqual([{of: 'first', point: [0.75, 0.3]}]);
    pointer('pointerdown', 20, 20);
    pointer('pointermove', 60, 20);
    pointer('pointerup', 60, 20);
    expect(told.slice(1)).toEqual([{of: 'first', part: [-0.4, 0, 0.6, 1].map((each) => expect.closeTo(each))}]);
  });

  it('is worked by keys: Enter takes the middle, once the map rests', () => {
    const key = (name: string) => map().dispatchEvent(new KeyboardEvent('keydown', {key: name, bubbles: true, cancelable: true}));
    key('Enter');
    expect(told).toEqual([{of: 'first', point: [0.5, 0.5]}]);
    key('+');
    key('Enter');
    expect(told.length).toBe(1);
    vi.runAllTimers();
    expect(told.length).toBe(2);
    expect(told[1]).toHaveProperty('part');
  });

  it('shows what it is given as text, and another map when it comes', () => {
    expect(host.querySelectorAll('img[onerror]').length).toBe(0);
    mountPointing({data: {...data, id: 'second'}, parentElement: host, setTriggerValue: () => undefined});
    expect(host.querySelector<HTMLElement>('[data-testid="position-map"]')!.dataset['id']).toBe('second');
  });
});
