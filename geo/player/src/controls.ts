// The buttons and fields of the time bar. What they do is the clock's; they show what it says.

import { el, icon, iconButton, setAttribute, type Child } from './dom';
import { inHours, unitSeconds } from './words';
import type { Clock } from './clock';
import type { PlayMode, SceneData } from './types';

const SPEEDS = [0.25, 0.5, 1, 2, 5, 10];
const OTHER = 'other';

function field(label: string, ...inputs: Child[]): HTMLLabelElement {
  return el('label', { class: 'wb-field' }, el('span', {}, label), ...inputs);
}

export class Controls {
  readonly transport: HTMLElement;
  readonly extras: HTMLElement;
  readonly more: HTMLButtonElement;
  private readonly playButton = iconButton('play', 'Play', 'space');
  private readonly loop = iconButton('loop', 'Play over and over');
  private readonly speed = el('select', { 'aria-label': 'Speed', title: 'Speed: at 1× the whole span takes 10 seconds' });
  private readonly typedSpeed = el('input', { type: 'number', min: 0.05, max: 100, step: 'any', 'aria-label': 'Speed, typed', hidden: true });
  private readonly modes: Record<PlayMode, HTMLButtonElement>;
  private readonly windowLength = el('input', { type: 'number', min: 1, step: 1 });
  private readonly windowField: HTMLElement;
  private readonly from: HTMLInputElement;
  private readonly to: HTMLInputElement;
  private readonly icons = { play: icon('play'), pause: icon('pause') };

  constructor(private readonly scene: SceneData, private readonly clock: Clock) {
    const dates = inHours(scene) ? 'datetime-local' : 'date';
    const limits = { type: dates, min: this.date(0), max: this.date(scene.seconds, true), required: true };
    this.from = el('input', { ...limits, class: 'wb-date' });
    this.to = el('input', { ...limits, class: 'wb-date' });
    this.modes = {
      cumulative: el('button', { type: 'button', class: 'wb-segment', title: 'Everything since the start' }, 'Since start'),
      window: el('button', { type: 'button', class: 'wb-segment', title: 'Only the time just before the moment' }, 'Window'),
    };
    const unit = inHours(scene) ? 'hours' : 'days';
    this.windowLength.setAttribute('aria-label', `Length of the window in ${unit}`);
    this.windowField = el('label', { class: 'wb-field wb-window-field' }, this.windowLength, el('span', {}, unit));
    const back = iconButton('back', 'One step back', '←');
    const forward = iconButton('forward', 'One step forward', '→');
    back.addEventListener('click', () => clock.stepBy(-1));
    forward.addEventListener('click', () => clock.stepBy(1));
    this.playButton.classList.add('wb-play');
    this.more = el('button', { type: 'button', class: 'wb-button wb-more', 'aria-expanded': 'false', 'aria-label': 'More controls', title: 'More controls' }, icon('more'));
    this.transport = el('div', { class: 'wb-transport', role: 'group', 'aria-label': 'Playback' }, back, this.playButton, forward);
    back.classList.add('wb-wide');
    forward.classList.add('wb-wide');
    this.extras = el('div', { class: 'wb-extras' },
      el('div', { class: 'wb-group' }, this.speed, this.typedSpeed, this.loop),
      el('div', { class: 'wb-group wb-modes-of-time' },
        el('div', { class: 'wb-segments', role: 'group', 'aria-label': 'What is added up' }, this.modes.cumulative, this.modes.window),
        this.windowField),
      el('div', { class: 'wb-group', role: 'group', 'aria-label': 'Dates to play' }, field('From', this.from), field('to', this.to)));
    this.listen();
    this.update();
  }

