// The player on the whole screen, and as a presentation: large date and figure, no buttons, moved by keys.

export class Screen {
  private readonly changed = (): void => this.follow();

  constructor(private readonly root: HTMLElement, private readonly resized: () => void) {
    document.addEventListener('fullscreenchange', this.changed);
  }

  get presenting(): boolean {
    return this.root.dataset['present'] === 'true';
  }

  get full(): boolean {
    const home = this.root.getRootNode() as Document | ShadowRoot;
    return home.fullscreenElement === this.root;
  }

  toggleFull(): void {
    if (this.full) void document.exitFullscreen();
    else this.ask();
  }

  present(on = !this.presenting): void {
    this.root.dataset['present'] = String(on);
    if (on && !this.full) this.ask();
    else if (!on && this.full) void document.exitFullscreen();
    this.root.focus({preventScroll: true});
    this.resized();
  }

  destroy(): void {
    document.removeEventListener('fullscreenchange', this.changed);
  }

  /** A page may not allow it; a presentation then fills the window, by its style. */
  private ask(): void {
    this.root.requestFullscreen?.({navigationUI: 'hide'})?.catch(() => undefined);
  }

  /** The browser left the whole screen by itself, as it does on Escape. */
  private follow(): void {
    if (!this.full && this.presenting) this.root.dataset['present'] = 'false';
    this.root.dataset['full'] = String(this.full);
    this.resized();
  }
}
