import { useComponent, xml } from "@odoo/owl";
import { createElement, createTextNode, getTag } from "@web/core/utils/xml";
import { BUTTON_CLICK_PARAMS, BUTTON_STRING_PROPS, toStringExpression } from "@web/views/utils";

/** Text of an attribute as an Owl expression; handles `{{ }}` in it. */
export function toInterpolatedStringExpression(text) {
    return `\`${text.replace(/[\\`]/g, "\\$&").replace(/\{\{(.*?)\}\}/g, (match, expr) => `\${${expr}}`)}\``;
}

/** Copy attributes of a node that mean the same to Owl. */
export function copyAttributes(node, compiled) {
    if (getTag(node, true) === "button") {
        return;
    }
    const isComponent = isComponentNode(compiled);
    const classes = node.className || node.getAttribute("class");
    if (classes) {
        if (isComponent) {
            compiled.setAttribute("class", toStringExpression(classes));
        } else {
            addClasses(compiled, classes);
        }
    }
    for (const name of ["id", "placeholder", "style"]) {
        let value = node.getAttribute(name);
        if (value) {
            if (isComponent) {
                value = toStringExpression(value);
            }
            compiled.setAttribute(name, value);
        }
    }
}

/** Add classes to a node. */
export function addClasses(node, classes) {
    const present = (node.getAttribute("class") || "").split(/\s+/).filter(Boolean);
    node.setAttribute("class", [...present, ...classes.split(/\s+/).filter(Boolean)].join(" "));
}

/** Add a text to an attribute, after what is there. */
export function appendAttr(node, attr, text) {
    const present = node.getAttribute(attr);
    node.setAttribute(attr, present ? `${present} ${text}` : text);
}

/** Take over the directives of Owl that archs may have; others mean nothing there. */
export function assignOwlDirectives(node, compiled) {
    for (const { name, value } of node.attributes) {
        if (!name.startsWith("t-")) {
            continue;
        }
        if (!ViewCompiler.OWL_DIRECTIVE_WHITELIST.includes(name)) {
            console.warn(`The directive "${name}" of a view is not among those that views may use`);
        }
        compiled.setAttribute(name, value);
    }
}

/** A value as a text that a template can have in an attribute; `decodeObjectForTemplate` reads it again. */
export function encodeObjectForTemplate(value) {
    return `"${encodeURI(JSON.stringify(value))}"`;
}

/** @param {string} text of `encodeObjectForTemplate`, with its quotes or without */
export function decodeObjectForTemplate(text) {
    return JSON.parse(decodeURI(text.replace(/^"|"$/g, "")));
}

export function isTextNode(node) {
    return node.nodeType === Node.TEXT_NODE;
}

/** A heading between parts of a view. @param {string} title @returns {Element} */
export function makeSeparator(title) {
    const separator = createElement("div");
    separator.className = "o_horizontal_separator mt-4 mb-3 text-uppercase fw-bolder small";
    separator.textContent = title;
    return separator;
}

/** Whether the tag names an Owl component. */
export function isComponentNode(node) {
    const tag = getTag(node);
    return (tag[0] === tag[0]?.toUpperCase() && /[A-Z]/.test(tag[0])) || node.hasAttribute?.("t-component");
}

/** Show a compiled node only while the modifier is false. */
export function applyInvisible(invisible, compiled, params = {}) {
    if (!invisible || invisible === "False" || invisible === "0") {
        return compiled;
    }
    if (invisible === "True" || invisible === "1") {
        return undefined;
    }
    const recordExpr = params.recordExpr || "__comp__.props.record";
    const condition = `!__comp__.evaluateBooleanExpr(${toStringExpression(invisible)}, ${recordExpr}.evalContextWithVirtualIds)`;
    if (compiled.hasAttribute("t-if")) {
        compiled.setAttribute("t-if", `(${compiled.getAttribute("t-if")}) and ${condition}`);
        return compiled;
    }
    if (compiled.hasAttribute("t-elif") || compiled.hasAttribute("t-else")) {
        return compiled;
    }
    if (compiled.hasAttribute("t-foreach")) {
        const wrapper = createElement("t", { "t-if": condition });
        wrapper.append(compiled);
        return wrapper;
    }
    compiled.setAttribute("t-if", condition);
    return compiled;
}

