// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { setBy } from '../src/bounds';
import { Header } from '../src/header';
import { Legend, used } from '../src/legend';
import { Mirror } from '../src/mirror';
import { Picker } from '../src/picking';
import { plate } from '../src/plate';
import { Tooltip } from '../src/tooltip';
import { figures, sentence } from '../src/words';
import { DAY, HOSTILE, at, contradicting, founding, theme } from './made-scene';

const scene = contradicting();
const whole = at(scene, scene.seconds);

function hovered(day: number, corridor = 0, mode: 'cumulative' | 'window' = 'cumulative', window = 30): string {
  const tip = new Tooltip(scene);
  tip.show(corridor, 0, 0, at(scene, day * DAY, mode, window * DAY), whole);
  expect(tip.root.querySelector('img')).toBeNull();
  return [...tip.root.querySelectorAll('dt, dd, p')].map((node) => node.textContent).join(' | ');
}

describe('what sets a range', () => {
  it('is held from the moment before for low, and comes from the moment after for high', () => {
    expect(setBy(scene, 0, null, 100 * DAY)).toEqual({ low: [2], high: [2] });
    expect(setBy(scene, 0, null, 100 * DAY + 1)).toEqual({ low: [2], high: [0, 2] });
    expect(setBy(scene, 0, null, 300 * DAY)).toEqual({ low: [0], high: [] });
    expect(setBy(scene, 0, null, -40 * DAY)).toEqual({ low: [], high: [1, 2] });
  });

  it('counts for both ends of a trailing stretch', () => {
    expect(setBy(scene, 0, 100 * DAY, 150 * DAY)).toEqual({ low: [2], high: [0, 2] });
    expect(setBy(scene, 0, 180 * DAY, 230 * DAY)).toEqual({ low: [0], high: [2] });
  });
});

describe('a contested corridor', () => {
  it('says its range, what sets it, and which reports cannot both be true', () => {
    const said = hovered(230);
    expect(said).toContain('contested: 6,030–10,001 or more containers');
    expect(said).toContain('Minimum set by | report 1 (Seoul, 26 Feb 2024)');
    expect(said).not.toContain('Maximum set by');
    expect(said).toContain('Report 1 (Seoul, 26 Feb 2024) and report 2 (Washington, 23 Feb 2024) cannot both be true.');
    expect(said).toContain('Includes what is drawn from Rason to Russia, which is not added again.');
  });

  it('says nothing of a contradiction before there is one', () => {
    const said = hovered(150);
    expect(said).toContain('2,500–4,800 containers');
    expect(said).toContain('Maximum set by | report 1 (Seoul, 26 Feb 2024) and report 3');
    expect(said).toContain(HOSTILE);
    expect(said).not.toContain('cannot both');
    expect(said).toContain('In total | contested: 6,030–10,001 or more containers');
  });

  it('names what lies in it directly, and leaves to that what lies in there', () => {
    const deep = contradicting(), { corridors } = deep;
    deep.places.push({ code: 'RUVVO', name: 'Vladivostok', lon: 131.9, lat: 43.1, radiusKm: 0 });
    Object.assign(corridors, {
      count: 3, id: [...corridors.id, 'x'], origin: Uint32Array.of(0, 2, 2), destination: Uint32Array.of(1, 1, 3), mode: Uint8Array.of(0, 1, 1),
      reconciled: Uint8Array.of(1, 1, 0), counted: new Uint8Array(3), contested: new Float64Array(3).fill(Infinity), inside: [[], [0], [0, 1]],
    });
    const { spread } = deep;
    spread.offsets = Uint32Array.of(...spread.offsets.slice(0, 3), ...spread.offsets.slice(2));
    const m = at(deep, deep.seconds);
    m.width[2] = 3;
    const said = (corridor: number): string => {
      const tip = new Tooltip(deep);
      tip.show(corridor, 0, 0, m, m);
      return tip.root.textContent!;
    };
    expect(said(0)).toContain('Includes what is drawn from Rason to Russia, which is not added again.');
    expect(said(1)).toContain('Includes what is drawn from Rason to Vladivostok, which is not added again.');
    expect(said(2)).not.toContain('Includes');
  });

  it('does not say "at least 0"', () => {
    expect(hovered(150, 1)).toContain('an unknown number of containers');
    expect(hovered(150, 1)).not.toContain('set by');
  });

  it('is told in the header, the list and the figures', () => {
    const header = new Header(scene, () => undefined), mirror = new Mirror(scene);
    header.update(whole);
    mirror.update(whole, true);
    expect(header.root.textContent).toContain('North Korea → Russia: contested, 6,030–10,001 or more containers (Seoul: at least 6,030; Washington: more than 10,000) by 27 Mar 2024, as reported');
    expect(figures(scene, whole)[0]).toBe('contested: 6,030–10,001 or more containers');
    expect([...mirror.root.querySelectorAll('li')].map((item) => item.dataset['contested'])).toEqual(['1', '0']);
    expect(sentence(scene, at(scene, 150 * DAY))).toContain('2,500–4,800');
  });

  it('is explained by the legend, on screen and in a picture, only where there is one', () => {
    const dashed = 'Dashed: sources contradict one another';
    expect(new Legend(scene).root.textContent).toContain(dashed);
    expect(new Legend(founding()).root.textContent).not.toContain('Dashed');
    const drawn = (each: typeof scene): string => plate(
      { scene: each, moment: at(each, each.seconds), theme, map: { width: 900, height: 500 }, metresPerPixel: 1000 }, (text) => text.length * 6,
    ).ops.map((op) => op.kind === 'text' ? op.text : '').join(' ');
    expect(drawn(scene)).toContain('sources contradict');
    expect(drawn(founding())).not.toContain('contradict');
    scene.corridors.contested[0] = scene.seconds + 1;
    expect(used(scene).contested).toBe(false);
    scene.corridors.contested[0] = 206 * DAY;
  });
});

