/** The command line. */
package dev.lanewise.cli;