/** Classes of a view's root. */
export function computeViewClassName(viewType, rootNode, additionalClassList = []) {
    const subType = rootNode?.getAttribute("js_class");
    const classList = [
        ...(rootNode?.getAttribute("class")?.split(" ") || []),
        ...additionalClassList,
        `o_${viewType}_view`,
    ];
    if (subType) {
        classList.push(`o_${subType}_view`);
    }
    return [...new Set(classList.filter(Boolean))].join(" ");
}

/** Modifier of a node, whatever the spelling. */
export function getModifier(node, name) {
    return node.getAttribute(name);
}

/**
 * Turns the nodes of an arch into an Owl template. Subclasses and the `form_compilers`-like
 * registries add compilers: `{selector, fn(node, params)}`.
 */
export class ViewCompiler {
    static OWL_DIRECTIVE_WHITELIST = [
        ...["t-if", "t-elif", "t-else", "t-foreach", "t-as", "t-key", "t-set", "t-value", "t-set-slot"],
        ...[
            "t-esc",
            "t-out",
            "t-call",
            "t-att",
            "t-att-class",
            "t-att-style",
            "t-attf-class",
            "t-attf-style",
            "t-debug",
            "t-log",
        ],
    ];

    constructor(templates) {
        this.id = 1;
        /** @type {{selector: string, fn: Function, doNotCopyAttributes?: boolean}[]} */
        this.compilers = [];
        this.templates = templates;
        this.setup();
        this.compilers.push(
            { selector: "a[type]:not([data-bs-toggle]),button:not([data-bs-toggle])", fn: this.compileButton },
            { selector: "field", fn: this.compileField },
            { selector: "widget", fn: this.compileWidget }
        );
    }

    setup() {}

    /** @returns {Element} root of the template */
    compile(key, params = {}) {
        const root = this.templates[key].cloneNode(true);
        const child = this.compileNode(root, params);
        const compiled = createElement("t", { "t-translation": "off" });
        if (child) {
            compiled.append(child);
        }
        return compiled;
    }

    /** @returns {Node|undefined} nothing for nodes that never show */
    compileNode(node, params = {}, evalInvisible = true) {
        if (node.nodeType === Node.COMMENT_NODE) {
            return undefined;
        }
        if (node.nodeType === Node.TEXT_NODE) {
            return createTextNode(node.nodeValue);
        }
        if (node.nodeType !== Node.ELEMENT_NODE) {
            return undefined;
        }
        const compiler = this.compilers.find(({ selector }) => node.matches(selector));
        const compiled = compiler ? compiler.fn.call(this, node, params) : this.compileGenericNode(node, params);
        const invisible = getModifier(node, "invisible");
        if (!compiled || compiled.nodeType !== Node.ELEMENT_NODE) {
            return compiled;
        }
        return evalInvisible && !compiler?.doNotCopyAttributes ? applyInvisible(invisible, compiled, params) : compiled;
    }

    compileGenericNode(node, params) {
        const compiled = createElement(node.nodeName);
        const skipped = ["invisible", "groups", "readonly", "required", "column_invisible"];
        for (const { name, value } of node.attributes) {
            if (!skipped.includes(name)) {
                compiled.setAttribute(name, value);
            }
        }
        this.compileChildren(node, compiled, params);
        return compiled;
    }

    compileChildren(node, compiled, params) {
        for (const child of node.childNodes) {
            const item = this.compileNode(child, params);
            if (item) {
                compiled.append(item);
            }
        }
    }

