import {describe, expect, it} from 'vitest';
import {toCommon} from '../src/arc';
import {fitView, metresPerPixel, nearestCopy, onWorld, sceneBounds, tightest} from '../src/view';
import {fixture} from './wire-fixture';

const x = (lon: number) => toCommon(lon, 0)[0];

describe('the stretch of the world that is shown', () => {
  it('is the plain extent where nothing crosses the antimeridian', () => {
    expect(tightest([[100, 120], [110, 150]])).toEqual([100, 150]);
  });

  it('goes over the antimeridian where that is shorter', () => {
    const [west, east] = tightest([[x(129), x(242)], [x(-118), x(-118)], [x(104), x(104)]]);
    expect(west).toBeCloseTo(x(104), 9);
    expect(east).toBeCloseTo(x(242), 9);
  });

  it('is the same wherever a span was counted from', () => {
    const once = tightest([[10, 30], [400, 420]]), shifted = tightest([[522, 542], [400 - 512, 420 - 512]]);
    expect(shifted).toEqual(once);
  });

  it('is never more than the world', () => {
    expect(tightest([[0, 300], [250, 560]])).toEqual([0, 512]);
  });
});

describe('a fitted view', () => {
  it('holds every place of the scene beside what covers the map', () => {
    const bounds = sceneBounds(fixture(), {height: 0.4, tilt: 30})!;
    const view = fitView(bounds, 900, 600, [{left: 250, right: 90, top: 60, bottom: 40}])!;
    expect(view.zoom).toBeGreaterThanOrEqual(0);
    expect(Number.isFinite(view.longitude) && Number.isFinite(view.latitude)).toBe(true);
  });

  it('takes the padding that leaves the map larger', () => {
    const bounds: [[number, number], [number, number]] = [[129, 42], [133, 43]];
    const wide = {left: 10, right: 10, top: 10, bottom: 300}, narrow = {left: 500, right: 10, top: 10, bottom: 10};
    const both = fitView(bounds, 800, 700, [wide, narrow])!, one = fitView(bounds, 800, 700, [wide])!;
    expect(both.zoom).toBe(one.zoom);
    expect(both.zoom).toBeGreaterThan(fitView(bounds, 800, 700, [narrow])!.zoom);
  });

  it('gives up where there is no room', () => {
    expect(fitView([[0, 0], [1, 1]], 30, 30, [{left: 20, right: 20, top: 0, bottom: 0}])).toBeNull();
  });
});

describe('the ends of the world', () => {
  const view = {longitude: 0, latitude: -60, zoom: 1, pitch: 0, bearing: 0};

  it('are not passed: the view moves north instead', () => {
    const {latitude} = onWorld(view, 900);
    expect(latitude).toBeGreaterThan(-60);
    expect(toCommon(0, latitude)[1]).toBeCloseTo(225, 6);
  });

  it('leave a view alone that does not reach them', () => {
    expect(onWorld({...view, zoom: 6}, 900)).toEqual({...view, zoom: 6});
  });

  it('are both shown where the map is taller than the world', () => {
    expect(onWorld({...view, zoom: 0}, 900).latitude).toBeCloseTo(0, 9);
  });
});

describe('scale', () => {
  it('is 40,075 km over 512 px at zoom 0 on the equator', () => {
    expect(metresPerPixel({longitude: 0, latitude: 0, zoom: 0, pitch: 0, bearing: 0})).toBeCloseTo(78_271.5, 1);
  });
});

it('shows the copy of a place that is nearest to the centre', () => {
  expect(nearestCopy(10, 500)).toBe(522);
  expect(nearestCopy(300, 256)).toBe(300);
});
