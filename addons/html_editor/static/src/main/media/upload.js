/** Files on their way to the server. */
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { checkFileSize } from "@web/core/utils/files";
import { getDataURLFromFile } from "@web/core/utils/urls";

/**
 * @param {File} file
 * @param {{resModel?: string, resId?: number|false}} owner record that it belongs to
 * @param {Object} notification service
 * @returns {Promise<Object|null>} the attachment, null when it was refused and the user was told
 */
export async function uploadFile(file, { resModel, resId }, notification) {
    if (!checkFileSize(file.size, notification)) {
        return null;
    }
    const data = (await getDataURLFromFile(file)).split(",")[1];
    const attachment = await rpc("/html_editor/attachment/add_data", {
        name: file.name || "image.png",
        data,
        is_image: file.type.startsWith("image/"),
        res_id: resId || false,
        res_model: resModel || "ir.ui.view",
    });
    if (attachment.error) {
        notification.add(attachment.error, { type: "danger", title: _t("The file could not be uploaded") });
        return null;
    }
    return attachment;
}

/** @param {Object} attachment @returns {string} where its content is read */
export function attachmentUrl({ id, image_src: source, access_token: token, name }) {
    if (source) {
        return token && source.startsWith("/web/image") ? withToken(source, token) : source;
    }
    return withToken(`/web/content/${id}/${encodeURIComponent(name)}?download=true`, token);
}

function withToken(url, token) {
    return token ? `${url}${url.includes("?") ? "&" : "?"}access_token=${encodeURIComponent(token)}` : url;
}
