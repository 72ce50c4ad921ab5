import { makeDraggableHook, paramsOf } from "@web/core/utils/draggable_hook_builder";

const PLACEHOLDER_CLASS = "o_sortable_placeholder";

/** The next element in a direction that can be sorted, null at the end. */
function neighbour(el, step, { elements, current }) {
    let other = el[step];
    while (other && (other === current.element || !other.matches(elements))) {
        other = other[step];
    }
    return other;
}

function makePlaceholder({ current, clone, elementRect, placeholderClasses = [] }) {
    const placeholder = current.element.cloneNode(clone);
    placeholder.removeAttribute("id");
    placeholder.classList.add(PLACEHOLDER_CLASS, ...placeholderClasses);
    placeholder.classList.remove("o_dragged");
    if (!clone) {
        Object.assign(placeholder.style, { width: `${elementRect.width}px`, height: `${elementRect.height}px` });
        placeholder.style.visibility = "hidden";
    }
    return placeholder;
}

/** Whether the pointer is behind the middle of an element, in the direction in which elements follow each other. */
function isBehind(rect, { x, y }, placeholder) {
    const other = placeholder.getBoundingClientRect();
    const isRow = Math.abs(other.top - rect.top) < Math.min(other.height, rect.height) / 2 && other.left !== rect.left;
    const isRtl = document.documentElement.dir === "rtl";
    return isRow ? x > rect.x + rect.width / 2 !== isRtl : y > rect.y + rect.height / 2;
}

function mayEnter(group, { current, connectGroups }) {
    return group === current.group || connectGroups;
}

/** Tell which element and group the pointer is over, when that changed. */
function tellOver(ctx, callHandler, kind, el) {
    const key = `over${kind}`;
    const before = ctx.current[key];
    if (before === el) {
        return;
    }
    const name = kind.toLowerCase();
    if (before) {
        callHandler(`on${kind}Leave`, { [name]: before });
    }
    ctx.current[key] = el;
    if (el) {
        callHandler(`on${kind}Enter`, { [name]: el });
    }
}

const place = (ctx) => {
    const { placeholder, element, group } = ctx.current;
    return {
        element,
        group,
        previous: neighbour(placeholder, "previousElementSibling", ctx),
        next: neighbour(placeholder, "nextElementSibling", ctx),
        parent: ctx.groups ? placeholder.closest(ctx.groups) : null,
        placeholder,
    };
};

const told = ({ ctx }) => ({ element: ctx.current.element, group: ctx.current.group });

const hook = makeDraggableHook({
    name: "useSortable",
    acceptedParams: {
        ...paramsOf(String, "groups"),
        ...paramsOf(Boolean, "applyChangeOnDrop", "clone", "connectGroups"),
        ...paramsOf(Array, "followingElementClasses", "placeholderClasses"),
        ...paramsOf(Function, ...["Enter", "Leave"].flatMap((way) => [`onElement${way}`, `onGroup${way}`])),
    },
    defaultParams: {
        connectGroups: false,
        clone: true,
        edgeScrolling: { speed: 20, threshold: 60 },
        placeholderClasses: [],
        followingElementClasses: [],
        applyChangeOnDrop: false,
    },
    onWillStartDrag({ ctx }) {
        ctx.current.group = ctx.groups ? ctx.current.element.closest(ctx.groups) : null;
        return told({ ctx });
    },
    onDragStart({ ctx, addClass, addCleanup }) {
        const { current } = ctx;
        current.placeholder = makePlaceholder({ ...ctx, elementRect: current.elementRect });
        current.element.after(current.placeholder);
        addCleanup(() => current.placeholder.remove());
        addClass(current.element, ...ctx.followingElementClasses);
        current.start = place(ctx);
        return told({ ctx });
    },
    onDrag({ ctx, callHandler }) {
        const { current, pointer, elements, groups, ref } = ctx;
        const under = document.elementFromPoint(pointer.x, pointer.y);
        const other = under?.closest(elements);
        const group = groups && under?.closest(groups);
        const isElement = other && other !== current.placeholder && ref.el.contains(other);
        tellOver(ctx, callHandler, "Element", isElement ? other : null);
        tellOver(ctx, callHandler, "Group", group && ref.el.contains(group) ? group : null);
        const canMove = !groups || (group && mayEnter(group, ctx));
        if (isElement && canMove) {
            other[isBehind(other.getBoundingClientRect(), pointer, current.placeholder) ? "after" : "before"](
                current.placeholder
            );
        } else if (group && canMove && !group.contains(current.placeholder)) {
            group.append(current.placeholder);
        }
        return told({ ctx });
    },
    onDrop({ ctx }) {
        const found = place(ctx);
        const { start, element } = ctx.current;
        if (["previous", "next", "parent"].every((key) => found[key] === start[key])) {
            return null;
        }
        if (ctx.applyChangeOnDrop) {
            found.placeholder.before(element);
        }
        return found;
    },
    onDragEnd({ ctx, callHandler }) {
        tellOver(ctx, callHandler, "Element", null);
        tellOver(ctx, callHandler, "Group", null);
        return told({ ctx });
    },
});

/**
 * Sort elements, inside a list or between several, by dragging.
 *
 * @param {Object} params as of `makeDraggableHook`, and `groups` (selector of the lists), `connectGroups` (whether
 *  elements may change theirs), `clone`, `placeholderClasses`, `applyChangeOnDrop`, `followingElementClasses`,
 *  `onElementEnter`, `onElementLeave`, `onGroupEnter`, `onGroupLeave`; `onDrop` gets
 *  `{ element, group, previous, next, parent }`; `setupHooks` of the place where it is used
 */
export function useSortable(params) {
    return hook(params);
}
