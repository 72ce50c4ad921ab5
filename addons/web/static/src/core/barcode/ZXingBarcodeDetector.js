/** Names of kinds of codes: those of browsers, and those of the library. */
const FORMATS = {
    aztec: "AZTEC",
    codabar: "CODABAR",
    code_128: "CODE_128",
    code_39: "CODE_39",
    code_93: "CODE_93",
    data_matrix: "DATA_MATRIX",
    ean_13: "EAN_13",
    ean_8: "EAN_8",
    itf: "ITF",
    pdf417: "PDF_417",
    qr_code: "QR_CODE",
    upc_a: "UPC_A",
    upc_e: "UPC_E",
};

/** Whether a video has a picture. @param {HTMLVideoElement} video */
export function isVideoElementReady(video) {
    return video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0;
}

/**
 * Make what browsers call `BarcodeDetector` from the library ZXing, for those that have none.
 *
 * @param {Object} ZXing the library, loaded by who wants it
 * @returns {Function} class
 */
export function buildZXingBarcodeDetector(ZXing) {
    return class ZXingBarcodeDetector {
        constructor({ formats = Object.keys(FORMATS) } = {}) {
            const unknown = formats.filter((format) => !(format in FORMATS));
            if (unknown.length) {
                throw new TypeError(`These are no kinds of codes: ${unknown.join(", ")}`);
            }
            const kinds = formats.map((format) => ZXing.BarcodeFormat[FORMATS[format]]);
            const hints = new Map(
                /** @type {any} */ ([
                    [ZXing.DecodeHintType.POSSIBLE_FORMATS, kinds],
                    [ZXing.DecodeHintType.TRY_HARDER, true],
                ])
            );
            this.reader = new ZXing.MultiFormatReader();
            this.reader.setHints(hints);
            this.canvas = document.createElement("canvas");
        }

        static async getSupportedFormats() {
            return Object.keys(FORMATS);
        }

        /** Have only a part of the picture looked at. @param {{x: number, y: number, width: number, height: number}} area */
        setCropArea(area) {
            this.area = area;
        }

        /** @param {HTMLVideoElement} video @returns {Promise<{rawValue: string, format: string}[]>} */
        async detect(video) {
            if (!isVideoElementReady(video)) {
                throw new DOMException("The video has no picture yet", "InvalidStateError");
            }
            const area = this.area || { x: 0, y: 0, width: video.videoWidth, height: video.videoHeight };
            const { x, y, width, height } = area;
            Object.assign(this.canvas, { width, height });
            const context = this.canvas.getContext("2d", { willReadFrequently: true });
            context.drawImage(video, x, y, width, height, 0, 0, width, height);
            const source = new ZXing.HTMLCanvasElementLuminanceSource(this.canvas);
            try {
                const bitmap = new ZXing.BinaryBitmap(new ZXing.HybridBinarizer(source));
                const found = this.reader.decodeWithState(bitmap);
                const kind = ZXing.BarcodeFormat[found.getBarcodeFormat()];
                const format = Object.keys(FORMATS).find((name) => FORMATS[name] === kind) || "unknown";
                return [{ rawValue: found.getText(), format }];
            } catch (error) {
                if (error.name === "NotFoundException" || error instanceof ZXing.NotFoundException) {
                    return [];
                }
                throw error;
            }
        }
    };
}
