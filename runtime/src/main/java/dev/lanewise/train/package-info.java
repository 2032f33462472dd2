/** Initialisers and optimisers. */
package dev.lanewise.train;
