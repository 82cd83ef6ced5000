const TICK_MS = 250;
const REMEMBERED_TICKS = 40;

export interface LoopLag {
  /** The maximum delay of a timer in the last ten seconds, in milliseconds: the time that a request may have waited. */
  worstMs(): number;
  stop(): void;
}

/** Measures whether the main thread can respond. @param elapsed - milliseconds on a monotonic clock */
export function watchLoopLag(elapsed: () => number): LoopLag {
  const late: number[] = [];
  let expected = elapsed() + TICK_MS;
  const timer = setInterval(() => {
    late.push(Math.max(0, elapsed() - expected));
    if (late.length > REMEMBERED_TICKS) late.shift();
    expected = elapsed() + TICK_MS;
  }, TICK_MS);
  return {
    worstMs: () => Math.max(0, elapsed() - expected, ...late),
    stop: () => {
      clearInterval(timer);
    },
  };
}
