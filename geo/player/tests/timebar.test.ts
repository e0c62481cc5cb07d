// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { Clock } from '../src/clock';
import { placeLabels } from '../src/events';
import { TimeBar } from '../src/timebar';
import { axisOf, bandPaths } from '../src/band';
import { Volumes } from '../src/volumes';
import type { SceneData } from '../src/types';
import { DAY, HOSTILE, at, founding } from './made-scene';

let scene: SceneData, clock: Clock, bar: TimeBar;
const one = <T extends Element = HTMLElement>(selector: string): T => bar.root.querySelector<T>(selector)!;
const byLabel = (label: string): HTMLButtonElement => one(`[aria-label="${label}"]`);

beforeEach(() => {
  document.body.replaceChildren();
  scene = founding();
  scene.events.push({ time: 60 * DAY, title: HOSTILE, note: '', source: HOSTILE, url: 'javascript:alert(1)' });
  clock = new Clock({ seconds: scene.seconds, step: DAY, t: scene.seconds, window: 30 * DAY });
  bar = new TimeBar(scene, clock, new Volumes(scene).band(12));
  document.body.append(bar.root);
});

/** The track as if it were 940 px wide: 10 px a day. */
function pointer(type: string, x: number, target: Element = one('.wb-plot')): void {
  one('.wb-plot').getBoundingClientRect = () => ({ left: 0, width: 940 }) as DOMRect;
  target.dispatchEvent(new PointerEvent(type, { clientX: x, button: 0, pointerId: 1, bubbles: true }));
}

describe('transport', () => {
  it('plays, pauses and says so', () => {
    byLabel('Play').click();
    expect(clock.playing).toBe(true);
    byLabel('Pause').click();
    expect(clock.playing).toBe(false);
    expect(byLabel('Play')).toBeTruthy();
  });

  it('steps a day back and forth', () => {
    byLabel('One step back').click();
    expect(clock.t).toBe(93 * DAY);
    byLabel('One step forward').click();
    expect(clock.t).toBe(94 * DAY);
  });

  it('takes a chosen and a typed speed, and loops', () => {
    const speed = one<HTMLSelectElement>('select');
    speed.value = '5';
    speed.dispatchEvent(new Event('change'));
    expect(clock.speed).toBe(5);
    const typed = one<HTMLInputElement>('[aria-label="Speed, as a number"]');
    typed.value = '3';
    typed.dispatchEvent(new Event('change'));
    expect(clock.speed).toBe(3);
    expect(speed.value).toBe('3');
    byLabel('Repeat').click();
    expect(clock.loop).toBe(true);
    expect(byLabel('Repeat').getAttribute('aria-pressed')).toBe('true');
  });
});

describe('dates', () => {
  const type = (label: number, text: string): HTMLInputElement => {
    const input = bar.root.querySelectorAll<HTMLInputElement>('.wb-date')[label]!;
    input.value = text;
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    return input;
  };

  it('hold nobody who leaves a half-typed date', () => {
    const input = bar.root.querySelector<HTMLInputElement>('.wb-date')!;
    input.value = '1 Au';
    input.dispatchEvent(new Event('change'));
    expect(input.validationMessage).toBe('');
    input.dispatchEvent(new Event('blur'));
    expect(input.value).toBe('1 Aug 2023');
    expect(clock.from).toBe(0);
  });

  it('show the first and the last day inside the range', () => {
    expect([...bar.root.querySelectorAll<HTMLInputElement>('.wb-date')].map(({ value }) => value)).toEqual(['1 Aug 2023', '2 Nov 2023']);
  });

  it('set the range to play, its last day included', () => {
    type(0, '2023-09-01');
    type(1, '30 Sept 2023');
    expect([clock.from, clock.to]).toEqual([31 * DAY, 61 * DAY]);
    expect(clock.t).toBe(61 * DAY);
  });

  it('refuse what is no date, with a hint, and leave the range', () => {
    expect(type(0, 'soon').validationMessage).toContain('1 Aug 2023');
    expect(type(0, '3 Nov 2024').validationMessage).toContain('after');
    expect([clock.from, clock.to]).toEqual([0, 94 * DAY]);
  });
});

