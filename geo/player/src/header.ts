// The data set's title, one sentence that says what is shown, and the figures of the moment.

import { el, setText } from './dom';
import { figures, sentence, spokenOf, summedUp } from './words';
import type { Moment, SceneData } from './types';

export class Header {
  readonly root: HTMLElement;
  private readonly sentence: HTMLElement;
  private readonly figures: HTMLElement[];
  private now: Moment | null = null;

  /** why: the reader asks what the figure of these corridors rests on. */
  constructor(private readonly scene: SceneData, why: (corridors: number[]) => void) {
    const ask = (of: typeof spokenOf) => (): void => { if (this.now) why(of(scene, this.now)); };
    this.sentence = el('p', { class: 'wb-sentence' });
    this.sentence.addEventListener('click', ask(spokenOf));
    const figure = el('button', { type: 'button', class: 'wb-figure', 'aria-description': 'Why this figure?' });
    figure.addEventListener('click', ask(summedUp));
    this.figures = [figure, ...Array.from({ length: 3 }, () => el('li'))];
    this.root = el('header', { class: 'wb-header', ...scene.bounds.some(({ sides }) => sides.length > 1) ? { 'data-sides': 'true' } : {} },
      el('p', { class: 'wb-title', title: scene.title }, scene.title),
      this.sentence,
      el('ul', { class: 'wb-figures', 'aria-label': 'Figures of the moment' }, el('li', {}, figure), ...this.figures.slice(1)));
  }

  update(m: Moment): void {
    this.now = m;
    const said = sentence(this.scene, m);
    setText(this.sentence, said);
    if (this.sentence.title !== said) this.sentence.title = said;
    figures(this.scene, m).forEach((text, i) => setText(this.figures[i]!, text));
  }
}
