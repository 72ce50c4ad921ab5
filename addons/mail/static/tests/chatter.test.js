/** The chatter of a form, in a page with a server of its own. */

import { test } from "@odoo/hoot";
import { defineModels, fields, MockServer, models } from "@web/../tests/web_test_helpers";
import { waitUntilSubscribe } from "@bus/../tests/bus_test_helpers";
import { click, contains, defineMailModels, insertText, openFormView } from "@mail/../tests/mail_test_helpers";

class Plant extends models.Model {
    _name = "garden.plant";
    name = fields.Char();
    _records = [{ id: 1, name: "Rose" }];
    _views = { form: `<form><sheet><field name="name"/></sheet><chatter/></form>` };
}

defineMailModels();
defineModels([Plant]);

test("C60 C72 C121: a message is written on a form", async () => {
    await openFormView("garden.plant", 1);
    await contains(".o-mail-Thread-empty");
    await click(".o-mail-Chatter-sendMessage");
    await insertText(".o-mail-Composer-input", "It grows");
    await click(".o-mail-Composer-send");
    await contains(".o-mail-Message", { textContent: "It grows" });
    await contains(".o-mail-Composer", { count: 0 });
});

test("U77 C50: what the server tells is on the open form", async () => {
    await openFormView("garden.plant", 1);
    await contains(".o-mail-Thread-empty");
    await waitUntilSubscribe();
    const thread = { id: 1, model: "garden.plant" };
    const message = { id: 9, body: "<p>It needs water</p>", message_type: "comment", thread };
    MockServer.env.model("bus.bus")._sendone("me", "mail.message/inbox", { "mail.message": [message] });
    await contains(".o-mail-Message", { textContent: "It needs water" });
});

test("C64: a record is stored before something is written about it", async () => {
    await openFormView("garden.plant");
    await contains(".o-mail-Message", { textContent: "A new record is being made" });
    await click(".o-mail-Chatter-logNote");
    await contains(".o-mail-Composer");
    await contains(".o-mail-Thread-empty");
});
