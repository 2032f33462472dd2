package dev.lanewise.model.report;

/**
 * An image that was taken for another class than its own.
 *
 * @param index the image's, in its data set
 * @param label the class that it is of
 * @param predicted the class that it was taken for
 * @param probability how sure the model was of that
 */
public record Mistake(int index, int label, int predicted, float probability) {}
