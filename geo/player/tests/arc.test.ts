import {describe, expect, it} from 'vitest';
import {arcPoint, bowed, ends, toCommon} from '../src/arc';

const shape = {height: 0.5, tilt: 35};

describe('an arc', () => {
  it('begins and ends at its places', () => {
    expect(arcPoint(1, 2, 5, 9, 0, shape)).toEqual([1, 2, 0]);
    const [x, y, z] = arcPoint(1, 2, 5, 9, 1, shape);
    expect([x, y, z]).toEqual([5, 9, 0]);
  });

  it('bends to the other side on the way back, so that both ways are seen', () => {
    const there = arcPoint(0, 0, 10, 0, 0.5, shape), back = arcPoint(10, 0, 0, 0, 0.5, shape);
    expect(there[1]).toBeGreaterThan(1);
    expect(back[1]).toBeCloseTo(-there[1], 12);
  });

  it('rises as high as an ArcLayer of the same height', () => {
    expect(arcPoint(0, 0, 10, 0, 0.5, {height: 0.5, tilt: 0})[2]).toBeCloseTo(2.5, 12);
  });

  it('survives a chord of no length', () => {
    expect(arcPoint(3, 4, 3, 4, 0.5, shape)).toEqual([3, 4, 0]);
  });
});

describe('common space', () => {
  it('is a 512-unit Web Mercator world', () => {
    expect(toCommon(0, 0)[0]).toBe(256);
    expect(toCommon(0, 0)[1]).toBeCloseTo(256, 9);
    expect(toCommon(180, 85.051129)[0]).toBe(512);
    expect(toCommon(180, 85.051129)[1]).toBeCloseTo(512, 4);
  });

  it('keeps the poles finite', () => {
    for (const y of [toCommon(0, 90)[1], toCommon(0, -90)[1]]) expect(Number.isFinite(y)).toBe(true);
  });

  it('goes the shorter way over the antimeridian', () => {
    const [sx, , tx] = ends(178, -18, -172, -14);
    expect(tx - sx).toBeCloseTo(10 / 360 * 512, 9);
    const [bx, , cx] = ends(-172, -14, 178, -18);
    expect(cx - bx).toBeCloseTo(-10 / 360 * 512, 9);
  });
});

describe('the bow of an arc', () => {
  const shape = {height: 0.4, tilt: 30}, middle = (bow: number) => arcPoint(0, 0, 100, 0, 0.5, bowed(shape, bow));

  it('says the side', () => {
    expect(bowed(shape, 1)).toEqual(shape);
    expect(middle(1)[1]).toBeGreaterThan(5);
    expect(middle(-1)[1]).toBeCloseTo(-middle(1)[1], 12);
    expect(middle(-1)[2]).toBeCloseTo(middle(1)[2], 12);
  });

  it('rises with the lane, from and to the same places', () => {
    for (const side of [1, -1]) {
      const lanes = [1, 2, 3].map((lane) => middle(side * lane));
      expect(side * lanes[1]![1]).toBeGreaterThan(side * lanes[0]![1] + 2);
      expect(lanes[2]![2]).toBeGreaterThan(lanes[1]![2] + 2);
      expect(arcPoint(0, 0, 100, 0, 1, bowed(shape, 3 * side))[0]).toBeCloseTo(100);
    }
  });
});
