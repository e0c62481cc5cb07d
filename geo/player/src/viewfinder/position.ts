// Streamlit's entry on the Data page: called at mount, and again when the map changes. Its other half is
// geo/web/data/position_map.py.

import {arrived, leaving} from '../leaving';
import {Pointing, type Asked, type MapData} from './pointing';

interface Component {
  data: MapData | null;
  parentElement: HTMLElement | ShadowRoot;
  setTriggerValue: (name: string, value: Asked) => void;
}

const maps = new WeakMap<object, Pointing>();

export default function mount({data, parentElement, setTriggerValue}: Component): () => void {
  let map = maps.get(parentElement);
  if (!map) {
    map = new Pointing(parentElement.querySelector('[data-testid="position-mount"]') ?? parentElement);
    maps.set(parentElement, map);
    arrived();
  }
  if (data) {
    map.update(data, (asked) => {
      if (!leaving()) setTriggerValue('asked', asked);
    });
  }
  const mounted = map;
  return () => {
    maps.delete(parentElement);
    mounted.destroy();
  };
}