describe('an open high', () => {
  it('is explained where it is seen, not where it only begins as the span ends', () => {
    expect(used(scene).open).toBe(true);
    const closed = contradicting(), { spread } = closed;
    spread.open.forEach((_, i) => { if (spread.time[i]! < closed.seconds) spread.open[i] = 0; });
    spread.time[spread.time.length - 1] = spread.time[spread.time.length - 2] = closed.seconds;
    spread.open[spread.open.length - 1] = 1;
    spread.open[spread.open.length - 2] = 0;
    expect(used(closed).open).toBe(false);
  });
});

describe('areas', () => {
  const project = Object.assign((point: readonly [number, number, number]) => [point[0] * 10 - 4000, 6000 - point[1] * 10], { centre: 437 });
  const picker = new Picker(scene, { height: 0.4, tilt: 30 }), none = new Float64Array(2);
  const [x, y] = project([256 + 127 / 180 * 256, 0, 0]) as [number, number];

  it('are found within their circle, large ones at its edge alone', () => {
    const middle = (256 + Math.log(Math.tan(Math.PI / 4 + 40 * Math.PI / 360)) / Math.PI * 256) * -10 + 6000;
    expect(picker.pick(x + 30, middle, none, project)).toEqual({ place: 0 });
    expect(picker.pick(x + 200, middle, none, project)).toEqual({});
    expect(y).toBe(6000);
  });

  it('say how wide they are, and add nothing twice', () => {
    const tip = new Tooltip(scene);
    tip.place(1, 0, 0, whole);
    expect(tip.root.textContent).toContain('an area within about 4,000 km of its centre');
    expect(tip.root.textContent).toContain('Arrivedcontested: 6,030–10,001 or more containers');
  });

  it('are explained by the legend', () => {
    expect(new Legend(scene).root.textContent).toContain('Outlined area: a country or region was named');
    expect(new Legend(founding()).root.textContent).not.toContain('Outlined');
  });
});
