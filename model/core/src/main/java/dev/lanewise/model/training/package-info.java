/** How to train, and what comes of it: options, results, listeners. */
package dev.lanewise.model.training;
