// @vitest-environment happy-dom
import {afterEach, describe, expect, it} from 'vitest';
import {Connection, type Again} from '../src/connection/connection';

const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

function page(): {app: HTMLElement; turn: (state: string) => Promise<void>} {
  const app = document.createElement('div');
  app.setAttribute('data-test-connection-state', 'CONNECTED');
  document.body.append(app);
  return {app, turn: (state) => { app.setAttribute('data-test-connection-state', state); return settled(); }};
}

describe('a connection that was lost', () => {
  afterEach(() => document.body.replaceChildren());

  it('tells which files were shown, once it is there again', async () => {
    const {app, turn} = page(), told: Again[] = [], one = new Connection(app);
    one.update({files: ['one.csv']}, (again) => told.push(again));
    await turn('CONNECTED');
    expect(told).toEqual([]);
    await turn('PINGING_SERVER');
    await turn('CONNECTING');
    expect(told).toEqual([]);
    await turn('CONNECTED');
    expect(told.map(({files}) => files)).toEqual([['one.csv']]);
    await turn('DISCONNECTED_FOREVER');
    await turn('CONNECTED');
    expect(told).toHaveLength(2);
    expect(told[0]!.turn).not.toBe(told[1]!.turn);
  });

  it('tells nothing where nothing was shown, and nothing once it has left the page', async () => {
    const {app, turn} = page(), told: Again[] = [], one = new Connection(app);
    one.update({files: []}, (again) => told.push(again));
    await turn('CONNECTING');
    await turn('CONNECTED');
    one.update({files: ['one.csv']}, (again) => told.push(again));
    one.destroy();
    await turn('CONNECTING');
    await turn('CONNECTED');
    expect(told).toEqual([]);
  });
});
