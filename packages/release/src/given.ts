/** What AWS always gives, though the SDK says of every field that it may be missing. */
export type Given<T, K extends keyof T = keyof T> = Omit<T, K> & { readonly [P in K]-?: NonNullable<T[P]> };
