/** A server that classifies images which it is sent by HTTP. */
package dev.lanewise.cli.serve;
