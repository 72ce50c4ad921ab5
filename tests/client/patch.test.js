/** Patches of classes, as addons make them. */
import { expect, test } from "vitest";
import { patch } from "@web/core/utils/patch";

test("patches stack, see what they replace, and are removed in any order", () => {
    class Greeter {
        greet() {
            return "a";
        }
        get size() {
            return 1;
        }
    }
    const read = () => [new Greeter().greet(), new Greeter().size];
    const removeFirst = patch(Greeter.prototype, {
        greet() {
            return super.greet() + "b";
        },
        get size() {
            return super.size + 1;
        },
    });
    const removeSecond = patch(Greeter.prototype, {
        greet() {
            return super.greet() + "c";
        },
    });
    expect(read()).toEqual(["abc", 2]);
    removeFirst();
    expect(read()).toEqual(["ac", 1]);
    removeSecond();
    expect(read()).toEqual(["a", 1]);
});
