// Unit tests of the browser client, in the Chromium that the other browser tests drive.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

const CHROMIUM = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    .map((name) => `/usr/bin/${name}`)
    .find(existsSync);

const ADDONS = fileURLToPath(new URL("addons", import.meta.url));

/** Has the browser keep modules while nobody changes them: each test file is a page, and asks for hundreds of them. */
const keptModules = {
    name: "kept-modules",
    configureServer({ middlewares }) {
        middlewares.use((request, response, next) => {
            if (/^\/(?:addons|node_modules)\//.test(request.url)) {
                const { setHeader } = response;
                response.setHeader = (name, value) =>
                    setHeader.call(response, name, name === "Cache-Control" ? "max-age=3600, immutable" : value);
            }
            next();
        });
    },
};

/** All templates of addons as one module: hundreds of them are one answer. */
const templates = {
    name: "templates",
    resolveId: (id) => (id === "virtual:templates" ? "\0virtual:templates" : undefined),
    load(id) {
        if (id === "\0virtual:templates") {
            const files = readdirSync(ADDONS, { recursive: true })
                .filter((name) => /^[^/]+\/static\/src\/.*\.xml$/.test(name))
                .map((name) => `${ADDONS}/${name}`);
            files.sort().forEach((file) => this.addWatchFile(file));
            return `export default ${JSON.stringify(files.map((file) => readFileSync(file, "utf8")))};`;
        }
    },
};

export default defineConfig({
    // not while somebody works on them
    plugins: [templates, ...(process.argv.includes("run") ? [keptModules] : [])],
    resolve: {
        // as pages import them: the addon by its name
        alias: Object.fromEntries(readdirSync(ADDONS).map((name) => [`@${name}`, `${ADDONS}/${name}/static/src`])),
    },
    test: {
        include: ["tests/client/**/*.test.js"],
        // a page for each core, which takes file after file
        maxWorkers: availableParallelism() + 1,
        setupFiles: ["tests/client/setup.js"],
        browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: CHROMIUM, args: ["--no-sandbox"] } }),
            instances: [{ browser: "chromium" }],
        },
    },
});
