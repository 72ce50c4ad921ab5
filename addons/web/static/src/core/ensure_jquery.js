import { loadBundle } from "@web/core/assets";

/** Load jQuery unless the page has it. @returns {Promise<void>} */
export async function ensureJQuery() {
    if (!window["jQuery"]) {
        await loadBundle("web.jquery_lib");
    }
}
