import {expect, test} from 'vitest';
import {Resolution} from '../src/resolution';

/** Plays so many frames, `ms` apart. -> the share of the last */
function play(resolution: Resolution, frames: number, ms: number): number {
  let share = 1;
  for (let frame = 0; frame < frames; frame++) share = resolution.playing(frame * ms);
  return share;
}

test('A machine that keeps up draws all pixels', () => {
  expect(play(new Resolution(), 600, 16.7)).toBe(1);
  expect(play(new Resolution(), 600, 45)).toBe(1);
});

test('One that does not draws half of them along a side after a few frames, to the end of the pass', () => {
  const resolution = new Resolution();
  expect(play(resolution, 5, 90)).toBe(1);
  expect(resolution.playing(5 * 90)).toBe(0.5);
  expect([...Array(100).keys()].map((frame) => resolution.playing(450 + frame * 16)).every((share) => share === 0.5)).toBe(true);
});

test('A pause of the browser decides nothing', () => {
  const resolution = new Resolution();
  let now = 0;
  for (let frame = 0; frame < 100; frame++) {
    now += frame % 10 === 5 ? 2_000 : 17;
    expect(resolution.playing(now)).toBe(1);
  }
});

test('At rest all pixels are drawn, and the time between two passes counts for neither', () => {
  const resolution = new Resolution();
  play(resolution, 3, 17);
  expect(resolution.resting()).toBe(1);
  expect(resolution.playing(60_000)).toBe(1);
  expect(resolution.playing(60_017)).toBe(1);
});

test('The next pass of a slow machine is coarse from its first frame, unless it kept up easily', () => {
  const resolution = new Resolution();
  play(resolution, 20, 90);
  resolution.resting();
  expect(resolution.playing(0)).toBe(0.5);
  for (let frame = 1; frame < 20; frame++) resolution.playing(frame * 40);
  resolution.resting();
  expect(resolution.playing(0)).toBe(0.5);
  for (let frame = 1; frame < 20; frame++) resolution.playing(frame * 17);
  resolution.resting();
  expect(resolution.playing(0)).toBe(1);
});
