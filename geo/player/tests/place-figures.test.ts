// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { MonthBars, topOf } from '../src/month-bars';
import { balanceOf, differenceWords } from '../src/place-balance';
import { corridorsOf, flowOf } from '../src/place-flows';
import { monthsUpTo, MOST_MONTHS, PlaceMonths } from '../src/place-months';
import type { SceneData } from '../src/types';
import { at, contradicting, DAY, founding, several } from './made-scene';

/** Rason → Vladivostok 10 and 30, Vladivostok → Rason 20: `several`, with 25 to `most` in place of the 30. */
function doubted(most: number): SceneData {
  const scene = several(3);
  scene.legs.doubt = { leg: Uint32Array.of(2), low: Float32Array.of(25), high: Float32Array.of(most) };
  return scene;
}

const balance = (scene: SceneData, place = 0) => {
  const m = at(scene, scene.seconds);
  return balanceOf(scene, { in: flowOf(scene, m, place, 'in'), out: flowOf(scene, m, place, 'out') });
};

describe('the balance of a place', () => {
  it('is what came in less what went out', () => {
    expect(balance(several(3))).toEqual({ words: '20 containers more out than in', note: '' });
    expect(balance(several(3), 1)).toEqual({ words: '20 containers more in than out', note: '' });
  });

  it('goes from the least in less the most out to the most in less the least out', () => {
    expect(balance(doubted(45))).toEqual({ words: '15–35 containers more out than in', note: expect.stringContaining('From the least in') as string });
    expect(differenceWords(-30, 10.2, 'container')).toBe('from 30 containers more out to 10 more in');
    expect(differenceWords(0, 10, 'teu')).toBe('up to 10 TEU more in than out');
    expect(differenceWords(-0.2, 0.3, 'container')).toBe('as many containers in as out');
  });

  it('is no number where a range has no end, or nothing is reported of one side', () => {
    expect(balance(doubted(Infinity))).toEqual({ words: 'cannot be said', note: 'No balance: no upper limit is reported for what went out.' });
    expect(balance(founding())?.note).toBe('No balance: nothing is reported in, which does not mean that nothing moved.');
    expect(balance(contradicting(), 0)?.words).toBe('cannot be said');
    expect(balance(contradicting(), 1)?.words).toBe('cannot be said');
  });

  it('is no number where the ranges depend on each other, but is where both are exact', () => {
    const onward = doubted(45);
    onward.legs.onward = Uint32Array.of(1);
    expect(balance(onward)?.note).toContain('depend on each other');
    const total = doubted(45);
    total.reports = [{ ...total.reports[0]!, kind: 'total', drawn: true, corridors: [1, 2] }];
    expect(balance(total)?.note).toContain('depend on each other');
    expect(balance({ ...several(3), reports: total.reports })?.words).toBe('20 containers more out than in');
  });

  it('is not added up where one side is not, and is not there where nothing is', () => {
    const scene = several(4);
    scene.corridors.counted[0] = 0;
    expect(balance(scene)?.note).toBe('No balance: what went out is not added up.');
    const m = at(scene, 0);
    expect(balanceOf(scene, { in: flowOf(scene, m, 0, 'in'), out: flowOf(scene, m, 0, 'out') })).toBeNull();
  });
});

describe('routes between the partners of a place', () => {
  it('are those whose two ends it has routes with', () => {
    const scene = several(4), { corridors } = scene;
    scene.places = [...scene.places, { ...scene.places[0]!, code: 'CNDDG' }, { ...scene.places[0]!, code: 'JPTYO' }];
    // 0 → 1, 2 → 0, 1 → 2 and 2 → 3: of the first place the partners are 1 and 2.
    corridors.origin.set([0, 2, 1, 2]);
    corridors.destination.set([1, 0, 2, 3]);
    expect([...corridorsOf(scene, 0, 'between')]).toEqual([2]);
    expect([...corridorsOf(scene, 3, 'between')]).toEqual([]);
    expect([...corridorsOf(scene, 0, 'both')]).toEqual([0, 1]);
  });
});

describe('the months of a place', () => {
  const bars = (scene: SceneData, t: number, side: 'in' | 'out' = 'out') => {
    const months = new PlaceMonths(scene, 0).upTo(t), shown = new MonthBars(scene.unit, 'voyage');
    shown.show(months[side], topOf([months.in, months.out]));
    return { months: months[side], root: shown.root, said: [...shown.root.querySelectorAll('li')].map(({ textContent }) => textContent) };
  };

  it('are those of the calendar up to the clock, the last one so far', () => {
    const spans = monthsUpTo(founding(), 94 * DAY);
    expect(spans.map(({ from, to }) => [from / DAY, to / DAY])).toEqual([[0, 31], [31, 61], [61, 92], [92, 94]]);
    expect(monthsUpTo({ ...founding(), seconds: DAY }, DAY)).toEqual([]);
  });

  it('are each what a window of that month says, not a difference of two ranges', () => {
    const scene = contradicting(), october = [61, 92] as const, months = new PlaceMonths(scene, 0).upTo(100 * DAY).out;
    const window = at(scene, october[1] * DAY, 'window', (october[1] - october[0]) * DAY);
    expect(months.by).toBe('amount');
    expect(months.figures.map(({ name }) => name)).toEqual(['Aug 2023 and before', 'Sept 2023', 'Oct 2023', 'Nov 2023 so far']);
    expect(months.figures[2]!.amount).toMatchObject({ low: window.low[0], best: window.best[0], high: window.high[0] });
  });

  it('are told in words, and a month of which nothing is reported is not said to be none', () => {
    const scene = several(3);
    scene.seconds = 94 * DAY;
    scene.legs.depart.set([0, DAY, 70 * DAY]);
    scene.legs.arrive.set([0, DAY, 70 * DAY]);
    const { said, root } = bars(scene, 80 * DAY);
    expect(said).toEqual(['Aug 2023: 10 containers', 'Sept 2023: nothing reported', 'Oct 2023 so far: 30 containers']);
    expect(root.querySelector('p')!.textContent).toBe('Per month: Sept 2023: nothing reported; Oct 2023 so far: 30 containers.');
    // A clock that goes back takes months away again.
    expect(bars(scene, 40 * DAY).said).toEqual(['Aug 2023: 10 containers', 'Sept 2023 so far: nothing reported']);
  });

  it('count the voyages listed where figures are not added up', () => {
    const scene = several(3);
    scene.seconds = 94 * DAY;
    scene.legs.onward = Uint32Array.of(2);
    const { said, months } = bars(scene, scene.seconds);
    expect([months.by, said[0], said[1]]).toEqual(['voyages', 'Aug 2023: 2 voyages', 'Sept 2023: no voyages']);
  });

  it('stay away where all lies in one month, and are the last ones where there are many', () => {
    expect(bars(several(3), 4 * DAY).root.hidden).toBe(true);
    const scene = several(3);
    scene.seconds = 4000 * DAY;
    const { months, root } = bars(scene, scene.seconds);
    expect(months.figures.length).toBe(MOST_MONTHS);
    expect(months.left).toBeGreaterThan(100);
    expect(root.hidden).toBe(true); // nothing in any of them
  });
});
