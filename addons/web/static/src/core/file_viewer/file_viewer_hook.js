import { useWhileMounted } from "@web/core/utils/hooks";
import { FileViewer } from "@web/core/file_viewer/file_viewer";
import { registry } from "@web/core/registry";
import { uniqueId } from "@web/core/utils/functions";

/** @returns {{open: (file: Object, files?: Object[]) => void, close: () => void}} a viewer above the page */
export function createFileViewer() {
    const name = `web.file_viewer_${uniqueId()}`;
    const shown = registry.category("main_components");

    const close = () => {
        if (shown.contains(name)) {
            shown.remove(name);
        }
    };

    /** Show a file, and by the arrows those beside it that can be shown. */
    const open = (file, files = [file]) => {
        if (!file.isViewable) {
            return;
        }
        close();
        const viewable = files.filter(({ isViewable }) => isViewable);
        const startIndex = Math.max(0, viewable.indexOf(file));
        shown.add(name, { Component: FileViewer, props: { close, files: viewable, startIndex } });
    };
    return { close, open };
}

/** A viewer that closes with the component. */
export function useFileViewer() {
    const viewer = createFileViewer();
    useWhileMounted(() => viewer.close);
    return viewer;
}
