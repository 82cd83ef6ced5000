import type { Check } from './check';

/** `engines` of the workspace's `package.json`. */
export const MINIMUM_NODE = 20;

/** @param version of the running Node.js, such as `20.20.2`. */
export function nodeCheck(version: string): Check {
  return {
    title: 'Node.js',
    look: () =>
      Promise.resolve(
        Number.parseInt(version, 10) >= MINIMUM_NODE
          ? { mark: 'OK', detail: version }
          : {
              mark: 'NG',
              detail: `${version} is too old`,
              remedy: `install version ${String(MINIMUM_NODE)} or newer: https://nodejs.org`,
            },
      ),
  };
}
