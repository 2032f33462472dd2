/** Reads the annotations into records and finds every mistake that can be known at compile time. */
package dev.lanewise.processor.reader;
