/** Entry of the page of the tests: prepares each test, and runs them when all files are there. */

import { registerTemplates } from "@web/core/templates";
import { prepareTests } from "./hoot/runner";
import { realFetch } from "./hoot/network";
import { runPage } from "./hoot/reporter";
import { preparePage } from "./page_state";

prepareTests(preparePage);

async function loadTemplates() {
    for (const url of globalThis.odoo.__templates_urls__ || []) {
        const response = await realFetch(url);
        if (!response.ok) {
            throw new Error(`The templates ${url} cannot be loaded (HTTP ${response.status})`);
        }
        registerTemplates(await response.text());
    }
}

// all scripts of the page have run by then
document.addEventListener("DOMContentLoaded", async () => {
    document.documentElement.classList.add("o_no_transitions");
    await loadTemplates();
    await runPage();
});
