/** Turns plans into source text; knows JavaPoet and nothing of javac. */
package dev.lanewise.processor.writer;
