// @vitest-environment happy-dom
import {readFileSync} from 'node:fs';
import {describe, expect, it, vi} from 'vitest';
import {WebMercatorViewport} from '@deck.gl/core';
import {anchored} from '../src/anchors';
import {boxOf, meets, placeBase, splits, widened, type Box, type Obstacles} from '../src/base-labels';
import {layersOf, readBasemap, type MapName} from '../src/basemap';
import {graticule} from '../src/graticule';
import {Ground, roomsOn} from '../src/ground';
import {LayersMenu} from '../src/layers-menu';
import {shapesOf} from '../src/base-layers';
import {several} from './made-scene';

const basemap = readBasemap(JSON.parse(readFileSync('src/basemap.json', 'utf8')));
const size = {width: 1000, height: 700};
/** Degrees to px, a tenth of a degree a pixel, about 11 km. */
const at = (lon: number, lat: number) => [(lon - 80) * 10, (75 - lat) * 10] as const;
const measure = (_: string, text: string): number => text.length * 7;
const nothing: Obstacles = {taken: [], curves: [], drawn: []};
const boxes = (placed: ReturnType<typeof placeBase>): Box[] => placed.map((label) => boxOf(label, at(label.name.lon, label.name.lat)));

describe('the base map', () => {
  it('is read from its file', () => {
    expect(basemap.borders.length).toBeGreaterThan(300);
    expect(basemap.disputed.length).toBeGreaterThan(0);
    const [lon, lat] = basemap.disputed.flatMap((line) => [...line.subarray(0, 2)]);
    expect(Math.abs(lon!)).toBeLessThanOrEqual(180);
    expect(Math.abs(lat!)).toBeLessThanOrEqual(90);
    expect(basemap.names.filter(({kind}) => kind === 'sea').map(({text}) => text)).toContain('East Sea / Sea of Japan');
  });

  it('dashes the line between Crimea and the mainland', () => {
    const inCrimea = (line: Float32Array): boolean => Array.from({length: line.length / 2}, (_, i) => [line[2 * i]!, line[2 * i + 1]!] as const)
      .every(([lon, lat]) => lon > 33 && lon < 36 && lat > 45.5 && lat < 46.5);
    expect(basemap.disputed.some(inCrimea)).toBe(true);
    expect(basemap.borders.some(inCrimea)).toBe(false);
  });

  it('knows which country lies where', () => {
    const named = (lon: number, lat: number): string => basemap.countries[basemap.ground.at(lon, lat)]?.text ?? '';
    expect([named(37.6, 55.75), named(34, 45.2), named(126, 39.5), named(135, 40)]).toEqual(['Russia', 'Ukraine', 'North Korea', '']);
    expect(named(37 + 360, 0)).toBe('Kenya');
  });
});

describe('names of the base map', () => {
  const placed = placeBase(basemap.names, at, measure, 11, size, nothing);

  it('never meet one another', () => {
    expect(placed.length).toBeGreaterThan(20);
    const all = boxes(placed);
    all.forEach((a, i) => all.slice(i + 1).forEach((b) => expect(meets(a, b)).toBe(false)));
  });

  it('name an ocean once', () => {
    const pacific = [170, 190].map((lon): MapName => ({kind: 'sea', text: 'North Pacific Ocean', lon: lon - 180, lat: 0, reach: 3000}));
    const there = placeBase(pacific, (lon) => [400 + 20 * lon, 300], measure, 2, {width: 800, height: 600}, nothing);
    expect(there.length).toBe(1);
  });

  it('never cover what is drawn, and leave out what it names', () => {
    const taken = boxes(placed).slice(0, 8);
    const again = placeBase(basemap.names, at, measure, 11, size, {...nothing, taken, drawn: [{text: 'Mongolia', x: -99, y: -99}]});
    boxes(again).forEach((box) => taken.forEach((other) => expect(meets(box, other)).toBe(false)));
    expect(placed.map(({name}) => name.text)).toContain('Mongolia');
    expect(again.map(({name}) => name.text)).not.toContain('Mongolia');
  });

  it('keep clear of an arc as wide as it is drawn', () => {
    const curves = widened(Float32Array.from([0, 350, 1000, 350]), [24], {width: 1000, height: 700});
    const inside = (box: Box): boolean => box.top < 362 && box.bottom > 338;
    expect(boxes(placed).some(inside)).toBe(true);
    expect(boxes(placeBase(basemap.names, at, measure, 11, size, {...nothing, curves})).some(inside)).toBe(false);
  });

  it('stand below one another where a sea has two', () => {
    const sea: MapName = {kind: 'sea', text: 'Persian Gulf / Arabian Gulf', lon: 0, lat: 0, reach: 1};
    expect(splits(sea)).toEqual([['Persian Gulf /', 'Arabian Gulf']]);
    expect(splits({...sea, kind: 'country', text: 'South Korea'})).toEqual([['SOUTH KOREA'], ['SOUTH', 'KOREA']]);
  });

  it('clear of arcs takes what lies on the map alone, however long they are', () => {
    const size = {width: 1000, height: 700};
    const through = widened(Float32Array.from([-1e8, 350, 1e8, 350, -1e8, 2000, 1e8, 2000, 400, -1e8, 400, 1e8]), [24, 24, 24], size);
    expect(through.length).toBeLessThan(6 * 2 * (1100 / 6 + 800 / 6));
    for (let i = 0; i < through.length; i += 2) expect(through[i]! >= -60 && through[i]! <= 1060 && through[i + 1]! >= -60 && through[i + 1]! <= 760).toBe(true);
    expect(through.some((x, i) => i % 2 === 0 && Math.abs(x - 900) < 6)).toBe(true);
    expect(widened(Float32Array.from([-500, 100, -400, 100]), [24], size)).toHaveLength(0);
  });
});

