/** The command line. */
package dev.lanewise.model.cli;
