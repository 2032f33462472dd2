/** What is said of a mistake in the use of a model. */
package dev.lanewise.model.error;
