/** Runs a model's network over data, to train it and to apply it. */
package dev.lanewise.model.run;
