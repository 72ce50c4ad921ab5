// What the page and the libraries outside of the module graph put into the global scope.
import type * as Luxon from "luxon";

declare global {
    const luxon: typeof Luxon;
    var odoo: Record<string, any>;

    interface ParentNode {
        // templates are HTML; XML of views is walked by other means
        querySelectorAll(selectors: string): NodeListOf<HTMLElement>;
    }
    interface Document {
        querySelectorAll(selectors: string): NodeListOf<HTMLElement>;
    }
}
