/** The result of `create`: created before each test of the block, and disposed of after it. */
export function forEachTest<T extends { dispose(): void }>(create: () => T): T {
  let current: T;
  beforeEach(() => {
    current = create();
  });
  afterEach(() => {
    current.dispose();
  });
  return new Proxy({} as T, {
    get: (_, key) => Reflect.get(current, key) as unknown,
    set: (_, key, value) => Reflect.set(current, key, value),
  });
}
