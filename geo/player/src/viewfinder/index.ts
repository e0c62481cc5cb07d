// Streamlit's entry on the Brief page: called at mount, and again when the picture changes. Its other half is
// geo/web/brief/viewfinder.py.

import {arrived, leaving} from '../leaving';
import {Plate, type Asked, type PlateData} from './plate';

interface Component {
  data: PlateData | null;
  parentElement: HTMLElement | ShadowRoot;
  setTriggerValue: (name: string, value: Asked) => void;
}

const plates = new WeakMap<object, Plate>();

export default function mount({data, parentElement, setTriggerValue}: Component): () => void {
  let plate = plates.get(parentElement);
  if (!plate) {
    plate = new Plate(parentElement.querySelector('[data-testid="plate-mount"]') ?? parentElement);
    plates.set(parentElement, plate);
    arrived();
  }
  if (data) {
    plate.update(data, (asked) => {
      if (!leaving()) setTriggerValue('asked', asked);
    });
  }
  const mounted = plate;
  return () => {
    plates.delete(parentElement);
    mounted.destroy();
  };
}
