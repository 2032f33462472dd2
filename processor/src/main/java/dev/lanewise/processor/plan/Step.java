package dev.lanewise.processor.plan;

/**
 * A call of a pass.
 *
 * @param comment the plain operations that the call replaces; empty where its name says it all
 * @param call the call
 */
public record Step(String comment, Call call) {}
