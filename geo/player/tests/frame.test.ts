import {WebMercatorViewport} from '@deck.gl/core';
import {describe, expect, it} from 'vitest';
import {cameras} from '../src/layers/frame';
import {toCommon} from '../src/arc';

const looking = (longitude: number, zoom: number) => new WebMercatorViewport({longitude, latitude: 20, zoom, width: 800, height: 500});
const x = (lon: number) => toCommon(lon, 0)[0];

describe('copies of the world', () => {
  it('are drawn where they show a part of the scene, and nowhere else', () => {
    expect(cameras(looking(130, 5), [256, 256], [x(125), x(140)], 1)).toHaveLength(1);
    expect(cameras(looking(0, 5), [256, 256], [x(125), x(140)], 1)).toHaveLength(0);
  });

  it('are two where the scene crosses the edge of the view on both sides', () => {
    expect(cameras(looking(180, 1), [256, 256], [x(-170), x(170)], 1)).toHaveLength(2);
  });

  it('put a place where the viewport puts it, to a thousandth of a pixel', () => {
    const viewport = looking(131, 9), origin: [number, number] = toCommon(131, 43);
    const [camera] = cameras(viewport, origin, [origin[0] - 1, origin[0] + 1], 1);
    const [px, py] = toCommon(131.88, 20.1), m = camera!.toClip, dx = px - origin[0], dy = py - origin[1];
    const w = m[3]! * dx + m[7]! * dy + m[15]!;
    const screen = [((m[0]! * dx + m[4]! * dy + m[12]!) / w + 1) / 2 * 800, (1 - (m[1]! * dx + m[5]! * dy + m[13]!) / w) / 2 * 500];
    const [sx, sy] = viewport.project([131.88, 20.1]);
    expect(screen[0]).toBeCloseTo(sx!, 3);
    expect(screen[1]).toBeCloseTo(sy!, 3);
  });
});
