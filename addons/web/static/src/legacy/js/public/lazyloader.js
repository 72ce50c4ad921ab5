/** Scripts that public pages load when they are shown: `<script data-src="...">`. */

/** Load one script. @returns {Promise<void>} when it ran; one that cannot be loaded keeps no other from it */
function loadScript(script) {
    return new Promise((resolve) => {
        const copy = document.createElement("script");
        for (const { name, value } of script.attributes) {
            if (name !== "data-src") {
                copy.setAttribute(name, value);
            }
        }
        // one after the other, in their order
        copy.async = false;
        copy.addEventListener("load", () => resolve());
        copy.addEventListener("error", () => {
            console.error(`The script ${script.dataset.src} could not be loaded`);
            resolve();
        });
        copy.src = script.dataset.src;
        script.replaceWith(copy);
    });
}

async function loadAll() {
    if (document.readyState === "loading") {
        await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
    }
    await Promise.all([...document.querySelectorAll("script[data-src]")].map(loadScript));
}

/** Resolved when all scripts of the page have run. */
const allScriptsLoaded = loadAll();

export default { allScriptsLoaded, loadScripts: () => allScriptsLoaded };
