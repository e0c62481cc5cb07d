// How Streamlit mounts what tells one thing at a time: called at mount, and again when the data change.

import {arrived, leaving} from '../leaving';

interface Mounted<Data, Asked> { update(data: Data, send: (asked: Asked) => void): void; destroy(): void }
interface Component<Data, Asked> {
  data: Data | null;
  parentElement: HTMLElement | ShadowRoot;
  setTriggerValue: (name: string, value: Asked) => void;
}

/** testid: of the element that `made` is given; without it, all there is. */
export function mounting<Data, Asked>(testid: string, made: (host: ParentNode) => Mounted<Data, Asked>): (component: Component<Data, Asked>) => () => void {
  const all = new WeakMap<object, Mounted<Data, Asked>>();
  return ({data, parentElement, setTriggerValue}) => {
    let one = all.get(parentElement);
    if (!one) {
      one = made(parentElement.querySelector(`[data-testid="${testid}"]`) ?? parentElement);
      all.set(parentElement, one);
      arrived();
    }
    if (data) {
      one.update(data, (asked) => {
        if (!leaving()) setTriggerValue('asked', asked);
      });
    }
    const mounted = one;
    return () => {
      all.delete(parentElement);
      mounted.destroy();
    };
  };
}
