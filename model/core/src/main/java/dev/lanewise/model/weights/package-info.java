/** Puts the weights of any file into a network's layers. */
package dev.lanewise.model.weights;
