/** Tests of other addons have no messages: the store asks the server where a test defines the models of mail. */

import { Store } from "@mail/core/common/store_service";
import { patch } from "@web/core/utils/patch";

/** Whether the running test has a server with messages. */
export const mail = { isDefined: false };

patch(Store.prototype, {
    async initialize() {
        if (mail.isDefined) {
            await super.initialize();
        }
    },
});
