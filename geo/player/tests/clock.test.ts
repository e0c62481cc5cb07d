import { describe, expect, it } from 'vitest';
import { Clock, PASS_SECONDS, type ClockEvent } from '../src/clock';

const make = (more = {}): Clock => new Clock({ seconds: 1000, step: 100, t: 0, ...more });

function heard(clock: Clock): ClockEvent[] {
  const events: ClockEvent[] = [];
  for (const kind of ['change', 'settle', 'play'] as const) clock.on(kind, () => events.push(kind));
  return events;
}

describe('playing', () => {
  it('passes the whole range in ten seconds, whatever the range, and stops at its end', () => {
    for (const seconds of [10, 1000, 1e9]) {
      const clock = new Clock({ seconds, step: 1, t: 0 });
      clock.play();
      for (let i = 0; i < 64 * (PASS_SECONDS / 2); i++) clock.advance(1 / 64);
      expect(clock.t / seconds).toBeCloseTo(0.5, 6);
      clock.advance(PASS_SECONDS);
      expect(clock.t).toBe(seconds);
      expect(clock.playing).toBe(false);
    }
  });

  it('does not move while paused, nor while a hand holds the playhead', () => {
    const clock = make({ t: 300 });
    clock.advance(1);
    expect(clock.t).toBe(300);
    clock.play();
    clock.seek(500, false);
    clock.advance(1);
    expect(clock.t).toBe(500);
    clock.seek(500);
    clock.advance(1);
    expect(clock.t).toBe(600);
  });

  it('tells the end of the day that it is in, and rests there', () => {
    const clock = make({ whole: 30 });
    clock.play();
    expect(clock.told()).toBe(0);
    clock.advance(4.1);
    expect([clock.t, clock.told()]).toEqual([410, 420]);
    expect(clock.stretch(clock.told())).toEqual({ from: 0, to: 420 });
    clock.pause();
    expect([clock.t, clock.told()]).toEqual([420, 420]);
    clock.seek(411);
    expect(clock.told()).toBe(411);
    clock.setSpan(0, 425);
    clock.seek(421);
    clock.play();
    clock.advance(0.001);
    expect(clock.told()).toBe(425);
  });

  it('starts again from the first moment when it stands at the last', () => {
    const clock = make({ t: 1000 });
    clock.setSpan(200, 800);
    clock.play();
    expect(clock.t).toBe(200);
  });

  it('keeps to the typed range, in ten seconds, and loops inside it', () => {
    const clock = make();
    clock.setSpan(200, 700);
    clock.setLoop(true);
    clock.play();
    clock.advance(9);
    expect(clock.t).toBeCloseTo(650);
    clock.advance(2);
    expect(clock.t).toBeCloseTo(250);
    expect(clock.playing).toBe(true);
  });

  it('goes faster at a higher speed and refuses a speed that is none', () => {
    const clock = make();
    clock.setSpeed(2);
    for (const wrong of [NaN, 0, -1, Infinity]) clock.setSpeed(wrong);
    clock.play();
    clock.advance(1);
    expect(clock.t).toBeCloseTo(200);
  });

  it('settles when it stops by itself', () => {
    const clock = make({ t: 900 });
    clock.play();
    const events = heard(clock);
    clock.advance(5);
    expect(events).toEqual(['change', 'play', 'settle']);
  });
});

describe('by hand', () => {
  it('clamps, and settles only when the hand lets go', () => {
    const clock = make();
    const events = heard(clock);
    clock.seek(400, false);
    clock.seek(5000, false);
    expect(clock.t).toBe(1000);
    expect(events).toEqual(['change', 'change']);
    clock.seek(clock.t);
    expect(events).toEqual(['change', 'change', 'settle']);
    clock.seek(NaN);
    expect(clock.t).toBe(1000);
  });

  it('steps to whole steps, forth and back', () => {
    const clock = make({ t: 250 });
    clock.stepBy(1);
    expect(clock.t).toBe(300);
    clock.seek(250);
    clock.stepBy(-1);
    expect(clock.t).toBe(200);
    clock.stepBy(-1);
    expect(clock.t).toBe(100);
    clock.stepBy(-7);
    expect(clock.t).toBe(0);
    clock.end();
    expect(clock.t).toBe(1000);
    clock.home();
    expect(clock.t).toBe(0);
  });

  it('stops telling those who stopped listening', () => {
    const clock = make();
    let n = 0;
    const off = clock.on('change', () => n++);
    clock.seek(1);
    off();
    clock.seek(2);
    expect(n).toBe(1);
  });
});

describe('the stretch shown', () => {
  it('is all before the moment, or the trailing window clamped at the start', () => {
    const clock = make({ t: 250, window: 300 });
    expect(clock.stretch()).toEqual({ from: 0, to: 250 });
    clock.setMode('window');
    expect(clock.stretch()).toEqual({ from: 0, to: 250 });
    clock.seek(700);
    expect(clock.stretch()).toEqual({ from: 400, to: 700 });
  });

  it('has a window of at least a step and at most the span', () => {
    const clock = make();
    clock.setWindow(1);
    expect(clock.window).toBe(100);
    clock.setWindow(1e9);
    expect(clock.window).toBe(1000);
    clock.setWindow(NaN);
    expect(clock.window).toBe(1000);
  });

  it('never gets a range without length', () => {
    const clock = make({ t: 950 });
    clock.setSpan(600, 300);
    expect([clock.from, clock.to, clock.t]).toEqual([600, 700, 700]);
    clock.setSpan();
    expect([clock.from, clock.to]).toEqual([0, 1000]);
  });
});
