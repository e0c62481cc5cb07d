import {describe, expect, it} from 'vitest';
import {calloutsOf, placeCallouts, wrapped, type Callout} from '../src/callouts';

const measure = (text: string): number => text.length * 7;
const SIZE = {width: 600, height: 400};
const note = (text: string, lon: number, lat: number, offset: number[] = []): Callout => ({text, lon, lat, offset});
const at = ({lon, lat}: Callout): readonly [number, number] => [lon, lat];

describe('callouts of a page', () => {
  it('are read, and what is no callout is left out', () => {
    const sent = [note('A', 1, 2, [3, 4]), {text: 'B', lon: 'x', lat: 1}, {text: '', lon: 1, lat: 1}, note('C', 1, 2, [1])];
    expect(calloutsOf({callouts: JSON.stringify(sent)})).toEqual([note('A', 1, 2, [3, 4]), note('C', 1, 2)]);
    expect(calloutsOf({})).toEqual([]);
    expect(calloutsOf({callouts: '{}'})).toEqual([]);
  });

  it('break between words, and within one that is too long', () => {
    expect(wrapped('one two three', 56, measure)).toEqual(['one two', 'three']);
    expect(wrapped('abcdefghij', 35, measure)).toEqual(['abcde', 'fghij']);
  });

  it('stand on the map, off their points and off one another', () => {
    const found = placeCallouts([note('One note', 20, 20), note('Another note', 40, 30), note('Third', 595, 395)], at, SIZE, measure);
    expect(found).toHaveLength(3);
    for (const {box} of found) {
      expect(box.left).toBeGreaterThanOrEqual(5);
      expect(box.top).toBeGreaterThanOrEqual(5);
      expect(box.right).toBeLessThanOrEqual(595);
      expect(box.bottom).toBeLessThanOrEqual(395);
    }
    for (const [i, {box}] of found.entries()) for (const {box: other} of found.slice(i + 1))
      expect(box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom).toBe(false);
  });

  it('stand where their author put them, with a line to the edge of the box', () => {
    const [one] = placeCallouts([note('Here', 300, 200, [80, -60])], at, SIZE, measure);
    expect([(one!.box.left + one!.box.right) / 2, (one!.box.top + one!.box.bottom) / 2]).toEqual([380, 140]);
    const [x1, y1, x2, y2] = one!.line!;
    expect([x1, y1]).toEqual([300, 200]);
    const onEdge = [one!.box.left - x2, one!.box.right - x2, one!.box.top - y2, one!.box.bottom - y2].some((gap) => Math.abs(gap) < 1e-6);
    expect(onEdge).toBe(true);
  });

  it('are not shown where their point is not', () => {
    expect(placeCallouts([note('Far', 700, 20), note('Nowhere', NaN, 2)], at, SIZE, measure)).toEqual([]);
  });
});
