/** Arithmetic on a field's value, as typed in bulk edition ("+=5"). */
export class Operation {
    constructor(operator, operand) {
        this.operator = operator;
        this.operand = operand;
    }

    /** @returns {number} the value after the operation */
    compute(value) {
        const operations = {
            "+": (a, b) => a + b,
            "-": (a, b) => a - b,
            "*": (a, b) => a * b,
            "/": (a, b) => a / b,
        };
        return operations[this.operator](value, this.operand);
    }
}
