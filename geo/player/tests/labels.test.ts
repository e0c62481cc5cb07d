import {largestPort} from '../src/layers/glsl';
import {describe, expect, it} from 'vitest';
import {LABEL_SIZE, placeLabels, type Label, type Placed} from '../src/labels';

const size = {width: 400, height: 300};
const label = (text: string, x: number, y: number, priority = 0): Label => ({text, x, y, radius: 4, width: 60, priority});
const box = ({x, y, align}: Placed) => {
  const left = align === 'left' ? x : align === 'right' ? x - 60 : x - 30;
  return {left, right: left + 60, top: y - LABEL_SIZE * 0.65, bottom: y + LABEL_SIZE * 0.65};
};

describe('names of places', () => {
  it('stand to the right of a lone place', () => {
    const [placed] = placeLabels([label('Rason', 100, 100)], size);
    expect(placed).toMatchObject({align: 'left', y: 100});
  });

  it('leave a curve uncovered where another side is free', () => {
    expect(placeLabels([label('Rason', 100, 100)], size, [130, 100])[0]!.align).toBe('right');
  });

  it('are not cut by what lies over the map', () => {
    const buttons = {left: 150, right: 190, top: 0, bottom: 300};
    expect(placeLabels([label('Rason', 100, 100)], size, [], [buttons])[0]!.align).toBe('right');
    expect(placeLabels([label('Rason', 100, 100)], size, [], [{left: 0, right: 400, top: 0, bottom: 300}])).toEqual([]);
  });

  it('turn to the left at the right edge', () => {
    expect(placeLabels([label('Rason', 380, 100)], size)[0]!.align).toBe('right');
  });

  it('never overlap, and the busiest place is named first', () => {
    const labels = Array.from({length: 60}, (_, i) => label(`P${i}`, 50 + (i * 37) % 300, 40 + (i * 53) % 220, i));
    const placed = placeLabels(labels, size);
    expect(placed[0]!.text).toBe('P59');
    placed.forEach((a, i) => placed.slice(i + 1).forEach((b) => {
      const [p, q] = [box(a), box(b)];
      expect(p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom, `${a.text} over ${b.text}`).toBe(false);
    }));
  });

  it('are left out rather than drawn over another place', () => {
    const ring = [label('a', 100, 100, 9), label('b', 118, 100, 1), label('c', 82, 100, 1), label('d', 100, 118, 1), label('e', 100, 82, 1)];
    expect(placeLabels(ring, size).map((p) => p.text)).not.toContain('a');
  });
});

describe('the ring of the busiest place', () => {
  it('is smaller where there are many places, so that rings do not cover the map', () => {
    for (const places of [1, 2, 40]) expect(largestPort(places)).toBe(11);
    expect(largestPort(160)).toBe(7);
    expect(largestPort(330)).toBeCloseTo(5.785, 3);
    expect(largestPort(1e6)).toBeGreaterThan(3);
  });
});

describe('a name beside another ring', () => {
  it('keeps air to it, or goes to the other side', () => {
    const label = (text: string, x: number, priority: number) => ({text, x, y: 100, radius: 6, width: 40, priority});
    const side = (gap: number) => placeLabels([label('Busan', 100, 2), label('Yokohama', 100 + 12 + 40 + 6 + gap, 1)], {width: 800, height: 300})[0]!.align;
    expect(side(4)).toBe('left');
    expect(side(1)).toBe('right');
  });
});
