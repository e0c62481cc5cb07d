// Tells the Data page which files it showed, once a lost connection is there again: a server that was started anew has
// none of them, and Streamlit leaves the page as it was, with buttons that would load nothing.

export interface Held { files: readonly string[] }
export interface Again { files: readonly string[]; turn: string }

/** Where Streamlit says whether the page is connected. */
const APP = '[data-test-connection-state]', STATE = 'data-test-connection-state', CONNECTED = 'CONNECTED';

export class Connection {
  private files: readonly string[] = [];
  private send: (again: Again) => void = () => undefined;
  private lost = false;
  private readonly watch = new MutationObserver(() => this.follow());

  constructor(private readonly app: Element | null = document.querySelector(APP)) {
    if (app) this.watch.observe(app, {attributes: true, attributeFilter: [STATE]});
  }

  update({files}: Held, send: (again: Again) => void): void {
    this.files = files;
    this.send = send;
  }

  destroy(): void {
    this.watch.disconnect();
  }

  private follow(): void {
    const connected = this.app?.getAttribute(STATE) === CONNECTED;
    if (this.lost && connected && this.files.length) this.send({files: this.files, turn: crypto.randomUUID()});
    this.lost = !connected;
  }
}
