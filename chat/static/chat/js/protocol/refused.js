// @ts-check

/** A command that did not take effect, or whose effect is unknown: `code` is the server's, or `lost`. */
export class Refused extends Error {
  /** @param {string} code @param {string} [detail] @param {number} [retryAfter] seconds */
  constructor(code, detail = "", retryAfter = 0) {
    super(detail || code);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** @param {{code: string, detail?: string, retry_after?: number}} error */
  static from(error) {
    return new Refused(error.code, error.detail, error.retry_after);
  }

  /** The server is there, and may well take the same command later. */
  get passing() {
    return this.code === "unavailable" || this.code === "rate_limited";
  }

  /** Nothing was said against the command itself. */
  get waits() {
    return this.passing || this.code === "lost" || this.code === "signed_out";
  }
}
