/** What edits and describes rules about records: it is loaded when somebody does so. */
import { loadBundle } from "@web/core/assets";
import { laterComponent, laterDialog } from "@web/core/later/later";

export const RULES_BUNDLE = "web.rules_backend_lazy";

export const LaterDomainSelector = laterComponent(
    RULES_BUNDLE,
    async () => (await import("@web/core/domain_selector/domain_selector")).DomainSelector
);

/** In place of a domain it takes `makeDomain`, which answers with it once the rules are there. */
export const LaterDomainSelectorDialog = laterDialog(
    RULES_BUNDLE,
    async () => (await import("@web/core/domain_selector_dialog/domain_selector_dialog")).DomainSelectorDialog,
    {
        async prepare({ makeDomain, ...props }) {
            return makeDomain ? { ...props, domain: await makeDomain() } : props;
        },
    }
);

/** @returns {Promise<Object>} what the modules of trees, their descriptions and their defaults export */
export async function loadRules() {
    await loadBundle(RULES_BUNDLE);
    const [trees, descriptions, defaults] = await Promise.all([
        import("@web/core/tree_editor/condition_tree"),
        import("@web/core/tree_editor/utils"),
        import("@web/core/domain_selector/utils"),
    ]);
    return { ...trees, ...descriptions, ...defaults };
}

/**
 * What the hooks of these modules give, for those who do not need it at once.
 *
 * @param {{field: Object, name: Object}} services
 * @returns {{getDefaultLeafDomain: (resModel: string) => Promise<string>,
 *   getTreeDescription: (resModel: string, tree: Object) => Promise<string>,
 *   makeGetFieldDef: (resModel: string, tree: Object, additionalPaths?: any[]) => Promise<Function>}}
 */
export function ruleTools({ field, name }) {
    const later =
        (make) =>
        async (...args) =>
            make(await loadRules())(...args);
    return {
        getDefaultLeafDomain: later((rules) => rules.useGetDefaultLeafDomain(field)),
        getTreeDescription: later((rules) => rules.useGetTreeDescription(field, name)),
        makeGetFieldDef: later((rules) => rules.useMakeGetFieldDef(field)),
    };
}
