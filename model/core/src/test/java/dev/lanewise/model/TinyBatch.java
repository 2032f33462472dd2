package dev.lanewise.model;

import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.Network;

/** {@link Tiny} that normalises by the batch's statistics in every phase. */
@Network(like = Tiny.class, batchNorm = @BatchNorm(mode = BatchNorm.Mode.ALWAYS_BATCH))
public interface TinyBatch {}
