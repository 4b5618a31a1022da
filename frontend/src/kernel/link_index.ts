const BLOCK = 64;

/**
 * Links by the rows they span. Sorted by their upper row, and with the lowest row of each block of 64, so that
 * a frame looks only at blocks that reach into its rows.
 */
export class LinkIndex {
  private readonly order: Int32Array;
  private readonly top: Int32Array;
  private readonly bottom: Int32Array;
  private readonly reach: Int32Array;

  constructor(from: Int32Array, to: Int32Array) {
    const upper = from.map((row, i) => Math.min(row, to[i]!));
    this.order = Int32Array.from(upper.keys()).sort((a, b) => upper[a]! - upper[b]!);
    this.top = this.order.map((link) => upper[link]!);
    this.bottom = this.order.map((link) => Math.max(from[link]!, to[link]!));
    this.reach = new Int32Array(Math.ceil(this.order.length / BLOCK)).fill(-1);
    this.bottom.forEach((row, i) => {
      const block = Math.floor(i / BLOCK);
      this.reach[block] = Math.max(this.reach[block]!, row);
    });
  }

  /** Calls with every link that spans or touches the rows first…last. */
  visit(first: number, last: number, call: (link: number) => void): void {
    for (let block = 0; block < this.reach.length; block++) {
      const from = block * BLOCK;
      if (this.top[from]! > last) return;
      if (this.reach[block]! >= first) this.visitBlock(from, first, last, call);
    }
  }

  private visitBlock(
    from: number,
    first: number,
    last: number,
    call: (link: number) => void,
  ): void {
    const end = Math.min(from + BLOCK, this.order.length);
    for (let i = from; i < end && this.top[i]! <= last; i++)
      if (this.bottom[i]! >= first) call(this.order[i]!);
  }
}
