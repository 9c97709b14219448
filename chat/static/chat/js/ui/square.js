// @ts-check

const SIDE_PX = 512;
const QUALITY = 0.9;

/**
 * The middle of a picture, upright: cameras make them larger than is sent. Rejects for what is no picture.
 * @param {Blob} file @returns {Promise<Blob>}
 */
export async function square(file) {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.min(side, SIDE_PX);
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  paper.imageSmoothingQuality = "high";
  paper.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/webp", QUALITY);
  });
}
