import { describe, expect, it } from 'vitest';
import { seal, unseal } from '../../server/seal.ts';

const key = new Uint8Array(32).fill(7);

describe('secrets at rest', () => {
  it('a sealed secret opens with its key, and no two seals of it are alike', () => {
    const [a, b] = [seal('идентичность', key), seal('идентичность', key)];
    expect(a).not.toBe(b);
    expect([unseal(a, key), unseal(b, key)]).toEqual(['идентичность', 'идентичность']);
    expect(a).not.toContain('идентичность');
  });

  it('another key or a changed letter is refused, with words about SECRET_KEY', () => {
    const sealed = seal('secret', key);
    const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    expect(() => unseal(sealed, new Uint8Array(32))).toThrow('SECRET_KEY');
    expect(() => unseal(changed, key)).toThrow('SECRET_KEY');
    expect(() => unseal('plain', key)).toThrow('no sealed secret');
  });
});
