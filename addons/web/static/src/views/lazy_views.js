import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

/** Bundle of the views that are loaded when the first one of them is opened. */
export const LAZY_VIEWS_BUNDLE = "web.assets_backend_lazy";

/** What addons bring that may be named by views of others. */
const APPLICATIONS = {
    activity: () => _t("Activities come with the application Discuss (mail), which is not installed."),
};

const viewRegistry = registry.category("views");
let isLoaded = false;

/** Load the views that are not part of the page. @returns {Promise<void>} */
export async function loadLazyViews() {
    await loadBundle(LAZY_VIEWS_BUNDLE);
    isLoaded = true;
}

/**
 * What is known of a type of views before its code is there: that of the page, then what the server says.
 *
 * @param {string} type
 * @returns {{accessKey?: string, display_name?: string, icon?: string, multiRecord?: boolean, type: string}|null} null
 *  when there is no such type
 */
export function describeViewType(type) {
    const info = session.view_info?.[type];
    if (!viewRegistry.contains(type) && (!info || isLoaded)) {
        return null;
    }
    const { display_name, icon, multi_record: multiRecord } = info || {};
    return { multiRecord, icon, ...viewRegistry.get(type, {}), ...(display_name && { display_name }), type };
}

/** Why views of some types cannot be shown, where that is known. @param {string[]} types @returns {string} */
export function explainMissing(types) {
    const reasons = types.filter((type) => type in APPLICATIONS && !describeViewType(type));
    return reasons.map((type) => APPLICATIONS[type]().toString()).join(" ");
}

/**
 * The description of a view's class, loaded if need be.
 *
 * @param {string|null} subType class that the arch names
 * @param {string} type
 * @returns {Promise<Object|null>} null when there is none
 */
export async function loadViewDescriptor(subType, type) {
    if (!viewRegistry.contains(subType || type)) {
        await loadLazyViews();
    }
    const name = [subType, type].find((key) => key && viewRegistry.contains(key));
    const descriptor = name ? viewRegistry.get(name) : null;
    // its modules may have come with the page, for those of an addon; its templates and styles did not
    if (descriptor?.bundle) {
        await loadBundle(descriptor.bundle);
    }
    return descriptor;
}
