const TICK_MS = 250;
const REMEMBERED_TICKS = 40;

export interface LoopLag {
  /** Milliseconds that a timer was late at worst in the last ten seconds: how long a request may have waited. */
  worstMs(): number;
  stop(): void;
}

/** Watches whether the main thread is free to answer. @param elapsed - milliseconds on a clock that never jumps */
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
