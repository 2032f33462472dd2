package dev.lanewise.exchange;

/** What one worker sends to one other. */
interface Message {
  /** Puts the next frame where there is room for one; returns whether it was the last. */
  boolean putFrame(FrameWriter out);
}
