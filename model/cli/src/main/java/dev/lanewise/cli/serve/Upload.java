package dev.lanewise.cli.serve;

/**
 * An image as it was sent.
 *
 * @param name what answers call it
 * @param bytes of a JPEG or PNG file, as far as is known
 */
record Upload(String name, byte[] bytes) {}
