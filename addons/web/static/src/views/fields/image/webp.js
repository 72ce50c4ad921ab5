/** Pictures that users choose, as WebP. */
const QUALITY = 0.75;
/** Pixels of the longer side of the smaller pictures that are kept beside the original. */
const SIZES = [1024, 512, 256, 128];
/** Kinds of pictures that gain by it: drawings have no pixels, and moving ones would stand still. */
const CONVERTED = ["image/png", "image/jpeg"];

/** @returns {Promise<HTMLImageElement>} */
function load(src) {
    return new Promise((resolve, reject) => {
        const image = new Image();
        image.onload = () => resolve(image);
        image.onerror = () => reject(new Error("The file is no picture that the browser knows"));
        image.src = src;
    });
}

function content(canvas, type) {
    return canvas.toDataURL(type, QUALITY).split(",")[1];
}

/**
 * @param {HTMLImageElement} image
 * @param {number} length pixels of its longer side
 * @param {string} [background] colour, for kinds of files without transparency
 * @returns {HTMLCanvasElement}
 */
function draw(image, length, background) {
    const factor = length / Math.max(image.naturalWidth, image.naturalHeight);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * factor));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * factor));
    const drawing = canvas.getContext("2d");
    if (background) {
        drawing.fillStyle = background;
        drawing.fillRect(0, 0, canvas.width, canvas.height);
    }
    drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
}

/**
 * Make a WebP of a picture, and keep it on the server in several sizes, each with a copy as JPEG.
 *
 * @param {{name: string, type: string, data: string}} file its content as base64
 * @param {{call: Function}} orm
 * @returns {Promise<{name: string, type: string, data: string}>} the file of the full size; the given one where it is
 *   of a kind that is not converted
 */
export async function toWebp(file, orm) {
    if (!CONVERTED.includes(file.type)) {
        return file;
    }
    const image = await load(`data:${file.type};base64,${file.data}`);
    const full = Math.max(image.naturalWidth, image.naturalHeight);
    const stem = file.name.replace(/\.[^.]*$/, "");
    const keep = async (values) => {
        const [id] = await orm.call("ir.attachment", "create_unique", [[{ ...values, res_model: "ir.attachment" }]]);
        return id;
    };
    let original;
    let result;
    for (const length of [full, ...SIZES.filter((size) => size < full)]) {
        const data = content(draw(image, length), "image/webp");
        result ??= { name: `${stem}.webp`, type: "image/webp", data };
        const resized = await keep({
            name: `${stem}.webp`,
            description: original ? `resize: ${length}` : "",
            datas: data,
            mimetype: "image/webp",
            ...(original && { res_id: original }),
        });
        original ??= resized;
        await keep({
            name: `${stem}.jpg`,
            description: "format: jpeg",
            datas: content(draw(image, length, "white"), "image/jpeg"),
            mimetype: "image/jpeg",
            res_id: resized,
        });
    }
    return result;
}
