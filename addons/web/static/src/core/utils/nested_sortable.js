import { paramsOf } from "@web/core/utils/draggable_hook_builder";
import { makeDraggableHook } from "@web/core/utils/draggable_hook_builder_owl";

const PLACEHOLDER_CLASS = "o_nested_sortable_placeholder";

const siblings = ({ elements, current }, el, step) => {
    let other = el[step];
    while (other && (other === current.element || !other.matches(elements))) {
        other = other[step];
    }
    return other;
};

/** How deep an element stands, and how many levels are below it. */
function depth(el, selector, root) {
    let levels = 0;
    for (let node = el; node && node !== root; node = node.parentElement?.closest(selector)) {
        levels++;
    }
    return levels;
}

function height(el, selector) {
    const below = [...el.querySelectorAll(selector)].map((child) => depth(child, selector, el));
    return Math.max(0, ...below);
}

/** What the placeholder stands among. */
function position(ctx) {
    const { element, placeholder, group } = ctx.current;
    return {
        element,
        group,
        placeholder,
        previous: siblings(ctx, placeholder, "previousElementSibling"),
        next: siblings(ctx, placeholder, "nextElementSibling"),
        parent: placeholder.parentElement.closest(ctx.elements),
        newGroup: ctx.groups ? placeholder.closest(ctx.groups) : null,
    };
}

/** The list below an element; made when it has none. */
function listOf(el, { listTagName }) {
    const present = [...el.children].find((child) => child.tagName.toLowerCase() === listTagName);
    if (present) {
        return present;
    }
    const list = document.createElement(listTagName);
    el.append(list);
    return list;
}

/** Put the placeholder somewhere unless that is too deep or refused; tell who wants to know. */
function moveTo(ctx, put, callHandler) {
    const { placeholder, element } = ctx.current;
    const marker = document.createComment("");
    placeholder.before(marker);
    const before = position(ctx);
    put();
    const levels = depth(placeholder.parentElement.closest(ctx.elements), ctx.elements, ctx.ref.el) + 1;
    const isTooDeep = ctx.maxLevels > 0 && levels + height(element, ctx.elements) > ctx.maxLevels;
    if (isTooDeep || !ctx.isAllowed(ctx.current, ctx.elements)) {
        marker.before(placeholder);
    }
    marker.remove();
    const after = position(ctx);
    if (["previous", "next", "parent"].some((key) => before[key] !== after[key])) {
        callHandler("onMove", { ...after, prevPos: before });
    }
}

/** The way from side to side makes an element a child of the one before, or a neighbour of its parent. */
function nest(ctx, callHandler) {
    const { current, pointer } = ctx;
    const isRtl = document.documentElement.dir === "rtl";
    const way = (pointer.x - current.nestX) * (isRtl ? -1 : 1);
    if (Math.abs(way) < ctx.nestInterval) {
        return false;
    }
    current.nestX = pointer.x;
    const { previous, next, parent } = position(ctx);
    if (way > 0 && previous) {
        moveTo(ctx, () => listOf(previous, ctx).append(current.placeholder), callHandler);
    } else if (way < 0 && parent && !next && ctx.ref.el.contains(parent)) {
        moveTo(ctx, () => parent.after(current.placeholder), callHandler);
    }
    return true;
}

/**
 * Component hook: sort elements of a tree by dragging.
 *
 * Parameters beside those of `makeDraggableHook`: `groups`, `connectGroups`, `nest` (whether elements get another
 * parent by the way from side to side), `listTagName` of what holds children, `nestInterval` in pixels, `maxLevels`,
 * `isAllowed`, `useElementSize`, `onMove`; `onDrop` gets `{ element, group, previous, next, parent, newGroup,
 * placeholder }`.
 */
export const useNestedSortable = makeDraggableHook({
    name: "useNestedSortable",
    acceptedParams: {
        ...paramsOf(String, "groups", "listTagName"),
        ...paramsOf(Boolean, "connectGroups", "nest", "useElementSize"),
        ...paramsOf(Number, "maxLevels", "nestInterval"),
        ...paramsOf(Function, "isAllowed", "onGroupEnter", "onGroupLeave", "onMove"),
    },
    defaultParams: {
        connectGroups: false,
        nest: false,
        listTagName: "ul",
        nestInterval: 15,
        maxLevels: 0,
        isAllowed: () => true,
        useElementSize: false,
        edgeScrolling: { speed: 20, threshold: 60 },
    },
    onWillStartDrag({ ctx }) {
        const { element } = ctx.current;
        ctx.current.group = ctx.groups ? element.closest(ctx.groups) : null;
        return { element, group: ctx.current.group };
    },
    onDragStart({ ctx, addCleanup }) {
        const { current } = ctx;
        const placeholder = document.createElement(current.element.tagName);
        placeholder.className = ctx.useElementSize ? PLACEHOLDER_CLASS : `${PLACEHOLDER_CLASS} o_thin`;
        const rect = current.elementRect;
        placeholder.style.height = `${ctx.useElementSize ? rect.height : 4}px`;
        current.element.after(placeholder);
        Object.assign(current, { placeholder, nestX: ctx.pointer.x });
        current.start = position(ctx);
        addCleanup(() => placeholder.remove());
        return { element: current.element, group: current.group };
    },
    onDrag({ ctx, callHandler }) {
        const { current, pointer, elements, groups, ref } = ctx;
        const argument = { element: current.element, group: current.group };
        if (ctx.nest && nest(ctx, callHandler)) {
            return argument;
        }
        const under = document.elementFromPoint(pointer.x, pointer.y);
        const other = under?.closest(elements);
        const group = groups && under?.closest(groups);
        const canEnter = !groups || group === current.group || ctx.connectGroups;
        if (other && other !== current.placeholder && ref.el.contains(other) && canEnter) {
            const { top, height: size } = other.getBoundingClientRect();
            // the row of an element is as high as the dragged one, whatever is below it
            const middle = top + Math.min(size, current.elementRect.height) / 2;
            const put = pointer.y > middle ? "after" : "before";
            moveTo(ctx, () => other[put](current.placeholder), callHandler);
        } else if (group && canEnter && !group.contains(current.placeholder) && !group.querySelector(elements)) {
            moveTo(ctx, () => group.append(current.placeholder), callHandler);
        }
        return argument;
    },
    onDrop({ ctx }) {
        const found = position(ctx);
        const { start } = ctx.current;
        const isSame = ["previous", "next", "parent", "newGroup"].every((key) => found[key] === start[key]);
        return isSame ? null : found;
    },
    onDragEnd: ({ ctx }) => ({ element: ctx.current.element, group: ctx.current.group }),
});
