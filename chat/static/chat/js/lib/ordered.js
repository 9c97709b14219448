// @ts-check

/**
 * Where, in items ordered by it, the first stands of which `isAfter` holds; their number if it holds of none.
 * @template T @param {ArrayLike<T>} items @param {(item: T) => boolean} isAfter
 */
export function firstIndex(items, isAfter) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(items[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
