import { describe, expect, it } from '@jest/globals';
import { makeWake } from '../../src/delivery/wake.ts';

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('waking delivery', () => {
  it('tells at once', () => {
    let told = 0;
    makeWake(() => (told += 1))();
    expect(told).toBe(1);
  });

  it('tells once more for everything that came meanwhile, and forgets nothing', async () => {
    let told = 0;
    const wake = makeWake(() => (told += 1));
    for (let i = 0; i < 100; i += 1) wake();
    expect(told).toBe(1);
    await later(60);
    expect(told).toBe(2);
    wake();
    expect(told).toBe(3);
  });
});
