/** Components of core: what they show, and what they tell their owner. */
import { Component, useState, xml } from "@odoo/owl";
import { userEvent } from "vitest/browser";
import { describe, expect, test, vi } from "vitest";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { ColorList } from "@web/core/colorlist/colorlist";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { registry } from "@web/core/registry";
import { LazyComponent, assets } from "@web/core/assets";
import { laterComponent, laterDialog } from "@web/core/later/later";
import { Pager } from "@web/core/pager/pager";
import { usePopover } from "@web/core/popover/popover_hook";
import { useAutofocus, useBus, useOwnedDialogs } from "@web/core/utils/hooks";
import { useInputText } from "@web/core/utils/input_text";
import { user } from "@web/core/user";
import { afterThis, makeTestEnv, mount, nextFrame } from "./mount";

class Empty extends Component {
    static template = xml`<p class="content" t-esc="props.text"/>`;
    static props = ["*"];
}

/** Component that does something at its setup. */
function withSetup(setup, template = xml`<i/>`) {
    return class extends Component {
        static template = template;
        static props = ["*"];
        setup() {
            setup(this);
        }
    };
}

/** Parent that shows a component until it is told not to. */
async function mountRemovable(Child, env) {
    let parent;
    class Parent extends Component {
        static template = xml`<Child t-if="shown"/>`;
        static components = { Child };
        static props = ["*"];
        setup() {
            this.shown = true;
            parent = this;
        }
    }
    const page = await mount(Parent, { env });
    const remove = async () => {
        parent.shown = false;
        parent.render();
        await expect.poll(() => page.querySelector("i")).toBe(null);
    };
    return { page, remove };
}

describe("check boxes", () => {
    test("tell of a change; what is around does not see the click", async () => {
        const onChange = vi.fn();
        const page = await mount(CheckBox, { props: { value: false, onChange, slots: {} } });
        const around = vi.fn();
        page.addEventListener("click", around);
        await userEvent.click(page.querySelector("input"));
        page.querySelector("label").click();
        expect(onChange.mock.calls).toEqual([[true], [false]]);
        expect(around).not.toHaveBeenCalled();
    });

    test("that are disabled tell nothing", async () => {
        const onChange = vi.fn();
        const page = await mount(CheckBox, { props: { disabled: true, onChange, slots: {} } });
        page.querySelector("input").dispatchEvent(new Event("change", { bubbles: true }));
        expect(onChange).not.toHaveBeenCalled();
    });
});

test("a list of colours opens, tells the choice and closes", async () => {
    const onColorSelected = vi.fn();
    const page = await mount(ColorList, {
        props: { canToggle: true, colors: [0, 1, 2], selectedColor: 1, onColorSelected },
    });
    const buttons = () => [...page.querySelectorAll("button")];
    expect(buttons()).toHaveLength(1);
    buttons()[0].click();
    await expect.poll(() => buttons().length).toBe(3);
    buttons()[2].click();
    expect(onColorSelected).toHaveBeenCalledWith(2);
    await expect.poll(() => buttons().length).toBe(1);
});

describe("pages of records", () => {
    async function pager(props) {
        const onUpdate = vi.fn();
        const page = await mount(Pager, {
            props: { offset: 0, limit: 10, total: 25, onUpdate, ...props },
            env: await makeTestEnv([]),
        });
        return { page, onUpdate };
    }

    test.each([
        [{ offset: 20 }, ".o_pager_next", { offset: 0, limit: 10 }],
        [{ offset: 0 }, ".o_pager_previous", { offset: 20, limit: 10 }],
        [{ offset: 10 }, ".o_pager_next", { offset: 20, limit: 10 }],
    ])("from %j by %s", async (props, button, update) => {
        const { page, onUpdate } = await pager(props);
        page.querySelector(button).click();
        await expect.poll(() => onUpdate.mock.lastCall?.[0]).toEqual(update);
    });

    test("have no way on when there is one only", async () => {
        const { page } = await pager({ total: 10 });
        expect(page.querySelector(".o_pager_next").disabled).toBe(true);
        const { page: more } = await pager({ total: 10, updateTotal: async () => 11 });
        expect(more.querySelector(".o_pager_next").disabled).toBe(false);
    });
});

