import { onWillDestroy, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/**
 * Add files to a conversation.
 *
 * @param {Object} thread
 * @param {{composer?: Object, onFileUploaded?: (file: Object) => void}} [options]
 */
export function useAttachmentUploader(thread, { composer, onFileUploaded } = {}) {
    const service = useService("mail.attachment_upload");
    let end = () => {};
    const uploader = useState({
        composer,
        thread,
        /** @param {{data: string, name: string, type: string}} file as components that read files give it */
        async uploadData({ data, name, type }, options) {
            const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
            return uploader.uploadFile(new File([bytes], name, { type }), options);
        },
        async uploadFile(file, options) {
            end();
            end = onFileUploaded ? service.onFileUploaded(uploader.thread, onFileUploaded) : () => {};
            return service.upload(uploader.thread, uploader.composer, file, options);
        },
        unlink: (attachment) => service.unlink(attachment),
    });
    onWillDestroy(() => end());
    return uploader;
}
