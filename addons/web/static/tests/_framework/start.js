/** Entry of the page of the tests: prepares each test, and runs them when all files are there. */

import { prepareTests } from "./hoot/runner";
import { runPage } from "./hoot/reporter";
import { loadPage } from "./page_parts";
import { preparePage } from "./page_state";

prepareTests(preparePage);

// all scripts of the page have run by then
document.addEventListener("DOMContentLoaded", async () => {
    await loadPage();
    await runPage();
});