test("the state of a dropdown tells its owner", async () => {
    const [onOpen, onClose] = [vi.fn(), vi.fn()];
    let state;
    const page = await mount(
        withSetup(
            (component) => (component.state = state = useDropdownState({ onOpen, onClose })),
            xml`<b t-esc="state.isOpen"/>`
        )
    );
    state.open();
    await expect.poll(() => page.textContent).toBe("true");
    state.close();
    await expect.poll(() => page.textContent).toBe("false");
    expect([onOpen.mock.calls.length, onClose.mock.calls.length]).toEqual([1, 1]);
});

describe("dialogs", () => {
    const services = ["dialog", "hotkey", "ui"];

    async function ask(props) {
        const env = await makeTestEnv(services);
        const onClose = vi.fn();
        const page = await mount(Empty, { env });
        env.services.dialog.add(ConfirmationDialog, { body: "Sure?", ...props }, { onClose });
        await expect.poll(() => page.querySelector(".modal-footer .btn-primary")).not.toBe(null);
        return { page, onClose, button: (selector) => page.querySelector(`.modal-footer ${selector}`) };
    }

    test("close when they are answered", async () => {
        const confirm = vi.fn();
        const { button, onClose } = await ask({ confirm, cancel: () => {} });
        button(".btn-primary").click();
        await expect.poll(() => onClose.mock.calls.length).toBe(1);
        expect(confirm).toHaveBeenCalledOnce();
    });

    test("stay when the answer is refused, and ignore clicks meanwhile", async () => {
        let answer;
        const confirm = vi.fn(() => new Promise((resolve) => (answer = resolve)));
        const { button, onClose } = await ask({ confirm });
        button(".btn-primary").click();
        expect(button(".btn-primary").disabled).toBe(true);
        answer(false);
        await expect.poll(() => button(".btn-primary").disabled).toBe(false);
        expect(confirm).toHaveBeenCalledOnce();
        expect(onClose).not.toHaveBeenCalled();
    });

    test("are cancelled by Escape", async () => {
        const cancel = vi.fn();
        const { onClose } = await ask({ cancel });
        await userEvent.keyboard("{Escape}");
        await expect.poll(() => onClose.mock.calls.length).toBe(1);
        expect(cancel).toHaveBeenCalledOnce();
    });

    test("of a component go with it", async () => {
        const env = await makeTestEnv(services);
        let addDialog;
        const Owner = withSetup(() => (addDialog = useOwnedDialogs()));
        const { page, remove } = await mountRemovable(Owner, env);
        addDialog(Empty, { text: "owned" });
        await expect.poll(() => page.querySelector(".content")?.textContent).toBe("owned");
        await remove();
        await expect.poll(() => page.querySelector(".content")).toBe(null);
    });
});

test("a popover of a component goes with it and tells so", async () => {
    const env = await makeTestEnv(["popover", "hotkey", "ui"]);
    const onClose = vi.fn();
    let popover;
    const Owner = withSetup(() => (popover = usePopover(Empty, { onClose })));
    const { page, remove } = await mountRemovable(Owner, env);
    popover.open(page.querySelector("i"), { text: "beside" });
    await expect.poll(() => page.querySelector(".o_popover .content")?.textContent).toBe("beside");
    expect(popover.isOpen).toBe(true);
    await remove();
    await expect.poll(() => page.querySelector(".o_popover")).toBe(null);
    expect(onClose).toHaveBeenCalledOnce();
});

test("a component hears of a bus while it is there", async () => {
    const env = await makeTestEnv();
    const callback = vi.fn(function () {
        return this;
    });
    const { remove } = await mountRemovable(
        withSetup(() => useBus(env.bus, "NEWS", callback)),
        env
    );
    env.bus.trigger("NEWS");
    expect(callback.mock.results[0].value).toBeInstanceOf(Component);
    await remove();
    env.bus.trigger("NEWS");
    expect(callback).toHaveBeenCalledOnce();
});

test.each([
    [{}, [3, 3]],
    [{ selectAll: true }, [0, 3]],
])("an input takes the focus with %j", async (options, selection) => {
    const template = xml`<input t-ref="autofocus" value="abc"/>`;
    const page = await mount(withSetup(() => useAutofocus(options), template));
    const input = page.querySelector("input");
    expect(document.activeElement).toBe(input);
    expect([input.selectionStart, input.selectionEnd]).toEqual(selection);
});

