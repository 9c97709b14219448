// @ts-check

/** People's pictures. One sheet of rules dresses every avatar that is marked with a person's id, also those yet to come. */
export class Faces {
  #sheet = new CSSStyleSheet();
  /** The version wanted for each person. @type {Map<number, string>} */
  #wanted = new Map();
  /** @type {Map<number, string>} */
  #rules = new Map();

  constructor() {
    document.adoptedStyleSheets.push(this.#sheet);
  }

  /** Until a picture is there, the initials are. @param {{id: number, picture: string}} card */
  async show({ id, picture }) {
    if ((this.#wanted.get(id) ?? "") === picture) return;
    this.#wanted.set(id, picture);
    const rule = picture && (await loaded(address(id, picture, "small"))) ? ruleOf(id, picture) : "";
    if (this.#wanted.get(id) !== picture) return;
    this.#rules.set(id, rule);
    this.#sheet.replaceSync([...this.#rules.values()].join(""));
  }
}

/** @param {number} id @param {string} picture @param {string} size */
function address(id, picture, size) {
  return `/people/${id}/picture/${encodeURIComponent(picture)}/${size}/`;
}

/** @param {number} id @param {string} picture */
function ruleOf(id, picture) {
  const [small, large] = ["small", "large"].map((size) => `url("${address(id, picture, size)}")`);
  const avatar = `.avatar[data-person="${id}"]`;
  return `${avatar}{background:${small} center/cover;color:transparent;forced-color-adjust:none}${avatar}.avatar--large{background-image:${large},${small}}`;
}

/** @param {string} source */
async function loaded(source) {
  const image = new Image();
  image.src = source;
  return image.decode().then(() => true, () => false);
}
