/**
 * Import modules one after the other; those that cannot be loaded are left out, with those that need them.
 *
 * @param {string[]} urls
 * @returns {Promise<{ url: string, error: Error }[]>} the modules that are left out
 */
export async function importModules(urls) {
    const failures = [];
    for (const url of urls) {
        const link = document.createElement("link");
        link.rel = "modulepreload";
        link.href = url;
        document.head.append(link);
    }
    for (const url of urls) {
        try {
            await import(/* @vite-ignore */ url);
        } catch (error) {
            failures.push({ url, error });
        }
    }
    for (const { url, error } of failures) {
        console.error(`The module ${url.split("?")[0]} is left out:`, error);
    }
    return failures;
}

/**
 * Load the modules of a page: all at once, and one by one where one of them cannot be loaded.
 *
 * @param {string} entry address of the module that imports all others
 * @param {string} description address of the list of the modules
 */
export async function importBundle(entry, description) {
    const { odoo } = globalThis;
    try {
        await import(/* @vite-ignore */ entry);
        return;
    } catch (error) {
        // one module without its dependencies must not keep the others from running
        console.warn(`Not all modules of ${entry.split("?")[0]} can be loaded:`, error);
    }
    const response = await fetch(description, { credentials: "same-origin" });
    if (!response.ok) {
        throw new Error(`The list of modules could not be loaded (HTTP ${response.status})`);
    }
    const { modules } = await response.json();
    odoo.modulesImported = importModules(modules);
    await odoo.modulesImported;
}
