/** Functions that are called not too often. */
export const timings = {
    /**
     * Call a function at once, and then at most once in a while, with the arguments of the last call.
     *
     * @param {Function} func
     * @param {number} wait milliseconds
     */
    throttle(func, wait) {
        let timer = null;
        let last = null;
        return function (...args) {
            if (timer) {
                last = args;
                return;
            }
            const end = () => {
                timer = null;
                if (last) {
                    const again = last;
                    last = null;
                    timer = setTimeout(end, wait);
                    func.apply(this, again);
                }
            };
            timer = setTimeout(end, wait);
            return func.apply(this, args);
        };
    },
};
