// Streamlit's entry: called at mount, and again when the data or the theme changes.

import landUrl from './land-50m.bin';
import {readTriangles, type Triangles} from './layers/land';
import {arrived, leaving} from './leaving';
import {Player, type Send} from './player';
import type {WireData} from './wire';

interface Component {
  data: WireData | null;
  parentElement: HTMLElement | ShadowRoot;
  setStateValue: Send;
}

// The canvas, the view and the clock live here, so that a rerun of the page does not touch them.
const players = new WeakMap<object, Player>();
let land: Promise<Triangles> | null = null;

/** The world's land lies beside this file; the browser keeps it, so it is no part of any message. */
function world(): Promise<Triangles> {
  return land ??= fetch(new URL(landUrl, import.meta.url)).then(async (response) => {
    if (!response.ok) throw new Error('The land of the map could not be loaded. Reload the page.');
    return readTriangles(await response.arrayBuffer());
  });
}

export default function mount({data, parentElement, setStateValue}: Component): () => void {
  let player = players.get(parentElement);
  if (!player) {
    const host = parentElement.querySelector<HTMLElement>('[data-testid="waybill-mount"]') ?? parentElement;
    player = new Player(host, world());
    players.set(parentElement, player);
    arrived();
  }
  const tells = data?.['tells'] !== 'no';
  player.update(data ?? {}, (name, value) => {
    if (tells && !leaving()) setStateValue(name, value);
  });
  const mounted = player;
  return () => {
    players.delete(parentElement);
    mounted.destroy();
  };
}
