import { onMounted, onWillUnmount, useComponent, useSubEnv } from "@odoo/owl";
import { user } from "@web/core/user";
import { registry } from "@web/core/registry";

const DEFAULT_SEQUENCE = 1000;

/** Tools for developers that concern what is shown now: the last one shown counts for each category. */
class DebugContext {
    /** What is shown, oldest first: `{category, context}`. */
    shown = [];

    /** @param {string} category of the registry `debug` @param {Object} context given to its tools */
    show(category, context = {}) {
        const entry = { category, context };
        this.shown.push(entry);
        return entry;
    }

    hide(entry) {
        this.shown = this.shown.filter((other) => other !== entry);
    }

    /**
     * Tools for what is shown now.
     *
     * @param {Object} env
     * @returns {Promise<Object[]>} in the order of their sequences
     */
    async getItems(env) {
        const [canEditView, canSeeRecordRules, canSeeModelAccess] = await Promise.all([
            user.checkAccessRight("ir.ui.view", "write"),
            user.checkAccessRight("ir.rule", "read"),
            user.checkAccessRight("ir.model.access", "read"),
        ]);
        const accessRights = { canEditView, canSeeRecordRules, canSeeModelAccess };
        const latest = new Map(this.shown.map(({ category, context }) => [category, context]));
        const items = [...latest].flatMap(([category, context]) => {
            const makers = registry.category("debug").category(category).getAll();
            return makers.map((make) => make({ ...context, accessRights, env }));
        });
        return items.filter(Boolean).sort((one, other) => rank(one) - rank(other));
    }
}

function rank({ sequence = DEFAULT_SEQUENCE }) {
    return sequence;
}

function startingWith(categories) {
    const debugContext = new DebugContext();
    categories.forEach((category) => debugContext.show(category));
    return debugContext;
}

const ofPage = startingWith(["default"]);

/** @param {{categories?: string[]}} [options] those that are there from the start */
export function createDebugContext({ categories = [] } = {}) {
    return { debugContext: startingWith(categories) };
}

/** The context around the component: that of its dialog, else that of the page. */
export function useEnvDebugContext() {
    return useComponent().env.debugContext || ofPage;
}

/** Component hook: what is below the component has a debug context of its own. */
export function useOwnDebugContext(options) {
    useSubEnv(createDebugContext(options));
}

/**
 * Component hook: the tools of a category concern the component as long as it is shown.
 *
 * @param {string} category
 * @param {Object} [context]
 */
export function useDebugCategory(category, context) {
    const tools = useEnvDebugContext();
    let entry;
    onMounted(() => {
        entry = tools.show(category, context);
    });
    onWillUnmount(() => tools.hide(entry));
}
