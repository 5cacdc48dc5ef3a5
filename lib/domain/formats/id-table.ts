/** A set of 128-bit ids with three small numbers each, in flat memory: 40 bytes a row where a Map needs about 150. */

const WORDS = 7; // 4 of id, 3 of payload
type Payload = readonly [number, number, number];

export class IdTable {
  private capacity = 1024;
  private used = 0;
  private rows = new Uint32Array(this.capacity * WORDS);
  private taken = new Uint8Array(this.capacity);

  /** Payload of an id given as at least 32 hex digits; undefined when it was never set. */
  get(hex: string): Payload | undefined {
    const slot = this.find(wordsOf(hex));
    if (this.taken[slot] === 0) return undefined;
    const base = slot * WORDS + 4;
    return [this.rows[base] ?? 0, this.rows[base + 1] ?? 0, this.rows[base + 2] ?? 0];
  }

  /** Payload numbers are kept modulo 2^32. */
  set(hex: string, payload: Payload): void {
    if (this.used * 2 >= this.capacity) this.grow();
    this.put(wordsOf(hex), payload);
  }

  private put(id: readonly number[], payload: Payload): void {
    const slot = this.find(id);
    if (this.taken[slot] === 0) {
      this.taken[slot] = 1;
      this.used += 1;
    }
    this.rows.set([...id, ...payload], slot * WORDS);
  }

  /** The slot that holds the id, or the free one where it belongs. Ids are digests: their own bits spread them. */
  private find(id: readonly number[]): number {
    let slot = (id[0] ?? 0) & (this.capacity - 1);
    while (this.taken[slot] === 1) {
      const base = slot * WORDS;
      if (id.every((word, index) => this.rows[base + index] === word)) break;
      slot = (slot + 1) & (this.capacity - 1);
    }
    return slot;
  }

  private grow(): void {
    const { rows, taken, capacity } = this;
    this.capacity = capacity * 2;
    this.rows = new Uint32Array(this.capacity * WORDS);
    this.taken = new Uint8Array(this.capacity);
    this.used = 0;
    for (let slot = 0; slot < capacity; slot++) {
      if (taken[slot] === 0) continue;
      const row = [...rows.subarray(slot * WORDS, (slot + 1) * WORDS)];
      this.put(row.slice(0, 4), [row[4] ?? 0, row[5] ?? 0, row[6] ?? 0]);
    }
  }
}

const wordsOf = (hex: string): number[] =>
  [0, 8, 16, 24].map((from) => Number.parseInt(hex.slice(from, from + 8), 16) >>> 0);
