// @ts-check

/** Tells the forms that ask for days where these begin: where the reader is. */
export function nameZone() {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  for (const field of document.getElementsByName("zone")) /** @type {HTMLInputElement} */ (field).value = timeZone;
}
