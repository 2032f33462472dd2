package dev.lanewise.kernel;

/** What a kernel does with a tile of its result while the tile is still in cache. */
public abstract class Epilogue {
  Epilogue() {}
}
