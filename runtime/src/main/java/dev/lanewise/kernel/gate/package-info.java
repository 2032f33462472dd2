/** Maps that are multiplied by a value for each image and channel, and the gradients of both. */
package dev.lanewise.kernel.gate;
