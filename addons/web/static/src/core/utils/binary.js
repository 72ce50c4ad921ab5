import { humanNumber } from "@web/core/utils/numbers";
import { isBinarySize, toBase64Length } from "@web/core/utils/files";

export { isBinarySize, toBase64Length };

/** @param {number} size bytes @returns {string} such as "12kB" */
export function humanSize(size) {
    return `${humanNumber(size)}B`;
}