describe('the track', () => {
  it('scrubs on whole days and settles when let go', () => {
    let settled = 0;
    clock.on('settle', () => settled++);
    pointer('pointerdown', 103);
    expect(clock.t).toBe(10 * DAY);
    pointer('pointermove', 208);
    expect(clock.t).toBe(21 * DAY);
    expect(settled).toBe(0);
    pointer('pointerup', 208);
    expect(settled).toBe(1);
    expect(one('.wb-head').getAttribute('aria-valuetext')).toBe('21 Aug 2023');
  });

  it('drags the window by its body and by its end', () => {
    clock.setMode('window');
    clock.seek(60 * DAY);
    pointer('pointerdown', 450, one('.wb-window-body'));
    pointer('pointermove', 500, one('.wb-window-body'));
    pointer('pointerup', 500, one('.wb-window-body'));
    expect(clock.stretch()).toEqual({ from: 35 * DAY, to: 65 * DAY });
    pointer('pointerdown', 350, one('.wb-window-length'));
    pointer('pointermove', 550, one('.wb-window-length'));
    pointer('pointerup', 550, one('.wb-window-length'));
    expect(clock.stretch()).toEqual({ from: 55 * DAY, to: 65 * DAY });
    one('.wb-window-length').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }));
    expect(clock.window).toBe(11 * DAY);
  });

  it('takes a press on the window that does not move as a click', () => {
    clock.setMode('window');
    clock.seek(60 * DAY);
    pointer('pointerdown', 450, one('.wb-window-body'));
    pointer('pointerup', 451, one('.wb-window-body'));
    expect(clock.t).toBe(45 * DAY);
    expect(clock.window).toBe(30 * DAY);
  });

  it('switches between all and a window, and takes its length', () => {
    const [all, window] = bar.root.querySelectorAll<HTMLButtonElement>('.wb-segment');
    window!.click();
    expect(clock.mode).toBe('window');
    const length = one<HTMLInputElement>('.wb-window-field input');
    length.value = '7';
    length.dispatchEvent(new Event('change'));
    expect(clock.window).toBe(7 * DAY);
    all!.click();
    expect(clock.mode).toBe('cumulative');
    expect(length.disabled).toBe(true);
  });
});

describe('each frame', () => {
  it('writes nothing when nothing moved, and no date before its figures', () => {
    const changes: MutationRecord[] = [];
    bar.tick();
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(bar.root, { attributes: true, childList: true, characterData: true, subtree: true });
    bar.tick();
    changes.push(...observer.takeRecords());
    expect(changes).toEqual([]);
    clock.t = 10 * DAY;
    bar.tick();
    expect(one('time').textContent).toBe('');
    bar.update(at(scene, 10 * DAY));
    expect(one('time').textContent).toBe('10 Aug 2023');
    observer.disconnect();
  });

  it('says the stretch', () => {
    bar.update(at(scene, 92 * DAY, 'window', 31 * DAY));
    expect(one('.wb-span').textContent).toBe('between 1 Oct and 31 Oct 2023');
    bar.update(at(scene, 92 * DAY));
    expect(one('.wb-span').textContent).toBe('since 1 Aug 2023');
    scene.periods.set(0, { time: Float64Array.of(-DAY), low: Float64Array.of(0), high: Float64Array.of(0) });
    bar.update(at(scene, 92 * DAY));
    expect(one('.wb-span').textContent, 'the figure counts what moved before the time bar begins').toBe('all so far');
    scene.periods.clear();
  });
});

