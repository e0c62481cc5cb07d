// The data set that was last looked at, kept by the browser: the page opens with it when its address names none.

/** The same words as in geo/web/shared/link.py. */
const NAME = 'waybill_data', EVERYTHING = 'everything', A_YEAR_S = 365 * 86_400;

/** Ids are letters, digits and hyphens; nothing else is kept. */
export function keepLastUsed(dataset: unknown): void {
  if (typeof dataset !== 'string' || !/^[\w-]{0,64}$/.test(dataset)) return;
  document.cookie = `${NAME}=${dataset || EVERYTHING}; path=/; max-age=${A_YEAR_S}; SameSite=Strict`;
}
