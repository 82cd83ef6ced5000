import { watchLoopLag } from './loop-lag';

describe('lag of the event loop', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** A clock that timers follow, unless the main thread is busy. */
  function watched() {
    let time = 1000;
    const lag = watchLoopLag(() => time);
    const pass = (milliseconds: number, busyMs = 0) => {
      time += milliseconds + busyMs;
      jest.advanceTimersByTime(milliseconds);
    };
    return { lag, pass };
  }

  it('is zero while timers are on time', () => {
    const { lag, pass } = watched();
    for (let tick = 0; tick < 100; tick += 1) pass(250);
    expect(lag.worstMs()).toBe(0);
    lag.stop();
  });

  it('is the maximum delay of a timer in the last ten seconds', () => {
    const { lag, pass } = watched();
    pass(250, 700);
    pass(250, 30);
    expect(lag.worstMs()).toBe(700);
    for (let tick = 0; tick < 38; tick += 1) pass(250);
    expect(lag.worstMs()).toBe(700);
    pass(250);
    expect(lag.worstMs()).toBe(30);
    pass(250);
    expect(lag.worstMs()).toBe(0);
    lag.stop();
  });

  it('includes the timer that is late now', () => {
    const { lag, pass } = watched();
    pass(0, 3250);
    expect(lag.worstMs()).toBe(3000);
    lag.stop();
  });

  it('leaves no timer after it is stopped', () => {
    const { lag } = watched();
    expect(jest.getTimerCount()).toBe(1);
    lag.stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
