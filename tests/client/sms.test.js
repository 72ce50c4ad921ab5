import { expect, test } from "vitest";
import { Message } from "@mail/core/common/message";
import { MessagingMenu } from "@mail/core/public_web/messaging_menu";
import { countSms } from "@sms/components/sms_widget/fields_sms_widget";
import { startMail } from "./mail_page";

import.meta.glob("../../addons/sms/static/src/core/*.js", { eager: true });

test("how many messages a text takes", () => {
    const counted = (text) => Object.values(countSms(text));
    expect(counted("")).toEqual(["GSM7", 0, 0]);
    expect(counted("Hello")).toEqual(["GSM7", 5, 1]);
    expect(counted("a".repeat(160))).toEqual(["GSM7", 160, 1]);
    expect(counted("a".repeat(161))).toEqual(["GSM7", 161, 2]);
    expect(counted("a".repeat(307))).toEqual(["GSM7", 307, 3]);
    // some characters take the room of two, others need another alphabet
    expect(counted("{€}")).toEqual(["GSM7", 6, 1]);
    expect(counted("ж".repeat(70))).toEqual(["UNICODE", 70, 1]);
    expect(counted("ж".repeat(71))).toEqual(["UNICODE", 71, 2]);
    expect(counted("😀")).toEqual(["UNICODE", 2, 1]);
});

test("s13: text messages that telephones did not get are told apart, and sent again in a dialog", async () => {
    const actions = [];
    const { env, store } = await startMail(() => ({}), {
        action: { doAction: (...action) => actions.push(action) },
        "mail.notification.permission": { permission: "denied" },
    });
    const failed = (id) => ({ id, message: 5, notification_status: "exception", notification_type: "sms" });
    store.insert({
        "mail.message": [
            {
                author: { id: 3, type: "partner" },
                body: "Hello",
                id: 5,
                message_type: "sms",
                thread: { id: 1, model: "res.partner" },
            },
        ],
        "mail.notification": [failed(1), failed(2)],
    });
    const [failure] = store.failures;
    expect([failure.type, failure.iconSrc]).toEqual(["sms", "/sms/static/img/failed_sms.svg"]);
    expect(String(failure.body)).toBe("A text message could not be sent.");
    const message = store.Message.get(5);
    expect(message.failureNotifications[0].icon).toBe("fa fa-mobile");
    Message.prototype.onClickFailure.call({ env, message }, {});
    expect(actions.pop()).toEqual(["sms.sms_resend_action", { additionalContext: { default_mail_message_id: 5 } }]);
    MessagingMenu.prototype.openFailureView.call({ env }, { resModel: "res.partner", type: "sms" });
    expect(actions.pop()[0]).toMatchObject({
        domain: [["message_has_sms_error", "=", true]],
        res_model: "res.partner",
    });
});