describe('events', () => {
  it('are named, show their card on focus, and take the clock to the end of their day', () => {
    const mark = byLabel('13 Sept 2023: Kim meets Putin');
    mark.dispatchEvent(new Event('focus'));
    expect(one('.wb-event-card').hidden).toBe(false);
    expect(one('.wb-event-card').textContent).toContain('At Vostochny');
    expect(one<HTMLAnchorElement>('.wb-event-card a').href).toBe('https://example.org/a');
    expect(one('.wb-event-card a').textContent, 'a link says where it leads').toBe('A paper · example.org');
    mark.click();
    expect(clock.t).toBe(44 * DAY);
  });

  it('are one stop in the tab order, with arrows between them that the player does not take', () => {
    const marks = [...bar.root.querySelectorAll<HTMLButtonElement>('.wb-mark')];
    expect(marks.map(({ tabIndex }) => tabIndex)).toEqual([0, -1]);
    let reached = 0;
    bar.root.addEventListener('keydown', () => reached++);
    marks[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    expect(marks.map(({ tabIndex }) => tabIndex)).toEqual([-1, 0]);
    expect(reached).toBe(0);
  });

  it('show hostile text as text, and no link that is not http', () => {
    bar.root.querySelectorAll('.wb-mark')[1]!.dispatchEvent(new Event('focus'));
    expect(one('.wb-event-card').textContent).toContain(HOSTILE);
    expect(bar.root.querySelector('img')).toBeNull();
    expect(one('.wb-event-card a')).toBeNull();
  });
});

describe('where texts stand', () => {
  it('is beside their marks, inside the bar, over no other mark or text', () => {
    const cases: [number[], number[], number][] = [
      [[10, 40, 300, 310, 700, 990], [60, 90, 200, 80, 900, 70], 1000], [[0], [400], 90], [[50, 50, 50], [100, 100, 100], 900], [[], [], 300],
    ];
    for (const [marks, widths, room] of cases) {
      const boxes = placeLabels(marks, widths, room).flatMap(({ side, width }, i) =>
        side === 'none' ? [] : [side === 'right' ? [marks[i]! + 8, marks[i]! + 8 + width] : [marks[i]! - 8 - width, marks[i]! - 8]]);
      boxes.forEach(([left, right], i) => {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(room);
        if (i > 0) expect(left).toBeGreaterThanOrEqual(boxes[i - 1]![1]!);
        for (const mark of marks) expect(mark <= left! || mark >= right!).toBe(true);
      });
    }
  });

  it('is to the right where there is room', () => {
    expect(placeLabels([100], [150], 1000)).toEqual([{ side: 'right', width: 150 }]);
    expect(placeLabels([900], [150], 1000)).toEqual([{ side: 'left', width: 150 }]);
  });
});

describe('the strip', () => {
  const band = {time: Float64Array.of(0, 1, 2), low: Float64Array.of(0, 0, 1), best: Float64Array.of(0, 1, 2), high: Float64Array.of(0, 2, Infinity)};

  it('is linear from zero, and an open high goes to the top', () => {
    const {range, best, sure} = bandPaths(band, 2);
    expect(best).toBe('M0.00000 1.0000L0.50000 0.5192L1.00000 0.0385');
    expect(range).toContain('1.00000 0.0000');
    expect(sure.startsWith('M0 1L0.00000 1.0000')).toBe(true);
    expect(bandPaths({...band, best: band.low.map(() => 0), low: band.low.map(() => 0), high: band.low.map(() => 0)}, 2).range).toBe('');
  });

  it('has two or three labelled lines at round values, none above its top', () => {
    expect(axisOf(2200)).toEqual([1000, 2000]);
    expect(axisOf(30800)).toEqual([10000, 20000, 30000]);
    expect(axisOf(900)).toEqual([400, 800]);
    expect(axisOf(1)).toEqual([1]);
    expect(axisOf(0)).toEqual([]);
    const least = (14 / 44) * 1.04;
    for (let top = 2; top < 3e6; top = Math.ceil(top * 1.013)) {
      const lines = axisOf(top, least);
      expect([2, 3], `${top}`).toContain(lines.length);
      expect(lines.at(-1)! <= top && lines[0]! >= least * top && lines.every(Number.isInteger), `${top}`).toBe(true);
    }
  });
});

describe('the strip', () => {
  it('has the colour of the mode of all arcs, and that of none where they have several', () => {
    const colour = (modes: number[]): string => {
      const mixed = { ...founding(), corridors: { ...founding().corridors, mode: Uint8Array.from(modes) } };
      return new TimeBar(mixed, clock, new Volumes(founding()).band(12)).root.querySelector<HTMLElement>('.wb-track')!.style.getPropertyValue('--band');
    };
    expect(colour([1, 1])).toBe('var(--wb-maritime)');
    expect(colour([0])).toBe('var(--wb-mode)');
    expect(colour([1, 2])).toBe('var(--wb-label)');
  });
});
