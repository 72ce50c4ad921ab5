import { useExternalListener } from "@odoo/owl";
import { Dropzone } from "@web/core/dropzone/dropzone";
import { useService, useWhileMounted } from "@web/core/utils/hooks";

function hasFiles(ev) {
    return [...(ev.dataTransfer?.types || [])].includes("Files");
}

/**
 * Show a dropzone over an element while files are dragged over the page.
 *
 * @param {{el: HTMLElement|null}} targetRef
 * @param {(ev: DragEvent) => any} onDrop
 * @param {string} [extraClass]
 * @param {() => boolean} [isDropzoneEnabled]
 */
export function useDropzone(targetRef, onDrop, extraClass, isDropzoneEnabled = () => true) {
    const overlay = useService("overlay");
    /** How many elements the pointer entered and did not leave. */
    let depth = 0;
    let remove = null;

    const hide = () => {
        depth = 0;
        remove?.();
        remove = null;
    };
    const follow = (ev, step) => {
        if (!hasFiles(ev)) {
            return;
        }
        depth = Math.max(0, depth + step);
        if (!depth) {
            hide();
        } else if (!remove && targetRef.el && isDropzoneEnabled()) {
            remove = overlay.add(Dropzone, {
                ...(extraClass && { extraClass }),
                onDrop: async (drop) => {
                    hide();
                    await onDrop(drop);
                },
                ref: targetRef,
            });
        }
    };
    useExternalListener(document, "dragenter", (ev) => follow(ev, 1), { capture: true });
    useExternalListener(document, "dragleave", (ev) => follow(ev, -1), { capture: true });
    // what is dropped elsewhere is not opened in place of the page
    useExternalListener(window, "dragover", (ev) => hasFiles(ev) && ev.preventDefault());
    useExternalListener(window, "drop", (ev) => {
        if (hasFiles(ev)) {
            ev.preventDefault();
            hide();
        }
    });
    useWhileMounted(() => hide);
}
