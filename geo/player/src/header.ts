// The data set's title, one sentence that says what is shown, and the figures of the moment.

import { el, setText } from './dom';
import { figures, sentence } from './words';
import type { Moment, SceneData } from './types';

export class Header {
  readonly root: HTMLElement;
  private readonly sentence = el('p', { class: 'wb-sentence' });
  private readonly figures: HTMLElement[];

  constructor(private readonly scene: SceneData) {
    this.figures = Array.from({ length: 4 }, () => el('li'));
    this.root = el('header', { class: 'wb-header' },
      el('p', { class: 'wb-title', title: scene.title }, scene.title),
      this.sentence,
      el('ul', { class: 'wb-figures', 'aria-label': 'Figures of the moment' }, ...this.figures));
  }

  update(m: Moment): void {
    const said = sentence(this.scene, m);
    setText(this.sentence, said);
    if (this.sentence.title !== said) this.sentence.title = said;
    figures(this.scene, m).forEach((text, i) => setText(this.figures[i]!, text));
  }
}
