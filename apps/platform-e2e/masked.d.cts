/** Masks account ids, keys and request ids. */
export function masked(text: string): string;
