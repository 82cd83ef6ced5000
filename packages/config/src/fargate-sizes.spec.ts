import { fargateCpus, fargateSizes, isFargateCpu } from './fargate-sizes';

describe('Fargate sizes (R4.1)', () => {
  it('are the sizes of AWS', () => {
    expect(fargateCpus).toEqual([256, 512, 1024, 2048, 4096, 8192, 16384]);
    expect(fargateSizes[256]).toEqual([512, 1024, 2048]);
    expect(fargateSizes[512]).toEqual([1024, 2048, 3072, 4096]);
    const outline = fargateCpus.map((cpu) => [
      cpu,
      fargateSizes[cpu][0],
      fargateSizes[cpu].at(-1),
      fargateSizes[cpu].length,
    ]);
    expect(outline.slice(2)).toEqual([
      [1024, 2048, 8192, 7],
      [2048, 4096, 16384, 13],
      [4096, 8192, 30720, 23],
      [8192, 16384, 61440, 12],
      [16384, 32768, 122880, 12],
    ]);
  });

  it('accept only the CPU units of AWS', () => {
    expect([256, 2048].map(isFargateCpu)).toEqual([true, true]);
    expect([0, 300, NaN].map(isFargateCpu)).toEqual([false, false, false]);
  });
});
