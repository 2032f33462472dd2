package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.StageSpec;

/**
 * A stage and where its parts stand.
 *
 * @param spec the stage
 * @param annotation its annotation
 * @param block its block
 */
record ReadStage(StageSpec spec, Annotation annotation, ReadBlock block) {}