test("effects are shown, or told to those who do not want any", async () => {
    const env = await makeTestEnv(["effect"]);
    const page = await mount(Empty, { env });
    user.showEffect = true;
    afterThis(() => (user.showEffect = undefined));
    env.services.effect.add({ message: "Bravo", fadeout: "no" });
    await expect.poll(() => page.querySelector(".o_reward_msg")?.textContent).toBe("Bravo");
    page.querySelector(".o_reward").click();
    await expect.poll(() => page.querySelector(".o_reward")).toBe(null);
    user.showEffect = false;
    env.services.effect.add({ message: "Bravo" });
    await expect.poll(() => page.querySelector(".o_notification")?.textContent).toContain("Bravo");
});

test("a lazy component is shown once its bundle is there", async () => {
    const loadBundle = vi.spyOn(assets, "loadBundle").mockImplementation(async () => {
        registry.category("lazy_components").add("Late", Empty, { force: true });
    });
    const page = await mount(LazyComponent, {
        props: { Component: "Late", bundle: "web.late", props: { text: "here" } },
    });
    expect(page.textContent).toBe("here");
    expect(loadBundle).toHaveBeenCalledWith("web.late");
    loadBundle.mockRestore();
});

describe("what comes later", () => {
    /** @returns {{arrive: () => void, fail: () => void, asked: string[]}} bundles that come when they are told to */
    function heldBundles() {
        const asked = [];
        const held = {};
        const loading = vi.spyOn(assets, "loadBundle").mockImplementation((name) => {
            asked.push(name);
            return new Promise((arrive, fail) => Object.assign(held, { arrive, fail: () => fail(new Error("away")) }));
        });
        afterThis(() => loading.mockRestore());
        return { asked, arrive: () => held.arrive(), fail: () => held.fail() };
    }

    test("says that it is loaded, can be tried again, and is there at once from then on", async () => {
        const bundles = heldBundles();
        const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
        const Later = laterComponent("web.late", async () => Empty);
        const page = await mount(Later, { props: { text: "here" } });
        expect(page.querySelector("[role=status]").textContent).toContain("Loading");
        bundles.fail();
        await expect.poll(() => page.textContent).toContain("could not be loaded");
        page.querySelector("button").click();
        await expect.poll(() => page.textContent).toContain("Loading");
        bundles.arrive();
        await expect.poll(() => page.querySelector(".content")?.textContent).toBe("here");
        expect(bundles.asked).toEqual(["web.late", "web.late"]);
        expect(warned).toHaveBeenCalledOnce();
        warned.mockRestore();
        const second = await mount(Later, { props: { text: "again" } });
        expect(second.textContent).toBe("again");
        expect(bundles.asked).toHaveLength(2);
    });

    test("a dialog has its frame meanwhile, and can be closed", async () => {
        const bundles = heldBundles();
        const prepare = async ({ makeText, ...props }) => ({ ...props, text: await makeText() });
        const Later = laterDialog("web.late", async () => Empty, { prepare });
        const env = await makeTestEnv(["dialog", "hotkey", "ui"]);
        const page = await mount(Empty, { env });
        const open = () => env.services.dialog.add(Later, { title: "Rules", makeText: async () => "made" });
        const close = open();
        await expect.poll(() => page.querySelector(".modal-title")?.textContent).toBe("Rules");
        expect(page.querySelector(".modal-body").textContent).toContain("Loading");
        close();
        await expect.poll(() => page.querySelector(".o_dialog")).toBe(null);
        open();
        await expect.poll(() => page.querySelector(".o_dialog")).not.toBe(null);
        bundles.arrive();
        await expect.poll(() => page.querySelector(".o-overlay-container .content")?.textContent).toBe("made");
    });
});

test("the text of an input stays what is typed until another one is to be shown", async () => {
    let page;
    const Page = withSetup(
        (component) => {
            page = component;
            component.state = useState({ drawn: 0, id: 1, text: "a" });
            useInputText(
                "input",
                () => component.state.text,
                () => component.state.id
            );
        },
        xml`<t t-esc="state.drawn"/><input t-ref="input"/>`
    );
    const target = await mount(Page);
    const input = target.querySelector("input");
    expect(input.value).toBe("a");
    for (const [change, shown] of [
        [{ drawn: 1 }, "typed"],
        [{ text: "b" }, "b"],
        [{ id: 2 }, "b"],
    ]) {
        input.value = "typed";
        Object.assign(page.state, change);
        await nextFrame();
        expect(input.value).toBe(shown);
    }
});
