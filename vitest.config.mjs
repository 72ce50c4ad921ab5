// Unit tests of the browser client, in the Chromium that the other browser tests drive.
import { existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

const CHROMIUM = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    .map((name) => `/usr/bin/${name}`)
    .find(existsSync);

const ADDONS = fileURLToPath(new URL("addons", import.meta.url));

export default defineConfig({
    resolve: {
        // as pages import them: the addon by its name
        alias: Object.fromEntries(readdirSync(ADDONS).map((name) => [`@${name}`, `${ADDONS}/${name}/static/src`])),
    },
    test: {
        include: ["tests/client/**/*.test.js"],
        // a page for each core, which takes file after file
        maxWorkers: availableParallelism(),
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
