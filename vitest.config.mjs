// Unit tests of the browser client, in the Chromium that the other browser tests drive.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

const CHROMIUM = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    .map((name) => `/usr/bin/${name}`)
    .find(existsSync);

export default defineConfig({
    resolve: {
        alias: {
            "@bus": fileURLToPath(new URL("addons/bus/static/src", import.meta.url)),
            "@web": fileURLToPath(new URL("addons/web/static/src", import.meta.url)),
        },
    },
    test: {
        include: ["tests/client/**/*.test.js"],
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
