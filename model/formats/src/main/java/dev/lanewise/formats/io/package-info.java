/** How files are read, and replaced once the new one is complete. */
package dev.lanewise.formats.io;
