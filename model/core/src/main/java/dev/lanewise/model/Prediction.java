package dev.lanewise.model;

/**
 * A class that an image may be of.
 *
 * @param className its name
 * @param index its index among the classes
 * @param probability how sure the network is, from 0 to 1
 */
public record Prediction(String className, int index, float probability) {}
