/**
 * What is done to training images so that a network sees each of them in many forms. {@link
 * dev.lanewise.model.augment.Augmentation} reads what from a text; each draw is a function of
 * (seed, epoch, image) alone, so it is the same for any batch size, number of threads and point at
 * which a training goes on.
 */
package dev.lanewise.model.augment;
