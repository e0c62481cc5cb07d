// The buttons and fields of the time bar. What they do is the clock's; they show what it says.

import { el, icon, iconButton, setAttribute, type Child } from './dom';
import { day, duration, inHours, minute, readDay, unitName, unitSeconds } from './words';
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
  private readonly loop = iconButton('loop', 'Repeat');
  private readonly speed = el('select', { 'aria-label': 'Speed', title: 'Speed: at 1× the whole span takes 10 seconds' });
  private readonly typedSpeed = el('input', { type: 'number', min: 0.05, max: 100, step: 'any', 'aria-label': 'Speed, as a number', hidden: true });
  private readonly modes: Record<PlayMode, HTMLButtonElement>;
  private readonly windowLength = el('input', { type: 'number', min: 1, step: 1 });
  private readonly windowField: HTMLElement;
  private readonly from: HTMLInputElement;
  private readonly to: HTMLInputElement;
  private readonly invitation = el('span', { class: 'wb-invitation', 'aria-hidden': 'true' }, 'Play');
  private invited = false;
  private readonly icons = { play: icon('play'), pause: icon('pause') };

  constructor(private readonly scene: SceneData, private readonly clock: Clock) {
    // A browser's own date field writes 08/01/2023, which is January to some and August to others.
    const typed = { type: 'text', class: inHours(scene) ? 'wb-date wb-date-time' : 'wb-date', autocomplete: 'off', spellcheck: 'false' };
    this.from = el('input', { ...typed, title: 'First day to play' });
    this.to = el('input', { ...typed, title: 'Last day to play' });
    this.modes = {
      cumulative: el('button', { type: 'button', class: 'wb-segment', title: 'Everything since the start' }, 'Since start'),
      window: el('button', { type: 'button', class: 'wb-segment', }, 'Window'),
    };
    const unit = `${unitName(scene)}s`;
    this.windowLength.setAttribute('aria-label', `Length of the window in ${unit}`);
    this.windowField = el('label', { class: 'wb-field wb-window-field' }, this.windowLength, el('span', {}, unit));
    this.playButton.classList.add('wb-play');
    this.playButton.append(this.invitation);
    this.more = el('button', { type: 'button', class: 'wb-button wb-more', 'aria-expanded': 'false', 'aria-label': 'More controls', title: 'More controls' }, icon('more'));
    this.transport = el('div', { class: 'wb-transport', role: 'group', 'aria-label': 'Playback' }, this.stepper(-1, 'wb-wide'), this.playButton, this.stepper(1, 'wb-wide'));
    this.extras = el('div', { class: 'wb-extras' },
      el('div', { class: 'wb-group' }, this.stepper(-1, 'wb-narrow'), this.stepper(1, 'wb-narrow'), this.speed, this.typedSpeed, this.loop),
      el('div', { class: 'wb-group wb-modes-of-time' },
        el('div', { class: 'wb-segments', role: 'group', 'aria-label': 'What is counted' }, this.modes.cumulative, this.modes.window),
        this.windowField),
      el('div', { class: 'wb-group', role: 'group', 'aria-label': 'Dates to play' }, field('From', this.from), field('to', this.to)));
    this.listen();
    this.update();
  }

  /** Steps stand beside play where there is room, and among the further controls where there is not. */
  private stepper(steps: 1 | -1, width: 'wb-wide' | 'wb-narrow'): HTMLButtonElement {
    const button = steps < 0 ? iconButton('back', 'One step back', '←') : iconButton('forward', 'One step forward', '→');
    button.classList.add(width);
    button.addEventListener('click', () => this.clock.stepBy(steps));
    return button;
  }

  /** Show what the clock says; a field that somebody is typing in is left alone. */
  update(): void {
    const { clock } = this;
    const label = clock.playing ? 'Pause' : 'Play';
    if (this.playButton.getAttribute('aria-label') !== label) {
      this.playButton.setAttribute('aria-label', label);
      this.playButton.title = `${label} (space)`;
      this.playButton.replaceChildren(clock.playing ? this.icons.pause : this.icons.play, this.invitation);
    }
    // From the end it plays from the beginning: until it has, the button says what it is for.
    this.invited ||= clock.playing || clock.t < clock.seconds;
    this.invitation.hidden = this.invited;
    setAttribute(this.loop, 'aria-pressed', String(clock.loop));
    for (const mode of ['cumulative', 'window'] as const) setAttribute(this.modes[mode], 'aria-pressed', String(clock.mode === mode));
    setAttribute(this.modes.window, 'title', `Only the last ${duration(this.scene, clock.window).replace(/^1 /, '')}`);
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
      // Only Enter holds a wrong date and says why; whoever leaves the field leaves it.
      input.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !this.pickSpan(input)) event.stopImmediatePropagation(); });
      input.addEventListener('change', () => { if (this.wrong() === '') this.pickSpan(input); });
      input.addEventListener('input', () => input.setCustomValidity(''));
      // A field that was left half typed goes back to what is in force.
      input.addEventListener('blur', () => {
        input.setCustomValidity('');
        this.update();
      });
    }
    this.more.addEventListener('click', () => this.open(this.more.getAttribute('aria-expanded') !== 'true'));
    for (const part of [this.more, this.extras])
      part.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape' || this.more.getAttribute('aria-expanded') !== 'true') return;
        this.open(false);
        this.more.focus();
        event.stopPropagation();
      });
    for (const input of [this.typedSpeed, this.windowLength, this.from, this.to]) {
      input.addEventListener('keydown', (event) => { if (event.key === 'Enter') input.blur(); });
    }
  }

  private open(open: boolean): void {
    this.more.setAttribute('aria-expanded', String(open));
    this.extras.classList.toggle('wb-open', open);
  }

  /** What is wrong with the typed dates; empty where they can be taken. */
  private wrong(): string {
    const [from, to] = this.typed();
    if (from === null || to === null) return `Write a date such as ${this.date(0)}.`;
    return from >= to ? 'The first day must not be after the last.' : '';
  }

  private typed(): [number | null, number | null] {
    return [this.seconds(this.from.value, 0), this.seconds(this.to.value, this.clock.seconds, true)];
  }

  /** Takes the typed dates, or says at the field why not. */
  private pickSpan(input: HTMLInputElement): boolean {
    const wrong = this.wrong(), [from, to] = this.typed();
    input.setCustomValidity(wrong);
    if (wrong) input.reportValidity();
    else this.clock.setSpan(from!, to!);
    return !wrong;
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

  /** A moment as the fields show it. The end of a range is the last day inside it. */
  private date(t: number, end = false): string {
    const { scene } = this;
    return inHours(scene) ? minute(scene.start + t * 1000) : day(scene.start + Math.max(0, end ? Math.ceil(t) - 1 : t) * 1000);
  }

  /** Seconds since the scene's start of what a field holds; an empty one means `otherwise`, null is no date. */
  private seconds(typed: string, otherwise: number, end = false): number | null {
    if (typed.trim() === '') return otherwise;
    const ms = readDay(typed);
    if (ms === null) return null;
    const through = end && !inHours(this.scene) ? unitSeconds(this.scene) : 0;
    return (ms - this.scene.start) / 1000 + through;
  }
}
