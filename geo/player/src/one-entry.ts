// The page writes each state of the map into its address, and Streamlit makes an entry of the browser's history for each, from
// which Back would lead to the same state again. Changes of the query alone take the place of the entry that is there.

const KEPT = Symbol.for('waybill.one-entry');

export function keepOneEntry(history: History = window.history, location: Location = window.location): void {
  const push = history.pushState as History['pushState'] & {[KEPT]?: true};
  if (push[KEPT]) return;
  const kept: typeof push = (state, unused, url) => {
    const to = new URL(url ?? location.href, location.href);
    if (to.origin === location.origin && to.pathname === location.pathname) history.replaceState(state, unused, url);
    else push.call(history, state, unused, url);
  };
  kept[KEPT] = true;
  history.pushState = kept;
}
