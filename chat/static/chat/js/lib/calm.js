// @ts-check

/**
 * Runs work that waits for somebody who types: once they pause, and only the newest counts. What comes back late is dropped.
 * @template T @param {number} ms @param {(result: T) => void} show
 */
export function calm(ms, show) {
  let newest = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {() => Promise<T>} work */
  return (work) => {
    const own = ++newest;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const result = await work();
      if (own === newest) show(result);
    }, ms);
  };
}
