/** What a page of tests has before any test: the templates of the client, and no transitions that tests wait for. */

import { registerTemplates } from "@web/core/templates";
import { realFetch } from "./hoot/network";

/** Load what the page names. @throws {Error} templates that the server does not give */
export async function loadPage() {
    document.documentElement.classList.add("o_no_transitions");
    for (const url of globalThis.odoo.__templates_urls__ || []) {
        const response = await realFetch(url);
        if (!response.ok) {
            throw new Error(`The templates ${url} cannot be loaded (HTTP ${response.status})`);
        }
        registerTemplates(await response.text());
    }
}
