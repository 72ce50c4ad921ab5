import { createPublicRoot, PublicRoot } from "@web/legacy/js/public/public_root";
import lazyloader from "@web/legacy/js/public/lazyloader";

/** The widget of this page, once all scripts are there. */
export default (async () => {
    await lazyloader.allScriptsLoaded;
    return createPublicRoot(PublicRoot);
})();
