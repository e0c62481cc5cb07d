// Streamlit's entry: called at mount, and again when the data or the theme changes.

import basemapUrl from './basemap.json';
import {readBasemap, type Basemap} from './basemap';
import landUrl from './land-50m.bin';
import {readTriangles, type Triangles} from './layers/land';
import {keepLastUsed} from './last-used';
import {arrived, leaving} from './leaving';
import {keepOneEntry} from './one-entry';
import {Player, type Send} from './player';
import type {WireData} from './wire';

interface Component {
  data: WireData | null;
  parentElement: HTMLElement | ShadowRoot;
  setStateValue: Send;
}

keepOneEntry();

// The canvas, the view and the clock live here, so that a rerun of the page does not touch them.
const players = new WeakMap<object, Player>();
let land: Promise<Triangles> | null = null;
let basemap: Promise<Basemap> | null = null;

/** What lies beside this file, which the browser keeps, so that it is no part of any message. */
async function beside(url: string, what: string): Promise<Response> {
  const response = await fetch(new URL(url, import.meta.url));
  if (!response.ok) throw new Error(`The ${what} of the map could not be loaded. Reload the page.`);
  return response;
}

const world = (): Promise<Triangles> => land ??= beside(landUrl, 'land').then(async (found) => readTriangles(await found.arrayBuffer()));
const bordersAndNames = (): Promise<Basemap> => basemap ??= beside(basemapUrl, 'names').then(async (found) => readBasemap(await found.json()));

export default function mount({data, parentElement, setStateValue}: Component): () => void {
  let player = players.get(parentElement);
  if (!player) {
    const host = parentElement.querySelector<HTMLElement>('[data-testid="waybill-mount"]') ?? parentElement;
    player = new Player(host, world(), bordersAndNames());
    players.set(parentElement, player);
    arrived();
  }
  const tells = data?.['tells'] !== 'no';
  keepLastUsed(data?.['dataset']);
  player.update(data ?? {}, (name, value) => {
    if (tells && !leaving()) setStateValue(name, value);
  });
  const mounted = player;
  return () => {
    players.delete(parentElement);
    mounted.destroy();
  };
}
