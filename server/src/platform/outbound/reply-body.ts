import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { toOutboundError } from './failure.ts';

/** So much of a reply that nobody reads, or not as fast as it comes, is held; then its connection waits. */
const mostHeldBytes = 64 * 1024;

/**
 * The body of a reply. Its pieces are laid aside until somebody reads it as a stream, so that a small reply, which comes in
 * one go with its headers, is whole by then: whoever wants all of it is spared what a stream costs, a tenth of a call.
 */
export class ReplyBody extends Readable {
  readonly #controller: Dispatcher.DispatchController;
  readonly #host: string;
  /** Undefined once it is read as a stream. */
  #aside: Buffer[] | undefined = [];
  #asideBytes = 0;
  #isWhole = false;

  constructor(controller: Dispatcher.DispatchController, host: string) {
    super({ highWaterMark: mostHeldBytes });
    this.#controller = controller;
    this.#host = host;
  }

  /** The connection has brought a piece. */
  add(piece: Buffer): void {
    if (!this.#aside) {
      if (!this.push(piece)) this.#controller.pause();
      return;
    }
    this.#aside.push(piece);
    this.#asideBytes += piece.length;
    if (this.#asideBytes >= mostHeldBytes) this.#controller.pause();
  }

  /** The connection has brought all. */
  finish(): void {
    this.#isWhole = true;
    if (!this.#aside) this.push(null);
  }

  /** The connection has failed. Whoever has not begun to read finds it when he does. */
  breakOff(error: Error): void {
    this.on('error', () => {}).destroy(toOutboundError(error, this.#host) as Error);
  }

  /**
   * The body, if it is here whole and nobody has begun to read it. It holds nothing afterwards, also no connection; as a stream
   * it would be empty, and it tells nobody that it has ended.
   */
  takeWhole(): Buffer | undefined {
    const pieces = this.#aside;
    if (!this.#isWhole || !pieces || this.destroyed) return undefined;
    this.#aside = [];
    return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, this.#asideBytes);
  }

  override _read(): void {
    const aside = this.#aside;
    this.#aside = undefined;
    let wantsMore = true;
    for (const piece of aside ?? []) wantsMore = this.push(piece);
    if (aside && this.#isWhole) this.push(null);
    else if (wantsMore) this.#controller.resume();
  }

  /** Without an error it is a reader that has had enough, which is no failure. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#isWhole) this.#controller.abort(error ?? new Error('The reply is not wanted any more.'));
    done(error);
  }
}