  /** Show what the clock says; a field that somebody is typing in is left alone. */
  update(): void {
    const { clock } = this;
    const label = clock.playing ? 'Pause' : 'Play';
    if (this.playButton.getAttribute('aria-label') !== label) {
      this.playButton.setAttribute('aria-label', label);
      this.playButton.title = `${label} (space)`;
      this.playButton.replaceChildren(clock.playing ? this.icons.pause : this.icons.play);
    }
    setAttribute(this.loop, 'aria-pressed', String(clock.loop));
    for (const mode of ['cumulative', 'window'] as const) setAttribute(this.modes[mode], 'aria-pressed', String(clock.mode === mode));
    this.windowField.classList.toggle('wb-away', clock.mode !== 'window');
    this.windowLength.disabled = clock.mode !== 'window';
    this.write(this.windowLength, String(Math.round((clock.window / unitSeconds(this.scene)) * 100) / 100));
    this.write(this.from, this.date(clock.from));
    this.write(this.to, this.date(clock.to, true));
    this.offerSpeeds();
  }

  private listen(): void {
    const { clock } = this;
    this.playButton.addEventListener('click', () => clock.toggle());
    this.loop.addEventListener('click', () => clock.setLoop(!clock.loop));
    for (const mode of ['cumulative', 'window'] as const) this.modes[mode].addEventListener('click', () => clock.setMode(mode));
    this.speed.addEventListener('change', () => this.pickSpeed(this.speed.value));
    this.typedSpeed.addEventListener('change', () => clock.setSpeed(this.typedSpeed.valueAsNumber));
    this.typedSpeed.addEventListener('blur', () => this.type(false));
    this.windowLength.addEventListener('change', () => clock.setWindow(this.windowLength.valueAsNumber * unitSeconds(this.scene)));
    for (const input of [this.from, this.to]) {
      input.addEventListener('change', () => this.pickSpan());
      // A field that was left half typed goes back to what is in force.
      input.addEventListener('blur', () => this.update());
    }
    this.more.addEventListener('click', () => {
      const open = this.more.getAttribute('aria-expanded') !== 'true';
      this.more.setAttribute('aria-expanded', String(open));
      this.extras.classList.toggle('wb-open', open);
    });
    for (const input of [this.typedSpeed, this.windowLength, this.from, this.to]) {
      input.addEventListener('keydown', (event) => { if (event.key === 'Enter') input.blur(); });
    }
  }

  private pickSpan(): void {
    const from = this.seconds(this.from.value);
    const to = this.seconds(this.to.value);
    const end = to === null ? undefined : to + (inHours(this.scene) ? 0 : unitSeconds(this.scene));
    this.clock.setSpan(from ?? undefined, end);
  }

  private pickSpeed(value: string): void {
    if (value !== OTHER) return this.clock.setSpeed(Number(value));
    this.type(true);
    this.typedSpeed.value = String(this.clock.speed);
    this.typedSpeed.focus();
    this.typedSpeed.select();
  }

  private type(typing: boolean): void {
    this.typedSpeed.hidden = !typing;
    this.speed.hidden = typing;
    this.offerSpeeds();
  }

  private offerSpeeds(): void {
    const { speed } = this.clock;
    const offered = SPEEDS.includes(speed) ? SPEEDS : [...SPEEDS, speed].sort((a, b) => a - b);
    if (this.speed.options.length !== offered.length + 1 || !offered.every((value, i) => this.speed.options[i]!.value === String(value))) {
      const options = offered.map((value) => el('option', { value }, `${value}×`));
      this.speed.replaceChildren(...options, el('option', { value: OTHER }, 'Other…'));
    }
    if (this.speed.value !== String(speed)) this.speed.value = String(speed);
  }

  private write(input: HTMLInputElement, value: string): void {
    if (input.value !== value && !input.matches(':focus')) input.value = value;
  }

  /** A moment as a date field takes it. The end of a range is the last day inside it. */
  private date(t: number, end = false): string {
    if (inHours(this.scene)) return new Date(this.scene.start + t * 1000).toISOString().slice(0, 16);
    return new Date(this.scene.start + Math.max(0, end ? Math.ceil(t) - 1 : t) * 1000).toISOString().slice(0, 10);
  }

  /** Seconds since the scene's start of what a date field holds, UTC; null when it is empty. */
  private seconds(value: string): number | null {
    const ms = Date.parse(value.includes('T') ? `${value}Z` : `${value}T00:00Z`);
    return Number.isNaN(ms) ? null : (ms - this.scene.start) / 1000;
  }
}
