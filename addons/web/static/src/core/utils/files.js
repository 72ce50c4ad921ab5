import { humanNumber } from "@web/core/utils/numbers";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";
import { _t } from "@web/core/l10n/translation";

export const DEFAULT_MAX_FILE_SIZE = 128 * 1024 * 1024;

/** Size limit of uploads, bytes. */
export function getMaxFileUploadSize() {
    return session.max_file_upload_size || DEFAULT_MAX_FILE_SIZE;
}

/** Warn and return false when a file is too big. */
export function checkFileSize(fileSize, notificationService) {
    const maximum = getMaxFileUploadSize();
    const fits = fileSize <= maximum;
    if (!fits) {
        const [size, limit] = [fileSize, maximum].map((bytes) => humanNumber(bytes));
        const message = _t("The file (%(size)sB) is larger than the limit of %(limit)sB.", { size, limit });
        notificationService.add(message, { type: "danger" });
    }
    return fits;
}

/** Length in bytes of base64 content. */
export function toBase64Length(length) {
    return Math.ceil(length / 3) * 4;
}

/** Readable size of base64 content, or the size text that the server gave. */
export function binarySize(value) {
    return /^\d+(\.\d*)? [^0-9]+$/.test(value) ? value : `${humanNumber((value.length / 4) * 3)}B`;
}

/** Whether a value is a size text (context `bin_size`) and not content. */
export function isBinarySize(value) {
    return /^\d+(\.\d*)? [^0-9]+$/.test(value);
}

const MAGIC = { "/": "jpg", R: "gif", i: "png", P: "svg+xml", U: "webp" };

/** Image type guessed from the first base64 character. */
export function fileTypeMagicWordMap(value) {
    return MAGIC[value[0]] || "png";
}

/** `data:` URL of base64 image content. */
export function imageDataUrl(value) {
    return `data:image/${fileTypeMagicWordMap(value)};base64,${value}`;
}

/**
 * Component hook: send files to a route.
 *
 * @returns {(route: string, params: {ufile?: File[], csrf_token?: string}) => Promise<any>} the answer of the route;
 *  null when a file is too big, which the user is told
 */
export function useFileUploader() {
    const http = useService("http");
    const notification = useService("notification");
    return async (route, params) => {
        if (params.ufile?.some((file) => !checkFileSize(file.size, notification))) {
            return null;
        }
        const answer = JSON.parse(
            await http.post(route, { csrf_token: globalThis.odoo.csrf_token, ...params }, "text")
        );
        if (answer.error) {
            throw new Error(answer.error);
        }
        return answer;
    };
}
