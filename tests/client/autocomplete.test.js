/** Suggestions under an input. */
import { userEvent } from "vitest/browser";
import { expect, test, vi } from "vitest";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { mount } from "./mount";

const fruits = ["apple", "banana", "blackberry"];
const matching = (request) =>
    fruits.filter((name) => name.includes(request)).map((label) => ({ label, value: label.length }));

async function show(props = {}) {
    const page = await mount(AutoComplete, {
        props: { sources: [{ options: matching }], inputDebounceDelay: 1, ...props },
    });
    const input = page.querySelector("input");
    const labels = () => [...page.querySelectorAll("li a")].map((el) => el.textContent.trim());
    const active = () => page.querySelector(".ui-state-active")?.textContent.trim();
    return { page, input, labels, active };
}

test("a click shows all options, a second one hides them", async () => {
    const { input, labels } = await show();
    await userEvent.click(input);
    await expect.poll(labels).toEqual(fruits);
    await userEvent.click(input);
    await expect.poll(labels).toEqual([]);
});

test("what is typed asks the sources, once typing pauses", async () => {
    const onInput = vi.fn();
    const { input, labels } = await show({ onInput, inputDebounceDelay: 30 });
    await userEvent.type(input, "b");
    await userEvent.type(input, "l");
    await expect.poll(labels).toEqual(["blackberry"]);
    expect(onInput).toHaveBeenLastCalledWith({ inputValue: "bl" });
});

test("arrows go round, Enter chooses", async () => {
    const onSelect = vi.fn();
    const { input, labels, active } = await show({ onSelect });
    await userEvent.click(input);
    await expect.poll(labels).toHaveLength(3);
    await userEvent.keyboard("{ArrowUp}");
    await expect.poll(active).toBe("blackberry");
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    await expect.poll(active).toBe("banana");
    await userEvent.keyboard("{Enter}");
    expect(onSelect.mock.lastCall[0]).toMatchObject({ label: "banana", value: 6 });
    await expect.poll(labels).toEqual([]);
});

test("Enter waits for slow sources", async () => {
    const onSelect = vi.fn();
    const slow = async (request) => {
        await new Promise((resolve) => setTimeout(resolve, 60));
        return matching(request);
    };
    const { input } = await show({ onSelect, sources: [{ options: slow }], autoSelect: true });
    await userEvent.type(input, "ap");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => onSelect.mock.calls.length).toBe(1);
    expect(onSelect.mock.lastCall[0].label).toBe("apple");
});

test("what is loading is shown as such", async () => {
    let answer;
    const options = () => new Promise((resolve) => (answer = resolve));
    const { input, page, labels } = await show({ sources: [{ options, placeholder: "Searching" }] });
    await userEvent.click(input);
    await expect.poll(() => page.querySelector(".o_loading")?.textContent.trim()).toBe("Searching");
    answer([{ label: "late" }]);
    await expect.poll(labels).toEqual(["late"]);
});

test("options that cannot be chosen are skipped by the keyboard and clear the input", async () => {
    const onSelect = vi.fn();
    const sources = [{ options: [{ label: "Type to search", unselectable: true }, { label: "pear" }] }];
    const { input, labels, active, page } = await show({ onSelect, sources, value: "x" });
    await userEvent.click(input);
    await expect.poll(labels).toHaveLength(2);
    await userEvent.keyboard("{ArrowDown}");
    await expect.poll(active).toBe("pear");
    page.querySelector("li").click();
    expect(onSelect).not.toHaveBeenCalled();
    expect(input.value).toBe("");
});

test("Escape gives the value back when a choice is asked for", async () => {
    const onCancel = vi.fn();
    const { input, labels } = await show({ value: "apple", autoSelect: true, onCancel });
    await userEvent.fill(input, "ap");
    await expect.poll(labels).toEqual(["apple"]);
    await userEvent.keyboard("{Escape}");
    expect(input.value).toBe("apple");
    expect(onCancel).toHaveBeenCalledOnce();
});

test("leaving the input chooses what was being typed when a choice is asked for", async () => {
    const onSelect = vi.fn();
    const onBlur = vi.fn();
    const { input, active } = await show({ autoSelect: true, onSelect, onBlur });
    await userEvent.type(input, "ban");
    await expect.poll(active).toBe("banana");
    input.blur();
    expect(onSelect.mock.lastCall[0].label).toBe("banana");
    expect(onBlur).toHaveBeenCalledOnce();
});

test("a choice tells the listener of changes that it was one", async () => {
    const onChange = vi.fn();
    const { input, page } = await show({ onChange });
    await userEvent.type(input, "ban");
    await expect.poll(() => page.querySelector("li")).not.toBe(null);
    page.querySelector("li").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    expect(onChange.mock.lastCall[0]).toEqual({ inputValue: "ban", isOptionSelected: true });
});