    compileButton(el, params) {
        const recordExpr = params.recordExpr || "__comp__.props.record";
        const button = createElement("ViewButton", { tag: toStringExpression(getTag(el, true)), record: recordExpr });
        const clickParams = {};
        const attrs = {};
        for (const { name, value } of el.attributes) {
            if (BUTTON_CLICK_PARAMS.includes(name)) {
                clickParams[name] = value;
            } else if (BUTTON_STRING_PROPS.includes(name)) {
                button.setAttribute(name, toStringExpression(value));
            } else if (name === "class") {
                button.setAttribute("className", toStringExpression(value));
            } else if (
                !["invisible", "groups", "column_invisible", "readonly", "required"].includes(name) &&
                !name.startsWith("t-")
            ) {
                attrs[name] = value;
            } else if (name.startsWith("t-")) {
                button.setAttribute(name, value);
            }
        }
        button.setAttribute("clickParams", JSON.stringify(clickParams));
        button.setAttribute("attrs", JSON.stringify(attrs));
        if (el.hasChildNodes()) {
            const contents = createElement("t", { "t-set-slot": "contents" });
            for (const child of el.childNodes) {
                const compiled = this.compileNode(child, params);
                if (compiled) {
                    contents.append(compiled);
                }
            }
            if (contents.textContent.trim() || contents.children.length) {
                button.append(contents);
            }
        }
        return button;
    }

    compileField(el, params) {
        const fieldName = el.getAttribute("name");
        const fieldId = el.getAttribute("field_id") || fieldName;
        const recordExpr = params.recordExpr || "__comp__.props.record";
        const field = createElement("Field", {
            id: toStringExpression(fieldId),
            name: toStringExpression(fieldName),
            record: recordExpr,
            fieldInfo: `__comp__.props.archInfo.fieldNodes[${toStringExpression(fieldId)}]`,
        });
        if (params.readonly) {
            field.setAttribute("readonly", params.readonly);
        }
        for (const attr of ["class", "style"]) {
            const value = el.getAttribute(attr);
            if (value) {
                field.setAttribute(attr, toStringExpression(value));
            }
        }
        for (const { name, value } of el.attributes) {
            if (["t-if", "t-elif", "t-else", "t-att-class", "t-attf-class"].includes(name)) {
                field.setAttribute(
                    name.endsWith("class") ? "class" : name,
                    name === "t-attf-class" ? toInterpolatedStringExpression(value) : value
                );
            }
        }
        return field;
    }

    compileWidget(el, params) {
        const widgetId = el.getAttribute("widget_id");
        const props = {
            name: toStringExpression(el.getAttribute("name")),
            record: params.recordExpr || "__comp__.props.record",
            widgetInfo: `__comp__.props.archInfo.widgetNodes[${toStringExpression(widgetId)}]`,
        };
        const className = el.getAttribute("class");
        if (className) {
            props.className = toStringExpression(className);
        }
        const widget = createElement("Widget", props);
        for (const name of ["t-if", "t-elif", "t-else"]) {
            if (el.hasAttribute(name)) {
                widget.setAttribute(name, el.getAttribute(name));
            }
        }
        return widget;
    }
}

const compiledTemplates = new Map();

/** Forget compiled archs. */
export function resetViewCompilerCache() {
    compiledTemplates.clear();
}

/**
 * Compile templates once per source. @returns {Object<string, string>} template names by key
 */
export function useViewCompiler(Compiler, templates, params) {
    const component = useComponent();
    const result = {};
    let compiler;
    for (const [key, node] of Object.entries(templates)) {
        const source = `${Compiler.name}:${key}:${JSON.stringify(params || {})}:${node.outerHTML}`;
        let name = compiledTemplates.get(Compiler)?.get(source);
        if (!name) {
            compiler ??= new Compiler(templates, component);
            name = xml({ raw: [compiler.compile(key, params).outerHTML] });
            if (!compiledTemplates.has(Compiler)) {
                compiledTemplates.set(Compiler, new Map());
            }
            compiledTemplates.get(Compiler).set(source, name);
        }
        result[key] = name;
    }
    return result;
}
