// From the click on a link to another page until that page's first run, Streamlit sends whatever is told in the name of the
// page that is being left, and so comes back to it.

const LEAVING_MS = 10_000;
let leftAt = -Infinity;
document.addEventListener('click', (event) => {
  const link = event.composedPath().some((part) => part instanceof Element && part.matches('[data-testid="stPageLink-NavLink"]'));
  if (link && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) leftAt = performance.now();
}, true);

/** Something of ours is on the page anew: it was reached. */
export function arrived(): void {
  leftAt = -Infinity;
}

/** Whether the page is being left, so that nothing may be told. */
export const leaving = (): boolean => performance.now() - leftAt <= LEAVING_MS;
