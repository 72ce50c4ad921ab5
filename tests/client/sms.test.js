import { expect, test } from "vitest";
import { countSms } from "@sms/components/sms_widget/fields_sms_widget";

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
