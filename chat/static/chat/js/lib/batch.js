// @ts-check

/** Runs `work` once however often it was asked for in the present turn. @param {() => void} work */
export function once(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      work();
    });
  };
}
