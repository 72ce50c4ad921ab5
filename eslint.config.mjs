// Rules for the browser client: what is wrong, and how long a function may get. Layout is Prettier's.
import js from "@eslint/js";
import globals from "globals";

export default [
    { ignores: ["node_modules/", ".venv/", ".data/", "**/static/lib/"] },
    js.configs.recommended,
    {
        files: ["**/*.js", "**/*.mjs"],
        languageOptions: {
            sourceType: "module",
            globals: { ...globals.browser, luxon: "readonly", odoo: "readonly", owl: "readonly" },
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            curly: "error",
            eqeqeq: ["error", "always", { null: "ignore" }],
            "max-lines": ["error", { max: 800 }],
            "max-lines-per-function": ["error", { max: 60 }],
            "no-unused-vars": ["error", { args: "after-used", argsIgnorePattern: "^_", ignoreRestSiblings: true }],
            "no-var": "error",
            "prefer-const": "error",
            // An empty arrow function is the default of an optional callback.
            "no-empty-function": "off",
        },
    },
    {
        // Tests and settings run in Node, or say a whole story in one function.
        files: ["*.mjs", "tests/client/**", "**/*.test.js", "**/static/tests/**/*_tests.js"],
        languageOptions: { globals: globals.node },
        rules: { "max-lines-per-function": "off" },
    },
];
