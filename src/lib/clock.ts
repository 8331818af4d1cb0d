/** The present instant in epoch milliseconds. Passed in everywhere, so that a test can be Tuesday. */
export type Clock = () => number;
