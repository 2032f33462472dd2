/** What goes into a file of a model or of weights, and what comes out of it. */
package dev.lanewise.formats.saved;
