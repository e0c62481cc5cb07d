// The words of a finished picture, changed where they stand: a click, an input in their place, Enter.

import {el} from '../dom';
import {place} from './finder';
import type {Box} from './part';

/** given: as they were written; shown: as they stand; box: where, as shares of the picture; size: of a letter, share of
 * its height; there: whether anything stands there. */
export interface Words {
  name: string; label: string; given: string; shown: string; box: Box; size: number; bold: boolean; centred: boolean; there: boolean;
}

const LONGEST = 400;
/** Below it telephones zoom into the field. */
const LEAST_PX = 16;

export class Wording {
  readonly spots = el('div', {class: 'vf-spots'});
  readonly adders = el('span', {class: 'vf-adders'});
  private open: HTMLInputElement | null = null;

  constructor(private readonly picture: HTMLElement, private readonly tell: (name: string, text: string) => void) {}

  get busy(): boolean {
    return this.open !== null;
  }

  show(words: readonly Words[]): void {
    this.spots.replaceChildren(...words.filter((each) => each.there).map((each) => this.spot(each)));
    this.adders.replaceChildren(...words.filter((each) => !each.there).map((each) => {
      const button = el('button', {type: 'button', class: 'vf-button'}, `Add ${each.label.toLowerCase()}`);
      button.addEventListener('click', () => this.edit(each, button));
      return button;
    }));
  }

  private spot(words: Words): HTMLButtonElement {
    const label = `${words.label}: ${words.shown}. Change it`;
    const button = el('button', {type: 'button', class: 'vf-spot', 'aria-label': label, title: `Change the ${words.label.toLowerCase()}`});
    const [left, top, right, bottom] = words.box;
    place(button, left, top, right - left, bottom - top);
    button.addEventListener('click', () => this.edit(words, button));
    return button;
  }

  private edit(words: Words, from: HTMLElement): void {
    this.open?.blur();
    const [left, top, right] = words.box;
    const size = Math.max(words.size * this.picture.clientHeight, LEAST_PX);
    const field = el('input', {class: 'vf-field', type: 'text', 'aria-label': words.label, maxlength: LONGEST, autocomplete: 'off'});
    field.value = words.given || words.shown;
    place(field, left, top, right - left, 0);
    Object.assign(field.style, {
      height: '', fontSize: `${size}px`, fontWeight: words.bold ? '700' : '400', textAlign: words.centred ? 'center' : ''
    });
    const before = field.value;
    const done = (keep: boolean) => {
      if (this.open !== field) return;
      this.open = null;
      field.remove();
      if (keep && field.value.trim() !== before) this.tell(words.name, field.value.trim());
      else this.spots.dispatchEvent(new CustomEvent('rested'));
    };
    field.addEventListener('keydown', (event) => {
      // Streamlit's own keys would act on the page.
      event.stopPropagation();
      if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
      // Or else this very key would press the button that gets the focus.
      event.preventDefault();
      done(event.key === 'Enter');
      from.focus();
    });
    field.addEventListener('blur', () => done(true));
    this.open = field;
    this.spots.append(field);
    field.focus();
    field.select();
  }
}
