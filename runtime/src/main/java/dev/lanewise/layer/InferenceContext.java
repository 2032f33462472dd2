package dev.lanewise.layer;

import dev.lanewise.kernel.Scratch;

/**
 * What the layers of one inference pass work with.
 *
 * @param scratch memory that the pass's kernels work with
 * @param weights what they read, which several passes may share
 */
public record InferenceContext(Scratch scratch, FoldedWeights weights) {}
