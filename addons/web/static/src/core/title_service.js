import { registry } from "@web/core/registry";

/** What the title says when nothing else does; a white label sets `title_brand` in the session. */
export const PRODUCT_NAME = "Quoin";

/** Title of the page made of parts: `title.setParts({action: "Quotations"})`. */
export const titleService = {
    start() {
        const counters = {};
        const parts = {};
        const refresh = () => {
            const shown =
                Object.keys(parts)
                    .sort()
                    .map((key) => parts[key])
                    .join(" - ") || PRODUCT_NAME;
            const total = Object.values(counters).reduce((sum, count) => sum + count, 0);
            document.title = total ? `(${total}) ${shown}` : shown;
        };
        return {
            get current() {
                return document.title;
            },
            getParts: () => ({ ...parts }),
            setCounters(values) {
                Object.assign(counters, values);
                refresh();
            },
            setParts(values) {
                for (const [key, value] of Object.entries(values)) {
                    if (value) {
                        parts[key] = value;
                    } else {
                        delete parts[key];
                    }
                }
                refresh();
            },
        };
    },
};

registry.category("services").add("title", titleService);
