/** Languages of tests. */

import { after } from "@odoo/hoot";
import { translatedTerms, translationLoaded } from "@web/core/l10n/translation";
import { onRpc } from "./mock_server/mock_server";
import { serverState } from "./mock_server_state";
import { patchWithCleanup } from "./patch_test_helpers";

/** Translate terms in this test. @param {Object<string, string>} [terms] by what they are in English */
export function patchTranslations(terms = {}) {
    const known = translatedTerms[translationLoaded];
    translatedTerms[translationLoaded] = true;
    after(() => (translatedTerms[translationLoaded] = known));
    const added = Object.keys(terms).filter((term) => !(term in translatedTerms));
    const changed = Object.entries(terms).filter(([term]) => term in translatedTerms);
    patchWithCleanup(translatedTerms, Object.fromEntries(changed));
    added.forEach((term) => (translatedTerms[term] = terms[term]));
    after(() => added.forEach((term) => delete translatedTerms[term]));
}

/** Let terms be read before the translations are there. */
export function allowTranslations() {
    patchTranslations();
}

/** Have several languages. @param {Object<string, string>} languages names by code */
export function installLanguages(languages) {
    serverState.multiLang = Object.keys(languages).length > 1;
    onRpc("res.lang", "get_installed", () => Object.entries(languages));
}