it('finds the widest room of each country on screen', () => {
  const rooms = roomsOn((x) => x < 300 ? 0 : x < 340 ? -1 : 1, {width: 1000, height: 400});
  expect([...rooms.keys()].sort()).toEqual([0, 1]);
  expect(rooms.get(0)!.x).toBeLessThan(300);
  expect(rooms.get(1)!.px).toBeGreaterThan(rooms.get(0)!.px);
  expect(new Ground([[2, 0, 2, 7], [4, 3]]).at(100, 45)).toBe(6);
});

it('draws meridians and parallels of round degrees, never many', () => {
  for (let zoom = 0; zoom <= 14; zoom++) {
    const half = 360 / 2 ** zoom;
    const lines = graticule([10 - half, -40, 10 + half, 40].map((side, i) => i % 2 ? Math.sign(side) * Math.min(80, half / 2) : side) as [number, number, number, number], zoom);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThan(40);
  }
});

describe('the layers button', () => {
  it('opens, tells what is chosen, and closes on Escape with the focus back', () => {
    const chosen = vi.fn(), menu = new LayersMenu(['names', 'borders'], chosen);
    document.body.append(menu.root);
    const button = menu.root.querySelector('button')!, [names, borders, lines] = [...menu.root.querySelectorAll('input')];
    expect([names!.checked, borders!.checked, lines!.checked]).toEqual([true, true, false]);
    button.click();
    expect(button.getAttribute('aria-expanded')).toBe('true');
    lines!.click();
    expect(chosen).toHaveBeenLastCalledWith(['names', 'borders', 'graticule']);
    names!.click();
    expect(chosen).toHaveBeenLastCalledWith(['borders', 'graticule']);
    names!.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}));
    expect(button.getAttribute('aria-expanded')).toBe('false');
    expect(document.activeElement).toBe(button);
  });

  it('takes what a link says, and nothing that is no layer', () => {
    expect(layersOf(undefined)).toEqual(['names', 'borders']);
    expect(layersOf(['graticule', 'rivers'])).toEqual(['graticule']);
    expect(layersOf([])).toEqual([]);
  });
});

describe('shapes of areas', () => {
  it('are those of the arcs that are drawn', () => {
    const scene = several(3), line = (x: number): Float32Array => Float32Array.of(x, 0, x + 1, 0, x, 1, x, 0);
    scene.corridors.origin.set([0, 1, 0]);
    scene.corridors.destination.set([2, 2, 2]);
    scene.places = [1, 0, -1].map((shape) => ({...scene.places[0]!, shape}));
    scene.shapes = {
      outlines: [line(0), line(5)], outlineOf: [0, 1], regions: [line(9)], regionOf: [1], positions: new Float32Array(12),
      triangles: Uint32Array.of(0, 1, 2, 3, 4, 5), positionOf: Uint16Array.of(0, 0, 0, 1, 1, 1)
    };
    expect(shapesOf(scene, new Set([0, 1, 2]))).toMatchObject({outlines: [line(0), line(5)], regions: [line(9)], triangles: Uint32Array.of(0, 1, 2, 3, 4, 5)});
    expect(shapesOf(scene, new Set([1]))).toMatchObject({outlines: [line(0)], regions: [], triangles: Uint32Array.of(0, 1, 2)});
    expect(shapesOf(scene, new Set())).toBeNull();
  });
});

describe('arcs that end in an area', () => {
  const russia = {code: 'RU', name: 'Russia', lon: 107.7, lat: 62.1, radiusKm: 4000, shape: 0, whole: true};
  const port = {code: 'RUVVO', name: 'Vladivostok', lon: 131.9, lat: 43.1, radiusKm: 0};
  const view = (longitude: number, latitude: number, zoom: number) => new WebMercatorViewport({longitude, latitude, zoom, width: 800, height: 600});

  it('stay at its label point where the view shows it', () => {
    expect(anchored([russia, port], basemap.ground, view(110, 60, 2.5))).toBeNull();
  });

  it('end in the part of it that the view shows, and nowhere else', () => {
    const viewport = view(131, 44, 6.5), moved = anchored([russia, port], basemap.ground, viewport)!;
    const [x, y] = viewport.project([moved[0]!.lon, moved[0]!.lat]) as [number, number];
    expect(x > 0 && x < 800 && y > 0 && y < 600).toBe(true);
    expect(basemap.countries[basemap.ground.at(moved[0]!.lon, moved[0]!.lat)]!.text).toBe('Russia');
    expect(moved[1]).toBe(port);
    expect(anchored([russia], basemap.ground, view(20, 0, 5))).toBeNull();
  });
});
