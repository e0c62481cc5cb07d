// What a reader left: the state that the page's address keeps, and how a new scene takes it over.

import {Clock} from './clock';
import {DEFAULT_SHAPE, type ArcShape} from './arc';
import type {PlaceShown} from './place-tool';
import type {Colouring, PathKind, PlayMode, SceneData, View} from './types';
import type {WireData} from './wire';
import {DAY, inHours, unitSeconds} from './words';

/** What the page may restore, and what it hears back: on rest only, never per frame. moment is ISO 8601, UTC; window seconds. */
export interface Shown extends PlaceShown { selected: string[]; view: View; moment: string; mode: PlayMode; window: number; layers: string[]; largest: number; width: number; paths: PathKind; colour: Colouring; turn: number }

const MINUTE = 60;

export function initialOf(data: WireData): Partial<Shown> {
  return JSON.parse(String(data['initial'] ?? '{}')) as Partial<Shown>;
}

/** How often the reader has stepped back or forth: with another number than before the player takes the initial state over once more. */
export function turnOf(data: WireData): number {
  return initialOf(data).turn ?? 0;
}

/** The playhead stays at its date when filters change the span under it. */
export function newClock(scene: SceneData, initial: Partial<Shown>, before: {clock: Clock; start: number} | null): Clock {
  const absolute = before ? before.start + before.clock.t * 1000 : Date.parse(initial.moment ?? '');
  const {mode, window} = before ? before.clock : initial;
  const step = unitSeconds(scene);
  const quarter = Math.max(step, Math.round(scene.seconds / 4 / step) * step);
  const clock = new Clock({
    seconds: scene.seconds, step, whole: inHours(scene) ? MINUTE : DAY, mode: mode ?? 'cumulative', window: window || Math.min(30 * DAY, quarter),
    t: Number.isFinite(absolute) ? (absolute - scene.start) / 1000 : scene.seconds
  });
  if (before) {
    clock.speed = before.clock.speed;
    clock.loop = before.clock.loop;
  }
  return clock;
}

/** Ids that this scene still has, as corridor numbers. */
export function corridorsOf(scene: SceneData, ids: readonly string[]): number[] {
  return ids.map((id) => scene.corridors.id.indexOf(id)).filter((c) => c >= 0);
}

/** The curve of the arcs, as the pydeck specification from Python says it. */
export function arcShape(data: WireData): ArcShape {
  const spec = JSON.parse(String(data['deck'] ?? '{}')) as {layers?: {id?: string; getHeight?: number; getTilt?: number}[]};
  const arcs = spec.layers?.find((layer) => layer.id === 'corridors');
  return {height: arcs?.getHeight ?? DEFAULT_SHAPE.height, tilt: arcs?.getTilt ?? DEFAULT_SHAPE.tilt};
}
